"""What a derived cell has to be that is missing from a user's own rows.

A user need not compute what the build derives from other cells: the remedy has the value. Not
here: how it is derived (derived.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from amcc_dataset.model.cells import Value, to_text
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules.derived import values
from amcc_dataset.rules.own import Own, UnfitError
from amcc_dataset.rules.verdict import RowFinding

MISSING = ("columns", "required")
"""The rules that find a missing column or cell."""

_SHOWN = 3
"""The number of rows whose values are shown for a missing column."""


def completed(
    findings: Iterable[RowFinding], own: Mapping[str, Own], data: Dataset
) -> Iterator[RowFinding]:
    """Yield the findings, with the right values in the remedies for missing derived cells."""
    known: dict[tuple[str, str], dict[str, Value | None]] = defaultdict(dict)
    with suppress(UnfitError):  # A cell from which others are derived is missing itself.
        for table, row_id, field, value in values(data):
            known[table, field][row_id] = value
    for finding in findings:
        at = finding.location
        wanted = known.get((str(at.table), str(at.field)), {})
        if finding.rule not in MISSING or not wanted:
            yield finding
        elif at.row_id in wanted:
            yield replace(finding, remedy=f"write {_shown(wanted[at.row_id])}")
        else:
            yield replace(finding, remedy=_column(own[str(at.table)].index, wanted))


def _column(positions: Mapping[str, int], wanted: Mapping[str, Value | None]) -> str:
    """Return how to add a column: the values of the first rows."""
    rows = sorted((n, wanted[row_id]) for row_id, n in positions.items() if row_id in wanted)
    first = ", ".join(f"{_shown(value)} in row {n}" for n, value in rows[:_SHOWN])
    return f"add it: {first}{' and so on' if len(rows) > _SHOWN else ''}"


def _shown(value: Value | None) -> str:
    return to_text(value) or "null"
