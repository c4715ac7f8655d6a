"""From the curators' source files to claims: who says what of which cell, and where.

One file in data/raw/sources is one document: what it is, and passage by passage what it
says of which cells. `read_documents` turns the files into claims and silences; a roster
passage, which names all members at once, is expanded by `expand_rosters` once the date of
its edition is known. Not in here: which of several claims stands (settle.py), and the
words of a passage (model/passages.py).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amcc_dataset.curation import toml_files
from amcc_dataset.curation.statements import (
    CLAIMED,
    COLUMNS,
    Claim,
    Passage,
    is_id,
    parse,
    parse_table,
    shown,
    usual_basis,
)
from amcc_dataset.curation.toml_files import Place
from amcc_dataset.model import passages, vocabularies
from amcc_dataset.model.cells import Value
from amcc_dataset.model.columns import askable, claimable
from amcc_dataset.model.dataset import Cell
from amcc_dataset.model.findings import Problem
from amcc_dataset.model.suggest import one_of
from amcc_dataset.rules import is_member

_SOURCE_KEYS = {*COLUMNS["sources"], "principal_of"} - {"id"}

_PASSAGE_KEYS = {"at", "start", "end", "sha256", "inferred", "roster", *CLAIMED}

_ROSTER_FIELDS = ("role", "level", "session", "presence")


@dataclass(frozen=True, slots=True)
class Roster:
    """A passage that names all members at once: one participants row for each of them."""

    edition_id: str
    values: Mapping[str, Value]
    source_id: str
    passage: Passage
    place: Place


@dataclass(slots=True)
class Documents:
    """What source files hold: the sources themselves, claims, silences and rosters.

    `misread` names the cells whose value was told to be wrong, so that none is told to be
    missing as well.
    """

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    principal: dict[str, str] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    silences: list[Claim] = field(default_factory=list)
    rosters: list[Roster] = field(default_factory=list)
    misread: set[Cell] = field(default_factory=set)


def read_documents(root: Path, problems: list[Problem]) -> Documents:
    """Read every file in data/raw/sources below `root`, in the order of their names."""
    folder = root / "data" / "raw" / "sources"
    paths = sorted(folder.glob("*.toml"))
    found = join((read_document(path, root, problems) for path in paths), problems)
    if not found.sources and not problems:
        shown = folder.relative_to(root).as_posix()
        problems.append(Problem(shown, "holds no source file", "name the root of a checkout"))
    return found


def read_document(path: Path, root: Path, problems: list[Problem]) -> Documents:
    """Read one file of data/raw/sources."""
    found = Documents()
    loaded = toml_files.load(path, root, problems)
    if loaded is not None:
        found.places[path.stem] = loaded[1]
        _read_document(path.stem, *loaded, found, problems)
    return found


def join(parts: Iterable[Documents], problems: list[Problem]) -> Documents:
    """Put what several files hold together, in their order."""
    whole = Documents()
    for part in parts:
        whole.sources |= part.sources
        whole.places |= part.places
        whole.claims += part.claims
        whole.silences += part.silences
        whole.rosters += part.rosters
        whole.misread |= part.misread
        for edition_id, source_id in part.principal.items():
            first = whole.principal.setdefault(edition_id, source_id)
            if first != source_id:
                where = part.places[source_id].at("source", "principal_of")
                what = f"{edition_id} already has the principal document {first}"
                problems.append(Problem(str(where), what, "delete one of the two"))
    return whole


def split(documents: Documents) -> dict[str, Documents]:
    """Return by the ids of the sources what each of them says: claims, silences and rosters."""
    parts = {
        source_id: Documents({source_id: source}, {source_id: documents.places[source_id]})
        for source_id, source in documents.sources.items()
    }
    for claim in documents.claims:
        parts[claim.source_id].claims.append(claim)
    for silence in documents.silences:
        parts[silence.source_id].silences.append(silence)
    for roster in documents.rosters:
        parts[roster.source_id].rosters.append(roster)
    return parts


def _read_document(
    source_id: str,
    raw: dict[str, Any],
    place: Place,
    found: Documents,
    problems: list[Problem],
) -> None:
    for key in raw.keys() - {"silent", "source", "passage"}:
        remedy = one_of(key, ["silent", "source", "passage"])
        problems.append(Problem(str(place.at(key)), f"unknown key {key!r}", remedy))
    source = _read_source(source_id, raw.get("source"), place, found, problems)
    entries = raw.get("passage", [])
    if not isinstance(entries, list):
        problems.append(Problem(str(place.at("passage")), "is not a list", "write [[passage]]"))
        entries = []
    claims: list[Claim] = []
    for index, passage in enumerate(entries):
        at = place.in_block("passage", index)
        claims.extend(_read_passage(source_id, passage, at, found, problems))
    found.claims.extend(claims)
    silences = list(_read_silences(source_id, raw.get("silent", []), place, problems))
    spoken = {claim.cell for claim in claims}
    for silence in silences:
        if source.get("read") != vocabularies.Read.WHOLE:
            what = f"silence on {'.'.join(silence.cell)} from a document not read whole"
            problems.append(Problem(str(silence.place), what, "delete it, or set read to whole"))
        elif silence.cell in spoken:
            what = f"silence on {'.'.join(silence.cell)}, which a passage states"
            problems.append(Problem(str(silence.place), what, "delete the one that is wrong"))
    found.silences.extend(silences)
    if not entries and not silences and not source.get("note"):
        remedy = "add passages, or a note in [source] that says why there are none"
        problems.append(Problem(str(place), "carries no claim and no note", remedy))


def _read_source(
    source_id: str, raw: object, place: Place, found: Documents, problems: list[Problem]
) -> dict[str, Value]:
    at = place.at("source")
    if raw is None:
        problems.append(Problem(str(place), "has no [source]", "say what the document is"))
        return {}
    written = raw if isinstance(raw, dict) else {}
    principal = written.pop("principal_of", None)
    values = parse_table("sources", raw, _SOURCE_KEYS, at, problems)
    found.misread |= {("sources", source_id, key) for key in written.keys() - values.keys()}
    if values.get("published_on"):
        values.setdefault("published_precision", vocabularies.DatePrecision.DAY)
    found.sources[source_id] = {"id": source_id, **values}
    if principal is not None:
        if not isinstance(principal, str):
            remedy = "write the id of an edition in quotation marks"
            problems.append(Problem(str(at.at("principal_of")), shown(principal), remedy))
        else:
            found.principal[principal] = source_id
    return values


def _read_passage(
    source_id: str, raw: object, place: Place, found: Documents, problems: list[Problem]
) -> Iterator[Claim]:
    if not isinstance(raw, dict):
        problems.append(Problem(str(place), "is not a table", "write [[passage]]"))
        return
    for key in raw.keys() - _PASSAGE_KEYS:
        remedy = one_of(key, _PASSAGE_KEYS)
        problems.append(Problem(str(place.at(key)), f"unknown key or table {key!r}", remedy))
    passage = _read_locator(raw, place, problems)
    inferred = set(_texts(raw.get("inferred", []), place.at("inferred"), problems))
    matched: set[str] = set()
    for table in CLAIMED:
        rows = raw.get(table, {})
        if not isinstance(rows, dict) or not all(isinstance(row, dict) for row in rows.values()):
            remedy = f"write [passage.{table}.<row id>]"
            problems.append(Problem(str(place.at(table)), "is not a table of rows", remedy))
            continue
        for row_id, cells in rows.items():
            at = place.at(table, row_id)
            if not is_id(row_id):
                remedy = "use lower-case letters, digits and single hyphens, at most 80"
                problems.append(Problem(str(at), f"{row_id!r} is not an id", remedy))
                continue
            values = parse_table(table, cells, claimable()[table], at, problems)
            found.misread |= {(table, row_id, name) for name in cells.keys() - values.keys()}
            for name, value in values.items():
                marks = {f"{table}.{row_id}", f"{table}.{row_id}.{name}"} & inferred
                matched |= marks
                basis = vocabularies.Basis.INFERRED if marks else usual_basis(table, name, value)
                yield Claim(table, row_id, name, value, basis, source_id, passage, at.at(name))
    for mark in sorted(inferred - matched):
        what = f"inferred names {mark!r}, which this passage does not state"
        problems.append(
            Problem(str(place.at("inferred")), what, "write table.row or table.row.field")
        )
    rosters = raw.get("roster", [])
    for entry in rosters if isinstance(rosters, list) else [rosters]:
        roster = _read_roster(source_id, entry, passage, place.at("roster"), problems)
        if roster is not None:
            found.rosters.append(roster)


def _read_locator(raw: dict[str, Any], place: Place, problems: list[Problem]) -> Passage:
    parts: dict[str, str] = {}
    for key, field_name in (
        ("at", "locator"),
        ("start", "start"),
        ("end", "end"),
        ("sha256", "span_sha256"),
    ):
        if key not in raw:
            continue
        try:
            parts[key] = str(parse("provenance", field_name, raw[key]))
        except ValueError as error:
            problems.append(Problem(str(place.at(key)), f"{key} is {shown(raw[key])}", str(error)))
            continue
        if key in ("start", "end") and passages.words(parts[key]) > passages.MAX_WORDS:
            what = f"{key} quotes {passages.words(parts[key])} words"
            remedy = f"quote at most {passages.MAX_WORDS} words"
            problems.append(Problem(str(place.at(key)), what, remedy))
    if "at" not in raw:
        remedy = 'write at = "p1" for the first paragraph'
        problems.append(Problem(str(place), "passage without a locator", remedy))
    if "start" not in raw and ("end" in raw or raw.get("at") != "headline"):
        remedy = 'add start = "…", at most four words, so that a browser can find it'
        problems.append(Problem(str(place), "passage without its first words", remedy))
    return Passage(parts.get("at", "p0"), parts.get("start"), parts.get("end"), parts.get("sha256"))


def _texts(raw: object, place: Place, problems: list[Problem]) -> list[str]:
    if isinstance(raw, list) and all(isinstance(entry, str) for entry in raw):
        return raw
    problems.append(Problem(str(place), "is not a list of texts", 'write ["table.row.field"]'))
    return []


def _read_roster(
    source_id: str, raw: object, passage: Passage, place: Place, problems: list[Problem]
) -> Roster | None:
    if not isinstance(raw, dict):
        problems.append(Problem(str(place), "is not a table", "write [[passage.roster]]"))
        return None
    values = parse_table(
        "participants",
        {key: value for key, value in raw.items() if key not in ("edition", "members")},
        _ROSTER_FIELDS,
        place,
        problems,
    )
    for key in ("edition", "members", *_ROSTER_FIELDS):
        if key not in raw:
            problems.append(Problem(str(place), f"roster without {key}", f"add {key} = …"))
    if raw.get("members", "all") != "all":
        what = f"members is {shown(raw['members'])}"
        problems.append(Problem(str(place.at("members")), what, 'write members = "all"'))
    edition_id = raw.get("edition")
    if not isinstance(edition_id, str) or len(values) < len(_ROSTER_FIELDS):
        return None
    return Roster(edition_id, values, source_id, passage, place)


def _read_silences(
    source_id: str, raw: object, place: Place, problems: list[Problem]
) -> Iterator[Claim]:
    at = place.at("silent")
    for cell in _texts(raw, at, problems):
        table, _, rest = cell.partition(".")
        row_id, _, name = rest.partition(".")
        if table not in CLAIMED or name not in askable()[table]:
            remedy = "write table.row.field of a cell that a passage may state"
            problems.append(Problem(str(at), f"silence on unknown cell {cell!r}", remedy))
            continue
        yield Claim(table, row_id, name, None, None, source_id, None, at)


def expand_rosters(
    rosters: Iterable[Roster],
    actors: Iterable[Mapping[str, Any]],
    dates: Mapping[str, dt.date | None],
    problems: list[Problem],
) -> list[Claim]:
    """Return the claims that rosters make: one participants row per member on the date.

    The date of an edition is None while it is disputed, which is a problem told elsewhere.
    """
    expanded: list[Claim] = []
    for roster in rosters:
        if roster.edition_id not in dates:
            what = f"roster of {roster.edition_id!r}, for which no passage states date_start"
            remedy = "state the edition's first day, or correct the id"
            problems.append(Problem(str(roster.place), what, remedy))
        day = dates.get(roster.edition_id)
        if day is None:
            continue
        for actor in actors:
            if not is_member(actor, day):
                continue
            row_id = f"{roster.edition_id}-{actor['id']}"
            values = {"edition_id": roster.edition_id, "actor_id": actor["id"], **roster.values}
            expanded.extend(
                Claim(
                    "participants",
                    row_id,
                    name,
                    value,
                    vocabularies.Basis.INFERRED,
                    roster.source_id,
                    roster.passage,
                    roster.place,
                )
                for name, value in values.items()
            )
    return expanded
