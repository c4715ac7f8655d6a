"""How disputes between statements are settled, and never silently.

For each cell, either all statements agree, or an entry of data/raw/decisions.toml says which
one is accepted and why, or `settle` reports a finding that shows every side with its sources.
An entry can also reject all statements on a cell or on a whole row; such a row is not in its
table, but its statements stay in provenance. The tier of a source alone settles nothing. Not
here: reading statements and decisions (documents.py, decisions.py), and whether a decision is
still needed (rules/docket.py).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from amcc_dataset.curation.decisions import DOCKET, Decision, lines_to_paste, twice_decided
from amcc_dataset.curation.statements import CLAIMED, COLUMNS, Statement
from amcc_dataset.model.cells import Value, to_text
from amcc_dataset.model.dataset import Cell
from amcc_dataset.model.findings import Checked, Finding
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.vocabularies import Standing

_ONCE = (("outcomes", "title"), ("outcomes", "summary"))
"""Our own wordings, which only one document has (CONTRIBUTING.md)."""

_SHOWN = 10
"""Most documents that are shown on one side of a dispute."""


@dataclass(slots=True)
class Settled:
    """The accepted values by table and row, the standing of each statement, and the docket.

    `unsettled` contains the cells with a finding, so that none is reported twice. `stale` has
    the findings on decisions that nothing needs, which any other fault may have caused.
    """

    rows: dict[str, dict[str, dict[str, Value]]] = field(
        default_factory=lambda: {table: {} for table in CLAIMED}
    )
    standings: list[tuple[Statement, Standing]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    unsettled: set[Cell] = field(default_factory=set)
    stale: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The accepted value of a cell, the standing of each statement, and the finding, if any."""

    value: Value | None
    standings: Mapping[Statement, Standing]
    fault: Finding | None = None


def settle(statements: Iterable[Statement], decisions: list[Decision]) -> Checked[Settled]:
    """Settle every cell on which there is a statement, whatever the order of files."""
    by_cell = yield from _by_cell(statements)
    docket = yield from twice_decided(decisions)
    settled = Settled()
    for cell in sorted(by_cell):
        table, row_id, name = cell
        rejected = docket.get((table, row_id, None))
        verdict = _judge(by_cell[cell], rejected or docket.get(cell))
        if verdict.fault is not None:
            yield verdict.fault
            settled.unsettled.add(cell)
        if rejected is None:
            row = settled.rows[table].setdefault(row_id, {})
            if verdict.value is not None:
                row[name] = verdict.value
        settled.standings.extend(verdict.standings.items())
    spoken = by_cell.keys() | {(table, row_id, None) for table, row_id, _ in by_cell}
    for key, decision in docket.items():
        table, row_id, name = key
        rejected = docket.get((table, row_id, None))
        if name is not None and rejected is not None:
            what = f"{table}.{row_id} is rejected by another decision ({rejected.place})"
            yield decision.place.at("cell").finding("decided_once", what, "delete one of the two")
        elif key not in spoken:
            what = f"no document has a claim on {decision.cell}"
            remedy = (
                "correct the cell; delete the decision only if its claims were removed on purpose"
            )
            at = decision.place.at("cell")
            settled.stale.append(at.finding("decisions_are_on_stated_cells", what, remedy))
        elif key not in settled.unsettled:
            standing = settled.rows[table].get(row_id, {}).get(name or "")
            settled.decisions.append(decision.row(standing))
    return settled


def astray(
    statements: Iterable[Statement],
    listed: Mapping[str, Collection[str]],
    decisions: Iterable[Decision],
) -> Iterator[Statement]:
    """Yield the statements with a wrong id on cells for which others have the id of a row.

    These cells are not disputed: a decision could not make the id right.

    Parameters
    ----------
    statements
        What the documents say.
    listed
        The ids of the rows of tables that are not made of statements.
    decisions
        The decisions; a statement that one of them overrules is left to a rule.
    """
    references: dict[Cell, list[Statement]] = defaultdict(list)
    ids: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        ids[statement.table].add(statement.row_id)
        if COLUMNS[statement.table][statement.field].ref is not None:
            references[statement.cell].append(statement)
    decided = {decision.key for decision in decisions}
    for cell, said in references.items():
        table = str(COLUMNS[cell[0]][cell[2]].ref)
        wrong = [each for each in said if each.value not in listed.get(table, ids[table])]
        if len(wrong) < len(said) and decided.isdisjoint({cell, (*cell[:2], None)}):
            yield from wrong


