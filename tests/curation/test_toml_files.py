"""A raw file knows the line of every key, in every way to write it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from amcc_dataset.curation import toml_files
from amcc_dataset.curation.statements import CLAIMED
from amcc_dataset.curation.toml_files import Place, Step, TomlFile, read, read_all
from amcc_dataset.model.findings import Findings

ROOT = Path(__file__).parents[2]


def keys_of(file: TomlFile) -> Iterator[tuple[Place, str]]:
    """Yield the place of every claimed cell of a source file, and its key."""
    for index, passage in enumerate(file.content.get("passage", [])):
        for table in CLAIMED:
            for row_id, cells in passage.get(table, {}).items():
                for key in cells:
                    yield file.place.at("passage", index, table, row_id, key), key


def test_the_line_of_every_key_is_found() -> None:
    for file in Findings().take(read_all(ROOT)).values():
        lines = file.text.splitlines()
        places = list(keys_of(file))
        numbers = [place.location.line or 0 for place, _ in places]
        for number, (place, key) in zip(numbers, places, strict=True):
            assert lines[number - 1].startswith(f"{key} ="), f"{place} is not {key}"
        assert len(set(numbers)) == len(numbers)


def place_of(text: str, *steps: Step) -> int | None:
    return TomlFile("a.toml", text, tomllib.loads(text)).place.at(*steps).location.line


def test_lines_are_found_in_every_way_of_writing() -> None:
    text = """
silent = [
  "a.b.c",
  "a.b.d",
]
[source]
title = "x"
[[passage]]
at = "p1"
editions.amcc-01.number = 1
[passage.meetings.'amcc-02']
number = 2
[[passage]]
at = "p2"
[[passage.roster]]
role = 1
[[passage.roster]]
  role = 2
editions = { amcc-03 = { number = 3 } }
"""
    assert place_of(text, "silent", "a.b.d") == 4
    assert place_of(text, "source", "missing") == 6
    assert place_of(text, "passage", 0, "editions", "amcc-01", "number") == 10
    assert place_of(text, "passage", 0, "meetings", "amcc-02", "number") == 12
    assert place_of(text, "passage", 1, "roster", 1, "role") == 18
    assert place_of(text, "passage", 1, "roster", 1, "editions", "amcc-03", "number") == 19
    assert place_of(text, "passage", 9) == 8
    assert place_of("", "source") == 1


def test_lines_are_found_in_one_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    scans = []
    scan = toml_files._lines

    def counted(text: str) -> Iterator[tuple[tuple[Step, ...], int]]:
        scans.append(text)
        return scan(text)

    monkeypatch.setattr(toml_files, "_lines", counted)
    file = TomlFile("a.toml", "".join(f"k{n} = 1\n" for n in range(5000)), {})
    assert [file.place.at(f"k{n}").location.line for n in range(5000)] == list(range(1, 5001))
    assert len(scans) == 1


@pytest.mark.parametrize("part", ["a", '"a"', "'a'", "a "])
@pytest.mark.parametrize("form", ["{} = 1", "[{}]", "x = {{ {} = 1 }}", "x = [ {{ {} = 1 }} ]"])
def test_a_key_of_many_parts_is_refused_with_its_line(tmp_path: Path, part: str, form: str) -> None:
    (tmp_path / "a.toml").write_text("\n" + form.format(".".join([part] * 17)), encoding="utf-8")
    findings = Findings()
    assert findings.take(read(tmp_path, "a.toml")) is None
    (finding,) = findings
    assert (finding.location.line, finding.what) == (2, "has a key of more than 16 parts")
    (tmp_path / "a.toml").write_text(form.format(".".join([part] * 16)), encoding="utf-8")
    assert Findings().take(read(tmp_path, "a.toml")) is not None


def test_a_number_of_thousands_of_digits_has_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(f"x = 1\ny = {'9' * 5000}\n", encoding="utf-8")
    findings = Findings()
    assert findings.take(read(tmp_path, "a.toml")) is None
    assert [finding.location.line for finding in findings] == [2]
