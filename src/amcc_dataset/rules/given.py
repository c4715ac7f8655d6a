"""A user's own rows, in any form, as columns of plain values.

A plain value is a text, a whole number, a date or None. The same values of pandas, numpy, polars
and Arrow are converted to it; a float or decimal without a fraction is a whole number, because
pandas makes floats of whole numbers as soon as one is missing. Any other value stays as it is,
so that the check can report it. Only the library that a file needs is imported: a user with a
frame has imported its library. Not here: the columns of these libraries (foreign.py), and
whether the columns and values are right (fit.py).
"""

import codecs
import csv
import datetime as dt
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from amcc_dataset import extras
from amcc_dataset.disk import files
from amcc_dataset.disk.kinds import other_than_csv
from amcc_dataset.disk.parsing import MalformedError, parse_csv
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.tables import TABLES, Row
from amcc_dataset.rules.foreign import Foreign, HalfText, day_of, of_arrow, of_pandas, of_polars

MAX_BYTES, MAX_ROWS, MAX_CELLS = 2**29, 10**7, 10**8
"""The most bytes, rows and cells of a file; a million outcomes take half of the bytes."""

_BLOCK = 500
"""How many rows of a file become columns at once: few enough for the processor's cache."""

_HEAD = 2**16
"""How many bytes of a file are searched for its first line."""

_LARGE = 10**18
"""Where whole numbers end for us: a CSV file may have 18 digits too."""

_VALUE = re.compile("-?[0-9]+([.-][0-9]+)*")
"""What is a number or date, and not the name of a column."""

_FORMS = "a pandas or polars frame, an Arrow table, a list of dicts or rows, or the path of a file"

_PLAIN = frozenset({str, int, dt.date, type(None)})

