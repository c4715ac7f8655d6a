"""The docket as curators write it: data/raw/decisions.toml.

Not here: how a decision settles a dispute (settle.py).
"""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from amcc_dataset.curation.statements import CLAIMED, COLUMNS, parse, read_cells, shown, split_cell
from amcc_dataset.curation.toml_files import Place, TomlFile
from amcc_dataset.model import vocabularies
from amcc_dataset.model.cells import Value, to_text
from amcc_dataset.model.columns import claimable
from amcc_dataset.model.dataset import docket_id
from amcc_dataset.model.findings import Checked
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.tables import TABLES

DOCKET = "data/raw/decisions.toml"

_KEYS = ("cell", "prefer", "value", "stands", "against", "reason", "note", "decided_on")
_NEEDED = ("cell", "reason", "note", "decided_on")
_COMMON = ("reason", "note", "decided_on")
_NAMED = 4
"""The most documents that are named in the lines to paste."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the docket; without `field` it rejects a whole row."""

    table: str
    row_id: str
    field: str | None
    prefer: str | None
    value: Value | None
    against: str | None
    reason: vocabularies.Reason
    note: str
    decided_on: dt.date
    place: Place

    @property
    def key(self) -> tuple[str, str, str | None]:
        """Table, row id and field."""
        return self.table, self.row_id, self.field

    @property
    def cell(self) -> str:
        """The cell or row as it is written in the docket."""
        return ".".join(filter(None, self.key))

    @property
    def id(self) -> str:
        """The id of its row in the table of decisions."""
        return docket_id(*self.key)

    def row(self, value: Value | None) -> dict[str, Any]:
        """Return the row of the decisions table; `value` is the accepted value."""
        return {
            "id": self.id,
            "table": self.table,
            "row_id": self.row_id,
            "field": self.field,
            "value": to_text(value) or None,
            "preferred_source_id": self.prefer,
            "against_source_id": self.against,
            "reason": self.reason,
            "note": self.note,
            "decided_on": self.decided_on,
        }


def read_docket(file: TomlFile) -> Checked[list[Decision]]:
    """Return the decisions of data/raw/decisions.toml."""
    decisions: list[Decision] = []
    for key in file.content.keys() - {"decision"}:
        remedy = "write [[decision]]"
        yield file.place.at(key).finding("known_keys", f"unknown key {key!r}", remedy)
    entries = file.content.get("decision", [])
    place = file.place.at("decision")
    if not isinstance(entries, list):
        yield place.finding("right_shape", "is not a list", "write [[decision]]")
        return decisions
    for index, entry in enumerate(entries):
        decision = yield from _read_decision(entry, place.at(index))
        if decision is not None:
            decisions.append(decision)
    return decisions


def _read_decision(raw: object, place: Place) -> Checked[Decision | None]:
    if not isinstance(raw, dict):
        yield place.finding("right_shape", "is not a table", "write [[decision]]")
        return None
    given = {key: raw[key] for key in _COMMON if key in raw}
    common = yield from read_cells("decisions", given, _COMMON, place)
    faults = [*_faults(raw, place)]
    yield from faults
    if faults or common.keys() != set(_COMMON):
        return None
    table, row_id, name = _cell(raw)
    value = None
    if "value" in raw:
        try:
            value = parse(table, name, raw["value"])
        except ValueError as error:
            what = f"value is {shown(raw['value'])}"
            yield place.at("value").finding("value_fits_column", what, str(error))
            return None
    return Decision(
        table=table,
        row_id=row_id,
        field=name or None,
        prefer=raw.get("prefer"),
        value=value,
        against=raw.get("against"),
        reason=vocabularies.Reason(str(common["reason"])),
        note=str(common["note"]),
        decided_on=raw["decided_on"],
        place=place,
    )


