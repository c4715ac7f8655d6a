"""The figure of attendance: which actor took part in which edition, and how we know.

Not here: who was where, and whether a document names them (reading/attendance.py).
"""

from typing import TYPE_CHECKING, Any

from amcc_dataset.model.vocabularies import Presence, Role
from amcc_dataset.model.words import sentence
from amcc_dataset.plot.frame import (
    ACCENT,
    AGAINST,
    HOST,
    PALE,
    WIDTH,
    Plain,
    across,
    altair,
    chart,
    framed,
    heading,
)
from amcc_dataset.reading import attendance as attending
from amcc_dataset.reading.packaged import dataset

if TYPE_CHECKING:
    import altair as alt

_DOTS = "".join(
    f"M{x},{y}a.38,.38 0 1,1 -.76,0a.38,.38 0 1,1 .76,0Z"
    for x, y in ((0.38, -0.6), (-0.17, 0.45), (0.93, 0.45))
)
"""Three dots: a delegation that no document names, but that one counts in a group."""

_MARKS = {
    "attended": ("attended, named in a document", "circle", ACCENT, ACCENT),
    "counted": ("attended, counted in a group", _DOTS, ACCENT, ACCENT),
    "remote": ("attended by video", "circle", ACCENT, "white"),
    "represented": ("represented by others", "square", ACCENT, "white"),
    "expected": ("expected in advance, not confirmed", "triangle-up", HOST, "white"),
    "absent": ("absent", "cross", AGAINST, "white"),
    "unknown": ("unknown", "stroke", PALE, "white"),
}
"""The marks: their meaning, shape, line and fill."""


def attendance(
    *, title: str | None = None, caption: str = "", width: int = WIDTH
) -> "alt.VConcatChart":
    """Return which actor took part in which edition; a grey stroke means unknown, not absent.

    Three dots are a delegation that no document names, but that one counts in a group, such as
    all member states.

    Parameters
    ----------
    title
        Title above the figure; by default none.
    caption
        Text below the figure; by default none.
    width
        Width of the figure in pixels.

    Returns
    -------
    altair.VConcatChart
        The figure, as `editions` returns it.

    Raises
    ------
    ImportError
        If the extra ``plot`` is not installed; the message says what to install.

    Examples
    --------
    >>> attendance().save("attendance.svg")  # doctest: +SKIP
    """
    alt, data, inner = altair(), dataset(), width - 150
    groups: dict[str, dict[tuple[str, int], dict[str, Plain]]] = {}
    for seat in attending.seats(data):
        taken = groups.setdefault(seat["group"], {})
        seen = taken.setdefault((seat["actor"], seat["year"]), {})
        mark = _mark(seat)
        if mark != "counted" or "attended" not in seen:
            seen.setdefault(mark, seat)
    x = across("x", [row["year"] for row in data["editions"]])
    panels, described = [], []
    for group, taken in groups.items():
        marks = [
            {**row, "said": _MARKS[mark][0], "x": year + (place - (len(seen) - 1) / 2) * 0.3}
            for (_, year), seen in taken.items()
            for place, (mark, row) in enumerate(seen.items())
        ]
        described += [
            f"{row['actor']}, {row['year']}: {row['said']}" for row in marks if row["presence"]
        ]
        title_, height = (
            heading(sentence(Role(group).label)),
            18 * len({actor for actor, _ in taken}),
        )
        panels.append(_panel(marks, x).properties(width=inner, height=height, title=title_))
    name = "Attendance by edition and actor"
    shown = alt.vconcat(*panels, spacing=14)
    columns = max(2, inner // 170)
    return framed(shown, title, caption, inner, name=name, described=described, columns=columns)


def _panel(marks: list[Plain], x: "alt.X") -> "alt.Chart":
    """Return the actors with one role, a line each, with their marks."""
    import altair as alt

    words, shapes, lines, fills = (list(values) for values in zip(*_MARKS.values(), strict=True))

    def by(channel: Any, values: list[str]) -> Any:
        return channel("said:N", title=None, scale=alt.Scale(domain=words, range=values))

    return (
        chart(marks)
        .mark_point(size=60, strokeWidth=2, opacity=1)
        .encode(
            x=x,
            y=alt.Y("actor:N", title=None, sort=list(dict.fromkeys(row["actor"] for row in marks))),
            shape=by(alt.Shape, shapes),
            stroke=by(alt.Stroke, lines),
            fill=by(alt.Fill, fills),
            tooltip=["year:Q", "actor:N", "person:N", "role:N", "session:N", "said:N"],
        )
    )


def _mark(seat: Plain) -> str:
    counted = seat["presence"] == Presence.ATTENDED and seat["attested"] == "counted"
    return "counted" if counted else seat["presence"] or "unknown"
