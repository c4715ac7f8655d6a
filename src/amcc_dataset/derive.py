"""Every other form of the schema, each by one short pure function from the row classes.

`columns` reads a row class of schema.py into plain `Column` records; each function
below it says the same in the language of one engine: Arrow, pandera, Frictionless Table
Schema, JSON Schema, a dictionary for people, and a hypothesis strategy that draws valid
rows. Engines are imported inside the functions, so that nobody needs one whom it does
not serve. Not in here: any fact about a table (schema.py), and reading, writing or
checking data (load.py, build.py, checks/).
"""

import datetime as dt
import inspect
import json
import re
import string
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_type_hints

from pydantic.fields import FieldInfo

from amcc_dataset.schema import SLUG, TABLES, TEXT, Cell, Origin, Policy, Ref, Row
from amcc_dataset.vocab import VOCABULARIES, Vocabulary

if TYPE_CHECKING:
    import pandera.pandas
    import pyarrow
    from hypothesis.strategies import SearchStrategy

Type = Literal["string", "integer", "date"]
"""The types that a column can have."""

VocabularyClass = type[Vocabulary]


class EngineTypes(NamedTuple):
    """What every engine calls a type."""

    python: type
    arrow: Literal["string", "int32", "date32"]
    arrow_wide: Literal["string", "int64", "date32"]
    """Where the column's maximum does not fit into `arrow`."""
    pandas: str
    parquet_pandas: tuple[str, str]
    """`pandas_type` and `numpy_type` in the block that pandas.read_parquet obeys."""
    table_schema: str
    json_schema: dict[str, str]


TYPES: dict[Type, EngineTypes] = {
    "string": EngineTypes(
        python=str,
        arrow="string",
        arrow_wide="string",
        pandas="str",
        parquet_pandas=("unicode", "str"),
        table_schema="string",
        json_schema={"type": "string"},
    ),
    "integer": EngineTypes(
        python=int,
        arrow="int32",
        arrow_wide="int64",
        pandas="Int64",
        parquet_pandas=("int64", "Int64"),
        table_schema="integer",
        json_schema={"type": "integer"},
    ),
    "date": EngineTypes(
        python=dt.date,
        arrow="date32",
        arrow_wide="date32",
        pandas="datetime64[ms]",
        parquet_pandas=("date", "object"),
        table_schema="date",
        json_schema={"type": "string", "format": "date"},
    ),
}
"""Every type in the words of every engine; no function below names an engine's type."""

CONSTRAINTS = {
    "pattern": "pattern",
    "min_length": "minLength",
    "max_length": "maxLength",
    "minimum": "minimum",
    "maximum": "maximum",
}
"""The constraints of a `Column` by the words of JSON Schema, which Table Schema shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table, with all that its field says of it."""

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
        If a field says something that some engine could not be told.

    Examples
    --------
    >>> from amcc_dataset.schema import Edition
    >>> city = next(column for column in columns(Edition) if column.name == "city")
    >>> city.type, city.nullable, city.max_length, city.policy.value
    ('string', True, 500, 'claim')
    """
    hints = get_type_hints(row_class, include_extras=True)
    # Only pydantic knows what constraints nested in aliases and optionals come to.
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
    """Return the columns that claims may speak of, with their policies, by table.

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

    Besides those that claims may speak of, these are derived from the rows of other tables: a
    document may have been read for a theme or a leader without there being such a row.

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


def text(value: object) -> str:
    """Return the text of a cell in a CSV file; null is the empty text.

    Examples
    --------
    >>> text(dt.date(2019, 10, 2)), text(4), text(None)
    ('2019-10-02', '4', '')
    """
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and all that is nested in it, types and markers alike."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _column(row_class: type[Row], name: str, parts: list[Any], declared: dict[str, Any]) -> Column:
    """Merge what pydantic declares of a field with the markers in its annotation."""

    def refuse(why: str) -> TypeError:
        return TypeError(f"{row_class.__name__}.{name}: {why}")

    choices = declared.get("anyOf", [declared])
    spec, *others = [dict(choice) for choice in choices if choice != {"type": "null"}]
    if others:
        raise refuse("a column has one type")
    for word in ("title", "description"):
        spec.pop(word, None)
    vocabulary = next((part for part in parts if _is_vocabulary(part)), None)
    if vocabulary is not None and "$ref" in spec:
        del spec["$ref"]
        spec["type"] = "string"
    constraints = {key: spec.pop(word) for key, word in CONSTRAINTS.items() if word in spec}
    kind: Type | None = next((kind for kind in TYPES if TYPES[kind].json_schema == spec), None)
    if kind is None:
        raise refuse(f"no engine is told of {spec}")

    if kind == "string" and vocabulary is None:
        pattern = constraints.get("pattern", "")
        if not (pattern.startswith("^") and pattern.endswith("$")):
            raise refuse("a text needs a pattern from ^ to $, for some engines only search")
    if kind == "integer" and not constraints.keys() >= {"minimum", "maximum"}:
        raise refuse("an integer needs ge and le, for the engines' own limits differ")
    if kind == "date" and any(isinstance(part, FieldInfo) and part.metadata for part in parts):
        raise refuse("JSON Schema does not know bounds of a date; make a rule in checks/")
    cells = [part for part in parts if isinstance(part, Cell)]
    if len(cells) != 1:
        raise refuse("needs one Cell marker, such as CLAIM or NONE")
    description = row_class.model_fields[name].description
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


