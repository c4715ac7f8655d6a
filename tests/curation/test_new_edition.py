"""An invented edition is added step by step, as CONTRIBUTING.md says."""

import re
import shutil
from pathlib import Path

import pytest

from amcc_dataset.curation.compile import compile_tables
from amcc_dataset.model.findings import Failed, Finding
from amcc_dataset.release import render

ROOT = Path(__file__).parents[2]
SOURCE = "data/raw/sources/host-2026-10-20-amcc11-press-release.toml"
CHAIR = re.compile(r"\[passage\.participants\.amcc-11-ana-example\]\n(.+\n)+?(?=\[)")


def blocks() -> tuple[str, str, str]:
    """Return the file of the document, the new person and the new body."""
    section = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Add an edition")[1]
    section = section.split("\n## ")[0]
    assert SOURCE in section
    found = re.findall(r"^   ```toml\n(.*?)^   ```$", section, re.DOTALL | re.MULTILINE)
    source, person, body = (re.sub("(?m)^   ", "", block) for block in found)
    return source, person, body


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the raw files, with the document on the invented edition."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    (tmp_path / SOURCE).write_text(blocks()[0], encoding="utf-8")
    return tmp_path


def append(checkout: Path, name: str, text: str) -> None:
    with (checkout / "data" / "raw" / f"{name}.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}")


def found(checkout: Path) -> list[Finding]:
    with pytest.raises(Failed) as failed:
        compile_tables(checkout)
    return failed.value.findings


def filled(finding: Finding, **values: str) -> str:
    """Return the lines to paste from a finding, with the values that a curator fills in."""
    text = "\n".join(finding.detail) + "\n"
    for key, value in values.items():
        text, count = re.subn(rf'(?m)^{key} = "".*$', f'{key} = "{value}"', text)
        assert count == 1, (key, text)
    return text


def test_the_eleventh_edition_is_added_step_by_step(checkout: Path) -> None:
    _, person, body = blocks()
    person_missing, union = found(checkout)
    assert "'example-union' is not an id in actors" in union.what
    assert "add it to data/raw/actors.toml" in union.remedy
    assert person_missing.what.startswith("'ana-example' is not an id in people; also at ")
    assert {finding.location.path for finding in (person_missing, union)} == {SOURCE}

    kind = "international_organisation"
    pasted = filled(union, name="Example Union", kind=kind) + 'aliases = ["EXU"]\n'
    assert pasted == body
    append(checkout, "actors", pasted)
    pasted = filled(person_missing, name="Ana Example", actor_id="sg")
    assert pasted == person
    append(checkout, "people", pasted)

    data = compile_tables(checkout)
    edition = data.by_id("editions")["amcc-11"]
    assert (edition["number"], edition["chair_name"]) == (11, "Ana Example")
    there = data.having("participants", "edition_id", "amcc-11")
    assert len(there) == 11 + 2, "eleven member states since Timor-Leste joined, chair and partner"
    (silence,) = data.claims_on("editions", "amcc-11", "theme")
    assert silence["standing"] == "silent"
    assert b"amcc-11" in render.render(data)["data/processed/editions.csv"]


def test_a_chair_without_a_row_is_answered_with_the_row(checkout: Path) -> None:
    source, person, body = blocks()
    append(checkout, "people", person)
    append(checkout, "actors", body)
    row = CHAIR.search(source)
    assert row is not None
    (checkout / SOURCE).write_text(source.replace(row[0], ""), encoding="utf-8")
    (finding,) = found(checkout)
    assert finding.rule == "chairs_took_part_in_the_chair"
    office = {"level": "minister", "session": "main", "title_stated": "Minister for Examples"}
    assert filled(finding, **office) == row[0]


@pytest.mark.parametrize("header", ["[source]\n", '[[passage]]\nat = "p1"\n'])
def test_silence_in_the_wrong_place_is_answered_with_the_place(checkout: Path, header: str) -> None:
    source, person, body = blocks()
    append(checkout, "people", person)
    append(checkout, "actors", body)
    silent, _, rest = source.partition("\n\n")
    (checkout / SOURCE).write_text(rest.replace(header, f"{header}{silent}\n"), encoding="utf-8")
    (finding,) = found(checkout)
    assert finding.remedy == "write it at the top of the file, above [source]"


def test_an_alias_in_place_of_an_id_is_answered_with_the_id(checkout: Path) -> None:
    source, person, body = blocks()
    append(checkout, "people", person)
    append(checkout, "actors", body)
    text = source.replace('actor_id = "example-union"', 'actor_id = "EXU"')
    (checkout / SOURCE).write_text(text, encoding="utf-8")
    (finding,) = found(checkout)
    assert finding.remedy == 'write its id, "example-union"'
