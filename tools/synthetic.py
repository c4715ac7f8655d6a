"""A synthetic data/raw of any size that breaks no rule, in the proportions of the real one.

`python tools/synthetic.py DIR --documents 1000` writes the raw files of a checkout below DIR.
Each edition has 26 documents; the first is the host's release. Half of the cells are stated
more than once, one document in twenty is a copy, one cell in thirty is disputed and decided,
a few rows are rejected, and releases are silent on a cell or two. The same arguments give the
same files. Not here: measuring (growth.py).
"""

import argparse
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

from amcc_dataset.model import vocabularies

DOCUMENTS_PER_EDITION = 26
COPIED, INFERRED = 0.05, 0.1
"""Shares of documents, and of passages."""
DISPUTED, REJECTED = 0.45, 0.03
"""Shares of the rows that several documents state."""
RESTATED = (0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 5)
"""How many further documents state a row; one of these is drawn, all with the same chance."""

MEMBERS = [f"member-{number:02}" for number in range(1, 12)]
PARTNERS = [f"partner-{number:02}" for number in range(1, 7)]
PEOPLE_PER_ACTOR = 60
STEPS = ["welcomed", "supported", "endorsed", "funded", "convened", "reviewed", "updated"]
AGREED = ["agreed", "endorsed", "adopted"]
DISPUTABLE: dict[str, Sequence[str]] = {
    "level": list(vocabularies.Level),
    "session": list(vocabularies.Session),
    "act": list(vocabularies.Act),
    "topic": list(vocabularies.Topic),
    "kind": list(vocabularies.InitiativeKind),
    "actor_id": MEMBERS[:10],
}

Value = str | int | dt.date


@dataclass(slots=True)
class Row:
    """A row to be claimed: its cells, and those (`own`) that only its first document states."""

    table: str
    id: str
    cells: dict[str, Value]
    own: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """A source file before it is written."""

    id: str
    source: dict[str, Value]
    passages: list[list[Row]] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    roster: str | None = None


