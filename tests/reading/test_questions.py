"""The answers: frames and plain rows agree with each other and with the tables."""

import datetime as dt
import json
import pydoc
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import amcc_dataset as amcc
from amcc_dataset.cli import main
from amcc_dataset.model import limits
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import STANDS, Dataset, Row
from amcc_dataset.model.tables import TABLES, Origin
from amcc_dataset.model.vocabularies import Act, Presence, Topic
from amcc_dataset.reading import attendance, coverage, frames, load, panel, status, threads
from amcc_dataset.reading.evidence import EVIDENCE, evidence_rows
from amcc_dataset.reading.packaged import dataset

INITIATIVES = [row["id"] for row in load.rows("initiatives")]

each_initiative = pytest.mark.parametrize("initiative_id", INITIATIVES)
each_topic = pytest.mark.parametrize("topic", [topic.value for topic in Topic])


def same(frame: pd.DataFrame, rows: list[dict[str, Any]]) -> bool:
    """Return whether a frame has these rows, with null for None."""
    plain = frame.astype(object).where(frame.notna(), None).to_dict("records")
    for row in plain:
        for name, value in row.items():
            if isinstance(value, pd.Timestamp):
                row[name] = value.date()
    return plain == rows


def test_only_scales_can_be_compared() -> None:
    outcomes, participants = amcc.load_outcomes(), amcc.load_participants()
    assert not outcomes["topic"].cat.ordered
    with pytest.raises(TypeError, match="ordered"):
        outcomes["topic"].max()
    strong = outcomes["act"] >= "agreed"
    assert strong.any()
    assert (strong == (outcomes["act_rank"] >= list(Act).index(Act.AGREED) + 1)).all()
    known = participants["level"].notna()
    assert (participants["level_rank"].notna() == known).all()
    ranks = participants["level"].cat.codes[known] + 1
    assert (participants["level_rank"][known] == ranks).all()


DERIVED = [
    (table, column.name, column.origin)
    for table in TABLES
    for column in columns_of(table).values()
    if column.origin is not None
]


@pytest.mark.parametrize(("table", "field", "origin"), DERIVED)
def test_a_derived_cell_answers_with_the_claims_on_what_it_comes_from(
    table: str, field: str, origin: Origin
) -> None:
    filled = [row["id"] for row in load.rows(table) if row[field] is not None]
    for row_id in filled[::40] or filled:
        claims = evidence_rows(table, row_id, field)
        standing = [claim for claim in claims if claim["standing"] in ("agreed", "preferred")]
        assert {claim["field"] for claim in standing} <= {*origin.fields}
        assert origin.fields[0] in {claim["field"] for claim in standing}
        assert {claim["table"] for claim in standing} == {origin.table or table}
        if origin.table is None:
            assert {claim["row_id"] for claim in standing} == {row_id}
        else:
            sources = {
                claim["row_id"]: load.row(origin.table, claim["row_id"]) for claim in standing
            }
            assert {source[origin.by] for source in sources.values()} == {row_id}


@each_initiative
def test_a_timeline_has_every_step_in_order(initiative_id: str) -> None:
    rows = status.timeline_rows(initiative_id)
    steps = [row for row in load.rows("initiative_events") if row["initiative_id"] == initiative_id]
    assert [row["event_id"] for row in rows] == [step["id"] for step in steps]
    assert [row["date"] for row in rows] == sorted(step["date"] for step in steps)
    assert same(amcc.timeline(initiative_id), rows)


@each_initiative
def test_the_status_is_the_furthest_step_of_the_timeline(initiative_id: str) -> None:
    steps = amcc.timeline(initiative_id)
    (row,) = status.status_rows(initiative_id)
    furthest = steps["reaches"].max()
    assert row["status"] == (None if pd.isna(furthest) else furthest)


@each_topic
def test_a_thread_has_every_outcome_in_order(topic: str) -> None:
    rows = threads.thread_rows(topic)
    outcomes = [row for row in load.rows("outcomes") if row["topic"] == topic]
    assert [row["outcome_id"] for row in rows] == [outcome["id"] for outcome in outcomes]
    assert [row["follows_id"] for row in rows] == [outcome["follows_id"] for outcome in outcomes]
    assert same(amcc.thread(topic), rows)


