"""The first view: the conferences side by side, and what became of the main initiatives.

Not here: the view of one conference (editions.py).
"""

from typing import Any

from amcc_dataset.explore.voices import Voices
from amcc_dataset.model import limits
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.reading import coverage

Plain = dict[str, Any]

MENTIONED = 3
"""The first view shows an initiative if at least this many outcomes are about it."""


def timeline(data: Dataset) -> list[Plain]:
    """Return the conferences: what is known about each, and from how many documents.

    Returns
    -------
    list of dict
        `in_part` says that no document with its outcomes was read in full. `theme_note` is the note
        of the docket if its theme is in dispute, and `borrowed` is the beginning of that note if
        a document gives the theme of the week as that of the conference.
    """
    in_part = {edition["id"] for edition in limits.in_part(data)}
    return [
        {
            **row,
            "id": row["edition_id"],
            "in_part": row["edition_id"] in in_part,
            **_theme(data, row["edition_id"]),
        }
        for row in coverage.editions(data)
    ]


def _theme(data: Dataset, edition_id: str) -> Plain:
    """Return the theme of the week, and what the docket says about that of the conference."""
    week = data.by_id("editions")[edition_id]["umbrella_theme"]
    note = (data.decision("editions", edition_id, "theme") or {}).get("note")
    claimed = {claim["value"] for claim in data.claims_on("editions", edition_id, "theme")}
    return {
        "umbrella_theme": week,
        "theme_note": note,
        "borrowed": note.partition(". ")[0] if note and week in claimed else None,
    }


def stories(
    data: Dataset, voices: Voices, lives: dict[str, Plain], docket: list[Plain]
) -> list[Plain]:
    """Return what became of the initiatives that most outcomes are about.

    Parameters
    ----------
    data
        The tables.
    voices
        The documents, as lines of text name them.
    lives
        The initiatives by their ids.
    docket
        The disputes by subject.
    """
    disputes = {subject["id"]: subject["disputes"] for subject in docket}
    events = data.by_id("initiative_events")
    found = []
    for row in lives.values():
        concern = data.having("outcomes", "initiative_id", row["id"])
        if len(concern) < MENTIONED:
            continue
        reached = events[row["since_id"]] if row["since_id"] else None
        latest = events[row["latest_id"]] if row["latest_id"] else None
        found.append(
            {
                **row,
                "outcomes": len(concern),
                "editions": len({outcome["edition_id"] for outcome in concern}),
                "reached": reached,
                "after": latest if latest is not reached else None,
                "voices": voices.on("initiative_events", reached["id"], "kind") if reached else [],
                "further": [lives[other] for other, _ in row["successors"]],
                "disputes": disputes.get(row["id"], []),
            }
        )
    return sorted(found, key=lambda story: -story["outcomes"])
