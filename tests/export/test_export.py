"""Every format has all rows of the release, and a folder gets all files or none."""

import csv
import datetime as dt
import io
import json
import os
import sqlite3
import typing
import zipfile
from collections.abc import Iterator
from importlib.resources import files as package_files
from itertools import pairwise
from pathlib import Path

import duckdb
import frictionless
import jsonschema
import openpyxl
import pytest

from amcc_dataset import extras
from amcc_dataset.cli import main
from amcc_dataset.cli.output import progress
from amcc_dataset.disk import shipped
from amcc_dataset.export import databases as database
from amcc_dataset.export import formats as export
from amcc_dataset.export.workbook import MAX_LINK, workbook
from amcc_dataset.model.findings import Failed
from amcc_dataset.model.limits import caveat
from amcc_dataset.reading import load, store
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.release import archive
from amcc_dataset.release.archive import Release

ROOT = Path(shipped.root())
TABLES = store.tables()
REPRODUCIBLE = [name for name in export.FORMATS if name != "duckdb"]


@pytest.fixture(scope="module")
def release() -> Release:
    return archive.read(ROOT)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "everything"
    export.export(folder, export.FORMATS)
    return folder


def one(folder: Path, ending: str) -> Path:
    (path,) = folder.glob(f"*.{ending}")
    return path


