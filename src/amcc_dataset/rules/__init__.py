"""The rules that need more than one cell: each a function from tables to problems.

A rule is a generator that takes all tables and yields what breaks it; its name reads as
the sentence that holds, its docstring says what it protects. `where` of its problems is
table.row.field. The rules know nothing of files, so that the same ones run over what the
build compiles and over what a release tree holds. They take rows that fit the schema, but
bear references to rows that are missing. They stand in a module for each thing that they
are about, and run in the order in which these are imported here. Not in here: the shape of
a single row (schema.py), and the order of the rows.
"""

from collections.abc import Iterator

from amcc_dataset.rules import (  # isort: skip
    keys,
    editions,
    participants,
    outcomes,
    initiatives,
    meetings,
    references,
    documents,
    claims,
    docket,
    registries,
    derived,
)
from amcc_dataset.model.findings import Problem
from amcc_dataset.rules.rule import RULES, Cell, Rows, Rule, Tables, is_member

__all__ = [
    "RULES", "Cell", "Rows", "Rule", "Tables", "claims", "derived", "docket", "documents",
    "editions", "initiatives", "is_member", "keys", "meetings", "outcomes", "participants",
    "references", "registries", "run", "run_keys",
]  # fmt: skip

_KEYS = (keys.keys_are_unique, keys.foreign_keys_point_at_rows)


def run(tables: Tables) -> Iterator[Problem]:
    """Yield what breaks any rule; broken keys alone, since other rules would only echo them."""
    broken = list(run_keys(tables))
    yield from broken
    if not broken:
        for check in RULES.values():
            if check not in _KEYS:
                yield from check(tables)


def run_keys(tables: Tables) -> Iterator[Problem]:
    """Yield repeated keys and references that lead nowhere."""
    for check in _KEYS:
        yield from check(tables)
