"""The columns of every table as plain records, read from the row classes.

Not here: any fact about a table (tables.py), and the schemas of engines (schemas.py).
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

from pydantic.fields import FieldInfo

from amcc_dataset.model.cells import Type
from amcc_dataset.model.tables import TABLES, Cell, Origin, Policy, Ref, Row
from amcc_dataset.model.vocabularies import Vocabulary

VocabularyClass = type[Vocabulary]


class EngineTypes(NamedTuple):
    """The name of a type in every engine."""

    python: type
    arrow: Literal["string", "int32", "date32"]
    arrow_wide: Literal["string", "int64", "date32"]
    """Used if the column's maximum does not fit into `arrow`."""
    polars: Literal["String", "Int32", "Date"]
    polars_wide: Literal["String", "Int64", "Date"]
    pandas: str
    parquet_pandas: tuple[str, str]
    """`pandas_type` and `numpy_type` in the block that pandas.read_parquet and fastparquet use."""
    table_schema: str
    json_schema: dict[str, str]


TYPES: dict[Type, EngineTypes] = {
    "string": EngineTypes(
        python=str,
        arrow="string",
        arrow_wide="string",
        polars="String",
        polars_wide="String",
        pandas="str",
        parquet_pandas=("unicode", "str"),
        table_schema="string",
        json_schema={"type": "string"},
    ),
    "integer": EngineTypes(
        python=int,
        arrow="int32",
        arrow_wide="int64",
        polars="Int32",
        polars_wide="Int64",
        pandas="Int64",
        parquet_pandas=("int64", "Int64"),
        table_schema="integer",
        json_schema={"type": "integer"},
    ),
    "date": EngineTypes(
        python=dt.date,
        arrow="date32",
        arrow_wide="date32",
        polars="Date",
        polars_wide="Date",
        pandas="datetime64[ms]",
        parquet_pandas=("date", "datetime64[ms]"),
        table_schema="date",
        json_schema={"type": "string", "format": "date"},
    ),
}
"""Every type by its name in every engine; no function below names an engine's type."""

CONSTRAINTS = {
    "pattern": "pattern",
    "min_length": "minLength",
    "max_length": "maxLength",
    "minimum": "minimum",
    "maximum": "maximum",
}
"""The constraints of a `Column`, with their names in JSON Schema and in Table Schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table, with everything that its field declares."""

    name: str
    type: Type
    nullable: bool
    unique: bool
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    vocabulary: VocabularyClass | None = None
    description: str
    policy: Policy
    derived: bool
    origin: Origin | None = None
    ref: str | None = None


@cache
def columns(row_class: type[Row]) -> tuple[Column, ...]:
    """Read the columns of a table, in the order of its fields.

    Raises
    ------
    TypeError
        If a field declares something that an engine cannot express.

    Examples
    --------
    >>> from amcc_dataset.model.tables import Edition
    >>> city = next(column for column in columns(Edition) if column.name == "city")
    >>> city.type, city.nullable, city.max_length, city.policy.value
    ('string', True, 500, 'claim')
    """
    hints = get_type_hints(row_class, include_extras=True)
    # Only pydantic can resolve constraints that are nested in aliases and optionals.
    properties = row_class.model_json_schema()["properties"]
    return tuple(
        _column(row_class, name, list(_parts(hints[name])), properties[name])
        for name in row_class.model_fields
    )


@cache
def columns_of(table: str) -> Mapping[str, Column]:
    """Return the columns of a table, named as in the release, by their names."""
    return {column.name: column for column in columns(TABLES[table])}


@cache
def claimable() -> Mapping[str, Mapping[str, Policy]]:
    """Return the columns that claims can be about, with their policies, by table.

    Examples
    --------
    >>> claimable()["outcomes"]["title"].value, "ordinal" in claimable()["outcomes"]
    ('row', False)
    """
    policies = {
        table: {
            name: column.policy
            for name, column in columns_of(table).items()
            if column.policy is not Policy.NONE
        }
        for table in TABLES
    }
    return {name: fields for name, fields in policies.items() if fields}


@cache
def askable() -> Mapping[str, frozenset[str]]:
    """Return the columns that a document can be silent on, by table.

    These are the columns that claims can be about, and those derived from the rows of other
    tables: a document may have been read for a theme or a lead although no such row exists.

    Examples
    --------
    >>> sorted(askable()["initiatives"] - claimable()["initiatives"].keys())
    ['lead_id']
    """
    return {
        table: frozenset(fields)
        | {
            name
            for name, column in columns_of(table).items()
            if column.origin is not None and column.origin.table is not None
        }
        for table, fields in claimable().items()
    }


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and everything nested in it, both types and markers."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _column(row_class: type[Row], name: str, parts: list[Any], declared: dict[str, Any]) -> Column:
    """Merge what pydantic declares about a field with the markers in its annotation."""

    def refuse(why: str) -> TypeError:
        return TypeError(f"{row_class.__name__}.{name}: {why}")

    choices = declared.get("anyOf", [declared])
    spec, *others = [dict(choice) for choice in choices if choice != {"type": "null"}]
    if others:
        raise refuse("a column can have only one type")
    for word in ("title", "description"):
        spec.pop(word, None)
    vocabulary = next((part for part in parts if _is_vocabulary(part)), None)
    if vocabulary is not None and "$ref" in spec:
        del spec["$ref"]
        spec["type"] = "string"
    constraints = {key: spec.pop(word) for key, word in CONSTRAINTS.items() if word in spec}
    kind: Type | None = next((kind for kind in TYPES if TYPES[kind].json_schema == spec), None)
    if kind is None:
        raise refuse(f"unsupported type {spec}")
    cells = [part for part in parts if isinstance(part, Cell)]
    description = row_class.model_fields[name].description
    why = _lacking(kind, None if vocabulary else constraints, parts)
    if why is not None:
        raise refuse(why)
    if len(cells) != 1:
        raise refuse("needs one Cell marker, such as CLAIM or NONE")
    if not description:
        raise refuse("needs a description")
    return Column(
        name=name,
        type=kind,
        nullable=len(choices) > 1,
        unique=name == "id"
        or (name,) in (*row_class.TABLE.unique, *row_class.TABLE.unique_if_filled),
        vocabulary=vocabulary,
        description=description,
        policy=cells[0].policy,
        derived=cells[0].derived,
        origin=cells[0].origin,
        ref=next((part.table for part in parts if isinstance(part, Ref)), None),
        **constraints,
    )


def _lacking(kind: Type, constraints: Mapping[str, Any] | None, parts: list[Any]) -> str | None:
    """Return what an engine needs and the field lacks, or None; codes need no constraints."""
    if constraints is not None and kind == "string":
        pattern = constraints.get("pattern", "")
        if not (pattern.startswith("^") and pattern.endswith("$")):
            return "a text needs a pattern from ^ to $, because some engines only search"
    bounded = constraints is None or constraints.keys() >= {"minimum", "maximum"}
    if kind == "integer" and not bounded:
        return "an integer needs ge and le, because the engines' own limits differ"
    if kind == "date" and any(isinstance(part, FieldInfo) and part.metadata for part in parts):
        return "JSON Schema has no bounds for dates; write a rule in rules/ instead"
    return None


def _is_vocabulary(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Vocabulary)


def support(column: Column) -> str:
    """Return how the cells of a column are supported: claim, row, derived or none.

    Examples
    --------
    >>> [support(column) for column in columns(TABLES["outcomes"])][:4]
    ['none', 'claim', 'derived', 'claim']
    """
    return "derived" if column.derived else column.policy.value
