"""The rules on who took part, for whom, and in which role."""

from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.vocabularies import ActorKind, Role
from amcc_dataset.rules.rule import Breaches, is_member, row_rule


@row_rule
def member_states_were_members(data: Dataset) -> Breaches:
    """A participant with the role member_state was a member of ASEAN on the first day of the edition."""
    for row, actor in data.joined("participants", "actor_id", "actors"):
        edition = data.row("editions", row["edition_id"])
        day = edition and edition["date_start"]
        if row["role"] == Role.MEMBER_STATE and day and not is_member(actor, day):
            what = f"{actor['id']} was not a member of ASEAN on {day}"
            remedy = "correct the role, or the membership in actors"
            yield "participants", row["id"], "role", what, remedy


@row_rule
def partners_were_not_members(data: Dataset) -> Breaches:
    """A partner, guest or observer was not a member of ASEAN on the first day of the edition."""
    outside = (Role.DIALOGUE_PARTNER, Role.PARTNER_ORGANISATION, Role.GUEST, Role.OBSERVER)
    for row, actor in data.joined("participants", "actor_id", "actors"):
        edition = data.row("editions", row["edition_id"])
        day = edition and edition["date_start"]
        if row["role"] in outside and day and is_member(actor, day):
            what = f"{actor['id']} was a member of ASEAN on {day}"
            remedy = "correct the role, or the membership in actors"
            yield "participants", row["id"], "role", what, remedy


_KINDS_IN_ROLE: dict[str, set[ActorKind]] = {
    Role.CHAIR: {ActorKind.STATE},
    Role.MEMBER_STATE: {ActorKind.STATE},
    Role.ASEAN_SECRETARIAT: {ActorKind.ASEAN_BODY},
    Role.DIALOGUE_PARTNER: {ActorKind.STATE, ActorKind.INTERNATIONAL_ORGANISATION},
    Role.PARTNER_ORGANISATION: {ActorKind.INTERNATIONAL_ORGANISATION},
}


@row_rule
def roles_suit_the_kind_of_actor(data: Dataset) -> Breaches:
    """The role suits the kind of actor, for example only states are chairs and member states."""
    for row, actor in data.joined("participants", "actor_id", "actors"):
        if actor["kind"] not in _KINDS_IN_ROLE.get(row["role"], set(ActorKind)):
            what = f"role is {row['role']}, but {actor['id']} is of the kind {actor['kind']}"
            remedy = "correct the role, or name the state or body that they represented"
            yield "participants", row["id"], "role", what, remedy


@row_rule
def chairs_are_persons_of_the_host(data: Dataset) -> Breaches:
    """A participant with the role chair is a named person of the host."""
    for row, edition in data.joined("participants", "edition_id", "editions"):
        if row["role"] == Role.CHAIR:
            if row["person_id"] is None:
                what, remedy = "role is chair, but no person is named", "name the person"
                yield "participants", row["id"], "person_id", what, remedy
            if row["actor_id"] != edition["host_id"]:
                what = f"{row['actor_id']} has the role chair, but {edition['host_id']} is the host"
                remedy = "correct the role, the actor or the host"
                yield "participants", row["id"], "actor_id", what, remedy


@row_rule
def people_stand_for_the_actor_of_the_registry(data: Dataset) -> Breaches:
    """A named person takes part for the actor that the table people has for them, if any."""
    for row, person in data.joined("participants", "person_id", "people"):
        if person["actor_id"] not in (None, row["actor_id"]):
            what = f"actor_id is {row['actor_id']}, but people has {person['actor_id']} for {person['id']}"
            remedy = "correct one of the two, or leave actor_id out in people"
            yield "participants", row["id"], "actor_id", what, remedy


@row_rule
def a_document_gives_a_person_one_title(data: Dataset) -> Breaches:
    """All claims of one document on the title of one person say the same."""
    first: dict[tuple[str, str], Row] = {}
    for claim in data.groups("provenance", "table", "field").get(
        ("participants", "title_stated"), ()
    ):
        row = data.row("participants", claim["row_id"])
        if claim["value"] is None or row is None or row["person_id"] is None:
            continue
        other = first.setdefault((claim["source_id"], row["person_id"]), claim)
        if claim["value"] != other["value"]:
            what = f"{claim['source_id']} has {claim['value']!r} here, but {other['value']!r} in {other['row_id']}"
            remedy = "use the fuller title in both places"
            yield "participants", claim["row_id"], "title_stated", what, remedy
