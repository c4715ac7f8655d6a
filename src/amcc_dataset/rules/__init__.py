"""The rules that need more than one cell: each a function from a dataset to what breaks it.

A rule is a generator that takes all tables and yields what breaks it; its name reads as
the sentence that holds, its docstring says what it protects. The rules know nothing of files,
so that the same ones run over what the build compiles and over what a release tree holds.
They take rows that fit the schema, and references to rows that are missing. There is a module
for each thing that they are about, and they run in the order in which these are imported
here. Not here: the shape of a single row (model/tables.py).
"""

from collections.abc import Collection, Iterator

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
    texts,
    docket,
    registries,
    derived,
    order,
)
from amcc_dataset.model.dataset import Dataset, Rows, Tables
from amcc_dataset.model.findings import Finding
from amcc_dataset.rules.rule import ROW_RULES, RULES, Rule, is_member

__all__ = [
    "ROW_RULES", "RULES", "Rows", "Rule", "Tables", "claims", "derived", "docket", "documents",
    "editions", "initiatives", "is_member", "keys", "meetings", "order", "outcomes", "participants",
    "references", "registries", "run", "texts",
]  # fmt: skip

_KEYS = ("keys_are_unique", "foreign_keys_point_at_rows")


def run(data: Dataset, unfit: Collection[tuple[str, str]] | None = None) -> Iterator[Finding]:
    """Yield what breaks any rule.

    Where a key is broken, or rows are unfit or missing, most rules would only echo that: then
    those alone are asked that judge each row by itself, of the rows that are right.

    Parameters
    ----------
    data
        All tables.
    unfit
        None if nothing is wrong so far; else table and id of the rows that are known to be.
    """
    broken = set(unfit or ())
    for name in _KEYS:
        for finding in RULES[name](data):
            broken.add((str(finding.location.table), str(finding.location.row_id)))
            yield finding
    whole = unfit is None and not broken
    data = data.replaced(
        {
            table: [row for row in data[table] if (table, row["id"]) not in broken]
            for table in {table for table, _ in broken}
        }
    )
    for name, judge in RULES.items():
        if name not in _KEYS and (whole or name in ROW_RULES):
            yield from judge(data)
