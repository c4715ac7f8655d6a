"""Whether every rule across rows can fail: each has mutants that it must catch.

A mutant is a function that yields corruptions of the real tables, each so small that every
row still fits the schema; hypothesis picks one. A rule without a mutant stops the
collection, a mutant that its rule does not catch, or that finds nothing to corrupt, fails.
"""

import calendar
import copy
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amcc_dataset import rules as checks
from amcc_dataset.model import vocabularies
from amcc_dataset.model.columns import claimable, columns, columns_of
from amcc_dataset.model.dataset import STANDS, Dataset, Row, Rows
from amcc_dataset.model.findings import Finding
from amcc_dataset.model.lifecycle import period_end
from amcc_dataset.model.tables import TABLES, Policy, misfits
from amcc_dataset.rules import (
    RULES,
    Rule,
    claims,
    derived,
    docket,
    documents,
    editions,
    initiatives,
    keys,
    meetings,
    order,
    outcomes,
    participants,
    references,
    registries,
    texts,
)

DAY = dt.timedelta(days=1)
DAILY = vocabularies.DatePrecision.DAY
ABSENT = "no-such-row"


class Edit(NamedTuple):
    """A row of a table before and after; None before is a new row, None after a lost one."""

    table: str
    before: Row | None
    after: Row | None


Corruption = list[Edit]
Mutant = Callable[[Dataset], Iterable[Corruption]]

MUTANTS: dict[str, list[Mutant]] = defaultdict(list)
"""The mutants of every rule, by the rule's name."""


def mutant(of: Rule) -> Callable[[Mutant], Mutant]:
    """Register a mutant with the rule that has to catch it."""

    def register(function: Mutant) -> Mutant:
        MUTANTS[of.__name__].append(function)
        return function

    return register


def change(table: str, row: Row, /, **cells: object) -> Corruption:
    return [Edit(table, row, {**row, **cells})]


def add(table: str, row: Row, /, **cells: object) -> Corruption:
    return [Edit(table, None, {**row, **cells})]


def remove(table: str, row: Row) -> Corruption:
    return [Edit(table, row, None)]


def corrupted(tables: Dataset, corruption: Corruption) -> Dataset:
    """Return the tables with a corruption."""
    for table, before, after in corruption:
        # The None at the end is where a new row comes.
        rows = [after if row is before else row for row in (*tables[table], None)]
        tables = tables.replaced({table: [row for row in rows if row is not None]})
    return tables


def others(rows: Rows, row_id: str | None) -> Iterator[str]:
    return (row["id"] for row in rows if row["id"] != row_id)


def spoken(tables: Dataset, *standings: vocabularies.Standing) -> Rows:
    """Return the claims that have one of the standings; any but silence without one."""
    wanted = standings or tuple(set(vocabularies.Standing) - {vocabularies.Standing.SILENT})
    return [claim for claim in tables["provenance"] if claim["standing"] in wanted]


def cell(claim: Row) -> tuple[str, str, str]:
    return claim["table"], claim["row_id"], claim["field"]


NEW_CLAIM = {"id": "c0123456789abcde"}
SILENCE: dict[str, Any] = {
    "value": None,
    "standing": vocabularies.Standing.SILENT,
    "basis": None,
    "locator": None,
    "start": None,
    "end": None,
    "span_sha256": None,
}


# Keys and references


@mutant(keys.keys_are_unique)
def a_row_twice(tables: Dataset) -> Iterator[Corruption]:
    return (add(table, row) for table, rows in tables.items() for row in rows[:50])


@mutant(keys.keys_are_unique)
def a_second_row_with_the_same_further_key(tables: Dataset) -> Iterator[Corruption]:
    for table, rows in tables.items():
        if TABLES[table].TABLE.unique:
            yield from (add(table, row, id=ABSENT) for row in rows)
        for key in TABLES[table].TABLE.unique_if_filled:
            for row in rows:
                if None not in [row[field] for field in key]:
                    yield add(table, row, id=ABSENT)


@mutant(keys.keys_are_unique)
def a_second_participation_of_a_delegation_without_a_person(
    tables: Dataset,
) -> Iterator[Corruption]:
    for row in tables["participants"]:
        if row["person_id"] is None:
            yield add("participants", row, id=ABSENT)


