"""Every other form of the schema, made from the row classes by one short pure function each.

Each function gives the columns of a table in the language of one engine: Arrow, pandera for
pandas and for polars, Frictionless Table Schema, JSON Schema; `schema` offers them by name.
Engines are imported inside the functions, so that users need only the ones that they use. Not
here: any fact about a table (tables.py), and reading, writing or checking data (reading/,
release/, rules/check.py).
"""

import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any

from amcc_dataset import extras
from amcc_dataset.model.columns import CONSTRAINTS, TYPES, Column, columns, support
from amcc_dataset.model.suggest import known
from amcc_dataset.model.tables import TABLES, Row
from amcc_dataset.model.vocabularies import Vocabulary

if TYPE_CHECKING:
    import pandera.pandas
    import pandera.polars
    import pyarrow


def _codes(vocabulary: type[Vocabulary]) -> list[str]:
    return [code.value for code in vocabulary]


def _is_wide(column: Column) -> bool:
    """Return whether the integers of a column need more than 32 bits."""
    return column.maximum is not None and column.maximum >= 2**31


def arrow_schema(row_class: type[Row]) -> "pyarrow.Schema":
    """Derive the Arrow schema, with the descriptions as metadata of the fields.

    Because of the constant `pandas` block, pandas.read_parquet returns Int64 and str instead of
    float64 and object, and fastparquet returns days instead of integers. The block has no
    version, so that files stay the same. With pyarrow, pandas.read_parquet returns dates as
    objects whatever the block says; `to_pandas(date_as_object=False)` makes them datetime64[ms].

    Parameters
    ----------
    row_class
        Class of a table, such as `Edition`.

    Returns
    -------
    pyarrow.Schema
        The schema, with the columns in the order of the files.

    Examples
    --------
    >>> from amcc_dataset.model.tables import Edition
    >>> arrow_schema(Edition).field("date_start").type
    DataType(date32[day])
    """
    import pyarrow as pa

    def field(column: Column) -> "pa.Field[Any]":
        types = TYPES[column.type]
        return pa.field(
            column.name,
            pa.type_for_alias(types.arrow_wide if _is_wide(column) else types.arrow),
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


def pandas_dtype(column: Column) -> Any:
    """Return the dtype of a column in the frames of `load_editions` and the other loaders.

    Parameters
    ----------
    column
        A column of a table.

    Returns
    -------
    str or pandas.CategoricalDtype
        The name of the type, or the category.

    Examples
    --------
    >>> pandas_dtype(columns(TABLES["outcomes"])[4]).ordered
    True
    """
    import pandas as pd

    if column.vocabulary is None:
        return TYPES[column.type].pandas
    return pd.CategoricalDtype(_codes(column.vocabulary), column.vocabulary.ORDINAL)


def pandera_schema(row_class: type[Row]) -> "pandera.pandas.DataFrameSchema":
    """Derive the pandera schema of a pandas frame of `load_editions` and the other loaders.

    A column of codes has the categories of its vocabulary, ordered if that is a scale. In a key
    of several columns null counts as a value: a delegation without a named person cannot be in
    the same session twice.
    """
    import pandera.pandas as pa

    def checks(column: Column) -> Iterator[pa.Check]:
        if column.pattern is not None:
            # The engine of pandas' own fullmatch depends on the dtype; re is always the same.
            matches = re.compile(column.pattern).fullmatch
            yield pa.Check(
                lambda text: matches(text) is not None, element_wise=True, name="pattern"
            )
        if column.type == "date":
            yield pa.Check(lambda days: days == days.dt.normalize(), name="no time of day")

    def once(key: list[str]) -> _Holds:
        return lambda frame: ~frame.duplicated(key, keep=False)

    def once_if_filled(key: list[str]) -> _Holds:
        return lambda frame: once(key)(frame) | frame[key].isna().any(axis=1)

    def exactly_one(group: list[str]) -> _Holds:
        return lambda frame: frame[group].notna().sum(axis=1) == 1

    keys = _keys(row_class, once, once_if_filled, exactly_one)
    schema: pa.DataFrameSchema = _pandera(pa, row_class, pandas_dtype, checks, keys)
    return schema


def polars_dtype(column: Column) -> Any:
    """Return the type of a column in a polars frame made from an Arrow table.

    Parameters
    ----------
    column
        A column of a table.

    Returns
    -------
    polars.DataType
        The type; codes are texts.

    Examples
    --------
    >>> polars_dtype(columns(TABLES["editions"])[1])
    Int32
    """
    import polars as pl

    types = TYPES[column.type]
    return getattr(pl, types.polars_wide if _is_wide(column) else types.polars)


def polars_schema(row_class: type[Row]) -> "pandera.polars.DataFrameSchema":
    """Derive the pandera schema of a polars frame made from an Arrow table or a Parquet file.

    Codes are texts; keys are as in `pandera_schema`.
    """
    import pandera.polars as pa
    import polars as pl

    def holds(expression: pl.Expr) -> _Holds:
        return lambda data: data.lazyframe.select(expression)

    def checks(column: Column) -> Iterator[pa.Check]:
        if (pattern := column.pattern) is not None:
            yield pa.Check(
                lambda data: data.lazyframe.select(pl.col(data.key).str.contains(pattern)),
                name="pattern",
            )
        if column.vocabulary is not None:
            yield pa.Check.isin(_codes(column.vocabulary))

    def once(key: list[str]) -> pl.Expr:
        return ~pl.struct(key).is_duplicated()

    keys = _keys(
        row_class,
        lambda key: holds(once(key)),
        lambda key: holds(once(key) | pl.any_horizontal(pl.col(key).is_null())),
        lambda group: holds(pl.sum_horizontal(pl.col(group).is_not_null()) == 1),
    )
    schema: pa.DataFrameSchema = _pandera(pa, row_class, polars_dtype, checks, keys)
    return schema


_Holds = Callable[[Any], Any]
"""Returns in which rows of a frame a condition holds, in the language of the frame's engine."""


def _keys(
    row_class: type[Row],
    once: Callable[[list[str]], _Holds],
    once_if_filled: Callable[[list[str]], _Holds],
    exactly_one: Callable[[list[str]], _Holds],
) -> Iterator[tuple[str, _Holds]]:
    """Yield name and check of each condition on several columns together."""
    table = row_class.TABLE
    for key in (("id",), *table.unique):
        yield f"unique {', '.join(key)}", once(list(key))
    for key in table.unique_if_filled:
        yield f"unique {', '.join(key)} where filled", once_if_filled(list(key))
    for group in table.exactly_one:
        yield f"exactly one of {', '.join(group)}", exactly_one(list(group))


def _pandera(
    pa: Any,
    row_class: type[Row],
    dtype: Callable[[Column], Any],
    checks: Callable[[Column], Iterator[Any]],
    keys: Iterator[tuple[str, _Holds]],
) -> Any:
    """Make a schema for one of the engines of pandera."""
    cells = {
        column.name: pa.Column(
            dtype(column),
            [*checks(column), *_bounds(pa.Check, column)],
            nullable=column.nullable,
        )
        for column in columns(row_class)
    }
    together = [pa.Check(holds, name=name) for name, holds in keys]
    name = row_class.TABLE.name
    return pa.DataFrameSchema(cells, checks=together, strict=True, ordered=True, name=name)


def _bounds(check: "type[pandera.pandas.Check]", column: Column) -> Iterator[Any]:
    """Yield the checks that pandera has for all its engines."""
    if column.min_length is not None or column.max_length is not None:
        yield check.str_length(column.min_length, column.max_length)
    if column.minimum is not None:
        yield check.ge(column.minimum)
    if column.maximum is not None:
        yield check.le(column.maximum)


def _constraints(column: Column) -> dict[str, Any]:
    """Return the constraints of a column that Table Schema and JSON Schema share.

    >>> from amcc_dataset.model.tables import Code
    >>> _constraints(columns(Code)[-1])
    {'minimum': 1, 'maximum': 999}
    """
    said = {word: getattr(column, key) for key, word in CONSTRAINTS.items()}
    if column.vocabulary is not None:
        said["enum"] = _codes(column.vocabulary)
    return {word: value for word, value in said.items() if value is not None}


def table_schema(row_class: type[Row], among: Collection[str] = tuple(TABLES)) -> dict[str, Any]:
    """Derive the Frictionless Table Schema, version 2, of a table in a package.

    Foreign keys to tables that are not `among` those of the package are left out, because they
    cannot be followed.

    Parameters
    ----------
    row_class
        Class of a table, such as `Edition`.
    among
        The tables of the package, including this one.

    Returns
    -------
    dict
        The schema as a JSON object.

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

    def reference(table: str | None) -> dict[str, Any]:
        # The standard requires that a table refers to itself without its name.
        itself = table == row_class.TABLE.name
        return {"fields": ["id"]} if itself else {"resource": table, "fields": ["id"]}

    cells = columns(row_class)
    keys = (*row_class.TABLE.unique, *row_class.TABLE.unique_if_filled)
    unique = [list(key) for key in keys if len(key) > 1]
    foreign = [
        {"fields": [column.name], "reference": reference(column.ref)}
        for column in cells
        if column.ref in {row_class.TABLE.name, *among}
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
    # The standard has no keyword for this.
    if row_class.TABLE.exactly_one:
        schema["amcc:exactlyOne"] = [list(group) for group in row_class.TABLE.exactly_one]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _categories(column: Column) -> dict[str, Any]:
    """Return the codes of a column, and whether their order is a scale."""
    if column.vocabulary is None:
        return {}
    codes = _codes(column.vocabulary)
    return {"categories": codes, "categoriesOrdered": column.vocabulary.ORDINAL}


def _origin(column: Column) -> dict[str, Any]:
    """Return the cells that a derived cell comes from; their claims are its evidence."""
    if column.origin is None:
        return {}
    said: dict[str, Any] = {"fields": list(column.origin.fields)}
    if column.origin.table is not None:
        said |= {"resource": column.origin.table, "by": column.origin.by}
    if column.origin.where is not None:
        said["where"] = dict([column.origin.where])
    return {"amcc:derivedFrom": said}


def json_schema(row_class: type[Row]) -> dict[str, Any]:
    """Derive the JSON Schema, 2020-12, of one row; a value not established is null or left out.

    Only columns that are never null are required keys, and the title is the table's name,
    because importers read both like that.

    Parameters
    ----------
    row_class
        Class of a table, such as `Edition`.

    Returns
    -------
    dict
        The schema as a JSON object.

    Examples
    --------
    >>> from amcc_dataset.model.tables import Initiative
    >>> json_schema(Initiative)["properties"]["relation"]["enum"]
    ['agreed_by', 'announced_at', 'followed_by']
    """

    def cell(column: Column) -> dict[str, Any]:
        spec: dict[str, Any] = {"description": column.description}
        spec |= TYPES[column.type].json_schema | _constraints(column)
        if column.pattern is not None:
            # In Python's re, unlike in other engines, $ also matches before a final line break.
            spec["not"] = {"type": "string", "pattern": r"\n"}
        if column.nullable:
            spec["type"] = [spec["type"], "null"]
            if "enum" in spec:
                spec["enum"] = [*spec["enum"], None]
        return spec

    cells = {column.name: cell(column) for column in columns(row_class)}
    filled = {"not": {"type": "null"}}
    groups = [
        {"oneOf": [{"properties": {name: filled}, "required": [name]} for name in group]}
        for group in row_class.TABLE.exactly_one
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": row_class.TABLE.name,
        "description": f"{row_class.TABLE.title}. {row_class.TABLE.description}",
        "type": "object",
        "properties": cells,
        "required": [column.name for column in columns(row_class) if not column.nullable],
        **({"allOf": groups} if groups else {}),
        "additionalProperties": False,
    }


_KINDS: dict[str, tuple[Callable[[type[Row]], Any], str, tuple[str, ...]]] = {
    "pandera": (pandera_schema, "validate", ("pandera",)),
    "pandera.polars": (polars_schema, "polars,validate", ("pandera", "polars")),
    "pyarrow": (arrow_schema, "arrow", ("pyarrow",)),
    "pydantic": (lambda row_class: row_class, "", ()),
    # A file outside of a package has no other tables next to it.
    "frictionless": (lambda row_class: table_schema(row_class, ()), "", ()),
    "json": (json_schema, "", ()),
}
"""For each kind of schema: the function that makes it, its extra, and the libraries it needs."""


def schema(table: str, kind: str) -> Any:
    """Return the schema of a table for a library that checks data.

    Parameters
    ----------
    table
        Name of a table, as in `tables()`.
    kind
        ``"pandera"`` for pandas frames as `load_editions()` returns them, ``"pandera.polars"``
        for polars frames of `table("editions")`, ``"pyarrow"`` for Arrow tables,
        ``"pydantic"`` for single rows, ``"frictionless"`` for CSV files or ``"json"`` for
        single rows in JSON.

    Returns
    -------
    pandera.pandas.DataFrameSchema, pandera.polars.DataFrameSchema, pyarrow.Schema, type or dict
        A schema object of the library; for ``"pydantic"`` the row class, such as `Edition`;
        for ``"frictionless"`` the Table Schema and for ``"json"`` the JSON Schema as a dict.
        This Table Schema has no foreign keys to other tables; the ones in ``datapackage.json``
        have them.

    Raises
    ------
    ValueError
        If there is no such table or kind; the message lists the right names.
    ImportError
        If the library is not installed; the message says what to install.

    Examples
    --------
    >>> schema("editions", "frictionless")["fields"][1]["constraints"]["minimum"]
    1
    >>> schema("editions", "pandera").columns["number"].nullable
    False
    """
    known("table", table, list(TABLES))
    known("kind of schema", kind, list(_KINDS))
    derive, extra, libraries = _KINDS[kind]
    extras.need(extra, *libraries)
    return derive(TABLES[table])
