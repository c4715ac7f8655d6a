"""What the charts show, computed once from the tables as plain rows.

The explorer page (explore.py) and the figures for papers (plot.py) draw the same rows, so
that a chart has one definition of its data. Every function takes the tables of a release,
the packaged ones without any, and returns flat dictionaries; none needs pandas. Not in here:
colours, words and layout.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from amcc_dataset.model.lifecycle import period_end as end_of
from amcc_dataset.model.lifecycle import stage as stage_of
from amcc_dataset.model.vocabularies import Act, Presence, Role, Scope, Session, Standing, Status
from amcc_dataset.reading import coverage, load

Plain = dict[str, Any]
Tables = Mapping[str, Sequence[Plain]]

STANDS = frozenset({Standing.AGREED, Standing.PREFERRED})


def read() -> Tables:
    """Return every table of the release by its name."""
    return {name: load.rows(name) for name in load.tables()}


def by_id(rows: Iterable[Plain]) -> dict[str, Plain]:
    """Return rows by their key."""
    return {row["id"]: row for row in rows}


def witnesses(tables: Tables) -> dict[tuple[str, str], set[str]]:
    """Return by table and row the original documents that support a row.

    Three copies of one text are one witness, so copies count as their original.
    """
    original = coverage.originals(list(tables["sources"]))
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in tables["provenance"]:
        if claim["standing"] in STANDS:
            found[claim["table"], claim["row_id"]].add(original[claim["source_id"]])
    return found


def timeline(tables: Tables | None = None) -> list[Plain]:
    """Return one row per edition: what is known of it, and from how many documents.

    Of the cells of the edition itself that a passage may state, `known` are established, for
    `silent` ones a document was read that does not say, `unknown` is the rest; `documents`
    counts the originals that they rest on. `collective` outcomes are acts of all members,
    `single` ones those of the host, of another delegation or of the Secretariat.

    Examples
    --------
    >>> [row["year"] for row in timeline()][:3]
    [2016, 2017, 2018]
    """
    tables = tables or read()
    counts = {
        row["edition"]: row
        for row in coverage.coverage_rows({name: list(tables[name]) for name in tables})
        if row["table"] == "editions"
    }
    shown = (
        *("number", "year", "date_start", "date_end", "format", "city", "venue"),
        *("chair_name", "theme"),
    )
    found = []
    for edition in sorted(tables["editions"], key=lambda row: row["number"]):
        count = counts[edition["id"]]
        scopes = [row["scope"] for row in tables["outcomes"] if row["edition_id"] == edition["id"]]
        collective = scopes.count(Scope.COLLECTIVE)
        found.append(
            {
                "edition_id": edition["id"],
                **{name: edition[name] for name in shown},
                "known": sum(count[basis] for basis in coverage.BASES),
                "silent": count["silent"],
                "unknown": count["unknown"],
                "documents": count["originals"],
                "collective": collective,
                "single": len(scopes) - collective,
            }
        )
    return found


def thread(topic: str, tables: Tables | None = None) -> list[Plain]:
    """Return the outcomes on a topic in their order, each with the strength of its act.

    `strength` is the act's place in the order of commitment, from 1; `x` is the year, moved
    a little where several outcomes of an edition have the same act.

    Examples
    --------
    >>> {row["topic"] for row in thread("coordination")}
    {'coordination'}
    """
    tables = tables or read()
    strength = {act: place for place, act in enumerate(Act, 1)}
    editions, actors = by_id(tables["editions"]), by_id(tables["actors"])
    support = witnesses(tables)
    chosen = [row for row in tables["outcomes"] if row["topic"] == topic]
    chosen.sort(key=lambda row: (editions[row["edition_id"]]["number"], row["ordinal"]))
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in chosen:
        alike[row["edition_id"], row["act"]].append(row["id"])
    found = []
    for row in chosen:
        edition, neighbours = editions[row["edition_id"]], alike[row["edition_id"], row["act"]]
        step = min(0.24, 0.8 / len(neighbours))
        shift = (neighbours.index(row["id"]) - (len(neighbours) - 1) / 2) * step
        found.append(
            {
                "outcome_id": row["id"],
                **{
                    name: row[name]
                    for name in (
                        *("edition_id", "topic", "act", "scope", "title", "summary"),
                        *("initiative_id", "follows_id"),
                    )
                },
                "made_by": actors[row["made_by"]]["name"] if row["made_by"] else None,
                "number": edition["number"],
                "year": edition["year"],
                "strength": strength[row["act"]],
                "x": round(edition["year"] + shift, 3),
                "documents": len(support["outcomes", row["id"]]),
            }
        )
    return found


def links(rows: Sequence[Plain]) -> list[Plain]:
    """Return the links between rows of a thread: from the earlier outcome to what takes it up."""
    known = {row["outcome_id"]: row for row in rows}
    return [
        {
            "outcome_id": row["outcome_id"],
            "follows_id": row["follows_id"],
            "x": known[row["follows_id"]]["x"],
            "strength": known[row["follows_id"]]["strength"],
            "x2": row["x"],
            "strength2": row["strength"],
        }
        for row in rows
        if row["follows_id"] in known
    ]


def events(tables: Tables | None = None) -> list[Plain]:
    """Return the steps of the initiatives, each with the period within which it happened.

    `start` and `end` are the first and the last day of the period that the precision names;
    `stage` is the status that the step reaches, None where it changes none.
    """
    tables = tables or read()
    initiatives, actors = by_id(tables["initiatives"]), by_id(tables["actors"])
    support = witnesses(tables)
    return [
        {
            "event_id": row["id"],
            **{
                name: row[name]
                for name in (
                    *("initiative_id", "kind", "precision", "edition_id", "amount", "currency"),
                    "summary",
                )
            },
            "start": row["date"],
            "end": end_of(row["date"], row["precision"]),
            "stage": stage_of(initiatives[row["initiative_id"]]["kind"], row["kind"]),
            "actor": actors[row["actor_id"]]["name"] if row["actor_id"] else None,
            "documents": len(support["initiative_events", row["id"]]),
        }
        for row in tables["initiative_events"]
    ]


def lifelines(tables: Tables | None = None) -> list[Plain]:
    """Return one row per initiative and status: since when, until when, by which event.

    `start` is the first day on which the status holds, which is the last day of the period
    of the event that it rests on, so that it is never claimed too early; `end` is the day on
    which the next status begins, None for the status of today. On any day the rows say the
    same as `amcc_dataset.status`. An initiative without a step that reaches a status has no
    row.

    Examples
    --------
    >>> rows = [row for row in lifelines() if row["initiative_id"] == "leaders-statement-2018"]
    >>> [(row["status"], row["end"]) for row in rows]
    [('adopted', None)]
    """
    tables = tables or read()
    order = list(Status)
    steps: dict[str, list[Plain]] = defaultdict(list)
    for event in events(tables):
        if event["stage"] is not None:
            steps[event["initiative_id"]].append(event)
    found: list[Plain] = []
    for initiative in tables["initiatives"]:
        reaching = steps[initiative["id"]]
        last: Plain | None = None
        for day in sorted({event["end"] for event in reaching}):
            counted = [event for event in reaching if event["end"] <= day]
            furthest = max(counted, key=lambda event: order.index(event["stage"]))
            if last and last["event_id"] == furthest["event_id"]:
                continue
            if last:
                last["end"] = day
            last = {
                "initiative_id": initiative["id"],
                "name": initiative["name"],
                "status": furthest["stage"].value,
                "rank": order.index(furthest["stage"]) + 1,
                "start": day,
                "end": None,
                "event_id": furthest["event_id"],
            }
            found.append(last)
    return found


def carried_on(tables: Tables | None = None) -> list[Plain]:
    """Return which initiative carries on another, as the outcomes that take each other up say."""
    tables = tables or read()
    outcomes = by_id(tables["outcomes"])
    found = []
    for row in tables["outcomes"]:
        before = outcomes[row["follows_id"]]["initiative_id"] if row["follows_id"] else None
        if before and row["initiative_id"] not in (None, before):
            found.append(
                {
                    "initiative_id": before,
                    "carried_on_id": row["initiative_id"],
                    "outcome_id": row["id"],
                }
            )
    return found


def attendance(tables: Tables | None = None) -> list[Plain]:
    """Return editions by actors: one row per participation, and one where nothing is known.

    Actors are all that took part in any edition; `group` is the capacity that an actor has
    besides the chair. Where no document tells of an actor at an edition, `presence` is None:
    unknown, which is not absent.

    Examples
    --------
    >>> sorted({str(row["presence"]) for row in attendance()} - {"absent", "represented"})
    ['None', 'attended', 'expected', 'remote']
    """
    tables = tables or read()
    actors, people = by_id(tables["actors"]), by_id(tables["people"])
    roles, sessions, presences = list(Role), list(Session), list(Presence)
    taken: dict[tuple[str, str], list[Plain]] = defaultdict(list)
    capacities: dict[str, set[Role]] = defaultdict(set)
    for row in tables["participants"]:
        taken[row["edition_id"], row["actor_id"]].append(row)
        capacities[row["actor_id"]].add(Role(row["role"]))
    groups = {
        actor_id: min(held - {Role.CHAIR} or held, key=roles.index)
        for actor_id, held in capacities.items()
    }
    found = []
    for actor_id in sorted(groups, key=lambda key: (roles.index(groups[key]), actors[key]["name"])):
        for edition in sorted(tables["editions"], key=lambda row: row["number"]):
            shared = {
                "edition_id": edition["id"],
                "number": edition["number"],
                "year": edition["year"],
                "actor_id": actor_id,
                "actor": actors[actor_id]["name"],
                "group": groups[actor_id].value,
            }
            present = taken[edition["id"], actor_id] or [{}]
            for row in sorted(
                present,
                key=lambda row: (
                    (presences.index(row["presence"]), sessions.index(row["session"]), row["id"])
                    if row
                    else ()
                ),
            ):
                person_id = row.get("person_id")
                found.append(
                    {
                        **shared,
                        "participant_id": row.get("id"),
                        "person": people[person_id]["name"] if person_id else None,
                        "title": row.get("title_stated"),
                        "role": row.get("role"),
                        "level": row.get("level"),
                        "session": row.get("session"),
                        "presence": row.get("presence"),
                    }
                )
    return found