@each_topic
def test_a_thread_shows_the_texts_to_which_its_outcomes_refer(topic: str) -> None:
    expected = {row["id"]: set[str]() for row in load.rows("outcomes") if row["topic"] == topic}
    for row in load.rows("cross_references"):
        if row["to_instrument_id"] and row["from_outcome_id"] in expected:
            expected[row["from_outcome_id"]].add(row["to_instrument_id"])
    found = {row["outcome_id"]: row["instruments"] for row in threads.thread_rows(topic)}
    assert {
        key: set(texts.split("; ")) if texts else set() for key, texts in found.items()
    } == expected
    if topic == Topic.NORMS_AND_LAW:
        assert found["amcc-03-norms-subscription"] == "un-gge-2015-report"


def test_a_thread_names_each_text_of_an_outcome_once() -> None:
    references = dataset()["cross_references"]
    first = next(row for row in references if row["from_outcome_id"] == "amcc-02-norms")
    more = [
        {**first, "id": f"more-{text}", "to_instrument_id": text, "relation": "builds_on"}
        for text in ("asean-norms-chart-2019", first["to_instrument_id"])
    ]
    data = Dataset({**dataset(), "cross_references": [*references, *more]})
    found = {
        row["outcome_id"]: row["instruments"] for row in threads.thread_rows("norms_and_law", data)
    }
    assert found["amcc-02-norms"] == f"{first['to_instrument_id']}; asean-norms-chart-2019"


def test_a_chain_of_outcomes_has_one_first_outcome() -> None:
    outcomes = {
        row["outcome_id"]: row for topic in Topic for row in threads.thread_rows(topic.value)
    }
    for row in outcomes.values():
        before = outcomes.get(row["follows_id"])
        expected = row["outcome_id"] if before is None else before["thread_id"]
        assert row["thread_id"] == expected


def test_attendance_has_every_participation() -> None:
    seats = amcc.attendance().set_index("actor_id")
    best: dict[tuple[str, str], str] = {}
    order = [f"{code}{how}" for code in Presence for how in ("", "_in_group")]
    named = {
        claim["row_id"]
        for claim in load.rows("provenance")
        if claim["field"] in ("actor_id", "person_id") and claim["standing"] in STANDS
        if claim["field"] == "person_id" or claim["basis"] != "inferred"
    }
    for row in load.rows("participants"):
        key = row["actor_id"], row["edition_id"]
        code = row["presence"] + ("" if row["id"] in named else "_in_group")
        best[key] = min(best.get(key, code), code, key=order.index)
    editions = [row["id"] for row in load.rows("editions")]
    assert list(seats)[2:] == editions
    shown = {
        (actor, edition): seats.loc[actor, edition]
        for actor in seats.index
        for edition in editions
        if pd.notna(seats.loc[actor, edition])
    }
    assert shown == best
    assert {"attended", "attended_in_group"} <= set(shown.values())
    assert same(amcc.attendance(), attendance.attendance_rows())
    assert len(seats) == len({row["actor_id"] for row in attendance.seats(dataset())})


EMPTY = {
    "evidence": (frames.frame([], EVIDENCE), amcc.evidence_for("editions", "amcc-04")),
    "status": (frames.frame([], status.STATUS), amcc.status()),
    "timeline": (frames.frame([], status.TIMELINE), amcc.timeline("asean-regional-cert")),
    "thread": (frames.frame([], threads.THREAD), amcc.thread("norms_and_law")),
    "panel": (frames.frame([], panel.PANEL), amcc.panel()),
}


@pytest.mark.parametrize("question", EMPTY)
def test_frames_have_the_same_columns_and_types_without_rows(question: str) -> None:
    nothing, everything = EMPTY[question]
    assert len(everything) > 0
    assert (nothing.dtypes == everything.dtypes).all()
    # Before pandas 3 a text column has no type of its own.
    assert "object" not in {*map(str, everything.dtypes)} - {str(pd.Series(dtype="str").dtype)}


