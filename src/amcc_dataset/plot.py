"""The figures for papers, as Altair charts that show in a notebook and save without a network.

Each function draws what the modules of reading/ compute and the explorer page shows. A chart is saved
with `chart.save("name.svg")` or `.png`. `python -m amcc_dataset.plot DIR` writes the figures
of the README; the same tables and tools give the same bytes. Needs the extra ``plot``. Not
in here: any number.
"""

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from amcc_dataset import extras
from amcc_dataset.model.suggest import known
from amcc_dataset.model.vocabularies import Act, Presence, Relation, Role, Scope, Status, Topic
from amcc_dataset.model.words import ordinal, sentence
from amcc_dataset.reading import attendance as attending
from amcc_dataset.reading import coverage, status, threads
from amcc_dataset.reading.packaged import dataset

if TYPE_CHECKING:
    import altair as alt

ChartT = TypeVar("ChartT")
Plain = dict[str, Any]

FIGURES = ("timeline", "norms_and_law")
"""The figures of the README, by the names of their files."""

_INK, _SOFT, _LINE = "#1d2226", "#585f66", "#dedad2"
_ACCENT, _SAND, _HOST, _NATIONAL, _GREEN = "#0b5569", "#c08a2d", "#8a5a00", "#74408f", "#3f6b2f"
_SCOPES = dict(zip(Scope, (_ACCENT, _HOST, _NATIONAL, _GREEN), strict=True))
_STATUSES = dict(
    zip(
        Status,
        ("#ead9ba", "#d8b679", _SAND, "#b3c8cc", "#889fa9", "#5d8794", _ACCENT, _SOFT),
        strict=True,
    )
)
_WIDTH = 680

_NEEDS = ("plot", "altair", "vl_convert")
"""The extra, and the libraries in it."""


def timeline() -> "alt.VConcatChart":
    """Return the editions on a time axis: their outcomes, and how much is known of each.

    Examples
    --------
    >>> timeline().save("timeline.svg")  # doctest: +SKIP
    """
    extras.need(*_NEEDS)
    import altair as alt

    rows = _values(
        {
            **row,
            "at": _decimal(row["date_start"]),
            "name": ordinal(row["number"]),
            "sources": f"{row['documents']} documents",
        }
        for row in coverage.editions(dataset())
    )
    years = [row["year"] for row in rows]
    x = alt.X("at:Q", title=None, axis=_years(years, 0.5), scale=_span(min(years), max(years) + 1))

    def bars(names: dict[str, str], colours: list[str], title: str) -> Any:
        parts = [
            {**row, "part": label, "count": row[name], "place": place}
            for row in rows
            for place, (name, label) in enumerate(names.items())
        ]
        return (
            alt.Chart(alt.InlineData(values=parts))
            .mark_bar(size=24)
            .encode(
                x=x,
                y=alt.Y("count:Q", title=title, axis=alt.Axis(values=list(range(0, 99, 4)))),
                order="place:Q",
                color=alt.Color(
                    "part:N",
                    title=None,
                    scale=alt.Scale(domain=list(names.values()), range=colours),
                ),
                tooltip=["number:Q", "date_start:N", "part:N", "count:Q"],
            )
        )

    label = (
        alt.Chart(alt.InlineData(values=rows)).mark_text(dy=-7, color=_SOFT, fontSize=9).encode(x=x)
    )
    outcomes = bars(
        {"collective": "of all members together", "single": "of one party alone"},
        [_ACCENT, "#b6c6c9"],
        "outcomes",
    ) + label.transform_calculate(total="datum.collective + datum.single").encode(
        y="total:Q", text="name:N"
    )
    known = bars(
        {
            "known": "established",
            "silent": "a document was read for it and is silent",
            "unknown": "unknown",
        },
        [_INK, "#a9adb1", _LINE],
        "facts",
    ) + label.transform_calculate(total="datum.known + datum.silent + datum.unknown").encode(
        y="total:Q", text="sources:N"
    )
    chart: alt.VConcatChart = alt.vconcat(
        outcomes.properties(width=_WIDTH, height=150),
        known.properties(width=_WIDTH, height=90),
        spacing=14,
    ).resolve_scale(color="independent")
    return _styled(chart)


