"""The view of the meetings: the cyber weeks with their days and themes, and other meetings.

Not here: the conference itself (editions.py).
"""

import datetime as dt
from typing import Any

from amcc_dataset.explore.names import Names
from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.vocabularies import Basis, MeetingKind
from amcc_dataset.model.words import day, days, when

Plain = dict[str, Any]


def weeks(data: Dataset) -> list[Plain]:
    """Return the cyber weeks with their days, one per edition that has one.

    Returns
    -------
    list of dict
        `days` are the days of the week as texts, each with its number and with whether the
        conference met on it.
    """
    found = []
    for edition in sorted(data["editions"], key=lambda row: row["number"]):
        for week in data.having("meetings", "edition_id", edition["id"]):
            if week["kind"] != MeetingKind.CYBER_WEEK or not week["date_start"]:
                continue
            first, last = week["date_start"], week["date_end"] or week["date_start"]
            span = [first + dt.timedelta(days=after) for after in range((last - first).days + 1)]
            held = (edition["date_start"], edition["date_end"])
            found.append(
                {
                    **week,
                    "edition": edition,
                    "span": days(first, last),
                    "inferred": inferred(data, "meetings", week["id"], "date_start"),
                    "days": [(day(one), one.day, held[0] <= one <= held[1]) for one in span],
                }
            )
    return found


def by_year(data: Dataset, names: Names) -> list[tuple[int | None, list[Plain]]]:
    """Return all meetings by year, the earliest first, each with what happened there."""
    years: dict[int | None, list[Plain]] = {}
    for row in data["meetings"]:
        year = row["date_start"].year if row["date_start"] else None
        years.setdefault(year, []).append(meeting(data, names, row))
    return sorted(years.items(), key=lambda found: found[0] or 9999)


def meeting(data: Dataset, names: Names, row: Row) -> Plain:
    """Return a meeting in words, with the steps of initiatives that happened there."""
    return {
        **row,
        "kind": MeetingKind(row["kind"]),
        "when": _when(row),
        "inferred": inferred(data, "meetings", row["id"], "date_start"),
        "host": data.name("actors", row["host_id"]),
        "chair": data.name("people", row["chair_id"]),
        "edition": names.row("editions", row["edition_id"]) if row["edition_id"] else None,
        "steps": [
            {
                "id": event["id"],
                "name": names.row("initiative_events", event["id"]).partition(",")[0],
                "initiative_id": event["initiative_id"],
                "initiative": data.name("initiatives", event["initiative_id"]),
            }
            for event in data.having("initiative_events", "meeting_id", row["id"])
        ],
    }


def inferred(data: Dataset, table: str, row_id: str, field: str) -> bool:
    """Return whether a value is only inferred: no document states it itself."""
    claims = data.standing(table, row_id, field)
    return bool(claims) and all(claim["basis"] == Basis.INFERRED for claim in claims)


def _when(row: Row) -> str:
    if row["date_start"] is None:
        return "date not established"
    if row["date_end"] is not None:
        return days(row["date_start"], row["date_end"])
    return when(row["date_start"], row["date_precision"] or "day")
