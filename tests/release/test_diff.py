"""What differs between releases, how much the version has to rise, and releases of others."""

import copy
import csv
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amcc_dataset.cli import main
from amcc_dataset.disk import shipped
from amcc_dataset.export import formats as export
from amcc_dataset.model.findings import Failed
from amcc_dataset.reading import store
from amcc_dataset.release import archive, diff
from amcc_dataset.release.archive import Release
from amcc_dataset.release.diff import Bump

ROOT = Path(shipped.root())
DESCRIPTOR = archive.DESCRIPTOR

Tables = dict[str, list[dict[str, str]]]

ROWS: Tables = {
    "acts": [
        {"id": "one", "act": "noted", "note": "first", "number": "1"},
        {"id": "two", "act": "agreed", "note": "", "number": "2"},
    ],
    "codes": [{"id": "act-noted", "code": "noted"}, {"id": "act-agreed", "code": "agreed"}],
    "provenance": [
        {
            "id": "c1",
            "table": "acts",
            "row_id": "one",
            "field": "note",
            "standing": "agreed",
            "source_id": "a-speech",
        }
    ],
}


def descriptor(version: str = "1.2.3") -> dict[str, Any]:
    def field(name: str, **constraints: Any) -> dict[str, Any]:
        kind = "integer" if name == "number" else "string"
        return {"name": name, "type": kind, "description": name, "constraints": constraints}

    fields = {name: [field(column) for column in rows[0]] for name, rows in ROWS.items()}
    fields["acts"][1] = field("act", enum=["noted", "agreed"])
    return {
        "name": "made-up",
        "version": version,
        "licenses": [{"name": "CC-BY-4.0"}],
        "resources": [
            {
                "name": name,
                "path": f"data/{name}.csv",
                "schema": {"fields": columns, "primaryKey": ["id"], "uniqueKeys": [["id", "id"]]},
            }
            for name, columns in fields.items()
        ],
    }


