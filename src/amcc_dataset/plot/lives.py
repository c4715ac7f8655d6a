"""The figure of the initiatives: their steps at their precision, and their status over time.

Not here: how a status follows from steps (reading/status.py).
"""

import json
import textwrap
from typing import TYPE_CHECKING, Any

from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.suggest import known
from amcc_dataset.model.vocabularies import EventKind, Relation, Status
from amcc_dataset.model.words import sentence, when
from amcc_dataset.plot.frame import (
    ACCENT,
    INK,
    SAND,
    SOFT,
    WIDTH,
    Plain,
    across,
    altair,
    chart,
    decimal,
    framed,
    heading,
)
from amcc_dataset.reading import status
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.reading.threads import successors

if TYPE_CHECKING:
    import altair as alt

_COLOURS = ("#ead9ba", "#d8b679", SAND, "#b3c8cc", "#889fa9", "#5d8794", ACCENT, SOFT)
"""The colours of the stages: sand up to in preparation, blue from endorsed on, grey for ended."""

_LABELS, _LETTERS = 255, 52
"""The width for names on the left in pixels, and the number of letters in a line of a name."""

_LINE = 11
"""The height of a line of a label, in pixels."""

Labels = dict[str, list[str]]
"""The keys of the lines of a figure in their order, each with the lines of its label."""


def lifelines(
    initiative_id: str | None = None,
    *,
    title: str | None = None,
    caption: str = "",
    width: int = WIDTH,
) -> "alt.VConcatChart":
    """Return the initiatives, or one of them: the steps at their precision, and the status.

    The status line grows thicker with each stage. Its colours: sand for proposed, announced
    or in preparation; blue for endorsed, published, adopted or operating; grey for ended.

    Parameters
    ----------
    initiative_id
        Key of an initiative, whose steps then have a line each; by default all initiatives.
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
    ValueError
        If there is no such initiative.
    ImportError
        If the extra ``plot`` is not installed; the message says what to install.

    Examples
    --------
    >>> lifelines("asean-regional-cert").save("regional-cert.svg")  # doctest: +SKIP
    """
    alt, data = altair(), dataset()
    if initiative_id is not None:
        known("initiative", initiative_id, data.by_id("initiatives"))
        return _life(data, initiative_id, title, caption, width)
    events, lines = status.events(data), status.stretches(data)
    steps: dict[str, int] = {}
    for event in events:
        steps[event["initiative_id"]] = steps.get(event["initiative_id"], 0) + 1
    first = min(row["year"] for row in data["editions"]) - 1
    years = range(first, max(event["end"].year for event in events) + 1)
    panels = []
    for relation in Relation:
        rows = [row for row in data["initiatives"] if row["relation"] == relation]
        rows.sort(key=lambda row: -steps.get(row["id"], 0))
        labels = {row["id"]: _label(data, row) for row in rows}
        drawn = _lines(_on(lines, labels), _on(events, labels), labels, years)
        words = heading(sentence(f"{relation.label} the conference"))
        panels.append(drawn.properties(width=width - _LABELS, height=_height(labels), title=words))
    described = (
        f"{line['name']}: {Status(line['status']).label} from {line['start']}" for line in lines
    )
    name = "The initiatives and how far they have come"
    shown = alt.vconcat(*panels, spacing=14)
    return framed(shown, title, caption, width - _LABELS, name=name, described=described)


def _label(data: Dataset, initiative: Row) -> list[str]:
    """Return the lines with the names of an initiative and of those that continue it."""
    name = initiative["short_name"] or initiative["name"]
    return [*textwrap.wrap(name, _LETTERS), *_later(data, initiative)]


def _later(data: Dataset, initiative: Row) -> list[str]:
    """Return the lines with the names of the initiatives that continue another one."""
    found = [
        data.by_id("initiatives")[other] for other in successors(data).get(initiative["id"], ())
    ]
    names = (row["short_name"] or row["name"] for row in found)
    return [line for name in names for line in textwrap.wrap(f"→ {name}", _LETTERS)]


def _height(labels: Labels) -> int:
    """Return the height of a figure with these labels; all its lines have the same height."""
    return len(labels) * max(22, _LINE * max(map(len, labels.values()), default=1) + 6)