class World:
    """What the documents are about, drawn edition by edition with their documents."""

    def __init__(self, documents: int, claims_per_document: int, seed: int) -> None:
        self.random = Random(seed)
        self.documents, self.claims_per_document = documents, claims_per_document
        self.editions = -(-documents // DOCUMENTS_PER_EDITION)
        self.decisions: list[dict[str, Value]] = []
        self.earlier: list[str] = []
        self.initiatives: list[str] = []

    def draw(self) -> Iterator[Document]:
        """Yield all documents, grouped by edition."""
        for number in range(1, self.editions + 1):
            first = (number - 1) * DOCUMENTS_PER_EDITION
            count = min(DOCUMENTS_PER_EDITION, self.documents - first)
            yield from self._edition(number, first, count)

    def _edition(self, number: int, first: int, count: int) -> Iterator[Document]:
        name = f"amcc-{number:03}"
        host = MEMBERS[number % 10]
        day = dt.date(2015 + number, 10, 1 + self.random.randrange(20))
        documents = [self._document(name, day, first + at, at) for at in range(count)]
        release = documents[0]
        edition = Row(
            "editions",
            name,
            {
                "number": number,
                "year": day.year,
                "date_start": day,
                "date_end": day,
                "city": f"City {number % 9}",
                "format": self.random.choice(list(vocabularies.Format)),
                "host_id": host,
                "chair_id": f"{host}-person-00",
                "roster": "by_group",
            },
        )
        chair = self._participant(name, "chair", host, 0, "chair")
        release.passages += [[edition], [chair]]
        release.roster = name
        release.silent = [f"editions.{name}.{cell}" for cell in ("theme", "venue")]
        for document in documents[1:]:
            self._restate(document, edition, {"number", "year", "date_start"})
        stated = len(MEMBERS) * 6 + 17 + 5 * (count - 1)
        rows = self._rows(name, host, day)
        while stated < count * self.claims_per_document:
            stated += sum(self._state(row, documents) for row in next(rows))
        self._let_nothing_stand(name, documents)
        self._copy(documents)
        yield from documents

    def _document(self, edition: str, day: dt.date, number: int, at: int) -> Document:
        release = at == 0
        source: dict[str, Value] = {
            "title": f"What document {number} says of {edition}",
            "publisher": "The host" if release else f"Publisher {number % 150}",
            "kind": "press_release" if release else self.random.choice(["news", "speech"]),
            "tier": "host_primary" if release else ("official", "secondary")[number % 2],
            "language": "en",
            "url": f"https://example.org/{edition}/{number}",
            "read": "whole" if release else "opening",
            "noted_on": day + dt.timedelta(days=1000),
        }
        if release or self.random.random() < 0.5:
            source["published_on"] = day + dt.timedelta(days=self.random.randrange(30) * at)
        if release:
            source["principal_of"] = edition
        return Document(f"source-{number:05}-{edition}", source)

    def _rows(self, edition: str, host: str, day: dt.date) -> Iterator[list[Row]]:
        """Yield rows without end; rows that need each other come together."""
        people = [
            (actor, person)
            for actor in (*MEMBERS[:10], *PARTNERS)
            for person in range(1, PEOPLE_PER_ACTOR)
        ]
        self.random.shuffle(people)
        outcomes: list[str] = []
        begun: list[str] = []
        serial = 0
        while True:
            serial += 1
            kind = self.random.choices(
                ("participants", "outcomes", "initiative_events", "initiatives"), (27, 30, 33, 10)
            )[0]
            if kind == "participants" and people:
                actor, person = people.pop()
                role = "member_state" if actor in MEMBERS else "dialogue_partner"
                yield [self._participant(edition, f"p{serial}", actor, person, role)]
            elif kind == "outcomes":
                outcomes.append(f"{edition}-o{serial}")
                yield [self._outcome(outcomes[-1], edition, host)]
            elif kind == "initiatives" or not begun:
                begun.append(f"initiative-{edition}-{serial}")
                yield self._initiative(begun[-1], edition, day)
            else:
                yield [self._event(f"{edition}-e{serial}", self.random.choice(begun), day)]
            self.earlier, self.initiatives = outcomes or self.earlier, begun or self.initiatives

    def _participant(self, edition: str, suffix: str, actor: str, person: int, role: str) -> Row:
        cells: dict[str, Value] = {
            "edition_id": edition,
            "actor_id": actor,
            "person_id": f"{actor}-person-{person:02}",
            "role": role,
            "level": "minister",
            "session": "main",
            "presence": "attended",
            "title_stated": f"Minister {person} of {actor}",
        }
        return Row("participants", f"{edition}-{suffix}", cells)

    def _outcome(self, name: str, edition: str, host: str) -> Row:
        scope = self.random.choices(
            ("collective", "host", "national", "secretariat"), (6, 2, 2, 1)
        )[0]
        maker = {
            "host": f"{host}-agency",
            "national": self.random.choice([member for member in MEMBERS[:10] if member != host]),
            "secretariat": "secretariat",
        }.get(scope)
        cells: dict[str, Value] = {
            "edition_id": edition,
            "topic": self.random.choice(list(vocabularies.Topic)),
            "act": self.random.choice(list(vocabularies.Act)),
            "scope": scope,
            "title": f"Outcome {name} in a few words of ours",
            "summary": f"What was done in {name}, in a sentence of ours that is about as long as the real ones are.",
        }
        if maker:
            cells["made_by"] = maker
        if self.initiatives and self.random.random() < 0.6:
            cells["initiative_id"] = self.random.choice(self.initiatives)
        if self.earlier and not self.earlier[0].startswith(edition) and self.random.random() < 0.3:
            cells["follows_id"] = self.random.choice(self.earlier)
        return Row("outcomes", name, cells, own=("title", "summary"))

    def _initiative(self, name: str, edition: str, day: dt.date) -> list[Row]:
        cells: dict[str, Value] = {
            "name": f"The {name} of the conference",
            "short_name": name.upper(),
            "kind": self.random.choice(list(vocabularies.InitiativeKind)),
            "relation": "announced_at",
            "first_edition_id": edition,
        }
        event: dict[str, Value] = {
            "initiative_id": name,
            "kind": "announced",
            "date": day,
            "precision": "day",
            "edition_id": edition,
            "actor_id": "secretariat",
            "summary": f"The {name} was made known at {edition}, in a sentence of ours.",
        }
        announced = Row("initiative_events", f"{name}-announced", event, own=("summary",))
        lead: dict[str, Value] = {"initiative_id": name, "actor_id": "secretariat", "role": "lead"}
        return [Row("initiatives", name, cells), Row("parties", f"{name}-lead", lead), announced]

    def _event(self, name: str, initiative: str, day: dt.date) -> Row:
        cells: dict[str, Value] = {
            "initiative_id": initiative,
            "kind": self.random.choice(STEPS),
            "date": dt.date(day.year, 1, 1) + dt.timedelta(days=self.random.randrange(270)),
            "precision": "day",
            "actor_id": self.random.choice(MEMBERS[:10]),
            "summary": f"What happened in {name}, in a sentence of ours that is about as long as the real ones.",
        }
        if self.random.random() < 0.2:
            cells |= {"amount": 1000 * self.random.randrange(1, 900), "currency": "USD"}
        return Row("initiative_events", name, cells, own=("summary",))

    def _state(self, row: Row, documents: list[Document]) -> int:
        """State a row in one document and again in some others; return the number of claims."""
        others = min(self.random.choice(RESTATED), len(documents) - 1)
        home, *rest = self.random.sample(documents, 1 + others)
        home.passages.append([row])
        stated = len(row.cells)
        for document in rest:
            stated += self._restate(document, row, set())
        disputable = [cell for cell in row.cells if row.cells[cell] in DISPUTABLE.get(cell, ())]
        if disputable and rest and self.random.random() < DISPUTED:
            self._dispute(row, self.random.choice(disputable), home, rest[0])
        if row.table == "participants" and rest and self.random.random() < REJECTED:
            stated += self._reject(row, home, rest[0])
        return stated

    def _restate(self, document: Document, row: Row, always: set[str]) -> int:
        cells = {
            cell: value
            for cell, value in row.cells.items()
            if cell not in row.own and (cell in always or self.random.random() < 0.7)
        }
        if cells:
            document.passages.append([Row(row.table, row.id, cells)])
        return len(cells)

    def _dispute(self, row: Row, cell: str, home: Document, other: Document) -> None:
        wrong = self.random.choice([code for code in DISPUTABLE[cell] if code != row.cells[cell]])
        for (said,) in other.passages:
            if (said.table, said.id) == (row.table, row.id):
                said.cells[cell] = wrong
                self._decide(f"{row.table}.{row.id}.{cell}", prefer=home.id)

    def _reject(self, row: Row, home: Document, against: Document) -> int:
        doubtful = Row(row.table, f"{row.id}-doubtful", {"edition_id": row.cells["edition_id"]})
        home.passages.append([doubtful])
        self._decide(f"{row.table}.{doubtful.id}", stands="none", against=against.id)
        return 1

    def _let_nothing_stand(self, edition: str, documents: list[Document]) -> None:
        if len(documents) > 2 and self.random.random() < 0.5:
            documents[1].passages.append([Row("editions", edition, {"theme": "A theme"})])
            cell = f"editions.{edition}.theme"
            self._decide(cell, stands="none", against=documents[2].id)

    def _decide(self, cell: str, **what: str) -> None:
        note = "Why this one is right and the other is not, in two sentences of ours. The documents differ, and one is nearer."
        decision: dict[str, Value] = {"cell": cell, **what}
        decision |= {
            "reason": "specific_over_general",
            "note": note,
            "decided_on": dt.date(2019 + self.editions, 1, 1),
        }
        self.decisions.append(decision)

    def _copy(self, documents: list[Document]) -> None:
        for original, copy in pairwise(documents[1:]):
            if self.random.random() < COPIED and "copy_of" not in original.source:
                copy.source["copy_of"] = original.id
                copy.source.pop("published_on", None)


def write(root: Path, documents: int, claims_per_document: int = 100, seed: int = 1) -> None:
    """Write data/raw below `root`."""
    raw = root / "data" / "raw"
    (raw / "sources").mkdir(parents=True)
    world = World(documents, claims_per_document, seed)
    for document in world.draw():
        text = "".join(_document(document, world.random))
        (raw / "sources" / f"{document.id}.toml").write_text(text, encoding="utf-8")
    for name, text in (
        ("actors", _tables(dict(_actors()))),
        ("people", _tables(dict(_people()))),
        ("decisions", "".join(f"[[decision]]\n{_cells(entry)}\n" for entry in world.decisions)),
        ("retired", ""),
    ):
        (raw / f"{name}.toml").write_text(text, encoding="utf-8")


def _actors() -> Iterator[tuple[str, dict[str, Value]]]:
    for member in MEMBERS:
        since = "asean_member_from" if member == MEMBERS[-1] else "asean_member_attested"
        day = dt.date(2025, 10, 26) if member == MEMBERS[-1] else dt.date(2016, 1, 1)
        yield member, {"kind": "state", "name": f"State {member}", since: day}
        agency: dict[str, Value] = {"kind": "government_body", "name": f"Agency of {member}"}
        yield f"{member}-agency", agency | {"parent_id": member}
    for partner in PARTNERS:
        yield partner, {"kind": "state", "name": f"State {partner}"}
    yield "secretariat", {"kind": "asean_body", "name": "The Secretariat"}


def _people() -> Iterator[tuple[str, dict[str, Value]]]:
    for actor in (*MEMBERS, *PARTNERS):
        for number in range(PEOPLE_PER_ACTOR):
            name = f"{actor}-person-{number:02}"
            yield name, {"name": f"Person {number} of {actor}", "actor_id": actor}


def _document(document: Document, random: Random) -> Iterator[str]:
    if document.silent:
        yield f"silent = {json.dumps(document.silent)}\n\n"
    yield f"[source]\n{_cells(document.source)}"
    for number, passage in enumerate(document.passages, 1):
        yield f'\n[[passage]]\nat = "p{number}"\n'
        yield f'start = "First words, number {number}"\nend = "and the last."\n'
        if document.source["read"] == "whole":
            yield f'sha256 = "{random.getrandbits(256):064x}"\n'
        inferred = [f"{row.table}.{row.id}" for row in passage]
        if random.random() < INFERRED:
            yield f"inferred = {json.dumps(inferred)}\n"
        for row in passage:
            yield f"[passage.{row.table}.{row.id}]\n{_cells(row.cells)}"
        if number == 1 and document.roster:
            yield f'[[passage.roster]]\nedition = "{document.roster}"\nmembers = "all"\n'
            yield 'role = "member_state"\n'
            yield 'session = "unspecified"\npresence = "attended"\n'


def _tables(entries: dict[str, dict[str, Value]]) -> str:
    return "\n".join(f"[{name}]\n{_cells(cells)}" for name, cells in entries.items())


def _cells(cells: dict[str, Value]) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in cells.items())


def _value(value: Value) -> str:
    return value.isoformat() if isinstance(value, dt.date) else json.dumps(value)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a synthetic data/raw.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--claims", type=int, default=100, help="claims per document")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.folder, options.documents, options.claims, options.seed)
