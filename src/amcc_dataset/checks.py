"""The rules that need more than one cell: each a function from tables to problems.

A rule is a generator that takes all tables and yields what breaks it; its name reads as
the sentence that holds, its docstring says what it protects. `where` of its problems is
table.row.field. The rules know nothing of files, so that the same ones run over what the
build compiles and over what a release tree holds. They take rows that fit the schema, but
bear references to rows that are missing. Not in here: the shape of a single row
(schema.py), and the order of the rows.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

from amcc_dataset import evidence, places, vocab
from amcc_dataset.derive import Column, columns
from amcc_dataset.problems import Problem
from amcc_dataset.schema import TABLES, Policy
from amcc_dataset.vocab import ActorKind, DatePrecision, Presence, Role, Roster, Scope, Standing

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
Rule = Callable[[Tables], Iterator[Problem]]
Cell = tuple[str, str, str]
"""Table, row id and field."""

RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which they run."""


def rule(function: Rule) -> Rule:
    """Add a function to the rules."""
    RULES[function.__name__] = function
    return function


def run(tables: Tables) -> Iterator[Problem]:
    """Yield what breaks any rule; broken keys alone, since other rules would only echo them."""
    broken = list(run_keys(tables))
    yield from broken
    if not broken:
        for check in RULES.values():
            if check not in (keys_are_unique, foreign_keys_point_at_rows):
                yield from check(tables)


def run_keys(tables: Tables) -> Iterator[Problem]:
    """Yield repeated keys and references that lead nowhere."""
    yield from keys_are_unique(tables)
    yield from foreign_keys_point_at_rows(tables)


def is_member(actor: Mapping[str, Any], day: dt.date) -> bool:
    """Tell whether an actor was a member of ASEAN on a day, as far as the documents show.

    Examples
    --------
    >>> is_member({"asean_member_from": dt.date(2025, 10, 26)}, dt.date(2025, 10, 22))
    False
    """
    since = actor.get("asean_member_from") or actor.get("asean_member_attested")
    until = actor.get("asean_member_to")
    return since is not None and since <= day and (until is None or day <= until)


# What the rules share.


def _problem(table: str, row_id: str, field: str, what: str, remedy: str) -> Problem:
    return Problem(f"{table}.{row_id}.{field}", what, remedy)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


@cache
def _columns(table: str) -> dict[str, Column]:
    return {column.name: column for column in columns(TABLES[table])}


@cache
def _claimable() -> dict[str, dict[str, Policy]]:
    """Return the fields that claims may speak of, by table; tables without one are left out."""
    fields: dict[str, dict[str, Policy]] = defaultdict(dict)
    for table in TABLES:
        for column in _columns(table).values():
            if column.policy is not Policy.NONE:
                fields[table][column.name] = column.policy
    return dict(fields)


