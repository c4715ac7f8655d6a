"""What the figures share: colours, axes of years, the shade of editions read in part, the frame.

A figure is an Altair chart with a title above, a caption below, and a description for those who
cannot see it. It is shown and saved as SVG without a script from the network. Not here: what any
figure shows.
"""

import datetime as dt
import textwrap
from collections.abc import Iterable
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from amcc_dataset import extras
from amcc_dataset.model import limits
from amcc_dataset.model.dataset import Dataset

if TYPE_CHECKING:
    import altair as alt

Plain = dict[str, Any]

WIDTH = 680
"""The usual width of a figure in pixels."""

INK, SOFT, LINE, SHADE = "#1d2226", "#585f66", "#dedad2", "#efece4"
ACCENT, SAND, HOST, NATIONAL, GREEN = "#0b5569", "#c08a2d", "#8a5a00", "#74408f", "#3f6b2f"
AGAINST, PALE = "#a33a17", "#a9adb1"


def altair() -> Any:
    """Return Altair, if the whole extra is installed.

    Returns
    -------
    module
        Altair.

    Raises
    ------
    ImportError
        If the extra is not installed; the message says what to install.
    """
    extras.need("plot", "altair", "vl_convert")
    import altair

    return altair


def decimal(date: dt.date) -> float:
    """Return a day as a decimal year, which no program can shift to another time zone.

    Parameters
    ----------
    date
        The day.

    Returns
    -------
    float
        The year, and the part of it that was over when the day began.

    Examples
    --------
    >>> decimal(dt.date(2019, 7, 2))
    2019.4973
    """
    return round(date.year + (date - dt.date(date.year, 1, 1)).days / 366, 4)


def chart(rows: Iterable[Plain]) -> "alt.Chart":
    """Return a chart of rows, with dates and codes as texts, because JSON has no other types."""
    import altair as alt

    def plain(value: object) -> object:
        if isinstance(value, dt.date):
            return value.isoformat()
        return value.value if isinstance(value, Enum) else value

    values = [{name: plain(value) for name, value in row.items()} for row in rows]
    return alt.Chart(alt.InlineData(values=values))


def across(field: str, years: Iterable[int], middle: float = 0) -> "alt.X":
    """Return a horizontal axis of years, as long as the data.

    Parameters
    ----------
    field
        The field with the position, in years.
    years
        The years of the data.
    middle
        Where the label of a year is: 0 if a year is a point, 0.5 if it is a span.

    Returns
    -------
    altair.X
        The axis.
    """
    import altair as alt

    shown = sorted(set(years))
    axis = alt.Axis(
        values=[year + middle for year in shown],
        labelExpr="floor(datum.value)",
        ticks=False,
        grid=False,
    )
    ends = [shown[0] - 0.5 + middle, shown[-1] + 0.5 + middle]
    scale = alt.Scale(domain=ends, nice=False, zero=False)
    return alt.X(f"{field}:Q", title=None, axis=axis, scale=scale)


def band(data: Dataset, years: Iterable[int]) -> "list[alt.Chart]":
    """Return the shade of the editions for whose outcomes no document was read in full."""
    import altair as alt

    unread = [edition["year"] for edition in limits.in_part(data)]
    if not unread:
        return []
    shown = list(years)
    spans = [{"from": year - 0.5, "to": year + 0.5} for year in unread]
    words = chart([{"at": min(unread) - 0.45}]).mark_text(
        text="read in part", align="left", baseline="top", color=SOFT, fontSize=9
    )
    return [
        chart(spans).mark_rect(color=SHADE).encode(x=across("from", shown), x2="to:Q"),
        words.encode(x=across("at", shown), y=alt.value(3)),
    ]


def heading(words: str) -> "alt.TitleParams":
    """Return the heading of a part of a figure."""
    import altair as alt

    return alt.TitleParams(words, fontSize=11)


def framed(
    drawn: Any,
    title: str | None,
    caption: str,
    width: int,
    *,
    name: str,
    described: Iterable[str],
    columns: int = 4,
) -> "alt.VConcatChart":
    """Return a chart in the frame of all figures.

    Parameters
    ----------
    drawn
        The chart.
    title
        Title above it, or None.
    caption
        Text below it; none if empty.
    width
        The width of the plot without its axes in pixels, which is also that of the caption.
    name
        The name of the figure if it has no title.
    described
        What it shows, for those who cannot see it.
    columns
        The most columns that the legend may have.

    Returns
    -------
    altair.VConcatChart
        The figure, which needs no network.
    """
    import altair as alt

    lines = textwrap.wrap(caption, max(20, width // 5))
    parts = [drawn]
    if lines:
        said = chart([{}]).mark_text(
            text=lines, align="left", baseline="top", color=SOFT, fontSize=9.5, lineHeight=13
        )
        placed = said.encode(x=alt.value(0), y=alt.value(0))
        parts.append(placed.properties(width=width, height=13 * len(lines)))
    figure: Any = alt.vconcat(*parts, spacing=10)
    if title:
        figure = figure.properties(
            title=alt.TitleParams(
                title, anchor="start", fontSize=14, fontWeight="bold", color=INK, offset=12
            )
        )
    figure = _styled(figure, columns).properties(
        usermeta={"name": title or name, "description": "; ".join(described)}
    )
    # Altair puts every attribute that is set on a chart into its specification, except its class.
    object.__setattr__(figure, "__class__", _figure_class())
    return figure


def _styled(figure: Any, columns: int) -> Any:
    return (
        figure.configure(
            font="Liberation Sans, Arial, Helvetica, sans-serif", background="white", padding=10
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=SOFT,
            titleFontWeight="normal",
            gridColor=LINE,
            domainColor=SOFT,
            tickColor=SOFT,
            labelLimit=250,
        )
        .configure_legend(orient="top", labelColor=INK, labelLimit=400, columns=columns)
        .configure_title(anchor="start", fontWeight="normal", color=SOFT)
    )


@cache
def _figure_class() -> type:
    """Return the class of charts that are shown and saved as SVG without a network."""
    import altair as alt

    class Figure(alt.VConcatChart):  # type: ignore[misc]
        """A chart that is drawn on this machine, not by a script from the network."""

        def svg(self) -> str:
            """Return the chart as SVG that contains its name and description."""
            import vl_convert

            spec = self.to_dict()
            head, rest = vl_convert.vegalite_to_svg(spec).split(">", 1)
            said = {name: escape(words) for name, words in spec["usermeta"].items()}
            words = f"<title>{said['name']}</title><desc>{said['description']}</desc>"
            return f'{head} role="img">{words}{rest}'

        def save(self, fp: Any, format: str | None = None, **options: Any) -> None:
            """Save the chart; an SVG contains its name and description."""
            kind = format or str(fp).rpartition(".")[2]
            if kind != "svg" or options:
                super().save(fp, format=format, **options)
            elif hasattr(fp, "write"):
                fp.write(self.svg())
            else:
                Path(fp).write_text(self.svg(), encoding="utf-8")

        def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, str]:
            return {"image/svg+xml": self.svg()}

    return Figure
