"""One frame gets one verdict in every form, and nothing in it ends in an error of a library."""

import csv
import datetime as dt
import io
import json
import re
import warnings
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import amcc_dataset as amcc
from amcc_dataset.cli import main
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.remedies import instead
from amcc_dataset.model.tables import TABLES
from amcc_dataset.rules import given
from amcc_dataset.rules.check import MOST
from amcc_dataset.rules.foreign import Foreign, day_of
from amcc_dataset.rules.verdict import Verdict

FAR = 6_585_322
"""The days from 1970-01-01 to 20000-01-01, a day that Python does not have."""


def alone(data: Any, table: str = "editions") -> Verdict:
    return amcc.check(data, table, with_release=False)


def said(verdict: Verdict) -> list[str]:
    return [f"{each.location.field}: {each.what} -> {each.remedy}" for each in verdict.findings]


def with_column(name: str, values: Any) -> pa.Table:
    """Return the editions as an Arrow table with other values in a column."""
    table = amcc.table("editions")
    return table.set_column(table.column_names.index(name), name, values)


def as_file(table: pa.Table, folder: Path) -> Path:
    pq.write_table(table, folder / "mine.parquet")
    return folder / "mine.parquet"


# pandas with other types


@pytest.mark.parametrize("backend", ["pyarrow", "numpy_nullable"])
@pytest.mark.parametrize("table", TABLES)
def test_the_parquet_files_are_right_in_every_backend_of_pandas(table: str, backend: Any) -> None:
    frame = pd.read_parquet(amcc.path(table, "parquet"), dtype_backend=backend)
    assert said(alone(frame, table)) == []


def test_categories_of_any_type_are_values() -> None:
    frame = amcc.load_editions().astype({"date_start": "category", "city": "category"})
    assert alone(frame).ok
    frame["number"] = frame["number"].astype("category")
    assert alone(frame).ok


# Dates


@pytest.mark.parametrize("days", [-719_162, 2_932_896])
def test_all_days_of_python_are_days(days: int) -> None:
    assert day_of(days) == dt.date(1970, 1, 1) + dt.timedelta(days)


@pytest.mark.parametrize(
    ("days", "text"),
    [(2_932_897, "10000-01-01"), (-719_163, "0000-12-31"), (FAR, "20000-01-01")],
)
def test_other_days_are_shown_as_libraries_show_them(days: int, text: str) -> None:
    assert day_of(days) == Foreign(text)
    assert str(np.datetime64(days, "D")) == text


SECOND = np.datetime64("20000-01-01", "s")
FAR_DATES: dict[str, Callable[[], Any]] = {
    "pandas": lambda: amcc.load_editions().assign(date_start=SECOND),
    "pandas, of objects": lambda: amcc.load_editions().assign(
        date_start=pd.Series([SECOND] * 10, dtype="object")
    ),
    "pandas, of Arrow": lambda: amcc.load_editions().assign(
        date_start=pd.Series(pa.array([FAR] * 10, pa.date32()), dtype="date32[pyarrow]")
    ),
    "polars": lambda: pl.DataFrame(amcc.rows("editions")).with_columns(
        date_start=pl.lit(FAR).cast(pl.Int32).cast(pl.Date)
    ),
    "polars, with a time": lambda: pl.DataFrame(amcc.rows("editions")).with_columns(
        date_start=pl.lit(FAR * 86_400_000).cast(pl.Datetime("ms"))
    ),
    "polars, lazy": lambda: (
        pl.DataFrame(amcc.rows("editions"))
        .lazy()
        .with_columns(date_start=pl.lit(FAR).cast(pl.Int32).cast(pl.Date))
    ),
    "Arrow, date32": lambda: with_column("date_start", pa.array([FAR] * 10, pa.date32())),
    "Arrow, date64": lambda: with_column(
        "date_start", pa.array([FAR * 86_400_000] * 10, pa.int64()).cast(pa.date64())
    ),
    "Arrow, timestamp": lambda: with_column(
        "date_start", pa.array([FAR * 86_400] * 10, pa.timestamp("s"))
    ),
    "dicts": lambda: [{**row, "date_start": SECOND} for row in amcc.rows("editions")],
}


