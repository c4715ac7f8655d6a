"""The rules that need more than one cell.

A rule is a generator that takes all tables and yields what breaks it. Its name is the condition
as a sentence; its docstring says what it protects. Rules do not read files, so the same rules
check the tables of the build and those of a release. The rows have to fit the schema, but may
refer to rows that are missing. There is one module per subject; the rules run in the order of
the imports below. Not here: the shape of a single row (model/tables.py).
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

    If a key is broken, or rows are missing or do not fit the schema, most rules would only
    repeat that. Then only the rules that judge each row by itself run, on the rows that are
    right.

    Parameters
    ----------
    data
        All tables.
    unfit
        None if nothing is wrong so far; otherwise table and id of the rows known to be wrong.
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
