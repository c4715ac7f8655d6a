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
        elif mine := _rows(finding, own, wanted):
            first = ", ".join(f"{_shown(wanted[row_id])} in {row_id}" for row_id in mine[:_SHOWN])
            more = " and so on" if len(mine) > _SHOWN else ""
            verb = "add it" if finding.rule == "columns" else "write"
            yield replace(finding, remedy=f"{verb}: {first}{more}")
        else:
            yield finding


def _rows(
    finding: RowFinding, own: Mapping[str, Own], wanted: Mapping[str, Value | None]
) -> list[str]:
    """Return the ids of the rows whose values complete a column, in their order."""
    if finding.location.row_id is not None:
        return []
    positions = own[str(finding.location.table)].index
    return sorted(positions.keys() & wanted.keys(), key=positions.__getitem__)


def _shown(value: Value | None) -> str:
    return to_text(value) or "null"
