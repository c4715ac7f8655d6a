"""Derived cells: how their values are computed, and the rules that the tables have these values.

Not here: the ordinals of outcomes, which follow from the documents (curation/assemble.py) and
have a rule of their own (outcomes.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from amcc_dataset.model.cells import Value
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import STANDS, Dataset, Row
from amcc_dataset.model.vocabularies import Act, Basis, Level, MeetingKind, PartyRole, Read, rank
from amcc_dataset.rules.rule import Breaches, rule

Derived = tuple[str, str, str, Value | None]
"""Table, row id, field and value of a cell that is derived from others."""


def values(data: Dataset) -> Iterator[Derived]:
    """Yield every cell that repeats, ranks or counts others."""
    yield from _from_rows(data)
    yield from _from_claims(data)


def _from_rows(data: Dataset) -> Iterator[Derived]:
    weeks = data.groups("meetings", "kind", "edition_id")
    leads = data.groups("parties", "role", "initiative_id")
    for row in data["editions"]:
        week = next(iter(weeks.get((MeetingKind.CYBER_WEEK, row["id"]), ())), {})
        yield "editions", row["id"], "host_name", data.name("actors", row["host_id"])
        yield "editions", row["id"], "chair_name", data.name("people", row["chair_id"])
        yield "editions", row["id"], "umbrella_event", week.get("name")
        yield "editions", row["id"], "umbrella_theme", week.get("theme")
    for row in data["participants"]:
        yield "participants", row["id"], "level_rank", rank(Level, row["level"])
    for row in data["outcomes"]:
        yield "outcomes", row["id"], "act_rank", rank(Act, row["act"])
    for row in data["initiatives"]:
        led = leads.get((PartyRole.LEAD, row["id"]), ())
        yield "initiatives", row["id"], "lead_id", led[0]["actor_id"] if len(led) == 1 else None


def _from_claims(data: Dataset) -> Iterator[Derived]:
    documents = _documents(data)
    whole = {row["id"] for row in data.having("sources", "read", Read.WHOLE)}
    for row in data["editions"]:
        yield "editions", row["id"], "documents", len(documents[row["id"]])
        yield "editions", row["id"], "documents_whole", len(documents[row["id"]] & whole)
    for row in data["participants"]:
        yield "participants", row["id"], "named_by", len(_naming(data, row))


def _documents(data: Dataset) -> Mapping[str, set[str]]:
    """Return, for each edition, the documents with an accepted claim on one of its rows."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in data["provenance"]:
        known = claim["table"] in data
        row = (known and data.row(claim["table"], claim["row_id"])) or {}
        edition_id = row.get("id" if claim["table"] == "editions" else "edition_id")
        if edition_id is not None and claim["standing"] in STANDS:
            found[edition_id].add(claim["source_id"])
    return found


def _naming(data: Dataset, participant: Row) -> set[str]:
    """Return the documents that name a person or delegation.

    A document that names only a group does not count: its claims on a delegation are inferred.
    """
    if participant["person_id"] is not None:
        claims = data.standing("participants", participant["id"], "person_id")
    else:
        delegations = data.standing("participants", participant["id"], "actor_id")
        claims = tuple(claim for claim in delegations if claim["basis"] != Basis.INFERRED)
    return {claim["source_id"] for claim in claims}


@rule
def derived_cells_follow_from_others(data: Dataset) -> Breaches:
    """A derived name, theme, lead or rank is the one that follows from other cells."""
    yield from _differing(data, _from_rows(data))


@rule
def documents_of_an_edition_are_counted(data: Dataset) -> Breaches:
    """An edition has the number of documents on its rows, a participation that of documents that name it."""
    yield from _differing(data, _from_claims(data))


def _differing(data: Dataset, derived: Iterable[Derived]) -> Breaches:
    for table, row_id, field, value in derived:
        row = data.by_id(table)[row_id]
        if row[field] != value:
            cells = _origin(table, field)
            computed = f"computed from {cells or 'other cells'}, it is {_shown(value)}"
            remedy = f"write {value}{f', or correct {cells}' if cells else ''}"
            if value is None:
                remedy = "leave it empty"
            yield table, row_id, field, f"{field} is {_shown(row[field])}; {computed}", remedy


def _origin(table: str, field: str) -> str | None:
    """Return the names of the columns that a derived cell is computed from, if they are known."""
    origin = columns_of(table)[field].origin
    if origin is None:
        return None
    # The column that leads back to the row does not have the value.
    names = " and ".join(name for name in origin.fields if name != origin.by)
    return f"{names} in {origin.table}" if origin.table else names


def _shown(value: Value | None) -> str:
    return "null" if value is None else repr(value)
