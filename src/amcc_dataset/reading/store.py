"""Read the files of the release.

Three tables are sorted by a key, as the rules require (rules/order.py): the lines with a key are
found by binary search, without reading the rest. Uses only a small part of the standard library.
Not here: where the files are (disk/shipped.py), typed values (load.py), and reading files that
others may have written (disk/).
"""

import csv
import io
import json
import os
from bisect import bisect_left
from mmap import ACCESS_READ, mmap

from amcc_dataset.disk import shipped
from amcc_dataset.model.suggest import known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

KEYS = {"provenance": (1, 2, 3), "sources": (0,), "decisions": (0,)}
"""The positions of the columns by which a table is sorted and its lines are found."""

_PATHS = {
    "csv": ("data", "processed", "{}.csv"),
    "parquet": ("data", "processed", "{}.parquet"),
    "frictionless": ("schemas", "{}.table.json"),
    "json": ("schemas", "{}.schema.json"),
}
"""The files of a table by their format; the last two are its schemas."""


def _open_table(table: str, format: str) -> "BinaryIO":
    """Open a file of a table.

    Raises
    ------
    ValueError
        If there is no such table.
    """
    try:
        if str(table).isidentifier():
            return shipped.open_file(*(part.format(table) for part in _PATHS[format]))
        raise FileNotFoundError
    except FileNotFoundError:
        known("table", table, tables())
        raise


def descriptor() -> "dict[str, Any]":
    """Return the descriptor of the release, a Data Package of Frictionless Data.

    Returns
    -------
    dict
        The content of ``datapackage.json``: `version`, `licenses` and other facts about the
        release, and in `resources` the file of each table with its schema.

    Examples
    --------
    >>> descriptor()["resources"][0]["path"]
    'data/processed/editions.csv'
    """
    with shipped.open_file(shipped.DESCRIPTOR) as source:
        content: dict[str, Any] = json.load(source)
        return content


def tables() -> list[str]:
    """Return the names of the tables.

    Returns
    -------
    list of str
        The names in the order of the release: first what happened, then evidence and registries.

    Examples
    --------
    >>> tables()[:3]
    ['editions', 'participants', 'outcomes']
    """
    return [resource["name"] for resource in descriptor()["resources"] if "schema" in resource]


def fields(table: str) -> "list[dict[str, Any]]":
    """Return the columns of a table as in the descriptor."""
    # Read from the schema of the table: this takes an eighth of the time of the descriptor.
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
        Table Schema, with foreign keys that lead to other files of the package.

    Returns
    -------
    str
        Absolute path of the file inside the installed package. Do not write to it.

    Raises
    ------
    ValueError
        If there is no such table or format.
    FileNotFoundError
        If the package is in an archive, so that its files have no path.

    Examples
    --------
    >>> path("editions", "parquet").endswith("editions.parquet")
    True
    """
    known("format", format, _PATHS)
    name = os.path.join(shipped.root(), *(part.format(table) for part in _PATHS[format]))
    if not str(table).isidentifier() or not os.path.exists(name):
        known("table", table, tables())
    return name


def content(table: str, format: str) -> bytes:
    """Return the content of a file of a table, also if the package is in an archive."""
    with _open_table(table, format) as source:
        return source.read()


def lines(table: str) -> "Iterator[list[str]]":
    """Yield the lines of the CSV file of a table, as texts."""
    with _open_table(table, "csv") as source:
        reader = csv.reader(io.TextIOWrapper(source, encoding="utf-8", newline=""))
        next(reader)
        yield from reader


def count(table: str) -> int:
    """Return the number of rows of a table, without reading their cells.

    Parameters
    ----------
    table
        Name of a table, as in `tables()`.

    Returns
    -------
    int
        The number of rows.

    Examples
    --------
    >>> count("editions")
    10
    """
    with _open_table(table, "csv") as source:
        blocks = iter(lambda: source.read(2**16), b"")
        return sum(block.count(b"\n") for block in blocks) - 1


class Ordered:
    """The file of a table that is sorted by a key: lines are found without reading all of it.

    It is a sequence of keys, one for each position in the file, so that `bisect` finds a line.
    The key at a position is that of the first line that begins there or later. Ids and names of
    tables are plain words, so that no key is quoted, and no cell contains a line end.

    Parameters
    ----------
    table
        Name of a table in `KEYS`.

    Examples
    --------
    >>> claims = Ordered("provenance").lines("editions", "amcc-04")
    >>> {line[3] for line in claims} >= {"date_start", "city"}
    True
    >>> next(Ordered("provenance").beginnings(4, "editions", "amcc-04"))[1:]
    ['editions', 'amcc-04', 'chair_id']
    """

    def __init__(self, table: str) -> None:
        self._columns = KEYS[table]
        with _open_table(table, "csv") as source:
            out_of_archive = isinstance(source, io.BytesIO)
            self._data: bytes | mmap = (
                source.read() if out_of_archive else mmap(source.fileno(), 0, access=ACCESS_READ)
            )
        self._begin = self._data.find(b"\n") + 1

    def __len__(self) -> int:
        """Return the number of positions."""
        return len(self._data) - self._begin

    def __getitem__(self, place: int) -> tuple[bytes, ...]:
        """Return the key at a position; after the last line, one that is greater than all words."""
        first = self._line(place)
        end = self._data.find(b"\n", first)
        if end < 0:
            return (b"\xff",)
        cells = self._data[first:end].split(b",", self._columns[-1] + 1)
        return tuple([cells[column] for column in self._columns])

    def _line(self, place: int) -> int:
        """Return the beginning of the first line that begins at a position or later."""
        return self._data.find(b"\n", self._begin + place - 1) + 1

    def _having(self, key: tuple[str, ...]) -> bytes:
        """Return the lines whose key begins with `key`."""
        *before, last = [part.encode() for part in key]
        # No word has a NUL: this sorts after all keys that begin with `key`, before all others.
        behind = (*before, last + b"\0")
        first = bisect_left(self, (*before, last))
        near = first + 1000
        while near < len(self) and self[near] < behind:
            near += near - first
        end = bisect_left(self, behind, first, min(near, len(self)))
        return self._data[self._line(first) : self._line(end)]

    def lines(self, *key: str) -> "Iterator[list[str]]":
        """Return the lines with these values in the first columns of the key, as texts."""
        return csv.reader(io.StringIO(self._having(key).decode(), newline=""))

    def beginnings(self, count: int, *key: str) -> "Iterator[list[str]]":
        """Yield only the first cells of these lines, so that the others cost no time."""
        # Line by line: one character outside Latin-1 makes a whole text up to four times as large.
        for line in map(bytes.decode, io.BytesIO(self._having(key))):
            cells = line.split(",", count)
            rest = cells.pop()
            # A quoted cell may contain a comma: only a CSV reader splits such a line correctly.
            if '"' in line and '"' in line[: -len(rest) or None]:
                cells = next(csv.reader([line]))[:count]
            yield cells
