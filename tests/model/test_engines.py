"""All engines understand the row classes in the same way.

The reference is pydantic on Python values. Every other engine gets the same rows (engines.py)
with one cell broken at a time. If an engine cannot agree, the exception is in
`KNOWN_DIFFERENCES` with its reason; it has to be deleted when it no longer occurs.
"""

import datetime as dt
import functools
from collections import defaultdict
from typing import Any

import fastparquet  # type: ignore[import-untyped]
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from engines import (
    ENGINES,
    KEY_ENGINES,
    Cells,
    RowClass,
    frame_of,
    frictionless_report,
    holds,
    json_schema_accepts,
    pandera_accepts,
    plain,
    polars_accepts,
    pydantic_accepts,
)
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaError, SchemaErrors
from pydantic import ValidationError

from amcc_dataset.model import schemas
from amcc_dataset.model.columns import TYPES, Column, columns, columns_of
from amcc_dataset.model.tables import TABLES, Actor
from amcc_dataset.model.vocabularies import Vocabulary
from amcc_dataset.testing.strategies import cell_strategy, row_strategy

Differences = dict[tuple[str, str, str], list[str]]

each_table = pytest.mark.parametrize("row_class", TABLES.values(), ids=TABLES)

KNOWN_DIFFERENCES = {
    ("json schema", "integer", "whole float"): "JSON has one type of number: 1.0 is an integer.",
    ("arrow", "integer", "whole float"): "Arrow converts floats without a fraction.",
    ("arrow", "integer", "fraction"): "Arrow cuts the fraction off a Python float.",
    ("arrow", "date", "number"): "Arrow takes a number for the days since 1970.",
    ("arrow", "date", "time of day"): "Arrow cuts the time of day off.",
    ("pydantic on json", "date", "seconds"): "Midnights in seconds since 1970 count as dates.",
    ("table schema", "string", "number"): "CSV does not distinguish the number 7 and the text 7.",
    ("table schema", "string", "true"): "CSV does not distinguish true and the text true.",
    ("table schema", "string", "newline"): "In Python's re, $ also matches before a last newline.",
    ("table schema", "string", "empty"): "CSV does not distinguish an empty text and null.",
    ("table schema", "integer", "empty"): "CSV does not distinguish an empty text and null.",
    ("table schema", "date", "empty"): "CSV does not distinguish an empty text and null.",
    ("table schema", "integer", "digits"): "CSV does not distinguish the text 7 and the number 7.",
    ("table schema", "integer", "Arabic digits"): "frictionless reads cells by Python's int().",
    ("table schema", "integer", "underscore"): "frictionless reads cells by Python's int().",
    ("table schema", "integer", "plus sign"): "frictionless reads cells by Python's int().",
    ("table schema", "integer", "blank"): "frictionless strips the cells of integers.",
    ("table schema", "integer", "newline"): "frictionless strips the cells of integers.",
    ("table schema", "date", "unpadded"): "frictionless reads dates by strptime.",
    ("table schema", "key", "of several columns"): "frictionless does not know uniqueKeys.",
}
"""Where an engine's verdict differs from pydantic's: engine, type, mutant, and why."""


# The cells that they check


FIRST_FOUND = settings(derandomize=True, database=None, phases=[Phase.generate])


@functools.cache
def example(column: Column, number: int = 0) -> Any:
    """Find the simplest valid cell, or the next ones that differ from it."""
    earlier = [example(column, before) for before in range(number)]
    cell = find(cell_strategy(column), lambda cell: cell not in earlier, settings=FIRST_FOUND)
    return cell.value if isinstance(cell, Vocabulary) else cell


def example_row(row_class: RowClass) -> Cells:
    row = {column.name: example(column) for column in columns(row_class)}
    return row | {name: None for group in row_class.TABLE.exactly_one for name in group[1:]}


def with_cell(row_class: RowClass, column: Column, cell: Any) -> Cells:
    """Put a cell into a valid row; of columns that exclude each other exactly one is filled."""
    row = example_row(row_class)
    for group in row_class.TABLE.exactly_one:
        if column.name in group:
            other = next(name for name in group if name != column.name)
            spare = example(columns_of(row_class.TABLE.name)[other])
            row |= dict.fromkeys(group) | ({other: spare} if cell is None else {})
    return row | {column.name: cell}


