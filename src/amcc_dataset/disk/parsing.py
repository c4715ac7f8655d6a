"""Parse JSON and CSV that anybody may have written: with limits, and without duplicate names.

The limits below keep every result small, so callers need no limits of their own. Not here:
reading the bytes (files.py, zips.py), and what they mean.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from amcc_dataset.disk.files import twin_of

MAX_DEPTH = 32
"""Most levels of nested lists and objects; our descriptor has nine."""

MAX_ROWS = 50_000
"""Most rows of a table; our largest has about 5,000."""

MAX_CELLS = 500_000
"""Most cells of a table; our largest has about 70,000."""

MAX_COLUMNS = 100
"""Most columns of a table; our widest has 14."""


class MalformedError(ValueError):
    """The reason why something is not the JSON, CSV or Parquet that it has to be.

    `remedy` is what to do if that is known here; empty otherwise.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.remedy = remedy


def parse_json(content: bytes) -> Any:
    """Return the value of a JSON text.

    Raises
    ------
    MalformedError
        If it is not JSON in UTF-8, has a key twice, is nested deeper than `MAX_DEPTH`, or
        contains NaN, Infinity or a number with thousands of digits.

    Examples
    --------
    >>> parse_json(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
    amcc_dataset.disk.parsing.MalformedError: has the key 'a' twice
    """
    try:
        value = json.loads(
            content.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number
        )
    except RecursionError:
        raise MalformedError(f"is nested deeper than {MAX_DEPTH} levels") from None
    except MalformedError:
        raise
    except ValueError as error:
        raise MalformedError(f"is not JSON: {error}"[:300]) from None
    level, depth = [value], 0
    while level := [node for node in level if isinstance(node, list | dict)]:
        depth += 1
        if depth > MAX_DEPTH:
            raise MalformedError(f"is nested deeper than {MAX_DEPTH} levels")
        level = [
            child for node in level for child in (node.values() if isinstance(node, dict) else node)
        ]
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise MalformedError(f"has the key {key[:60]!r} twice")
        made[key] = value
    return made


def _no_number(name: str) -> None:
    raise MalformedError(f"is not JSON: {name} is not a number in JSON")


def parse_csv(
    content: bytes, *, most_rows: int = MAX_ROWS, most_cells: int = MAX_CELLS
) -> Iterator[tuple[int, list[str]]]:
    r"""Yield the number of its last line, and its cells, for every row; the header first.

    Parameters
    ----------
    content
        The bytes of the file.
    most_rows, most_cells
        The most rows and cells that it may have.

    Raises
    ------
    MalformedError
        If it is not CSV in UTF-8, has two column names that are equal when case is ignored,
        has too many rows or cells, or has more columns than `MAX_COLUMNS`.

    Examples
    --------
    >>> list(parse_csv(b"id,name\n1,A\n"))
    [(1, ['id', 'name']), (2, ['1', 'A'])]
    """
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        cells = ended = 0
        for number, row in enumerate(reader):
            cells += len(row)
            if len(row) > MAX_COLUMNS:
                raise MalformedError(f"has more than {MAX_COLUMNS} columns")
            if number > most_rows or cells > most_cells:
                raise MalformedError(f"has more than {most_rows} rows or {most_cells} cells")
            if number == 0 and (twin := twin_of(row)):
                what = f"has the column name {twin[:60]!r} twice, ignoring case"
                raise MalformedError(what, "rename one of the two")
            ended = reader.line_num
            yield ended, row
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedError(f"line {line} has a character that is not UTF-8") from None
    except csv.Error as error:
        raise _unquoted(str(error), ended + 1) from None


def _unquoted(error: str, line: int) -> MalformedError:
    """Return the error for a row that the reader of Python refuses, in the words of a user."""
    if error == "unexpected end of data":
        what = f"has a quotation mark in line {line} or below that is not closed"
        return MalformedError(what, "close it")
    if "expected after" in error:
        what = f"has a quotation mark inside a cell that begins in line {line} or below"
        return MalformedError(what, "write quotation marks in a quoted cell twice")
    if error.startswith("field larger"):
        what = f"has a cell that begins in line {line} or below and is too long"
        return MalformedError(what, "close its quotation mark, or shorten it")
    return MalformedError(f"is not CSV: line {line}: {error}")


def differing(names: Sequence[str], expected: Sequence[str]) -> str | None:
    """Return how the columns of a file differ from the expected ones, or None.

    Examples
    --------
    >>> differing(["id", "title"], ["id", "name"])
    "the columns differ: unknown ['title'], missing ['name']"
    >>> differing(["name", "id"], ["id", "name"])
    'the columns are in another order'
    """
    if list(names) == list(expected):
        return None
    unknown = [name[:60] for name in names if name not in expected]
    lacking = [name for name in expected if name not in names]
    if unknown or lacking:
        return f"the columns differ: unknown {unknown[:5]}, missing {lacking[:5]}"
    if len(names) > len(expected):
        return f"a column appears twice: {[name for name in names if names.count(name) > 1][:5]}"
    return "the columns are in another order"
