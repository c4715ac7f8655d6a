"""The rules on the documents that were read."""

import datetime as dt
from collections.abc import Iterator

from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.lifecycle import period_end
from amcc_dataset.model.vocabularies import Presence
from amcc_dataset.rules.rule import Breaches, row_rule, rule


def last_day(source: Row) -> dt.date:
    """Return the last day on which a document may have been published."""
    day, precision = source["published_on"], source["published_precision"]
    return period_end(day, precision) if day and precision else dt.date.max


@row_rule
def documents_are_published_before_they_are_noted(data: Dataset) -> Breaches:
    """No reading note is older than the document that it is about."""
    for row in data["sources"]:
        if row["published_on"] and row["published_on"] > row["noted_on"]:
            what = f"published_on is {row['published_on']}, but noted_on is {row['noted_on']}"
            yield "sources", row["id"], "published_on", what, "correct one of the two"


@row_rule
def copies_are_not_older_than_their_original(data: Dataset) -> Breaches:
    """No copy was certainly published before its original."""
    for row, original in data.joined("sources", "copy_of", "sources"):
        if original["published_on"] and last_day(row) < original["published_on"]:
            what = f"published_on is {row['published_on']}, but its original {original['id']} is of {original['published_on']}"
            remedy = "swap copy and original, or correct a date"
            yield "sources", row["id"], "copy_of", what, remedy


@row_rule
def a_publisher_has_one_tier(data: Dataset) -> Breaches:
    """All documents of a publisher, except copies, have the same tier."""
    first: dict[str, Row] = {}
    for row in data["sources"]:
        if row["copy_of"] is None:
            other = first.setdefault(row["publisher"], row)
            if row["tier"] != other["tier"]:
                what = f"tier is {row['tier']}, but {other['id']} of the same publisher has {other['tier']}"
                yield "sources", row["id"], "tier", what, "correct one of the two"


@rule
def documents_carry_claims_or_a_note(data: Dataset) -> Breaches:
    """A document without a claim or a recorded silence has a note that says why it is listed."""
    for row in data["sources"]:
        if row["note"] is None and not data.having("provenance", "source_id", row["id"]):
            what = "the document has no claim and no note"
            yield "sources", row["id"], "note", what, "add claims, or a note that says why not"


REPORTED = {"participants": "presence", "outcomes": "act", "initiative_events": "kind"}


def happenings(data: Dataset) -> Iterator[tuple[str, str, dt.date]]:
    """Yield table, row id and day of everything that is said to have happened."""
    for row, edition in data.joined("participants", "edition_id", "editions"):
        if row["presence"] != Presence.EXPECTED:
            yield "participants", row["id"], edition["date_start"]
    for row, edition in data.joined("outcomes", "edition_id", "editions"):
        yield "outcomes", row["id"], edition["date_start"]
    for row in data["initiative_events"]:
        yield "initiative_events", row["id"], row["date"]


@rule
def what_happened_is_reported_not_foretold(data: Dataset) -> Breaches:
    """What happened is reported by a document that may be of the same day or later."""
    for table, row_id, day in happenings(data):
        reports = data.standing(table, row_id, REPORTED[table])
        sources = [data.row("sources", claim["source_id"]) for claim in reports]
        days = [last_day(source) if source else dt.date.max for source in sources]
        reported = max(days, default=day)
        if reported < day:
            dated = "date is" if table == "initiative_events" else "the edition began on"
            what = f"{dated} {day}, but the last document that reports this is of {reported}"
            remedy = "correct the date, code what was planned, or cite a later document"
            yield table, row_id, REPORTED[table], what, remedy