@pytest.mark.parametrize("form", FAR_DATES)
def test_a_year_after_9999_is_a_finding(form: str) -> None:
    verdict = alone(FAR_DATES[form]())
    assert said(verdict) == [
        "date_start: none of the 10 values fits: 20000-01-01 is not a date "
        "-> write a date like 2019-10-02"
    ]
    assert verdict.frame()["value"].tolist() == ["20000-01-01"]
    assert verdict.findings[0].plain()["value"] == "20000-01-01"


def test_a_year_after_9999_in_a_file_is_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = as_file(FAR_DATES["Arrow, date32"](), tmp_path)
    assert main(["check", str(path), "--table", "editions"]) == 1
    assert "20000-01-01 is not a date" in capsys.readouterr().out


def test_a_text_column_of_far_dates_has_no_texts() -> None:
    verdict = alone(with_column("city", pa.array([FAR] * 10, pa.date32())))
    assert said(verdict) == [
        "city: none of the 10 values fits: 20000-01-01 is not a text -> write a text"
    ]


MOMENT = dt.datetime(2016, 10, 11, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "form",
    [
        lambda moments: pd.DataFrame({"date_start": pd.Series(moments)}),
        lambda moments: pd.DataFrame(
            {"date_start": pd.Series(moments, dtype="timestamp[us, tz=UTC][pyarrow]")}
        ),
        lambda moments: pl.DataFrame({"date_start": moments}),
        lambda moments: pa.table({"date_start": pa.array(moments, pa.timestamp("us", "UTC"))}),
        lambda moments: pa.table({"date_start": pa.array(moments, pa.timestamp("ns", "UTC"))}),
        lambda moments: [*({"date_start": moment} for moment in moments)],
    ],
)
def test_a_moment_with_a_zone_is_refused_in_the_same_words(form: Callable[[Any], Any]) -> None:
    moments: list[Any] = [MOMENT, None]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (finding,) = (each for each in alone(form(moments)).findings if each.rule == "types")
    assert finding.what == "2016-10-11 09:30:00+00:00 has a time of day or a time zone"


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Singapore", 17), ("No/Where", 9), ("+08:00", 9)])
def test_a_moment_is_shown_in_its_zone_if_the_machine_knows_it(zone: str, hour: int) -> None:
    moments = pa.array([1_476_178_200], pa.timestamp("s", zone))
    assert given.read(pa.table({"a": moments})).columns["a"][0].hour == hour


@pytest.mark.parametrize("number", [1_476_144_000_000_000_000, 1_476_144_000_000_000_001])
def test_nanoseconds_need_no_pandas(number: int) -> None:
    table = pa.table({"a": pa.array([number, None], pa.timestamp("ns"))})
    assert given.read(table).columns == {"a": [dt.date(2016, 10, 11), None]}


# Whole numbers


def frame_of(*ranks: float | None) -> pd.DataFrame:
    """Return participants with these ranks as floats, each with the level 1 or none."""
    rows = [row for row in amcc.rows("participants") if row["level_rank"] == 1][: len(ranks)]
    frame = pd.DataFrame(rows).assign(level_rank=pd.Series(ranks, dtype="float64"))
    frame["level"] = frame["level"].where(frame["level_rank"].notna(), None)
    return frame


def as_parquet(frame: pd.DataFrame, folder: Path) -> Path:
    return as_file(pa.Table.from_pandas(frame), folder)


NUMBERS: dict[str, Callable[[pd.DataFrame, Path], Any]] = {
    "pandas": lambda frame, _: frame,
    "pandas, of objects": lambda frame, _: frame.astype(object),
    "pandas, of Arrow": lambda frame, _: frame.astype({"level_rank": "double[pyarrow]"}),
    "polars": lambda frame, _: pl.from_pandas(frame),
    "polars, lazy": lambda frame, _: pl.from_pandas(frame).lazy(),
    "polars, of decimals": lambda frame, _: pl.from_pandas(frame).with_columns(
        pl.col("level_rank").cast(pl.Decimal(10, 1))
    ),
    "Arrow": lambda frame, _: pa.Table.from_pandas(frame),
    "Arrow, a batch": lambda frame, _: pa.RecordBatch.from_pandas(frame),
    "Arrow, of decimals": lambda frame, _: pa.Table.from_pandas(
        frame.astype({"level_rank": pd.ArrowDtype(pa.decimal128(10, 1))})
    ),
    "Parquet": as_parquet,
    "dicts": lambda frame, _: frame.to_dict("records"),
    "dicts, of numpy": lambda frame, _: [
        row | {"level_rank": np.float64(row["level_rank"])} for row in frame.to_dict("records")
    ],
}


