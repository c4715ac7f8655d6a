"""Mutants of the rules on participants."""

from collections.abc import Iterator

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules import participants
from broken.corruption import NEW_CLAIM, Corruption, add, change, mutant, others, spoken


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
