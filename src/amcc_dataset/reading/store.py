"""Where the release is, and how its files are read.

The files are those in the package, or in the checkout where the package is installed for
editing; in a zip import they are read out of the archive. Three tables are ordered by a key,
as the release promises (rules/order.py): in them the lines with a key are found by bisection,
without reading the rest. Standard library only, and little of it. Not here: values (load.py),
and files that somebody else may have written (disk/).
"""

import csv
import errno
import io
import json
import os
from bisect import bisect_left
from mmap import ACCESS_READ, mmap

from amcc_dataset.model.suggest import known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

DESCRIPTOR = "datapackage.json"

KEYS = {"provenance": (1, 2), "sources": (0,), "decisions": (0,)}
"""The places of the columns by which a table is ordered, and by which its lines are found."""

_PATHS = {
    "csv": ("data", "processed", "{}.csv"),
    "parquet": ("data", "processed", "{}.parquet"),
    "frictionless": ("schemas", "{}.table.json"),
    "json": ("schemas", "{}.schema.json"),
}
"""The files of a table by their format; the last two are its schemas."""


def _package() -> str:
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _is_checkout(folder: str) -> bool:
    """Tell whether a folder is a checkout of this project, not a stranger's around the package."""
    try:
        with open(os.path.join(folder, "pyproject.toml"), encoding="utf-8") as source:
            return '\nname = "amcc-dataset"\n' in source.read()
    except (OSError, UnicodeDecodeError):
        return False


def root() -> str:
    """Return the folder that holds datapackage.json: the package, else its checkout.

    Raises
    ------
    FileNotFoundError
        If there is none: the package is in an archive, or its data are missing.
    """
    package = _package()
    if os.path.exists(os.path.join(package, DESCRIPTOR)):
        return package
    checkout = os.path.dirname(os.path.dirname(package))
    if _is_checkout(checkout):
        return checkout
    if os.path.isdir(package):
        what = "is missing from the package; install amcc-dataset again"
    else:
        what = "is in an archive and no file that a program can open; unpack the package"
    raise FileNotFoundError(errno.ENOENT, what, os.path.join(package, DESCRIPTOR))


def _open(*parts: str) -> "BinaryIO":
    if os.path.isdir(_package()):
        return open(os.path.join(root(), *parts), "rb")
    # Only an archive pays for importing importlib.resources, which takes longer than reading.
    from importlib.resources import files

    return io.BytesIO(files("amcc_dataset").joinpath(*parts).read_bytes())


def _open_table(table: str, format: str) -> "BinaryIO":
    """Open a file of a table.

    Raises
    ------
    ValueError
        If there is no such table.
    """
    try:
        if str(table).isidentifier():
            return _open(*(part.format(table) for part in _PATHS[format]))
        raise FileNotFoundError
    except FileNotFoundError:
        known("table", table, tables())
        raise


def descriptor() -> "dict[str, Any]":
    """Return the Data Package descriptor of the release."""
    with _open(DESCRIPTOR) as source:
        content: dict[str, Any] = json.load(source)
        return content


def tables() -> list[str]:
    """Return the names of the tables.

    Examples
    --------
    >>> tables()[:3]
    ['editions', 'participants', 'outcomes']
    """
    return [resource["name"] for resource in descriptor()["resources"] if "schema" in resource]


def fields(table: str) -> "list[dict[str, Any]]":
    """Return the columns of a table as the descriptor has them."""
    # Read from the schema of the table: it takes an eighth of the descriptor's time.
    with _open_table(table, "frictionless") as source:
        found: list[dict[str, Any]] = json.load(source)["fields"]
        return found