@pytest.mark.parametrize("form", NUMBERS)
def test_floats_without_fractions_are_whole_numbers(form: str, tmp_path: Path) -> None:
    data = NUMBERS[form](frame_of(1.0, None, 1.0), tmp_path)
    assert said(alone(data, "participants")) == []


@pytest.mark.parametrize("form", NUMBERS)
def test_a_fraction_is_not_a_whole_number(form: str, tmp_path: Path) -> None:
    data = NUMBERS[form](frame_of(1.0, None, 1.5), tmp_path)
    (finding,) = alone(data, "participants").findings
    assert (finding.position, finding.rule) == (2, "types")
    assert finding.what.replace("Decimal('1.5')", "1.5") == "1.5 is not a whole number"


def test_a_csv_file_has_whole_numbers_without_a_point(tmp_path: Path) -> None:
    frame_of(1.0, None, 1.0).to_csv(tmp_path / "mine.csv", index=False)
    assert said(alone(tmp_path / "mine.csv", "participants")) == [
        "level_rank: none of the 2 values fits: '1.0' is not written as a whole number "
        "-> write 1, without a decimal point"
    ]


@pytest.mark.parametrize("number", [float("inf"), 1e300, Decimal("1E+999999"), Decimal("sNaN")])
def test_numbers_that_are_too_large_are_one_finding(number: Any) -> None:
    rows = [amcc.rows("editions")[0] | {"number": number}]
    assert len(alone(rows).findings) == 1


# Texts


BROKEN_TEXT = pa.Array.from_buffers(
    pa.string(), 10, pa.array([b"Singapor\xe9"] * 10, pa.binary()).buffers()
)


@pytest.mark.parametrize(
    "form",
    [
        lambda table, _: table,
        lambda table, folder: as_file(table, folder),
        lambda table, folder: pd.read_parquet(as_file(table, folder), dtype_backend="pyarrow"),
        lambda table, _: [row | {"city": b"Singapor\xe9"} for row in amcc.rows("editions")],
    ],
)
def test_bytes_that_are_not_utf8_are_a_finding(
    form: Callable[[pa.Table, Path], Any], tmp_path: Path
) -> None:
    verdict = alone(form(with_column("city", BROKEN_TEXT), tmp_path))
    assert said(verdict) == [
        r"city: none of the 10 values fits: b'Singapor\xe9' is bytes, not a text "
        "-> decode them; text in Arrow has to be UTF-8"
    ]


@pytest.mark.parametrize("form", [list, pd.DataFrame])
def test_half_of_a_character_is_not_text(form: Callable[[Any], Any]) -> None:
    rows = [{name: row[name] for name in row} for row in amcc.rows("editions")[:2]]
    rows[1]["city"] = "\ud800Manila"
    data = pd.DataFrame(rows, dtype=object) if form is pd.DataFrame else rows
    verdict = alone(data)
    assert said(verdict) == [
        r"city: '\ud800Manila' is not valid Unicode -> write it again: it has half of a character"
    ]
    assert verdict.frame()["value"].tolist() == [r"'\ud800Manila'"]
    json.dumps(verdict.findings[0].plain(), ensure_ascii=False).encode()


def test_half_of_a_character_in_an_id_or_the_name_of_a_column_is_shown() -> None:
    row = amcc.rows("editions")[0] | {"id": "\udfff", "\ud800": 1}
    verdict = alone([row])
    assert [each.location.field for each in verdict.findings] == [r"\ud800", "id"]
    verdict.frame()
    str(verdict).encode()


# Values of libraries that no cell can have


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (pa.array([1] * 10, pa.duration("ns")), "is not a text"),
        (pa.array([1] * 10, pa.time64("ns")), "is not a text"),
        (pa.array([[1]] * 10), "[1] is not a text"),
        (pa.array([[FAR]] * 10, pa.list_(pa.date32())), "list<item: date32[day]> is not a text"),
        (pa.array([b"0" * 16] * 10, pa.uuid()), "is not a text"),
    ],
)
def test_other_types_of_arrow_are_findings(values: Any, shown: str) -> None:
    (finding,) = alone(with_column("city", values)).findings
    assert shown in finding.what


