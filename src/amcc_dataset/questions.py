"""The questions that people ask of the tables: status, timeline, thread, attendance.

Each question has two functions: one returns plain rows, with the standard library only, the
other a pandas frame of them. What a chart draws of the same question is computed once, in
figures.py. Not in here: who says so (load.evidence_for).
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from amcc_dataset import figures, load, places
from amcc_dataset.vocab import (
    Act,
    DatePrecision,
    EventKind,
    Presence,
    Role,
    Scope,
    Status,
    Topic,
    Vocabulary,
    period_end,
    stage,
)

if TYPE_CHECKING:
    import pandas as pd

Plain = dict[str, Any]

STATUS = ("initiative_id", "status", "since", "precision", "event_id", "summary")
TIMELINE = (
    *("date", "precision", "kind", "reaches", "edition_id", "actor", "amount", "currency"),
    *("summary", "event_id"),
)
THREAD = (
    *("edition_id", "year", "act", "scope", "made_by", "title", "outcome_id", "follows_id"),
    *("thread_id", "initiative_id"),
)

_CODES: dict[str, type[Vocabulary]] = {
    "act": Act,
    "kind": EventKind,
    "precision": DatePrecision,
    "reaches": Status,
    "role": Role,
    "scope": Scope,
    "status": Status,
}
_TYPES = {"date": "datetime64[ms]", "since": "datetime64[ms]", "amount": "Int64", "year": "Int64"}


def _frame(rows: Sequence[Plain], columns: Sequence[str]) -> "pd.DataFrame":
    """Return rows as a frame with the types of the tables, also where there is no row."""
    import pandas as pd

    def dtype(column: str) -> Any:
        codes = Presence if column.startswith("amcc-") else _CODES.get(column)
        if codes is not None:
            return pd.CategoricalDtype([code.value for code in codes], codes.ORDINAL)
        return _TYPES.get(column, "str")

    return pd.DataFrame(
        {
            column: pd.Series([row[column] for row in rows], dtype=dtype(column))
            for column in columns
        }
    )


def status_rows(initiative_id: str | None = None, on: dt.date | None = None) -> list[Plain]:
    """Return the status of one initiative, or of all, as plain dictionaries."""
    initiatives = {row["id"]: row["kind"] for row in load.rows("initiatives")}
    if initiative_id is not None:
        _known("initiative", initiative_id, initiatives)
    stages = list(Status)
    reached: dict[str, Plain] = {}
    for event in load.rows("initiative_events"):
        reaches = stage(initiatives[event["initiative_id"]], event["kind"])
        certain = period_end(event["date"], event["precision"])
        if reaches is None or (on is not None and certain > on):
            continue
        before = reached.get(event["initiative_id"])
        if before is None or stages.index(reaches) > stages.index(before["status"]):
            reached[event["initiative_id"]] = {
                "initiative_id": event["initiative_id"],
                "status": reaches.value,
                "since": event["date"],
                "precision": event["precision"],
                "event_id": event["id"],
                "summary": event["summary"],
            }
    wanted = list(initiatives) if initiative_id is None else [initiative_id]
    nothing = dict.fromkeys(STATUS)
    return [reached.get(name) or {**nothing, "initiative_id": name} for name in wanted]


def status(initiative_id: str | None = None, on: dt.date | None = None) -> "pd.DataFrame":
    """Return how far an initiative had come on a day, computed from its events.

    An event counts once the period that its precision names is over, so that a status is
    never claimed too early. The status is the furthest stage reached: proposed, announced,
    in preparation, endorsed, published, adopted, operating, ended.

    Parameters
    ----------
    initiative_id
        Key of an initiative; all of them without it.
    on
        The day; without it everything that is known counts.

    Returns
    -------
    pandas.DataFrame
        One row per initiative with the event that the status rests on; null where no
        event is known by that day.

    Examples
    --------
    >>> status("asean-regional-cert", on=dt.date(2023, 1, 1))["status"].item()
    'endorsed'
    """
    return _frame(status_rows(initiative_id, on), STATUS)


def timeline_rows(initiative_id: str) -> list[Plain]:
    """Return the steps of an initiative, the earliest first, as plain dictionaries."""
    _known("initiative", initiative_id, {row["id"]: row for row in load.rows("initiatives")})
    steps = [row for row in figures.events() if row["initiative_id"] == initiative_id]
    rows = [
        {**step, "date": step["start"], "reaches": step["stage"] and step["stage"].value}
        for step in steps
    ]
    return [{name: row[name] for name in TIMELINE} for row in rows]


def timeline(initiative_id: str) -> "pd.DataFrame":
    """Return the dated steps of an initiative, the earliest first.

    Parameters
    ----------
    initiative_id
        Key of an initiative.

    Returns
    -------
    pandas.DataFrame
        One row per step. `date` is the first day of the period that `precision` names,
        `reaches` the status that the step reaches, null where it changes none, and `actor`
        who did it.

    Examples
    --------
    >>> steps = timeline("asean-regional-cert")
    >>> steps.loc[steps["kind"] == "launched", "date"].dt.date.tolist()
    [datetime.date(2024, 10, 16)]
    """
    return _frame(timeline_rows(initiative_id), TIMELINE)


def thread_rows(topic: str) -> list[Plain]:
    """Return the outcomes on a topic in their order, as plain dictionaries."""
    _known("topic", topic, {code.value: code for code in Topic})
    follows = {row["id"]: row["follows_id"] for row in load.rows("outcomes")}

    def first(outcome_id: str) -> str:
        while follows[outcome_id] is not None:
            outcome_id = follows[outcome_id]
        return outcome_id

    rows = [{**row, "thread_id": first(row["outcome_id"])} for row in figures.thread(topic)]
    return [{name: row[name] for name in THREAD} for row in rows]


def thread(topic: str) -> "pd.DataFrame":
    """Return the outcomes on a topic, edition by edition, and which takes up which.

    Parameters
    ----------
    topic
        Code of a topic, for example ``"norms_and_law"``.

    Returns
    -------
    pandas.DataFrame
        One row per outcome. `act` is ordered by commitment; `follows_id` is the earlier
        outcome that this one takes up, and `thread_id` the first of that line, so that
        sorting by it puts every line of outcomes together.

    Examples
    --------
    >>> norms = thread("norms_and_law")
    >>> norms.loc[norms["thread_id"] == "amcc-01-norms", "edition_id"].unique().tolist()[:4]
    ['amcc-01', 'amcc-02', 'amcc-03', 'amcc-04']
    """
    return _frame(thread_rows(topic), THREAD)


def attendance_rows() -> list[Plain]:
    """Return who attended which edition, one dictionary per actor."""
    rows: dict[str, Plain] = {}
    for seen in figures.attendance():
        actor = {"actor_id": seen["actor_id"], "actor": seen["actor"], "role": seen["group"]}
        row = rows.setdefault(seen["actor_id"], actor)
        # The strongest presence of an actor at an edition comes first.
        row.setdefault(seen["edition_id"], seen["presence"])
    return list(rows.values())


def attendance() -> "pd.DataFrame":
    """Return which actor was at which edition, as far as any document tells.

    Returns
    -------
    pandas.DataFrame
        One row per actor that took part in any edition, with its `role` besides the chair,
        and one column per edition: attended, remote, represented, expected or absent,
        whichever comes first. Null means that no document tells, never that nobody came.

    Examples
    --------
    >>> seats = attendance()
    >>> sorted(seats.loc[seats["role"].eq("dialogue_partner") & seats["amcc-02"].notna(), "actor_id"])
    ['au', 'cn', 'jp', 'nz', 'us']
    """
    rows = attendance_rows()
    return _frame(rows, list(rows[0]) if rows else ["actor_id", "actor", "role"])


def _known(what: str, name: str, names: dict[str, Any]) -> None:
    if name not in names:
        raise ValueError(f"there is no {what} {name!r}; {places.one_of(name, names)}")