def _is_vocabulary(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Vocabulary)


def _codes(vocabulary: type[Vocabulary]) -> list[str]:
    return [code.value for code in vocabulary]


def arrow_schema(row_class: type[Row]) -> "pyarrow.Schema":
    """Derive the Arrow schema, with the descriptions as metadata of the fields.

    The constant `pandas` block makes pandas.read_parquet give Int64 and str instead of
    float64 and object; no version stands in it, so that files stay the same. Dates come
    back from pandas.read_parquet as objects, for pandas has no date type to name here;
    `to_pandas(date_as_object=False)` makes them datetime64[ms].

    Examples
    --------
    >>> from amcc_dataset.schema import Edition
    >>> arrow_schema(Edition).field("date_start").type
    DataType(date32[day])
    """
    import pyarrow as pa

    def field(column: Column) -> "pa.Field[Any]":
        types = TYPES[column.type]
        wide = column.maximum is not None and column.maximum >= 2**31
        return pa.field(
            column.name,
            pa.type_for_alias(types.arrow_wide if wide else types.arrow),
            nullable=column.nullable,
            metadata={"description": column.description},
        )

    def hint(column: Column) -> dict[str, Any]:
        pandas_type, numpy_type = TYPES[column.type].parquet_pandas
        return {
            "name": column.name,
            "field_name": column.name,
            "pandas_type": pandas_type,
            "numpy_type": numpy_type,
            "metadata": None,
        }

    cells = columns(row_class)
    block = {"index_columns": [], "column_indexes": [], "columns": [hint(cell) for cell in cells]}
    return pa.schema([field(cell) for cell in cells], metadata={"pandas": json.dumps(block)})


def pandera_schema(row_class: type[Row]) -> "pandera.pandas.DataFrameSchema":
    """Derive the pandera schema of a pandas frame with the dtypes of `TYPES`.

    In a key of several columns null counts as a value: the same delegation cannot stand
    twice in a session because no person is named.
    """
    import pandera.pandas as pa

    def checks(column: Column) -> Iterator[pa.Check]:
        if column.pattern is not None:
            # The engine behind pandas' own fullmatch depends on the dtype; re does not.
            matches = re.compile(column.pattern).fullmatch
            yield pa.Check(
                lambda text: matches(text) is not None, element_wise=True, name="pattern"
            )
        if column.min_length is not None or column.max_length is not None:
            yield pa.Check.str_length(column.min_length, column.max_length)
        if column.minimum is not None:
            yield pa.Check.ge(column.minimum)
        if column.maximum is not None:
            yield pa.Check.le(column.maximum)
        if column.vocabulary is not None:
            yield pa.Check.isin(_codes(column.vocabulary))
        if column.type == "date":
            yield pa.Check(lambda days: days == days.dt.normalize(), name="no time of day")

    def unique(key: tuple[str, ...]) -> pa.Check:
        return pa.Check(
            lambda frame: ~frame.duplicated(list(key), keep=False), name=f"unique {', '.join(key)}"
        )

    def unique_if_filled(key: tuple[str, ...]) -> pa.Check:
        return pa.Check(
            lambda frame: (
                ~frame.duplicated(list(key), keep=False) | frame[list(key)].isna().any(axis=1)
            ),
            name=f"unique {', '.join(key)} where filled",
        )

    def exactly_one(group: tuple[str, ...]) -> pa.Check:
        return pa.Check(
            lambda frame: frame[list(group)].notna().sum(axis=1) == 1,
            name=f"exactly one of {', '.join(group)}",
        )

    table = row_class.TABLE
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                TYPES[column.type].pandas, list(checks(column)), nullable=column.nullable
            )
            for column in columns(row_class)
        },
        checks=[
            *map(unique, (("id",), *table.unique)),
            *map(unique_if_filled, table.unique_if_filled),
            *map(exactly_one, table.exactly_one),
        ],
        strict=True,
        ordered=True,
        name=table.name,
    )


