"""A user's own rows, in any form, as columns of plain values.

A plain value is a text, a whole number, a date or None. The same values of pandas, numpy, polars
and Arrow are converted to it. Any other value stays as it is, so that the check can report it.
Only the library that a file needs is imported: a user with a frame has imported its library.
Not here: whether the columns and values are right (fit.py).
"""

import codecs
import datetime as dt
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from amcc_dataset import extras
from amcc_dataset.disk import files
from amcc_dataset.disk.parsing import MalformedError, parse_csv
from amcc_dataset.model.tables import Row

MAX_BYTES, MAX_ROWS, MAX_CELLS = 2**29, 10**7, 10**8
"""The most bytes, rows and cells of a file; a million outcomes take half of the bytes."""

_BLOCK = 500
"""How many rows of a file become columns at once: few enough for the processor's cache."""

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
        A pandas or polars frame, an Arrow table, a list of dicts or of row objects, or the
        path of a CSV or Parquet file.

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
        return _file(Path(data).expanduser())
    columns, size = _in_memory(data)
    return Given({name: _plain(values) for name, values in columns.items()}, size)


def _in_memory(data: Any) -> tuple[Columns, int]:
    if _is(data, "polars", "LazyFrame"):
        data = data.collect()
    if _is(data, "polars", "DataFrame"):
        return {series.name: series.to_list() for series in data}, data.height
    if _is(data, "pandas", "DataFrame"):
        names = _once(data.columns)
        return {name: _series(data.iloc[:, at]) for at, name in enumerate(names)}, len(data)
    if _is(data, "pyarrow", "Table") or _is(data, "pyarrow", "RecordBatch"):
        names = _once(data.column_names)
        return dict(zip(names, map(_array, data.columns), strict=True)), data.num_rows
    if isinstance(data, Sequence) and not isinstance(data, bytes | bytearray):
        return _rows(data)
    raise ValueError(f"data of the type {type(data).__name__} cannot be checked; give {_FORMS}")


def _is(data: object, library: str, name: str) -> bool:
    """Return whether something is of a library's class, without importing the library."""
    module = sys.modules.get(library)
    return module is not None and isinstance(data, getattr(module, name))


def _once(names: Iterable[object]) -> list[str]:
    """Return the names of columns as texts.

    Raises
    ------
    ValueError
        If one of them appears twice.
    """
    found: dict[str, None] = {}
    for name in map(str, names):
        if name in found:
            raise ValueError(f"column {name!r} appears twice; rename or drop one of the two")
        found[name] = None
    return list(found)


def _series(series: Any) -> Sequence[Any]:
    """Return the values of a pandas series, with None for every kind of missing value."""
    filled = series.notna().to_numpy()
    if series.dtype.kind == "M" and getattr(series.dtype, "tz", None) is None:
        moments = series.to_numpy()
        days = moments.astype("datetime64[D]")
        if (days[filled] == moments[filled]).all():
            return list(days.tolist())
    values: list[Any] = series.astype(object).tolist()
    for position in (~filled).nonzero()[0].tolist():
        values[position] = None
    if series.dtype.kind == "f":
        # pandas turns whole numbers into floats if one of them is missing.
        return [int(cell) if cell is not None and cell.is_integer() else cell for cell in values]
    return values


def _array(values: Any) -> Sequence[Any]:
    """Return the values of an Arrow column, decoded first: that is twenty times faster."""
    coded = hasattr(values.type, "index_type")
    plain: Sequence[Any] = (values.cast(values.type.value_type) if coded else values).to_pylist()
    return plain


def _rows(data: Sequence[Any]) -> tuple[Columns, int]:
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
    return [_meaning(cell) if type(cell) in odd else cell for cell in values] if odd else values


def _meaning(value: Any) -> Any:
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        # A numpy scalar; a date in nanoseconds would become a number.
        value = value.astype("datetime64[us]" if value.dtype.kind == "M" else value.dtype).item()
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dt.datetime) and value.tzinfo is None and value.time() == dt.time():
        return value.date()
    return value


def rows_of(columns: Columns) -> list[dict[str, Any]]:
    """Return columns as rows.

    Examples
    --------
    >>> rows_of({"id": ["a", "b"], "year": [2026, None]})
    [{'id': 'a', 'year': 2026}, {'id': 'b', 'year': None}]
    """
    names = list(columns)
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _file(path: Path) -> Given:
    try:
        # The user may name a link that leads anywhere.
        folder = path.resolve().parent
    except ValueError:
        raise ValueError(f"{str(path)!r} cannot be the path of a file") from None
    content = files.read(folder, path, MAX_BYTES)
    if content.startswith(b"PAR1"):
        return read(_parquet(path))
    return from_csv(content, str(path))


def _parquet(path: Path) -> Any:
    extras.need("arrow", "pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(str(path), partitioning=None)
    except (pa.ArrowException, OSError, ValueError) as error:
        why = (str(error).splitlines() or ["it is damaged"])[0][:200]
        raise ValueError(f"{path} is not a valid Parquet file: {why}; write it again") from None


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
    try:
        if b"\0" in content:
            raise MalformedError("has NUL bytes")
        return _table(content.removeprefix(codecs.BOM_UTF8), path)
    except MalformedError as error:
        raise ValueError(f"{path}: {error}; save it as CSV in UTF-8, or as Parquet") from None


def _table(content: bytes, path: str) -> Given:
    rows = parse_csv(content, most_rows=MAX_ROWS, most_cells=MAX_CELLS)
    _, names = next(rows, (0, []))
    if len(names) == 1 and (mark := next((mark for mark in ";\t|" if mark in names[0]), None)):
        raise MalformedError(f"has {mark!r} between its cells, not a comma")
    columns: list[list[str | None]] = [[] for _ in names]
    lines: list[int] = []
    filled = ((line, cells) for line, cells in rows if cells)
    while block := list(islice(filled, _BLOCK)):
        for line, cells in block:
            if len(cells) != len(names):
                what = f"line {line} has {len(cells)} cells, not {len(names)}"
                raise MalformedError(f"{what}; put texts with commas in quotes")
            lines.append(line)
        texts = zip(*(cells for _, cells in block), strict=True)
        for column, values in zip(columns, texts, strict=True):
            column.extend([value or None for value in values])
    return Given(dict(zip(names, columns, strict=True)), len(lines), path, lines)
