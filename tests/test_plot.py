"""What the charts show is what the tables say, and the figures of the README are up to date."""

import datetime as dt
import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import amcc_dataset as amcc
from amcc_dataset import extras, plot
from amcc_dataset.model import limits
from amcc_dataset.model.lifecycle import period_end
from amcc_dataset.model.vocabularies import Act, Topic
from amcc_dataset.reading import attendance, coverage, layout, load, status, threads
from amcc_dataset.reading.packaged import dataset

ROOT = Path(__file__).parents[1]
DATA = dataset()
CHARTS = {
    "editions": plot.editions,
    "thread": lambda: plot.thread("coordination"),
    "lifelines": plot.lifelines,
    "attendance": plot.attendance,
}


def drawn_by(chart: Any) -> list[dict[str, Any]]:
    """Return the rows that a chart draws."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_no_label_is_cut(chart: Any) -> None:
    drawn = ElementTree.fromstring(chart().svg())
    texts = ["".join(node.itertext()) for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert len(texts) > 15
    assert [text for text in texts if "…" in text] == []


def test_the_timeline_has_every_edition_and_all_its_outcomes() -> None:
    editions, outcomes = load.rows("editions"), load.rows("outcomes")
    rows = coverage.editions(DATA)
    assert [row["edition_id"] for row in rows] == [row["id"] for row in editions]
    for row in rows:
        scopes = [one["scope"] for one in outcomes if one["edition_id"] == row["edition_id"]]
        assert row["collective"] + row["single"] == len(scopes)
        assert row["collective"] == scopes.count("collective")
        edition = load.row("editions", row["edition_id"])
        empty = [name for name in ("format", "city", "venue", "theme") if edition[name] is None]
        assert row["silent"] + row["unknown"] >= len(empty)


def test_the_threads_have_every_outcome_once_in_the_order_of_commitment() -> None:
    rows = [row for topic in Topic for row in threads.outcomes(DATA, topic)]
    assert Counter(row["outcome_id"] for row in rows) == Counter(
        row["id"] for row in load.rows("outcomes")
    )
    acts = list(Act)
    assert all(acts[row["strength"] - 1] == row["act"] for row in rows)
    assert all(abs(row["x"] - row["year"]) < 0.5 for row in rows)


def test_marks_of_a_thread_never_cover_each_other() -> None:
    for topic in Topic:
        places = [(row["x"], row["strength"]) for row in threads.outcomes(DATA, topic)]
        assert len(set(places)) == len(places)


def test_links_lead_from_an_outcome_to_what_takes_it_up() -> None:
    for topic in Topic:
        rows = threads.outcomes(DATA, topic)
        places = {row["outcome_id"]: row["x"] for row in rows}
        wanted = {
            (row["follows_id"], row["outcome_id"]) for row in rows if row["follows_id"] in places
        }
        found = layout.links(rows)
        assert {(link["follows_id"], link["outcome_id"]) for link in found} == wanted
        for link in found:
            ends = [link["points"][0][0], link["points"][-1][0]]
            assert ends == [places[link["follows_id"]], places[link["outcome_id"]]]


def test_no_line_goes_through_the_mark_of_another_outcome() -> None:
    for topic in Topic:
        rows = threads.outcomes(DATA, topic)
        rungs = layout.rungs(rows)
        places = {row["outcome_id"]: (row["x"], rungs[Act(row["act"])]) for row in rows}
        for link in layout.links(rows):
            ends = link["follows_id"], link["outcome_id"]
            others = [place for outcome, place in places.items() if outcome not in ends]
            assert layout.is_clear(link["points"], others), (topic, ends)


def test_a_straight_line_through_a_mark_is_found() -> None:
    assert not layout.is_clear([(2016, 0), (2018, 0)], [(2017, 0)])
    assert layout.is_clear([(2016, 0), (2018, 0)], [(2017, 1)])


def test_lifelines_agree_with_status_on_every_day() -> None:
    lines = status.stretches(DATA)
    turns = {row["start"] for row in lines} | {
        period_end(row["date"], row["precision"]) for row in load.rows("initiative_events")
    }
    for day in sorted({turn - dt.timedelta(days=late) for turn in turns for late in (0, 1)}):
        wanted = {row["initiative_id"]: row["event_id"] for row in status.status_rows(on=day)}
        found = dict.fromkeys(wanted)
        for row in lines:
            if row["start"] <= day and (row["end"] is None or day < row["end"]):
                assert found[row["initiative_id"]] is None
                found[row["initiative_id"]] = row["event_id"]
        assert found == wanted, day


def test_every_event_has_its_period() -> None:
    rows = {row["event_id"]: row for row in status.events(DATA)}
    for event in load.rows("initiative_events"):
        row = rows[event["id"]]
        assert row["start"] == event["date"]
        assert row["end"] == period_end(event["date"], event["precision"])


def test_attendance_distinguishes_unknown_from_absent() -> None:
    rows = attendance.seats(DATA)
    participants = load.rows("participants")
    assert Counter(row["participant_id"] for row in rows if row["participant_id"]) == Counter(
        row["id"] for row in participants
    )
    seen = {(row["edition_id"], row["actor_id"]) for row in participants}
    for row in rows:
        assert (row["presence"] is None) == ((row["edition_id"], row["actor_id"]) not in seen)
    pairs = {(row["edition_id"], row["actor_id"]) for row in rows}
    assert len(pairs) == len(load.rows("editions")) * len({row["actor_id"] for row in participants})


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_draws_the_rows_of_its_figure(name: str) -> None:
    pytest.importorskip("altair")
    drawn = drawn_by(CHARTS[name]())
    if name == "editions":
        counts = Counter[str]()
        for row in drawn:
            counts[row.get("part", "")] += row.get("count", 0)
        outcomes = load.rows("outcomes")
        collective = sum(row["scope"] == "collective" for row in outcomes)
        assert counts["joint: acts of all members together"] == collective
        assert (
            counts["individual: acts of one delegation or the Secretariat alone"]
            == len(outcomes) - collective
        )
    elif name == "thread":
        ids = [row["outcome_id"] for row in drawn if "title" in row]
        assert ids == [row["outcome_id"] for row in threads.outcomes(DATA, "coordination")]
    elif name == "lifelines":
        first = min(row["year"] for row in load.rows("editions")) - 1
        wanted = {row["event_id"] for row in status.events(DATA) if row["start"].year >= first}
        assert {row["event_id"] for row in drawn if "kind" in row} == wanted
    else:
        rows = [row for row in drawn if "actor_id" in row]
        wanted = {(row["edition_id"], row["actor_id"]) for row in attendance.seats(DATA)}
        assert {(row["edition_id"], row["actor_id"]) for row in rows} == wanted


def test_who_is_counted_in_a_group_has_a_mark_of_its_own() -> None:
    pytest.importorskip("altair")
    said = {
        (row["actor_id"], row["edition_id"]): row["said"]
        for row in drawn_by(plot.attendance())
        if "actor_id" in row
    }
    assert said["la", "amcc-01"] == "attended, counted in a group"
    assert said["sg", "amcc-01"] == "attended, named in a document"
    assert said["la", "amcc-08"] == "unknown"


def test_bars_are_above_their_labels_and_the_axes_end_with_the_data() -> None:
    pytest.importorskip("altair")
    spec = plot.editions().to_dict()
    upper = spec["vconcat"][0]["vconcat"][0]
    bars = next(layer for layer in upper["layer"] if layer["mark"]["type"] == "bar")
    assert bars["encoding"]["x"]["field"] == "year"
    years = [row["year"] for row in load.rows("editions")]
    assert bars["encoding"]["x"]["axis"]["values"] == years
    assert bars["encoding"]["x"]["scale"]["domain"] == [years[0] - 0.5, years[-1] + 0.5]
    most = max(Counter(row["edition_id"] for row in load.rows("outcomes")).values())
    assert bars["encoding"]["y"]["scale"]["domain"] == [0, most]


@pytest.mark.parametrize("name", ["editions", "thread"])
def test_editions_read_in_part_are_shaded(name: str) -> None:
    pytest.importorskip("altair")
    shaded = {
        (row["from"], row["to"]) for row in drawn_by(CHARTS[name]()) if row.keys() == {"from", "to"}
    }
    years = [edition["year"] for edition in limits.in_part(DATA)]
    assert shaded == {(year - 0.5, year + 0.5) for year in years}
    text = json.dumps(CHARTS[name]().to_dict())
    assert "read in part" in text
    lines = re.findall(r'"text": (\[[^]]*\])', text)
    assert limits.caveat(DATA) in [" ".join(json.loads(found)) for found in lines]


def test_one_initiative_has_a_line_for_each_step() -> None:
    pytest.importorskip("altair")
    drawn = drawn_by(plot.lifelines("asean-regional-cert"))
    steps = [row for row in drawn if "kind" in row]
    events = [
        row
        for row in load.rows("initiative_events")
        if row["initiative_id"] == "asean-regional-cert"
    ]
    assert {row["event_id"] for row in steps} == {row["id"] for row in events}
    assert len({row["row"] for row in steps}) == len(events)
    with pytest.raises(ValueError, match="asean-regional-cert"):
        plot.lifelines("regional-cert")


def test_a_lifeline_names_its_successor_and_since_when() -> None:
    pytest.importorskip("altair")
    every = labels(plot.lifelines())
    assert every["coordination-mechanism"][-1] == "→ ASEAN Cyber-CC"
    successors = {row["initiative_id"]: row["successor_id"] for row in status.status_rows()}
    for key, lines in every.items():
        assert len(lines) <= 4
        assert any(line.startswith("→ ") for line in lines) == (successors[key] is not None)
    assert len({tuple(lines) for lines in every.values()}) == len(every), "no two are the same"
    alone = labels(plot.lifelines("coordination-mechanism"))
    assert alone["status"] == ["endorsed since 19 September 2018", "→ ASEAN Cyber-CC"]
    assert labels(plot.lifelines("ascce"))["status"] == ["operating since 2 October 2019"]


def labels(chart: Any) -> dict[str, list[str]]:
    """Return the labels of the lines of a figure, by the key of the line."""
    found: dict[str, list[str]] = {}
    for written in re.findall(r'"(\{[^{}]*\})\[datum\.value\]"', json.dumps(chart.to_dict())):
        found |= json.loads(json.loads(f'"{written}"'))
    return found


def test_the_marks_of_a_thread_say_whose_act_it_was() -> None:
    pytest.importorskip("vl_convert")
    svg = plot.thread("norms_and_law").svg()
    for words in (
        "joint: all members together",
        "individual: the host",
        "individual: another delegation",
    ):
        assert f">{words}</text>" in svg


def test_every_initiative_can_be_drawn_alone() -> None:
    pytest.importorskip("vl_convert")
    for row in load.rows("initiatives"):
        assert plot.lifelines(row["id"]).to_dict()["title"]["text"] == row["name"]


@pytest.mark.parametrize("name", CHARTS)
def test_title_caption_and_width_are_arguments(name: str) -> None:
    pytest.importorskip("altair")
    topic = ("coordination",) if name == "thread" else ()
    draw = getattr(plot, name)
    spec = draw(*topic, title="My title", caption="My caption", width=500).to_dict()
    assert spec["title"]["text"] == "My title"
    assert "My caption" in json.dumps(spec["vconcat"][-1])
    assert len(draw(*topic, caption="").to_dict()["vconcat"]) == 1
    svg = draw(*topic, title="My title", width=500).svg()
    width = float(re.findall(r'width="([0-9.]+)"', svg)[0])
    wider = float(re.findall(r'width="([0-9.]+)"', draw(*topic, width=700).svg())[0])
    assert width < 580
    assert 150 < wider - width <= 210


def test_the_old_name_of_editions_still_works() -> None:
    assert plot.timeline is plot.editions


@pytest.mark.parametrize("name", CHARTS)
def test_a_notebook_shows_a_chart_without_a_network(name: str) -> None:
    pytest.importorskip("vl_convert")
    shown = CHARTS[name]()._repr_mimebundle_()
    assert list(shown) == ["image/svg+xml"]
    svg = shown["image/svg+xml"]
    assert "<script" not in svg
    assert set(re.findall(r"https?://[^\"<]+", svg)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert re.match(r'<svg[^>]* role="img"><title>[^<]+</title><desc>[^<]+</desc>', svg)


def test_a_title_cannot_become_markup() -> None:
    pytest.importorskip("vl_convert")
    svg = plot.thread("digital_economy", title="<b>&</b>").svg()
    assert "<b>" not in svg
    assert "<title>&lt;b&gt;&amp;&lt;/b&gt;</title>" in svg


def test_charts_are_saved_without_a_network_and_the_same_each_time(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    for name in ("a.svg", "b.svg"):
        plot.attendance().save(str(tmp_path / name))
    first, second = ((tmp_path / name).read_text(encoding="utf-8") for name in ("a.svg", "b.svg"))
    assert first == second
    assert set(re.findall(r"https?://[^\"]+", first)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    plot.thread("norms_and_law").save(str(tmp_path / "c.png"))
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_the_figures_of_the_readme_are_up_to_date(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")

    def said(path: Path) -> list[tuple[str, str]]:
        """Return the texts and values of a figure; places may differ with the tools."""
        svg = path.read_text(encoding="utf-8")
        return re.findall(r'<text[^>]*>([^<]*)</text>|aria-label="([^"]*)"', svg)

    for path in plot.save_figures(tmp_path):
        shown = ROOT / "docs" / "figures" / path.name
        remedy = "run python -m amcc_dataset.plot docs/figures"
        assert shown.exists(), remedy
        assert said(shown) == said(path), remedy


def test_an_unknown_topic_is_answered_with_the_topics() -> None:
    pytest.importorskip("altair")
    with pytest.raises(ValueError, match="norms_and_law"):
        plot.thread("norms")


@pytest.mark.parametrize("library", ["altair", "vl_convert"])
def test_a_missing_extra_is_answered_with_its_command(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == library else find(name))
    with pytest.raises(ImportError, match=r'pip install "amcc-dataset\[plot\]"'):
        plot.timeline()


def test_plot_is_loaded_when_it_is_first_used() -> None:
    assert amcc.plot is sys.modules["amcc_dataset.plot"]
    assert "plot" in dir(amcc)
