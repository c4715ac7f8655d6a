"""The rules on editions: their numbers, days, hosts, chairs and rosters."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from amcc_dataset.model.findings import Problem
from amcc_dataset.model.vocabularies import Presence, Role, Roster, Standing
from amcc_dataset.rules.rule import Tables, is_member, joined, problem, rule


@rule
def edition_numbers_run_from_one(tables: Tables) -> Iterator[Problem]:
    """Editions are numbered 1, 2, 3 … without a gap."""
    numbered = sorted(tables["editions"], key=lambda row: row["number"])
    for expected, row in enumerate(numbered, 1):
        if row["number"] != expected:
            what = f"number is {row['number']} where {expected} comes next"
            remedy = "add the missing edition or renumber"
            yield problem("editions", row["id"], "number", what, remedy)


@rule
def years_increase_with_numbers(tables: Tables) -> Iterator[Problem]:
    """A later edition met in a later year."""
    numbered = sorted(tables["editions"], key=lambda row: row["number"])
    for earlier, later in pairwise(numbered):
        if later["year"] <= earlier["year"]:
            what = f"year is {later['year']}, that of {earlier['id']} is {earlier['year']}"
            yield problem("editions", later["id"], "year", what, "correct one of the two")


@rule
def editions_end_when_or_after_they_start(tables: Tables) -> Iterator[Problem]:
    """The last day of an edition is not before its first."""
    for row in tables["editions"]:
        if row["date_end"] < row["date_start"]:
            what = f"date_end is {row['date_end']}, date_start is {row['date_start']}"
            yield problem("editions", row["id"], "date_end", what, "correct one of the two")


@rule
def editions_meet_in_their_year(tables: Tables) -> Iterator[Problem]:
    """The first and the last day of an edition lie in its year."""
    for row in tables["editions"]:
        for field in ("date_start", "date_end"):
            if row[field].year != row["year"]:
                what = f"{field} is {row[field]}, year is {row['year']}"
                yield problem("editions", row["id"], field, what, "correct one of the two")


@rule
def hosts_were_members(tables: Tables) -> Iterator[Problem]:
    """The host of an edition is a state that was a member of ASEAN on its first day."""
    for row, host in joined(tables, "editions", "host_id"):
        if not is_member(host, row["date_start"]):
            what = f"{host['id']} was no member of ASEAN on {row['date_start']}"
            remedy = "correct the host, or the membership in actors"
            yield problem("editions", row["id"], "host_id", what, remedy)


@rule
def chairs_took_part_in_the_chair(tables: Tables) -> Iterator[Problem]:
    """An edition names exactly the person who took part in it with the role of chair."""
    chairs: dict[str, set[str | None]] = defaultdict(set)
    for row in tables["participants"]:
        if row["role"] == Role.CHAIR and row["presence"] in (Presence.ATTENDED, Presence.REMOTE):
            chairs[row["edition_id"]].add(row["person_id"])
    for row in tables["editions"]:
        if chairs[row["id"]] != {row["chair_id"]} - {None}:
            took_part = ", ".join(sorted(map(str, chairs[row["id"]]))) or "nobody"
            what = f"chair_id is {row['chair_id'] or 'null'}, in the chair took part {took_part}"
            remedy = "correct the chair, or the participants with the role chair"
            yield problem("editions", row["id"], "chair_id", what, remedy)


@rule
def principal_documents_speak_of_their_edition(tables: Tables) -> Iterator[Problem]:
    """The principal document of an edition makes a claim on the edition itself."""
    said = {
        (claim["row_id"], claim["source_id"])
        for claim in tables["provenance"]
        if claim["table"] == "editions" and claim["standing"] != Standing.SILENT
    }
    for row in tables["editions"]:
        principal = row["principal_source_id"]
        if principal is not None and (row["id"], principal) not in said:
            what = f"{principal} makes no claim on the edition"
            remedy = "choose another principal document, or claim what it says"
            yield problem("editions", row["id"], "principal_source_id", what, remedy)


@rule
def rosters_agree_with_participants(tables: Tables) -> Iterator[Problem]:
    """Roster unattested means that no row tells who attended, and by_group that all members have one."""
    there: dict[str, set[str]] = defaultdict(set)
    for row in tables["participants"]:
        if row["presence"] not in (Presence.EXPECTED, Presence.ABSENT):
            there[row["edition_id"]].add(row["actor_id"])
    for row in tables["editions"]:
        missing = [
            actor["id"]
            for actor in tables["actors"]
            if actor["id"] not in there[row["id"]] and is_member(actor, row["date_start"])
        ]
        if (row["roster"] == Roster.UNATTESTED) != (not there[row["id"]]):
            what = f"roster is {row['roster']}, {len(there[row['id']])} took part"
        elif row["roster"] == Roster.BY_GROUP and missing:
            what = f"roster is by_group, no row for {', '.join(missing)}"
        else:
            continue
        remedy = "correct the roster, or add the participants"
        yield problem("editions", row["id"], "roster", what, remedy)
