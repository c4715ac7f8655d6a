"""The rules that need more than one cell: each a function from tables to problems.

A rule is a generator that takes all tables and yields what breaks it; its name reads as
the sentence that holds, its docstring says what it protects. `where` of its problems is
table.row.field. The rules know nothing of files, so that the same ones run over what the
build compiles and over what a release tree holds. Not in here: the shape of a single row
(schema.py).
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from amcc_dataset import places
from amcc_dataset.derive import columns
from amcc_dataset.problems import Problem
from amcc_dataset.schema import TABLES

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
Rule = Callable[[Tables], Iterator[Problem]]

RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which they run."""


def rule(function: Rule) -> Rule:
    """Add a function to the rules."""
    RULES[function.__name__] = function
    return function


def run(tables: Tables) -> Iterator[Problem]:
    """Yield what breaks any rule."""
    for check in RULES.values():
        yield from check(tables)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


@rule
def keys_are_unique(tables: Tables) -> Iterator[Problem]:
    """The id and every further key of a table tell its rows apart."""
    for name, rows in tables.items():
        for key in (("id",), *TABLES[name].TABLE.unique):
            seen: dict[tuple[Any, ...], str] = {}
            for row in rows:
                value = tuple(row[field] for field in key)
                if value in seen:
                    shown = ", ".join(map(_text, value))
                    what = f"({', '.join(key)}) = ({shown}) stands in {seen[value]} as well"
                    where = f"{name}.{row['id']}.{key[-1]}"
                    yield Problem(where, what, "merge or correct the rows")
                seen[value] = row["id"]


@rule
def foreign_keys_point_at_rows(tables: Tables) -> Iterator[Problem]:
    """A reference names a row that exists."""
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    for name, rows in tables.items():
        for column in columns(TABLES[name]):
            if column.ref is None:
                continue
            for row in rows:
                value = row[column.name]
                if value is not None and value not in ids[column.ref]:
                    where = f"{name}.{row['id']}.{column.name}"
                    remedy = places.one_of(value, ids[column.ref])
                    yield Problem(where, f"{value!r} is no row of {column.ref}", remedy)


@rule
def edition_numbers_run_from_one(tables: Tables) -> Iterator[Problem]:
    """Editions are numbered 1, 2, 3 … without a gap."""
    numbered = sorted(tables["editions"], key=lambda row: row["number"])
    for expected, row in enumerate(numbered, 1):
        if row["number"] != expected:
            what = f"number is {row['number']} where {expected} comes next"
            yield Problem(
                f"editions.{row['id']}.number", what, "add the missing edition or renumber"
            )


@rule
def years_increase_with_numbers(tables: Tables) -> Iterator[Problem]:
    """A later edition met in a later year."""
    numbered = sorted(tables["editions"], key=lambda row: row["number"])
    for earlier, later in zip(numbered, numbered[1:], strict=False):
        if later["year"] <= earlier["year"]:
            what = f"year is {later['year']}, that of {earlier['id']} is {earlier['year']}"
            yield Problem(f"editions.{later['id']}.year", what, "correct one of the two")
