"""Who was at which edition, as far as a document shows.

A document names a participant, or only counts it in a group, such as all member states. Not
here: which documents say so (evidence.py).
"""

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import Presence, Role, Session
from amcc_dataset.reading.frames import frame
from amcc_dataset.reading.packaged import dataset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from amcc_dataset.model.dataset import Row

    Plain = dict[str, Any]

COUNTED = "_in_group"
"""The ending of a presence if documents only count the actor in a group: `attended_in_group`."""


def seats(data: Dataset) -> "list[Plain]":
    """Return a row for each participation, and one for each edition and actor without any.

    Parameters
    ----------
    data
        The tables.

    Returns
    -------
    list of dict
        The rows have all actors that took part in any edition, ordered by `group`: the role of
        the actor (if it has several, not that of the chair). Among the rows of an actor at an
        edition the strongest presence comes first, and then those that a document names.
        `attested` is ``"named"`` if a document names the person or the delegation, ``"counted"``
        if it is only counted in a group. If no document shows an actor at an edition, `presence`
        and `attested` are None, which means unknown, not absent.

    Examples
    --------
    >>> sorted({str(row["presence"]) for row in seats(dataset())} - {"absent", "represented"})
    ['None', 'attended', 'expected', 'remote']
    """
    roles = list(Role)
    capacities: dict[str, set[Role]] = {}
    taken: dict[tuple[str, str], list[Plain]] = {}
    for row in data["participants"]:
        capacities.setdefault(row["actor_id"], set()).add(Role(row["role"]))
        taken.setdefault((row["edition_id"], row["actor_id"]), []).append(_seat(data, row))
    unknown = {name: None for some in taken.values() for seat in some for name in seat}
    groups = {
        actor_id: min(held - {Role.CHAIR} or held, key=roles.index)
        for actor_id, held in capacities.items()
    }
    names = {actor_id: data.name("actors", actor_id) or actor_id for actor_id in groups}
    editions = sorted(data["editions"], key=lambda row: row["number"])
    return [
        {
            "edition_id": edition["id"],
            "number": edition["number"],
            "year": edition["year"],
            "actor_id": actor_id,
            "actor": names[actor_id],
            "group": groups[actor_id].value,
            **row,
        }
        for actor_id in sorted(groups, key=lambda key: (roles.index(groups[key]), names[key]))
        for edition in editions
        for row in sorted(taken.get((edition["id"], actor_id), ()), key=_strongest) or [unknown]
    ]


def _seat(data: Dataset, participant: "Row") -> "Plain":
    """Return what is known about a participation, without its edition and actor."""
    return {
        "participant_id": participant["id"],
        "person": data.name("people", participant["person_id"]),
        "title": participant["title_stated"],
        **{name: participant[name] for name in ("role", "level", "session", "presence")},
        "attested": "named" if participant["named_by"] else "counted",
    }


def _strongest(seat: "Plain") -> "tuple[int, bool, int, str]":
    """Return the sort key of participations in an edition: the strongest presence comes first."""
    return (
        list(Presence).index(seat["presence"]),
        seat["attested"] != "named",
        list(Session).index(seat["session"]),
        seat["participant_id"],
    )


def attendance_rows(data: Dataset | None = None) -> "list[Plain]":
    """Return who attended which edition as plain dictionaries, one per actor.

    Parameters
    ----------
    data
        The tables; by default those of the package.

    Returns
    -------
    list of dict
        The rows of `attendance`, with the same keys in the same order.
    """
    rows: dict[str, Plain] = {}
    for seat in seats(data or dataset()):
        actor = {"actor_id": seat["actor_id"], "actor": seat["actor"], "role": seat["group"]}
        row = rows.setdefault(seat["actor_id"], actor)
        counted = COUNTED if seat["attested"] == "counted" else ""
        row.setdefault(seat["edition_id"], seat["presence"] and f"{seat['presence']}{counted}")
    return list(rows.values())


def attendance() -> "pd.DataFrame":
    """Return which actor was at which edition, as far as any document shows.

    Returns
    -------
    pandas.DataFrame
        One row per actor that took part in any edition, with the key `actor_id`. Rows are ordered
        by `role`, in the order of its codes, and then by `actor`. The columns:

        * `actor_id` (text): key of the table `actors`
        * `actor` (text): its name
        * `role` (category): its role (if it has several, not that of the chair)
        * one for each edition, named by its key (category): `attended`, `remote`, `represented`,
          `expected` or `absent`, the first of them that a document shows; it ends in `_in_group`
          if no document names the delegation and it is only counted in a group, such as all
          member states

        Null means that no document mentions the actor, never that nobody came. The rules are in
        section 4 of docs/codebook.md.

    Examples
    --------
    >>> seats = attendance()
    >>> seats.set_index("actor_id").loc[["sg", "la"], "amcc-01"].tolist()
    ['attended', 'attended_in_group']
    """
    data = dataset()
    editions = [row["id"] for row in sorted(data["editions"], key=lambda row: row["number"])]
    presences = [f"{code}{how}" for code in Presence for how in ("", COUNTED)]
    return frame(
        attendance_rows(data),
        ("actor_id", "actor", "role", *editions),
        dict.fromkeys(editions, presences),
    )
