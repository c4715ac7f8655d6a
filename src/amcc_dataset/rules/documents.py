"""The rules on the documents that were read."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from amcc_dataset.model.findings import Problem
from amcc_dataset.model.lifecycle import period_end
from amcc_dataset.model.vocabularies import Presence
from amcc_dataset.rules.rule import STANDS, Tables, joined, problem, rule


def last_day(source: Mapping[str, Any]) -> dt.date:
    """Return the last day on which a document may have been published."""
    day, precision = source["published_on"], source["published_precision"]
    return period_end(day, precision) if day and precision else dt.date.max


@rule
def documents_are_published_before_they_are_noted(tables: Tables) -> Iterator[Problem]:
    """No reading note is older than the document that it is about."""
    for row in tables["sources"]:
        if row["published_on"] and row["published_on"] > row["noted_on"]:
            what = f"published_on is {row['published_on']}, noted_on is {row['noted_on']}"
            yield problem("sources", row["id"], "published_on", what, "correct one of the two")


@rule
def copies_are_not_older_than_their_original(tables: Tables) -> Iterator[Problem]:
    """A copy was not, beyond doubt, published before the document that it copies."""
    for row, original in joined(tables, "sources", "copy_of"):
        if original["published_on"] and last_day(row) < original["published_on"]:
            what = f"published on {row['published_on']}, {original['id']} on {original['published_on']}"
            remedy = "turn copy_of round, or correct a date"
            yield problem("sources", row["id"], "copy_of", what, remedy)


@rule
def a_publisher_has_one_tier(tables: Tables) -> Iterator[Problem]:
    """All documents of a publisher that are no copies have one tier."""
    first: dict[str, dict[str, Any]] = {}
    for row in tables["sources"]:
        if row["copy_of"] is None:
            other = first.setdefault(row["publisher"], row)
            if row["tier"] != other["tier"]:
                what = (
                    f"tier is {row['tier']}, {other['id']} by the same publisher is {other['tier']}"
                )
                yield problem("sources", row["id"], "tier", what, "correct one of the two")


@rule
def documents_carry_claims_or_a_note(tables: Tables) -> Iterator[Problem]:
    """A document without claim and without recorded silence says why it is listed."""
    heard = {claim["source_id"] for claim in tables["provenance"]}
    for row in tables["sources"]:
        if row["id"] not in heard and row["note"] is None:
            what = "carries no claim and no note"
            yield problem("sources", row["id"], "note", what, "add claims, or a note that says why")


REPORTED = {"participants": "presence", "outcomes": "act", "initiative_events": "kind"}


def happenings(tables: Tables) -> Iterator[tuple[str, str, dt.date]]:
    """Yield table, row id and day of what is said to have happened."""
    for row, edition in joined(tables, "participants", "edition_id"):
        if row["presence"] != Presence.EXPECTED:
            yield "participants", row["id"], edition["date_start"]
    for row, edition in joined(tables, "outcomes", "edition_id"):
        yield "outcomes", row["id"], edition["date_start"]
    for row in tables["initiative_events"]:
        yield "initiative_events", row["id"], row["date"]


@rule
def what_happened_is_reported_not_foretold(tables: Tables) -> Iterator[Problem]:
    """A document that may be of the day itself, or later, tells what somebody did."""
    published = {row["id"]: last_day(row) for row in tables["sources"]}
    latest: dict[tuple[str, str], dt.date] = {}
    for claim in tables["provenance"]:
        if claim["standing"] in STANDS and claim["field"] == REPORTED.get(claim["table"]):
            row = claim["table"], claim["row_id"]
            day = published.get(claim["source_id"], dt.date.max)
            latest[row] = max(day, latest.get(row, day))
    for table, row_id, day in happenings(tables):
        told = latest.get((table, row_id), day)
        if told < day:
            what = f"is of {day}, the last document that tells it of {told}"
            remedy = "code the plan on the day of the document, or cite a later one"
            yield problem(table, row_id, REPORTED[table], what, remedy)