def thread(topic: str) -> "alt.LayerChart":
    """Return the outcomes on a topic by year and by the strength of their acts.

    Parameters
    ----------
    topic
        A code of the vocabulary, for example ``"norms_and_law"``.

    Examples
    --------
    >>> thread("coordination").save("coordination.png")  # doctest: +SKIP
    """
    extras.need(*_NEEDS)
    import altair as alt

    known("topic", topic, list(Topic))
    data = dataset()
    rows = threads.outcomes(data, topic)
    years = sorted(row["year"] for row in data["editions"])
    strengths = sorted({row["strength"] for row in rows})
    acts = {place: act.label for place, act in enumerate(Act, 1)}
    x = alt.X(
        "x:Q",
        title=None,
        axis=_years(years),
        scale=_span(min(years) - 0.5, max(years) + 0.5),
    )
    y = alt.Y(
        "strength:Q",
        title=None,
        scale=alt.Scale(domain=[strengths[0] - 0.7, strengths[-1] + 0.7], nice=False),
        axis=alt.Axis(
            values=strengths,
            labelExpr=f"{json.dumps(acts)}[datum.value]",
            domain=False,
            ticks=False,
        ),
    )
    links = (
        alt.Chart(alt.InlineData(values=_values(threads.links(rows))))
        .mark_rule(color=_SOFT, strokeWidth=1.2)
        .encode(x=x, y=y, x2="x2:Q", y2="strength2:Q")
    )
    words = {scope: scope.label for scope in Scope}
    dots = (
        alt.Chart(
            alt.InlineData(values=_values({**row, "by": words[row["scope"]]} for row in rows))
        )
        .mark_circle(size=95, opacity=1, stroke="white", strokeWidth=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "by:N",
                title=None,
                scale=alt.Scale(domain=list(words.values()), range=list(_SCOPES.values())),
            ),
            tooltip=["year:Q", "act:N", "by:N", "made_by:N", "title:N", "summary:N"],
        )
    )
    height = 24 * (strengths[-1] - strengths[0] + 1)
    chart: alt.LayerChart = links + dots
    return _styled(chart.properties(width=_WIDTH - 60, height=height))


def lifelines() -> "alt.VConcatChart":
    """Return the initiatives: their steps at their precision, and their status over time.

    Examples
    --------
    >>> lifelines().save("lifelines.svg")  # doctest: +SKIP
    """
    extras.need(*_NEEDS)
    import altair as alt

    tables = dataset()
    events, lines = status.events(tables), status.stretches(tables)
    steps_of = Counter(event["initiative_id"] for event in events)
    initiatives = sorted(tables["initiatives"], key=lambda row: -steps_of[row["id"]])
    first = min(row["year"] for row in tables["editions"]) - 1
    last = max(event["end"].year for event in events) + 1
    years = list(range(first, last))
    words = {stage: stage.label for stage in Status}
    colour = alt.Color(
        "label:N",
        title=None,
        scale=alt.Scale(domain=list(words.values()), range=list(_STATUSES.values())),
    )
    panels = []
    for relation in Relation:
        names = {
            row["id"]: row["short_name"] or row["name"]
            for row in initiatives
            if row["relation"] == relation
        }
        spans = [
            {
                "name": names[row["initiative_id"]],
                "label": words[row["status"]],
                "from": max(first, _decimal(row["start"])),
                "to": _decimal(row["end"]) if row["end"] else last,
            }
            for row in lines
            if row["initiative_id"] in names
        ]
        steps = [
            {
                **event,
                "name": names[event["initiative_id"]],
                "from": _decimal(event["start"]),
                "to": _decimal(event["end"]),
            }
            for event in events
            if event["initiative_id"] in names and event["start"].year >= first
        ]
        x = alt.X("from:Q", title=None, axis=_years(years, 0.5), scale=_span(first, last))
        y = alt.Y(
            "name:N",
            title=None,
            sort=list(names.values()),
            scale=alt.Scale(domain=list(names.values())),
        )
        days = [step for step in steps if step["precision"] == "day"]
        periods = [step for step in steps if step["precision"] != "day"]
        tooltip = ["start:N", "precision:N", "kind:N", "summary:N"]
        mark: dict[str, Any] = {"fill": "white", "stroke": _INK, "strokeWidth": 1.2}
        panels.append(
            alt.layer(
                alt.Chart(alt.InlineData(values=_values(spans)))
                .mark_bar(height=8)
                .encode(x=x, x2="to:Q", y=y, color=colour, tooltip=["name:N", "label:N"]),
                alt.Chart(alt.InlineData(values=_values(periods)))
                .mark_bar(height=5, cornerRadius=2.5, **mark)
                .encode(x=x, x2="to:Q", y=y, tooltip=tooltip),
                alt.Chart(alt.InlineData(values=_values(days)))
                .mark_circle(size=34, opacity=1, **mark)
                .encode(x=x, y=y, tooltip=tooltip),
            ).properties(
                width=_WIDTH - 180,
                height=22 * len(names),
                title=sentence(f"{relation.label} the conference"),
            )
        )
    chart = alt.vconcat(*panels, spacing=14)
    return _styled(chart)


