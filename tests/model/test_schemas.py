"""Whether the row classes are complete, and whether all engines mean the same by them.

The reference is pydantic on Python values. Every other engine gets the same rows in its
own form (JSON text, a typed frame, CSV text, an Arrow table) with one cell broken at a
time. Where an engine cannot agree, the exception stands in `KNOWN_DIFFERENCES` with its
reason, and has to go when it no longer occurs.
"""

import csv
import datetime as dt
import functools
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import fastparquet  # type: ignore[import-untyped]
import jsonschema
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless import Dialect, Report, Schema
from frictionless.formats import CsvControl
from frictionless.resources import TableResource
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaError, SchemaErrors
from pydantic import Field, ValidationError, create_model

from amcc_dataset.model import schemas
from amcc_dataset.model.columns import TYPES, Column, columns, columns_of
from amcc_dataset.model.tables import CLAIM, NONE, TABLES, Actor, Row, Slug, Table, Text
from amcc_dataset.model.vocabularies import VOCABULARIES, Roster, Vocabulary
from amcc_dataset.release.dictionary import dictionary
from amcc_dataset.testing.strategies import cell_strategy, row_strategy

RowClass = type[Row]
Cells = dict[str, Any]
Rows = list[Cells]
Differences = dict[tuple[str, str, str], list[str]]

each_table = pytest.mark.parametrize("row_class", TABLES.values(), ids=TABLES)

KNOWN_DIFFERENCES = {
    ("json schema", "integer", "whole float"): "JSON has one type of number: 1.0 is an integer.",
    ("arrow", "integer", "whole float"): "Arrow converts floats without a fraction.",
    ("arrow", "integer", "fraction"): "Arrow cuts the fraction off a Python float.",
    ("arrow", "date", "number"): "Arrow takes a number for the days since 1970.",
    ("arrow", "date", "time of day"): "Arrow cuts the time of day off.",
    ("pydantic on json", "date", "seconds"): "Midnights in seconds since 1970 count as dates.",
    ("table schema", "string", "number"): "CSV does not tell the number 7 from the text 7.",
    ("table schema", "string", "true"): "CSV does not tell true from the text true.",
    ("table schema", "string", "newline"): "In Python's re, $ matches before a last line end too.",
    ("table schema", "string", "empty"): "CSV does not tell an empty text from null.",
    ("table schema", "integer", "empty"): "CSV does not tell an empty text from null.",
    ("table schema", "date", "empty"): "CSV does not tell an empty text from null.",
    ("table schema", "integer", "digits"): "CSV does not tell the text 7 from the number 7.",
    ("table schema", "integer", "Arabic digits"): "frictionless reads cells by Python's int().",
    ("table schema", "integer", "underscore"): "frictionless reads cells by Python's int().",
    ("table schema", "integer", "plus sign"): "frictionless reads cells by Python's int().",
    ("table schema", "integer", "blank"): "frictionless strips the cells of integers.",
    ("table schema", "integer", "newline"): "frictionless strips the cells of integers.",
    ("table schema", "date", "unpadded"): "frictionless reads dates by strptime.",
    ("table schema", "key", "of several columns"): "frictionless does not know uniqueKeys.",
}
"""Where an engine's verdict differs from pydantic's: engine, type, mutant, and why."""


# The classes themselves


@each_table
def test_columns_are_described(row_class: RowClass) -> None:
    first, *_ = cells = columns(row_class)
    assert (first.name, first.nullable, first.unique) == ("id", False, True)
    for column in cells:
        assert column.description.endswith("."), column.name
        assert column.description.strip() == column.description, column.name


def test_vocabularies_are_defined() -> None:
    assert set(VOCABULARIES.values()) == set(Vocabulary.__subclasses__())
    for name, vocabulary in VOCABULARIES.items():
        assert vocabulary.__doc__, name
        for texts in ([code.value for code in vocabulary], [code.label for code in vocabulary]):
            assert len(set(texts)) == len(texts), name
        for code in vocabulary:
            assert code.isascii(), code
            assert code.replace("_", "").islower(), code
            assert code.label.strip() == code.label != "", code
            assert code.definition.endswith("."), code


@each_table
def test_keys_lead_somewhere(row_class: RowClass) -> None:
    cells = columns(row_class)
    assert {column.ref for column in cells} - {None} <= TABLES.keys()
    table, names = row_class.TABLE, {cell.name for cell in cells}
    for key in (*table.unique, *table.unique_if_filled, *table.exactly_one):
        assert {*key} <= names


