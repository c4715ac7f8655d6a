"""The rules on keys and references, in every table."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from amcc_dataset.model.cells import text
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.findings import Problem
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.tables import TABLES
from amcc_dataset.rules.rule import Tables, circles, problem, rule


@rule
def keys_are_unique(tables: Tables) -> Iterator[Problem]:
    """The id and every further key of a table tell its rows apart."""
    for name, rows in tables.items():
        table = TABLES[name].TABLE
        for key in (("id",), *table.unique, *table.unique_if_filled):
            seen: dict[tuple[Any, ...], str] = {}
            for row in rows:
                value = tuple([row[field] for field in key])
                if key in table.unique_if_filled and None in value:
                    continue
                if value in seen:
                    shown = ", ".join(text(part) or "null" for part in value)
                    what = f"({', '.join(key)}) = ({shown}) stands in {seen[value]} as well"
                    yield problem(name, row["id"], key[-1], what, "merge or correct the rows")
                seen[value] = row["id"]


@rule
def one_column_of_a_group_is_filled(tables: Tables) -> Iterator[Problem]:
    """Of columns that exclude each other, such as the two ends of a reference, one is filled."""
    for name, rows in tables.items():
        for group in TABLES[name].TABLE.exactly_one:
            for row in rows:
                filled = [field for field in group if row[field] is not None]
                if len(filled) != 1:
                    what = f"{' and '.join(filled) or 'none'} of {', '.join(group)} is filled"
                    remedy = "fill exactly one of them"
                    yield problem(name, row["id"], (filled or group)[-1], what, remedy)


@rule
def foreign_keys_point_at_rows(tables: Tables) -> Iterator[Problem]:
    """A reference names a row that exists."""
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    remedy = cache(lambda value, table: one_of(value, ids[table]))
    for name, rows in tables.items():
        for column in columns_of(name).values():
            if column.ref is None:
                continue
            for row in rows:
                value = row[column.name]
                if value is not None and value not in ids[column.ref]:
                    what = f"{value!r} is no row of {column.ref}"
                    yield problem(name, row["id"], column.name, what, remedy(value, column.ref))


@rule
def references_within_a_table_run_in_no_circle(tables: Tables) -> Iterator[Problem]:
    """Whoever follows parents, successors, originals or earlier outcomes comes to an end."""
    for name, rows in tables.items():
        for column in columns_of(name).values():
            if column.ref == name:
                for circle in circles({row["id"]: row[column.name] for row in rows}):
                    what = "runs in a circle: " + " > ".join([*circle, circle[0]])
                    yield problem(name, circle[0], column.name, what, "cut the circle")


PAIRS = (
    ("initiative_events", "amount", "currency"),
    ("sources", "published_on", "published_precision"),
    ("meetings", "date_start", "date_precision"),
    ("instruments", "issued_on", "issued_precision"),
    ("actors", "iso2", "iso3"),
    ("decisions", "preferred_source_id", "value"),
)


@rule
def cells_of_a_pair_are_filled_together(tables: Tables) -> Iterator[Problem]:
    """An amount has a currency, a date its precision, an ISO code its twin, a winner its value."""
    for table, *pair in PAIRS:
        for row in tables[table]:
            empty = [field for field in pair if row[field] is None]
            if len(empty) == 1:
                (filled,) = set(pair) - set(empty)
                what = f"is null where {filled} is {text(row[filled])}"
                yield problem(table, row["id"], empty[0], what, "fill both or none")
