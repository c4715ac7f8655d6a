"""The view of each edition: when and where, who came and how we know, its outcomes, what is missing.

Not here: the editions side by side (overview.py).
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from amcc_dataset.explore.attendance import mark
from amcc_dataset.explore.meetings import inferred, meeting
from amcc_dataset.explore.names import Names, columns_of, spaced
from amcc_dataset.explore.voices import Voices
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.tables import Policy
from amcc_dataset.model.vocabularies import (
    Act,
    MeetingKind,
    Presence,
    Read,
    Session,
    Standing,
)
from amcc_dataset.reading import attendance, coverage

Plain = dict[str, Any]


class Editions:
    """The editions of one release, each with what the other tables say about it.

    Parameters
    ----------
    data
        The tables.
    names
        The names of rows and values.
    voices
        The documents, as lines of text name them.
    """

    def __init__(self, data: Dataset, names: Names, voices: Voices) -> None:
        self._data, self._names, self._voices = data, names, voices

    def pages(
        self, timeline: list[Plain], lives: dict[str, Plain], docket: list[Plain]
    ) -> list[Plain]:
        """Return the editions in their order.

        Parameters
        ----------
        timeline
            What the first view shows about each edition.
        lives
            The initiatives by their ids.
        docket
            The disputes by subject.
        """
        seats = attendance.seats(self._data)
        counts = coverage.coverage_rows(self._data)
        read = {row["edition"]: row for row in counts if row["table"] == "outcomes"}
        found = [
            {
                **known,
                "row": self._data.by_id("editions")[known["id"]],
                "name": self._names.row("editions", known["id"]),
                "read": read[known["id"]],
                "facts": self.facts(known["id"]),
                "openers": self._openers(known["id"]),
                "came": _came(row for row in seats if row["edition_id"] == known["id"]),
                "counted_by": self._counted_by(known["id"]),
                "outcomes": self._outcomes(known["id"]),
                "initiatives": self._touched(known["id"], lives),
                "meetings": [
                    meeting(self._data, self._names, row)
                    for row in self._data.having("meetings", "edition_id", known["id"])
                    if row["kind"] != MeetingKind.CYBER_WEEK
                ],
                "week": self._week(known["id"]),
                "disputes": [
                    (subject["title"], dispute)
                    for subject in docket
                    for dispute in subject["disputes"]
                    if dispute["year"] == known["year"]
                ],
                "documents": self._documents(known["id"]),
                "before": None,
                "after": None,
            }
            for known in timeline
        ]
        for earlier, later in pairwise(found):
            earlier["after"], later["before"] = later, earlier
        return found

    def facts(self, edition_id: str) -> list[Plain]:
        """Return the cells of an edition that a passage may state, and what is known of each.

        Returns
        -------
        list of dict
            `state` is ``"known"``, ``"silent"`` if a document was read for the cell and does not
            say, or ``"unknown"``.
        """
        row = self._data.by_id("editions")[edition_id]
        found = []
        for field, column in columns_of("editions").items():
            if column.policy == Policy.NONE:
                continue
            claims = self._data.claims_on("editions", edition_id, field)
            silent = any(claim["standing"] == Standing.SILENT for claim in claims)
            state = "silent" if silent else "unknown"
            value = to_text(row[field]) or None
            found.append(
                {
                    "field": field,
                    "label": spaced(field),
                    "value": self._names.value("editions", field, value),
                    "state": "known" if value is not None else state,
                    "inferred": inferred(self._data, "editions", edition_id, field),
                    "documents": len({claim["source_id"] for claim in claims}),
                }
            )
        return found

    def _openers(self, edition_id: str) -> list[Plain]:
        """Return the persons who spoke at the opening, except the chair: to speak is not to chair."""
        chair_id = self._data.by_id("editions")[edition_id]["chair_id"]
        return [
            {"id": row["id"], "name": self._names.row("people", row["person_id"])}
            for row in self._data.having("participants", "edition_id", edition_id)
            if row["session"] == Session.OPENING
            and row["person_id"] not in (None, chair_id)
            and row["presence"] in (Presence.ATTENDED, Presence.REMOTE)
        ]

    def _counted_by(self, edition_id: str) -> list[Plain]:
        """Return the documents that count delegations in a group, without naming them."""
        return self._voices.of(
            claim
            for row in self._data.having("participants", "edition_id", edition_id)
            if not row["named_by"]
            for claim in self._data.standing("participants", row["id"], "actor_id")
        )

    def _outcomes(self, edition_id: str) -> list[tuple[Act, list[Plain]]]:
        """Return the outcomes found, grouped by act, the firmest first."""
        rows = self._data.having("outcomes", "edition_id", edition_id)
        return [
            (act, [{**row, "by": self._data.name("actors", row["made_by"])} for row in found])
            for act in reversed(Act)
            if (found := [row for row in rows if row["act"] == act])
        ]

    def _touched(self, edition_id: str, lives: dict[str, Plain]) -> list[Plain]:
        """Return the initiatives that are the subject of an outcome or had a step at an edition."""
        found: dict[str, int] = {}
        for row in self._data.having("outcomes", "edition_id", edition_id):
            if row["initiative_id"]:
                found[row["initiative_id"]] = found.get(row["initiative_id"], 0) + 1
        steps = self._data.having("initiative_events", "edition_id", edition_id)
        for row in steps:
            found.setdefault(row["initiative_id"], 0)
        return [
            {
                **lives[initiative_id],
                "outcomes": count,
                "steps": [
                    (row["id"], self._names.row("initiative_events", row["id"]).partition(",")[0])
                    for row in steps
                    if row["initiative_id"] == initiative_id
                ],
            }
            for initiative_id, count in sorted(found.items(), key=lambda item: -item[1])
        ]

    def _week(self, edition_id: str) -> Plain | None:
        for row in self._data.having("meetings", "edition_id", edition_id):
            if row["kind"] == MeetingKind.CYBER_WEEK:
                return meeting(self._data, self._names, row)
        return None

    def _documents(self, edition_id: str) -> Plain:
        """Return the documents behind an edition, by how much of them was seen."""
        sources = coverage.behind(self._data, edition_id)
        found = [self._voices.one(source_id) for source_id in sorted(sources)]
        return {read: [one for one in found if one["read"] == read] for read in Read}


_MARKS = ("attended", "remote", "represented", "counted", "expected", "absent", "unknown")
"""The marks of a delegation, from the best known to unknown."""


def _came(seats: Iterable[Row]) -> list[tuple[str, list[Plain]]]:
    """Return the actors by the best mark that each has, with the persons of each."""
    actors: dict[str, Plain] = {}
    for seat in seats:
        actor = actors.setdefault(seat["actor_id"], {**seat, "marks": [], "persons": []})
        actor["marks"].append(mark(seat) if seat["presence"] else "unknown")
        if seat["person"]:
            actor["persons"].append(seat)
    best = {actor_id: min(actor["marks"], key=_MARKS.index) for actor_id, actor in actors.items()}
    return [
        (name, [actors[actor_id] for actor_id in actors if best[actor_id] == name])
        for name in _MARKS
        if name in best.values()
    ]