def release(
    shape: Callable[[dict[str, Any]], object] = lambda shape: None,
    rows: Callable[[Tables], object] = lambda rows: None,
    version: str = "1.2.3",
) -> Release:
    """Return a small release, altered by two functions."""
    described, content = descriptor(version), copy.deepcopy(ROWS)
    shape(described)
    rows(content)
    files = {}
    for entry in described["resources"]:
        sink = io.StringIO()
        names = [field["name"] for field in entry["schema"]["fields"]]
        writer = csv.DictWriter(sink, names, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(content.get(entry["name"], []))
        files[entry["path"]] = data = sink.getvalue().encode()
        entry["rows"] = len(content.get(entry["name"], []))
        entry["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
    return Release("here", described, files)


def columns(shape: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shape["resources"][0]["schema"]["fields"]
    return found


def new_column(name: str) -> dict[str, Any]:
    return {"name": name, "type": "string", "description": "New."}


def codes(shape: dict[str, Any]) -> list[str]:
    found: list[str] = columns(shape)[1]["constraints"]["enum"]
    return found


SHAPES: dict[str, tuple[Callable[[dict[str, Any]], object], Bump]] = {
    "nothing": (lambda shape: None, Bump.NONE),
    "a table removed": (lambda shape: shape["resources"].pop(), Bump.MAJOR),
    "a table renamed": (lambda shape: shape["resources"][0].update(name="deeds"), Bump.MAJOR),
    "a column removed": (lambda shape: columns(shape).pop(), Bump.MAJOR),
    "a column renamed": (lambda shape: columns(shape)[2].update(name="remark"), Bump.MAJOR),
    "a column retyped": (lambda shape: columns(shape)[3].update(type="string"), Bump.MAJOR),
    "a column moved": (lambda shape: columns(shape).reverse(), Bump.MAJOR),
    "a column inserted": (lambda shape: columns(shape).insert(1, new_column("new")), Bump.MAJOR),
    "a code removed": (lambda shape: codes(shape).pop(), Bump.MAJOR),
    "a code renamed": (lambda shape: codes(shape).__setitem__(0, "took_note"), Bump.MAJOR),
    "codes instead of any text": (
        lambda shape: columns(shape)[2].update(constraints={"enum": ["first"]}),
        Bump.MAJOR,
    ),
    "another primary key": (
        lambda shape: shape["resources"][0]["schema"].update(primaryKey=["act"]),
        Bump.MAJOR,
    ),
    "a key removed": (
        lambda shape: shape["resources"][0]["schema"].pop("uniqueKeys"),
        Bump.MAJOR,
    ),
    "a table added": (
        lambda shape: shape["resources"].append(
            {"name": "new", "path": "new.csv", "schema": {"fields": [new_column("id")]}}
        ),
        Bump.MINOR,
    ),
    "a trailing column": (lambda shape: columns(shape).append(new_column("new")), Bump.MINOR),
    "two trailing columns": (
        lambda shape: columns(shape).extend([new_column("new"), new_column("newer")]),
        Bump.MINOR,
    ),
    "a code added": (lambda shape: codes(shape).append("welcomed"), Bump.MINOR),
    "any text instead of codes": (
        lambda shape: columns(shape)[1]["constraints"].pop("enum"),
        Bump.MINOR,
    ),
    "a constraint changed": (
        lambda shape: columns(shape)[2].update(constraints={"maxLength": 9}),
        Bump.MINOR,
    ),
    "a foreign key added": (
        lambda shape: shape["resources"][0]["schema"].update(
            foreignKeys=[{"fields": ["note"], "reference": {"fields": ["id"]}}]
        ),
        Bump.MINOR,
    ),
    "codes that become a scale": (
        lambda shape: columns(shape)[1].update(categoriesOrdered=True),
        Bump.MINOR,
    ),
    "a group of columns of which one is filled": (
        lambda shape: shape["resources"][0]["schema"].update(
            {"amcc:exactlyOne": [["act", "note"]]}
        ),
        Bump.MINOR,
    ),
    "a description changed": (
        lambda shape: columns(shape)[2].update(description="In other words."),
        Bump.PATCH,
    ),
    "another licence": (lambda shape: shape.update(licenses=[{"name": "CC0-1.0"}]), Bump.PATCH),
}
"""Changes of a descriptor, and the step of the version that the rule requires."""

CELLS: dict[str, tuple[Callable[[Tables], object], Bump, Bump]] = {
    "a value corrected": (
        lambda rows: rows["acts"][0].update(note="second"),
        Bump.PATCH,
        Bump.PATCH,
    ),
    "a row added": (
        lambda rows: rows["acts"].append({"id": "three", "act": "noted"}),
        Bump.MINOR,
        Bump.MINOR,
    ),
    "a row retired": (lambda rows: rows["acts"].pop(), Bump.MINOR, Bump.MINOR),
    "a row exchanged": (
        lambda rows: rows["acts"][0].update(id="other"),
        Bump.MINOR,
        Bump.PATCH,
    ),
    "a claim added": (
        lambda rows: rows["provenance"].append({"id": "c2"}),
        Bump.PATCH,
        Bump.PATCH,
    ),
    "a code's row removed": (lambda rows: rows["codes"].pop(), Bump.MAJOR, Bump.MAJOR),
}
"""Changes of rows: the step of the version for two releases, and for their descriptors only."""


@pytest.mark.parametrize("name", SHAPES)
def test_the_rule_for_descriptors(name: str) -> None:
    change, expected = SHAPES[name]
    old, new = release(), release(shape=change)
    assert diff.bump(list(diff._shapes(old.descriptor, new.descriptor))) is expected
    assert diff.bump(diff.compare_shapes(old.descriptor, new.descriptor)) >= expected


def test_the_order_of_a_scale_is_kept() -> None:
    scale = release(lambda shape: columns(shape)[1].update(categoriesOrdered=True))

    def turn(shape: dict[str, Any]) -> None:
        columns(shape)[1].update(categoriesOrdered=True)
        codes(shape).reverse()

    for other, what in (
        (release(), "codes are no longer a scale"),
        (release(turn), "in another order"),
    ):
        changes = diff.compare(scale, other)
        assert diff.bump(changes) is Bump.MAJOR
        assert any(what in change.kind for change in changes)


@pytest.mark.parametrize("name", CELLS)
def test_the_rule_for_rows(name: str) -> None:
    change, whole, shown = CELLS[name]
    old, new = release(), release(rows=change)
    assert diff.bump(diff.compare(old, new)) is whole
    assert diff.bump(diff.compare_shapes(old.descriptor, new.descriptor)) is shown


def test_cells_are_reported_with_both_values_and_their_documents() -> None:
    new = release(rows=lambda rows: rows["acts"][0].update(note=""), version="1.2.4")
    (change,) = diff.compare(release(), new)
    assert (change.where, change.old, change.new) == ("acts.one.note", "first", None)
    assert change.sources == ("a-speech",)
    lines = list(diff.report(release(), new, [change]))
    assert "  cell changed acts.one.note: 'first' -> nothing (a-speech)" in lines
    assert "The version has to rise by a patch step, to 1.2.4 or higher." in lines
    assert "1.2.4 is too low." not in lines
    assert "1.2.3 is too low." in list(diff.report(release(), release(), [change]))


def test_nothing_differs_from_itself() -> None:
    for one in (release(), archive.read(ROOT)):
        assert diff.compare(one, one) == []
        assert diff.compare_shapes(one.descriptor, one.descriptor) == []


@given(st.tuples(*[st.integers(0, 10**6)] * 3), st.sampled_from(Bump))
def test_the_least_version_follows(version: tuple[int, int, int], bump: Bump) -> None:
    text = ".".join(map(str, version))
    least = diff.numbers(diff.least(text, bump))
    assert (least > version) == (bump is not Bump.NONE)
    assert sum(before != after for before, after in zip(version, least, strict=True)) <= 3


# Releases that others may have made


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = export.export(
        tmp_path_factory.mktemp("zip"), ["csv"], ["codes", "people"], zipped=True
    )
    return path


def test_folders_and_archives_compare(packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(ROOT), str(packed), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["bump"] == "major"
    removed = {change["table"] for change in answer["changes"] if change["kind"] == "table removed"}
    assert removed == set(store.tables()) - {"codes", "people"}
    assert main(["diff", str(packed), str(packed)]) == 0
    assert "nothing differs" in capsys.readouterr().out


def test_a_release_further_down_in_an_archive(packed: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(tmp_path / "deep.zip", "w") as target:
        for name in source.namelist():
            target.writestr(f"top/folder/{name}", source.read(name))
    assert diff.compare(archive.read(packed), archive.read(tmp_path / "deep.zip")) == []


def folder_of(tmp_path: Path, one: Release) -> Path:
    for path, content in one.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / DESCRIPTOR).write_text(json.dumps(one.descriptor), encoding="utf-8")
    return tmp_path


def refused(place: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the message if a release is refused, as old or new one, without a traceback."""
    said = ""
    for pair in ((place, ROOT), (ROOT, place)):
        assert main(["diff", *map(str, pair)]) in (1, 2)
        out, said = capsys.readouterr()
        assert "Traceback" not in said
        assert out == ""
    return said


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("not json", "is not JSON"),
        ("[" * 100_000, "is nested deeper than 32 levels"),
        ("[" * 40 + "]" * 40, "is nested deeper than 32 levels"),
        ('{"name": 1, "name": 2}', "has the key 'name' twice"),
        ('{"version": NaN}', "NaN is not a number"),
        ('{"x": "' + "x" * 1_000_000 + '"}', "is larger than 1000000 bytes"),
        ("[1" + "0" * 10_000 + "]", "is not JSON"),
        ("[]", "no list of resources"),
        ('{"resources": {}}', "no list of resources"),
        ('{"resources": [1]}', "has no name"),
        ('{"resources": []}', "has no table as CSV"),
        (json.dumps({"resources": [{"name": str(number)} for number in range(2000)]}), "than 200"),
    ],
    ids=lambda value: value[:12],
)
def test_files_that_are_not_descriptors(
    text: str, answer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / DESCRIPTOR).write_text(text, encoding="utf-8")
    assert answer in refused(tmp_path, capsys)


@pytest.mark.parametrize(
    "path", ["../x.csv", "/etc/passwd", "C:\\x", "file:x", "", "a\x00b", 1, None]
)
def test_paths_stay_inside(
    path: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = release(shape=lambda shape: None)
    one.descriptor["resources"][0]["path"] = path
    assert "is not a file inside the release" in refused(folder_of(tmp_path, one), capsys)


def test_links_do_not_lead_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_bytes(release().files["data/acts.csv"])
    folder = folder_of(tmp_path / "release", release())
    (folder / "data/acts.csv").unlink()
    (folder / "data/acts.csv").symlink_to(outside)
    assert "leads out of the folder" in refused(folder, capsys)


def test_pipes_do_not_block(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of(tmp_path, release())
    (folder / "data/acts.csv").unlink()
    os.mkfifo(folder / "data/acts.csv")
    assert "is not a regular file" in refused(folder, capsys)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"", "has the columns []"),
        (b"id,act\n", "has the columns ['id', 'act']"),
        (b"id,act,note,number\none\n", "has 1 cells, not 4"),
        (b"id,act,note,number\none,a,b,1\none,a,b,1\n", "has two rows 'one'"),
        (b"id,act,note,number\n\xff,a,b,1\n", "is not UTF-8"),
        (b'id,act,note,number\n"one,a,b,1\n', "quotation mark"),
        # Other libraries may have changed how long a cell the csv module reads.
        (b"id,act,note,number\n" + b"x" * 200_000, "acts.csv"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_files_that_are_not_tables(
    content: bytes, answer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = release()
    one.files["data/acts.csv"] = content
    one.descriptor["resources"][0].pop("hash")
    folder = folder_of(tmp_path, one)
    assert main(["diff", str(folder), str(folder)]) == 1
    assert answer in capsys.readouterr().err


def test_altered_and_missing_files_are_reported_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(tmp_path, release())
    (folder / "data/acts.csv").write_text("id\n", encoding="utf-8")
    (folder / "data/codes.csv").unlink()
    said = refused(folder, capsys)
    assert "acts.csv: differs from the file that was released" in said
    assert "codes.csv: is missing" in said
    assert "2 problems" in said


def test_too_much_is_not_read(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(packed) as source:
        largest = max(entry.file_size for entry in source.infolist() if "data/" in entry.filename)
        source.extractall(tmp_path)
    for limit in (10, largest - 1):
        monkeypatch.setattr(archive, "MAX_BYTES", limit)
        for place in (packed, tmp_path):
            with pytest.raises(Failed, match=r"is larger than \d+ bytes"):
                archive.read(place)


def test_releases_of_different_datasets_are_not_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(diff, "MAX_CHANGES", 3)
    assert len(diff.compare(release(), release(rows=lambda rows: rows["acts"].clear()))) == 2
    with pytest.raises(Failed, match="differs from here in more than 3 places"):
        diff.compare(release(), release(rows=lambda rows: rows.clear()))


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (lambda shape: columns(shape)[2].update(name="act"), "has two fields 'act'"),
        (lambda shape: columns(shape)[2].update(name="ACT"), "has two fields 'ACT'"),
        (lambda shape: shape["resources"][1].update(name="Acts"), "with the name 'Acts'"),
        (lambda shape: shape["resources"][1].update(path="data/Acts.csv"), "with the path"),
        (lambda shape: columns(shape).extend(map(new_column, map(str, range(99)))), "than 100"),
        (
            lambda shape: shape["resources"][0]["schema"].update(primaryKey=["id"] * 2),
            "a primary key that is not a list of columns",
        ),
    ],
)
def test_names_that_appear_twice_are_refused(
    change: Callable[[dict[str, Any]], object], answer: str, tmp_path: Path
) -> None:
    one = release()
    folder = folder_of(tmp_path, one)
    change(one.descriptor)
    (folder / DESCRIPTOR).write_text(json.dumps(one.descriptor), encoding="utf-8")
    with pytest.raises(Failed, match=answer):
        archive.read(folder)


def test_an_interrupted_build_is_not_reported_as_damage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(tmp_path, release())
    (folder / "data/acts.csv").write_bytes(b"half")
    (folder / ".amcc-build").mkdir()
    (folder / ".amcc-build/journal.json").write_bytes(b"{}")
    for verb in ("validate", "diff"):
        assert main([verb, str(folder), str(folder)][: 2 + (verb == "diff")]) == 1
        said = capsys.readouterr().err
        assert "was left by an interrupted build -> run amcc-dataset build again" in said
        assert "hash" not in said


@pytest.mark.parametrize(
    "content", [b"", b"text", b"PK\x05\x06" + bytes(18)], ids=["empty", "text", "no entries"]
)
def test_files_that_are_not_releases(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "some.zip").write_bytes(content)
    said = refused(tmp_path / "some.zip", capsys)
    assert "is not a zip file" in said or "has no datapackage.json" in said
    assert "does not exist" in refused(tmp_path / "other.zip", capsys)


def test_an_encrypted_archive(
    packed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(packed.read_bytes())
    with zipfile.ZipFile(packed) as source:
        entry = source.getinfo(DESCRIPTOR)
    central = content.rindex(DESCRIPTOR.encode()) - 46
    content[entry.header_offset + 6] |= 1
    content[central + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    assert "is damaged" in refused(tmp_path / "locked.zip", capsys)


@given(data=st.data())
def test_no_damage_to_an_archive_leads_to_a_traceback(packed: Path, data: st.DataObject) -> None:
    whole = packed.read_bytes()
    for _ in range(20):
        content = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
        for _ in range(data.draw(st.integers(0, 8))):
            if content:
                content[data.draw(st.integers(0, len(content) - 1))] = data.draw(
                    st.integers(0, 255)
                )
        read_and_compare(packed, bytes(content))


@given(data=st.data())
def test_no_descriptor_leads_to_a_traceback(packed: Path, data: st.DataObject) -> None:
    """Replace parts of a valid descriptor with other values."""
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=9), inner, max_size=2)
        ),
        max_leaves=4,
    )
    with zipfile.ZipFile(packed) as source:
        files = {name: source.read(name) for name in source.namelist()}
    for _ in range(20):
        described = json.loads(files[DESCRIPTOR])
        part: Any = described
        for _ in range(data.draw(st.integers(0, 7))):
            keys = list(part) if isinstance(part, dict) else list(range(len(part)))
            deeper = [key for key in keys if isinstance(part[key], dict | list) and part[key]]
            if not deeper:
                break
            part = part[data.draw(st.sampled_from(deeper))]
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        part[data.draw(st.sampled_from(keys))] = data.draw(values)
        content = files | {DESCRIPTOR: json.dumps(described).encode()}
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w") as target:
            for name, each in content.items():
                target.writestr(name, each)
        read_and_compare(packed, sink.getvalue())


def read_and_compare(packed: Path, content: bytes) -> None:
    """Compare what may be a release with a valid one; only reported problems are allowed."""
    ours, place = archive.read(packed), packed.with_name("foreign.zip")
    place.write_bytes(content)
    try:
        found = archive.read(place)
        changes = diff.compare(ours, found)
        assert list(diff.report(ours, found, changes))
        assert json.dumps(diff.plain(ours, found, changes), default=str)
        assert diff.compare(found, ours) is not None
    except (Failed, ValueError):
        pass
