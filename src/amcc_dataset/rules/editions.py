"""The rules on editions: their numbers, days, hosts, chairs and rosters."""

from itertools import pairwise

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import Presence, Role, Roster, Standing
from amcc_dataset.rules.rule import Breaches, is_member, row_rule, rule


@rule
def edition_numbers_run_from_one(data: Dataset) -> Breaches:
    """Editions are numbered 1, 2, 3 … without a gap."""
    before = 0
    for row in sorted(data["editions"], key=lambda row: row["number"]):
        if row["number"] > before + 1:
            what = f"number is {row['number']}, but {before + 1} comes next"
            remedy = f"write {before + 1}, or add the missing edition"
            yield "editions", row["id"], "number", what, remedy
        before = row["number"]


@row_rule
def years_increase_with_numbers(data: Dataset) -> Breaches:
    """A later edition met in a later year."""
    numbered = sorted(data["editions"], key=lambda row: row["number"])
    for earlier, later in pairwise(numbered):
        if later["year"] <= earlier["year"]:
            what = f"year is {later['year']}, not later than {earlier['year']}, the year of {earlier['id']}"
            yield "editions", later["id"], "year", what, "correct one of the two"


@row_rule
def editions_end_when_or_after_they_start(data: Dataset) -> Breaches:
    """The last day of an edition is not before its first."""
    for row in data["editions"]:
        if row["date_end"] < row["date_start"]:
            what = f"date_end is {row['date_end']}, but date_start is {row['date_start']}"
            yield "editions", row["id"], "date_end", what, "correct one of the two"


@row_rule
def editions_meet_in_their_year(data: Dataset) -> Breaches:
    """The first and the last day of an edition are in its year."""
    for row in data["editions"]:
        for field in ("date_start", "date_end"):
            if row[field].year != row["year"]:
                what = f"{field} is {row[field]}, but year is {row['year']}"
                yield "editions", row["id"], field, what, "correct one of the two"


@row_rule
def hosts_were_members(data: Dataset) -> Breaches:
    """The host of an edition is a state that was a member of ASEAN on its first day."""
    for row, host in data.joined("editions", "host_id", "actors"):
        if not is_member(host, row["date_start"]):
            what = f"{host['id']} was not a member of ASEAN on {row['date_start']}"
            remedy = "correct the host, or the membership in actors"
            yield "editions", row["id"], "host_id", what, remedy


@rule
def chairs_took_part_in_the_chair(data: Dataset) -> Breaches:
    """The chair of an edition is the person who took part in it with the role chair."""
    there = (Presence.ATTENDED, Presence.REMOTE)
    for row in data["editions"]:
        chairs = {
            other["person_id"]
            for other in data.having("participants", "edition_id", row["id"])
            if other["role"] == Role.CHAIR and other["presence"] in there
        }
        if chairs != {row["chair_id"]} - {None}:
            named = " and ".join(sorted(map(str, chairs))) or "no participant"
            what = f"chair_id is {row['chair_id'] or 'null'}, but {named} has the role chair"
            remedy = "correct chair_id, or the participants with the role chair"
            yield "editions", row["id"], "chair_id", what, remedy


@rule
def principal_documents_speak_of_their_edition(data: Dataset) -> Breaches:
    """The principal document of an edition makes a claim on the edition itself."""
    for row in data["editions"]:
        principal = row["principal_source_id"]
        speaking = {
            claim["source_id"]
            for claim in data.claims_on("editions", row["id"])
            if claim["standing"] != Standing.SILENT
        }
        if principal is not None and principal not in speaking:
            what = f"principal_source_id is {principal}, which has no claim on this edition"
            remedy = "choose another principal document, or add a claim of this one"
            yield "editions", row["id"], "principal_source_id", what, remedy


@rule
def rosters_agree_with_participants(data: Dataset) -> Breaches:
    """An edition has no participants if and only if its roster is unattested, and by_group needs all members."""
    for row in data["editions"]:
        there = {
            other["actor_id"]
            for other in data.having("participants", "edition_id", row["id"])
            if other["presence"] not in (Presence.EXPECTED, Presence.ABSENT)
        }
        missing = [
            actor["id"]
            for actor in data["actors"]
            if actor["id"] not in there and is_member(actor, row["date_start"])
        ]
        if (row["roster"] == Roster.UNATTESTED) != (not there):
            what = f"roster is {row['roster']}, but {len(there)} took part"
        elif row["roster"] == Roster.BY_GROUP and missing:
            what = f"roster is by_group, but there is no participant for {', '.join(missing)}"
        else:
            continue
        remedy = "correct the roster, or add the participants"
        yield "editions", row["id"], "roster", what, remedy
