"""Mutants of the rules on editions."""

from collections import Counter
from collections.abc import Iterator

from amcc_dataset import rules as checks
from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules import editions
from broken.corruption import DAY, Corruption, change, mutant, others, remove, spoken


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
