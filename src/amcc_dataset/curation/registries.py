"""The registries: actors, people, and ids that must never come back.

Not in here: claims (documents.py).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from amcc_dataset.curation import toml_files
from amcc_dataset.curation.statements import COLUMNS, Claim, is_id, parse_table
from amcc_dataset.model.findings import Problem

_UNPUBLISHED = "aliases"


def read_registry(
    root: Path, table: str, places_of: dict[str, toml_files.Place], problems: list[Problem]
) -> list[dict[str, Any]]:
    """Return the rows of data/raw/<table>.toml; `aliases` stay out of the release."""
    return [
        {key: value for key, value in entry.items() if key != _UNPUBLISHED}
        for entry in read_entries(root, table, places_of, problems)
    ]


def read_entries(
    root: Path, table: str, places_of: dict[str, toml_files.Place], problems: list[Problem]
) -> list[dict[str, Any]]:
    """Return the entries of a registry with their aliases, sorted by id."""
    loaded = toml_files.load(root / "data" / "raw" / f"{table}.toml", root, problems)
    if loaded is None:
        return []
    raw, place = loaded
    entries = []
    for row_id, cells in sorted(raw.items()):
        at = place.at(row_id)
        aliases = cells.pop(_UNPUBLISHED, []) if isinstance(cells, dict) else []
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            problems.append(
                Problem(str(at.at(_UNPUBLISHED)), "is not a list of texts", 'write ["…"]')
            )
            aliases = []
        values = parse_table(table, cells, COLUMNS[table].keys() - {"id"}, at, problems)
        entries.append({"id": row_id, **values, _UNPUBLISHED: aliases})
        places_of[f"{table}.{row_id}"] = at
    return entries


def read_retired(root: Path, problems: list[Problem]) -> dict[str, str]:
    """Return data/raw/retired.toml: retired ids, each with the reason."""
    loaded = toml_files.load(root / "data" / "raw" / "retired.toml", root, problems)
    if loaded is None:
        return {}
    raw, place = loaded
    for row_id, why in raw.items():
        if not is_id(row_id) or not isinstance(why, str) or not why:
            what, remedy = f"{row_id!r} is not retired with a reason", 'write id = "why and when"'
            problems.append(Problem(str(place.at(row_id)), what, remedy))
    return raw


def returned_ids(
    claims: Iterable[Claim], ids: Iterable[str], retired: Mapping[str, str]
) -> Iterable[Problem]:
    """Report retired ids that are back: of rows that claims make, and any other `ids`."""
    back = [(str(claim.place), claim.row_id) for claim in claims if claim.row_id in retired]
    for where, row_id in (*back, *((f"data/raw ({row_id})", row_id) for row_id in ids)):
        if row_id in retired:
            what = f"{row_id!r} is retired ({retired[row_id]})"
            yield Problem(where, what, "give the row a new id")
