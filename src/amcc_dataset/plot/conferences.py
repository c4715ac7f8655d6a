"""The figure of the editions: the outcomes found at each, and how much is known about it.

Not here: the counts (reading/coverage.py).
"""

from typing import TYPE_CHECKING, Any

from amcc_dataset.model import limits
from amcc_dataset.model.words import ordinal
from amcc_dataset.plot.frame import (
    ACCENT,
    INK,
    PALE,
    SOFT,
    WIDTH,
    Plain,
    across,
    altair,
    band,
    chart,
    framed,
    heading,
)
from amcc_dataset.reading import coverage
from amcc_dataset.reading.packaged import dataset

if TYPE_CHECKING:
    import altair as alt

_SCOPES = {
    "collective": "joint: acts of all members together",
    "single": "individual: acts of one delegation or the Secretariat alone",
}

_KNOWN = {
    "known": "established",
    "silent": "not given by a document that was read in full for it",
    "unknown": "unknown",
}


def editions(
    *, title: str | None = None, caption: str | None = None, width: int = WIDTH
) -> "alt.VConcatChart":
    """Return the editions side by side: the outcomes found, and how much is known about each.

    A band shades the editions for whose outcomes no document was read in full.

    Parameters
    ----------
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
        The figure. A notebook shows it; ``.save("name.svg")`` or ``.png`` saves it. Neither needs
        a network.

    Raises
    ------
    ImportError
        If the extra ``plot`` is not installed; the message says what to install.

    Examples
    --------
    >>> editions(title="The ten conferences").save("editions.svg")  # doctest: +SKIP
    """
    alt, data, inner = altair(), dataset(), width - 50
    rows = [
        {
            **row,
            "name": ordinal(row["number"]),
            "read": f"{row['documents_whole']} of {row['documents']}",
        }
        for row in coverage.editions(data)
    ]
    years = [row["year"] for row in rows]
    outcomes = _bars(rows, _SCOPES, (ACCENT, "#ffffff"), "outcomes found", "name")
    facts = _bars(rows, _KNOWN, (INK, PALE, "#ffffff"), "facts", "read")
    drawn = alt.vconcat(
        alt.layer(*band(data, years), *outcomes).properties(width=inner, height=150),
        alt.layer(*facts).properties(
            width=inner,
            height=90,
            title=heading(
                "Above each bar: documents read in full, of all documents on any fact of the edition"
            ),
        ),
        spacing=14,
    ).resolve_scale(color="independent")
    described = (
        f"{row['year']}: {row['collective']} joint and {row['single']} individual outcomes; "
        f"{row['known']} facts are established"
        for row in rows
    )
    said = limits.caveat(data) if caption is None else caption
    name = "The editions and how much is known about each"
    return framed(drawn, title, said, inner, name=name, described=described)


timeline = editions
"""`editions` under its name in version 0.1.0."""


def _bars(
    rows: list[Plain], names: dict[str, str], colours: tuple[str, ...], what: str, label: str
) -> "list[Any]":
    """Return stacked bars by year, with a label on top of each."""
    import altair as alt

    years = [row["year"] for row in rows]
    totals = [{**row, "total": sum(row[name] for name in names)} for row in rows]
    most = max(row["total"] for row in totals)
    parts = [
        {**row, "part": words, "count": row[name], "place": place}
        for row in rows
        for place, (name, words) in enumerate(names.items())
    ]
    scale = alt.Scale(domain=[0, most], nice=False)
    axis = alt.Axis(values=list(range(0, most + 1, 4)))
    kinds = alt.Scale(domain=list(names.values()), range=list(colours))
    x = across("year", years)
    return [
        chart(parts)
        .mark_bar(size=24, stroke=colours[0], strokeWidth=0.8)
        .encode(
            x=x,
            y=alt.Y("count:Q", title=what, axis=axis, scale=scale),
            order="place:Q",
            color=alt.Color("part:N", title=None, scale=kinds),
            tooltip=["number:Q", "date_start:N", "part:N", "count:Q"],
        ),
        chart(totals)
        .mark_text(dy=-7, color=SOFT, fontSize=9)
        .encode(x=x, y=alt.Y("total:Q", title=what, axis=axis, scale=scale), text=f"{label}:N"),
    ]