def _by_cell(statements: Iterable[Statement]) -> Checked[Mapping[Cell, list[Statement]]]:
    by_cell: dict[Cell, list[Statement]] = defaultdict(list)
    said: dict[str, Statement] = {}
    for statement in statements:
        if said.setdefault(statement.id, statement) is statement:
            by_cell[statement.cell].append(statement)
        else:
            cell = ".".join(statement.cell)
            what = f"there are two claims {cell} = {to_text(statement.value)} at this locator"
            yield statement.place.finding("stated_once", what, "delete one of the two")
    return by_cell


def _judge(statements: list[Statement], decision: Decision | None) -> Verdict:
    """Settle one cell; a decision that prefers no source rejects all statements."""
    overruled = dict.fromkeys(statements, Standing.OVERRULED)
    values = {statement.value for statement in statements}
    if decision is not None and decision.prefer is None:
        return Verdict(None, overruled)
    if len(values) == 1:
        return Verdict(values.pop(), dict.fromkeys(statements, Standing.AGREED))
    if decision is None:
        return Verdict(None, overruled, _dispute(statements))
    preferred = {each.value for each in statements if each.source_id == decision.prefer}
    if decision.value is not None:
        preferred &= {decision.value}
    if len(preferred) != 1:
        return Verdict(None, overruled, _undecided(statements, decision, len(preferred)))
    (value,) = preferred
    kept = {each: Standing.PREFERRED for each in statements if each.value == value}
    return Verdict(value, overruled | kept)


def _sides(statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    """Return each value and its statements, the minority first."""
    sides: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda each: each.source_id):
        sides[to_text(statement.value)].append(statement)
    return sorted(sides.items(), key=lambda side: (len({s.source_id for s in side[1]}), side[0]))


def _lines(sides: Iterable[tuple[str, list[Statement]]]) -> Iterable[str]:
    for value, side in sides:
        for statement in side[:_SHOWN]:
            yield f"{value!r} by {statement.source_id} ({statement.place})"
        if len(side) > _SHOWN:
            yield f"{value!r} by {len(side) - _SHOWN} more"


def _dispute(statements: list[Statement]) -> Finding:
    """Return the finding of a dispute: one line per statement, then the lines of a decision."""
    sides = _sides(statements)
    table, _, name = statements[0].cell
    cell = ".".join(statements[0].cell)
    what = f"{cell} is disputed: {len(sides)} values"
    remedy = f"correct the claim that is wrong, or add a decision to {DOCKET}:"
    if (table, name) in _ONCE:
        remedy = f"delete {name} in all documents except one, or add a decision to {DOCKET}:"
    sources = dict.fromkeys(each.source_id for _, side in sides for each in side)
    values = {each.value for each in statements if each.value is not None}
    several = len({(each.source_id, each.value) for each in statements}) > len(sources)
    chosen = sorted(values, key=to_text) if several else []
    lines = (*_lines(sides), "", *lines_to_paste(cell, sources, chosen))
    at = sides[0][1][0].place.location
    return Finding("statements_agree_or_are_decided", at, what, remedy, lines)


def _undecided(statements: list[Statement], decision: Decision, count: int) -> Finding:
    sources = sorted({each.source_id for each in statements})
    what = f"{decision.prefer} has no claim on {decision.cell}"
    remedy = f"for prefer, {one_of(str(decision.prefer), sources)}"
    if count > 1:
        what = f"{decision.prefer} has {count} values of {decision.cell}"
        remedy = "add value = … with the value that is accepted"
    elif decision.value is not None and decision.prefer in sources:
        what = f"{decision.prefer} does not say {to_text(decision.value)!r} of {decision.cell}"
        remedy = "correct value, or prefer another document"
    at = decision.place.at("prefer").location
    lines = tuple(_lines(_sides(statements)))
    return Finding("a_decision_lets_one_claim_or_none_stand", at, what, remedy, lines)