def test_what_is_not_established_is_null() -> None:
    silent = amcc.evidence_for("editions", "amcc-10", "theme")
    assert (silent["standing"] != "agreed").all()
    nothing = amcc.status("asean-regional-cert", on=dt.date(2000, 1, 1))
    assert nothing["status"].isna().all()


DAY = dt.date(2018, 9, 18)


@pytest.mark.parametrize(
    "on",
    [
        *(DAY, dt.datetime(2018, 9, 18, 23, 59), "2018-09-18", "2018-09-18T10:00:00"),
        *(pd.Timestamp(DAY), pd.Timestamp(DAY, tz="Asia/Singapore"), np.datetime64("2018-09-18")),
        *(pd.Series([DAY], dtype="datetime64[ns]")[0], np.datetime64("2018-09-18T00", "ns")),
    ],
    ids=lambda on: f"{type(on).__name__} {on}",
)
def test_a_day_may_be_given_in_any_form_that_the_tables_have(on: object) -> None:
    assert amcc.status(on=on).equals(amcc.status(on=DAY))
    assert not amcc.status(on=on).equals(amcc.status())


def test_the_start_of_an_edition_is_a_day() -> None:
    day = amcc.load_editions()["date_start"][3]
    assert amcc.status("asean-cyber-cc", on=day)["status"].item() == "proposed"


@pytest.mark.parametrize("on", ["soon", "2018-13-01", 2018, pd.NaT, ""])
def test_what_is_not_a_day_gets_one_clear_line(on: object) -> None:
    with pytest.raises(ValueError, match="is not a date; write one like"):
        amcc.status(on=on)


def test_a_status_says_since_when_and_how_recent_it_is() -> None:
    centre = amcc.status("ascce").iloc[0]
    assert centre["status"] == "operating"
    assert centre["since"].date() == dt.date(2019, 10, 2)
    assert centre["latest"] == amcc.timeline("ascce")["date"].max()
    opened = amcc.status("ascce", on="2021-12-31").iloc[0]
    assert (opened["since"], opened["latest_kind"]) == (centre["since"], "opened")
    assert opened["latest"].date() == dt.date(2021, 10, 6)


def test_a_status_names_the_successor_of_the_initiative() -> None:
    rows = amcc.status().set_index("initiative_id")
    assert rows.loc["coordination-mechanism", "successor_id"] == "asean-cyber-cc"
    assert rows.loc["accs-2017-2020", "successor_id"] == "accs-2021-2025"
    assert rows["successor_id"].dropna().isin(rows.index).all()


def initiative(*steps: tuple[str, dt.date, str]) -> Dataset:
    """Return a dataset with one centre that took these steps."""
    events = [
        {
            **dict.fromkeys(("edition_id", "actor_id", "amount", "currency", "summary")),
            **{"id": f"step-{place}", "initiative_id": "centre"},
            **{"kind": kind, "date": day, "precision": precision},
        }
        for place, (kind, day, precision) in enumerate(steps)
    ]
    centre = {"id": "centre", "name": "Centre", "kind": "centre"}
    nothing: dict[str, list[Row]] = {
        name: [] for name in ("actors", "outcomes", "cross_references")
    }
    return Dataset({"initiatives": [centre], "initiative_events": events, **nothing})


def test_a_stage_lasts_from_the_first_day_on_which_it_is_certain() -> None:
    launched, opened = ("launched", dt.date(2020, 1, 1), "year"), ("opened", DAY, "day")
    data = initiative(("announced", dt.date(2017, 1, 1), "month"), opened, launched)
    assert [(row["status"], row["start"], row["end"]) for row in status.stretches(data)] == [
        ("announced", dt.date(2017, 1, 31), DAY),
        ("operating", DAY, None),
    ]
    (row,) = status.status_rows(data=data)
    assert (row["since"], row["latest"]) == (DAY, dt.date(2020, 1, 1))
    (row,) = status.status_rows(on=dt.date(2020, 6, 1), data=data)
    assert (row["since"], row["latest"]) == (DAY, DAY)