def _cell(raw: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return table, row id and field of the cell that an entry names; missing parts are empty."""
    cell = raw.get("cell")
    return split_cell(cell if isinstance(cell, str) else "")


def _faults(raw: Mapping[str, Any], place: Place) -> Checked[None]:
    """Yield what is wrong with the keys of an entry, except the values that `read_cells` checks."""
    for key in raw.keys() - set(_KEYS):
        what = f"unknown key {key!r}"
        yield place.at(key).finding("known_keys", what, one_of(key, _KEYS))
    for key in _NEEDED:
        if key not in raw:
            yield place.finding("required_keys", f"the decision has no {key}", f"add {key} = …")
    for key in ("prefer", "against"):
        if key in raw and not (isinstance(raw[key], str) and raw[key]):
            remedy = "write the id of a document in quotation marks"
            what = f"{key} is {shown(raw[key])}"
            yield place.at(key).finding("value_fits_column", what, remedy)
    yield from _verdict_faults(raw, place)


def _verdict_faults(raw: Mapping[str, Any], place: Place) -> Checked[None]:
    """Yield what is wrong with the cell of an entry, and with the claim that it accepts."""
    rule = "a_decision_lets_one_claim_or_none_stand"
    if ("prefer" in raw) == ("stands" in raw):
        has = "prefer and stands" if "prefer" in raw else "neither prefer nor stands"
        what = f"the decision has {has}"
        remedy = 'write either prefer = "<source id>", or stands = "none" to reject every claim'
        yield place.finding(rule, what, remedy)
    elif raw.get("stands", "none") != "none":
        what = f"stands is {shown(raw['stands'])}"
        yield place.at("stands").finding(rule, what, 'write stands = "none"')
    table, row_id, field = _cell(raw)
    cut = str(raw.get("cell", "")).endswith(".")
    if table not in CLAIMED or not row_id or cut or (field and field not in claimable()[table]):
        if "cell" in raw:
            what = f"cell is {shown(raw['cell'])}"
            remedy = _right_cell(table, row_id, field)
            yield place.at("cell").finding("known_cells", what, remedy)
    elif not field and "prefer" in raw:
        what = f"cell is {shown(raw['cell'])}, a row, but prefer accepts the claim on one cell"
        yield place.at("cell").finding(rule, what, "write table.row.field")
    elif "stands" in raw and "value" in raw:
        what = "the decision accepts no claim, but has a value"
        yield place.at("value").finding(
            rule, what, "delete value, or write prefer instead of stands"
        )
    elif not field and "value" in raw:
        what = f"cell is {shown(raw['cell'])}, a row, but value is of one cell"
        yield place.at("value").finding(rule, what, "delete value, or write table.row.field")


def _right_cell(table: str, row_id: str, field: str) -> str:
    """Return what to write instead of a cell on which there can be no claim."""
    if table in TABLES and table not in CLAIMED:
        return f"delete the decision: no document makes claims on {table}"
    if table not in CLAIMED or not row_id or not field:
        return f"write table.row.field, or table.row; for table, {one_of(table, CLAIMED)}"
    column = COLUMNS[table].get(field)
    if column is not None and column.origin is not None:
        return f"write {', '.join(column.origin.fields)}: {field} is computed from it"
    return f"for {field!r}, {one_of(field, claimable()[table])}"


def twice_decided(decisions: list[Decision]) -> Checked[dict[Any, Decision]]:
    """Return the decisions by cell or row; of two on the same one, the first."""
    by_key: dict[Any, Decision] = {}
    for decision in decisions:
        if by_key.setdefault(decision.key, decision) is not decision:
            what = f"there are two decisions on {decision.cell}"
            place = decision.place.at("cell")
            yield place.finding("decided_once", what, "delete one of the two")
    return by_key


def lines_to_paste(
    cell: str, sources: Collection[str], values: Collection[Value] = ()
) -> tuple[str, ...]:
    """Return the lines of a decision that a curator has to complete.

    Parameters
    ----------
    cell
        The disputed cell.
    sources
        The documents that have claims on it.
    values
        The values, if a document has several.
    """
    named = f"one of: {', '.join(list(sources)[:_NAMED])}{' …' if len(sources) > _NAMED else ''}"
    chosen = [f"value = {toml(value)}" for value in values]
    if chosen:
        chosen[0] += "     # keep one of these lines"
    codes = ", ".join(list(vocabularies.Reason)[:3])
    return (
        "[[decision]]",
        f'cell = "{cell}"',
        f'prefer = ""          # {named}',
        *chosen,
        f'reason = ""          # {codes} …',
        'note = ""            # for a reader who knows neither document',
        f"decided_on = {dt.date.today()}",
    )


def toml(value: Value) -> str:
    """Return a value as it is written in TOML; a text has the same escapes as in JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else to_text(value)
