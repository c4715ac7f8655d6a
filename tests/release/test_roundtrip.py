"""Every reader gets any valid table back from its files, and a spreadsheet changes no cell.

The rows are drawn from the schema, not from the data, so that the tests hold for future tables
too. Every reader gets the types of the schema and must return each cell with the same value and
of the same type.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import duckdb
import fastparquet  # type: ignore[import-untyped]
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amcc_dataset.disk import shipped
from amcc_dataset.model import schemas
from amcc_dataset.model.columns import TYPES, Column, columns
from amcc_dataset.model.tables import TABLES, Row
from amcc_dataset.reading import load, store
from amcc_dataset.release import render
from amcc_dataset.testing.strategies import cell_strategy, row_strategy

Cells = dict[str, Any]
RowClass = type[Row]

AWKWARD = {
    "comma": "a,b",
    "quote": '"a" said "b"',
    "only a quote": '"',
    "NA": "NA",
    "null": "null",
    "None": "None",
    "nan": "nan",
    "true": "true",
    "number": "4",
    "leading zero": "007",
    "date": "2019-10-02",
    "semicolon": "a;b",
    "backslash": "a\\nb\\",
    "apostrophe": "'=1+1",
    "hash": "# not a comment",
    "right to left": "مؤتمر الأمن السيبراني",
    "Chinese": "东盟网络安全部长级会议",
    "Vietnamese": "Tô Lâm",
    "emoji": "🇸🇬 + 🇹🇭",
    "combining": "é and é",
    "byte order mark": "a\ufeffb",
    "direction marks": "a\u202eb",
    "beyond the BMP": "\U0001f9d1\U0010fffd",
    "braces": '{"a": [1, null]}',
}
"""Texts that some reader is known to misread."""


def tables() -> st.SearchStrategy[dict[str, list[Cells]]]:
    """Draw a few rows of every table; a table may also be empty."""
    return st.fixed_dictionaries(
        {name: st.lists(row_strategy(row_class), max_size=4) for name, row_class in TABLES.items()}
    )


def plain(rows: list[Cells]) -> list[Cells]:
    """Return rows with codes as plain texts."""
    return [
        {name: str(value) if isinstance(value, str) else value for name, value in row.items()}
        for row in rows
    ]


def same(found: list[Cells], expected: list[Cells]) -> None:
    """Compare every cell with the expected one, by value and by type."""
    assert found == plain(expected)
    for row, other in zip(found, plain(expected), strict=True):
        assert {name: type(value) for name, value in row.items()} == {
            name: type(value) for name, value in other.items()
        }


# Readers: each returns the rows of a file, and checks their types


def none(value: object) -> Any:
    return None if pd.isna(value) else value  # type: ignore[call-overload]


def from_pandas(frame: pd.DataFrame) -> list[Cells]:
    """Return the rows of a frame, with dates instead of timestamps."""
    return [
        {
            str(name): value.date() if isinstance(value := none(cell), dt.datetime) else value
            for name, cell in row.items()
        }
        for row in frame.astype(object).to_dict("records")
    ]


def pandas_csv(path: str, row_class: RowClass) -> list[Cells]:
    dtypes: Any = {column.name: TYPES[column.type].pandas for column in columns(row_class)}
    dates = [name for name, dtype in dtypes.items() if dtype.startswith("datetime")]
    # read_csv parses dates only after the cells are texts.
    frame = pd.read_csv(
        path, keep_default_na=False, na_values=[""], dtype=dtypes | dict.fromkeys(dates, "str")
    )
    for name in dates:
        # Before pandas 3, pd.to_datetime knows no year after 2262.
        frame[name] = frame[name].fillna("NaT").to_numpy(dtypes[name])
    assert dict(frame.dtypes) == {
        name: pd.Series(dtype=kind).dtype for name, kind in dtypes.items()
    }
    return from_pandas(frame)


def pandas_parquet(path: str, row_class: RowClass) -> list[Cells]:
    frame = pd.read_parquet(path)
    for column in columns(row_class):
        dtype: Any = "object" if column.type == "date" else TYPES[column.type].pandas
        # Before pandas 3, a text column has the type "object".
        assert frame[column.name].dtype == pd.Series(dtype=dtype).dtype
    return from_pandas(frame)


def polars_types(row_class: RowClass) -> dict[str, Any]:
    known = {"string": pl.String, "int32": pl.Int32, "int64": pl.Int64, "date32[day]": pl.Date}
    schema = schemas.arrow_schema(row_class)
    return {field.name: known[str(field.type)] for field in schema}


def polars_csv(path: str, row_class: RowClass) -> list[Cells]:
    frame = pl.read_csv(path, schema=polars_types(row_class))
    assert dict(frame.schema) == polars_types(row_class)
    return frame.to_dicts()


def polars_parquet(path: str, row_class: RowClass) -> list[Cells]:
    frame = pl.read_parquet(path)
    assert dict(frame.schema) == polars_types(row_class)
    return frame.to_dicts()


def pyarrow_csv(path: str, row_class: RowClass) -> list[Cells]:
    schema = schemas.arrow_schema(row_class)
    options = pacsv.ConvertOptions(
        column_types=pa.schema([(field.name, field.type) for field in schema]),
        strings_can_be_null=True,
        null_values=[""],
    )
    table = pacsv.read_csv(path, convert_options=options)
    assert table.schema.types == schema.types
    return table.to_pylist()


def pyarrow_parquet(path: str, row_class: RowClass) -> list[Cells]:
    table = pq.read_table(path)
    assert table.schema.equals(schemas.arrow_schema(row_class), check_metadata=True)
    return table.to_pylist()


def from_duckdb(found: duckdb.DuckDBPyRelation, row_class: RowClass) -> list[Cells]:
    known = {"string": "VARCHAR", "int32": "INTEGER", "int64": "BIGINT", "date32[day]": "DATE"}
    assert list(map(str, found.types)) == [
        known[str(field.type)] for field in schemas.arrow_schema(row_class)
    ]
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def duckdb_csv(path: str, row_class: RowClass) -> list[Cells]:
    known = {"string": "VARCHAR", "int32": "INTEGER", "int64": "BIGINT", "date32[day]": "DATE"}
    types = {field.name: known[str(field.type)] for field in schemas.arrow_schema(row_class)}
    with duckdb.connect() as connection:
        found = connection.read_csv(
            path,
            columns=types,
            header=True,
            delimiter=",",
            quotechar='"',
            escapechar='"',
            na_values="",
            auto_detect=False,
        )
        return from_duckdb(found, row_class)


def duckdb_parquet(path: str, row_class: RowClass) -> list[Cells]:
    with duckdb.connect() as connection:
        return from_duckdb(connection.read_parquet(path), row_class)


Reader = Callable[[str, RowClass], list[Cells]]

READERS: dict[str, list[Reader]] = {
    "csv": [pandas_csv, polars_csv, pyarrow_csv, duckdb_csv],
    "parquet": [pandas_parquet, polars_parquet, pyarrow_parquet, duckdb_parquet],
}


def put(folder: Path, drawn: dict[str, list[Cells]]) -> None:
    for path, content in render.render(drawn).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def read_everywhere(drawn: dict[str, list[Cells]]) -> None:
    """Write tables as a release, and read every file back with every reader."""
    with TemporaryDirectory() as name:
        put(Path(name), drawn)
        for table, row_class in TABLES.items():
            for suffix, readers in READERS.items():
                for reader in readers:
                    path = f"{name}/data/processed/{table}.{suffix}"
                    same(reader(path, row_class), drawn[table])
        with patch.object(shipped, "root", lambda: name):
            for table, row_class in TABLES.items():
                same([dict(row) for row in load.rows(table)], drawn[table])
                frame = load.load(table)
                for column in columns(row_class):
                    dtype = pd.Series(dtype=loaded_as(column)).dtype
                    assert str(frame[column.name].dtype) == str(dtype)
                same(from_pandas(frame), drawn[table])
                assert [dict(row) for row in load.records(row_class)] == drawn[table]


def loaded_as(column: Column) -> Any:
    return "category" if column.vocabulary else TYPES[column.type].pandas


# One example is all tables in two formats, read by nine readers.
@settings(max_examples=max(3, settings().max_examples // 5))
@given(tables())
def test_any_valid_table_comes_back_from_every_reader(drawn: dict[str, list[Cells]]) -> None:
    read_everywhere(drawn)


def test_awkward_texts_come_back_from_every_reader() -> None:
    drawn: dict[str, list[Cells]] = {name: [] for name in TABLES}
    row = {column.name: None for column in columns(TABLES["people"])}
    drawn["people"] = [
        row | {"id": f"p-{number}", "name": text} for number, text in enumerate(AWKWARD.values())
    ]
    read_everywhere(drawn)


def test_dates_and_numbers_at_their_edges_come_back() -> None:
    drawn: dict[str, list[Cells]] = {name: [] for name in TABLES}
    events = TABLES["initiative_events"]
    row: Cells = {column.name: None for column in columns(events)} | {
        "initiative_id": "i",
        "kind": "launched",
        "precision": "day",
        "currency": "SGD",
        "summary": "S",
    }
    days = (dt.date.min, dt.date(1582, 10, 14), dt.date(1969, 12, 31), dt.date.max)
    drawn["initiative_events"] = [
        row | {"id": f"e-{number}", "date": day, "amount": amount}
        for number, (day, amount) in enumerate(
            zip(days, (1, 2**31 - 1, 2**31, 10**12), strict=True)
        )
    ]
    for cells in drawn["initiative_events"]:
        cells.update(events.model_validate(cells, strict=False).model_dump())
    read_everywhere(drawn)


@pytest.mark.parametrize("table", TABLES)
def test_parquet_is_packed_as_every_reader_can_unpack_it(table: str) -> None:
    """Several readers in JavaScript know Snappy but not zstd."""
    group = pq.ParquetFile(store.path(table, "parquet")).metadata.row_group(0)
    assert {group.column(number).compression for number in range(group.num_columns)} == {"SNAPPY"}


@pytest.mark.parametrize("table", TABLES)
def test_fastparquet_reads_what_is_released(table: str) -> None:
    """It knows only the years 1678 to 2262, so it does not get the drawn dates."""
    frame = fastparquet.ParquetFile(store.path(table, "parquet")).to_pandas()
    assert from_pandas(frame) == load.rows(table)
    for column in columns(TABLES[table]):
        dtype = "object" if column.type == "string" else TYPES[column.type].pandas
        assert str(frame[column.name].dtype) == dtype


# Spreadsheets

RUNS = re.compile(r"""[\s"\xad\u200b]*[=+\-@\t\r＝＋－＠]""")
"""The beginning of a cell that a spreadsheet takes for a formula."""

