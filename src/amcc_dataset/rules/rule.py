"""What a rule is, and what several rules look at.

Not in here: any rule; those stand in the module of what they are about.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.findings import Problem
from amcc_dataset.model.vocabularies import Standing

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
Rule = Callable[[Tables], Iterator[Problem]]
Cell = tuple[str, str, str]
"""Table, row id and field."""

RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which they run."""


def rule(function: Rule) -> Rule:
    """Add a function to the rules."""
    RULES[function.__name__] = function
    return function


def is_member(actor: Mapping[str, Any], day: dt.date) -> bool:
    """Tell whether an actor was a member of ASEAN on a day, as far as the documents show.

    Examples
    --------
    >>> is_member({"asean_member_from": dt.date(2025, 10, 26)}, dt.date(2025, 10, 22))
    False
    """
    since = actor.get("asean_member_from") or actor.get("asean_member_attested")
    until = actor.get("asean_member_to")
    return since is not None and since <= day and (until is None or day <= until)


def problem(table: str, row_id: str, field: str, what: str, remedy: str) -> Problem:
    """Return a problem of a cell."""
    return Problem(f"{table}.{row_id}.{field}", what, remedy)


def by_id(rows: Rows) -> dict[str, dict[str, Any]]:
    """Return rows by their ids."""
    return {row["id"]: row for row in rows}


def joined(
    tables: Tables, table: str, field: str
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield every row of a table with the row that its field points at, where there is one."""
    other = columns_of(table)[field].ref
    assert other is not None
    target = by_id(tables[other])
    for row in tables[table]:
        if row[field] in target:
            yield row, target[row[field]]


def grouped(rows: Rows, field: str) -> Iterable[Rows]:
    """Return the rows in groups that have the same value in a field."""
    groups: dict[str, Rows] = defaultdict(list)
    for row in rows:
        groups[row[field]].append(row)
    return groups.values()


def upwards(actors: Mapping[str, Mapping[str, Any]], actor_id: str | None) -> list[str]:
    """Return an actor and, going up, all that it belongs to.

    Examples
    --------
    >>> upwards({"csa": {"parent_id": "sg"}, "sg": {"parent_id": None}}, "csa")
    ['csa', 'sg']
    """
    found: list[str] = []
    while actor_id is not None and actor_id in actors and actor_id not in found:
        found.append(actor_id)
        actor_id = actors[actor_id]["parent_id"]
    return found


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


cell_of: Callable[[Mapping[str, Any]], Cell] = itemgetter("table", "row_id", "field")
"""Return the cell that a claim speaks of."""

STANDS = frozenset({Standing.AGREED, Standing.PREFERRED})
"""The standings of a claim that its cell rests on."""