@pytest.mark.parametrize(
    ("dtype", "shown"),
    [
        (pl.Duration("ms"), "Duration(time_unit='ms') 1 is not a text"),
        (pl.Time, "Time 1 is not a text"),
        (pl.List(pl.Int8), "List(Int8) [1] is not a text"),
    ],
)
def test_other_types_of_polars_are_findings(dtype: Any, shown: str) -> None:
    frame = pl.DataFrame(amcc.rows("editions")[:1]).with_columns(
        city=pl.Series([[1]] if dtype.is_nested() else [1]).cast(dtype)
    )
    assert [each.what for each in alone(frame).findings] == [shown]


@pytest.mark.parametrize(
    "values", [pd.to_timedelta(["1D"]), pd.PeriodIndex(["2016-10"], freq="M"), [[1]]]
)
def test_other_types_of_pandas_are_findings(values: Any) -> None:
    for name in ("city", "date_start", "number"):
        frame = pd.DataFrame(amcc.rows("editions")[:1]).assign(**{name: values})
        assert [each.rule for each in alone(frame).findings] == ["types"]


# Other forms


READERS: dict[str, Callable[[], Any]] = {
    "a generator": lambda: (row for row in amcc.rows("editions")),
    "an iterator of row objects": lambda: iter(list(amcc.records("editions"))),
    "a reader of batches": lambda: amcc.table("editions").to_reader(),
    "a batch": lambda: amcc.table("editions").to_batches()[0],
    "a relation of DuckDB": lambda: duckdb.connect().from_arrow(amcc.table("editions")),
}


@pytest.mark.parametrize("form", READERS)
def test_what_can_be_read_once_is_checked(form: str) -> None:
    verdict = alone(READERS[form]())
    assert verdict.rows == {"editions": len(amcc.rows("editions"))}
    assert said(verdict) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            lambda: pd.concat({"a": amcc.load_editions()}, axis=1),
            "the columns have 2 levels of names; flatten them: "
            "data.columns = data.columns.get_level_values(-1)",
        ),
        (lambda: pl.LazyFrame({"a": [1]}).select("b"), "the LazyFrame cannot be collected: "),
        (lambda: pl.scan_parquet("no such file"), "the LazyFrame cannot be collected: "),
        (lambda: pl.Series([1]), "data of the type Series cannot be checked: "),
        (lambda: io.StringIO("id"), "row 0 is of the type str"),
        (lambda: "", "the path is empty; write the path of a CSV or Parquet file"),
        (lambda: "~nobody-here/x.csv", "'~nobody-here/x.csv' cannot be the path of a file; write"),
        (lambda: Path("~nobody-here/x.csv"), "'~nobody-here/x.csv' cannot be the path of a file"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(data: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        alone(data())
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_the_remedy_for_several_levels_works() -> None:
    data = pd.concat({"a": amcc.load_editions()}, axis=1)
    data.columns = data.columns.get_level_values(-1)
    assert alone(data).ok


# Files

CSV = Path(amcc.path("editions")).read_text(encoding="utf-8")
HEADER, FIRST, *OTHERS = CSV.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("\n" + CSV, "begins with an empty line; remove it"),
        ("".join([FIRST, *OTHERS]), "has no line with the names of the columns: '1' is in its f"),
        (CSV.replace("number,", "id,", 1), "has the column name 'id' twice, ignoring case; rename"),
        (CSV.replace("\n", ",,\n"), "has several columns without a name; remove or name them"),
        (CSV + "a,b\n", "cells, not 19; add what is missing, and a comma for each empty cell"),
        (CSV + "a" * 3 + "," * 20 + "\n", "has 21 cells, not 19; put texts with commas in quotes"),
        ("[]", "is JSON; read it with json, and check the list of its rows"),
        ("<html>", "is HTML or XML; save it as CSV in UTF-8, or as Parquet"),
        (b"\x1f\x8b\x08", "is compressed with gzip; unpack it"),
        (b"PK\x03\x04...editions.csv", "is a zip file; unpack it"),
        (b"PK\x03\x04...xl/workbook.xml", "is an Excel workbook; save the sheet as CSV in UTF-8"),
        (b"SQLite format 3\0", "is an SQLite database; export the table as CSV or Parquet"),
        (b"\0" * 8 + b"DUCK", "is a DuckDB database; export the table as CSV or Parquet"),
        (CSV.encode("utf-16"), "is in UTF-16; save it as CSV in UTF-8, or as Parquet"),
        (b"ARROW1", "is a Feather or Arrow file; save it as CSV in UTF-8, or as Parquet"),
    ],
)
def test_a_file_of_another_kind_is_named(
    content: str | bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "editions.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(["check", str(path)]) == 2
    assert message in capsys.readouterr().err


def test_a_column_without_a_name_is_named_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "editions.csv"
    pd.read_csv(amcc.path("editions")).to_csv(path)
    assert [each.location.field for each in alone(path).findings if each.rule == "columns"] == [
        "column 1, without a name"
    ]


def test_a_year_may_be_the_name_of_a_column(tmp_path: Path) -> None:
    path = tmp_path / "editions.csv"
    path.write_text(CSV.replace("\n", ",2016\n"), encoding="utf-8")
    assert [each.location.field for each in alone(path).findings] == ["2016"]


def test_a_parquet_file_with_a_repeated_column_is_valid(tmp_path: Path) -> None:
    path = as_file(pa.table([pa.array([1])] * 2, names=["id", "id"]), tmp_path)
    with pytest.raises(ValueError, match="column 'id' appears twice; rename or drop one") as error:
        alone(path)
    assert str(error.value).startswith(str(path))


# The command


def written(folder: Path, table: str, **changes: Any) -> str:
    path = folder / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, columns_of(table))
        writer.writeheader()
        writer.writerow(amcc.rows(table)[0] | changes)
    return str(path)


