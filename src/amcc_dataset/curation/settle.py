"""The docket: how disputes between claims are settled, never silently.

`settle` looks at each cell: all claims agree, or an entry of data/raw/decisions.toml says
which claim stands and why, or it is a problem that shows every claim with its source. An
entry can also let nothing stand, for a cell or for a whole row, which then stays out of
its table while its claims stay in provenance. An entry whose dispute has vanished is a
problem too. The tier of a source settles nothing by itself. Not in here: reading claims
(claims.py), tables (build.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from amcc_dataset.curation.decisions import Decision
from amcc_dataset.curation.statements import CLAIMED, Claim
from amcc_dataset.model import vocabularies
from amcc_dataset.model.cells import Value, to_text
from amcc_dataset.model.dataset import Cell
from amcc_dataset.model.findings import Problem

_SHOWN = 50
"""Most claims that the message of a dispute shows."""


@dataclass(slots=True)
class Settled:
    """What stands in each row of each table, what became of each claim, and the docket.

    `unsettled` names the cells on which a problem was found, so that none is told twice.
    """

    rows: dict[str, dict[str, dict[str, Value]]] = field(
        default_factory=lambda: {table: {} for table in CLAIMED}
    )
    standings: list[tuple[Claim, vocabularies.Standing]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    unsettled: set[Cell] = field(default_factory=set)


def settle(
    claims: Iterable[Claim], decisions: Iterable[Decision], problems: list[Problem]
) -> Settled:
    """Settle every cell that a claim speaks of, in an order that no file order changes."""
    by_cell: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    said: dict[str, Claim] = {}
    for claim in claims:
        twin = said.setdefault(claim.id, claim)
        if twin is not claim:
            what = (
                f"{'.'.join(claim.cell)} = {to_text(claim.value)} is stated twice at this locator"
            )
            problems.append(Problem(str(claim.place), what, "delete one of the two"))
            continue
        by_cell[claim.cell].append(claim)
    open_decisions = _index(decisions, problems)
    rows = {cell[:2] for cell in by_cell}
    rejected = {cell[:2] for cell in open_decisions if cell[2] is None and cell[:2] in rows}
    settled = Settled()
    used: dict[tuple[str, str, str | None], Value | None] = {}
    for cell in sorted(by_cell):
        table, row_id, name = cell
        if (table, row_id) in rejected:
            used[table, row_id, None] = None
            standing = dict.fromkeys(by_cell[cell], vocabularies.Standing.OVERRULED)
            value = None
        else:
            decision = open_decisions.get(cell)
            before = len(problems)
            value, standing = _settle_cell(by_cell[cell], decision, problems)
            if decision is not None and vocabularies.Standing.OVERRULED in standing.values():
                used[cell] = value
            if len(problems) > before:
                settled.unsettled.add(cell)
            settled.rows[table].setdefault(row_id, {})
        if value is not None:
            settled.rows[table][row_id][name] = value
        settled.standings.extend(standing.items())
    told = {problem.where for problem in problems}
    for key, decision in open_decisions.items():
        if key in used:
            settled.decisions.append(decision.row(used[key]))
        elif str(decision.place.at("prefer")) not in told:
            what = f"{decision.cell} is not disputed"
            remedy = "delete the decision, or correct the cell"
            problems.append(Problem(str(decision.place.at("cell")), what, remedy))
    return settled


def _index(
    decisions: Iterable[Decision], problems: list[Problem]
) -> dict[tuple[str, str, str | None], Decision]:
    indexed: dict[tuple[str, str, str | None], Decision] = {}
    for decision in decisions:
        key = decision.table, decision.row_id, decision.field
        if indexed.setdefault(key, decision) is not decision:
            what = f"{decision.cell} is decided twice"
            problems.append(Problem(str(decision.place.at("cell")), what, "delete one of the two"))
    return indexed


def _settle_cell(
    claims: list[Claim], decision: Decision | None, problems: list[Problem]
) -> tuple[Value | None, dict[Claim, vocabularies.Standing]]:
    values = {claim.value for claim in claims}
    if decision is not None and decision.prefer is None:
        return None, dict.fromkeys(claims, vocabularies.Standing.OVERRULED)
    if len(values) == 1:
        return values.pop(), dict.fromkeys(claims, vocabularies.Standing.AGREED)
    if decision is None:
        problems.append(_dispute(claims))
        return None, dict.fromkeys(claims, vocabularies.Standing.OVERRULED)
    preferred = {claim.value for claim in claims if claim.source_id == decision.prefer}
    if decision.value is not None:
        preferred &= {decision.value}
    if len(preferred) != 1:
        said = ", ".join(
            sorted({f"{claim.source_id} ({to_text(claim.value)})" for claim in claims})
        )
        what = f"prefer = {decision.prefer!r} makes {len(preferred)} such claims on {decision.cell}"
        remedy = f"prefer one of: {said}; add value = … where a source says two things"
        problems.append(Problem(str(decision.place.at("prefer")), what, remedy))
        return None, dict.fromkeys(claims, vocabularies.Standing.OVERRULED)
    value = preferred.pop()
    return value, {
        claim: vocabularies.Standing.PREFERRED
        if claim.value == value
        else vocabularies.Standing.OVERRULED
        for claim in claims
    }


def _dispute(claims: list[Claim]) -> Problem:
    said: Mapping[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (to_text(claim.value), claim.source_id))[:_SHOWN]:
        said[to_text(claim.value)].append(claim)
    sides = "; ".join(
        f"{value!r} by " + ", ".join(f"{claim.source_id} ({claim.place})" for claim in side)
        for value, side in said.items()
    ) + (f"; and {len(claims) - _SHOWN} more claims" if len(claims) > _SHOWN else "")
    cell = ".".join(claims[0].cell)
    remedy = (
        "correct the claim that misreads its passage, or add a [[decision]] with "
        f'cell = "{cell}", prefer, reason, note and decided_on to data/raw/decisions.toml'
    )
    return Problem(str(claims[0].place), f"{cell} is disputed: {sides}", remedy)