@each_table
def test_what_is_derived_says_from_where(row_class: RowClass) -> None:
    for column in columns(row_class):
        origin = column.origin
        if origin is not None:
            source = columns_of(origin.table or row_class.TABLE.name)
            assert column.derived
            assert {*origin.fields, origin.by, *(origin.where or ())[:1]} <= source.keys()
            if origin.table is not None:
                assert source[origin.by].ref == row_class.TABLE.name


@each_table
def test_vocabularies_say_whether_they_are_a_scale(row_class: RowClass) -> None:
    fields = schemas.table_schema(row_class)["fields"]
    for column, field in zip(columns(row_class), fields, strict=True):
        codes = field["constraints"].get("enum")
        assert field.get("categories") == codes
        ordinal = column.vocabulary and column.vocabulary.ORDINAL
        assert field.get("categoriesOrdered") == ordinal


def test_no_foreign_keys_form_a_circle_between_tables() -> None:
    waiting = {
        table: {column.ref for column in columns(row_class)} - {None, table}
        for table, row_class in TABLES.items()
    }
    while ready := [table for table, refs in waiting.items() if not refs & waiting.keys()]:
        for table in ready:
            del waiting[table]
    assert waiting == {}


# What is derived from them


@each_table
def test_derived_schemas_agree_on_names_order_and_nulls(row_class: RowClass) -> None:
    cells = columns(row_class)
    names = [column.name for column in cells]
    nullable = [column.nullable for column in cells]
    assert names == list(row_class.model_fields)

    arrow = schemas.arrow_schema(row_class)
    assert arrow.names == names
    assert [field.nullable for field in arrow] == nullable

    frame = schemas.pandera_schema(row_class).columns
    assert list(frame) == names
    assert [column.nullable for column in frame.values()] == nullable

    fields = schemas.table_schema(row_class)["fields"]
    assert [field["name"] for field in fields] == names
    assert ["required" not in field["constraints"] for field in fields] == nullable

    document = schemas.json_schema(row_class)
    jsonschema.Draft202012Validator.check_schema(document)
    assert list(document["properties"]) == names
    assert [name not in document["required"] for name in names] == nullable
    assert ["null" in cell["type"] for cell in document["properties"].values()] == nullable


@each_table
def test_derived_schemas_carry_the_descriptions(row_class: RowClass) -> None:
    arrow = schemas.arrow_schema(row_class)
    fields = schemas.table_schema(row_class)["fields"]
    properties = schemas.json_schema(row_class)["properties"]
    written = dictionary()
    for column, field in zip(columns(row_class), fields, strict=True):
        metadata = arrow.field(column.name).metadata or {}
        assert metadata[b"description"].decode() == column.description
        assert field["description"] == column.description
        assert properties[column.name]["description"] == column.description
        assert column.description in written


def test_the_dictionary_defines_every_code() -> None:
    lines = dictionary().splitlines()
    for vocabulary in VOCABULARIES.values():
        for code in vocabulary:
            assert f"| `{code.value}` | {code.label} | {code.definition} |" in lines


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


def declare(annotation: Any) -> RowClass:
    """Make a row class with one column, `cell`, besides nothing."""
    row_class = create_model("Declared", __base__=Row, cell=(annotation, ...))
    row_class.TABLE = Table("declared", "Declared")
    return row_class


WORDS = Field(description="Words.")


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (Annotated[Slug | None, NONE, WORDS], {"max_length": 80, "nullable": True}),
        (Annotated[Annotated[Slug, NONE] | None, WORDS], {"max_length": 80}),
        (
            Annotated[Text | None, NONE, Field(max_length=40, description="Words.")],
            {"max_length": 40},
        ),
        (Annotated[Annotated[int, Field(ge=1, le=9)] | None, NONE, WORDS], {"maximum": 9}),
        (Annotated[Annotated[Roster | None, NONE], WORDS], {"vocabulary": Roster}),
    ],
)
def test_nested_constraints_are_not_lost(annotation: Any, expected: Cells) -> None:
    (column,) = columns(declare(annotation))
    assert {name: getattr(column, name) for name in expected} == expected