Columns = dict[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Given:
    """Rows by columns, in the order in which they were given.

    For a CSV file, whose cells are all texts, `path` and `lines` say on which line a row ends.
    """

    columns: Columns
    size: int
    path: str | None = None
    lines: Sequence[int] = ()


def read(data: object) -> Given:
    """Return rows by columns.

    Parameters
    ----------
    data
        A pandas or polars frame, an Arrow table or whatever Arrow can read as one, dicts or row
        objects in a list or an iterator, or the path of a CSV or Parquet file.

    Raises
    ------
    ValueError
        If the data are in another form, or a column appears twice.
    OSError
        If a file cannot be read.

    Examples
    --------
    >>> read([{"id": "a", "year": 2026}, {"id": "b"}]).columns
    {'id': ['a', 'b'], 'year': [2026, None]}
    """
    if isinstance(data, str | os.PathLike):
        return _file(os.fspath(data))
    columns, size = _in_memory(data)
    return Given({name: _plain(values) for name, values in columns.items()}, size)


def _in_memory(data: Any) -> tuple[Columns, int]:
    if _is(data, "polars", "LazyFrame"):
        data = _collected(data)
    if _is(data, "polars", "DataFrame"):
        names = _once(data.columns)
        return dict(zip(names, map(of_polars, data), strict=True)), data.height
    if _is(data, "pandas", "DataFrame"):
        names = _once(_flat(data.columns))
        return {name: of_pandas(data.iloc[:, at]) for at, name in enumerate(names)}, len(data)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        table = _arrow(data)
        names = _once(table.column_names)
        return dict(zip(names, map(of_arrow, table.columns), strict=True)), table.num_rows
    if isinstance(data, Sequence | Iterator) and not isinstance(data, bytes | bytearray):
        return _rows(data)
    raise ValueError(f"data of the type {type(data).__name__} cannot be checked; give {_FORMS}")


def _is(data: object, library: str, name: str) -> bool:
    """Return whether something is of a library's class, without importing the library."""
    module = sys.modules.get(library)
    return module is not None and isinstance(data, getattr(module, name))


def _collected(data: Any) -> Any:
    import polars as pl

    try:
        return data.collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ValueError(f"the LazyFrame cannot be collected: {_first_line(error)}") from None


def _arrow(data: Any) -> Any:
    """Return what has the interface of Arrow, such as a relation of DuckDB, as an Arrow table."""
    extras.need("arrow", "pyarrow")
    import pyarrow as pa

    try:
        return data if isinstance(data, pa.Table) else pa.table(data)
    except (pa.ArrowException, TypeError, ValueError) as error:
        what = f"data of the type {type(data).__name__} cannot be checked: {_first_line(error)}"
        raise ValueError(f"{what}; give {_FORMS}") from None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _flat(names: Any) -> Any:
    """Return the columns of a pandas frame if they have one level.

    Raises
    ------
    ValueError
        If they have several.
    """
    if names.nlevels > 1:
        remedy = "flatten them: data.columns = data.columns.get_level_values(-1)"
        raise ValueError(f"the columns have {names.nlevels} levels of names; {remedy}")
    return names


def _once(names: Iterable[object]) -> list[str]:
    """Return the names of columns as texts.

    Raises
    ------
    ValueError
        If one of them appears twice.
    """
    found: dict[str, None] = {}
    for position, name in enumerate(names, 1):
        text = _name(str(name), position)
        if text in found:
            raise ValueError(f"column {text!r} appears twice; rename or drop one of the two")
        found[text] = None
    return list(found)


def _name(name: str, position: int) -> str:
    """Return the name by which a column is reported; one without a name has its position."""
    return name.encode(errors="backslashreplace").decode() or f"column {position}, without a name"


def _rows(data: Iterable[Any]) -> tuple[Columns, int]:
    rows: list[Mapping[str, Any]] = []
    for position, row in enumerate(data):
        if not isinstance(row, Mapping | Row):
            what = f"row {position} is of the type {type(row).__name__}, not a dict or row object"
            raise ValueError(f"{what}; give {_FORMS}")
        rows.append(row if isinstance(row, Mapping) else row.__dict__)
    names = dict.fromkeys(rows[0]) if rows else {}
    for row in rows:
        if row.keys() != names.keys():
            names |= dict.fromkeys(row)
    return {
        text: [row.get(name) for row in rows]
        for text, name in zip(_once(names), names, strict=True)
    }, len(rows)


def _plain(values: Sequence[Any]) -> Sequence[Any]:
    """Return the values, with all that mean a text, a whole number, a date or None as such."""
    odd = set(map(type, values)) - _PLAIN
    if odd:
        values = [_meaning(cell) if type(cell) in odd else cell for cell in values]
    return _encodable(values)


def _meaning(value: Any) -> Any:
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        value = _of_numpy(value)
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dt.datetime) and value.tzinfo is None and value.time() == dt.time():
        try:
            return value.date()
        except ValueError:  # A moment of pandas after the year 9999.
            return Foreign(str(value))
    if type(value).__hash__ is None:  # A list or the like, which no set of values could hold.
        return Foreign(repr(value)[:60])
    return value


def _of_numpy(scalar: Any) -> Any:
    """Return the value of a numpy scalar; a date in nanoseconds would become a number."""
    if scalar.dtype.kind != "M":
        return scalar.item()
    if isinstance(days := scalar.astype("datetime64[D]").item(), int):
        return day_of(days)
    return scalar.astype("datetime64[us]").item()


def _number(value: Any) -> Any:
    """Return a number without a fraction as a whole one, and one that is none as None."""
    if value.is_nan() if isinstance(value, Decimal) else value != value:
        return None
    return int(value) if abs(value) < _LARGE and value == int(value) else value


def _encodable(values: Sequence[Any]) -> Sequence[Any]:
    """Return the values, with a `HalfText` for each text that cannot be written as UTF-8."""
    try:
        "".join(cell for cell in values if type(cell) is str).encode()
    except UnicodeEncodeError:
        return [
            HalfText(repr(cell)[:60]) if type(cell) is str and _is_broken(cell) else cell
            for cell in values
        ]
    return values


