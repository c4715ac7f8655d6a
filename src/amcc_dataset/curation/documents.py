"""From the curators' source files to statements: who says what about which cell, and where.

One file in data/raw/sources describes one document: what it is, and passage by passage what it
says about which cells. A passage about all members at once is a member group; members.py turns
it into statements when the date of its edition is known. Not here: which of several statements
is accepted (settle.py), whether a document may be silent on a cell or quote these words (the
rules), and the words of a passage (model/passages.py).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from amcc_dataset.curation.members import MemberGroup, read_group
from amcc_dataset.curation.statements import (
    CLAIMED,
    COLUMNS,
    ELSEWHERE,
    Passage,
    Statement,
    is_id,
    parse,
    read_cells,
    shown,
    split_cell,
    usual_basis,
)
from amcc_dataset.curation.toml_files import SOURCES, Place, TomlFile
from amcc_dataset.model import vocabularies
from amcc_dataset.model.cells import Value
from amcc_dataset.model.columns import claimable
from amcc_dataset.model.findings import Checked
from amcc_dataset.model.suggest import one_of

_KEYS = ("silent", "source", "passage")

_SOURCE_KEYS = {*COLUMNS["sources"], "principal_of"} - {"id"}

_LOCATOR_KEYS = {"at": "locator", "start": "start", "end": "end", "sha256": "span_sha256"}
"""The keys that locate a passage, and the columns of provenance that they fill."""

_PASSAGE_KEYS = {*_LOCATOR_KEYS, "inferred", "roster", *CLAIMED}


@dataclass(slots=True)
class Documents:
    """The content of source files: sources, statements, silences and member groups."""

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, TomlFile] = field(default_factory=dict)
    principal: dict[str, str] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    silences: list[Statement] = field(default_factory=list)
    groups: list[MemberGroup] = field(default_factory=list)


def read_documents(files: Mapping[str, TomlFile]) -> Checked[Documents]:
    """Read every file of data/raw/sources, in the order of their names."""
    parts = []
    for path, file in files.items():
        if path.startswith(f"{SOURCES}/"):
            parts.append((yield from read_document(file)))
    return (yield from join(parts))


def read_document(file: TomlFile) -> Checked[Documents]:
    """Read one file of data/raw/sources."""
    found = Documents(files={file.name: file})
    raw, place = file.content, file.place
    for key in raw.keys() - set(_KEYS):
        remedy = ELSEWHERE.get(key) or one_of(key, _KEYS)
        yield place.at(key).finding("known_keys", f"unknown key {key!r}", remedy)
    yield from _read_source(file, found)
    entries = raw.get("passage", [])
    if not isinstance(entries, list):
        yield place.at("passage").finding("right_shape", "is not a list", "write [[passage]]")
        return found
    source_id = file.name
    for index, entry in enumerate(entries):
        yield from _read_passage(source_id, entry, place.at("passage", index), found)
    yield from _read_silences(source_id, raw.get("silent", []), place.at("silent"), found)
    return found


def join(parts: Iterable[Documents]) -> Checked[Documents]:
    """Put the content of several files together, in their order."""
    whole = Documents()
    for part in parts:
        whole.sources |= part.sources
        whole.files |= part.files
        whole.statements += part.statements
        whole.silences += part.silences
        whole.groups += part.groups
        for edition_id, source_id in part.principal.items():
            first = whole.principal.setdefault(edition_id, source_id)
            if first != source_id:
                what = f"{edition_id} already has the principal document {first}"
                place = part.files[source_id].place.at("source", "principal_of")
                yield place.finding("one_principal_document", what, "delete one of the two")
    return whole


def split(documents: Documents) -> dict[str, Documents]:
    """Return what each source says, by its id."""
    parts = {
        source_id: Documents({source_id: source}, {source_id: documents.files[source_id]})
        for source_id, source in documents.sources.items()
    }
    for statement in documents.statements:
        parts[statement.source_id].statements.append(statement)
    for silence in documents.silences:
        parts[silence.source_id].silences.append(silence)
    for group in documents.groups:
        parts[group.source_id].groups.append(group)
    return parts


def _read_source(file: TomlFile, found: Documents) -> Checked[None]:
    raw, place = file.content.get("source"), file.place.at("source")
    if raw is None:
        remedy = "add [source] to say what the document is"
        yield file.place.finding("required_keys", "has no [source]", remedy)
    elif not isinstance(raw, dict):
        yield from read_cells("sources", raw, _SOURCE_KEYS, place)
    written = dict(raw) if isinstance(raw, dict) else {}
    principal = written.pop("principal_of", None)
    values = yield from read_cells("sources", written, _SOURCE_KEYS, place)
    if values.get("published_on"):
        values.setdefault("published_precision", vocabularies.DatePrecision.DAY)
    found.sources[file.name] = {"id": file.name, **values}
    if isinstance(principal, str):
        found.principal[principal] = file.name
    elif principal is not None:
        what = f"principal_of is {shown(principal)}"
        remedy = "write the id of an edition in quotation marks"
        yield place.at("principal_of").finding("value_fits_column", what, remedy)


def _read_passage(source_id: str, raw: object, place: Place, found: Documents) -> Checked[None]:
    if not isinstance(raw, dict):
        yield place.finding("right_shape", "is not a table", "write [[passage]]")
        return
    unknown = raw.keys() - _PASSAGE_KEYS
    for key in unknown:
        what = f"unknown key or table {key!r}"
        remedy = ELSEWHERE.get(key) or one_of(key, _PASSAGE_KEYS)
        yield place.at(key).finding("known_keys", what, remedy)
    passage = yield from _read_locator(raw, place)
    inferred = yield from _texts("inferred", raw.get("inferred", []), place.at("inferred"))
    before = len(found.statements)
    for table in (name for name in CLAIMED if name in raw):
        rows = raw[table]
        if not isinstance(rows, dict) or not all(isinstance(row, dict) for row in rows.values()):
            remedy = f"write [passage.{table}.<row id>]"
            yield place.at(table).finding("right_shape", "is not a table of rows", remedy)
            continue
        for row_id, cells in rows.items():
            at = place.at(table, row_id)
            if not is_id(row_id):
                remedy = "use at most 80 lower-case letters, digits and single hyphens"
                yield at.finding("ids_are_slugs", f"{row_id!r} is not an id", remedy)
                continue
            values = yield from read_cells(table, cells, claimable()[table], at)
            unknown |= cells.keys() - values.keys()
            found.statements += _statements(table, row_id, values, inferred, source_id, passage, at)
    spoken = {each.cell for each in found.statements[before:]} if inferred else set()
    marks = {".".join(cell[:length]) for cell in spoken for length in (2, 3)}
    # What could not be read may be what is marked.
    for mark in sorted(set(inferred) - marks) if not unknown else ():
        what = f"inferred lists {mark!r}, but this passage has no value for it"
        remedy = "add the value, correct the name (table.row or table.row.field), or delete it"
        yield place.at("inferred", mark).finding("inferred_is_stated", what, remedy)
    groups = raw.get("roster", [])
    listed = isinstance(groups, list)
    for index, entry in enumerate(groups if listed else [groups]):
        at = place.at("roster", index) if listed else place.at("roster")
        group = yield from read_group(source_id, entry, passage, at)
        if group is not None:
            found.groups.append(group)


def _statements(
    table: str,
    row_id: str,
    values: Mapping[str, Value],
    inferred: Collection[str],
    source_id: str,
    passage: Passage,
    place: Place,
) -> Iterable[Statement]:
    for name, value in values.items():
        marked = inferred and (
            f"{table}.{row_id}" in inferred or f"{table}.{row_id}.{name}" in inferred
        )
        basis = vocabularies.Basis.INFERRED if marked else usual_basis(table, name, value)
        yield Statement(table, row_id, name, value, basis, source_id, passage, place.at(name))


def _read_locator(raw: Mapping[str, Any], place: Place) -> Checked[Passage]:
    parts: dict[str, str] = {}
    for key, column in _LOCATOR_KEYS.items():
        if key not in raw:
            continue
        try:
            parts[key] = str(parse("provenance", column, raw[key]))
        except ValueError as error:
            what = f"{key} is {shown(raw[key])}"
            yield place.at(key).finding("value_fits_column", what, str(error))
    if "at" not in raw:
        what, remedy = "the passage has no locator", 'write at = "p1" for the first paragraph'
        yield place.finding("required_keys", what, remedy)
    return Passage(parts.get("at", ""), *(parts.get(key) for key in ("start", "end", "sha256")))


def _texts(key: str, raw: object, place: Place) -> Checked[list[str]]:
    if isinstance(raw, list) and all(isinstance(entry, str) for entry in raw):
        return raw
    what, remedy = f"{key} is {shown(raw)}, not a list", f'write {key} = ["table.row.field"]'
    yield place.finding("right_shape", what, remedy)
    return []


def _read_silences(source_id: str, raw: object, place: Place, found: Documents) -> Checked[None]:
    cells = yield from _texts("silent", raw, place)
    for cell, count in Counter(cells).items():
        if count > 1:
            what = f"silent lists {cell!r} {count} times"
            yield place.at(cell).finding("stated_once", what, "delete all but one")
    for cell in dict.fromkeys(cells):
        table, row_id, name = split_cell(cell)
        at = place.at(cell)
        if table not in CLAIMED or not is_id(row_id) or name not in COLUMNS[table]:
            what = f"silent lists {cell!r}, which is not a cell that a passage can give"
            remedy = "write table.row.field, like editions.amcc-04.theme"
            yield at.finding("known_cells", what, remedy)
            continue
        found.silences.append(Statement(table, row_id, name, None, None, source_id, None, at))
