"""All of the output arrives, and nothing in it can deceive a terminal or its reader."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from amcc_dataset import cli
from amcc_dataset.cli import output
from amcc_dataset.reading.evidence import evidence_rows


def run(*words: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    code = "import sys; from amcc_dataset.cli import main; raise SystemExit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [["cite", "outcomes"], ["show", "sources", "--json"], ["evidence", "editions", "amcc-04"]],
    ids=" ".join,
)
def test_a_pipe_gets_everything_in_utf_8(words: list[str]) -> None:
    whole = run(*words, PYTHONIOENCODING="utf-8")
    narrow = run(*words, PYTHONIOENCODING="cp1252")
    assert narrow.returncode == 0, narrow.stderr
    assert narrow.stdout == whole.stdout
    assert not narrow.stdout.isascii()
    if "--json" in words:
        assert len(json.loads(narrow.stdout)) > 300


@pytest.mark.parametrize(
    ("cell", "columns"),
    [
        (("editions", "amcc-05", "format"), ""),
        (("editions", "amcc-04"), "on date_start, date_end "),
        (("initiative_events", "asean-regional-cert-established-2021"), "on initiative_id, kind, "),
    ],
)
def test_how_a_dispute_was_settled_is_said_once(
    cell: tuple[str, ...], columns: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["evidence", *cell]) == 0
    printed = capsys.readouterr().out
    (note,) = {claim["note"] for claim in evidence_rows(*cell) if claim["standing"] == "overruled"}
    assert printed.count(note) == 1
    assert f"  decided {columns}" in printed
    assert printed.rindex("overruled") < printed.index(note)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo", r"one\ntwo"),
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("\u202eright to left", r"\u202eright to left"),
        ("tag \U000e0041", r"tag \U000e0041"),
        ("Tô Lâm, 网络", "Tô Lâm, 网络"),
    ],
)
def test_what_a_terminal_would_interpret_is_shown(
    text: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output.line(text)
    assert capsys.readouterr().out == shown + "\n"


def test_json_hides_nothing_from_its_reader(capsys: pytest.CaptureFixture[str]) -> None:
    text = "\u202egpj.exe \x9b2J \x7f \U000e0041 Tô Lâm"
    output.json([{"id": text}])
    printed = capsys.readouterr().out
    assert r"\u202egpj.exe \u009b2J \u007f \udb40\udc41 Tô Lâm" in printed
    assert json.loads(printed) == [{"id": text}]


def test_a_long_cell_is_cut_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """To remove one letter after another from the end would take hours."""
    Terminal(monkeypatch)
    output.table([{"id": "a", "value": "网" * 300_000}], ["id", "value"])
    _, row = capsys.readouterr().out.splitlines()
    assert row == f"a   {'网' * 27}…"


def test_only_one_module_prints() -> None:
    """Texts of the data go through `output`; no module of a command calls `print` itself."""
    source = Path(cli.__file__).parent
    found = {path.name for path in source.glob("*.py") if "print(" in path.read_text("utf-8")}
    assert found == {"output.py", "__init__.py"}


def test_no_row_id_can_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([{"id": "a\nnothing differs", "value": "1"}], ["id", "value"])
    assert "nothing differs" not in capsys.readouterr().out.splitlines()


def test_a_line_is_bounded(capsys: pytest.CaptureFixture[str]) -> None:
    output.line("x" * 1_000_000)
    assert len(capsys.readouterr().out) == output.LONGEST + 1


class Terminal:
    """Makes standard output look like a window of 60 columns."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        monkeypatch.setenv("COLUMNS", "60")
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.delenv("NO_COLOR", raising=False)


def test_a_narrow_window_keeps_what_matters(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Terminal(monkeypatch)
    assert cli.main(["timeline", "asean-regional-cert"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert "summary" in head
    assert head.startswith("\x1b[1m")
    assert all(output.width(row) <= 60 for row in rows[:-1])
    assert rows[-1].startswith("Hidden columns (window too narrow): ")
    assert rows[-1].endswith("; use --json")


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("NO_COLOR", "1")])
def test_no_escapes_if_they_are_not_wanted(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Terminal(monkeypatch)
    monkeypatch.setenv(name, value)
    assert cli.main(["show", "editions"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_an_unknown_verb_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["shwo"]) == cli.EXIT_MISUSE
    assert "there is no command 'shwo'; write one of: show" in capsys.readouterr().err


def test_each_verb_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    listed = capsys.readouterr().out
    for command, text in cli.COMMANDS.items():
        assert f"  {command:<16}{text}\n" in listed
        assert cli.make_parser(command).description == text


@pytest.mark.parametrize("error", [MemoryError(), RecursionError()])
def test_too_large_an_input_ends_in_one_line(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> int:
        raise error

    monkeypatch.setattr("amcc_dataset.cli.overview.run", fail)
    assert cli.main([]) == cli.EXIT_FINDINGS
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "amcc-dataset: the input is too large or nested too deeply for this machine"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("editions amcc-10 documents", "no claims: it is computed from other cells."),
        ("editions amcc-10 theme", "unknown; no document gives it, and none that could give it"),
        ("outcomes amcc-04-committee made_by", "empty; it does not apply to this row, or"),
        ("codes act-noted", "no claims: curators keep this table"),
        ("actors asean iso2", "no claims: curators keep this table"),
    ],
)
def test_a_cell_without_claims_says_why(
    cell: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["evidence", *cell.split()]) == 0
    assert words in capsys.readouterr().out