SEPARATORS = (",", ";", "\t", "|")

BECOMES = re.compile(
    r"""
      [+-]?0[0-9]+                              # loses its zeros
    | [+-]?[0-9]{16,}                           # loses digits after the fifteenth
    | [+-]?[0-9]*\.?[0-9]+[eE][+-]?[0-9]+       # becomes a power of ten
    | [0-9]+[./][0-9]+(?:[./][0-9]+)?           # becomes a date or a fraction
    | [0-9]+:[0-9]+(?::[0-9]+)?                 # becomes a time
    | (?i:true|false)                           # becomes a truth value
    | \#(?:N/A|REF!|NAME\?|VALUE!)              # becomes an error
    """,
    re.VERBOSE,
)
"""Texts that a spreadsheet changes when it reads and writes them."""


@pytest.fixture(scope="module")
def cells() -> list[tuple[str, str, str]]:
    """Return table, column and text of every cell of the release."""
    found = []
    for table in TABLES:
        content = Path(store.path(table)).read_text(encoding="utf-8")
        for row in csv.DictReader(io.StringIO(content, newline="")):
            found += [(table, name, text) for name, text in row.items() if text]
    return found


def split(content: str, separator: str, quotes: bool) -> list[str]:
    """Return the cells of a CSV file as a spreadsheet splits it with these settings."""
    if not quotes:
        return [cell for line in content.splitlines() for cell in line.split(separator)]
    return [cell for line in csv.reader(content.splitlines(), delimiter=separator) for cell in line]


