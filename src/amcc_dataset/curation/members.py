"""Passages that name all members at once: read, and turned into one row for each member.

In the files such a passage has a table `roster`. The day of its edition decides which members
it names. Not here: who is a member on a given day (rules/rule.py).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amcc_dataset.curation.statements import Passage, Statement, read_cells, shown
from amcc_dataset.curation.toml_files import Place
from amcc_dataset.model.cells import Value
from amcc_dataset.model.dataset import Row
from amcc_dataset.model.findings import Checked
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.vocabularies import Basis
from amcc_dataset.rules import is_member

_REQUIRED = ("role", "session", "presence")
_FIELDS = (*_REQUIRED, "level")
_KEYS = ("edition", "members", *_REQUIRED)
_ALLOWED = (*_KEYS, "level")


@dataclass(frozen=True, slots=True)
class MemberGroup:
    """A passage on all members: what it says about each, and the edition whose day decides who."""

    edition_id: str
    values: Mapping[str, Value]
    source_id: str
    passage: Passage
    place: Place


def read_group(
    source_id: str, raw: object, passage: Passage, place: Place
) -> Checked[MemberGroup | None]:
    """Return the member group in a table `roster` of a passage, or None if it cannot be read."""
    if not isinstance(raw, dict):
        yield place.finding("right_shape", "is not a table", "write [[passage.roster]]")
        return None
    for key in raw.keys() - set(_ALLOWED):
        what, remedy = f"unknown key {key!r}", one_of(key, _ALLOWED)
        yield place.at(key).finding("known_keys", what, remedy)
    cells = {key: raw[key] for key in _FIELDS if key in raw}
    values = yield from read_cells("participants", cells, _FIELDS, place)
    for key in _KEYS:
        if key not in raw:
            what = f"[[passage.roster]] has no {key}"
            yield place.finding("required_keys", what, f"add {key} = …")
    if raw.get("members", "all") != "all":
        what = f"members is {shown(raw['members'])}"
        yield place.at("members").finding("value_fits_column", what, 'write members = "all"')
    edition_id = raw.get("edition")
    if not isinstance(edition_id, str) or not values.keys() >= {*_REQUIRED}:
        return None
    return MemberGroup(edition_id, values, source_id, passage, place)


def expand(
    groups: Iterable[MemberGroup], actors: Iterable[Row], dates: Mapping[str, dt.date | None]
) -> Checked[list[Statement]]:
    """Return the statements of member groups: one row of participants for each member.

    Parameters
    ----------
    groups
        The passages on all members.
    actors
        The registry of states and bodies, with their dates of membership.
    dates
        The first day of each edition; None if it is disputed, which is reported elsewhere.
    """
    statements: list[Statement] = []
    for group in groups:
        if group.edition_id not in dates:
            what = f"[[passage.roster]] is of {group.edition_id!r}, which has no date_start"
            remedy = (
                f"correct the id, or add date_start below [passage.editions.{group.edition_id}]"
            )
            yield group.place.finding("groups_are_of_dated_editions", what, remedy)
        day = dates.get(group.edition_id)
        members = [actor["id"] for actor in actors if day is not None and is_member(actor, day)]
        for actor_id in members:
            values = {"edition_id": group.edition_id, "actor_id": actor_id, **group.values}
            row_id = f"{group.edition_id}-{actor_id}"
            statements += [
                Statement(
                    *("participants", row_id, name, value, Basis.INFERRED),
                    *(group.source_id, group.passage, group.place.at(name)),
                )
                for name, value in values.items()
            ]
    return statements
