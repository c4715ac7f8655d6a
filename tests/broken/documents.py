"""Mutants of the rules on documents."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import STANDS, Dataset
from amcc_dataset.rules import documents
from broken.corruption import ABSENT, DAILY, DAY, Corruption, add, change, mutant, spoken


@mutant(documents.documents_are_published_before_they_are_noted)
def a_note_on_a_document_to_come(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["sources"]:
        yield change("sources", row, published_on=row["noted_on"] + DAY, published_precision=DAILY)


@mutant(documents.copies_are_not_older_than_their_original)
def a_copy_before_its_original(tables: Dataset) -> Iterator[Corruption]:
    sources = tables.by_id("sources")
    for row in tables["sources"]:
        original = sources[row["copy_of"]] if row["copy_of"] else row
        if original is not row and original["published_on"] is not None:
            before = {"published_on": original["published_on"] - DAY, "published_precision": DAILY}
            yield change("sources", row, **before)


@mutant(documents.a_publisher_has_one_tier)
def a_document_of_another_tier_than_its_publisher_has(tables: Dataset) -> Iterator[Corruption]:
    originals = [row for row in tables["sources"] if row["copy_of"] is None]
    publishers = Counter(row["publisher"] for row in originals)
    for row in originals:
        if publishers[row["publisher"]] > 1:
            yield from (
                change("sources", row, tier=tier)
                for tier in vocabularies.Tier
                if tier != row["tier"]
            )


@mutant(documents.documents_carry_claims_or_a_note)
def a_document_without_a_word(tables: Dataset) -> Iterator[Corruption]:
    heard = {claim["source_id"] for claim in tables["provenance"]}
    for row in tables["sources"]:
        yield add("sources", row, id=ABSENT, note=None)
        if row["id"] not in heard:
            yield change("sources", row, note=None)


@mutant(documents.what_happened_is_reported_not_foretold)
def a_report_from_before_the_day(tables: Dataset) -> Iterator[Corruption]:
    sources = tables.by_id("sources")
    reports: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in spoken(tables, *STANDS):
        if claim["field"] == documents.REPORTED.get(claim["table"]):
            reports[claim["table"], claim["row_id"]].add(claim["source_id"])
    for table, row_id, day in documents.happenings(tables):
        if len(reports[table, row_id]) == 1:
            (source_id,) = reports[table, row_id]
            before = {"published_on": day - DAY, "published_precision": DAILY}
            yield change("sources", sources[source_id], **before)


@mutant(documents.what_happened_is_reported_not_foretold)
def an_event_that_is_still_to_come(tables: Dataset) -> Iterator[Corruption]:
    published = {row["id"]: documents.last_day(row) for row in tables["sources"]}
    reported: dict[str, dt.date] = {}
    for claim in spoken(tables, *STANDS):
        if claim["table"] == "initiative_events" and claim["field"] == "kind":
            day = published[claim["source_id"]]
            reported[claim["row_id"]] = max(day, reported.get(claim["row_id"], day))
    for row in tables["initiative_events"]:
        last = reported[row["id"]]
        if last < dt.date.max:
            yield change("initiative_events", row, date=last + DAY, precision=DAILY)
