"""What a curator has to write instead, or to add: the id for a name, or lines to paste.

Not here: values that do not fit their column (model/remedies.py), and what is wrong (rules/).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from amcc_dataset.curation.statements import COLUMNS, Statement
from amcc_dataset.curation.toml_files import SOURCES
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.findings import Finding, Location
from amcc_dataset.model.suggest import near, one_of
from amcc_dataset.model.tables import SLUG

Aliases = Mapping[str, Iterable[str]]
"""Other forms of the names of actors and people, by their ids."""

_REFERENCES = "foreign_keys_point_at_rows"


def cured(finding: Finding, data: Dataset, aliases: Aliases) -> Finding:
    """Return a finding of a rule with what a curator has to write or add, if that is known.

    Parameters
    ----------
    finding
        What a rule found.
    data
        The tables.
    aliases
        Other forms of the names of actors and people, by their ids.
    """
    if finding.rule == _REFERENCES:
        at = finding.location
        row = data.row(str(at.table), at.row_id) or {}
        return _reference(finding, str(row[str(at.field)]), data, aliases)
    if finding.rule == "chairs_took_part_in_the_chair":
        return _chair(finding, data)
    return finding


def _chair(finding: Finding, data: Dataset) -> Finding:
    """Add the row of participants that is missing for a chair."""
    edition = data.row("editions", finding.location.row_id)
    if edition is None or edition["chair_id"] is None:
        return finding
    lines = (
        f"[passage.participants.{edition['id']}-{edition['chair_id']}]",
        f'edition_id = "{edition["id"]}"',
        f'actor_id = "{edition["host_id"]}"',
        f'person_id = "{edition["chair_id"]}"',
        'role = "chair"',
        'level = ""            # minister, vice_minister …; leave out what is not said',
        'session = ""          # main, partners, opening, unspecified',
        'presence = "attended"',
        'title_stated = ""     # the office as printed',
    )
    return replace(finding, remedy=f"{finding.remedy}; to add the chair, write:", detail=lines)


def strayed(statement: Statement, data: Dataset, aliases: Aliases) -> Finding:
    """Return the finding on a statement whose value is not the id of a row."""
    table, wrong = str(COLUMNS[statement.table][statement.field].ref), str(statement.value)
    place = statement.place.location
    at = Location(place.path, place.line, *statement.cell)
    what = f"{wrong!r} is not an id in {table}"
    finding = Finding(_REFERENCES, at, what, one_of(wrong, data.ids(table)))
    return _reference(finding, wrong, data, aliases)


def _reference(finding: Finding, wrong: str, data: Dataset, aliases: Aliases) -> Finding:
    """Say what to write instead of a reference that leads to no row, or what to add."""
    at = finding.location
    table = str(columns_of(str(at.table))[str(at.field)].ref)
    names = {
        str(name).casefold(): other["id"]
        for other in data[table]
        for name in (other.get("name"), other.get("short_name"), *aliases.get(other["id"], ()))
        if name
    }
    meant = get_close_matches(wrong.casefold(), names, n=1, cutoff=0.8)
    if meant == [wrong.casefold()]:
        return replace(finding, remedy=f'write its id, "{names[meant[0]]}"')
    if meant:
        finding = replace(finding, remedy=f'write "{names[meant[0]]}", if {meant[0]!r} is meant')
    if table not in _ENTRIES:
        add = f"add {SOURCES}/{wrong}.toml" if table == "sources" else "add it to a passage"
        return replace(finding, remedy=f"{finding.remedy}, or {add}")
    known = re.fullmatch(SLUG, wrong) is not None
    slug = wrong if known else re.sub("[^a-z0-9]+", "-", wrong.lower()).strip("-")
    remedy = f"add it to data/raw/{table}.toml:"
    if meant or near(wrong, data.ids(table)):
        remedy = f"{finding.remedy}, or {remedy}"
    lines = (f"[{slug}]", f'name = "{"" if known else wrong}"', *_ENTRIES[table])
    return replace(finding, remedy=remedy, detail=lines)


_ENTRIES = {
    "actors": ('kind = ""          # state, government_body, asean_body …',),
    "people": ('actor_id = ""      # state or body that the person represented, or leave it out',),
}
"""The keys of an entry apart from its name, by registry."""