# Found before any test runs: hypothesis does not allow a search inside another one.
for _row_class in TABLES.values():
    example_row(_row_class)


BROKEN_TEXTS = {
    "newline": "{}\n",
    "carriage return": "{}\r",
    "blank before": " {}",
    "blank after": "{} ",
    "tab": "{0}\t{0}",
    "null character": "{0}\0{0}",
    "delete character": "{}\x7f",
    "next line": "{0}\x85{0}",
    "line separator": "{0}\u2028{0}",
}
"""How a right text is broken, by the name of what is wrong."""

BROKEN_INTEGERS = {
    "digits": "{}",
    "word": "four",
    "underscore": "0_{}",
    "plus sign": "+{}",
    "blank": " {}",
    "newline": "{}\n",
}
BROKEN_DATES = {
    "number": 7,
    "word": "yesterday",
    "day first": "02/10/2019",
    "no such day": "2019-02-29",
    "unpadded": "2019-6-1",
    "compact": "20190601",
    "week": "2019-W22-6",
    "month": "2019-06",
    "year zero": "0000-01-01",
    "five-digit year": "10000-01-01",
    "Arabic digits": "٢٠١٩-٠٦-٠١",
    "newline": "2019-06-01\n",
    "blank": " 2019-06-01",
    "seconds": "1546300800",
    "time of day": dt.datetime(2019, 6, 1, 12),
    "time of day in text": "2019-06-01T12:00:00",
}


def broken_cells(column: Column) -> Cells:
    """Cells that are wrong in every column of the type, by the name of what is wrong."""
    cell = example(column)
    cells: Cells
    match column.type:
        case "string":
            cells = {"number": 7, **filled_in(BROKEN_TEXTS, cell)}
            if column.max_length is not None:
                cells["too long"] = cell.ljust(column.max_length + 1, "a")
        case "integer":
            assert column.minimum is not None
            assert column.maximum is not None
            cells = {
                **filled_in(BROKEN_INTEGERS, cell),
                "Arabic digits": "".join(chr(0x660 + int(digit)) for digit in str(cell)),
                "fraction": cell + 0.5,
                "whole float": float(cell),
                "too small": column.minimum - 1,
                "too big": column.maximum + 1,
                "negative": -1 - cell,
                "beyond 32 bits": 2**31 + column.maximum,
                "beyond 64 bits": 2**63,
                "huge": 10**30,
                "huge negative": -(10**30),
            }
        case "date":
            cells = dict(BROKEN_DATES)
    if column.vocabulary is not None:
        cells |= {"unknown code": "other", "label": cell.title(), "code twice": cell + cell}
    if not column.nullable:
        cells["null"] = None
    return cells | {"true": True, "empty": ""}


def filled_in(forms: dict[str, str], cell: object) -> Cells:
    return {name: form.format(cell) for name, form in forms.items()}


def odd_cells(column: Column) -> Cells:
    """Cells that are right in some columns of the type, by the name of what is odd."""
    cell = example(column)
    cells: Cells = {"null": None} if column.nullable else {}
    match column.type:
        case "string":
            cells |= {
                "text NA": "NA",
                "text null": "null",
                "text nan": "nan",
                "digits": "007",
                "Arabic digits": "٢٠١٩",
                "right to left": "المؤتمر الوزاري",
                "right-to-left mark": f"{cell}\u200f",
                "Thai": "การประชุม",
                "Han": "部长级会议",
                "beyond 16 bits": "𝔸𝕊𝔼𝔸ℕ",
                "combining accent": "Pen\u0303a",
                "Cyrillic": "а",
                "full width": "ａ１",
                "upper case": f"A{cell}",
                "hyphen at the end": f"{cell}-",
                "no-break space": f"\u00a0{cell}\u00a0",
                "wide space": f"\u3000{cell}",
                "byte order mark": f"\ufeff{cell}",
                "quotes and commas": f'"{cell}", {cell};\'',
                "formula": "=1+1",
                "comment": "#1",
                "longest": cell.ljust(column.max_length or 0, "a"),
                "longest beyond 16 bits": "𝔸" * (column.max_length or 1),
            }
        case "integer":
            cells |= {"smallest": column.minimum, "biggest": column.maximum}
        case "date":
            cells |= {"leap day": dt.date(2020, 2, 29), "first": dt.date.min, "last": dt.date.max}
    return cells


