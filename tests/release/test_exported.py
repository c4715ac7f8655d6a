"""Files of an export that have no descriptor are read, checked and compared."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import duckdb
import openpyxl
import pytest

import amcc_dataset as amcc
from amcc_dataset.cli import main
from amcc_dataset.export import formats
from amcc_dataset.release import exported
from amcc_dataset.release.validate import Report, validate

FORMS = ("jsonl", "sqlite", "duckdb", "xlsx")

each_form = pytest.mark.parametrize("form", FORMS)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    formats.export(folder, formats.FORMATS)
    return folder


def taken(everything: Path, folder: Path, *forms: str) -> Path:
    """Copy the files of some formats into a folder of their own."""
    folder.mkdir()
    for form in forms:
        if form == "jsonl":
            shutil.copytree(everything / "jsonl", folder / "jsonl")
        else:
            shutil.copy(next(everything.glob(f"*.{form}")), folder)
    return folder


def file(folder: Path, form: str) -> Path:
    return next(folder.glob(f"*.{form}"))


def rules(report: Report) -> set[str]:
    assert all(finding.remedy for finding in report.findings)
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    "forms",
    [*combinations(FORMS, 1), *combinations(FORMS[:3], 2)],
    ids="+".join,
)
def test_every_format_passes_alone_and_with_others(
    everything: Path, tmp_path: Path, forms: tuple[str, ...]
) -> None:
    report = validate(taken(everything, tmp_path / "some", *forms))
    assert report.findings == []
    assert len(report.files) == len(forms)
    assert {name: len(rows) for name, rows in report.tables.items()} == {
        name: len(amcc.rows(name)) for name in report.tables
    }


def test_all_formats_pass_together(everything: Path) -> None:
    report = validate(everything)
    assert report.findings == []
    assert len(report.files) == len(FORMS)


@each_form
def test_a_zip_file_passes(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    (place,) = formats.export(tmp_path, [form], zipped=True)
    assert main(["validate", str(place)]) == 0
    assert f"{len(amcc.tables())} tables" in capsys.readouterr().out


@pytest.mark.parametrize("form", FORMS[1:])
def test_a_single_file_passes(everything: Path, form: str) -> None:
    assert validate(file(everything, form)).findings == []


# What is wrong


def in_json(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        path = folder / "jsonl" / "editions.jsonl"
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        change(rows[3])
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")

    return apply


def in_sqlite(*statements: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        connection = sqlite3.connect(file(folder, "sqlite"), isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return apply


def in_duckdb(statement: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        with duckdb.connect(str(file(folder, "duckdb"))) as connection:
            connection.execute(statement)

    return apply


def in_workbook(change: Callable[[openpyxl.Workbook], object]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        book = openpyxl.load_workbook(file(folder, "xlsx"))
        change(book)
        book.save(file(folder, "xlsx"))

    return apply


CITY = "UPDATE editions SET city = 'Bangkok' WHERE id = 'amcc-04'"
BROKEN: dict[str, tuple[str, Callable[[Path], None], str, str]] = {
    "json, a code": ("jsonl", in_json(lambda row: row.update(format="onsite")), "cells", "format"),
    "json, a type": ("jsonl", in_json(lambda row: row.update(number="4")), "cells", "number"),
    "json, a key": ("jsonl", in_json(lambda row: row.pop("city")), "readable_export", "line 4"),
    "json, a rule": (
        "jsonl",
        in_json(lambda row: row.update(year=2020)),
        "editions_meet_in_their_year",
        "2020",
    ),
    "json, a table": (
        "jsonl",
        lambda folder: (folder / "jsonl" / "people.jsonl").unlink(),
        "whole_release",
        "people",
    ),
    "sqlite, a code": (
        "sqlite",
        in_sqlite("UPDATE outcomes SET act = 'decided' WHERE ordinal = 1"),
        "cells",
        "decided",
    ),
    "sqlite, a row": (
        "sqlite",
        in_sqlite("DELETE FROM people WHERE id = 'josephine-teo'"),
        "foreign_keys_point_at_rows",
        "josephine-teo",
    ),
    "sqlite, a column": (
        "sqlite",
        in_sqlite("ALTER TABLE people RENAME COLUMN name TO label"),
        "readable_export",
        "label",
    ),
    "sqlite, a view for a table": (
        "sqlite",
        in_sqlite("CREATE TABLE copy AS SELECT * FROM codes", "DROP TABLE codes",
                  "CREATE VIEW codes AS SELECT * FROM copy"),
        "whole_release",
        "codes",
    ),
    "duckdb, a code": (
        "duckdb",
        in_duckdb("UPDATE meetings SET kind = 'party' WHERE id = 'sicw-2019'"),
        "cells",
        "party",
    ),
    "workbook, a cell": (
        "xlsx",
        in_workbook(lambda book: book["editions"].cell(2, 2, "first")),
        "cells",
        "number",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("form", "breaks", "rule", "words"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_found_and_named(
    everything: Path,
    tmp_path: Path,
    form: str,
    breaks: Callable[[Path], None],
    rule: str,
    words: str,
) -> None:
    folder = taken(everything, tmp_path / "some", form)
    breaks(folder)
    report = validate(folder)
    assert rule in rules(report), report.findings
    assert any(words in str(finding) for finding in report.findings if finding.rule == rule)


def test_a_cell_that_differs_between_two_files_is_found(everything: Path, tmp_path: Path) -> None:
    folder = taken(everything, tmp_path / "some", "sqlite", "jsonl")
    in_sqlite(CITY)(folder)
    (finding,) = validate(folder).findings
    at = finding.location
    assert (finding.rule, at.row_id, at.field) == ("same_rows", "amcc-04", "city")
    formats.export(tmp_path / "csv", ["csv", "sqlite"])
    in_sqlite(CITY)(tmp_path / "csv")
    (finding,) = validate(tmp_path / "csv").findings
    assert "'Bangkok'" in finding.what
    in_sqlite("DELETE FROM sources WHERE id = 'zdnet-2021-10-06-amcc6-regional-efforts'")(
        tmp_path / "csv"
    )
    assert {finding.rule for finding in validate(tmp_path / "csv").findings} == {"same_rows"}


@pytest.mark.parametrize("form", FORMS[1:])
def test_a_damaged_file_is_one_finding(everything: Path, tmp_path: Path, form: str) -> None:
    folder = taken(everything, tmp_path / "some", form)
    path = file(folder, form)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    assert rules(validate(folder)) == {"readable_export"}
    path.write_bytes(b"not a file of this kind")
    assert rules(validate(folder)) == {"readable_export"}


def test_more_rows_than_a_release_may_have_are_not_read(
    everything: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "MAX_ROWS", 40)
    folder = taken(everything, tmp_path / "some", "sqlite")
    (finding,) = validate(folder).findings
    assert "has more than 40 rows" in finding.what


def test_a_zip_file_with_nothing_of_ours_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as made:
        made.writestr("notes.txt", "text")
    assert rules(validate(tmp_path / "other.zip")) == {"readable_release"}
