"""The figure of a thread: the outcomes on a topic by year and by the strength of their acts.

Not here: where its marks and lines are (reading/layout.py).
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from amcc_dataset.model import limits
from amcc_dataset.model.suggest import known
from amcc_dataset.model.vocabularies import Act, Scope, Topic
from amcc_dataset.plot.frame import (
    ACCENT,
    GREEN,
    HOST,
    NATIONAL,
    SOFT,
    WIDTH,
    across,
    altair,
    band,
    chart,
    framed,
)
from amcc_dataset.reading import layout, threads
from amcc_dataset.reading.packaged import dataset

if TYPE_CHECKING:
    import altair as alt

_COLOURS = (ACCENT, HOST, NATIONAL, GREEN)
_SHAPES = ("circle", "square", "triangle-up", "diamond")
"""The marks of the scopes, in their order."""


def thread(
    topic: str, *, title: str | None = None, caption: str | None = None, width: int = WIDTH
) -> "alt.VConcatChart":
    """Return the outcomes found on a topic by year and by the strength of their acts.

    A line leads from an outcome to a later one that takes it up. A band shades the editions for
    whose outcomes no document was read in full.

    Parameters
    ----------
    topic
        Code of a topic, for example ``"norms_and_law"``; ``list(amcc.Topic)`` has all.
    title
        Title above the figure; by default none.
    caption
        Text below the figure; by default it says how much of the documents was read. ``""`` for
        no caption.
    width
        Width of the figure in pixels.

    Returns
    -------
    altair.VConcatChart
        The figure, as `editions` returns it.

    Raises
    ------
    ValueError
        If there is no such topic.
    ImportError
        If the extra ``plot`` is not installed; the message says what to install.

    Examples
    --------
    >>> thread("coordination").save("coordination.png")  # doctest: +SKIP
    """
    alt, data, inner = altair(), dataset(), width - 120
    known("topic", topic, list(Topic))
    rows, years = threads.outcomes(data, topic), [row["year"] for row in data["editions"]]
    rungs = layout.rungs(rows)
    words = [_whose(scope) for scope in Scope]
    marks = [
        {**row, "rung": rungs[Act(row["act"])], "by": _whose(Scope(row["scope"]))} for row in rows
    ]
    points = [
        {"line": line, "part": part, "x": x, "rung": rung}
        for line, link in enumerate(layout.links(rows))
        for part, (x, rung) in enumerate(link["points"])
    ]
    labels = {rung: act.label for act, rung in rungs.items()}
    x, y = across("x", years), _ladder(labels)

    def by(channel: Any, values: Iterable[str]) -> Any:
        scale = alt.Scale(domain=words, range=list(values))
        return channel("by:N", title=None, scale=scale)

    links = chart(points).mark_line(color=SOFT, strokeWidth=1.2, strokeJoin="round")
    dots = chart(marks).mark_point(size=80, opacity=1, filled=True)
    drawn = alt.layer(
        *band(data, years),
        links.encode(x=x, y=y, detail="line:N", order="part:Q"),
        dots.encode(
            x=x,
            y=y,
            color=by(alt.Color, _COLOURS),
            shape=by(alt.Shape, _SHAPES),
            tooltip=["year:Q", "act:N", "by:N", "made_by:N", "title:N", "summary:N"],
        ),
    ).properties(width=inner, height=24 * len(rungs))
    described = (f"{row['year']}, {Act(row['act']).label}: {row['title']}" for row in rows)
    said = limits.caveat(data) if caption is None else caption
    name = f"Outcomes found on {Topic(topic).label} by year and firmness"
    columns = max(2, inner // 140)
    return framed(drawn, title, said, inner, name=name, described=described, columns=columns)


def _whose(scope: Scope) -> str:
    """Return whether an act is joint or individual, and whose it was."""
    return f"{'joint' if scope == Scope.COLLECTIVE else 'individual'}: {scope.label}"


def _ladder(labels: dict[int, str]) -> "alt.Y":
    """Return the axis of the acts, the firmest on top."""
    import altair as alt

    return alt.Y(
        "rung:Q",
        title=None,
        scale=alt.Scale(domain=[len(labels) - 0.5, -0.5], nice=False, zero=False),
        axis=alt.Axis(
            values=list(labels),
            labelExpr=f"{json.dumps(labels)}[datum.value]",
            domain=False,
            ticks=False,
        ),
    )