def disagreements(row_class: RowClass, cases: list[tuple[Column, str, Any]]) -> Differences:
    """Put each cell into an otherwise valid row, and find the engines that differ on it."""
    rows = [with_cell(row_class, column, cell) for column, _, cell in cases]
    references = pydantic_accepts(row_class, rows)
    found: Differences = defaultdict(list)
    for engine, accepts in ENGINES.items():
        verdicts = accepts(row_class, rows)
        for (column, name, cell), verdict, reference in zip(
            cases, verdicts, references, strict=True
        ):
            # Arrow knows only nulls and types; it need not reject a cell of the right type.
            misfit = cell is None or type(cell) is not TYPES[column.type].python
            heard = engine != "arrow" or reference or misfit
            if heard and verdict != reference:
                found[engine, column.type, name].append(column.name)
    return found


@functools.cache
def cell_differences(row_class: RowClass) -> Differences:
    cases = [
        (column, name, cell)
        for column in columns(row_class)
        for name, cell in (broken_cells(column) | odd_cells(column)).items()
    ]
    return disagreements(row_class, cases)


@functools.cache
def key_differences(row_class: RowClass) -> Differences:
    """Repeat one key at a time, and find the engines that accept it."""
    found: Differences = defaultdict(list)
    cells = {column.name: column for column in columns(row_class)}
    table = row_class.TABLE
    keys = (("id",), *table.unique, *table.unique_if_filled)
    tied = {name for group in table.exactly_one for name in group}
    row = example_row(row_class)
    other = row | {name: example(cells[name], 1) for key in keys for name in key if row[name]}
    for whole in keys:
        key = [name for name in whole if row[name]]
        twin = other | {name: row[name] for name in key}
        pairs = [(row, twin)]
        gaps = [name for name in key if cells[name].nullable and name not in tied]
        without = [(row | {name: None}, twin | {name: None}) for name in gaps]
        if whole in table.unique_if_filled:
            for pair in without:
                assert all(pandera_accepts(row_class, list(pair), keys=True))
                assert all(polars_accepts(row_class, list(pair), keys=True))
        else:
            pairs += without
        kind = "of several columns" if len(key) > 1 else "of one column"
        for engine, accepts in KEY_ENGINES.items():
            assert all(accepts(row_class, [row, other], keys=True))
            for name in key:
                assert all(accepts(row_class, [row, twin | {name: other[name]}], keys=True))
            if any(all(accepts(row_class, list(pair), keys=True)) for pair in pairs):
                found[engine, "key", kind].append(" + ".join(whole))
    return found


# They agree


@pytest.mark.parametrize(
    ("row_class", "group"),
    [(row_class, group) for row_class in TABLES.values() for group in row_class.TABLE.exactly_one],
)
def test_of_a_group_exactly_one_is_filled(row_class: RowClass, group: tuple[str, ...]) -> None:
    cells = columns_of(row_class.TABLE.name)
    row, filled = example_row(row_class), {name: example(cells[name]) for name in group}
    right = [row | dict.fromkeys(group) | {name: filled[name]} for name in group]
    wrong = [row | dict.fromkeys(group), *(row | filled | {name: None} for name in group[2:])]
    wrong += [row | filled]
    document = schemas.table_schema(row_class)
    assert list(group) in document["amcc:exactlyOne"]
    for rows, expected in ((right, True), (wrong, False)):
        assert set(pydantic_accepts(row_class, rows)) == {expected}
        assert set(json_schema_accepts(row_class, rows)) == {expected}
        for number, one in enumerate(rows):
            assert pandera_accepts(row_class, [one], keys=True) == [expected], number
            assert polars_accepts(row_class, [one], keys=True) == [expected], number


@each_table
def test_broken_cells_are_rejected(row_class: RowClass) -> None:
    row = example_row(row_class)
    assert pydantic_accepts(row_class, [row]) == [True]
    for column in columns(row_class):
        broken = broken_cells(column)
        verdicts = pydantic_accepts(
            row_class, [with_cell(row_class, column, broken[name]) for name in broken]
        )
        assert [name for name, verdict in zip(broken, verdicts, strict=True) if verdict] == []