def plain(row: dict[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in row.items()
    }


def held(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def assert_valid(folder: Path) -> None:
    """Check the descriptor in its folder with the profile of the standard and with frictionless."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    profile = package_files("dplib") / "profiles" / "2.0" / "datapackage.json"
    jsonschema.validate(descriptor, json.loads(profile.read_text(encoding="utf-8")))
    named = {entry["path"] for entry in descriptor["resources"]}
    assert named == {path for path in held(folder) if path.startswith("data/")}
    archive.read(folder)
    # frictionless takes seconds for this file alone; its hash is checked above.
    descriptor["resources"] = [
        entry for entry in descriptor["resources"] if entry["name"] != "provenance-parquet"
    ]
    package = frictionless.Package.from_descriptor(descriptor, basepath=str(folder))
    report = package.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "message"])


# The formats


def test_csv_and_parquet_are_the_release_byte_for_byte(everything: Path) -> None:
    for path, content in archive.read(ROOT).files.items():
        assert (everything / path).read_bytes() == content
    for path in ("datapackage.json", "schemas/dictionary.md"):
        assert (everything / path).read_bytes() == (ROOT / path).read_bytes()


@pytest.mark.parametrize("name", ["csv", "parquet"])
@pytest.mark.parametrize("tables", [[], ["outcomes"], ["actors", "people"]])
def test_a_part_is_valid_in_its_folder(name: str, tables: list[str], tmp_path: Path) -> None:
    export.export(tmp_path, [name], tables)
    assert_valid(tmp_path)
    written = {path.stem for path in (tmp_path / "data/processed").iterdir()}
    assert written == set(tables or TABLES)


def test_a_part_keeps_the_keys_within_it(release: Release) -> None:
    part = export.subset(release, ["outcomes", "editions"])
    keys = part.resource("outcomes")["schema"]["foreignKeys"]
    assert [key["fields"] for key in keys] == [["edition_id"], ["follows_id"]]
    assert "foreignKeys" not in part.resource("editions")["schema"]
    assert len(release.resource("outcomes")["schema"]["foreignKeys"]) == 4


def test_json_lines_are_the_rows(everything: Path) -> None:
    for table in TABLES:
        lines = (everything / "jsonl" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == [plain(row) for row in load.rows(table)]


def test_what_to_know_before_counting_is_on_the_first_sheet(everything: Path) -> None:
    book = openpyxl.load_workbook(one(everything, "xlsx"))
    said = " ".join(str(cell.value) for row in book["readme"].iter_rows() for cell in row)
    assert caveat(dataset()) in said
    assert all(words in said for words in export.COUNTING.values())
    text = next(everything.rglob("README.txt")).read_text(encoding="utf-8")
    assert caveat(dataset()) in text
    assert all(words in text for words in export.COUNTING.values())


def test_the_workbook_has_every_cell_of_the_tables(everything: Path) -> None:
    book = openpyxl.load_workbook(one(everything, "xlsx"))
    assert book.sheetnames == ["readme", *TABLES, "dictionary"]
    for table in TABLES:
        sheet = book[table]
        names, *lines = sheet.iter_rows()
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == f"A1:{names[-1].column_letter}{len(lines) + 1}"
        for cells, row in zip(lines, load.rows(table), strict=True):
            for head, cell in zip(names, cells, strict=True):
                value = cell.value.date() if cell.is_date else cell.value
                assert value == row[head.value], (table, row["id"], head.value)
                assert cell.data_type != "f"
                if str(value).startswith("http"):
                    link = cell.hyperlink
                    whole = f"{link.target}#{link.location}" if link.location else link.target
                    assert whole == value
    assert len(list(book["dictionary"].iter_rows())) == 1 + sum(
        len(store.fields(table)) for table in TABLES
    )
    contents = [cell for row in book["readme"].iter_rows() for cell in row if cell.hyperlink]
    assert [cell.hyperlink.location for cell in contents] == [
        f"'{name}'!A1" for name in book.sheetnames[1:]
    ]


def made_up(cells: list[str]) -> Release:
    """Return a release of one table with one column and these cells."""
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows([["id"], *([cell] for cell in cells)])
    fields = [{"name": "id", "type": "string", "description": "Text."}]
    resource = {"name": "texts", "path": "texts.csv", "schema": {"fields": fields}}
    descriptor = {"name": "made-up", "version": "1.0.0", "resources": [resource]}
    return Release("made-up", descriptor, {"texts.csv": sink.getvalue().encode()})


def test_the_workbook_runs_nothing_and_loses_no_address() -> None:
    address = "https://example.org/" + "a" * 400 + "#:~:text=first%20words,the%20end"
    cells = [
        "=1+1",
        '=HYPERLINK("https://example.org")',
        "@SUM(A1)",
        "0012",
        "TRUE",
        "internal:'readme'!A1",
        "external:c:\\autoexec.bat",
        address,
        "https://example.org/" + "b" * MAX_LINK,
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(made_up(cells), ["A title"], dt.datetime(2020, 1, 1)))
    )
    found = [row[0] for row in book["texts"].iter_rows(min_row=2)]
    assert [cell.value for cell in found] == cells
    assert {cell.data_type for cell in found} == {"s"}
    assert [cell.hyperlink is not None for cell in found] == [False] * 7 + [True, False]


def counts(run: object, tables: list[str]) -> dict[str, int]:
    return {name: run(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # type: ignore[operator]


@pytest.fixture(params=["sqlite", "duckdb"])
def run(request: pytest.FixtureRequest, everything: Path) -> Iterator[object]:
    """Return a function that runs a query in a database."""
    path = str(one(everything, request.param))
    connection: typing.Any = (sqlite3 if request.param == "sqlite" else duckdb).connect(path)
    yield connection.execute
    connection.close()


def test_the_databases_have_every_row(run) -> None:  # type: ignore[no-untyped-def]
    assert counts(run, TABLES) == {table: len(load.rows(table)) for table in TABLES}
    for table in TABLES:
        names = [field["name"] for field in store.fields(table)]
        rows = run(f'SELECT * FROM "{table}"').fetchall()
        found = {row[0]: plain(dict(zip(names, row, strict=True))) for row in rows}
        assert found == {row["id"]: plain(row) for row in load.rows(table)}
    about = dict(run("SELECT key, value FROM about").fetchall())
    assert about["version"] == store.descriptor()["version"]
    assert about["licence"].startswith("https://creativecommons.org/")


def test_the_views_answer_the_common_questions(run) -> None:  # type: ignore[no-untyped-def]
    found = counts(run, list(database.VIEWS))
    assert found["editions_named"] == len(load.rows("editions"))
    assert found["participants_named"] == len(load.rows("participants"))
    assert found["outcomes_named"] == len(load.rows("outcomes"))
    for table in ("meetings", "cross_references", "parties"):
        assert found[f"{table}_named"] == len(load.rows(table))
    assert run("SELECT count(*) FROM cross_references_named WHERE refers IS NULL").fetchone() == (
        0,
    )
    assert found["evidence"] == len(load.rows("provenance"))
    rejected = {(row["table"], row["row_id"], row["field"]) for row in load.rows("decisions")}
    in_dispute = [
        claim
        for claim in load.rows("provenance")
        if claim["standing"] in ("preferred", "overruled")
        and rejected & {(claim["table"], claim["row_id"], name) for name in (claim["field"], None)}
    ]
    assert found["disputes"] == len(in_dispute)
    who = run(
        "SELECT publisher, link FROM evidence WHERE \"table\" = 'editions' AND "
        "row_id = 'amcc-05' AND field = 'format' AND value = 'virtual'"
    ).fetchall()
    assert who
    assert all(link.startswith("http") for _, link in who)
    chair = run("SELECT chair FROM editions_named WHERE number = 4").fetchone()
    assert chair == (load.row("editions", "amcc-04")["chair_name"],)


def test_the_databases_have_the_keys(everything: Path, run) -> None:  # type: ignore[no-untyped-def]
    connection = sqlite3.connect(one(everything, "sqlite"))
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in (*TABLES, "about"):
        primary = [
            column for column in connection.execute(f"PRAGMA table_info({table})") if column[5]
        ]
        assert [column[3] for column in primary] == [1], "NOT NULL"
    keys = connection.execute("PRAGMA foreign_key_list(outcomes)").fetchall()
    assert {(key[3], key[2]) for key in keys} == {
        ("edition_id", "editions"),
        ("made_by", "actors"),
        ("initiative_id", "initiatives"),
        ("follows_id", "outcomes"),
    }
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE outcomes SET edition_id = 'amcc-99'")
    connection.close()
    for statement in (
        "INSERT INTO people VALUES ('somebody', NULL, NULL)",
        "INSERT INTO people SELECT * FROM people",
        "UPDATE cross_references SET to_actor_id = 'asean' WHERE to_actor_id IS NULL",
        "UPDATE cross_references SET from_outcome_id = NULL, from_initiative_id = NULL",
    ):
        with pytest.raises((sqlite3.IntegrityError, duckdb.ConstraintException)):
            run(statement)


@pytest.mark.parametrize("tables", [["outcomes"], ["outcomes", "editions"], ["codes"]])
def test_databases_of_a_part(tables: list[str], tmp_path: Path) -> None:
    export.export(tmp_path, ["sqlite", "duckdb"], tables)
    for connection in (
        sqlite3.connect(one(tmp_path, "sqlite")),
        duckdb.connect(str(one(tmp_path, "duckdb"))),
    ):
        expected = {table: len(load.rows(table)) for table in tables}
        assert counts(connection.execute, tables) == expected
        connection.close()


@pytest.mark.parametrize("name", REPRODUCIBLE)
def test_the_same_release_gives_the_same_bytes(
    name: str, release: Release, everything: Path
) -> None:
    rendered = export.render(export.subset(release, TABLES, (name,)), (name,))
    written = held(everything)
    metadata = {"croissant.json", "dataset.jsonld", "csv-metadata.json"}
    of_the_part = {
        "datapackage.json",
        "README.txt",
        "README.md",
        *(f"schemas/{name}" for name in metadata),
    }
    for path in rendered.keys() - of_the_part:
        assert written[path] == rendered[path]
    made = export.stamp(release)
    assert export.pack(rendered, made) == export.pack(dict(reversed(rendered.items())), made)


# The folder


def test_zip_files_have_the_files_of_the_folder(tmp_path: Path) -> None:
    written = export.export(tmp_path / "zipped", ["csv", "jsonl"], ["codes"], zipped=True)
    assert [path.name for path in written] == [
        f"amcc-dataset-{store.descriptor()['version']}-{name}.zip" for name in ("csv", "jsonl")
    ]
    for path, name in zip(written, ("csv", "jsonl"), strict=True):
        export.export(tmp_path / name, [name], ["codes"])
        with zipfile.ZipFile(path) as packed:
            assert packed.testzip() is None
            assert packed.namelist() == sorted(packed.namelist())
            assert {entry: packed.read(entry) for entry in packed.namelist()} == held(
                tmp_path / name
            )


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("name", export.FORMATS)
def test_the_names_of_the_files_are_known_before_they_are_made(
    name: str, zipped: bool, release: Release, tmp_path: Path
) -> None:
    written = export.export(tmp_path, [name], ["codes"], zipped=zipped)
    expected = export.file_names(release, (name,), ["codes"], zipped)
    assert sorted(written) == sorted(tmp_path / path for path in expected)
    assert sorted(held(tmp_path)) == sorted(expected)


def test_nothing_is_replaced_without_force(tmp_path: Path) -> None:
    mine = tmp_path / "data" / "processed" / "codes.csv"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(Failed, match=r"codes\.csv: exists already -> add --force"):
        export.export(tmp_path, ["csv", "xlsx"], ["codes"])
    assert held(tmp_path) == {"data/processed/codes.csv": b"mine"}
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    export.export(tmp_path, ["csv"], ["codes"], force=True)
    assert mine.read_bytes() == (ROOT / "data/processed/codes.csv").read_bytes()
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "notes"


def test_a_dead_link_counts_as_an_existing_file(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Failed, match="exists already"):
        export.export(tmp_path, ["csv"], ["codes"])


@pytest.mark.parametrize("place", ["a-file", "a-file/below", "\x00", "a" * 300])
def test_places_that_cannot_be_written(place: str, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("mine", encoding="utf-8")
    before = held(tmp_path)
    assert main(["export", str(tmp_path / place), "--table", "codes"]) in (1, 2)
    assert held(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("fails_at", [0, 1, 6, 9])
def test_a_failure_leaves_the_folder_as_it_was(
    there: bool, fails_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deep" / "folder"
    if there:
        folder.mkdir(parents=True)
        (folder / "datapackage.json").write_text("mine", encoding="utf-8")
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")), held(tmp_path)
    calls = iter(range(100))
    original = os.fsync

    def failing(handle: int) -> None:
        if next(calls) == fails_at:
            raise OSError(28, "No space left on device")
        original(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(Failed, match="No space left on device"):
        export.export(folder, ["csv"], ["codes"], force=True)
    monkeypatch.undo()
    after = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")), held(tmp_path)
    assert after == before


@pytest.mark.parametrize("way", ["link", "device", "folder"])
def test_only_files_are_replaced(
    way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link out of the folder, a pipe or a folder is not replaced, even with --force."""
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "codes.jsonl").write_text("precious", encoding="utf-8")
    if way == "link":
        (folder / "jsonl").symlink_to(outside)
    else:
        (folder / "jsonl").mkdir()
        target = folder / "jsonl" / "codes.jsonl"
        target.mkdir() if way == "folder" else os.mkfifo(target)
    arguments = ["export", str(folder), "--format", "jsonl", "--table", "codes", "--force"]
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert ("is a link" if way == "link" else "is not a regular file") in said
    assert held(outside) == {"codes.jsonl": b"precious"}
    assert [path.name for path in folder.iterdir()] == ["jsonl"]


def test_new_files_have_the_usual_permissions(tmp_path: Path) -> None:
    export.export(tmp_path / "new", ["jsonl"], ["codes"])
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o777 & ~umask
    assert (tmp_path / "new/jsonl/codes.jsonl").stat().st_mode & 0o777 == 0o666 & ~umask


# The command


def test_the_command_takes_lists_and_repetitions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--format", "csv,jsonl", "--format", "sqlite", "--table", "codes,people"]
    assert main(["export", str(tmp_path / "new"), *arguments, "--table", "actors"]) == 0
    out, err = capsys.readouterr()
    assert sorted(out.split()) == sorted(
        str(tmp_path / "new" / name) for name in held(tmp_path / "new")
    )
    assert err == ""
    assert main(["export", str(tmp_path / "new"), *arguments]) == 1
    assert "-> add --force" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["--format", "excel"], "there is no format 'excel'; write one of: "),
        (["--format", "xslx"], "there is no format 'xslx'; write one of: xlsx"),
        (["--table", "edition"], "there is no table 'edition'; write one of: editions"),
        (["--format", "xlsx"], 'xlsxwriter is missing; pip install "amcc-dataset[xlsx]"'),
        (["--format", "duckdb,csv"], 'duckdb is missing; pip install "amcc-dataset[duckdb]"'),
    ],
)
def test_misuse_is_answered_before_anything_is_written(
    arguments: list[str],
    answer: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    assert main(["export", str(tmp_path / "new"), *arguments]) == 2
    assert answer in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_each_step_is_reported(tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    export.export(
        tmp_path, ["csv", "parquet", "jsonl"], ["codes"], progress=lambda *step: steps.append(step)
    )
    assert steps == [(0, 2, "csv and parquet"), (1, 2, "jsonl")]
    assert all(before[0] < after[0] for before, after in pairwise(steps))


def test_the_bar_is_for_terminals(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    progress(1, 4, "workbook")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    progress(1, 4, "workbook")
    progress(4, 4, "")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "\r[#####               ] 1/4 workbook\x1b[K\r\x1b[K"
