"""How events bring an initiative from stage to stage, and which event may follow which.

Not here: the codes of stages and steps (vocabularies.py).
"""

import datetime as dt

from amcc_dataset.model.vocabularies import EventKind, InitiativeKind, Status

_STAGES = {
    EventKind.PROPOSED: Status.PROPOSED,
    EventKind.ANNOUNCED: Status.ANNOUNCED,
    EventKind.TASKED: Status.IN_PREPARATION,
    EventKind.DRAFTED: Status.IN_PREPARATION,
    EventKind.FUNDED: Status.IN_PREPARATION,
    EventKind.ENDORSED: Status.ENDORSED,
    EventKind.PUBLISHED: Status.PUBLISHED,
    EventKind.ADOPTED: Status.ADOPTED,
    EventKind.ESTABLISHED: Status.OPERATING,
    EventKind.LAUNCHED: Status.OPERATING,
    EventKind.OPENED: Status.OPERATING,
    EventKind.MERGED: Status.ENDED,
    EventKind.CONCLUDED: Status.ENDED,
}

_MEETS = {InitiativeKind.COMMITTEE, InitiativeKind.PANEL, InitiativeKind.EXERCISE}


def stage(initiative_kind: str, event_kind: str) -> Status | None:
    """Return the stage that an initiative reaches with an event; None if the stage stays.

    A committee, panel or exercise operates once it has convened. A centre or team does not
    operate only because it convened a meeting.

    Examples
    --------
    >>> stage("committee", "convened"), stage("centre", "convened")
    (<Status.OPERATING: 'operating'>, None)
    """
    if event_kind == EventKind.CONVENED:
        return Status.OPERATING if initiative_kind in _MEETS else None
    return _STAGES.get(EventKind(event_kind))


_RUNNING = {EventKind.ADOPTED, EventKind.ESTABLISHED, EventKind.LAUNCHED, EventKind.OPENED}

_OVER = {EventKind.MERGED, EventKind.CONCLUDED}

SUCCESSORS: dict[EventKind, frozenset[EventKind]] = {
    kind: frozenset(
        {EventKind.REVIEWED, EventKind.PUBLISHED}
        if kind in _OVER
        else set(EventKind) - {EventKind.PROPOSED, EventKind.DRAFTED}
        if kind in _RUNNING
        else set(EventKind)
    )
    for kind in EventKind
}
"""Which events may follow an event of the same initiative: what operates is not proposed or
drafted any more, and what has ended is only reviewed or published."""


def period_end(first: dt.date, precision: str) -> dt.date:
    """Return the last day of the period that begins on `first`.

    Examples
    --------
    >>> period_end(dt.date(2022, 1, 1), "quarter")
    datetime.date(2022, 3, 31)
    """
    months = {"day": 0, "month": 1, "quarter": 3, "year": 12}[precision]
    if not months:
        return first
    month = first.year * 12 + first.month - 1 + months
    return dt.date(month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
