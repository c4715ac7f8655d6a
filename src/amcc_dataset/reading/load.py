"""The tables in several forms: frames, plain rows, typed records, Arrow.

Each call returns a new result; nothing is cached, nothing is downloaded. Heavy libraries are
imported by the function that needs them, so that `rows` needs only the standard library. Not
here: where the files are (store.py), and all tables as one object (packaged.py).
"""

import datetime as dt
import io

from amcc_dataset.model.suggest import known
from amcc_dataset.reading.store import content, fields, lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar, overload

    import pandas as pd
    import pyarrow as pa

    from amcc_dataset.model.tables import Row

    RowT = TypeVar("RowT", bound=Row)
    Plain = dict[str, Any]

_TYPES: "dict[str, Callable[[str], object]]" = {
    "integer": int,
    "date": dt.date.fromisoformat,
    "string": str,
}

_LONG = 500_000
"""A table with more bytes than this is long, such as the claims."""


def maker(table: str) -> "Callable[[list[str]], Plain]":
    """Return a function that makes a row from the texts of a line of a table."""
    named = fields(table)
    names = [field["name"] for field in named]
    types = [(field["name"], _TYPES[field["type"]]) for field in named if field["type"] != "string"]

    def make(texts: list[str]) -> "Plain":
        row: Plain = dict(zip(names, [text or None for text in texts], strict=True))
        for name, typed in types:
            if row[name] is not None:
                row[name] = typed(row[name])
        return row

    return make


def rows(table: str) -> "list[Plain]":
    """Return a table as plain dictionaries, with the standard library only.

    Parameters
    ----------
    table
        Name of a table, as in `tables()`.

    Returns
    -------
    list of dict
        One per row, in the order of the file, with the columns of the table as keys. A value is
        an `int`, a `datetime.date` or a `str` (also for codes); None means "not established".

    Raises
    ------
    ValueError
        If there is no such table.

    Examples
    --------
    >>> rows("editions")[0]["date_start"]
    datetime.date(2016, 10, 11)
    """
    return list(map(maker(table), lines(table)))


def row(table: str, row_id: str) -> "Plain":
    """Return one row of a table as a plain dictionary.

    Parameters
    ----------
    table
        Name of a table, as in `tables()`.
    row_id
        Key of the row.

    Returns
    -------
    dict
        The row, as in `rows`.

    Raises
    ------
    ValueError
        If there is no such table or row.

    Examples
    --------
    >>> row("people", "s-iswaran")["name"]
    'S Iswaran'
    """
    found = {found["id"]: found for found in rows(table)}
    known("row", row_id, found, of=table)
    return found[row_id]


if TYPE_CHECKING:

    @overload
    def records(row_class: "type[RowT]") -> "tuple[RowT, ...]": ...
    @overload
    def records(row_class: str) -> "tuple[Row, ...]": ...


def records(row_class: "type[Row] | str") -> "tuple[Row, ...]":
    """Return a table as typed, frozen objects.

    Parameters
    ----------
    row_class
        Class of a table, such as `Edition`, or the name of a table, as in `tables()`. If you pass
        the class, type checkers know the fields.

    Returns
    -------
    tuple of Row
        One object of the class per row. A code is a member of its vocabulary, such as
        `Format.VIRTUAL`, which is equal to its text; a date is a `datetime.date`.

    Raises
    ------
    ValueError
        If there is no such table, or the class is not the class of a table.

    Examples
    --------
    >>> from amcc_dataset import Edition
    >>> records(Edition)[3].number
    4
    >>> records("editions")[4].format.label
    'hybrid'
    """
    from amcc_dataset.model.tables import TABLES

    name = str(getattr(getattr(row_class, "TABLE", None), "name", row_class))
    known("table", name, TABLES)
    return tuple(map(TABLES[name].model_validate, rows(name)))


