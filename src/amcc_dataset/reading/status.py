"""The status of an initiative on a day: how far it had come, since when, and by which steps.

The status is the furthest stage that any step has reached, so that an initiative never moves
back. A step counts when the period that its precision names is over, so that a status is never
claimed too early. Not here: which step leads to which stage (model/lifecycle.py).
"""

import datetime as dt

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.lifecycle import period_end, stage
from amcc_dataset.model.suggest import known
from amcc_dataset.model.vocabularies import Status
from amcc_dataset.reading.frames import frame
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.reading.threads import successors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    Plain = dict[str, Any]

STATUS = (
    *("initiative_id", "status", "since", "precision", "event_id", "summary"),
    *(
        "first",
        "first_precision",
        "first_kind",
        "latest",
        "latest_precision",
        "latest_kind",
        "latest_event_id",
        "successor_id",
    ),
)

TIMELINE = (
    *("date", "precision", "kind", "reaches", "edition_id", "actor", "amount", "currency"),
    *("summary", "event_id", "restates_id"),
)


def events(data: Dataset) -> "list[Plain]":
    """Return the steps of the initiatives, each with the period within which it happened.

    Parameters
    ----------
    data
        The tables.

    Returns
    -------
    list of dict
        One per step. `start` and `end` are the first and the last day of the period that the
        precision names; `stage` is the status that the step reaches, None if it reaches none.
    """
    kinds = {row["id"]: row["kind"] for row in data["initiatives"]}
    return [
        {
            **{name: row[name] for name in row if name not in ("id", "date", "actor_id")},
            "event_id": row["id"],
            "start": row["date"],
            "end": period_end(row["date"], row["precision"]),
            "stage": stage(kinds[row["initiative_id"]], row["kind"]),
            "actor": data.name("actors", row["actor_id"]),
        }
        for row in data["initiative_events"]
    ]


def stretches(data: Dataset) -> "list[Plain]":
    """Return the statuses of each initiative: since when, until when, and by which step.

    Parameters
    ----------
    data
        The tables.

    Returns
    -------
    list of dict
        One per initiative and status. `start` is the first day of the status: the last day of the
        period of the step that first reached it. `end` is the day on which the next status
        begins, None for the current status. An initiative without a step that reaches a status
        has no row.

    Examples
    --------
    >>> rows = [row for row in stretches(dataset()) if row["initiative_id"] == "ajccbc"]
    >>> [(row["status"], row["end"]) for row in rows]
    [('endorsed', datetime.date(2018, 9, 14)), ('operating', None)]
    """
    order = list(Status)
    names = {row["id"]: row["name"] for row in data["initiatives"]}
    found: dict[str, list[Plain]] = {initiative_id: [] for initiative_id in names}
    reaching = [event for event in events(data) if event["stage"] is not None]
    # Of several steps on one day the furthest counts.
    for event in sorted(reaching, key=lambda row: (row["end"], -order.index(row["stage"]))):
        rank, before = order.index(event["stage"]) + 1, found[event["initiative_id"]]
        if before and rank <= before[-1]["rank"]:
            continue
        if before:
            before[-1]["end"] = event["end"]
        before.append(
            {
                "initiative_id": event["initiative_id"],
                "name": names[event["initiative_id"]],
                "status": event["stage"].value,
                "rank": rank,
                "start": event["end"],
                "end": None,
                "event_id": event["event_id"],
            }
        )
    return [row for rows in found.values() for row in rows]


def status_rows(
    initiative_id: str | None = None, on: object = None, data: Dataset | None = None
) -> "list[Plain]":
    """Return the status of one initiative, or of all, as plain dictionaries.

    Parameters
    ----------
    initiative_id
        Key of an initiative; by default all.
    on
        The day; by default all known steps count.
    data
        The tables; by default those of the package.

    Returns
    -------
    list of dict
        The rows of `status`, with the same keys in the same order.

    Raises
    ------
    ValueError
        If there is no such initiative, or `on` is not a date.
    """
    data = data or dataset()
    if initiative_id is not None:
        known("initiative", initiative_id, data.by_id("initiatives"))
    until = dt.date.max if on is None else _day(on)
    reached = {row["initiative_id"]: row for row in stretches(data) if row["start"] <= until}
    steps: dict[str, list[Plain]] = {}
    for event in sorted(events(data), key=lambda event: event["start"]):
        if event["end"] <= until:
            steps.setdefault(event["initiative_id"], []).append(event)
    later = successors(data)
    rows = []
    for name in [initiative_id] if initiative_id is not None else data.by_id("initiatives"):
        row: Plain = {**dict.fromkeys(STATUS), "initiative_id": name}
        if name in reached:
            turn = data.by_id("initiative_events")[reached[name]["event_id"]]
            row |= {"status": reached[name]["status"], "since": turn["date"]}
            row |= {"event_id": turn["id"]}
            row |= {column: turn[column] for column in ("precision", "summary")}
        if name in steps:
            row |= _step("first", steps[name][0]) | _step("latest", steps[name][-1])
            row["latest_event_id"] = steps[name][-1]["event_id"]
        row["successor_id"] = later.get(name, (None,))[0]
        rows.append(row)
    return rows


