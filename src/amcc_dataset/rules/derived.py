"""What is computed from other cells: the values, and the rule that the tables hold them.

Not in here: the ordinals of outcomes, which follow from the documents (build.py) and have a
rule of their own (outcomes.py).
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from amcc_dataset.model.findings import Problem
from amcc_dataset.model.vocabularies import Act, Level, MeetingKind, PartyRole, rank
from amcc_dataset.rules.rule import Rows, Tables, problem, rule


def values(tables: Tables) -> Iterator[tuple[str, dict[str, Any], str, Any]]:
    """Yield table, row, field and value of every cell that repeats or ranks others.

    The tables need not be complete yet.
    """
    names = {row["id"]: row.get("name") for table in ("actors", "people") for row in tables[table]}
    weeks: dict[str | None, dict[str, Any]] = {}
    for meeting in tables["meetings"]:
        if meeting.get("kind") == MeetingKind.CYBER_WEEK:
            weeks.setdefault(meeting.get("edition_id"), meeting)
    leads: dict[str | None, Rows] = defaultdict(list)
    for party in tables["parties"]:
        if party.get("role") == PartyRole.LEAD:
            leads[party.get("initiative_id")].append(party)
    for row in tables["editions"]:
        week = weeks.get(row["id"], {})
        yield "editions", row, "host_name", names.get(row.get("host_id"))
        yield "editions", row, "chair_name", names.get(row.get("chair_id"))
        yield "editions", row, "umbrella_event", week.get("name")
        yield "editions", row, "umbrella_theme", week.get("theme")
    for row in tables["participants"]:
        yield "participants", row, "level_rank", rank(Level, row.get("level"))
    for row in tables["outcomes"]:
        yield "outcomes", row, "act_rank", rank(Act, row.get("act"))
    for row in tables["initiatives"]:
        lead = leads[row["id"]][0] if len(leads[row["id"]]) == 1 else {}
        yield "initiatives", row, "lead_id", lead.get("actor_id")


@rule
def derived_cells_follow_from_others(tables: Tables) -> Iterator[Problem]:
    """A name, a theme, a lead or a rank is that of the cells from which it is derived."""
    for table, row, field, value in values(tables):
        if row[field] != value:
            what = f"is {row[field]!r}, the cells that it comes from make {value!r}"
            yield problem(table, row["id"], field, what, "build the tables again")
