"""The registries: actors, people, and ids that must never come back.

Not here: what documents say (documents.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from amcc_dataset.curation.statements import COLUMNS, is_id, read_cells
from amcc_dataset.curation.toml_files import RAW, Place, TomlFile
from amcc_dataset.model.findings import Checked

REGISTRIES = ("actors", "people")

_ALIASES = "aliases"
"""Other names under which curators may look for an entry; they are not published."""


@dataclass(slots=True)
class Registries:
    """The rows of the registries by table, their places, other names, and retired ids."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)


def read_registries(files: Mapping[str, TomlFile]) -> Checked[Registries]:
    """Read data/raw/actors.toml, people.toml and retired.toml; rows are sorted by id."""
    found = Registries()
    for table in REGISTRIES:
        yield from _read_registry(files[f"{RAW}/{table}.toml"], table, found)
    found.retired = yield from _read_retired(files[f"{RAW}/retired.toml"])
    return found


def _read_registry(file: TomlFile, table: str, found: Registries) -> Checked[None]:
    found.rows[table] = []
    for row_id, raw in sorted(file.content.items()):
        place = file.place.at(row_id)
        cells = dict(raw) if isinstance(raw, dict) else raw
        aliases = cells.pop(_ALIASES, []) if isinstance(cells, dict) else []
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            what, remedy = "is not a list of texts", 'write ["…"]'
            yield place.at(_ALIASES).finding("right_shape", what, remedy)
            aliases = []
        if not is_id(row_id):
            remedy = "use at most 80 lower-case letters, digits and single hyphens"
            yield place.finding("ids_are_slugs", f"{row_id!r} is not an id", remedy)
            continue
        values = yield from read_cells(table, cells, COLUMNS[table].keys() - {"id"}, place)
        found.rows[table].append({"id": row_id, **values})
        found.places[table, row_id] = place
        found.aliases[row_id] = aliases


def _read_retired(file: TomlFile) -> Checked[dict[str, str]]:
    for row_id, why in file.content.items():
        if not is_id(row_id) or not isinstance(why, str) or not why:
            what, remedy = f"{row_id!r} is not an id with a reason", 'write id = "why and when"'
            yield file.place.at(row_id).finding("retired_with_a_reason", what, remedy)
    return dict(file.content)


def returned_ids(
    places: Mapping[tuple[str, str], Place], retired: Mapping[str, str]
) -> Checked[None]:
    """Yield the retired ids that are used again in `places`, which has all rows by table and id."""
    for (_, row_id), place in places.items():
        if row_id in retired:
            what = f"{row_id!r} is retired ({retired[row_id]})"
            yield place.finding("ids_never_come_back", what, "give the row a new id")
