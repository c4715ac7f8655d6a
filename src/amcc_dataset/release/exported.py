"""The tables in the files of an export that have no descriptor.

They are an SQLite or DuckDB database, an Excel workbook, or a folder of JSON Lines. Nothing in
them is trusted: only tables with the known names are read, never a view, and not more rows than
a release may have. Not here: whether the rows are right (validate.py), and how the files are
made (export/).
"""

import datetime as dt
import sqlite3
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from amcc_dataset import extras
from amcc_dataset.disk import files
from amcc_dataset.disk.parquet import MAX_TEXT
from amcc_dataset.disk.parsing import MAX_COLUMNS, MAX_ROWS, MalformedError, differing, parse_json
from amcc_dataset.disk.zips import Archive
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.columns import TYPES, Column, columns_of
from amcc_dataset.model.tables import TABLES
from amcc_dataset.release import archive

Lines = Iterator[tuple[Any, ...]]
"""The names of the columns, then the rows."""

Tables = Mapping[str, Callable[[], Lines]]
"""For each table of a file, the function that reads it."""


def find(place: Path) -> list[str]:
    """Return the files of an export in a folder, in the order in which they are read."""
    found = sorted(files.walk(place, suffix=SUFFIXES, deep=False), key=_order)
    lines = [path for path in files.walk(place, "jsonl", suffix=".jsonl") if path.count("/") == 1]
    return [*found, *(["jsonl"] if lines else [])]


def _order(path: str) -> int:
    return next(at for at, suffix in enumerate(SUFFIXES) if path.endswith(suffix))


def texts(columns: Iterable[Column], row: Iterable[Any]) -> list[str]:
    """Return the cells of a row as in a CSV file.

    Raises
    ------
    ValueError
        If a cell has another type than its column; the message has name, value and remedy.
    """
    return [_text(column, cell) for column, cell in zip(columns, row, strict=True)]


def _text(column: Column, cell: Any) -> str:
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        cell = cell.date()  # a workbook has no days, only moments
    wanted: tuple[type, ...] = (TYPES[column.type].python, type(None))
    if column.type == "date":
        wanted += (str,)  # JSON and SQLite have no dates
    if type(cell) not in wanted or cell == "":
        raise ValueError(f"{column.name} is {str(cell)[:60]!r}, a {type(cell).__name__}")
    if len(text := to_text(cell)) > MAX_TEXT:
        raise ValueError(f"{column.name} has more than {MAX_TEXT} characters")
    return text


@contextmanager
def opened(place: Path, path: str) -> Iterator[Tables]:
    """Open a file of an export, and close it at the end.

    Parameters
    ----------
    place
        The folder of the export.
    path
        A file in it, or the folder ``jsonl``, as `find` returns them.

    Yields
    ------
    Mapping
        For each table that is there, the function that reads its rows.

    Raises
    ------
    OSError
        If it cannot be read, or is not allowed.
    MalformedError
        If it is damaged. The functions that read the rows raise it too.
    ImportError
        If the library that reads it is not installed.
    """
    with ExitStack() as stack:
        yield _READERS[Path(path).suffix](place, path, stack)


@contextmanager
def _readable_as(kind: str, *errors: type[Exception]) -> Iterator[None]:
    """Raise `MalformedError` instead of the errors of a library."""
    try:
        yield
    except errors as error:
        what = str(error).partition("\n")[0]
        raise MalformedError(f"cannot be read as {kind}: {what}") from None


def _sqlite(place: Path, path: str, stack: ExitStack) -> Tables:
    readable = partial(_readable_as, "SQLite", sqlite3.Error, ValueError, OverflowError)
    content = files.read(place, place / path, archive.MAX_BYTES)
    with readable():
        connection = stack.enter_context(closing(sqlite3.connect(":memory:")))
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.deserialize(content)

    def query(statement: str) -> Lines:
        with readable():
            cursor = connection.execute(statement)
            yield tuple(column[0] for column in cursor.description)
            # Not the cursor itself: a generator that is left early would close it too late.
            yield from iter(cursor.fetchone, None)

    kinds = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
    return _queries(query, kinds)