def test_what_is_older_than_its_status_shows_its_first_step() -> None:
    rows = {row["initiative_id"]: row for row in status.status_rows()}
    for name, row in rows.items():
        steps = [step for step in load.rows("initiative_events") if step["initiative_id"] == name]
        assert row["first"] == min(step["date"] for step in steps)
        assert row["first_kind"] in [s["kind"] for s in steps if s["date"] == row["first"]]
    programme = rows["sg-cyber-leadership"]
    assert programme["first"] < programme["since"], "extended before it was announced again"
    (early,) = status.status_rows("ascce", on=dt.date(2018, 9, 18))
    assert early["first"] == early["latest"] == dt.date(2018, 9, 18)


def test_attendance_distinguishes_who_is_named_from_who_is_counted() -> None:
    rows = attendance.seats(dataset())
    at_first = [row for row in rows if row["edition_id"] == "amcc-01"]
    first = {row["actor_id"]: row["attested"] for row in reversed(at_first)}
    assert (first["sg"], first["la"], first["nz"]) == ("named", "counted", None)
    assert all(row["attested"] == "named" for row in rows if row["person"])
    assert all((row["attested"] is None) == (row["presence"] is None) for row in rows)


def test_a_participation_says_how_many_documents_name_it() -> None:
    there = amcc.load_participants().set_index("id")
    naming: dict[str, set[str]] = {row_id: set() for row_id in there.index}
    for claim in load.rows("provenance"):
        if claim["table"] == "participants" and claim["standing"] in STANDS:
            person = claim["field"] == "person_id"
            if person or (claim["field"] == "actor_id" and claim["basis"] != "inferred"):
                naming[claim["row_id"]].add(claim["source_id"])
    delegations = there[there["person_id"].isna()]
    assert (delegations["named_by"] == [len(naming[row_id]) for row_id in delegations.index]).all()
    assert (there[there["person_id"].notna()]["named_by"] > 0).all()
    attended = delegations[delegations["presence"] == "attended"]
    counted = attended["named_by"] == 0
    assert counted.sum() > 50, "most are only counted in a group"
    assert counted["amcc-01-la"]
    assert not counted["amcc-03-la"]


def test_a_panel_has_every_edition_and_topic() -> None:
    every, collective = amcc.panel(), amcc.panel("collective")
    assert len(every) == len(collective) == len(load.rows("editions")) * len(Topic)
    assert every["outcomes"].sum() == len(load.rows("outcomes"))
    assert (every["act"].isna() == (every["outcomes"] == 0)).all()
    found = every[every["outcomes"] > 0]
    assert (found["act"].cat.codes + 1 == found["act_rank"]).all()
    outcomes = amcc.load_outcomes().groupby(["edition_id", "topic"], observed=True)["act_rank"]
    assert (
        found.set_index(["edition_id", "topic"])["act_rank"].to_dict() == outcomes.max().to_dict()
    )
    only = [row for row in load.rows("outcomes") if row["scope"] == "collective"]
    assert collective["outcomes"].sum() == len(only)
    for row in panel.panel_rows():
        alike = [
            outcome["scope"]
            for outcome in load.rows("outcomes")
            if (outcome["edition_id"], outcome["topic"]) == (row["edition_id"], row["topic"])
            if outcome["act"] == row["act"]
        ]
        assert row["scope"] in (alike or [None])
        assert row["scope"] == "collective" or "collective" not in alike
    partly = {edition["id"] for edition in limits.in_part(dataset())}
    unread = every[every["documents_whole"] == 0]
    assert set(unread["edition_id"]) == partly, "these and only these are shaded in figures"
    with pytest.raises(ValueError, match="write one of: collective"):
        amcc.panel("collectives")


