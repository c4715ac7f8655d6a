"""The questions: frames and plain rows say the same, and what the tables say."""

import datetime as dt
import json
from typing import Any

import pandas as pd
import pytest

import amcc_dataset as amcc
from amcc_dataset.cli import main
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import STANDS
from amcc_dataset.model.tables import TABLES, Origin
from amcc_dataset.model.vocabularies import Act, Presence, Topic
from amcc_dataset.reading import attendance, frames, load, status, threads
from amcc_dataset.reading.evidence import evidence_rows
from amcc_dataset.reading.packaged import dataset

INITIATIVES = [row["id"] for row in load.rows("initiatives")]

each_initiative = pytest.mark.parametrize("initiative_id", INITIATIVES)
each_topic = pytest.mark.parametrize("topic", [topic.value for topic in Topic])


def same(frame: pd.DataFrame, rows: list[dict[str, Any]]) -> bool:
    """Tell whether a frame has the rows, with null where they have None."""
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
    known = participants["level"] != "unspecified"
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


def test_a_line_of_outcomes_has_one_first() -> None:
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


def test_frames_keep_their_types_without_rows() -> None:
    nothing = amcc.status("asean-regional-cert", on=dt.date(2000, 1, 1))
    assert nothing["status"].isna().all()
    for frame, names in (
        (frames.frame([], status.TIMELINE), status.TIMELINE),
        (frames.frame([], threads.THREAD), threads.THREAD),
    ):
        assert list(frame) == list(names)
    everything = amcc.timeline("asean-regional-cert")
    assert (frames.frame([], status.TIMELINE).dtypes == everything.dtypes).all()


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
    assert f"write one of: {nearest}" in capsys.readouterr().err


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
