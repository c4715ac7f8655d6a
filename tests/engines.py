"""The engines that read our schemas: each says for every row whether it accepts the row.

Every engine gets the rows in its own form: JSON text, a typed frame, CSV text, an Arrow table.
Not here: whether their verdicts agree (model/test_engines.py).
"""

import csv
import datetime as dt
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pandas as pd
import polars as pl
import pyarrow as pa
from frictionless import Dialect, Report, Schema
from frictionless.formats import CsvControl
from frictionless.resources import TableResource
from pandera.errors import SchemaErrors
from pydantic import ValidationError

from amcc_dataset.model import schemas
from amcc_dataset.model.columns import TYPES, Column, columns
from amcc_dataset.model.tables import Row
from amcc_dataset.model.vocabularies import Vocabulary

RowClass = type[Row]
Cells = dict[str, Any]
Rows = list[Cells]


def plain(row: Cells) -> Cells:
    """Return a row with codes as plain texts, as in files."""
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
    """Let frictionless validate rows as CSV text; the header has the names of the first row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow("true" if cell is True else cell for cell in row.values())
    # frictionless guesses from the text what is not set here.
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
    """Return whether a cell can be in a column that has the type of the schema."""
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
    """Build a frame with the dtypes of the schema, or object if a cell does not fit them."""

    def series(column: Column) -> pd.Series:
        cells = [row[column.name] for row in rows]
        typed = all(fits(column, cell) for cell in cells)
        return pd.Series(cells, dtype=schemas.pandas_dtype(column) if typed else "object")

    return pd.DataFrame({column.name: series(column) for column in columns(row_class)})


def polars_frame_of(row_class: RowClass, rows: Rows) -> pl.DataFrame:
    """Build a frame with the types of the schema, or of objects if a cell does not fit."""

    def series(column: Column) -> pl.Series:
        cells = [row[column.name] for row in rows]
        text = column.vocabulary and all(isinstance(cell, str | None) for cell in cells)
        typed = text or all(fits(column, cell) for cell in cells)
        return pl.Series(column.name, cells, schemas.polars_dtype(column) if typed else pl.Object)

    return pl.DataFrame([series(column) for column in columns(row_class)])


def batches_of(row_class: RowClass, rows: Rows) -> Iterator[list[int]]:
    """Yield the numbers of rows that can be in one typed frame.

    A cell of another type changes the type of its whole column, so such rows get their own frames.
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
"""Every engine that is compared with pydantic, by its name in `KNOWN_DIFFERENCES`."""

KEY_ENGINES = {
    "table schema": table_schema_accepts,
    "pandera": pandera_accepts,
    "pandera.polars": polars_accepts,
}
"""The engines that see more than one row."""
