"""What the charts show is what the tables say, and the figures of the README are up to date."""

import datetime as dt
import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import amcc_dataset as amcc
from amcc_dataset import extras, plot
from amcc_dataset.model.lifecycle import period_end
from amcc_dataset.model.vocabularies import Act, Topic
from amcc_dataset.reading import attendance, coverage, load, status, threads
from amcc_dataset.reading.packaged import dataset

ROOT = Path(__file__).parents[1]
DATA = dataset()
CHARTS = {
    "timeline": plot.timeline,
    "thread": lambda: plot.thread("coordination"),
    "lifelines": plot.lifelines,
    "attendance": plot.attendance,
}


def drawn_by(chart: Any) -> list[dict[str, Any]]:
    """Return the rows that a chart draws."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


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


def test_the_threads_hold_every_outcome_once_in_the_order_of_commitment() -> None:
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
        known = {row["outcome_id"] for row in rows}
        wanted = {
            (row["follows_id"], row["outcome_id"]) for row in rows if row["follows_id"] in known
        }
        found = threads.links(rows)
        assert {(link["follows_id"], link["outcome_id"]) for link in found} == wanted
        assert all(link["x"] < link["x2"] for link in found)


def test_lifelines_say_on_every_day_what_status_says() -> None:
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


def test_every_event_stands_within_its_period() -> None:
    rows = {row["event_id"]: row for row in status.events(DATA)}
    for event in load.rows("initiative_events"):
        row = rows[event["id"]]
        assert row["start"] == event["date"]
        assert row["end"] == period_end(event["date"], event["precision"])


def test_attendance_tells_unknown_from_absent() -> None:
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
    if name == "timeline":
        counts = Counter[str]()
        for row in drawn:
            counts[row.get("part", "")] += row.get("count", 0)
        outcomes = load.rows("outcomes")
        collective = sum(row["scope"] == "collective" for row in outcomes)
        assert counts["of all members together"] == collective
        assert counts["of one party alone"] == len(outcomes) - collective
    elif name == "thread":
        ids = [row["outcome_id"] for row in drawn if "title" in row]
        assert ids == [row["outcome_id"] for row in threads.outcomes(DATA, "coordination")]
    elif name == "lifelines":
        first = min(row["year"] for row in load.rows("editions")) - 1
        wanted = {row["event_id"] for row in status.events(DATA) if row["start"].year >= first}
        assert {row["event_id"] for row in drawn if "event_id" in row} == wanted
    else:
        wanted = {
            (row["edition_id"], row["actor_id"], row["presence"]) for row in attendance.seats(DATA)
        }
        assert {(row["edition_id"], row["actor_id"], row["presence"]) for row in drawn} == wanted


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
        """Return the texts and values of a figure; places may differ between tools' versions."""
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


def test_plot_is_loaded_when_it_is_asked_for() -> None:
    assert amcc.plot is sys.modules["amcc_dataset.plot"]
    assert "plot" in dir(amcc)