def path(table: str, format: str = "csv") -> str:
    """Return the file of a table, for programs that read files.

    Parameters
    ----------
    table
        Name of a table, as in `tables()`.
    format
        ``"csv"`` or ``"parquet"``; ``"json"`` for its JSON Schema, ``"frictionless"`` for its
        Table Schema.

    Raises
    ------
    ValueError
        If there is no such table or format.
    FileNotFoundError
        If the package is in an archive, where its files have no path.

    Examples
    --------
    >>> path("editions", "parquet").endswith("editions.parquet")
    True
    """
    known("format", format, _PATHS)
    name = os.path.join(root(), *(part.format(table) for part in _PATHS[format]))
    if not str(table).isidentifier() or not os.path.exists(name):
        known("table", table, tables())
    return name


def content(table: str, format: str) -> bytes:
    """Return a file of a table, in an archive as well."""
    with _open_table(table, format) as source:
        return source.read()


def lines(table: str, *key: str) -> "Iterator[list[str]]":
    """Yield the lines of the CSV file of a table, as texts.

    Parameters
    ----------
    table
        Name of a table.
    key
        Only the lines with these values in the first columns of the table's key are wanted;
        nothing else of the file is read then. See `KEYS`.

    Examples
    --------
    >>> {line[3] for line in lines("provenance", "editions", "amcc-04")} >= {"date_start", "city"}
    True
    """
    if key:
        yield from csv.reader(io.StringIO(_having(table, key), newline=""))
        return
    with _open_table(table, "csv") as source:
        reader = csv.reader(io.TextIOWrapper(source, encoding="utf-8", newline=""))
        next(reader)
        yield from reader


def beginnings(table: str, count: int, *key: str) -> "Iterator[list[str]]":
    """Yield the first cells of the lines with a key: what is behind them costs no time.

    Parameters
    ----------
    table
        Name of a table in `KEYS`.
    count
        How many cells are wanted; not all.
    key
        As in `lines`.

    Examples
    --------
    >>> next(beginnings("provenance", 4, "editions", "amcc-04"))[1:]
    ['editions', 'amcc-04', 'chair_id']
    """
    for line in _having(table, key).split("\n")[:-1]:
        *cells, rest = line.split(",", count)
        # A comma may be in a quoted cell, which only the reader of CSV takes apart.
        if '"' in line[: -len(rest) or None]:
            cells = next(csv.reader([line]))[:count]
        yield cells


class _Keys:
    """The keys of an ordered file by places in it, so that `bisect` finds a line.

    The key at a place is that of the first line which begins there or later. Ids and names of
    tables are plain words, so that no key is quoted, and no cell holds a line end.
    """

    def __init__(self, data: "bytes | mmap", columns: tuple[int, ...]) -> None:
        self._data, self._columns = data, columns
        self._begin = data.find(b"\n") + 1

    def __len__(self) -> int:
        return len(self._data) - self._begin

    def __getitem__(self, place: int) -> tuple[bytes, ...]:
        first = self._line(place)
        end = self._data.find(b"\n", first)
        if end < 0:
            return (b"\xff",)  # behind the last line: greater than all words
        cells = self._data[first:end].split(b",", self._columns[-1] + 1)
        return tuple([cells[column] for column in self._columns])

    def _line(self, place: int) -> int:
        """Return where the first line begins that begins at a place or later."""
        return self._data.find(b"\n", self._begin + place - 1) + 1

    def having(self, key: tuple[str, ...]) -> str:
        """Return the lines whose key begins with `key`."""
        *before, last = [part.encode() for part in key]
        first = bisect_left(self, (*before, last))
        # No word has a NUL: this comes behind all that begins with the key, before all else.
        end = bisect_left(self, (*before, last + b"\0"), lo=first)
        return self._data[self._line(first) : self._line(end)].decode()


def _having(table: str, key: tuple[str, ...]) -> str:
    """Return the lines of an ordered table whose key begins with `key`."""
    with _open_table(table, "csv") as source:
        if isinstance(source, io.BytesIO):  # out of an archive
            return _Keys(source.getvalue(), KEYS[table]).having(key)
        with mmap(source.fileno(), 0, access=ACCESS_READ) as data:
            return _Keys(data, KEYS[table]).having(key)
