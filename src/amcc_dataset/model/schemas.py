"""Every other form of the schema, each by one short pure function from the row classes.

`columns` reads a row class of schema.py into plain `Column` records; each function
below it says the same in the language of one engine: Arrow, pandera, Frictionless Table
Schema, JSON Schema, a dictionary for people, and a hypothesis strategy that draws valid
rows. Engines are imported inside the functions, so that nobody needs one whom it does
not serve. Not in here: any fact about a table (schema.py), and reading, writing or
checking data (load.py, build.py, checks/).
"""

import inspect
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from amcc_dataset.model.columns import CONSTRAINTS, TYPES, Column, columns, support
from amcc_dataset.model.tables import Row
from amcc_dataset.model.vocabularies import Vocabulary

if TYPE_CHECKING:
    import pandera.pandas
    import pyarrow


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
    >>> from amcc_dataset.model.tables import Edition
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

    >>> from amcc_dataset.model.tables import Code
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
    >>> from amcc_dataset.model.tables import Outcome
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
    # What the standard has no word for.
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
    >>> from amcc_dataset.model.tables import Initiative
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