@each_table
def test_engines_agree(row_class: RowClass) -> None:
    found = cell_differences(row_class) | key_differences(row_class)
    assert {case: found[case] for case in found if case not in KNOWN_DIFFERENCES} == {}


def test_known_differences_still_occur() -> None:
    found = {
        case
        for row_class in TABLES.values()
        for case in cell_differences(row_class) | key_differences(row_class)
    }
    assert [case for case in KNOWN_DIFFERENCES if case not in found] == []


# Many rows in few examples: pandera takes as long for one row as for forty.
few_examples = settings(max_examples=max(1, settings().max_examples // 10))


@each_table
@few_examples
@given(data=st.data())
def test_engines_accept_valid_rows(row_class: RowClass, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(row_strategy(row_class), min_size=20, max_size=40))
    assert all(holds(row_class.model_validate, row, ValidationError) for row in drawn)
    rows = [plain(row) for row in drawn]
    for engine, accepts in ENGINES.items():
        assert all(accepts(row_class, rows)), engine


@each_table
@few_examples
@given(data=st.data())
def test_engines_agree_on_any_cell_of_the_type(row_class: RowClass, data: st.DataObject) -> None:
    anything = {
        "string": st.text(st.characters(codec="utf-8"), min_size=1),
        "integer": st.integers(),
        "date": st.dates(),
    }
    # A final line break, which Python's re accepts, is a known difference with a test by name.
    cases = [
        (column, "any", cell)
        for column in columns(row_class)
        for cell in data.draw(st.lists(anything[column.type], min_size=10, max_size=20))
    ]
    tried = [case for case in cases if not str(case[2]).endswith("\n")]
    assert disagreements(row_class, tried) == {}


@each_table
def test_columns_are_closed_and_in_order(row_class: RowClass) -> None:
    row = example_row(row_class)
    *names, last = row
    less = {name: row[name] for name in names}
    more = row | {"remark": "text"}
    turned = {last: row[last]} | less
    without_id = {name: row[name] for name in row if name != "id"}
    assert json_schema_accepts(row_class, [without_id, more]) == [False, False]
    for wrong in (less, more):
        assert not holds(row_class.model_validate, wrong, ValidationError)
    schema = schemas.table_schema(row_class)
    schema.pop("foreignKeys", None)
    validate = schemas.pandera_schema(row_class).validate
    for wrong in (less, more, turned):
        assert not frictionless_report(schema, [wrong]).valid
        frame = frame_of(row_class, [row]).assign(remark="text")[list(wrong)]
        assert not holds(validate, frame, SchemaError, SchemaErrors)


@each_table
def test_an_empty_table_is_valid(row_class: RowClass) -> None:
    schemas.pandera_schema(row_class).validate(frame_of(row_class, []))


def test_foreign_keys_are_understood() -> None:
    schema = schemas.table_schema(Actor)
    parent = example_row(Actor) | {"parent_id": None, "successor_id": None}
    child = parent | {"id": "child", "parent_id": parent["id"]}
    assert frictionless_report(schema, [parent, child]).valid
    orphan = child | {"parent_id": "nobody"}
    assert not frictionless_report(schema, [parent, orphan]).valid


def test_pandas_reads_the_parquet_types(tmp_path: Any) -> None:
    path = str(tmp_path / "events.parquet")
    row_class = TABLES["initiative_events"]
    rows = [plain(example_row(row_class) | {"amount": amount}) for amount in (10**12, None)]
    pq.write_table(pa.Table.from_pylist(rows, schemas.arrow_schema(row_class)), path)
    frame = pd.read_parquet(path)
    assert frame["amount"].dtype == TYPES["integer"].pandas
    assert frame["kind"].dtype == pd.Series(["text"], dtype="str").dtype
    assert frame["date"].iloc[0] == rows[0]["date"]
    days = fastparquet.ParquetFile(path).to_pandas()["date"]
    assert (days.dtype, days[0].date()) == (TYPES["date"].pandas, rows[0]["date"])
    typed = pq.read_table(path).to_pandas(date_as_object=False)
    assert typed["date"].dtype == TYPES["date"].pandas