def load(table: str) -> "pd.DataFrame":
    """Return a table as a pandas frame: text, Int64, datetime64 and categories.

    A column with codes is a category, in the order of its vocabulary. If that is a scale, such as
    the order of commitment in `act`, the category is ordered and can be compared. A missing value
    always means "not established".
    """
    import pandas as pd

    named = fields(table)
    data = content(table, "csv")
    if len(data) > _LONG:
        return _parsed(data, named)
    texts = list(zip(*lines(table), strict=True)) or [()] * len(named)
    # The type of text differs between pandas 2 and 3.
    text_type = pd.Series(dtype="str").dtype
    return pd.DataFrame(
        {
            field["name"]: _column(field, list(cells), text_type)
            for field, cells in zip(named, texts, strict=True)
        },
        copy=False,
    )


def _categories(field: "Mapping[str, Any]") -> "pd.CategoricalDtype":
    """Return the type of a column that has a vocabulary."""
    import pandas as pd

    codes = field["constraints"]["enum"]
    return pd.CategoricalDtype(codes, bool(field.get("categoriesOrdered")))


def _column(field: "Mapping[str, Any]", texts: list[str], text_type: "Any") -> "Any":
    """Return a column as an array of its type, made from its texts."""
    import numpy as np
    import pandas as pd

    if "enum" in field["constraints"]:
        places = {code: place for place, code in enumerate(field["constraints"]["enum"])}
        found = np.array([places[text] if text else -1 for text in texts], dtype="int8")
        return pd.Categorical.from_codes(found, dtype=_categories(field))
    if field["type"] == "date":
        return np.array(texts, dtype="datetime64[ms]")
    if field["type"] == "integer":
        return pd.array([int(text) if text else None for text in texts], dtype="Int64")
    # Before pandas 3 a missing text would stay None; the parser of pandas makes it NaN.
    return pd.array([text or np.nan for text in texts], dtype=text_type)


def _parsed(data: bytes, named: "list[dict[str, Any]]") -> "pd.DataFrame":
    """Return a long table with the parser of pandas, which is faster for long tables only."""
    import pandas as pd

    types = {
        field["name"]: _categories(field)
        if "enum" in field["constraints"]
        else {"integer": "Int64"}.get(field["type"], "str")
        for field in named
    }
    source = io.BytesIO(data)
    frame = pd.read_csv(source, dtype=types, keep_default_na=False, na_values=[""])
    dates = [field["name"] for field in named if field["type"] == "date"]
    return frame.astype(dict.fromkeys(dates, "datetime64[ms]"))


def table(name: str) -> "pa.Table":
    """Return a table as an Arrow table, which polars and DuckDB use without a copy.

    Parameters
    ----------
    name
        Name of a table, as in `tables()`.

    Returns
    -------
    pyarrow.Table
        The rows in the order of the file. The columns are `string`, `int32` (`int64` for
        amounts) or `date32`; codes are text. Null means "not established".

    Raises
    ------
    ValueError
        If there is no such table.
    ImportError
        If pyarrow is not installed (extra ``arrow``); the message says what to install.

    Examples
    --------
    >>> table("editions").schema.field("date_start").type
    DataType(date32[day])
    """
    from amcc_dataset import extras

    extras.need("arrow", "pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    # From memory, because the package may be in an archive. A Python file object, and in old
    # versions of pyarrow also reading with threads, would abort the interpreter at exit.
    return pq.ParquetFile(pa.BufferReader(content(name, "parquet"))).read(use_threads=False)


def describe(table: str) -> "pd.DataFrame":
    """Return the dictionary of a table: what each of its columns contains.

    Parameters
    ----------
    table
        Name of a table, as in `tables()`.

    Returns
    -------
    pandas.DataFrame
        One row per column of the table, in their order, with the name of the column as index:

        * `type` (text): `string`, `integer` or `date`
        * `required` (bool): whether every row has a value
        * `description` (text): what the column contains, with its unit if it has one

    Raises
    ------
    ValueError
        If there is no such table.

    Examples
    --------
    >>> describe("editions").loc["theme", "type"]
    'string'
    >>> bool(describe("editions").loc["theme", "required"])
    False
    """
    import pandas as pd

    named = fields(table)
    return pd.DataFrame(
        {
            "type": [field["type"] for field in named],
            "required": [field.get("constraints", {}).get("required", False) for field in named],
            "description": [field["description"] for field in named],
        },
        index=pd.Index([field["name"] for field in named], name="column"),
    )