def _by_id(rows: Rows) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def _joined(
    tables: Tables, table: str, field: str
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield every row of a table with the row that its field points at, where there is one."""
    target = _by_id(tables[_columns(table)[field].ref or table])
    for row in tables[table]:
        if row[field] in target:
            yield row, target[row[field]]


def _grouped(rows: Rows, field: str) -> Iterable[Rows]:
    groups: dict[str, Rows] = defaultdict(list)
    for row in rows:
        groups[row[field]].append(row)
    return groups.values()


def _above(actors: Mapping[str, Mapping[str, Any]], actor_id: str | None) -> list[str]:
    """Return an actor and, going up, all that it belongs to.

    Examples
    --------
    >>> _above({"csa": {"parent_id": "sg"}, "sg": {"parent_id": None}}, "csa")
    ['csa', 'sg']
    """
    found: list[str] = []
    while actor_id is not None and actor_id in actors and actor_id not in found:
        found.append(actor_id)
        actor_id = actors[actor_id]["parent_id"]
    return found


def _circles(target: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Yield each circle of references once, from the first of its members on.

    Examples
    --------
    >>> list(_circles({"a": "b", "b": "c", "c": "b", "d": None}))
    [['b', 'c']]
    """
    done: set[str] = set()
    for start in target:
        path: dict[str, int] = {}
        node: str | None = start
        while node is not None and node not in done and node not in path:
            path[node] = len(path)
            node = target.get(node)
        if node in path:
            yield list(path)[path[node] :]
        done.update(path)


_cell: Callable[[Mapping[str, Any]], Cell] = itemgetter("table", "row_id", "field")
"""Return the cell that a claim speaks of."""

_STANDS = frozenset({Standing.AGREED, Standing.PREFERRED})
"""The standings of a claim that its cell rests on."""


# Keys and references.


@rule
def keys_are_unique(tables: Tables) -> Iterator[Problem]:
    """The id and every further key of a table tell its rows apart; null counts as a value."""
    for name, rows in tables.items():
        for key in (("id",), *TABLES[name].TABLE.unique):
            seen: dict[tuple[Any, ...], str] = {}
            for row in rows:
                value = tuple([row[field] for field in key])
                if value in seen:
                    shown = ", ".join(_text(part) or "null" for part in value)
                    what = f"({', '.join(key)}) = ({shown}) stands in {seen[value]} as well"
                    yield _problem(name, row["id"], key[-1], what, "merge or correct the rows")
                seen[value] = row["id"]


@rule
def foreign_keys_point_at_rows(tables: Tables) -> Iterator[Problem]:
    """A reference names a row that exists."""
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    remedy = cache(lambda value, table: places.one_of(value, ids[table]))
    for name, rows in tables.items():
        for column in _columns(name).values():
            if column.ref is None:
                continue
            for row in rows:
                value = row[column.name]
                if value is not None and value not in ids[column.ref]:
                    what = f"{value!r} is no row of {column.ref}"
                    yield _problem(name, row["id"], column.name, what, remedy(value, column.ref))


@rule
def references_within_a_table_run_in_no_circle(tables: Tables) -> Iterator[Problem]:
    """Whoever follows parents, successors, originals or earlier outcomes comes to an end."""
    for name, rows in tables.items():
        for column in _columns(name).values():
            if column.ref == name:
                for circle in _circles({row["id"]: row[column.name] for row in rows}):
                    what = "runs in a circle: " + " > ".join([*circle, circle[0]])
                    yield _problem(name, circle[0], column.name, what, "cut the circle")


_PAIRS = (
    ("initiative_events", "amount", "currency"),
    ("sources", "published_on", "published_precision"),
    ("actors", "iso2", "iso3"),
    ("decisions", "preferred_source_id", "value"),
)


@rule
def cells_of_a_pair_are_filled_together(tables: Tables) -> Iterator[Problem]:
    """An amount has a currency, a date its precision, an ISO code its twin, a winner its value."""
    for table, *pair in _PAIRS:
        for row in tables[table]:
            empty = [field for field in pair if row[field] is None]
            if len(empty) == 1:
                (filled,) = set(pair) - set(empty)
                what = f"is null where {filled} is {_text(row[filled])}"
                yield _problem(table, row["id"], empty[0], what, "fill both or none")


# Editions.


@rule
def edition_numbers_run_from_one(tables: Tables) -> Iterator[Problem]:
    """Editions are numbered 1, 2, 3 … without a gap."""
    numbered = sorted(tables["editions"], key=lambda row: row["number"])
    for expected, row in enumerate(numbered, 1):
        if row["number"] != expected:
            what = f"number is {row['number']} where {expected} comes next"
            remedy = "add the missing edition or renumber"
            yield _problem("editions", row["id"], "number", what, remedy)


@rule
def years_increase_with_numbers(tables: Tables) -> Iterator[Problem]:
    """A later edition met in a later year."""
    numbered = sorted(tables["editions"], key=lambda row: row["number"])
    for earlier, later in pairwise(numbered):
        if later["year"] <= earlier["year"]:
            what = f"year is {later['year']}, that of {earlier['id']} is {earlier['year']}"
            yield _problem("editions", later["id"], "year", what, "correct one of the two")


@rule
def editions_end_when_or_after_they_start(tables: Tables) -> Iterator[Problem]:
    """The last day of an edition is not before its first."""
    for row in tables["editions"]:
        if row["date_end"] < row["date_start"]:
            what = f"date_end is {row['date_end']}, date_start is {row['date_start']}"
            yield _problem("editions", row["id"], "date_end", what, "correct one of the two")


@rule
def editions_meet_in_their_year(tables: Tables) -> Iterator[Problem]:
    """The first and the last day of an edition lie in its year."""
    for row in tables["editions"]:
        for field in ("date_start", "date_end"):
            if row[field].year != row["year"]:
                what = f"{field} is {row[field]}, year is {row['year']}"
                yield _problem("editions", row["id"], field, what, "correct one of the two")


@rule
def hosts_were_members(tables: Tables) -> Iterator[Problem]:
    """The host of an edition is a state that was a member of ASEAN on its first day."""
    for row, host in _joined(tables, "editions", "host_id"):
        if not is_member(host, row["date_start"]):
            what = f"{host['id']} was no member of ASEAN on {row['date_start']}"
            remedy = "correct the host, or the membership in actors"
            yield _problem("editions", row["id"], "host_id", what, remedy)


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
            yield _problem("editions", row["id"], "chair_id", what, remedy)


@rule
def repeated_names_are_those_of_the_registries(tables: Tables) -> Iterator[Problem]:
    """The names of host and chair in an edition are those of the rows that it points at."""
    for field, repeated in (("host_id", "host_name"), ("chair_id", "chair_name")):
        names = {row["id"]: other["name"] for row, other in _joined(tables, "editions", field)}
        for row in tables["editions"]:
            if row[repeated] != names.get(row["id"]):
                what = f"{repeated} is {row[repeated]!r}, the registry has {names.get(row['id'])!r}"
                yield _problem("editions", row["id"], repeated, what, "build the tables again")


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
            yield _problem("editions", row["id"], "principal_source_id", what, remedy)


@rule
def rosters_agree_with_participants(tables: Tables) -> Iterator[Problem]:
    """Roster none means that no row tells who attended, and by_group that all members have one."""
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
        if (row["roster"] == Roster.NONE) != (not there[row["id"]]):
            what = f"roster is {row['roster']}, {len(there[row['id']])} took part"
        elif row["roster"] == Roster.BY_GROUP and missing:
            what = f"roster is by_group, no row for {', '.join(missing)}"
        else:
            continue
        remedy = "correct the roster, or add the participants"
        yield _problem("editions", row["id"], "roster", what, remedy)


# Participants.


@rule
def member_states_were_members(tables: Tables) -> Iterator[Problem]:
    """Who took part as a member state was a member of ASEAN on the first day of the edition."""
    dates = {row["id"]: row["date_start"] for row in tables["editions"]}
    for row, actor in _joined(tables, "participants", "actor_id"):
        day = dates.get(row["edition_id"])
        if row["role"] == Role.MEMBER_STATE and day and not is_member(actor, day):
            what = f"{actor['id']} was no member of ASEAN on {day}"
            remedy = "correct the role, or the membership in actors"
            yield _problem("participants", row["id"], "role", what, remedy)


@rule
def partners_were_not_members(tables: Tables) -> Iterator[Problem]:
    """Who took part as a partner, guest or observer was not a member of ASEAN at the time."""
    dates = {row["id"]: row["date_start"] for row in tables["editions"]}
    outside = (Role.DIALOGUE_PARTNER, Role.PARTNER_ORGANISATION, Role.GUEST, Role.OBSERVER)
    for row, actor in _joined(tables, "participants", "actor_id"):
        day = dates.get(row["edition_id"])
        if row["role"] in outside and day and is_member(actor, day):
            what = f"{actor['id']} was a member of ASEAN on {day}"
            remedy = "correct the role, or the membership in actors"
            yield _problem("participants", row["id"], "role", what, remedy)


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
    for row, actor in _joined(tables, "participants", "actor_id"):
        if actor["kind"] not in _KINDS_IN_ROLE.get(row["role"], set(ActorKind)):
            what = f"role is {row['role']}, {actor['id']} is of the kind {actor['kind']}"
            remedy = "correct the role, or name the state or body they stood for"
            yield _problem("participants", row["id"], "role", what, remedy)


@rule
def chairs_are_persons_of_the_host(tables: Tables) -> Iterator[Problem]:
    """Who took part with the role of chair is a named person of the host."""
    for row, edition in _joined(tables, "participants", "edition_id"):
        if row["role"] == Role.CHAIR:
            if row["person_id"] is None:
                what, remedy = "role is chair, no person is named", "name the person"
                yield _problem("participants", row["id"], "person_id", what, remedy)
            if row["actor_id"] != edition["host_id"]:
                what = f"{row['actor_id']} is in the chair, {edition['host_id']} is the host"
                remedy = "correct the role, the actor or the host"
                yield _problem("participants", row["id"], "actor_id", what, remedy)


@rule
def people_stand_for_the_actor_of_the_registry(tables: Tables) -> Iterator[Problem]:
    """A named person takes part for the actor for whom the registry lists them, if for any."""
    for row, person in _joined(tables, "participants", "person_id"):
        if person["actor_id"] not in (None, row["actor_id"]):
            what = (
                f"actor_id is {row['actor_id']}, people has {person['actor_id']} for {person['id']}"
            )
            remedy = "correct one of the two, or leave actor_id out in people"
            yield _problem("participants", row["id"], "actor_id", what, remedy)


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
                yield _problem("participants", claim["row_id"], "title_stated", what, remedy)


# Outcomes.


@rule
def ordinals_run_from_one_in_each_edition(tables: Tables) -> Iterator[Problem]:
    """The outcomes of an edition are numbered 1, 2, 3 … without a gap."""
    for rows in _grouped(tables["outcomes"], "edition_id"):
        for expected, row in enumerate(sorted(rows, key=lambda row: row["ordinal"]), 1):
            if row["ordinal"] != expected:
                what = f"ordinal is {row['ordinal']} where {expected} comes next"
                yield _problem("outcomes", row["id"], "ordinal", what, "build the tables again")


@rule
def collective_acts_alone_have_no_maker(tables: Tables) -> Iterator[Problem]:
    """Nobody in particular made a collective act, and somebody made every other."""
    for row in tables["outcomes"]:
        if (row["made_by"] is None) != (row["scope"] == Scope.COLLECTIVE):
            what = f"scope is {row['scope']}, made_by is {row['made_by'] or 'null'}"
            remedy = "name the maker exactly where the scope is not collective"
            yield _problem("outcomes", row["id"], "made_by", what, remedy)


@rule
def acts_of_the_host_are_made_by_the_host(tables: Tables) -> Iterator[Problem]:
    """An act has the scope host exactly where the host, or a body below it, made it."""
    actors = _by_id(tables["actors"])
    for row, edition in _joined(tables, "outcomes", "edition_id"):
        by_host = edition["host_id"] in _above(actors, row["made_by"])
        if row["made_by"] in actors and by_host != (row["scope"] == Scope.HOST):
            what = f"scope is {row['scope']}, made by {row['made_by']}, host {edition['host_id']}"
            yield _problem("outcomes", row["id"], "scope", what, "correct scope or made_by")


@rule
def acts_of_the_secretariat_are_made_by_asean_bodies(tables: Tables) -> Iterator[Problem]:
    """An ASEAN body made what has the scope secretariat, and nothing with the scope national."""
    for row, maker in _joined(tables, "outcomes", "made_by"):
        by_asean = maker["kind"] == ActorKind.ASEAN_BODY
        if by_asean != (row["scope"] == Scope.SECRETARIAT) and row["scope"] != Scope.HOST:
            what = f"scope is {row['scope']}, {maker['id']} is of the kind {maker['kind']}"
            yield _problem("outcomes", row["id"], "scope", what, "correct scope or made_by")


@rule
def outcomes_follow_earlier_ones(tables: Tables) -> Iterator[Problem]:
    """What an outcome takes up is of an earlier edition, or stands before it in its own."""
    numbers = {row["id"]: row["number"] for row in tables["editions"]}

    def position(row: Mapping[str, Any]) -> tuple[int, int]:
        return numbers.get(row["edition_id"], 0), row["ordinal"]

    for row, earlier in _joined(tables, "outcomes", "follows_id"):
        if position(earlier) >= position(row):
            what = f"{earlier['id']} is not earlier"
            yield _problem("outcomes", row["id"], "follows_id", what, "turn the link round")


@rule
def first_editions_come_first(tables: Tables) -> Iterator[Problem]:
    """No edition before an initiative's first has an outcome or an event that concerns it."""
    numbers = {row["id"]: row["number"] for row in tables["editions"]}
    first = {
        row["id"]: numbers.get(row["first_edition_id"], 0)
        for row in tables["initiatives"]
        if row["first_edition_id"] is not None
    }
    for table in ("outcomes", "initiative_events"):
        for row in tables[table]:
            initiative, edition = row["initiative_id"], row["edition_id"]
            if initiative in first and edition in numbers and numbers[edition] < first[initiative]:
                what = f"{row['id']} is of {edition}, an edition before"
                remedy = "name the earlier edition, or correct that row"
                yield _problem("initiatives", initiative, "first_edition_id", what, remedy)


# Initiatives and their events.


@rule
def initiatives_show_their_relation(tables: Tables) -> Iterator[Problem]:
    """What the conference adopted has an outcome in which it agreed, what was announced an event."""
    acts = list(vocab.Act)
    agreed = set(acts[acts.index(vocab.Act.AGREED_IN_PRINCIPLE) :])
    shown = {
        (row["initiative_id"], vocab.Relation.ADOPTED_BY)
        for row in tables["outcomes"]
        if row["scope"] == Scope.COLLECTIVE and row["act"] in agreed
    } | {
        (row["initiative_id"], vocab.Relation.ANNOUNCED_AT)
        for row in tables["initiative_events"]
        if row["edition_id"] is not None
    }
    for row in tables["initiatives"]:
        relation = row["relation"]
        if relation != vocab.Relation.FOLLOWED_BY and (row["id"], relation) not in shown:
            what = f"relation is {relation}, which no outcome or event shows"
            remedy = "correct the relation, or name the initiative in that outcome or event"
            yield _problem("initiatives", row["id"], "relation", what, remedy)


@rule
def events_come_in_a_permitted_order(tables: Tables) -> Iterator[Problem]:
    """No event of an initiative comes, beyond doubt, after one that rules it out."""
    for rows in _grouped(tables["initiative_events"], "initiative_id"):
        ends = {row["id"]: vocab.period_end(row["date"], row["precision"]) for row in rows}
        over = sorted(rows, key=lambda row: ends[row["id"]], reverse=True)
        before: dict[str, dict[str, Any]] = {}
        for row in sorted(rows, key=lambda row: row["date"]):
            while over and ends[over[-1]["id"]] < row["date"]:
                earlier = over.pop()
                before.setdefault(earlier["kind"], earlier)
            for kind, earlier in before.items():
                if row["kind"] not in vocab.SUCCESSORS[vocab.EventKind(kind)]:
                    what = f"{row['kind']} on {row['date']}, but {kind} already in {earlier['id']}"
                    remedy = "correct kind or date of one of the two"
                    yield _problem("initiative_events", row["id"], "kind", what, remedy)


@rule
def events_at_an_edition_happened_on_its_days(tables: Tables) -> Iterator[Problem]:
    """The day, or the period, of an event at an edition has a day of the edition in it."""
    for row, edition in _joined(tables, "initiative_events", "edition_id"):
        last = vocab.period_end(row["date"], row["precision"])
        if last < edition["date_start"] or edition["date_end"] < row["date"]:
            what = f"date is {row['date']} ({row['precision']}), {edition['id']} met from {edition['date_start']} to {edition['date_end']}"
            remedy = "correct the date, or leave edition_id out"
            yield _problem("initiative_events", row["id"], "date", what, remedy)


_DATED = (
    ("initiative_events", "date", "precision"),
    ("sources", "published_on", "published_precision"),
)


def _is_first(day: dt.date, precision: str) -> bool:
    """Tell whether a day is the first of a period of that length.

    Examples
    --------
    >>> _is_first(dt.date(2022, 4, 1), "quarter"), _is_first(dt.date(2022, 4, 1), "year")
    (True, False)
    """
    months = {DatePrecision.MONTH: 1, DatePrecision.QUARTER: 3, DatePrecision.YEAR: 12}
    every = months.get(DatePrecision(precision))
    return every is None or (day.day == 1 and (day.month - 1) % every == 0)


@rule
def coarse_dates_are_the_first_day_of_their_period(tables: Tables) -> Iterator[Problem]:
    """A date that is known to the month, quarter or year is the first day of it."""
    for table, field, precision in _DATED:
        for row in tables[table]:
            if row[field] and row[precision] and not _is_first(row[field], row[precision]):
                what = f"{field} is {row[field]}, known to the {row[precision]}"
                remedy = f"write the first day of the {row[precision]}, or another precision"
                yield _problem(table, row["id"], field, what, remedy)


# Documents.


def _last_day(source: Mapping[str, Any]) -> dt.date:
    """Return the last day on which a document may have been published."""
    day, precision = source["published_on"], source["published_precision"]
    return vocab.period_end(day, precision) if day and precision else dt.date.max


@rule
def documents_are_published_before_they_are_noted(tables: Tables) -> Iterator[Problem]:
    """No reading note is older than the document that it is about."""
    for row in tables["sources"]:
        if row["published_on"] and row["published_on"] > row["noted_on"]:
            what = f"published_on is {row['published_on']}, noted_on is {row['noted_on']}"
            yield _problem("sources", row["id"], "published_on", what, "correct one of the two")


@rule
def copies_are_not_older_than_their_original(tables: Tables) -> Iterator[Problem]:
    """A copy was not, beyond doubt, published before the document that it copies."""
    for row, original in _joined(tables, "sources", "copy_of"):
        if original["published_on"] and _last_day(row) < original["published_on"]:
            what = f"published on {row['published_on']}, {original['id']} on {original['published_on']}"
            remedy = "turn copy_of round, or correct a date"
            yield _problem("sources", row["id"], "copy_of", what, remedy)


@rule
def a_publisher_has_one_tier(tables: Tables) -> Iterator[Problem]:
    """All documents of a publisher have one tier, but for copies, which have their original's."""
    first: dict[str, dict[str, Any]] = {}
    for row in tables["sources"]:
        if row["copy_of"] is None:
            other = first.setdefault(row["publisher"], row)
            if row["tier"] != other["tier"]:
                what = (
                    f"tier is {row['tier']}, {other['id']} by the same publisher is {other['tier']}"
                )
                yield _problem("sources", row["id"], "tier", what, "correct one of the two")


@rule
def documents_carry_claims_or_a_note(tables: Tables) -> Iterator[Problem]:
    """A document without claim and without recorded silence says why it is listed."""
    heard = {claim["source_id"] for claim in tables["provenance"]}
    for row in tables["sources"]:
        if row["id"] not in heard and row["note"] is None:
            what = "carries no claim and no note"
            yield _problem(
                "sources", row["id"], "note", what, "add claims, or a note that says why"
            )


_REPORTED = {"participants": "presence", "outcomes": "act", "initiative_events": "kind"}


def _happenings(tables: Tables) -> Iterator[tuple[str, str, dt.date]]:
    """Yield table, row id and day of what is said to have happened."""
    for row, edition in _joined(tables, "participants", "edition_id"):
        if row["presence"] != Presence.EXPECTED:
            yield "participants", row["id"], edition["date_start"]
    for row, edition in _joined(tables, "outcomes", "edition_id"):
        yield "outcomes", row["id"], edition["date_start"]
    for row in tables["initiative_events"]:
        yield "initiative_events", row["id"], row["date"]


@rule
def what_happened_is_reported_not_foretold(tables: Tables) -> Iterator[Problem]:
    """A document that may be of the day itself, or later, tells what somebody did."""
    published = {row["id"]: _last_day(row) for row in tables["sources"]}
    latest: dict[tuple[str, str], dt.date] = {}
    for claim in tables["provenance"]:
        if claim["standing"] in _STANDS and claim["field"] == _REPORTED.get(claim["table"]):
            row = claim["table"], claim["row_id"]
            day = published.get(claim["source_id"], dt.date.max)
            latest[row] = max(day, latest.get(row, day))
    for table, row_id, day in _happenings(tables):
        told = latest.get((table, row_id), day)
        if told < day:
            what = f"is of {day}, the last document that tells it of {told}"
            remedy = "code the plan on the day of the document, or cite a later one"
            yield _problem(table, row_id, _REPORTED[table], what, remedy)


# Claims.


@rule
def claims_speak_of_cells(tables: Tables) -> Iterator[Problem]:
    """A claim is on a cell that a passage may state, in a row that exists or was rejected."""
    rows = {(table, row["id"]) for table in _claimable() for row in tables[table]}
    rows |= {(row["table"], row["row_id"]) for row in tables["decisions"] if row["field"] is None}
    for claim in tables["provenance"]:
        fields = _claimable().get(claim["table"], {})
        if claim["field"] not in fields:
            field, what = "field", f"{claim['table']}.{claim['field']} is no field for claims"
            remedy = places.one_of(claim["field"], fields or _claimable())
        elif (claim["table"], claim["row_id"]) not in rows:
            field, what = "row_id", f"{claim['row_id']!r} is no row of {claim['table']}"
            remedy = "correct the row id, or reject the row in the docket"
        else:
            continue
        yield _problem("provenance", claim["id"], field, what, remedy)


@rule
def claims_on_a_cell_agree_or_were_settled(tables: Tables) -> Iterator[Problem]:
    """All claims on a cell agree, or some are preferred and the rest overruled, or all overruled."""
    cells: dict[str, set[Cell]] = defaultdict(set)
    for claim in tables["provenance"]:
        cells[claim["standing"]].add(_cell(claim))
    agreed, preferred = cells[Standing.AGREED], cells[Standing.PREFERRED]
    overruled = cells[Standing.OVERRULED]
    for cell in sorted(agreed & (preferred | overruled) | (preferred - overruled)):
        found = [name for name in ("agreed", "overruled", "preferred") if cell in cells[name]]
        what = f"its claims are {' and '.join(found)}"
        yield _problem(*cell, what, "build the tables again")


@rule
def cells_say_what_the_claims_that_stand_say(tables: Tables) -> Iterator[Problem]:
    """The value of a claim is the text of its cell exactly where the claim stands."""
    cells = {
        (table, row["id"], field): _text(row[field])
        for table, fields in _claimable().items()
        for row in tables[table]
        for field in fields
    }
    for claim in tables["provenance"]:
        shown = cells.get(_cell(claim), "")
        if claim["standing"] in _STANDS and claim["value"] != shown:
            what = f"is {shown!r}, {claim['source_id']} says {claim['value']!r}"
            yield _problem(*_cell(claim), what, "correct the claim, not the cell")
        elif claim["standing"] == Standing.OVERRULED and claim["value"] == shown:
            what = f"is {shown!r}, as {claim['source_id']} says, which is overruled"
            yield _problem(*_cell(claim), what, "build the tables again")


@rule
def cells_have_a_claim_that_stands(tables: Tables) -> Iterator[Problem]:
    """Every cell that needs one and is not null has a claim that stands."""
    stated = {_cell(claim) for claim in tables["provenance"] if claim["standing"] in _STANDS}
    for table, policies in _claimable().items():
        needed = [field for field, policy in policies.items() if policy is Policy.CLAIM]
        for row in tables[table]:
            for field in needed:
                if row[field] is not None and (table, row["id"], field) not in stated:
                    what = f"is {_text(row[field])!r}, which no document says"
                    yield _problem(table, row["id"], field, what, "let a passage state it")


@rule
def rows_have_a_claim_that_stands(tables: Tables) -> Iterator[Problem]:
    """Every row of a table that is made of claims has one that stands."""
    stated = {_cell(claim)[:2] for claim in tables["provenance"] if claim["standing"] in _STANDS}
    for table in _claimable():
        for row in tables[table]:
            if (table, row["id"]) not in stated:
                what = "no document says anything of this row"
                yield _problem(table, row["id"], "id", what, "let a passage state it")


_SAID = ("value", "basis", "locator")
_QUOTED = ("start", "end", "span_sha256")


@rule
def claims_say_something_and_silence_nothing(tables: Tables) -> Iterator[Problem]:
    """A claim has value, basis and locator; silence has none of them and no passage."""
    for claim in tables["provenance"]:
        if claim["standing"] == Standing.SILENT:
            wrong = [field for field in _SAID + _QUOTED if claim[field] is not None]
            what, remedy = "is filled in a silence", "empty it"
        else:
            wrong = [field for field in _SAID if claim[field] is None]
            what, remedy = "is null in a claim", "say what the passage says, how and where"
        for field in wrong:
            yield _problem("provenance", claim["id"], field, what, remedy)


@rule
def silence_is_noted_of_whole_readings_only(tables: Tables) -> Iterator[Problem]:
    """A document is silent on a cell only if it was read to its end."""
    for claim, source in _joined(tables, "provenance", "source_id"):
        if claim["standing"] == Standing.SILENT and source["read"] != vocab.Read.WHOLE:
            what = f"{source['id']} was read as {source['read']}"
            remedy = "delete the silence, or read the document to its end"
            yield _problem("provenance", claim["id"], "standing", what, remedy)


@rule
def no_document_is_silent_on_what_it_states(tables: Tables) -> Iterator[Problem]:
    """The same document does not state a cell and keep silent on it."""
    silences = {
        (claim["source_id"], *_cell(claim)): claim["id"]
        for claim in tables["provenance"]
        if claim["standing"] == Standing.SILENT
    }
    for claim in tables["provenance"]:
        silence = silences.get((claim["source_id"], *_cell(claim)))
        if silence is not None and claim["standing"] != Standing.SILENT:
            what = f"is silent, but {claim['source_id']} states the cell in {claim['id']}"
            yield _problem("provenance", silence, "standing", what, "delete the wrong one")


@rule
def claim_ids_are_content_hashes(tables: Tables) -> Iterator[Problem]:
    """The id of a claim follows from what it says, so that an altered claim gets another."""
    content = itemgetter("table", "row_id", "field", "value", "source_id", "locator")
    for claim in tables["provenance"]:
        expected = evidence.claim_id(*content(claim))
        if claim["id"] != expected:
            what = f"the content of the claim makes the id {expected}"
            yield _problem("provenance", claim["id"], "id", what, "build the tables again")


@rule
def locators_quote_few_words(tables: Tables) -> Iterator[Problem]:
    """A locator quotes at most four words at each end of a passage, and no end without a start."""
    words = cache(evidence.words)
    for claim in tables["provenance"]:
        for field in ("start", "end"):
            count = words(claim[field] or "")
            if count > evidence.MAX_WORDS:
                remedy = f"quote at most {evidence.MAX_WORDS} words"
                yield _problem("provenance", claim["id"], field, f"quotes {count} words", remedy)
        if claim["end"] and not claim["start"]:
            what = "is null where end is given"
            yield _problem(
                "provenance", claim["id"], "start", what, "quote the first words as well"
            )


@rule
def links_open_the_passage(tables: Tables) -> Iterator[Problem]:
    """A link leads to the document's page and decodes to the first and last words quoted."""

    @cache
    def opens(link: str | None, url: str | None, start: str | None, end: str | None) -> bool:
        if link is None or url is None:
            return link is url
        page = url.partition("#")[0] if start else url
        return evidence.unlink(link) == (page, start, end)

    for claim, source in _joined(tables, "provenance", "source_id"):
        if not opens(claim["link"], source["url"], claim["start"], claim["end"]):
            what = (
                f"is {claim['link'] or 'null'}, which does not open this passage of {source['id']}"
            )
            yield _problem("provenance", claim["id"], "link", what, "build the tables again")


@rule
def digests_are_of_whole_readings_only(tables: Tables) -> Iterator[Problem]:
    """Only a document that was read whole has digests of its passages."""
    for claim, source in _joined(tables, "provenance", "source_id"):
        if claim["span_sha256"] is not None and source["read"] != vocab.Read.WHOLE:
            what = f"is filled, but {source['id']} was read as {source['read']}"
            yield _problem("provenance", claim["id"], "span_sha256", what, "leave the digest out")


@rule
def a_passage_has_one_digest(tables: Tables) -> Iterator[Problem]:
    """All claims on the same passage of a document carry the same digest."""
    first: dict[tuple[str | None, ...], Mapping[str, Any]] = {}
    for claim in tables["provenance"]:
        passage = claim["source_id"], claim["locator"], claim["start"], claim["end"]
        other = first.setdefault(passage, claim)
        if claim["span_sha256"] != other["span_sha256"]:
            what = f"is not that of {other['id']}, which is on the same passage"
            yield _problem("provenance", claim["id"], "span_sha256", what, "compute both again")


# The docket.


def _decided(tables: Tables) -> Iterator[tuple[dict[str, Any], Rows]]:
    """Yield every decision with the claims on its cell, or on its whole row."""
    rows = {(row["table"], row["row_id"]) for row in tables["decisions"]}
    claims: dict[tuple[str | None, ...], Rows] = defaultdict(list)
    for claim in tables["provenance"]:
        cell = _cell(claim)
        if cell[:2] in rows and claim["standing"] != Standing.SILENT:
            claims[cell].append(claim)
            claims[(*cell[:2], None)].append(claim)
    for row in tables["decisions"]:
        yield row, claims[row["table"], row["row_id"], row["field"]]


@rule
def overruled_claims_were_decided(tables: Tables) -> Iterator[Problem]:
    """The docket names the cell or the row of every claim that is overruled."""
    decided = {(row["table"], row["row_id"], row["field"]) for row in tables["decisions"]}
    for claim in tables["provenance"]:
        if claim["standing"] == Standing.OVERRULED:
            cell = _cell(claim)
            if cell not in decided and (*cell[:2], None) not in decided:
                what = f"overrules {claim['source_id']} without a decision"
                yield _problem(*cell, what, "add a decision with its reason to the docket")


@rule
def decisions_settle_a_dispute(tables: Tables) -> Iterator[Problem]:
    """Every decision overrules at least one claim."""
    for row, claims in _decided(tables):
        if all(claim["standing"] != Standing.OVERRULED for claim in claims):
            what = "overrules no claim"
            yield _problem("decisions", row["id"], "field", what, "delete the decision")


@rule
def decisions_name_what_stands(tables: Tables) -> Iterator[Problem]:
    """The source that a decision prefers says its value, and where it prefers none nothing stands."""
    for row, claims in _decided(tables):
        said = {
            (claim["source_id"], claim["value"]) for claim in claims if claim["standing"] in _STANDS
        }
        preferred = row["preferred_source_id"], row["value"]
        if preferred not in said if row["preferred_source_id"] else said:
            shown = " and ".join(f"{value!r} by {source}" for source, value in sorted(said))
            what = f"prefers {row['value']!r} by {row['preferred_source_id']}, {shown or 'nothing'} stands"
            remedy = "correct the decision, then build the tables again"
            yield _problem("decisions", row["id"], "preferred_source_id", what, remedy)


@rule
def rejected_rows_stay_out(tables: Tables) -> Iterator[Problem]:
    """A row that the docket rejects is not in its table."""
    ids = {(table, row["id"]) for table in _claimable() for row in tables[table]}
    for row in tables["decisions"]:
        if row["field"] is None and (row["table"], row["row_id"]) in ids:
            what = f"{row['row_id']!r} is rejected, but stands in {row['table']}"
            remedy = "delete the decision, or build the tables again"
            yield _problem("decisions", row["id"], "row_id", what, remedy)


@rule
def decisions_are_made_after_the_notes_that_they_weigh(tables: Tables) -> Iterator[Problem]:
    """No decision is older than the reading note on a document that it names."""
    for field in ("preferred_source_id", "against_source_id"):
        for row, source in _joined(tables, "decisions", field):
            if row["decided_on"] < source["noted_on"]:
                what = f"decided_on is {row['decided_on']}, {source['id']} was noted on {source['noted_on']}"
                remedy = "look at the dispute again, then correct the day"
                yield _problem("decisions", row["id"], "decided_on", what, remedy)


@rule
def documents_speak_against_where_nothing_stands(tables: Tables) -> Iterator[Problem]:
    """A document that speaks against a claim is named only where the docket lets none stand."""
    for row in tables["decisions"]:
        if row["against_source_id"] is not None and row["preferred_source_id"] is not None:
            what = f"{row['against_source_id']} speaks against, but a claim is preferred"
            remedy = "leave against out, or let nothing stand"
            yield _problem("decisions", row["id"], "against_source_id", what, remedy)


# Registries and codes.


@rule
def only_states_have_iso_codes(tables: Tables) -> Iterator[Problem]:
    """An actor with an ISO 3166 code is a state."""
    for row in tables["actors"]:
        if row["iso2"] is not None and row["kind"] != ActorKind.STATE:
            what = f"{row['iso2']} on an actor of the kind {row['kind']}"
            yield _problem("actors", row["id"], "iso2", what, "delete the codes, or correct kind")


@rule
def iso_codes_belong_to_one_state_each(tables: Tables) -> Iterator[Problem]:
    """No two actors share an ISO 3166 code."""
    for field in ("iso2", "iso3"):
        first: dict[str, str] = {}
        for row in tables["actors"]:
            if row[field] is not None and first.setdefault(row[field], row["id"]) != row["id"]:
                what = f"{row[field]} is the code of {first[row[field]]} as well"
                yield _problem("actors", row["id"], field, what, "merge or correct the actors")


@rule
def only_states_are_members(tables: Tables) -> Iterator[Problem]:
    """An actor with dates of membership of ASEAN is a state."""
    for row in tables["actors"]:
        for field in ("asean_member_from", "asean_member_attested", "asean_member_to"):
            if row[field] is not None and row["kind"] != ActorKind.STATE:
                what = f"{row[field]} on an actor of the kind {row['kind']}"
                yield _problem("actors", row["id"], field, what, "delete it, or correct kind")


@rule
def memberships_begin_before_they_end(tables: Tables) -> Iterator[Problem]:
    """A state accedes, is attested as a member, and leaves, in this order."""
    for row in tables["actors"]:
        fields = ("asean_member_from", "asean_member_attested", "asean_member_to")
        known = [field for field in fields if row[field] is not None]
        for earlier, later in pairwise(known):
            if row[later] < row[earlier]:
                what = f"is {row[later]}, {earlier} is {row[earlier]}"
                yield _problem("actors", row["id"], later, what, "correct one of the two")


@rule
def bodies_of_a_government_belong_to_a_state(tables: Tables) -> Iterator[Problem]:
    """A government body has a state above it, and a state has nothing above it."""
    actors = _by_id(tables["actors"])
    for row in tables["actors"]:
        above = {actors[actor_id]["kind"] for actor_id in _above(actors, row["id"])[1:]}
        if row["kind"] == ActorKind.GOVERNMENT_BODY and ActorKind.STATE not in above:
            what = "a government body without a state above it"
            yield _problem("actors", row["id"], "parent_id", what, "name the state it belongs to")
        if row["kind"] == ActorKind.STATE and row["parent_id"] is not None:
            what = f"a state that belongs to {row['parent_id']}"
            yield _problem(
                "actors", row["id"], "parent_id", what, "delete parent_id, or correct kind"
            )


def _codes() -> Iterable[tuple[str, str, int, str, str]]:
    for name, vocabulary in vocab.VOCABULARIES.items():
        for ordinal, code in enumerate(vocabulary, 1):
            yield name, code.value, ordinal, code.label, code.definition


@rule
def codes_are_the_vocabularies(tables: Tables) -> Iterator[Problem]:
    """The table of codes holds every code of every vocabulary, in its order, and no other."""
    fields = ("vocabulary", "code", "ordinal", "label", "definition")
    listed = {tuple([row[field] for field in fields]): row["id"] for row in tables["codes"]}
    expected = set(_codes())
    remedy = "build the tables again"
    for code, row_id in listed.items():
        if code not in expected:
            yield _problem("codes", row_id, "code", "is not in the vocabularies like this", remedy)
    for missing in sorted(expected - listed.keys()):
        row_id = f"{missing[0]}-{missing[1]}".replace("_", "-")
        yield _problem("codes", row_id, "code", "is missing or altered", remedy)