def _step(which: str, event: "Plain") -> "Plain":
    """Return the columns on the first or the latest step."""
    about = {f"{which}_{part}": event[part] for part in ("precision", "kind")}
    return {which: event["start"], **about}


def _day(value: object) -> dt.date:
    """Return a day that is given as a date, a date and time of any library, or a text.

    Examples
    --------
    >>> _day("2024-01-01"), _day(dt.datetime(2024, 1, 1, 12))
    (datetime.date(2024, 1, 1), datetime.date(2024, 1, 1))
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.datetime.fromisoformat(str(value)).date()
    except ValueError:
        raise ValueError(f'on={value!r} is not a date; write one like "2024-01-01"') from None


def status(initiative_id: str | None = None, on: object = None) -> "pd.DataFrame":
    """Return how far an initiative had come on a day, computed from its steps.

    The status is the furthest stage reached: proposed, announced, in preparation, endorsed,
    published, adopted, operating, ended. A step counts when the period that its precision names
    is over, so that a status is never claimed too early. Section 7 of docs/codebook.md says which
    kind of step leads to which stage.

    Parameters
    ----------
    initiative_id
        Key of an initiative; by default all.
    on
        The day, as a date, datetime, Timestamp, datetime64 or a text like ``"2024-01-01"``; by
        default all known steps count.

    Returns
    -------
    pandas.DataFrame
        One row per initiative, with the key `initiative_id`, in the order of the table
        `initiatives`. The columns:

        * `initiative_id` (text): the initiative
        * `status` (ordered category): the furthest stage reached by that day
        * `since` (datetime64[ms]), `precision` (ordered category): date of the step that first
          reached it, the first day of the period that `precision` names
        * `event_id`, `summary` (text): key and content of that step
        * `first` (datetime64[ms]), `first_precision` (ordered category), `first_kind` (category):
          the earliest step of any kind up to that day; if it is before `since`, the initiative
          is older than its status
        * `latest` (datetime64[ms]), `latest_precision` (ordered category): date of the latest
          step of any kind up to that day
        * `latest_kind` (category), `latest_event_id` (text): kind and key of the latest step
        * `successor_id` (text): the initiative that continues it, on any day

        A cell is null if there is no known step up to that day, or no initiative continues it.

    Raises
    ------
    ValueError
        If there is no such initiative, or `on` is not a date.

    Examples
    --------
    >>> status("asean-regional-cert", on="2023-01-01")["status"].item()
    'endorsed'
    """
    return frame(status_rows(initiative_id, on), STATUS)


def timeline_rows(initiative_id: str, data: Dataset | None = None) -> "list[Plain]":
    """Return the steps of an initiative, the earliest first, as plain dictionaries.

    Parameters
    ----------
    initiative_id
        Key of an initiative.
    data
        The tables; by default those of the package.

    Returns
    -------
    list of dict
        The rows of `timeline`, with the same keys in the same order.

    Raises
    ------
    ValueError
        If there is no such initiative.
    """
    data = data or dataset()
    known("initiative", initiative_id, data.by_id("initiatives"))
    rows = [
        {**step, "date": step["start"], "reaches": step["stage"] and step["stage"].value}
        for step in events(data)
        if step["initiative_id"] == initiative_id
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
        One row per step, with the key `event_id`, ordered by `date`. The columns:

        * `date` (datetime64[ms]), `precision` (ordered category): date of the step, the first
          day of the period that `precision` names
        * `kind` (category): what happened, in the document's verb
        * `reaches` (ordered category): the status that the step reaches, null if it reaches none
        * `edition_id` (text): the edition at which it happened
        * `actor` (text): the name of the state or body that did it
        * `amount` (Int64), `currency` (text): money pledged, in whole units of the currency
          (ISO 4217)
        * `summary` (text): what happened
        * `event_id` (text): key of the table `initiative_events`
        * `restates_id` (text): the earlier step whose pledge the amount repeats, or is a part of

        Kinds and rules are in section 7 of docs/codebook.md.

    Raises
    ------
    ValueError
        If there is no such initiative.

    Examples
    --------
    >>> steps = timeline("asean-regional-cert")
    >>> steps.loc[steps["kind"] == "launched", "date"].dt.date.tolist()
    [datetime.date(2024, 10, 16)]
    """
    return frame(timeline_rows(initiative_id), TIMELINE)
