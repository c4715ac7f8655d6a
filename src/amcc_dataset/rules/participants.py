"""The rules on who took part, for whom, and in which role."""

from collections.abc import Iterator, Mapping
from typing import Any

from amcc_dataset.model.findings import Problem
from amcc_dataset.model.vocabularies import ActorKind, Role
from amcc_dataset.rules.rule import Tables, is_member, joined, problem, rule


@rule
def member_states_were_members(tables: Tables) -> Iterator[Problem]:
    """Who took part as a member state was a member of ASEAN on the first day of the edition."""
    dates = {row["id"]: row["date_start"] for row in tables["editions"]}
    for row, actor in joined(tables, "participants", "actor_id"):
        day = dates.get(row["edition_id"])
        if row["role"] == Role.MEMBER_STATE and day and not is_member(actor, day):
            what = f"{actor['id']} was no member of ASEAN on {day}"
            remedy = "correct the role, or the membership in actors"
            yield problem("participants", row["id"], "role", what, remedy)


@rule
def partners_were_not_members(tables: Tables) -> Iterator[Problem]:
    """Who took part as a partner, guest or observer was not a member of ASEAN at the time."""
    dates = {row["id"]: row["date_start"] for row in tables["editions"]}
    outside = (Role.DIALOGUE_PARTNER, Role.PARTNER_ORGANISATION, Role.GUEST, Role.OBSERVER)
    for row, actor in joined(tables, "participants", "actor_id"):
        day = dates.get(row["edition_id"])
        if row["role"] in outside and day and is_member(actor, day):
            what = f"{actor['id']} was a member of ASEAN on {day}"
            remedy = "correct the role, or the membership in actors"
            yield problem("participants", row["id"], "role", what, remedy)


_KINDS_IN_ROLE: dict[str, set[ActorKind]] = {
    Role.CHAIR: {ActorKind.STATE},
    Role.MEMBER_STATE: {ActorKind.STATE},
    Role.ASEAN_SECRETARIAT: {ActorKind.ASEAN_BODY},
    Role.DIALOGUE_PARTNER: {ActorKind.STATE, ActorKind.INTERNATIONAL_ORGANISATION},
    Role.PARTNER_ORGANISATION: {ActorKind.INTERNATIONAL_ORGANISATION},
}


@rule
def roles_suit_the_kind_of_actor(tables: Tables) -> Iterator[Problem]:
    """States chair and are members, ASEAN bodies its Secretariat, organisations partners."""
    for row, actor in joined(tables, "participants", "actor_id"):
        if actor["kind"] not in _KINDS_IN_ROLE.get(row["role"], set(ActorKind)):
            what = f"role is {row['role']}, {actor['id']} is of the kind {actor['kind']}"
            remedy = "correct the role, or name the state or body they stood for"
            yield problem("participants", row["id"], "role", what, remedy)


@rule
def chairs_are_persons_of_the_host(tables: Tables) -> Iterator[Problem]:
    """Who took part with the role of chair is a named person of the host."""
    for row, edition in joined(tables, "participants", "edition_id"):
        if row["role"] == Role.CHAIR:
            if row["person_id"] is None:
                what, remedy = "role is chair, no person is named", "name the person"
                yield problem("participants", row["id"], "person_id", what, remedy)
            if row["actor_id"] != edition["host_id"]:
                what = f"{row['actor_id']} is in the chair, {edition['host_id']} is the host"
                remedy = "correct the role, the actor or the host"
                yield problem("participants", row["id"], "actor_id", what, remedy)


@rule
def people_stand_for_the_actor_of_the_registry(tables: Tables) -> Iterator[Problem]:
    """A named person takes part for the actor for whom the registry lists them, if for any."""
    for row, person in joined(tables, "participants", "person_id"):
        if person["actor_id"] not in (None, row["actor_id"]):
            what = (
                f"actor_id is {row['actor_id']}, people has {person['actor_id']} for {person['id']}"
            )
            remedy = "correct one of the two, or leave actor_id out in people"
            yield problem("participants", row["id"], "actor_id", what, remedy)


@rule
def a_document_gives_a_person_one_title(tables: Tables) -> Iterator[Problem]:
    """All claims that one document makes on the title of one person say the same."""
    people = {row["id"]: row["person_id"] for row in tables["participants"] if row["person_id"]}
    first: dict[tuple[str, str], Mapping[str, Any]] = {}
    for claim in tables["provenance"]:
        cell = claim["table"], claim["field"]
        if cell != ("participants", "title_stated") or claim["value"] is None:
            continue
        if claim["row_id"] in people:
            other = first.setdefault((claim["source_id"], people[claim["row_id"]]), claim)
            if claim["value"] != other["value"]:
                what = f"{claim['source_id']} has {claim['value']!r}, in {other['row_id']} it has {other['value']!r}"
                remedy = "claim the fuller title in both places"
                yield problem("participants", claim["row_id"], "title_stated", what, remedy)