@pytest.mark.parametrize(
    "annotation",
    [
        Annotated[float, NONE, WORDS],
        Annotated[bool, NONE, WORDS],
        Annotated[dt.datetime, NONE, WORDS],
        Annotated[list[Slug], NONE, WORDS],
        Annotated[Slug | int | None, NONE, WORDS],
        Annotated[str, NONE, WORDS],
        Annotated[str, NONE, Field(pattern="[a-z]+", description="Not anchored.")],
        Annotated[int, NONE, Field(ge=1, description="Not bounded above.")],
        Annotated[int, NONE, Field(ge=1, le=9, multiple_of=2, description="Even.")],
        Annotated[dt.date, NONE, Field(ge=dt.date(2016, 1, 1), description="Bounded.")],
        Annotated[Annotated[dt.date, Field(ge=dt.date(2016, 1, 1))] | None, NONE, WORDS],
        Annotated[Slug, WORDS],
        Annotated[Slug, NONE, CLAIM, WORDS],
        Annotated[Slug, NONE],
    ],
    ids=str,
)
def test_what_some_engine_cannot_be_told_is_refused(annotation: Any) -> None:
    with pytest.raises(TypeError, match=r"Declared\.cell: "):
        columns(declare(annotation))


# The engines: each takes rows and says of every row whether it accepts it


def plain(row: Cells) -> Cells:
    """Put plain texts for codes, as files hold them."""
    return {
        name: cell.value if isinstance(cell, Vocabulary) else cell for name, cell in row.items()
    }


def holds(attempt: Callable[[Any], object], value: Any, *errors: type[Exception]) -> bool:
    try:
        attempt(value)
    except errors:
        return False
    return True


def pydantic_accepts(row_class: RowClass, rows: Rows) -> list[bool]:
    codes = {
        column.name: {code.value: code for code in column.vocabulary}
        for column in columns(row_class)
        if column.vocabulary
    }
    coded = [
        row | {name: code for name in codes if (code := codes[name].get(row[name]))} for row in rows
    ]
    return [holds(row_class.model_validate, row, ValidationError) for row in coded]


def pydantic_on_json_accepts(row_class: RowClass, rows: Rows) -> list[bool]:
    texts = [json.dumps(row, default=str) for row in rows]
    return [holds(row_class.model_validate_json, text, ValueError) for text in texts]


def json_schema_accepts(row_class: RowClass, rows: Rows) -> list[bool]:
    validator = jsonschema.Draft202012Validator(
        schemas.json_schema(row_class), format_checker=jsonschema.FormatChecker(["date"])
    )
    return [validator.is_valid(json.loads(json.dumps(row, default=str))) for row in rows]


def arrow_accepts(row_class: RowClass, rows: Rows) -> list[bool]:
    schema = schemas.arrow_schema(row_class)

    def convert(row: Cells) -> None:
        pa.Table.from_pylist([row], schema).cast(schema)

    return [holds(convert, row, ValueError, TypeError, OverflowError) for row in rows]