@mutant(keys.one_column_of_a_group_is_filled)
def a_reference_with_no_end_or_two(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["cross_references"]:
        for start in ("from_outcome_id", "from_initiative_id"):
            yield change("cross_references", row, **{start: None if row[start] else ABSENT})
        for end in ("to_instrument_id", "to_initiative_id", "to_actor_id"):
            yield change("cross_references", row, **{end: None if row[end] else ABSENT})


@mutant(keys.foreign_keys_point_at_rows)
def a_reference_into_the_void(tables: Dataset) -> Iterator[Corruption]:
    for table, rows in tables.items():
        for column in columns(TABLES[table]):
            if column.ref is not None:
                yield from (change(table, row, **{column.name: ABSENT}) for row in rows[:50])


@mutant(keys.foreign_keys_point_at_rows)
def a_lost_row_that_others_name(tables: Dataset) -> Iterator[Corruption]:
    for table, rows in tables.items():
        for column in columns(TABLES[table]):
            if column.ref is not None:
                named = {row[column.name] for row in rows}
                target = (row for row in tables[column.ref] if row["id"] in named)
                yield from (remove(column.ref, row) for row in target)


def pointing(tables: Dataset) -> Iterator[tuple[str, str]]:
    """Yield table and field of every reference from a table into itself."""
    for table in tables:
        for column in columns(TABLES[table]):
            if column.ref == table:
                yield table, column.name


@mutant(keys.references_within_a_table_run_in_no_circle)
def a_row_that_names_itself(tables: Dataset) -> Iterator[Corruption]:
    for table, field in pointing(tables):
        yield from (change(table, row, **{field: row["id"]}) for row in tables[table])


@mutant(keys.references_within_a_table_run_in_no_circle)
def two_rows_that_name_each_other(tables: Dataset) -> Iterator[Corruption]:
    for table, field in pointing(tables):
        rows = tables.by_id(table)
        for row in tables[table]:
            if row[field] is not None:
                yield change(table, rows[row[field]], **{field: row["id"]})


@mutant(keys.cells_of_a_pair_are_filled_together)
def half_of_a_pair(tables: Dataset) -> Iterator[Corruption]:
    for table, *pair in keys.PAIRS:
        for row in tables[table]:
            if row[pair[0]] is not None:
                yield from (change(table, row, **{field: None}) for field in pair)


# Editions


@mutant(editions.edition_numbers_run_from_one)
def a_lost_edition(tables: Dataset) -> Iterator[Corruption]:
    last = max(row["number"] for row in tables["editions"])
    return (remove("editions", row) for row in tables["editions"] if row["number"] < last)


@mutant(editions.edition_numbers_run_from_one)
def an_edition_numbered_too_high(tables: Dataset) -> Iterator[Corruption]:
    return (change("editions", row, number=row["number"] + 100) for row in tables["editions"])


@mutant(editions.years_increase_with_numbers)
def an_edition_in_the_year_before(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        if row["number"] > 1:
            yield change("editions", row, year=row["year"] - 1)


@mutant(editions.editions_end_when_or_after_they_start)
def an_end_before_the_start(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        yield change("editions", row, date_end=row["date_start"] - DAY)


@mutant(editions.editions_meet_in_their_year)
def days_in_another_year(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        yield change("editions", row, date_start=row["date_start"] - 366 * DAY)
        yield change("editions", row, date_end=row["date_end"] + 366 * DAY)
        yield change("editions", row, year=row["year"] + 1)


@mutant(editions.hosts_were_members)
def a_host_from_outside(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        for actor in tables["actors"]:
            if not checks.is_member(actor, row["date_start"]):
                yield change("editions", row, host_id=actor["id"])


@mutant(editions.chairs_took_part_in_the_chair)
def a_chair_who_was_not_there(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        for person in others(tables["people"], row["chair_id"]):
            yield change("editions", row, chair_id=person)
        if row["chair_id"] is not None:
            yield change("editions", row, chair_id=None)


@mutant(editions.chairs_took_part_in_the_chair)
def a_chair_who_did_not_take_part_as_such(tables: Dataset) -> Iterator[Corruption]:
    chairs = [row for row in tables["participants"] if row["role"] == vocabularies.Role.CHAIR]
    alone = Counter(row["edition_id"] for row in chairs)
    for row in chairs:
        if alone[row["edition_id"]] == 1:
            yield change("participants", row, role=vocabularies.Role.MEMBER_STATE)
            for presence in ("represented", "expected", "absent"):
                yield change("participants", row, presence=vocabularies.Presence(presence))


@mutant(editions.principal_documents_speak_of_their_edition)
def a_principal_document_about_something_else(tables: Dataset) -> Iterator[Corruption]:
    said = {(claim["row_id"], claim["source_id"]) for claim in spoken(tables)}
    for row in tables["editions"]:
        for source in tables["sources"]:
            if (row["id"], source["id"]) not in said:
                yield change("editions", row, principal_source_id=source["id"])


@mutant(editions.rosters_agree_with_participants)
def a_roster_of_nobody(tables: Dataset) -> Iterator[Corruption]:
    return (
        change("editions", row, roster=vocabularies.Roster.UNATTESTED) for row in tables["editions"]
    )


@mutant(editions.rosters_agree_with_participants)
def a_group_that_lacks_a_member(tables: Dataset) -> Iterator[Corruption]:
    editions, actors = tables.by_id("editions"), tables.by_id("actors")
    rows = Counter((row["edition_id"], row["actor_id"]) for row in tables["participants"])
    for row in tables["participants"]:
        edition = editions[row["edition_id"]]
        if (
            edition["roster"] == vocabularies.Roster.BY_GROUP
            and checks.is_member(actors[row["actor_id"]], edition["date_start"])
            and rows[edition["id"], row["actor_id"]] == 1
        ):
            yield remove("participants", row)
            yield change("participants", row, presence=vocabularies.Presence.ABSENT)


# Participants


@mutant(participants.member_states_were_members)
def a_member_before_its_time(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["participants"]:
        if row["role"] == vocabularies.Role.MEMBER_STATE:
            yield change("participants", row, actor_id="tl")
        if row["role"] == vocabularies.Role.DIALOGUE_PARTNER:
            yield change("participants", row, role=vocabularies.Role.MEMBER_STATE)


@mutant(participants.partners_were_not_members)
def a_member_as_a_partner(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["participants"]:
        if row["role"] == vocabularies.Role.MEMBER_STATE:
            for role in ("dialogue_partner", "partner_organisation", "guest", "observer"):
                yield change("participants", row, role=vocabularies.Role(role))


@mutant(participants.roles_suit_the_kind_of_actor)
def a_role_for_another_kind_of_actor(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["participants"]:
        if row["role"] == vocabularies.Role.ASEAN_SECRETARIAT:
            yield change("participants", row, role=vocabularies.Role.PARTNER_ORGANISATION)
        else:
            yield change("participants", row, role=vocabularies.Role.ASEAN_SECRETARIAT)


@mutant(participants.chairs_are_persons_of_the_host)
def a_chair_without_name_or_of_another_state(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["participants"]:
        if row["role"] == vocabularies.Role.CHAIR:
            yield change("participants", row, person_id=None)
            for actor_id in others(tables["actors"], row["actor_id"]):
                yield change("participants", row, actor_id=actor_id)


@mutant(participants.people_stand_for_the_actor_of_the_registry)
def a_person_of_another_actor(tables: Dataset) -> Iterator[Corruption]:
    people = tables.by_id("people")
    for row in tables["participants"]:
        if row["person_id"] is not None and people[row["person_id"]]["actor_id"] is not None:
            for actor_id in others(tables["actors"], row["actor_id"]):
                yield change("participants", row, actor_id=actor_id)
                yield change("people", people[row["person_id"]], actor_id=actor_id)


@mutant(participants.a_document_gives_a_person_one_title)
def a_second_title_in_one_document(tables: Dataset) -> Iterator[Corruption]:
    rows = tables.by_id("participants")
    for claim in spoken(tables):
        if claim["field"] == "title_stated" and rows[claim["row_id"]]["person_id"]:
            yield add("provenance", {**claim, **NEW_CLAIM}, value=f"Former {claim['value']}")


# Outcomes


@mutant(outcomes.ordinals_run_from_one_in_each_edition)
def an_ordinal_too_high(tables: Dataset) -> Iterator[Corruption]:
    return (change("outcomes", row, ordinal=row["ordinal"] + 100) for row in tables["outcomes"])


@mutant(outcomes.ordinals_run_from_one_in_each_edition)
def a_lost_outcome(tables: Dataset) -> Iterator[Corruption]:
    last = {row["edition_id"]: row for row in sorted(tables["outcomes"], key=ordinal)}
    return (
        remove("outcomes", row) for row in tables["outcomes"] if last[row["edition_id"]] is not row
    )


def ordinal(row: Row) -> int:
    number: int = row["ordinal"]
    return number


@mutant(outcomes.collective_acts_alone_have_no_maker)
def an_act_with_a_maker_too_many_or_none(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["outcomes"]:
        if row["made_by"] is None:
            yield change("outcomes", row, made_by="sg")
        else:
            yield change("outcomes", row, made_by=None)
            yield change("outcomes", row, scope=vocabularies.Scope.COLLECTIVE)


@mutant(outcomes.acts_of_the_host_are_made_by_the_host)
def an_act_of_the_host_by_another(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["outcomes"]:
        if row["scope"] == vocabularies.Scope.HOST:
            yield change("outcomes", row, scope=vocabularies.Scope.NATIONAL)
            yield change("outcomes", row, made_by="vn")
        elif row["made_by"] is not None:
            yield change("outcomes", row, scope=vocabularies.Scope.HOST)
            yield change("outcomes", row, made_by="csa")


@mutant(outcomes.acts_of_the_secretariat_are_made_by_asean_bodies)
def an_act_of_the_secretariat_by_a_state(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["outcomes"]:
        if row["scope"] == vocabularies.Scope.NATIONAL:
            yield change("outcomes", row, scope=vocabularies.Scope.SECRETARIAT)
            yield change("outcomes", row, made_by="asean-secretariat")
        if row["scope"] == vocabularies.Scope.SECRETARIAT:
            yield change("outcomes", row, scope=vocabularies.Scope.NATIONAL)
            yield change("outcomes", row, made_by="vn")


@mutant(outcomes.outcomes_follow_earlier_ones)
def an_outcome_that_follows_a_later_one(tables: Dataset) -> Iterator[Corruption]:
    numbers = {row["id"]: row["number"] for row in tables["editions"]}
    rows = sorted(tables["outcomes"], key=lambda row: (numbers[row["edition_id"]], row["ordinal"]))
    for position, row in enumerate(rows):
        for later in (row, *rows[position + 1 : position + 2], rows[-1]):
            yield change("outcomes", row, follows_id=later["id"])


@mutant(outcomes.outcomes_follow_earlier_ones)
def an_outcome_that_follows_another_of_its_edition(tables: Dataset) -> Iterator[Corruption]:
    for rows in tables.groups("outcomes", "edition_id").values():
        for earlier, row in pairwise(sorted(rows, key=lambda row: row["ordinal"])):
            yield change("outcomes", row, follows_id=earlier["id"])


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


# Initiatives and their events


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
def a_pledge_told_again_by_what_tells_none(tables: Dataset) -> Iterator[Corruption]:
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


# Meetings


@mutant(meetings.last_days_follow_known_first_days)
def a_last_day_too_early_or_after_a_coarse_date(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["meetings"]:
        if row["date_start"] is not None:
            yield change("meetings", row, date_end=row["date_start"] - DAY, date_precision=DAILY)
            for coarse in set(vocabularies.DatePrecision) - {DAILY}:
                yield change("meetings", row, date_end=row["date_start"], date_precision=coarse)


@mutant(meetings.parts_of_an_edition_name_it)
def a_session_of_no_edition(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["meetings"]:
        for kind in ("cyber_week", "session", "courtesy_call"):
            yield change("meetings", row, kind=vocabularies.MeetingKind(kind), edition_id=None)


@mutant(meetings.an_edition_has_one_cyber_week)
def a_second_cyber_week(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["meetings"]:
        if row["kind"] == vocabularies.MeetingKind.CYBER_WEEK:
            yield add("meetings", row, id=ABSENT)


@mutant(meetings.cyber_weeks_are_of_the_year_of_their_edition)
def a_cyber_week_of_another_year(tables: Dataset) -> Iterator[Corruption]:
    years = {row["id"]: row["year"] for row in tables["editions"]}
    for row in tables["meetings"]:
        if row["kind"] == vocabularies.MeetingKind.CYBER_WEEK:
            for year in (years[row["edition_id"]] - 1, years[row["edition_id"]] + 1):
                yield change("meetings", row, name=f"A Week {year}")


@mutant(meetings.cyber_weeks_and_sessions_have_days_of_their_edition)
def a_session_long_before_or_after(tables: Dataset) -> Iterator[Corruption]:
    editions = tables.by_id("editions")
    for row in tables["meetings"]:
        if row["kind"] in ("cyber_week", "session"):
            edition = editions[row["edition_id"]]
            alone = {"date_precision": DAILY, "date_end": None}
            for day in (edition["date_start"] - DAY, edition["date_end"] + DAY):
                yield change("meetings", row, date_start=day, **alone)
            last = {"date_end": edition["date_start"] - DAY, "date_precision": DAILY}
            yield change("meetings", row, date_start=edition["date_start"] - 9 * DAY, **last)
            year = edition["date_start"].replace(month=1, day=1, year=edition["year"] - 1)
            coarse = {"date_precision": vocabularies.DatePrecision.YEAR, "date_end": None}
            yield change("meetings", row, date_start=year, **coarse)


@mutant(meetings.steps_at_a_meeting_happened_on_its_days)
def a_step_on_another_day_than_the_meeting(tables: Dataset) -> Iterator[Corruption]:
    meetings = tables.by_id("meetings")
    for row in tables["initiative_events"]:
        if row["meeting_id"] and meetings[row["meeting_id"]]["date_start"]:
            yield change("initiative_events", row, date=row["date"] + 400 * DAY)
            yield change("initiative_events", row, date=row["date"] - 400 * DAY)


# Cross-references


@mutant(references.relations_suit_what_they_point_to)
def a_relation_to_another_kind_of_target(tables: Dataset) -> Iterator[Corruption]:
    targets = {
        field: columns_of("cross_references")[field].ref
        for field in ("to_instrument_id", "to_initiative_id", "to_actor_id")
    }
    for row in tables["cross_references"]:
        for field, table in targets.items():
            if table is not None and field not in references.ENDS[row["relation"]]:
                (end,) = [name for name in targets if row[name] is not None]
                other = {end: None, field: tables[table][0]["id"]}
                yield change("cross_references", row, **other)
        for relation in vocabularies.ReferenceRelation:
            if not any(row[field] for field in references.ENDS[relation]):
                yield change("cross_references", row, relation=relation)


@mutant(references.instruments_are_referred_to)
def a_text_that_nothing_refers_to(tables: Dataset) -> Iterator[Corruption]:
    return (add("instruments", row, id=ABSENT, symbol=None) for row in tables["instruments"])


@mutant(references.references_lead_elsewhere)
def an_initiative_that_points_to_itself(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["cross_references"]:
        if row["to_initiative_id"] is not None:
            start = {"from_outcome_id": None, "from_initiative_id": row["to_initiative_id"]}
            yield change("cross_references", row, **start)


@mutant(references.steps_stand_on_routes_only)
def a_step_off_the_route(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["cross_references"]:
        if row["relation"] not in references.ROUTE:
            yield change("cross_references", row, step=1)


@mutant(references.steps_of_a_route_run_from_one)
def a_gap_in_a_route(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["cross_references"]:
        if row["step"] is not None:
            yield change("cross_references", row, step=row["step"] + 50)


# Documents


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
    told: dict[str, dt.date] = {}
    for claim in spoken(tables, *STANDS):
        if claim["table"] == "initiative_events" and claim["field"] == "kind":
            day = published[claim["source_id"]]
            told[claim["row_id"]] = max(day, told.get(claim["row_id"], day))
    for row in tables["initiative_events"]:
        if told[row["id"]] < dt.date.max:
            yield change("initiative_events", row, date=told[row["id"]] + DAY, precision=DAILY)


# Claims


@mutant(claims.claims_are_on_columns_for_claims)
def a_claim_on_no_cell(tables: Dataset) -> Iterator[Corruption]:
    for claim in tables["provenance"][::20]:
        yield change("provenance", claim, table="no_such_table")
        yield change("provenance", claim, table="actors")
        yield change("provenance", claim, field="no_such_field")
        yield change("provenance", claim, field="id")


@mutant(claims.claims_speak_of_rows)
def a_claim_on_no_row(tables: Dataset) -> Iterator[Corruption]:
    for claim in tables["provenance"][::20]:
        yield change("provenance", claim, row_id=ABSENT)


@mutant(claims.claims_speak_of_rows)
def a_row_rejected_without_a_decision(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["decisions"]:
        if row["field"] is None:
            yield remove("decisions", row)


@mutant(claims.claims_on_a_cell_agree_or_were_settled)
def a_preference_without_a_dispute(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables, vocabularies.Standing.AGREED)[::20]:
        yield change("provenance", claim, standing=vocabularies.Standing.PREFERRED)


@mutant(claims.claims_on_a_cell_agree_or_were_settled)
def an_agreement_amid_a_dispute(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables, vocabularies.Standing.PREFERRED):
        yield change("provenance", claim, standing=vocabularies.Standing.AGREED)


@mutant(claims.claims_on_a_cell_agree_or_were_settled)
def an_overruled_claim_amid_agreement(tables: Dataset) -> Iterator[Corruption]:
    agreed = spoken(tables, vocabularies.Standing.AGREED)
    count = Counter(map(cell, agreed))
    for claim in agreed:
        if count[cell(claim)] > 1:
            yield change("provenance", claim, standing=vocabularies.Standing.OVERRULED)


@mutant(claims.cells_say_what_the_claims_that_stand_say)
def a_value_edited_behind_its_claim(tables: Dataset) -> Iterator[Corruption]:
    rows = {(table, row["id"]): row for table, rows in tables.items() for row in rows}
    for claim in spoken(tables, *STANDS)[::5]:
        value = rows[cell(claim)[:2]][claim["field"]]
        column = columns_of(claim["table"])[claim["field"]]
        other: object
        if column.vocabulary is not None:
            other = next(code for code in column.vocabulary if code != value)
        elif column.ref is not None:
            other = next(others(tables[column.ref], value))
        elif isinstance(value, str):
            other = value[:-2] + "X"
        else:
            other = value + (1 if isinstance(value, int) else DAY)
        if column.name != "currency":
            yield change(claim["table"], rows[cell(claim)[:2]], **{claim["field"]: other})


@mutant(claims.cells_say_what_the_claims_that_stand_say)
def a_cell_emptied_behind_its_claim(tables: Dataset) -> Iterator[Corruption]:
    rows = {(table, row["id"]): row for table, rows in tables.items() for row in rows}
    for claim in spoken(tables, *STANDS):
        if columns_of(claim["table"])[claim["field"]].nullable:
            yield change(claim["table"], rows[cell(claim)[:2]], **{claim["field"]: None})


@mutant(claims.cells_say_what_the_claims_that_stand_say)
def a_claim_overruled_by_itself(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables, *STANDS)[::20]:
        yield change("provenance", claim, standing=vocabularies.Standing.OVERRULED)


@mutant(claims.cells_have_a_claim_that_stands)
def a_value_without_a_claim(tables: Dataset) -> Iterator[Corruption]:
    standing = spoken(tables, *STANDS)
    count = Counter(map(cell, standing))
    for claim in standing:
        policy = claimable()[claim["table"]][claim["field"]]
        if count[cell(claim)] == 1 and policy is Policy.CLAIM:
            yield remove("provenance", claim)
            yield change("provenance", claim, standing=vocabularies.Standing.OVERRULED)


@mutant(claims.cells_have_a_claim_that_stands)
def a_gap_filled_by_hand(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        if row["theme"] is None:
            yield change("editions", row, theme="Cybersecurity for everybody")
        if row["format"] is None:
            yield change("editions", row, format=vocabularies.Format.IN_PERSON)


@mutant(claims.rows_have_a_claim_that_stands)
def a_row_that_nobody_states(tables: Dataset) -> Iterator[Corruption]:
    for table in claimable():
        yield from (add(table, row, id=ABSENT) for row in tables[table])


@mutant(claims.claims_say_something_and_silence_nothing)
def a_claim_that_says_nothing(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        yield from (change("provenance", claim, **{field: None}) for field in claims.SAID)


@mutant(claims.claims_say_something_and_silence_nothing)
def a_silence_that_says_something(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables, vocabularies.Standing.SILENT):
        yield change("provenance", claim, value="something")
        yield change("provenance", claim, basis=vocabularies.Basis.STATED)
        yield change("provenance", claim, locator="p1")
        yield change("provenance", claim, start="The first words")


@mutant(claims.silence_is_noted_of_whole_readings_only)
def a_silence_of_what_was_not_read(tables: Dataset) -> Iterator[Corruption]:
    sources = tables.by_id("sources")
    for claim in spoken(tables, vocabularies.Standing.SILENT):
        yield change("sources", sources[claim["source_id"]], read=vocabularies.Read.OPENING)


@mutant(claims.no_document_is_silent_on_what_it_states)
def a_silence_on_a_stated_cell(tables: Dataset) -> Iterator[Corruption]:
    return (
        add("provenance", {**claim, **SILENCE, **NEW_CLAIM})
        for claim in spoken(tables, *STANDS)[::20]
    )


@mutant(claims.claim_ids_are_content_hashes)
def a_claim_altered_under_its_id(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        yield change("provenance", claim, **NEW_CLAIM)
        yield change("provenance", claim, table="actors")
        yield change("provenance", claim, row_id=ABSENT)
        yield change("provenance", claim, field="id")
        yield change("provenance", claim, value=f"{claim['value'][:400]} more")
        yield change(
            "provenance", claim, source_id=next(others(tables["sources"], claim["source_id"]))
        )
        yield change("provenance", claim, locator="p999")


@mutant(texts.locators_quote_few_words)
def a_locator_with_five_words(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        yield change("provenance", claim, start="one two three four five")
        yield change("provenance", claim, start="one", end="one two three four five")


@mutant(texts.passages_are_quoted)
def a_passage_without_its_first_words(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables):
        yield change("provenance", claim, start=None, end="the last words")
        if claim["locator"] == "headline":
            yield change("provenance", claim, locator="p1")
        else:
            yield change("provenance", claim, start=None, end=None)


@mutant(claims.links_open_the_passage)
def a_link_to_another_place(tables: Dataset) -> Iterator[Corruption]:
    for claim in tables["provenance"][::20]:
        yield change("provenance", claim, link="https://example.org/")
        if claim["link"] is not None:
            yield change("provenance", claim, link=None)
            yield change("provenance", claim, start="Words not quoted")
            if claim["start"] is not None:
                yield change("provenance", claim, link=claim["link"].partition("#")[0])
            if claim["end"] is not None:
                yield change("provenance", claim, end=None)


@mutant(claims.digests_are_of_whole_readings_only)
def a_digest_of_what_was_not_read(tables: Dataset) -> Iterator[Corruption]:
    sources = tables.by_id("sources")
    for claim in spoken(tables):
        if sources[claim["source_id"]]["read"] == vocabularies.Read.OPENING:
            yield change("provenance", claim, span_sha256="0" * 64)


@mutant(claims.a_passage_has_one_digest)
def another_digest_of_the_same_passage(tables: Dataset) -> Iterator[Corruption]:
    for claim in tables["provenance"]:
        if claim["span_sha256"] is not None:
            twin = {**claim, **NEW_CLAIM}
            yield add("provenance", twin, span_sha256=claim["span_sha256"][::-1])
            yield add("provenance", twin, span_sha256=None)


# Texts


@mutant(texts.texts_show_what_they_are)
def a_text_with_what_nobody_sees(tables: Dataset) -> Iterator[Corruption]:
    hidden = ("\u00ad", "\u202e", "\u2066", "\u200b", "\ufeff", "\U000e0041", "\u3164", "\ufe0f")
    for row in tables["initiatives"]:
        for character in hidden:
            yield change("initiatives", row, name=f"A{character}b{row['name']}")


@mutant(texts.texts_show_what_they_are)
def a_text_with_a_borrowed_letter(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["people"]:
        for letters in ("S\u0456ng", "\u0410sean", "\u0421\u0415\u041e", "\u039f\u039d\u0395"):
            yield change("people", row, name=f"{letters} {row['name']}")


@mutant(texts.no_text_is_run_as_a_formula)
def a_text_that_a_spreadsheet_runs(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["meetings"]:
        for text in (
            "＝1+1",
            "＠sum",
            "The day;=1+1",
            "The day; +1",
            "The day|@sum",
            ";-1",
            'A,"=1"',
        ):
            yield change("meetings", row, name=text)


@mutant(texts.no_text_is_run_as_a_formula)
def an_address_that_a_spreadsheet_runs(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["sources"]:
        yield change("sources", row, url="https://example.org/a;=1+1")


@mutant(texts.addresses_lead_where_they_say)
def an_address_that_leads_elsewhere(tables: Dataset) -> Iterator[Corruption]:
    addresses = (
        "https://www.csa.gov.sg@example.org/", "https://example.org\\@csa.gov.sg/", "https://localhost/",
        "https:///path", "https://example.org/a<b>", "https://example.org/a)b", "http://example.org/a|b",
    )  # fmt: skip
    for row in tables["sources"]:
        for address in addresses:
            yield change("sources", row, url=address)


@mutant(texts.quotations_share_no_word)
def an_end_that_begins_with_the_end_of_the_start(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        yield change("provenance", claim, start="The fourth ASEAN", end="ASEAN Conference met")
        yield change("provenance", claim, start="on Cyber Security", end="cyber security, met")


@mutant(texts.quotations_begin_and_end_with_whole_words)
def a_quotation_that_is_cut_within_a_word(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        for cut in ("’s proposal to", ",000 officials met", "the cyber-", "the norms²", "การเ"):
            yield change("provenance", claim, start=cut)
            yield change("provenance", claim, start="The first words", end=cut)


# The docket


@mutant(docket.overruled_claims_were_decided)
def a_dispute_settled_silently(tables: Dataset) -> Iterator[Corruption]:
    return (remove("decisions", row) for row in tables["decisions"])


@mutant(docket.decisions_settle_a_dispute)
def a_decision_without_a_dispute(tables: Dataset) -> Iterator[Corruption]:
    decision = tables["decisions"][0]
    for claim in spoken(tables, vocabularies.Standing.AGREED)[::20]:
        place = {field: claim[field] for field in ("table", "row_id", "field")}
        yield add("decisions", decision, id=ABSENT, **place)


@mutant(docket.decisions_name_what_stands)
def a_decision_for_what_nobody_says(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["decisions"]:
        for source_id in (source["id"] for source in tables["sources"][::20]):
            yield change("decisions", row, preferred_source_id=source_id, value="hearsay")
        if row["preferred_source_id"] is not None:
            yield change("decisions", row, value=f"{row['value'][:400]} X")
            yield change("decisions", row, preferred_source_id=None, value=None)


@mutant(docket.decisions_are_named_after_their_cells)
def a_decision_named_after_another_cell(data: Dataset) -> Iterator[Corruption]:
    for row in data["decisions"]:
        yield change("decisions", row, id=f"{row['id']}-again")


@mutant(docket.rejected_rows_stay_out)
def a_rejected_row_that_came_back(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["decisions"]:
        if row["field"] is None:
            model = tables[row["table"]][0]
            yield add(row["table"], model, id=row["row_id"])


@mutant(docket.decisions_are_made_after_the_notes_that_they_weigh)
def a_decision_before_its_documents_were_read(tables: Dataset) -> Iterator[Corruption]:
    sources = tables.by_id("sources")
    for row in tables["decisions"]:
        for source_id in filter(None, (row["preferred_source_id"], row["against_source_id"])):
            source = sources[source_id]
            yield change("decisions", row, decided_on=source["noted_on"] - DAY)
            yield change("sources", source, noted_on=row["decided_on"] + DAY)


@mutant(docket.documents_speak_against_where_nothing_stands)
def a_document_against_what_is_preferred(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["decisions"]:
        if row["preferred_source_id"] is not None:
            for source_id in others(tables["sources"][::20], row["preferred_source_id"]):
                yield change("decisions", row, against_source_id=source_id)


# Registries and codes


@mutant(registries.only_states_have_iso_codes)
def a_code_on_what_is_no_state(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["actors"]:
        if row["iso2"] is None:
            yield change("actors", row, iso2="XX", iso3="XXX")
        else:
            yield change("actors", row, kind=vocabularies.ActorKind.INTERNATIONAL_ORGANISATION)


@mutant(registries.iso_codes_belong_to_one_state_each)
def a_code_of_two_states(tables: Dataset) -> Iterator[Corruption]:
    states = [row for row in tables["actors"] if row["iso2"] is not None]
    for row, other in pairwise(states):
        yield change("actors", row, iso2=other["iso2"])
        yield change("actors", row, iso3=other["iso3"])


@mutant(registries.only_states_are_members)
def a_membership_of_what_is_no_state(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["actors"]:
        if row["kind"] != vocabularies.ActorKind.STATE:
            for field in ("asean_member_from", "asean_member_attested", "asean_member_to"):
                yield change("actors", row, **{field: dt.date(2020, 1, 1)})


@mutant(registries.memberships_begin_before_they_end)
def a_membership_that_ended_before_it_began(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["actors"]:
        began = row["asean_member_from"] or row["asean_member_attested"]
        if began is not None:
            yield change("actors", row, asean_member_to=began - DAY)
        if row["asean_member_attested"] is not None:
            yield change("actors", row, asean_member_from=row["asean_member_attested"] + DAY)


@mutant(registries.bodies_of_a_government_belong_to_a_state)
def a_body_without_its_state(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["actors"]:
        if row["kind"] == vocabularies.ActorKind.GOVERNMENT_BODY:
            yield change("actors", row, parent_id=None)
            yield change("actors", row, parent_id="asean")
        if row["kind"] == vocabularies.ActorKind.STATE:
            yield change("actors", row, parent_id="asean")


@mutant(registries.codes_are_the_vocabularies)
def a_code_lost_altered_or_added(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["codes"]:
        yield remove("codes", row)
        yield change("codes", row, label=f"{row['label']} or so")
        yield change("codes", row, definition=f"{row['definition']} Or so.")
        yield change("codes", row, ordinal=row["ordinal"] + 100)
        yield change("codes", row, id=ABSENT)
        yield add("codes", row, id=ABSENT, code="other", ordinal=999)


MISREAD = (
    *("na", "n/a", "none", "null", "nan", "true", "false", "yes", "no", "t", "f", "on", "off"),
    *(
        name.lower()
        for names in (calendar.month_name, calendar.month_abbr)
        for name in names
        if name
    ),
    *(name.lower() for names in (calendar.day_name, calendar.day_abbr) for name in names),
)
"""What csvkit, DuckDB, R or a spreadsheet take for a gap, a truth value or a date."""


def test_every_word_that_programs_misread_is_refused_and_no_other(tables: Dataset) -> None:
    row = tables["codes"][0]
    harmless = ("noted", "not known", "mayor", "one", "market", "second", "yes or no")
    for word in (*MISREAD, *harmless):
        for altered in ({"code": word}, {"label": word}, {"label": word.upper()}):
            found = list(
                registries.no_code_is_read_as_something_else(
                    Dataset({"codes": [{**row, **altered}]})
                )
            )
            assert len(found) == (word in MISREAD), word


@mutant(registries.no_code_is_read_as_something_else)
def a_code_that_programs_misread(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["codes"]:
        for word in filter(str.isalpha, MISREAD):
            yield change("codes", row, code=word)
            yield change("codes", row, label=word.title())


# The order


@mutant(order.rows_are_in_the_order_of_their_table)
def neighbours_that_changed_places(data: Dataset) -> Iterator[Corruption]:
    for table in data:
        for first, second in pairwise(data[table][:20]):
            yield [Edit(table, first, {**second}), Edit(table, second, {**first})]


# What is derived


@mutant(derived.derived_cells_follow_from_others)
def another_name_or_rank(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        yield change("editions", row, host_name=f"{row['host_name']} and others")
        yield change("editions", row, chair_name="Nobody" if row["chair_name"] is None else None)
        for field in ("umbrella_event", "umbrella_theme"):
            yield change("editions", row, **{field: "A Week" if row[field] is None else None})
    for row in tables["initiatives"]:
        for actor_id in (None, *others(tables["actors"][:9], row["lead_id"])):
            if actor_id != row["lead_id"]:
                yield change("initiatives", row, lead_id=actor_id)
    for row in tables["outcomes"]:
        yield change("outcomes", row, act_rank=row["act_rank"] % 19 + 1)
    for row in tables["participants"]:
        yield change("participants", row, level_rank=(row["level_rank"] or 0) % 5 + 1)


@mutant(derived.documents_of_an_edition_are_counted)
def another_number_of_documents(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        for field in ("documents", "documents_whole"):
            yield change("editions", row, **{field: row[field] + 1})
    for row in tables["participants"]:
        yield change("participants", row, named_by=row["named_by"] + 1)


@mutant(derived.derived_cells_follow_from_others)
def a_source_of_a_derived_cell_that_changed(tables: Dataset) -> Iterator[Corruption]:
    led = {row["id"] for row in tables["initiatives"] if row["lead_id"]}
    for row in tables["parties"]:
        if row["role"] == vocabularies.PartyRole.LEAD and row["initiative_id"] in led:
            another = next(others(tables["actors"], row["actor_id"]))
            yield change("parties", row, role=vocabularies.PartyRole.HOST)
            yield add("parties", row, id=ABSENT, actor_id=another)
    for row in tables["meetings"]:
        if row["kind"] == vocabularies.MeetingKind.CYBER_WEEK:
            yield change("meetings", row, name=f"{row['name']} and more")
            yield change("meetings", row, theme=f"{row['theme'] or 'Theme'} and more")
            yield change("meetings", row, kind=vocabularies.MeetingKind.FORUM)


assert MUTANTS.keys() == RULES.keys(), sorted(MUTANTS.keys() ^ RULES.keys())


# What holds of every rule


Spots = Callable[[Mutant], list[Corruption]]
Broken = Callable[[Corruption], Dataset]

each_mutant = pytest.mark.parametrize(
    ("name", "function"),
    [(name, function) for name, functions in MUTANTS.items() for function in functions],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
each_rule = pytest.mark.parametrize("name", RULES)


@pytest.fixture(scope="session")
def spots(tables: Dataset) -> Spots:
    """Return what lists the corruptions of a mutant, each mutant once."""
    return cache(lambda function: list(function(tables)))


@pytest.fixture(scope="session")
def broken(tables: Dataset) -> Broken:
    """Return what corrupts the real tables."""
    return lambda corruption: corrupted(tables, corruption)


@each_mutant
@given(data=st.data())
def test_a_mutant_is_caught_by_its_rule(
    spots: Spots, broken: Broken, name: str, function: Mutant, data: st.DataObject
) -> None:
    assert spots(function), "finds nothing to corrupt"
    corruption = data.draw(st.sampled_from(spots(function)))
    for table, _, after in corruption:
        if after is not None:
            assert not misfits(TABLES[table], after)
    findings = list(RULES[name](broken(corruption)))
    assert findings
    for finding in findings:
        assert finding.rule == name
        assert_guides(finding)


def assert_guides(finding: Finding) -> None:
    """Check that a finding says where, what and how to fix it, in one line."""
    assert finding.location.row_id
    assert finding.location.table
    assert finding.location.field in TABLES[finding.location.table].model_fields
    assert len(finding.what) > 10
    assert len(finding.remedy) > 7
    assert str(finding).isprintable()


@each_mutant
def test_no_rule_stumbles_over_the_mutant_of_another(
    spots: Spots, broken: Broken, name: str, function: Mutant
) -> None:
    tables = broken(spots(function)[-1])
    assert [finding for judge in RULES.values() for finding in judge(tables)]
    assert list(checks.run(tables))


@each_rule
def test_the_tables_break_no_rule(tables: Dataset, name: str) -> None:
    assert list(map(str, RULES[name](tables))) == []


@each_rule
def test_a_rule_reads_as_a_sentence(name: str) -> None:
    sentence = RULES[name].__doc__ or ""
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "\n" not in sentence


def test_rules_but_one_do_not_depend_on_types_of_text_or_on_the_order_of_rows(
    tables: Dataset,
) -> None:
    plain = {
        table: [
            {key: str(cell) if isinstance(cell, str) else cell for key, cell in row.items()}
            for row in reversed(rows)
        ]
        for table, rows in tables.items()
    }
    broken = {finding.rule for finding in checks.run(Dataset(plain))}
    assert broken == {"rows_are_in_the_order_of_their_table"}


def test_rules_leave_the_tables_as_they_are(tables: Dataset) -> None:
    before = copy.deepcopy(tables)
    list(checks.run(tables))
    assert tables == before


@given(data=st.data())
def test_rules_that_judge_single_rows_find_nothing_in_a_part_of_the_tables(
    tables: Dataset, data: st.DataObject
) -> None:
    lost = data.draw(
        st.sets(st.sampled_from([(t, row["id"]) for t in tables for row in tables[t]]))
    )
    part = tables.replaced(
        {
            table: [row for row in rows if (table, row["id"]) not in lost]
            for table, rows in tables.items()
        }
    )
    for name in checks.ROW_RULES:
        assert list(map(str, RULES[name](part))) == [], name


def test_only_the_vocabularies_are_missed_in_empty_tables() -> None:
    findings = list(checks.run(Dataset({table: [] for table in TABLES})))
    assert {finding.location.table for finding in findings} == {"codes"}


def edited(table: str, field: str) -> Mutant:
    """Return a mutant that edits any cell of a column."""

    def edit(tables: Dataset) -> Iterator[Corruption]:
        for row in tables[table]:
            other = 99 if isinstance(row[field], int) else "Somebody else"
            yield change(table, row, **{field: other})

    return edit


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(edited(table, column.name), id=f"{table}.{column.name}")
        for table in TABLES
        for column in columns(TABLES[table])
        if column.derived
    ],
)
@given(data=st.data())
def test_no_derived_cell_can_be_edited(
    spots: Spots, broken: Broken, function: Mutant, data: st.DataObject
) -> None:
    assert list(checks.run(broken(data.draw(st.sampled_from(spots(function))))))
