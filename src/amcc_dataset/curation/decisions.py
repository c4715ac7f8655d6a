"""The docket as people write it: data/raw/decisions.toml.

Not in here: what a decision settles (settle.py).
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amcc_dataset.curation import toml_files
from amcc_dataset.curation.statements import CLAIMED, parse, parse_table
from amcc_dataset.curation.toml_files import Place
from amcc_dataset.model import vocabularies
from amcc_dataset.model.cells import Value, to_text
from amcc_dataset.model.columns import claimable
from amcc_dataset.model.dataset import docket_id
from amcc_dataset.model.findings import Problem
from amcc_dataset.model.suggest import one_of

_KEYS = ("cell", "prefer", "value", "stands", "against", "reason", "note", "decided_on")


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
    def cell(self) -> str:
        """The cell or row as it is written in the docket."""
        return ".".join(part for part in (self.table, self.row_id, self.field) if part)

    def row(self, value: Value | None) -> dict[str, Any]:
        """Return the row of the decisions table; `value` is what stands."""
        return {
            "id": docket_id(self.table, self.row_id, self.field),
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


def read_docket(root: Path, problems: list[Problem]) -> list[Decision]:
    """Read data/raw/decisions.toml below `root`."""
    loaded = toml_files.load(root / "data" / "raw" / "decisions.toml", root, problems)
    if loaded is None:
        return []
    raw, place = loaded
    for key in raw.keys() - {"decision"}:
        problems.append(Problem(str(place.at(key)), f"unknown key {key!r}", "write [[decision]]"))
    entries = raw.get("decision", [])
    if not isinstance(entries, list):
        problems.append(Problem(str(place.at("decision")), "is not a list", "write [[decision]]"))
        return []
    read = (
        _read_decision(entry, place.in_block("decision", index), problems)
        for index, entry in enumerate(entries)
    )
    return [decision for decision in read if decision is not None]


def _read_decision(raw: object, place: Place, problems: list[Problem]) -> Decision | None:
    if not isinstance(raw, dict):
        problems.append(Problem(str(place), "is not a table", "write [[decision]]"))
        return None
    wrong = len(problems)

    def report(key: str, what: str, remedy: str) -> None:
        problems.append(Problem(str(place.at(key)), what, remedy))

    for key in raw.keys() - set(_KEYS):
        report(key, f"unknown key {key!r}", one_of(key, _KEYS))
    for key in ("prefer", "against"):
        if not isinstance(raw.get(key, ""), str):
            report(key, f"{key} is not a text", "write the id of a source in quotation marks")
    common = parse_table(
        "decisions",
        {key: raw[key] for key in ("reason", "note", "decided_on") if key in raw},
        ("reason", "note", "decided_on"),
        place,
        problems,
    )
    for key in ("cell", "reason", "note", "decided_on"):
        if key not in raw:
            report(key, f"decision without {key}", f"add {key} = …")
    if ("prefer" in raw) == ("stands" in raw):
        remedy = 'name the source whose claim stands with prefer, or write stands = "none"'
        report("cell", "decision with both or neither of prefer and stands", remedy)
    elif raw.get("stands", "none") != "none":
        report("stands", f"stands is {raw['stands']!r}", 'write stands = "none"')
    cell = raw.get("cell")
    table, _, rest = cell.partition(".") if isinstance(cell, str) else ("", "", "")
    row_id, _, name = rest.partition(".")
    if table not in CLAIMED or not row_id or (name and name not in claimable()[table]):
        report("cell", f"unknown cell {cell!r}", "write table.row.field, or table.row")
    elif not name and "prefer" in raw:
        report("cell", f"{cell!r} is a row, of which no claim can be preferred", "name the field")
    if len(problems) > wrong:
        return None
    value = None
    if "value" in raw and not name:
        report("value", "a rejected row has a value", "delete value, or name the field")
        return None
    if "value" in raw:
        try:
            value = parse(table, name, raw["value"])
        except ValueError as error:
            report("value", f"value is {raw['value']!r}", str(error))
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
