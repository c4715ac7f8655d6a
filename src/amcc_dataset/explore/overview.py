"""The first view: the conferences side by side, and what became of what they spoke of most.

Not here: the view of one conference (editions.py).
"""

from typing import Any

from amcc_dataset.explore.voices import Voices
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import Standing
from amcc_dataset.reading import coverage

Plain = dict[str, Any]

TOLD = 3
"""An initiative is shown on the first view if at least this many outcomes concern it."""


def timeline(data: Dataset, voices: Voices) -> list[Plain]:
    """Return the conferences: what is known of each, and from which documents.

    Returns
    -------
    list of dict
        `at` is the place of the first day in its year in percent; `in_part` says that no
        document with its outcomes was read whole; `borrowed` are themes that a document gives
        the conference though the docket says they are not its own.
    """
    in_part = {edition["id"] for edition in coverage.in_part(data)}
    return [
        {
            **row,
            "id": row["edition_id"],
            "at": round((row["date_start"].timetuple().tm_yday - 1) / 3.66, 1),
            "in_part": row["edition_id"] in in_part,
            "umbrella_theme": data.by_id("editions")[row["edition_id"]]["umbrella_theme"],
            "borrowed": _borrowed(data, voices, row["edition_id"]),
        }
        for row in coverage.editions(data)
    ]


def _borrowed(data: Dataset, voices: Voices, edition_id: str) -> list[Plain]:
    """Return the themes that documents give a conference and the docket does not let stand."""
    week = data.by_id("editions")[edition_id]["umbrella_theme"]
    return [
        {
            "theme": claim["value"],
            "of_week": claim["value"] == week,
            **voices.one(claim["source_id"]),
        }
        for claim in data.claims_on("editions", edition_id, "theme")
        if claim["standing"] == Standing.OVERRULED
    ]


def stories(
    data: Dataset, voices: Voices, lives: dict[str, Plain], docket: list[Plain]
) -> list[Plain]:
    """Return what became of the initiatives that the conference spoke of most.

    Parameters
    ----------
    data
        The tables.
    voices
        The documents, as lines name them.
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
        if len(concern) < TOLD:
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