def test_the_command_checks_rows_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "people", id="somebody", actor_id="nobody")
    assert main(["check", path]) == 1
    assert main(["check", path, "--alone"]) == 0
    assert "1 row of people checked alone: no problems" in capsys.readouterr().out


def test_the_command_checks_several_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actor = amcc.rows("participants")[0]["actor_id"]
    person = written(tmp_path, "people", id="own-person", actor_id=actor)
    there = written(tmp_path, "participants", id="own-row", person_id="own-person")
    assert main(["check", there]) == 1
    capsys.readouterr()
    assert main(["check", person, there]) == 0
    assert "1 row of people, 1 row of participants checked with" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["people.csv", "editions.csv", "--table", "people"], "--table is for one file"),
        (["people.csv", "a/people.csv"], "people.csv and a/people.csv are of the same table"),
        (["people.csv", "mine.csv"], "people.csv: No such file or directory; check the path"),
        (["mine.csv"], "mine.csv: No such file or directory; check the path"),
        (["mine.csv", "--table", "mine"], "there is no table 'mine'; write one of: "),
        (["no/people.csv"], "no/people.csv: No such file or directory; check the path"),
        ([".", "--table", "people"], ".: is not a regular file; check the path"),
        ([""], "the path is empty"),
        (["."], ".: is not a regular file; check the path"),
        (["", "--table", "people"], "the path is empty"),
    ],
)
def test_wrong_arguments_of_the_command_are_no_findings(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *words]) == 2
    assert capsys.readouterr().err.startswith(f"amcc-dataset: {message}")


def test_findings_that_are_cut_are_counted_in_every_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [{"id": f"mine-{n}", "name": " x", "actor_id": "sg"} for n in range(MOST + 1)]
    path = tmp_path / "people.parquet"
    pq.write_table(pa.Table.from_pylist(people), path)
    assert main(["check", str(path), "--alone", "--json"]) == 1
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)) == MOST
    assert printed.err == "These rules found more problems than are listed: values\n"
    verdict = alone(people, "people")
    assert verdict.frame().attrs == {"cut": ["values"]}
    assert alone(people[:1], "people").frame().attrs == {"cut": []}


@pytest.mark.parametrize("table", TABLES)
def test_every_pattern_has_words(table: str) -> None:
    for column in columns_of(table).values():
        assert column.pattern is None or not instead(column, "\n").startswith("write: ")


def test_null_is_called_null() -> None:
    row = next(row for row in amcc.rows("outcomes") if row["act_rank"] is not None)
    (finding,) = alone([row | {"act_rank": None}], "outcomes").findings
    assert "None" not in str(finding)
