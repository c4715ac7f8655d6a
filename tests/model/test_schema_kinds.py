"""Each kind of schema accepts the package's own data, table by table, and rejects broken rows.

The data has the form in which the package returns it. Not here: how each kind judges single
cells (test_engines.py).
"""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pandera.errors
import polars as pl
import pyarrow as pa
import pytest
from frictionless import Resource, Schema
from pydantic import ValidationError

import amcc_dataset as amcc
from amcc_dataset import extras
from amcc_dataset.model.columns import Column, columns
from amcc_dataset.model.schemas import pandas_dtype, polars_dtype
from amcc_dataset.model.tables import TABLES

Rows = list[dict[str, Any]]
WRONG = {"string": 7, "integer": "four", "date": "yesterday"}
KINDS = ("pandera", "pandera.polars", "pyarrow", "pydantic", "frictionless", "json")

each_kind = pytest.mark.parametrize("kind", KINDS)
each_table = pytest.mark.parametrize("table", TABLES)


def own(kind: str, table: str) -> Any:
    """Return a table in the form in which the package returns it for the library of a kind."""
    match kind:
        case "pandera":
            return getattr(amcc, f"load_{table}")()
        case "pandera.polars":
            return pl.from_arrow(amcc.table(table))
        case "pyarrow":
            return amcc.table(table)
        case "frictionless":
            return Path(amcc.path(table))
    return amcc.rows(table)


def form(kind: str, table: str, rows: Rows, folder: Path) -> Any:
    """Return rows in the form of a kind, with the types of the schema as far as they fit."""
    fields = {column.name: column for column in columns(TABLES[table])}

    def fits(name: str, cell: Any) -> bool:
        codes = fields[name].vocabulary
        wrong = (WRONG[fields[name].type], *(["other"] if codes else []))
        return cell not in wrong

    def typed(make: Callable[[list[Any], Any], Any], dtype: Callable[[Column], Any]) -> Any:
        made = {}
        for name in rows[0]:
            cells = [row[name] for row in rows]
            known = name in fields and all(fits(name, cell) for cell in cells)
            made[name] = make(cells, dtype(fields[name]) if known else None)
        return made

    match kind:
        case "pandera":
            return pd.DataFrame(
                typed(lambda cells, dtype: pd.Series(cells, dtype=dtype), pandas_dtype)
            )
        case "pandera.polars":
            return pl.DataFrame(
                typed(lambda cells, dtype: pl.Series(cells, dtype=dtype), polars_dtype)
            )
        case "pyarrow":
            types = {field.name: field.type for field in amcc.table(table).schema}
            return pa.table(typed(pa.array, lambda column: types[column.name]))
        case "frictionless":
            path = folder / f"{table}.csv"
            with path.open("w", encoding="utf-8", newline="") as opened:
                writer = csv.DictWriter(opened, rows[0])
                writer.writeheader()
                writer.writerows(rows)
            return path
    return rows


def accepts(kind: str, table: str, data: Any) -> bool:
    """Return whether the library of a kind accepts the data, called as its users call it."""
    schema: Any = amcc.schema(table, kind)
    try:
        match kind:
            case "pandera" | "pandera.polars":
                schema.validate(data, lazy=True)
            case "pyarrow":
                data.cast(schema)
                return bool(data.schema.types == schema.types)
            case "pydantic":
                made = [schema(**row) for row in data]
                return made == [schema.model_validate(row) for row in data]
            case "frictionless":
                described = Schema.from_descriptor(schema)
                resource = Resource(path=data.name, basepath=str(data.parent), schema=described)
                return bool(resource.validate().valid)
            case "json":
                checker = jsonschema.FormatChecker()
                validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
                return all(map(validator.is_valid, json.loads(json.dumps(data, default=str))))
    except (pandera.errors.SchemaErrors, ValidationError, ValueError):
        return False
    return True


@each_kind
@each_table
def test_a_kind_accepts_the_own_data(table: str, kind: str) -> None:
    assert accepts(kind, table, own(kind, table))


@each_kind
@each_table
def test_a_kind_rejects_broken_rows(table: str, kind: str, tmp_path: Path) -> None:
    # Few rows are enough, except if rows of the table refer to each other.
    few = None if any(column.ref == table for column in columns(TABLES[table])) else 3
    first, *others = rows = amcc.rows(table)[:few]
    assert accepts(kind, table, form(kind, table, rows, tmp_path))
    broken: dict[str, Rows] = {
        # In JSON, what is null may be left out; the id never is.
        "a column less": [dict(list(row.items())[1:]) for row in rows],
        "a column more": [row | {"remark": "mine"} for row in rows],
    }
    for column in columns(TABLES[table]):
        if not column.nullable:
            broken["null"] = [first | {column.name: None}, *others]
        if kind != "frictionless" or column.type != "string":
            broken[column.type] = [row | {column.name: WRONG[column.type]} for row in rows]
        if kind != "pyarrow" and column.vocabulary:
            broken["code"] = [first | {column.name: "other"}, *others]
        if kind != "pyarrow" and column.pattern:
            broken["pattern"] = [first | {column.name: " = "}, *others]
    if kind in ("pandera", "pandera.polars", "frictionless"):
        broken["twice"] = [first, *others, first]
    found = {
        what: accepts(kind, table, form(kind, table, rows, tmp_path))
        for what, rows in broken.items()
    }
    assert found == dict.fromkeys(broken, False)


@pytest.mark.parametrize(
    ("table", "kind", "message"),
    [
        ("edition", "json", "there is no table 'edition'; write one of: editions, "),
        ("editions", "pandara", "there is no kind of schema 'pandara'; write one of: pandera, "),
        (amcc.Edition, "json", "there is no table <class .*>; write one of: "),
        ([], {}, r"there is no table \[\]; write one of: "),
        ("editions", None, "there is no kind of schema None; write one of: "),
    ],
)
def test_wrong_names_get_the_right_ones(table: Any, kind: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        amcc.schema(table, kind)


@pytest.mark.parametrize(
    ("kind", "library", "extra"),
    [
        ("pandera", "pandera", "validate"),
        ("pandera.polars", "polars", "polars,validate"),
        ("pyarrow", "pyarrow", "arrow"),
    ],
)
def test_a_missing_extra_is_named(
    kind: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == library else name)
    with pytest.raises(ImportError) as missing:
        amcc.schema("editions", kind)
    assert str(missing.value) == f'{library} is missing; pip install "amcc-dataset[{extra}]"'


def test_a_schema_is_fresh() -> None:
    amcc.schema("editions", "json")["properties"].clear()
    assert amcc.schema("editions", "json")["properties"]
