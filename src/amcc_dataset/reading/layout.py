"""The places of marks and lines in the chart of a thread, for the page and the figures.

Places are in years and rungs, with the firmest act on rung 0, and are valid for charts of any
usual width. A line leads from an outcome to the one that takes it up; if a straight line would
go through the mark of another outcome, the line goes around it. Standard library only. Not here:
the outcomes (threads.py), colours and shapes.
"""

import math
from itertools import pairwise

from amcc_dataset.model.vocabularies import Act

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    Plain = dict[str, Any]

Point = tuple[float, float]

YEARS = (28, 40, 62)
"""Widths of a year in pixels; at each of them a line must keep its distance from other marks."""

RUNG = 26
"""The height of a rung in pixels."""

CLEAR = 7.0
"""The least distance of a line from the middle of another mark, in pixels."""


def rungs(rows: "Iterable[Plain]") -> "dict[Act, int]":
    """Return the acts of a thread with their rungs, the firmest first.

    Parameters
    ----------
    rows
        The outcomes of a thread.

    Returns
    -------
    dict
        The rung of each act that occurs, from 0.

    Examples
    --------
    >>> [act.value for act in rungs([{"act": "noted"}, {"act": "agreed"}])]
    ['agreed', 'noted']
    """
    found = {row["act"] for row in rows}
    return {
        act: rung for rung, act in enumerate(act for act in reversed(Act) if act.value in found)
    }


def links(rows: "Sequence[Plain]") -> "list[Plain]":
    """Return the lines between the outcomes of a thread.

    Parameters
    ----------
    rows
        The outcomes of a thread, as `threads.outcomes` returns them.

    Returns
    -------
    list of dict
        `follows_id` is the earlier outcome, `outcome_id` the one that takes it up, and `points`
        are the points of the line, with both ends.

    Examples
    --------
    >>> earlier = {"outcome_id": "a", "follows_id": None, "act": "noted", "x": 2016}
    >>> later = {"outcome_id": "b", "follows_id": "a", "act": "noted", "x": 2018}
    >>> links([earlier, later])[0]["points"]
    [(2016, 0), (2018, 0)]
    >>> between = {"outcome_id": "c", "follows_id": None, "act": "noted", "x": 2017}
    >>> links([earlier, between, later])[0]["points"]
    [(2016, 0), (2016.5, -0.5), (2018, 0)]
    """
    rung = rungs(rows)
    places = {row["outcome_id"]: (row["x"], rung[Act(row["act"])]) for row in rows}
    found = []
    for row in rows:
        ends = row["follows_id"], row["outcome_id"]
        if ends[0] in places:
            others = [place for outcome, place in places.items() if outcome not in ends]
            points = _way(places[ends[0]], places[ends[1]], others)
            found.append({"follows_id": ends[0], "outcome_id": ends[1], "points": points})
    return found


def _way(start: Point, end: Point, others: "Sequence[Point]") -> "list[Point]":
    """Return the shortest line that keeps clear of other marks, with as few bends as possible."""
    columns = [year + 0.5 for year in range(math.floor(start[0]), math.ceil(end[0]))]
    low, high = sorted((start[1], end[1]))
    heights = [low - 1 + half / 2 for half in range(round((high - low) * 2) + 5)]
    bends = [(x, y) for x in columns for y in heights]
    # In a crowded place a line first leaves its rung or its year.
    leave = [(start[0], start[1] + half) for half in (-0.5, 0.5)]
    leave.append((math.floor(start[0] + 0.5) + 0.5, start[1]))
    reach = [(end[0], end[1] + half) for half in (-0.5, 0.5)]
    reach.append((math.ceil(end[0] - 0.5) - 0.5, end[1]))

    def length(way: "list[Point]") -> float:
        return sum(_distance(*pair, YEARS[1]) for pair in pairwise(way))

    for ways in (
        [[start, end]],
        [[start, bend, end] for bend in (*bends, *leave, *reach)],
        [[start, first, bend, end] for first in leave for bend in (*bends, *reach)],
        [[start, bend, last, end] for last in reach for bend in bends],
        [[start, first, bend, last, end] for first in leave for last in reach for bend in bends],
    ):
        free = [way for way in ways if is_clear(way, others)]
        if free:
            return min(free, key=length)
    return [start, end]


def is_clear(way: "Sequence[Point]", others: "Iterable[Point]") -> bool:
    """Return whether a line keeps clear of marks, except those that touch its own ends."""
    return all(
        _from_line(other, begin, stop, year) >= CLEAR
        or min(_distance(other, way[0], year), _distance(other, way[-1], year)) < 2 * CLEAR
        for year in YEARS
        for other in others
        for begin, stop in pairwise(way)
    )


def _distance(one: Point, other: Point, year: float) -> float:
    return math.hypot((one[0] - other[0]) * year, (one[1] - other[1]) * RUNG)


def _from_line(point: Point, begin: Point, stop: Point, year: float) -> float:
    """Return the distance of a point from a segment of a line, in pixels."""
    x, y = (stop[0] - begin[0]) * year, (stop[1] - begin[1]) * RUNG
    to_x, to_y = (point[0] - begin[0]) * year, (point[1] - begin[1]) * RUNG
    part = max(0.0, min(1.0, (to_x * x + to_y * y) / (x * x + y * y or 1)))
    return math.hypot(to_x - part * x, to_y - part * y)