def attendance() -> "alt.VConcatChart":
    """Return which actor took part in which edition; a grey stroke is unknown, not absent.

    Examples
    --------
    >>> attendance().save("attendance.svg")  # doctest: +SKIP
    """
    extras.need(*_NEEDS)
    import altair as alt

    words: dict[str | None, str] = {presence: presence.label for presence in Presence}
    words[None] = "unknown"
    data = dataset()
    groups: dict[str, dict[tuple[str, int], dict[str | None, Plain]]] = {}
    for row in attending.seats(data):
        cells = groups.setdefault(row["group"], {})
        cells.setdefault((row["actor"], row["year"]), {}).setdefault(row["presence"], row)
    years = sorted(row["year"] for row in data["editions"])
    x = alt.X(
        "x:Q",
        title=None,
        axis=_years(years),
        scale=_span(min(years) - 0.5, max(years) + 0.5),
    )
    colours = [_ACCENT, _ACCENT, _ACCENT, _HOST, "#a33a17", "#a9adb1"]
    fills = [_ACCENT, *["white"] * 5]
    shapes = ["circle", "circle", "square", "triangle-up", "cross", "stroke"]

    def by_presence(channel: Any, values: list[str]) -> Any:
        return channel(
            "said:N", title=None, scale=alt.Scale(domain=[*words.values()], range=values)
        )

    panels = []
    for group, cells in groups.items():
        marks = [
            {**row, "said": words[presence], "x": year + (place - (len(seen) - 1) / 2) * 0.3}
            for (_, year), seen in cells.items()
            for place, (presence, row) in enumerate(seen.items())
        ]
        actors = list(dict.fromkeys(actor for actor, _ in cells))
        panels.append(
            alt.Chart(alt.InlineData(values=_values(marks)))
            .mark_point(size=60, strokeWidth=2, opacity=1)
            .encode(
                x=x,
                y=alt.Y("actor:N", title=None, sort=actors),
                shape=by_presence(alt.Shape, shapes),
                stroke=by_presence(alt.Stroke, colours),
                fill=by_presence(alt.Fill, fills),
                tooltip=["year:Q", "actor:N", "person:N", "role:N", "session:N", "said:N"],
            )
            .properties(
                width=_WIDTH - 180, height=18 * len(actors), title=sentence(Role(group).label)
            )
        )
    chart = alt.vconcat(*panels, spacing=14)
    return _styled(chart)


def save_figures(folder: Path) -> list[Path]:
    """Write the figures of the README as SVG into a folder; return their paths."""
    extras.need(*_NEEDS)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in FIGURES:
        chart = timeline() if name == "timeline" else thread(name)
        paths.append(folder / f"{name}.svg")
        chart.save(str(paths[-1]))
    return paths


def _decimal(date: dt.date) -> float:
    """Return a day as a part of its year; no engine can shift that to another time zone."""
    return round(date.year + (date - dt.date(date.year, 1, 1)).days / 366, 4)


def _values(rows: Iterable[Plain]) -> list[Plain]:
    """Return rows of texts and numbers, which is what JSON knows."""

    def plain(value: object) -> object:
        if isinstance(value, dt.date):
            return value.isoformat()
        return value.value if isinstance(value, Enum) else value

    return [{name: plain(value) for name, value in row.items()} for row in rows]


def _years(years: Iterable[int], middle: float = 0) -> "alt.Axis":
    """Return an axis of years, written at their beginning or at some part of them."""
    import altair as alt

    return alt.Axis(
        values=[year + middle for year in sorted(set(years))],
        labelExpr="floor(datum.value)",
        ticks=False,
        grid=False,
    )


def _span(first: float, last: float) -> "alt.Scale":
    import altair as alt

    return alt.Scale(domain=[first, last], nice=False, zero=False)


def _styled(chart: ChartT) -> ChartT:
    """Return a chart in the style of all figures."""
    font = "Liberation Sans, Arial, Helvetica, sans-serif"
    styled: Any = chart
    styled = (
        styled.configure(font=font, background="white", padding=10)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=_INK,
            titleColor=_SOFT,
            titleFontWeight="normal",
            gridColor=_LINE,
            domainColor=_SOFT,
            tickColor=_SOFT,
            labelLimit=260,
        )
        .configure_legend(orient="top", labelColor=_INK, labelLimit=400)
        .configure_title(anchor="start", fontWeight="normal", color=_SOFT)
    )
    return cast("ChartT", styled)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("python -m amcc_dataset.plot DIR")
    for written in save_figures(Path(sys.argv[1])):
        print(written)