def _duckdb(place: Path, path: str, stack: ExitStack) -> Tables:
    extras.need("duckdb", "duckdb")
    import duckdb

    readable = partial(_readable_as, "DuckDB", duckdb.Error)
    safe: dict[str, Any] = {
        "enable_external_access": False,
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "memory_limit": "400MB",
    }
    files.read(place, place / path, archive.MAX_BYTES)
    with readable():
        connection = stack.enter_context(
            duckdb.connect(str(place / path), read_only=True, config=safe)
        )

    def query(statement: str) -> Lines:
        with readable():
            cursor = connection.execute(statement)
            yield tuple(column[0] for column in cursor.description or ())
            while rows := cursor.fetchmany(1000):
                yield from rows

    return _queries(query, "SELECT table_name FROM duckdb_tables() WHERE NOT internal")


def _queries(query: Callable[[str], Lines], of_names: str) -> Tables:
    known = {name for (name,) in islice(query(of_names), 1, None)}
    every = {name: f'SELECT * FROM "{name}" LIMIT {MAX_ROWS + 1}' for name in TABLES}  # noqa: S608 - our names
    return {name: partial(query, every[name]) for name in TABLES if name in known}


def _xlsx(place: Path, path: str, stack: ExitStack) -> Tables:
    extras.need("excel", "openpyxl")
    import openpyxl

    packed = Archive(files.read(place, place / path, archive.MAX_BYTES), place / path)
    room = archive.MAX_BYTES
    for name in packed.names:
        room -= len(packed.read(name, room))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(place / path, read_only=True)
    except Exception as error:  # openpyxl lets out errors of every kind on a damaged file.
        raise MalformedError(f"cannot be read as a workbook: {error}") from None

    stack.callback(book.close)

    def sheet(table: str) -> Lines:
        try:
            yield from islice(book[table].iter_rows(values_only=True), MAX_ROWS + 2)
        except Exception as error:
            raise MalformedError(f"has a sheet {table} that cannot be read: {error}") from None

    return {name: partial(sheet, name) for name in TABLES if name in book.sheetnames}


def _json_lines(place: Path, path: str, stack: ExitStack) -> Tables:
    def lines(table: str) -> Lines:
        content = files.read(place, place / path / f"{table}.jsonl", archive.MAX_BYTES)
        names: tuple[Any, ...] | None = None
        for number, line in enumerate(content.splitlines(), 1):
            try:
                row = parse_json(line)
            except MalformedError as error:
                raise MalformedError(f"line {number} of {table}.jsonl {error}") from None
            if not isinstance(row, dict) or (names is not None and names != tuple(row)):
                raise MalformedError(f"line {number} of {table}.jsonl has other keys than line 1")
            if names is None:
                yield (names := tuple(row))
            yield tuple(row.values())
        if names is None:
            yield tuple(columns_of(table))  # without a row, the file does not name its columns

    there = {Path(name).stem for name in files.walk(place, path, suffix=".jsonl")}
    return {name: partial(lines, name) for name in TABLES if name in there}


_READERS: Mapping[str, Callable[[Path, str, ExitStack], Tables]] = {
    ".sqlite": _sqlite,
    ".duckdb": _duckdb,
    ".xlsx": _xlsx,
    "": _json_lines,
}

SUFFIXES = (".sqlite", ".duckdb", ".xlsx")
"""The endings of files that have all tables in one."""


def shaped(lines: Lines, names: list[str]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows with their numbers, from 1, if the columns are the right ones.

    Raises
    ------
    MalformedError
        If the columns differ, or there are too many rows.
    """
    head = [str(name) for name in islice(next(lines, ()), MAX_COLUMNS + 1)]
    if what := differing(head, names):
        raise MalformedError(what)
    for number, row in enumerate(lines, 1):
        if number > MAX_ROWS:
            raise MalformedError(f"has more than {MAX_ROWS} rows")
        yield number, row