def _constraints(column: Column) -> dict[str, Any]:
    """Spell the constraints that Table Schema and JSON Schema share.

    >>> from amcc_dataset.schema import Code
    >>> _constraints(columns(Code)[-1])
    {'minimum': 1, 'maximum': 999}
    """
    said = {word: getattr(column, key) for key, word in CONSTRAINTS.items()}
    if column.pattern is not None:
        # Python's re, which validators of both use, lets $ match before a last newline.
        said["pattern"] = column.pattern + r"(?!\n)"
    if column.vocabulary is not None:
        said["enum"] = _codes(column.vocabulary)
    return {word: value for word, value in said.items() if value is not None}


def table_schema(row_class: type[Row]) -> dict[str, Any]:
    """Derive the Frictionless Table Schema, version 2.

    Examples
    --------
    >>> from amcc_dataset.schema import Outcome
    >>> table_schema(Outcome)["uniqueKeys"]
    [['edition_id', 'ordinal']]
    """

    def field(column: Column) -> dict[str, Any]:
        flags = {"required": not column.nullable, "unique": column.unique}
        return {
            "name": column.name,
            "type": TYPES[column.type].table_schema,
            "description": column.description,
            "constraints": {word: True for word in flags if flags[word]} | _constraints(column),
            **_categories(column),
            "amcc:support": support(column),
            **_origin(column),
        }

    def reference(table: str) -> dict[str, Any]:
        # The standard wants a table to refer to itself without its name.
        itself = table == row_class.TABLE.name
        return {"fields": ["id"]} if itself else {"resource": table, "fields": ["id"]}

    cells = columns(row_class)
    keys = (*row_class.TABLE.unique, *row_class.TABLE.unique_if_filled)
    unique = [list(key) for key in keys if len(key) > 1]
    foreign = [
        {"fields": [column.name], "reference": reference(column.ref)}
        for column in cells
        if column.ref is not None
    ]
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [field(column) for column in cells],
        "missingValues": [""],
        "primaryKey": ["id"],
    }
    # The standard forbids an empty list of either.
    if unique:
        schema["uniqueKeys"] = unique
    if row_class.TABLE.exactly_one:
        schema["amcc:exactlyOne"] = [list(group) for group in row_class.TABLE.exactly_one]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _categories(column: Column) -> dict[str, Any]:
    """Say what the codes of a column are, and whether their order is a scale."""
    if column.vocabulary is None:
        return {}
    codes = _codes(column.vocabulary)
    return {"categories": codes, "categoriesOrdered": column.vocabulary.ORDINAL}


def support(column: Column) -> str:
    """Say what stands behind the cells of a column: claim, row, derived or none.

    Examples
    --------
    >>> [support(column) for column in columns(TABLES["outcomes"])][:4]
    ['none', 'claim', 'derived', 'claim']
    """
    return "derived" if column.derived else column.policy.value


def _origin(column: Column) -> dict[str, Any]:
    """Say which cells a derived cell comes from, whose claims are its evidence."""
    if column.origin is None:
        return {}
    said: dict[str, Any] = {"fields": list(column.origin.fields)}
    if column.origin.table is not None:
        said |= {"resource": column.origin.table, "by": column.origin.by}
    if column.origin.where is not None:
        said["where"] = dict([column.origin.where])
    return {"amcc:derivedFrom": said}


def json_schema(row_class: type[Row]) -> dict[str, Any]:
    """Derive the JSON Schema, 2020-12, of one row; what is not established is null.

    Examples
    --------
    >>> from amcc_dataset.schema import Initiative
    >>> json_schema(Initiative)["properties"]["relation"]["enum"]
    ['adopted_by', 'announced_at', 'followed_by']
    """

    def cell(column: Column) -> dict[str, Any]:
        spec: dict[str, Any] = {"description": column.description}
        spec |= TYPES[column.type].json_schema | _constraints(column)
        if column.nullable:
            spec["type"] = [spec["type"], "null"]
            if "enum" in spec:
                spec["enum"] = [*spec["enum"], None]
        return spec

    cells = {column.name: cell(column) for column in columns(row_class)}
    filled = {"not": {"type": "null"}}
    groups = [
        {"oneOf": [{"properties": {name: filled}} for name in group]}
        for group in row_class.TABLE.exactly_one
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": row_class.TABLE.title,
        "description": inspect.getdoc(row_class),
        "type": "object",
        "properties": cells,
        "required": list(cells),
        **({"allOf": groups} if groups else {}),
        "additionalProperties": False,
    }