@pytest.mark.parametrize("quotes", [True, False])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_no_cell_is_run_as_a_formula(separator: str, quotes: bool) -> None:
    for table in TABLES:
        content = Path(store.path(table)).read_text(encoding="utf-8")
        assert list(filter(RUNS.match, split(content, separator, quotes))) == [], table


def test_a_cell_that_could_be_split_is_quoted() -> None:
    """So it stays one cell even if a spreadsheet splits at several separators at once."""
    row_class = TABLES["people"]
    rows = [{"id": "a", "name": f"One{separator}two", "actor_id": None} for separator in SEPARATORS]
    _, *lines = render.to_csv(row_class, rows).decode().splitlines()
    assert lines == [f'a,"One{separator}two",' for separator in SEPARATORS]


def test_no_cell_loses_anything_in_a_spreadsheet(cells: list[tuple[str, str, str]]) -> None:
    assert [cell for cell in cells if BECOMES.fullmatch(cell[2])] == []


@given(st.data())
def test_no_valid_text_is_run_as_a_formula(data: st.DataObject) -> None:
    for row_class in TABLES.values():
        for column in columns(row_class):
            if column.type == "string":
                text = str(data.draw(cell_strategy(column)))
                assert text[0] not in "=+-@\t\r", column.name


def test_the_patterns_for_spreadsheets_can_fail() -> None:
    for text in ("=1", "+1", "-1", "@A1", "\t=1", " =1", "＝1", "\xad=1"):
        assert RUNS.match(text), text
    assert [cell for cell in split('a,"b;=1"\n', ";", True) if RUNS.match(cell)] == ['=1"']
    for text in ("007", "1e5", "1/2", "3.10.2019", "10:30", "TRUE", "1234567890123456", "#N/A"):
        assert BECOMES.fullmatch(text), text
    for text in ("4", "2019-10-02", "10000000", "p1", "amcc-04", "c38f933f40f86a90"):
        assert not BECOMES.fullmatch(text), text