def _offset(labels: Labels) -> Plain | float:
    """Return how far to move each label up, so that the middle of its lines is beside its mark."""
    counts = {key: len(lines) for key, lines in labels.items()}
    higher = [
        {"test": f"{json.dumps(counts)}[datum.value] == {count}", "value": -_LINE * (count - 1) / 2}
        for count in sorted({*counts.values()} - {1})
    ]
    return {"condition": higher, "value": 0} if higher else 0


def _on(rows: list[Plain], labels: Labels) -> list[Plain]:
    """Return the rows of the initiatives in `labels`, each with the key of its line."""
    return [{**row, "row": row["initiative_id"]} for row in rows if row["initiative_id"] in labels]


def _life(
    data: Dataset, initiative_id: str, title: str | None, caption: str, width: int
) -> "alt.VConcatChart":
    """Return one initiative: its status on the first line, then each step on a line of its own."""
    initiative = data.by_id("initiatives")[initiative_id]
    lines = [line for line in status.stretches(data) if line["initiative_id"] == initiative_id]
    events = [event for event in status.events(data) if event["initiative_id"] == initiative_id]
    (now,) = status.status_rows(initiative_id, data=data)
    reached = Status(now["status"]).label if now["status"] else "no status"
    since = f" since {when(now['since'], now['precision'])}" if now["since"] else ""
    labels = {
        "status": [f"{reached}{since}", *_later(data, initiative)],
        **{
            event["event_id"]: [
                f"{when(event['start'], event['precision'])}: {EventKind(event['kind']).label}"
            ]
            for event in events
        },
    }
    years = {event[end].year for event in events for end in ("start", "end")}
    if not years:
        years = {row["year"] for row in data["editions"]}
    drawn = _lines(
        [{**line, "row": "status"} for line in lines],
        [{**event, "row": event["event_id"]} for event in events],
        labels,
        range(min(years), max(years) + 1),
    ).properties(width=width - _LABELS, height=_height(labels))
    described = (f"{labels[event['event_id']][0]}: {event['summary']}" for event in events)
    name = initiative["name"]
    shown = name if title is None else title
    return framed(drawn, shown, caption, width - _LABELS, name=name, described=described)


def _lines(
    lines: list[Plain], events: list[Plain], labels: Labels, years: range
) -> "alt.LayerChart":
    """Return status lines, thicker with each stage, with the steps on them."""
    import altair as alt

    x = across("from", years, 0.5)
    keys = list(labels)
    axis = alt.Axis(
        labelExpr=f"{json.dumps(labels)}[datum.value]",
        labelLineHeight=_LINE,
        labelLimit=0,  # the lines are short already
        labelOffset=_offset(labels),
    )
    y = alt.Y("row:N", title=None, sort=keys, scale=alt.Scale(domain=keys), axis=axis)
    stages = alt.Scale(domain=[stage.label for stage in Status], range=list(_COLOURS))
    thick = alt.Scale(domain=[1, 7, 8], range=[3, 12, 3])
    steps = [
        {**event, "from": decimal(event["start"]), "to": decimal(event["end"])}
        for event in events
        if event["start"].year >= years.start
    ]
    days = [step for step in steps if step["precision"] == "day"]
    periods = [step for step in steps if step["precision"] != "day"]
    mark: dict[str, Any] = {"fill": "white", "stroke": INK, "strokeWidth": 1.2}
    tooltip = ["start:N", "precision:N", "kind:N", "summary:N"]
    return alt.layer(
        chart(_stretch(line, years) for line in lines)
        .mark_bar()
        .encode(
            x=x,
            x2="to:Q",
            y=y,
            color=alt.Color("label:N", title=None, scale=stages),
            size=alt.Size("rank:Q", legend=None, scale=thick),
            tooltip=["name:N", "label:N"],
        ),
        chart(periods)
        .mark_bar(height=5, cornerRadius=2.5, **mark)
        .encode(x=x, x2="to:Q", y=y, tooltip=tooltip),
        chart(days).mark_circle(size=34, opacity=1, **mark).encode(x=x, y=y, tooltip=tooltip),
    )


def _stretch(line: Plain, years: range) -> Plain:
    """Return the period of one status, cut to the years shown."""
    return {
        **line,
        "label": Status(line["status"]).label,
        "from": max(years.start, decimal(line["start"])),
        "to": decimal(line["end"]) if line["end"] else years.stop,
    }
