"""Mutants of the rules on initiatives and their events."""

from collections.abc import Iterator

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.lifecycle import period_end
from amcc_dataset.rules import initiatives
from broken.corruption import ABSENT, DAILY, DAY, Corruption, Edit, add, change, mutant, others


@mutant(initiatives.first_editions_come_first)
def a_first_edition_that_is_not(tables: Dataset) -> Iterator[Corruption]:
    numbers = {row["id"]: row["number"] for row in tables["editions"]}
    initiatives = tables.by_id("initiatives")
    for table in ("outcomes", "initiative_events"):
        for row in tables[table]:
            for edition, number in numbers.items():
                if row["initiative_id"] and number > numbers.get(row["edition_id"], number):
                    initiative = initiatives[row["initiative_id"]]
                    yield change("initiatives", initiative, first_edition_id=edition)


@mutant(initiatives.initiatives_show_their_relation)
def a_relation_that_nothing_shows(tables: Dataset) -> Iterator[Corruption]:
    discussed = {row["initiative_id"] for row in tables["outcomes"]}
    met = {row["initiative_id"] for row in tables["initiative_events"] if row["edition_id"]}
    for row in tables["initiatives"]:
        if row["id"] not in discussed:
            yield change("initiatives", row, relation=vocabularies.Relation.AGREED_BY)
        if row["id"] not in met:
            yield change("initiatives", row, relation=vocabularies.Relation.ANNOUNCED_AT)


@mutant(initiatives.initiatives_show_their_relation)
def an_adoption_that_was_only_talk(tables: Dataset) -> Iterator[Corruption]:
    for initiative in tables["initiatives"]:
        if initiative["relation"] == vocabularies.Relation.AGREED_BY:
            yield [
                Edit("outcomes", row, {**row, "act": vocabularies.Act.DISCUSSED})
                for row in tables["outcomes"]
                if row["initiative_id"] == initiative["id"]
            ]


@mutant(initiatives.events_come_in_a_permitted_order)
def a_proposal_of_what_runs(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["initiative_events"]:
        if row["kind"] in ("adopted", "established", "launched", "opened"):
            after = period_end(row["date"], row["precision"]) + DAY
            for kind in (vocabularies.EventKind.PROPOSED, vocabularies.EventKind.DRAFTED):
                later = {"date": after, "precision": DAILY}
                yield add("initiative_events", row, id=ABSENT, kind=kind, **later)


@mutant(initiatives.events_come_in_a_permitted_order)
def an_event_after_the_end(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["initiative_events"]:
        if row["kind"] not in ("reviewed", "published"):
            for kind in (vocabularies.EventKind.MERGED, vocabularies.EventKind.CONCLUDED):
                before = {"date": row["date"] - DAY, "precision": DAILY}
                yield add("initiative_events", row, id=ABSENT, kind=kind, **before)


@mutant(initiatives.events_at_an_edition_happened_on_its_days)
def an_event_at_another_edition(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["initiative_events"]:
        if row["edition_id"] is not None:
            yield change("initiative_events", row, date=row["date"] + 400 * DAY)
            yield change("initiative_events", row, date=row["date"] - 400 * DAY)
            for edition in others(tables["editions"], row["edition_id"]):
                yield change("initiative_events", row, edition_id=edition)


@mutant(initiatives.coarse_dates_are_the_first_day_of_their_period)
def a_day_in_the_middle_of_a_period(tables: Dataset) -> Iterator[Corruption]:
    for table, field, precision in initiatives.DATED:
        for row in tables[table]:
            if row[precision] is not None and row[precision] != DAILY:
                yield change(table, row, **{field: row[field] + DAY})
            elif row[field] is not None and row[field].day > 1:
                for coarse in set(vocabularies.DatePrecision) - {DAILY}:
                    yield change(table, row, **{precision: coarse})


@mutant(initiatives.coarse_dates_are_the_first_day_of_their_period)
def a_month_in_the_middle_of_a_period(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["initiative_events"]:
        for precision in (vocabularies.DatePrecision.QUARTER, vocabularies.DatePrecision.YEAR):
            middle = row["date"].replace(day=1, month=5)
            yield change("initiative_events", row, date=middle, precision=precision)


@mutant(initiatives.restatements_tell_a_pledge_again)
def a_pledge_restated_by_an_event_without_one(tables: Dataset) -> Iterator[Corruption]:
    events = tables["initiative_events"]
    pledges = {row["id"]: row for row in events if row["amount"] is not None}
    for row in events:
        for first in events[::10]:
            alike = row["initiative_id"] == first["initiative_id"]
            if not alike or row["id"] not in pledges or first["id"] not in pledges:
                yield change("initiative_events", row, restates_id=first["id"])
    for row in pledges.values():
        again = {**row, "id": ABSENT, "restates_id": row["id"]}
        third = {**again, "id": f"{ABSENT}-either", "restates_id": ABSENT}
        yield [Edit("initiative_events", None, again), Edit("initiative_events", None, third)]
