"""The rules on keys and references, in every table."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from amcc_dataset.model.cells import to_text
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.tables import TABLES
from amcc_dataset.rules.rule import Breaches, row_rule, rule


@rule
def keys_are_unique(data: Dataset) -> Breaches:
    """The id and every further key of a table tell its rows apart."""
    for name, rows in data.items():
        table = TABLES[name].TABLE
        for key in (("id",), *table.unique, *table.unique_if_filled):
            seen: dict[tuple[Any, ...], str] = {}
            for row in rows:
                value = tuple([row[field] for field in key])
                if key in table.unique_if_filled and None in value:
                    continue
                if value in seen:
                    shown = ", ".join(to_text(part) or "null" for part in value)
                    what = f"({', '.join(key)}) = ({shown}) is in {seen[value]} as well"
                    yield name, row["id"], key[-1], what, "merge or correct the rows"
                seen[value] = row["id"]


@row_rule
def one_column_of_a_group_is_filled(data: Dataset) -> Breaches:
    """Of columns that exclude each other, such as the two ends of a reference, one is filled."""
    for name, rows in data.items():
        for group in TABLES[name].TABLE.exactly_one:
            for row in rows:
                filled = [field for field in group if row[field] is not None]
                if len(filled) != 1:
                    what = f"{' and '.join(filled) or 'none'} of {', '.join(group)} is filled"
                    remedy = "fill exactly one of them"
                    yield name, row["id"], (filled or group)[-1], what, remedy


@rule
def foreign_keys_point_at_rows(data: Dataset) -> Breaches:
    """A reference names a row that exists."""
    remedy = cache(lambda value, table: one_of(value, data.ids(table)))
    for name, rows in data.items():
        for column in columns_of(name).values():
            if column.ref is None:
                continue
            for row in rows:
                value = row[column.name]
                if value is not None and not data.row(column.ref, value):
                    what = f"{value!r} is no row of {column.ref}"
                    yield name, row["id"], column.name, what, remedy(value, column.ref)


def circles(target: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Yield each circle of references once, from the first of its members on.

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
    """Whoever follows parents, successors, originals or earlier outcomes comes to an end."""
    for name in data:
        for column in columns_of(name).values():
            if column.ref == name:
                rows = data.by_id(name)
                for circle in circles({row_id: row[column.name] for row_id, row in rows.items()}):
                    what = "runs in a circle: " + " > ".join([*circle, circle[0]])
                    yield name, circle[0], column.name, what, "cut the circle"


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
    """An amount has a currency, a date its precision, an ISO code its twin, a winner its value."""
    for table, *pair in PAIRS:
        for row in data[table]:
            empty = [field for field in pair if row[field] is None]
            if len(empty) == 1:
                (filled,) = set(pair) - set(empty)
                what = f"is null where {filled} is {to_text(row[filled])}"
                yield table, row["id"], empty[0], what, "fill both or none"
