"""The rules on keys and references, in every table."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any

from amcc_dataset.model.cells import to_text
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import Dataset, Rows
from amcc_dataset.model.suggest import CLOSE, near, one_of, similar
from amcc_dataset.model.tables import TABLES
from amcc_dataset.rules.rule import Breaches, row_rule, rule

_RUNNING = {("editions", "number"), ("outcomes", "ordinal")}
"""The columns that number rows without a gap, each the last of a key."""


@rule
def keys_are_unique(data: Dataset) -> Breaches:
    """The id and every other key of a table are unique."""
    for name, rows in data.items():
        table = TABLES[name].TABLE
        for key in (("id",), *table.unique, *table.unique_if_filled):
            seen: dict[tuple[Any, ...], str] = {}
            free = _Free(rows, key)
            for row in rows:
                value = tuple([row[field] for field in key])
                if key in table.unique_if_filled and None in value:
                    continue
                if value in seen:
                    what, remedy = _repeated(key, value, seen[value])
                    if (name, key[-1]) in _RUNNING:
                        remedy = f"write {free(value)}"
                    yield name, row["id"], key[-1], what, remedy
                seen[value] = row["id"]


def _repeated(key: Sequence[str], value: tuple[Any, ...], other: str) -> tuple[str, str]:
    """Return what is wrong with a row that has the key of another one, and the remedy."""
    delete = "delete one of the two rows"
    if key == ("id",):
        return f"id {other} appears twice", f"{delete}, or change one id"
    if len(key) == 1:
        return f"{key[0]} {to_text(value[0])} is also in {other}", f"{delete}, or change one value"
    names = f"{', '.join(key[:-1])} and {key[-1]}"
    return f"{other} has the same {names}", f"{delete}, or change one of these columns"


class _Free:
    """Finds numbers that no row has yet, among the rows that are numbered together."""

    def __init__(self, rows: Rows, key: Sequence[str]) -> None:
        self._rows, self._key = rows, key
        self._next: dict[tuple[Any, ...], Iterator[int]] = {}
        self._taken: dict[tuple[Any, ...], set[int]] = {}

    def __call__(self, value: tuple[Any, ...]) -> int:
        """Return the lowest such number instead of the last part of a key, each only once."""
        for row in () if self._taken else self._rows:
            *group, number = [row[field] for field in self._key]
            self._taken.setdefault(tuple(group), set()).add(number)
        numbers = self._next.setdefault(value[:-1], count(1))
        return next(number for number in numbers if number not in self._taken[value[:-1]])


@row_rule
def one_column_of_a_group_is_filled(data: Dataset) -> Breaches:
    """Exactly one of several columns that exclude each other is filled."""
    for name, rows in data.items():
        for group in TABLES[name].TABLE.exactly_one:
            for row in rows:
                filled = [field for field in group if row[field] is not None]
                if len(filled) != 1:
                    what = (
                        f"{' and '.join(filled)} are filled"
                        if filled
                        else f"{' and '.join(group)} are null"
                    )
                    remedy = f"fill exactly one of {', '.join(group)}"
                    yield name, row["id"], (filled or group)[-1], what, remedy


@rule
def foreign_keys_point_at_rows(data: Dataset) -> Breaches:
    """A reference names a row that exists."""
    remedy = _Remedies(data)
    for name, rows in data.items():
        for column in columns_of(name).values():
            if column.ref is None:
                continue
            there = data.by_id(column.ref)
            for row in rows:
                value = row[column.name]
                if value is not None and value not in there:
                    what = f"{value[:_LONGEST]!r} is not an id in {column.ref}"
                    yield name, row["id"], column.name, what, remedy(column.ref, value)


class _Remedies:
    """Finds the key that was meant: by the name of its row, otherwise among similar keys."""

    def __init__(self, data: Dataset) -> None:
        self._keys = cache(lambda table: sorted(data.by_id(table)))
        self._ids = data.by_id
        self._by_name = cache(lambda table: _names(data[table], "name", "short_name"))
        self._by_code = cache(lambda table: _names(data[table], "iso2", "iso3"))
        self._remedy = cache(self._find)

    def __call__(self, table: str, value: str) -> str:
        """Return what to write instead of a key that no row of a table has."""
        return self._remedy(table, value[:_LONGEST])

    def _find(self, table: str, value: str) -> str:
        names, keys, folded = self._by_name(table), self._keys(table), value.casefold()
        if value.strip() in self._ids(table):
            return "remove the spaces at its ends"
        for known in (names, self._by_code(table)):
            if folded in known:
                return f"write {known[folded][1]}"
        # Comparing more than these would take too long: look only at neighbours in the alphabet.
        at = bisect_left(keys, value) if len(keys) > _MANY else 0
        keys = keys[max(0, at - _MANY // 2) : at + _MANY]
        if (
            len(names) <= _FEW
            and not near(value, keys, CLOSE)
            and (match := similar(folded, names))
        ):
            name, key = names[match]
            return f"write {key}, if {name!r} is meant"
        return one_of(value, keys)


_MANY, _FEW, _LONGEST = 1000, 200, 80


def _names(rows: Rows, *fields: str) -> dict[str, tuple[str, str]]:
    """Return each name or code of only one row: in lower case, and as it is with the key."""
    found: dict[str, tuple[str, str]] = {}
    shared: set[str] = set()
    for row in rows:
        for field in fields:
            if field in row and row[field] is not None:
                name, key = row[field].casefold(), row["id"]
                if found.setdefault(name, (row[field], key))[1] != key:
                    shared.add(name)
    return {name: known for name, known in found.items() if name not in shared}


def circles(target: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Yield each circle of references once, starting with its first member.

    Examples
    --------
    >>> list(circles({"a": "b", "b": "c", "c": "b", "d": None}))
    [['b', 'c']]
    """
    done: set[str] = set()
    for start in target:
        path: dict[str, int] = {}
        node: str | None = start
        while node is not None and node not in done and node not in path:
            path[node] = len(path)
            node = target.get(node)
        if node in path:
            yield list(path)[path[node] :]
        done.update(path)


@rule
def references_within_a_table_run_in_no_circle(data: Dataset) -> Breaches:
    """Parents, successors, originals and earlier outcomes never lead back to the row itself."""
    for name in data:
        for column in columns_of(name).values():
            if column.ref == name:
                rows = data.by_id(name)
                leads = {row_id: row[column.name] for row_id, row in rows.items()}
                for circle in circles({start: end for start, end in leads.items() if end}):
                    what = f"{column.name} leads back to its own row: {' > '.join([*circle, circle[0]])}"
                    remedy = "correct one of these references"
                    if len(circle) == 1:
                        what, remedy = f"{column.name} refers to its own row", "leave it empty"
                    yield name, circle[0], column.name, what, remedy


PAIRS = (
    ("initiative_events", "amount", "currency"),
    ("sources", "published_on", "published_precision"),
    ("meetings", "date_start", "date_precision"),
    ("instruments", "issued_on", "issued_precision"),
    ("actors", "iso2", "iso3"),
    ("decisions", "preferred_source_id", "value"),
)


@row_rule
def cells_of_a_pair_are_filled_together(data: Dataset) -> Breaches:
    """An amount has a currency, a date a precision, an iso2 code an iso3 code, a preferred source a value."""
    for table, *pair in PAIRS:
        for row in data[table]:
            empty = [field for field in pair if row[field] is None]
            if len(empty) == 1:
                (filled,) = set(pair) - set(empty)
                what = f"{empty[0]} is null, but {filled} is {to_text(row[filled])}"
                yield table, row["id"], empty[0], what, "fill both or none"
