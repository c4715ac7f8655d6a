"""The view of the disputes: every decision with the documents on both sides.

Not here: how a dispute is settled (curation/), and the claims on undisputed cells (store.py).
"""

import datetime as dt
from collections import defaultdict
from itertools import pairwise
from typing import Any

from amcc_dataset.explore.names import POINTED, Names, columns_of, spaced
from amcc_dataset.explore.voices import Voices
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.dataset import STANDS, Dataset, Row
from amcc_dataset.model.vocabularies import EventKind, Reason, Standing
from amcc_dataset.model.words import sentence, when

Plain = dict[str, Any]

SHORT = 80
"""The longest headline that lists the values of a dispute."""

_SUBJECTS = (
    *(("initiative_id", "initiatives"), ("from_initiative_id", "initiatives")),
    *(("edition_id", "editions"), ("from_outcome_id", "outcomes")),
)
"""The columns that say what a row is about, in order of preference, and the tables they refer to."""


class Docket:
    """The disputes of one release.

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

    def subjects(self) -> list[Plain]:
        """Return the disputes by subject: initiatives, the most disputed first, then the rest."""
        decided: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for decision in self._data["decisions"]:
            decided[decision["table"], decision["row_id"]].append(decision)
        subjects: dict[tuple[str, str], list[Plain]] = defaultdict(list)
        for (table, row_id), decisions in decided.items():
            subjects[self._subject(table, row_id)].append(self._dispute(table, row_id, decisions))
        found = [
            {
                "id": row_id,
                "title": self._names.row(table, row_id),
                "points": sum(len(dispute["points"]) for dispute in disputes),
                "disputes": sorted(disputes, key=lambda dispute: dispute["order"]),
                "order": (
                    table != "initiatives",
                    table != "editions",
                    row_id if table == "editions" else "",
                ),
            }
            for (table, row_id), disputes in subjects.items()
        ]
        return sorted(found, key=lambda subject: (subject["order"], -subject["points"]))

    def _dispute(self, table: str, row_id: str, decisions: list[Row]) -> Plain:
        """Return the decisions on one row, in the order of its columns."""
        fields = [None, *columns_of(table)]
        points = [
            self._point(decision)
            for decision in sorted(decisions, key=lambda row: fields.index(row["field"]))
        ]
        for earlier, later in pairwise(points):
            later["same"] = earlier["note"] == later["note"]
        row = self._data.row(table, row_id)
        date = self._claimed(table, row_id, "date") or ""
        return {
            "table": table,
            "row_id": row_id,
            "name": sentence(self._names.row(table, row_id)) if row else None,
            "summary": row.get("summary") if row else None,
            "year": self.year(table, row_id),
            "points": points,
            # Rejected rows come first, by date.
            "order": (row is not None, date if row is None else ""),
        }

    def year(self, table: str, row_id: str) -> int | None:
        """Return the year that a dispute is about: that of its edition, or else of its date."""
        edition_id = row_id if table == "editions" else self._claimed(table, row_id, "edition_id")
        outcome = self._data.row("outcomes", self._claimed(table, row_id, "from_outcome_id"))
        edition = self._data.row("editions", outcome["edition_id"] if outcome else edition_id)
        if edition is not None:
            return int(edition["year"])
        for field in ("date", "date_start", "issued_on"):
            if date := self._claimed(table, row_id, field):
                return int(date[:4])
        return None

    def _claimed(self, table: str, row_id: str, field: str) -> str | None:
        """Return the value of a cell, or the claimed value if the row was rejected."""
        if field not in columns_of(table):
            return None
        row = self._data.row(table, row_id)
        if row is not None:
            return to_text(row[field]) or None
        return next((claim["value"] for claim in self._data.claims_on(table, row_id, field)), None)

    def _subject(self, table: str, row_id: str) -> tuple[str, str]:
        """Return the table and key of what a row is about, or the row's own."""
        for field, subjects in _SUBJECTS:
            if subject := self._claimed(table, row_id, field):
                return (
                    self._subject(subjects, subject)
                    if subjects == "outcomes"
                    else (subjects, subject)
                )
        return table, row_id

    def _point(self, decision: Row) -> Plain:
        """Return one decision with the documents on both sides."""
        table, row_id, field = decision["table"], decision["row_id"], decision["field"]
        claims = self._data.claims_on(table, row_id, field)
        rejected = sentence(self._claimed(table, row_id, "summary") or self._step(table, row_id))
        overruled: dict[str, list[Row]] = defaultdict(list)
        for claim in claims:
            if claim["standing"] == Standing.OVERRULED:
                said = self._names.value(table, field, claim["value"]) if field else rejected
                overruled[said].append(claim)
        stands = self._names.value(table, field, decision["value"]) if field else None
        against = decision["against_source_id"]
        label = spaced(field) if field else "whole row"
        values = ", or ".join(filter(None, [stands, *overruled]))
        if field is None:
            headline = self._step(table, row_id)
        else:
            headline = values if len(values) <= SHORT else f"which text for “{label}”"
        return {
            **decision,
            "label": label,
            "question": f"{sentence(headline)}?",
            "stands": stands,
            "voices": self._voices.of(claim for claim in claims if claim["standing"] in STANDS),
            "overruled": [(value, self._voices.of(said)) for value, said in overruled.items()],
            "against": self._voices.one(against) if against else None,
            "reason": Reason(decision["reason"]),
            "same": False,
        }

    def _step(self, table: str, row_id: str) -> str:
        """Return what a rejected row claims, in a few words."""
        claimed = {field: self._claimed(table, row_id, field) for field in columns_of(table)}
        if table == "initiative_events" and claimed["kind"] and claimed["date"]:
            date = dt.date.fromisoformat(claimed["date"])
            return (
                f"{EventKind(claimed['kind']).label}, {when(date, claimed['precision'] or 'day')}"
            )
        if table == "parties" and claimed["actor_id"] and claimed["role"]:
            return self._names.party(claimed["actor_id"], claimed["role"])
        if table == "cross_references" and claimed["relation"]:
            pointed = next(((name, claimed[name]) for name in POINTED if claimed[name]), None)
            if pointed:
                return self._names.reference(claimed["relation"], pointed[0], str(pointed[1]))
        if table == "participants" and claimed["actor_id"]:
            return self._names.row("actors", claimed["actor_id"])
        said = next((claimed[name] for name in ("title", "name") if claimed.get(name)), None)
        return said or "is it so"
