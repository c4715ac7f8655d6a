"""Whether the package handles what tools/fuzz.py has found, and a few more inputs.

A file in corpus/<target> is an input that brought an earlier version down, or one that was
thought of. Each has to end with an answer or with problems: no traceback, no hang, no more
memory than agreed, nothing touched outside.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import fuzz
import inputs
import pytest
from hypothesis import settings
from inputs import draw
from sample import Place

from amcc_dataset.curation.compile import compile_tables
from amcc_dataset.curation.texts.verify import verify
from amcc_dataset.model.findings import MOST, Failed, Finding, Findings, Location
from amcc_dataset.release.validate import validate

INPUTS = 6 * settings().max_examples


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with TemporaryDirectory() as folder:
        yield Place.make(Path(folder))


def test_every_command_is_drawn() -> None:
    assert fuzz.COMMANDS.keys() == set(inputs.COMMANDS)


def test_the_unchanged_inputs_are_accepted(place: Place) -> None:
    place.restore()
    assert len(compile_tables(place.root)["editions"]) == 1
    assert validate(place.root).findings == []
    assert verify(place.root, place.root / "texts").documents == 1
    for target in fuzz.TARGETS:
        if target.startswith("export-"):
            *_, content = place.export(target.removeprefix("export-")).values()
            fuzz.TARGETS[target](place, content)
            report = validate(place.root / "out")
            assert (len(report.files), report.findings) == (1, [])
            shutil.rmtree(place.root / "out")


@pytest.mark.parametrize(
    ("target", "name"),
    sorted((path.parent.name, path.name) for path in fuzz.CORPUS.glob("*/*")),
)
def test_findings_stay_fixed(place: Place, target: str, name: str) -> None:
    assert fuzz.attempt(place, target, (fuzz.CORPUS / target / name).read_bytes()) is None


def test_any_input_ends_with_an_answer(place: Place) -> None:
    light = [target for target in fuzz.TARGETS if target != "heavy"]
    for number in range(INPUTS):
        target = light[number % len(light)]
        data = draw(target, place, Random(f"suite-{number}"))
        assert fuzz.attempt(place, target, data) is None, (target, number)


@pytest.mark.parametrize("kind", inputs.HEAVY)
def test_what_is_large_ends_with_an_answer(place: Place, kind: str) -> None:
    """Work and memory grow with the input, or it is refused; the sizes go beyond every ceiling."""
    for size in (1_000, 1_000_000):
        assert fuzz.attempt(place, "heavy", f"{kind} {size}".encode()) is None, size


def test_the_fuzzer_sees_a_traceback_a_hang_and_a_touched_file(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("x")

    def hang(*_: object) -> None:
        while True:
            pass

    def touch(place: Place, *_: object) -> None:
        (place.root.parent / "outside" / "precious").write_bytes(b"!")

    monkeypatch.setitem(fuzz.TARGETS, "text", fail)
    assert "KeyError" in str(fuzz.attempt(place, "text", b""))
    monkeypatch.setattr(fuzz, "SECONDS", 0.2)
    monkeypatch.setitem(fuzz.TARGETS, "text", hang)
    assert "took more" in str(fuzz.attempt(place, "text", b""))
    monkeypatch.setattr(fuzz, "SECONDS", 20)
    monkeypatch.setitem(fuzz.COMMANDS, "validate", touch)
    assert "outside" in str(fuzz.attempt(place, "files", b"validate"))


def faults(count: int) -> Iterator[Finding]:
    at = Location("a.toml", 1)
    return (Finding("rule", at, f"{number:04}", "fix it") for number in range(count))


def test_too_many_findings_are_not_collected() -> None:
    found = Findings()
    with pytest.raises(Failed):
        found.extend(faults(10**9))
    assert len(found) == MOST


def test_too_many_findings_are_counted_not_shown() -> None:
    found = Failed(faults(1000))
    assert [finding.what for finding in found.findings[MOST - 1 :]] == ["0199"]
    assert found.hidden == 800