def dictionary() -> str:
    """Write the data dictionary of all tables and vocabularies in Markdown."""
    return "\n".join(_dictionary_lines())


def _dictionary_lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "An empty cell means that nothing is established, never zero and never no. The column"
    yield "*support* says what stands behind a cell: with *claim*, every value has a claim of its own"
    yield "in [provenance](#provenance); with *row*, the row has at least one; *derived* is computed"
    yield "from other cells; without an entry it is a key or a note on the collection itself."
    for name, row_class in TABLES.items():
        yield ""
        yield f"## {name}"
        yield ""
        yield f"**{row_class.TABLE.title}.** {inspect.getdoc(row_class)}"
        yield ""
        yield f"Keys: {_names((('id',), *row_class.TABLE.unique))}."
        if row_class.TABLE.unique_if_filled:
            yield f"Keys of the rows in which they are filled: {_names(row_class.TABLE.unique_if_filled)}."
        for group in row_class.TABLE.exactly_one:
            yield f"Exactly one is filled of {', '.join(f'`{name}`' for name in group)}."
        yield ""
        yield from _markdown_table(
            ("column", "type", "may be empty", "support", "points to", "description"),
            (
                (
                    f"`{column.name}`",
                    _type_in_words(column),
                    "yes" if column.nullable else "",
                    support(column).replace("none", ""),
                    f"[{column.ref}](#{column.ref})" if column.ref else "",
                    column.description,
                )
                for column in columns(row_class)
            ),
        )
    for name, vocabulary in VOCABULARIES.items():
        yield ""
        yield f"## Vocabulary {name}"
        yield ""
        yield inspect.getdoc(vocabulary) or ""
        yield ""
        yield from _markdown_table(
            ("code", "label", "definition"),
            ((f"`{code.value}`", code.label, code.definition) for code in vocabulary),
        )
    yield ""


def _names(keys: Iterable[tuple[str, ...]]) -> str:
    return "; ".join(" + ".join(f"`{name}`" for name in key) for key in keys)


def _type_in_words(column: Column) -> str:
    if column.vocabulary is not None:
        name = next(name for name in VOCABULARIES if VOCABULARIES[name] is column.vocabulary)
        return f"[{name}](#vocabulary-{name})"
    if column.type == "integer":
        return f"integer, {column.minimum} to {column.maximum}"
    if column.max_length is not None:
        return f"{column.type}, at most {column.max_length} characters"
    return column.type


def _markdown_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def cell_strategy(column: Column) -> "SearchStrategy[Any]":
    """Make a hypothesis strategy of a column's valid values other than null."""
    from hypothesis import strategies as st

    if column.vocabulary is not None:
        return st.sampled_from(column.vocabulary)
    if column.type == "integer":
        return st.integers(column.minimum, column.maximum)
    if column.type == "date":
        return st.dates()

    # Drawing characters is many times faster than drawing from these two patterns.
    alphabets = {
        SLUG: st.sampled_from(string.ascii_lowercase + string.digits + "-"),
        TEXT: st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")),
    }
    least, most = column.min_length or 0, column.max_length or sys.maxsize
    pattern = re.compile(column.pattern or "")
    if pattern.pattern in alphabets:
        texts = st.text(alphabets[pattern.pattern], min_size=max(1, least), max_size=most)
    else:
        texts = st.from_regex(pattern, fullmatch=True)
    return texts.filter(lambda text: least <= len(text) <= most and bool(pattern.fullmatch(text)))


def row_strategy(row_class: type[Row]) -> "SearchStrategy[dict[str, Any]]":
    """Make a hypothesis strategy of valid rows, as dicts that `row_class` accepts.

    Rows are drawn one by one: keys may repeat and references may lead nowhere.
    """
    from hypothesis import strategies as st

    groups = row_class.TABLE.exactly_one
    one_of = {name for group in groups for name in group}
    cells = {
        column.name: st.none() | cell_strategy(column)
        if column.nullable and column.name not in one_of
        else cell_strategy(column)
        for column in columns(row_class)
    }

    def row(drawn: tuple[dict[str, Any], tuple[str, ...]]) -> dict[str, Any]:
        values, filled = drawn
        emptied = one_of - {*filled}
        # fixed_dictionaries shuffles the keys.
        return {name: None if name in emptied else values[name] for name in cells}

    kept = st.tuples(*(st.sampled_from(group) for group in groups))
    return st.tuples(st.fixed_dictionaries(cells), kept).map(row)