def _is_broken(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def rows_of(columns: Columns) -> list[dict[str, Any]]:
    """Return columns as rows.

    Examples
    --------
    >>> rows_of({"id": ["a", "b"], "year": [2026, None]})
    [{'id': 'a', 'year': 2026}, {'id': 'b', 'year': None}]
    """
    names = list(columns)
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _file(name: str | bytes) -> Given:
    if not name:
        raise ValueError("the path is empty; write the path of a CSV or Parquet file")
    try:
        path = Path(os.fsdecode(name)).expanduser()
        # The user may name a link that leads anywhere.
        folder = path.resolve().parent
    except (ValueError, RuntimeError):  # A NUL byte; a home folder of nobody.
        what = f"{os.fsdecode(name)!r} cannot be the path of a file"
        raise ValueError(f"{what}; write the whole path") from None
    content = files.read(folder, path, MAX_BYTES)
    if content.startswith(b"PAR1"):
        return _parquet(content, str(path))
    return from_csv(content, str(path))


def _parquet(content: bytes, path: str) -> Given:
    extras.need("arrow", "pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(pa.BufferReader(content)).read()
    except (pa.ArrowException, OSError, ValueError) as error:
        why = _first_line(error)
        raise ValueError(f"{path} is not a valid Parquet file: {why}; write it again") from None
    try:
        return read(table)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def from_csv(content: bytes, path: str) -> Given:
    """Return the rows of a CSV file.

    Parameters
    ----------
    content
        What is in the file.
    path
        Its path, for messages.

    Raises
    ------
    ValueError
        If it is not CSV in UTF-8, or a row has another number of cells than the header.
    """
    what, remedy = other_than_csv(content) or ("", "")
    try:
        if what:
            raise MalformedError(what, remedy)
        if b"\0" in content:
            raise MalformedError("has NUL bytes")
        return _table(content.removeprefix(codecs.BOM_UTF8), path)
    except MalformedError as error:
        remedy = error.remedy or "save it as CSV in UTF-8, or as Parquet"
        raise ValueError(f"{path}: {error}; {remedy}") from None


def _table(content: bytes, path: str) -> Given:
    _look_at_header(content)
    rows = parse_csv(content, most_rows=MAX_ROWS, most_cells=MAX_CELLS)
    _, header = next(rows, (0, []))
    names = [_name(name, position) for position, name in enumerate(header, 1)]
    columns: list[list[str | None]] = [[] for _ in names]
    lines: list[int] = []
    filled = ((line, cells) for line, cells in rows if cells)
    while block := list(islice(filled, _BLOCK)):
        for line, cells in block:
            if len(cells) != len(names):
                raise _other_length(line, len(cells), len(names))
            lines.append(line)
        texts = zip(*(cells for _, cells in block), strict=True)
        for column, values in zip(columns, texts, strict=True):
            column.extend([value or None for value in values])
    return Given(dict(zip(names, columns, strict=True)), len(lines), path, lines)


def _look_at_header(content: bytes) -> None:
    """Raise `MalformedError` if the first line cannot be that of the names of columns."""
    text = content[:_HEAD].decode(errors="replace")
    names = next(csv.reader(io.StringIO(text, newline="")), [])
    if not text.strip():
        raise MalformedError("is empty", "write the names of the columns, then the rows")
    if not names:
        raise MalformedError("begins with an empty line", "remove it")
    if len(names) == 1 and (mark := next((mark for mark in ";\t|" if mark in names[0]), None)):
        raise MalformedError(f"has {mark!r} between its cells, not a comma")
    if names.count("") > 1:
        raise MalformedError("has several columns without a name", "remove or name them")
    value = next((name for name in names if _VALUE.fullmatch(name)), None)
    if value is not None and not any(
        name in columns_of(table) for table in TABLES for name in names
    ):
        what = f"has no line with the names of the columns: {value[:60]!r} is in its first line"
        raise MalformedError(what, "add a first line with the names")


def _other_length(line: int, cells: int, names: int) -> MalformedError:
    """Return the error for a row that has another number of cells than the header."""
    remedy = "put texts with commas in quotes"
    if cells < names:
        remedy = "add what is missing, and a comma for each empty cell"
    return MalformedError(f"line {line} has {cells} cells, not {names}", remedy)