def frictionless_report(schema: Cells, rows: Rows) -> Report:
    """Let frictionless validate the rows as CSV text, whose header are the first one's names."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow("true" if cell is True else cell for cell in row.values())
    # What is left open here is guessed from the text.
    control = CsvControl(delimiter=",", quote_char='"', double_quote=True, skip_initial_space=False)
    resource = TableResource(
        data=text.getvalue().encode(),
        format="csv",
        encoding="utf-8",
        dialect=Dialect(controls=[control]),
        schema=Schema.from_descriptor(schema),
    )
    return resource.validate(limit_errors=len(rows) * len(rows[0]) + 1)


def table_schema_accepts(row_class: RowClass, rows: Rows, keys: bool = False) -> list[bool]:
    schema = schemas.table_schema(row_class)
    schema.pop("foreignKeys", None)
    if not keys:
        del schema["primaryKey"]
        for field in schema["fields"]:
            field["constraints"].pop("unique", None)
    (task,) = frictionless_report(schema, rows).tasks
    broken = {error.to_descriptor()["rowNumber"] for error in task.errors}
    return [number not in broken for number in range(2, len(rows) + 2)]


def fits(column: Column, cell: Any) -> bool:
    """Tell whether a cell can be in a column that has the type of the schema."""
    if isinstance(cell, int):
        bits = 63 if (column.maximum or 0) >= 2**31 else 31
        if not -(2**bits) <= cell < 2**bits:
            return False
    if column.vocabulary is not None:
        return cell is None or cell in {code.value for code in column.vocabulary}
    return cell is None or (
        isinstance(cell, TYPES[column.type].python) and not isinstance(cell, (bool, dt.datetime))
    )


def frame_of(row_class: RowClass, rows: Rows) -> pd.DataFrame:
    """Build a frame with the dtypes of the schema, or object where a cell does not fit them."""

    def series(column: Column) -> pd.Series:
        cells = [row[column.name] for row in rows]
        typed = all(fits(column, cell) for cell in cells)
        return pd.Series(cells, dtype=schemas.pandas_dtype(column) if typed else "object")

    return pd.DataFrame({column.name: series(column) for column in columns(row_class)})


def polars_frame_of(row_class: RowClass, rows: Rows) -> pl.DataFrame:
    """Build a frame with the types of the schema, or of objects where a cell does not fit them."""

    def series(column: Column) -> pl.Series:
        cells = [row[column.name] for row in rows]
        text = column.vocabulary and all(isinstance(cell, str | None) for cell in cells)
        typed = text or all(fits(column, cell) for cell in cells)
        return pl.Series(column.name, cells, schemas.polars_dtype(column) if typed else pl.Object)

    return pl.DataFrame([series(column) for column in columns(row_class)])


def batches_of(row_class: RowClass, rows: Rows) -> Iterator[list[int]]:
    """Yield the numbers of rows that can be in one typed frame.

    A cell of another type changes the type of its whole column, so such rows go apart.
    """
    batches: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        misfits = [cell.name for cell in columns(row_class) if not fits(cell, row[cell.name])]
        batches[tuple(misfits)].append(number)
    yield from batches.values()


def pandera_accepts(row_class: RowClass, rows: Rows, keys: bool = False) -> list[bool]:
    schema = schemas.pandera_schema(row_class)
    if not keys:
        schema.checks = []
    broken: set[int] = set()
    for batch in batches_of(row_class, rows):
        frame = frame_of(row_class, [rows[number] for number in batch]).set_axis(batch)
        try:
            schema.validate(frame, lazy=True)
        except SchemaErrors as errors:
            index = errors.failure_cases["index"]
            broken.update(batch if index.isna().any() else index)
    return [number not in broken for number in range(len(rows))]


def polars_accepts(row_class: RowClass, rows: Rows, keys: bool = False) -> list[bool]:
    schema = schemas.polars_schema(row_class)
    if not keys:
        schema.checks = []
    broken: set[int] = set()
    for batch in batches_of(row_class, rows):
        try:
            schema.validate(
                polars_frame_of(row_class, [rows[number] for number in batch]), lazy=True
            )
        except SchemaErrors as errors:
            index = errors.failure_cases["index"]
            broken.update(batch if index.has_nulls() else [batch[at] for at in index])
    return [number not in broken for number in range(len(rows))]


ENGINES = {
    "pydantic on json": pydantic_on_json_accepts,
    "json schema": json_schema_accepts,
    "table schema": table_schema_accepts,
    "pandera": pandera_accepts,
    "pandera.polars": polars_accepts,
    "arrow": arrow_accepts,
}
"""Every engine that is held against pydantic, by its name in `KNOWN_DIFFERENCES`."""

KEY_ENGINES = {
    "table schema": table_schema_accepts,
    "pandera": pandera_accepts,
    "pandera.polars": polars_accepts,
}
"""The engines that see more than one row."""


# The cells that they are asked about


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
    """Put a cell into an otherwise valid row; of columns that exclude each other one is filled."""
    row = example_row(row_class)
    for group in row_class.TABLE.exactly_one:
        if column.name in group:
            other = next(name for name in group if name != column.name)
            spare = example(columns_of(row_class.TABLE.name)[other])
            row |= dict.fromkeys(group) | ({other: spare} if cell is None else {})
    return row | {column.name: cell}


# Found before any test runs: hypothesis refuses a search within the examples of another.
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
"""What is made of a right text, by the name of what is wrong."""

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
            # Arrow knows nulls and types only; it need not see through a cell of the right type.
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
    """Repeat one key at a time, and find the engines that let it pass."""
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


# Whether they agree


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


@each_table
@given(data=st.data())
def test_engines_accept_valid_rows(row_class: RowClass, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(row_strategy(row_class), min_size=1, max_size=8))
    assert all(holds(row_class.model_validate, row, ValidationError) for row in drawn)
    rows = [plain(row) for row in drawn]
    for engine, accepts in ENGINES.items():
        assert all(accepts(row_class, rows)), engine


@each_table
@given(data=st.data())
def test_engines_agree_on_any_cell_of_the_type(row_class: RowClass, data: st.DataObject) -> None:
    anything = {
        "string": st.text(st.characters(codec="utf-8"), min_size=1),
        "integer": st.integers(),
        "date": st.dates(),
    }
    # That a last line end passes in Python's re is a known difference and tried by name.
    cases = [(column, "any", data.draw(anything[column.type])) for column in columns(row_class)]
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
