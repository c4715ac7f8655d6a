"""No command or function for readers loads a library that its answer does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

import amcc_dataset as amcc

ROOT = Path(__file__).parents[2]

COMMANDS = [
    [],
    ["--help"],
    ["show", "editions"],
    ["show", "sources", "--json"],
    ["evidence", "editions", "amcc-04"],
    ["evidence", "initiatives", "ascce", "lead_id"],
    ["status", "--on", "2023-01-01"],
    ["timeline", "asean-regional-cert"],
    ["thread", "norms_and_law"],
    ["attendance"],
    ["coverage"],
    ["cite", "outcomes"],
]

ROWS = [
    "rows('editions')",
    "tables()",
    "path('editions')",
    "descriptor()",
    "cite('editions', 'amcc-04')",
    "evidence_rows('editions', 'amcc-04')",
]

FRAMES = [
    *(f"{name}()" for name in dir(amcc) if name.startswith("load_")),
    *("attendance()", "panel()", "status()", "timeline('ajccbc')", "thread('coordination')"),
    *("describe('editions')", "evidence_for('editions', 'amcc-04')", "plot"),
]


def loaded(code: str) -> set[str]:
    """Run code in its own interpreter; return the modules that are loaded afterwards."""
    code += "\nimport sys; sys.stderr.write(' '.join(sys.modules))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stderr.split())


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_verb_for_readers_is_light(words: list[str]) -> None:
    code = f"from amcc_dataset.cli import main\ntry: main({words})\nexcept SystemExit: pass"
    assert not loaded(code) & {"pydantic", "pandas", "numpy", "pyarrow"}


@pytest.mark.parametrize("call", ROWS)
def test_plain_rows_need_the_standard_library_only(call: str) -> None:
    code = f"import amcc_dataset as amcc; amcc.{call}"
    assert not loaded(code) & {"pydantic", "pandas", "numpy", "pyarrow"}


def test_frames_need_no_pydantic() -> None:
    calls = "\n".join(
        f"amcc.{call}; assert 'pydantic' not in sys.modules, {call!r}" for call in FRAMES
    )
    assert "pandas" in loaded(f"import sys, amcc_dataset as amcc\n{calls}")


def test_only_records_need_pydantic() -> None:
    assert "pydantic" in loaded("import amcc_dataset as amcc; amcc.records('editions')")
