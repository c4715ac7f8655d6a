"""What `build`, `validate` and `verify-sources` find, as lines and as data."""

import json
import shutil
from pathlib import Path

import pytest
import sample

from amcc_dataset.cli import main
from amcc_dataset.model.findings import Finding, Location

KEYS = ["rule", "path", "line", "table", "row_id", "field", "what", "remedy", "detail"]


@pytest.fixture
def place(tmp_path: Path) -> sample.Place:
    """Return a small checkout with a release tree and the text of one document."""
    return sample.Place.make(tmp_path)


def answers(
    capsys: pytest.CaptureFixture[str], *words: object
) -> tuple[int, list[dict[str, object]]]:
    code = main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    assert err == ""
    found: list[dict[str, object]] = json.loads(out)
    assert all(list(entry) == KEYS for entry in found)
    return code, found


def test_without_findings_the_list_is_empty(
    place: sample.Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answers(capsys, "build", "--root", place.root) == (0, [])
    assert answers(capsys, "build", "--check", "--root", place.root) == (0, [])
    texts = place.root / "texts"
    assert answers(capsys, "verify-sources", texts, "--root", place.root) == (0, [])
    assert answers(capsys, "validate", place.root) == (0, [])


def test_a_disputed_cell_is_printed_as_data_and_in_several_lines(
    place: sample.Place, capsys: pytest.CaptureFixture[str]
) -> None:
    path = place.root / "data/raw/sources/release.toml"
    text = path.read_text(encoding="utf-8")
    again = '[[passage]]\nat = "p9"\nstart = "In another place"\n'
    path.write_text(text + again + "[passage.editions.amcc-01]\nyear = 2017\n", encoding="utf-8")
    code, found = answers(capsys, "build", "--root", place.root)
    (dispute,) = [entry for entry in found if entry["rule"] == "statements_agree_or_are_decided"]
    assert code == 1
    assert dispute["path"] == "data/raw/sources/release.toml"
    assert isinstance(dispute["line"], int)
    assert isinstance(dispute["detail"], list)
    assert "[[decision]]" in dispute["detail"]
    assert main(["build", "--root", str(place.root)]) == 1
    printed = capsys.readouterr().err.splitlines()
    assert "    [[decision]]" in printed
    assert [line for line in printed if line.startswith("    '2017' by release (data/raw/")]


def test_what_is_missing_in_a_release_is_printed_as_data(
    place: sample.Place, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(place.root / "schemas")
    code, found = answers(capsys, "validate", place.root)
    assert code == 1
    assert {entry["what"] for entry in found}


def test_a_finding_cannot_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    from amcc_dataset.cli import _explained
    from amcc_dataset.model.findings import Failed

    at = Location(table="editions", row_id="a\nnothing is wrong\n", field="id")
    found = Finding("rule", at, "is bad\u202e", "fix it", ("one\ntwo",))
    assert _explained(Failed([found]), as_json=False) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "editions.a\\nnothing is wrong\\n.id: is bad\\u202e -> fix it [rule]",
        "    one\\ntwo",
        "1 problem",
    ]
