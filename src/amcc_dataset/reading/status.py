"""How far an initiative had come on a day, and by which steps.

Not in here: which step leads to which stage (model/lifecycle.py).
"""

import datetime as dt
from typing import TYPE_CHECKING

from amcc_dataset.model.lifecycle import period_end, stage
from amcc_dataset.model.vocabularies import Status
from amcc_dataset.reading import figures, load
from amcc_dataset.reading.frames import Plain, frame, known

if TYPE_CHECKING:
    import pandas as pd


STATUS = ("initiative_id", "status", "since", "precision", "event_id", "summary")

TIMELINE = (
    *("date", "precision", "kind", "reaches", "edition_id", "actor", "amount", "currency"),
    *("summary", "event_id"),
)


def status_rows(initiative_id: str | None = None, on: dt.date | None = None) -> list[Plain]:
    """Return the status of one initiative, or of all, as plain dictionaries."""
    initiatives = {row["id"]: row["kind"] for row in load.rows("initiatives")}
    if initiative_id is not None:
        known("initiative", initiative_id, initiatives)
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
    return frame(status_rows(initiative_id, on), STATUS)


def timeline_rows(initiative_id: str) -> list[Plain]:
    """Return the steps of an initiative, the earliest first, as plain dictionaries."""
    known("initiative", initiative_id, [row["id"] for row in load.rows("initiatives")])
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
    return frame(timeline_rows(initiative_id), TIMELINE)