def test_an_edition_knows_how_many_of_its_documents_were_read_whole() -> None:
    data = dataset()
    for edition in data["editions"]:
        rows = [("editions", edition["id"])] + [
            (table, row["id"])
            for table in ("participants", "outcomes", "initiative_events", "meetings")
            for row in data.having(table, "edition_id", edition["id"])
        ]
        behind = {claim["source_id"] for row in rows for claim in data.standing(*row)}
        whole = {source for source in behind if data.by_id("sources")[source]["read"] == "whole"}
        assert edition["documents"] == len(behind)
        assert edition["documents_whole"] == len(whole)
    for row in coverage.coverage_rows():
        assert row["documents_whole"] <= row["documents"]


def test_the_number_of_documents_is_the_same_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    totals = coverage.totals(dataset())
    claims = load.rows("provenance")
    assert totals["collected"] == len(load.rows("sources"))
    assert totals["cited"] == len({claim["source_id"] for claim in claims})
    assert totals["claims"] == len(claims)
    assert totals["overruled"] == sum(claim["standing"] == "overruled" for claim in claims)
    assert main([]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"{totals['cited']} documents make {totals['claims']} claims" in said
    part = totals["collected"] - totals["whole"]
    assert f"For {part} of the {totals['collected']} documents, only the beginning was read" in said


def test_evidence_is_the_same_with_and_without_pandas() -> None:
    for row_id in ("amcc-04", "amcc-08"):
        assert same(amcc.evidence_for("editions", row_id), amcc.evidence_rows("editions", row_id))


def test_the_public_names_are_those_of_a_star_import() -> None:
    names: dict[str, Any] = {}
    exec("from amcc_dataset import *", names)
    assert set(amcc.__all__) <= set(names)
    assert names["load_editions"] is amcc.load_editions
    text = pydoc.plain(pydoc.render_doc(amcc))
    assert [name for name in amcc.__all__ if name not in text] == ["__version__"]


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["timeline", "asean-regional-cret"], "asean-regional-cert"),
        (["status", "asean-regional-cret"], "asean-regional-cert"),
        (["thread", "norms_and_laws"], "norms_and_law"),
    ],
)
def test_unknown_names_are_answered_with_the_nearest(
    arguments: list[str], nearest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert f"write one of: {nearest}" in said or f"write {nearest}, if that is meant" in said


@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        (["timeline", "asean-regional-cert"], status.timeline_rows("asean-regional-cert")),
        (["thread", "norms_and_law"], threads.thread_rows("norms_and_law")),
        (["attendance"], attendance.attendance_rows()),
        (["status", "--on", "2023-01-01"], status.status_rows(None, dt.date(2023, 1, 1))),
    ],
    ids=lambda value: value[0] if isinstance(value[0], str) else "",
)
def test_the_command_prints_the_same_rows(
    arguments: list[str], rows: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(rows, default=str))
    assert main(arguments) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    assert set(header.split("\t")) <= set(rows[0])
    assert len(lines) == len(rows)


WRONG = [3, 1.5, b"x", ["amcc-01"], ("a",), {}, object(), pd.Series([1])]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: type(wrong).__name__)
def test_a_name_of_the_wrong_type_gets_one_line(wrong: Any) -> None:
    calls: list[Callable[[], object]] = [
        lambda: amcc.evidence_for(wrong, "amcc-01"),
        lambda: amcc.evidence_for("editions", wrong),
        lambda: amcc.evidence_for("editions", "amcc-01", wrong),
        lambda: amcc.status(wrong),
        lambda: amcc.timeline(wrong),
        lambda: amcc.thread(wrong),
        lambda: amcc.panel(wrong),
        lambda: amcc.rows(wrong),
        lambda: amcc.path("editions", wrong),
        lambda: amcc.schema("editions", wrong),
        lambda: amcc.describe(wrong),
        lambda: amcc.check([], wrong),
    ]
    for call in calls:
        with pytest.raises(
            ValueError, match=r"^there is no |^editions has no (row|column) "
        ) as error:
            call()
        assert "\n" not in str(error.value)


def test_a_misspelt_function_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(
        AttributeError, match="has no 'load_edition'; write load_editions, if that is meant"
    ):
        amcc.load_edition  # noqa: B018
