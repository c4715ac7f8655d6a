"""The view of the initiatives: their steps, their status, and who leads, hosts or funds them.

Not here: how a status follows from steps (reading/status.py).
"""

from collections import defaultdict
from typing import Any

from amcc_dataset.explore.axis import Axis
from amcc_dataset.explore.names import Names
from amcc_dataset.explore.references import References
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import EventKind, PartyRole, Relation, Status
from amcc_dataset.model.words import when
from amcc_dataset.reading import status, threads

Plain = dict[str, Any]


def lives(data: Dataset, names: Names, references: References, axis: Axis) -> dict[str, Plain]:
    """Return the initiatives by their ids, those with most steps first.

    Returns
    -------
    dict
        `lines` are the periods of each status and `events` the steps, with places on the axis.
        `since` is the date of the first step of the status, `latest` that of the last step of
        any kind, both in words. `successors` are the initiatives that continue it.
    """
    lines, events = defaultdict(list), defaultdict(list)
    for line in status.stretches(data):
        lines[line["initiative_id"]].append(axis.span(line, line["start"], line["end"]))
    for event in status.events(data):
        support = data.witnesses("initiative_events", event["event_id"])
        shown = axis.span(event, event["start"], event["end"]) | {"documents": len(support)}
        events[event["initiative_id"]].append(shown)
    reached = {row["initiative_id"]: row for row in status.status_rows(data=data)}
    later = threads.successors(data)
    found = [
        {
            **row,
            "lines": lines[row["id"]],
            "events": events[row["id"]],
            **_status(reached[row["id"]]),
            "successors": [
                (other, names.row("initiatives", other)) for other in later.get(row["id"], ())
            ],
            "parties": _parties(data, names, row["id"]),
            **references.of("from_initiative_id", row["id"]),
            "pointed": references.to("to_initiative_id", row["id"]),
        }
        for row in data["initiatives"]
    ]
    return {row["id"]: row for row in sorted(found, key=lambda row: -len(row["events"]))}


def by_relation(found: dict[str, Plain]) -> list[tuple[Relation, list[Plain]]]:
    """Return the initiatives by their relation to the conference."""
    return [
        (relation, [row for row in found.values() if row["relation"] == relation])
        for relation in Relation
    ]


def _status(row: Plain) -> Plain:
    """Return a row of the status table in words."""
    return {
        "status": Status(row["status"]) if row["status"] else None,
        "since": when(row["since"], row["precision"]) if row["since"] else None,
        "since_id": row["event_id"],
        "first": when(row["first"], row["first_precision"]) if row["first"] else None,
        "first_kind": EventKind(row["first_kind"]) if row["first"] else None,
        "latest": when(row["latest"], row["latest_precision"]) if row["latest"] else None,
        "latest_kind": EventKind(row["latest_kind"]) if row["latest"] else None,
        "latest_id": row["latest_event_id"],
    }


def _parties(
    data: Dataset, names: Names, initiative_id: str
) -> list[tuple[PartyRole, list[Plain]]]:
    """Return the parties to an initiative, by role."""
    rows = data.having("parties", "initiative_id", initiative_id)
    return [
        (role, named)
        for role in PartyRole
        if (
            named := [
                {"id": row["id"], "name": names.row("actors", row["actor_id"])}
                for row in rows
                if row["role"] == role
            ]
        )
    ]
