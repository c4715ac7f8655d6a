"""What a curator has to write instead, or to add: the id for a name, or lines to paste.

Not here: values that do not fit their column (model/remedies.py), and what is wrong (rules/).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from amcc_dataset.curation.decisions import toml
from amcc_dataset.curation.places import Places
from amcc_dataset.curation.statements import Statement
from amcc_dataset.curation.toml_files import SOURCES
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.findings import Finding, Location
from amcc_dataset.model.suggest import near, one_of, similar

Aliases = Mapping[str, Iterable[str]]
"""Other forms of the names of actors and people, by their ids."""

_REFERENCES = "foreign_keys_point_at_rows"

_SHOWN = 3
"""The most further places of a wrong id that are shown."""


def cured(
    findings: Iterable[Finding],
    astray: Iterable[Statement],
    data: Dataset,
    places: Places,
    aliases: Aliases,
) -> Iterator[Finding]:
    """Yield findings with file and line, and with what a curator has to write or add.

    An id that leads nowhere is one finding, with all the places where it is.

    Parameters
    ----------
    findings
        What the rules found.
    astray
        The statements with a wrong id that the tables do not have, because others are right.
    data
        The tables.
    places
        The places of rows and cells.
    aliases
        Other forms of the names of actors and people, by their ids.
    """
    nowhere: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        located = places.located(finding)
        if finding.rule == _REFERENCES:
            at = finding.location
            row = data.row(str(at.table), at.row_id) or {}
            nowhere[_target(at), str(row[str(at.field)])].append(located)
        elif finding.rule == "chairs_took_part_in_the_chair":
            yield _chair(located, data)
        else:
            yield located
    for statement in astray:
        place, wrong = statement.place.location, str(statement.value)
        at = Location(place.path, place.line, *statement.cell)
        what = f"{wrong!r} is not an id in {_target(at)}"
        remedy = one_of(wrong, data.ids(_target(at)))
        nowhere[_target(at), wrong].append(Finding(_REFERENCES, at, what, remedy))
    for (table, wrong), found in nowhere.items():
        first, *others = sorted(found, key=lambda finding: finding.key)
        if others:
            also = [str(other.location) for other in others]
            more = f" and {len(also) - _SHOWN} more" if len(also) > _SHOWN else ""
            what = f"{first.what}; also at {', '.join(also[:_SHOWN])}{more}"
            first = replace(first, what=what)
        yield _reference(first, table, wrong, data, aliases)


def _target(at: Location) -> str:
    """Return the table to which a column refers."""
    return str(columns_of(str(at.table))[str(at.field)].ref)


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


def _reference(
    finding: Finding, table: str, wrong: str, data: Dataset, aliases: Aliases
) -> Finding:
    """Say what to write instead of a reference that leads to no row, or what to add."""
    if data.groups("decisions", "table", "row_id", "field").get((table, wrong, None)):
        remedy = "refer to another row, or delete the decision that rejects it"
        return replace(finding, remedy=remedy)
    names: dict[str, set[str]] = defaultdict(set)
    for row in data[table]:
        fields = (row["id"], *(row.get(name) for name in _NAMES), *aliases.get(row["id"], ()))
        for name in filter(None, fields):
            names[str(name).casefold()].add(row["id"])
    meant = sorted(names.get(wrong.casefold(), ()))
    if len(meant) == 1:
        return replace(finding, remedy=f'write its id, "{meant[0]}"')
    if not meant and (close := similar(wrong.casefold(), names)):
        meant = sorted(names[close])
    ids, remedies = data.ids(table), []
    if len(meant) == 1:
        remedies.append(f'write "{meant[0]}", if that is meant')
    elif meant or near(wrong, ids):
        remedies.append(one_of(wrong, meant or ids))
    slug = re.sub("[^a-z0-9]+", "-", wrong.lower()).strip("-")
    lines: tuple[str, ...] = ()
    if table in _ENTRIES and slug and slug not in ids:
        remedies.append(f"add it to data/raw/{table}.toml:")
        lines = (f"[{slug}]", f"name = {toml('' if slug == wrong else wrong)}", *_ENTRIES[table])
    elif table == "sources" and slug == wrong:
        remedies.append(f"add {SOURCES}/{wrong}.toml")
    elif table not in (*_ENTRIES, "sources"):
        remedies.append("add its row to a passage")
    return replace(finding, remedy=", or ".join(remedies or [finding.remedy]), detail=lines)


_NAMES = ("name", "short_name", "iso2", "iso3")
"""The columns with the names by which people know a row."""

_ENTRIES = {
    "actors": ('kind = ""          # state, government_body, asean_body …',),
    "people": ('actor_id = ""      # state or body that the person represented, or leave it out',),
}
"""The keys of an entry apart from its name, by registry."""
