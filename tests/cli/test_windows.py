"""Which columns a narrow window shows, and which notes are printed with a table."""

import json
import re
from collections.abc import Callable

import pytest

from amcc_dataset import cli
from amcc_dataset.cli import output
from amcc_dataset.cli.attendance import MARKS
from amcc_dataset.cli.coverage import NOTES
from amcc_dataset.cli.show import KEEP
from amcc_dataset.model.limits import caveat, in_part
from amcc_dataset.model.vocabularies import Presence
from amcc_dataset.model.words import brief
from amcc_dataset.reading import load, status, store, threads
from amcc_dataset.reading.attendance import COUNTED, attendance_rows
from amcc_dataset.reading.coverage import coverage_rows
from amcc_dataset.reading.packaged import dataset

Window = Callable[..., list[str]]
HIDDEN = "Hidden columns (window too narrow): "


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Window:
    """Return a function that runs the command in a window and returns the printed lines."""

    def run(columns: int, *words: str) -> list[str]:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", "dumb")
        assert cli.main(words) == 0
        return capsys.readouterr().out.splitlines()

    return run


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_attendance_has_every_edition_in_any_window(window: Window, columns: int) -> None:
    head, *lines = window(columns, "attendance")
    editions = [row["id"] for row in load.rows("editions")]
    assert head.split() == ["actor", *(edition.rpartition("-")[2] for edition in editions)]
    rows, used = attendance_rows(), set()
    for line, row in zip(lines, rows, strict=False):
        assert line.startswith(row["actor"])
        for edition in editions:
            place = head.index(edition.rpartition("-")[2])
            code = row[edition]
            used.add(code)
            assert line[place : place + 2].strip() == (MARKS[code][0] if code else "")
    legend = lines[len(rows) :]
    assert {line for line in legend if line[:2].strip()} >= {
        f"{MARKS[code][0]:<2} {MARKS[code][1]}" for code in used if code
    }
    assert any("never means absent" in line for line in legend)
    assert not any(line.startswith(HIDDEN) for line in legend)
    assert all(output.width(line) <= max(columns, 80) for line in legend)


def test_every_presence_has_a_mark_of_its_own() -> None:
    codes = {f"{code}{how}" for code in Presence for how in ("", COUNTED)}
    assert MARKS.keys() == codes
    assert len({mark for mark, _ in MARKS.values()}) == len(codes)
    assert all(("counted in a group" in MARKS[code][1]) == (COUNTED in code) for code in codes)


@pytest.mark.parametrize("table", KEEP)
def test_a_narrow_window_shows_what_the_rows_are_about(window: Window, table: str) -> None:
    columns = [field["name"] for field in store.fields(table)]
    assert set(KEEP[table]) < set(columns)
    head, *lines = window(130, "show", table)
    said = [line for line in lines if line.startswith(HIDDEN)]
    hidden = said[0].removeprefix(HIDDEN).partition(";")[0].split(", ") if said else []
    shown = [name for name in columns if name not in hidden]
    assert len(head.split()) == len(shown), "what is hidden is named, and nothing else is"
    assert set(KEEP[table]) <= set(shown)


def test_every_table_names_the_columns_that_it_keeps() -> None:
    assert list(KEEP) == store.tables()


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("coverage",), ("documents", "documents_who")),
        (("timeline", "asean-regional-cert"), ("date", "kind", "summary")),
        (("thread", "norms_and_law"), ("act", "scope", "title")),
        (("show", "outcomes"), ("act", "scope", "title")),
        (("show", "participants"), ("presence", "named_by")),
    ],
    ids=lambda words: " ".join(words) if len(words) < 3 else "",
)
def test_eighty_columns_keep_what_matters(
    window: Window, words: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    head, *lines = window(80, *words)
    assert all(name in head for name in kept)
    assert all(output.width(line) <= 80 for line in lines if not line.startswith(HIDDEN))


def test_days_are_shown_at_their_precision_and_with_the_latest_step(window: Window) -> None:
    _, *lines = window(400, "status")
    shown = {line.split()[0]: line for line in lines}
    for row in status.status_rows():
        line = shown[row["initiative_id"]]
        for step in ("first", "latest"):
            day = brief(row[step], row[f"{step}_precision"])
            assert f"{day} {row[f'{step}_kind']}" in line
        if row["since"]:
            assert line.split()[2] == brief(row["since"], row["precision"])
    head, *lines = window(80, "status")
    assert all(name in head for name in ("status", "since", "latest"))
    assert "2018-09-19" in next(one for one in lines if one.startswith("coordination-mechanism"))
    steps = window(140, "timeline", "coordination-mechanism")
    assert re.match(r"2019 +drafted", steps[6])
    assert not re.search(r"20\d\d-01-01 +drafted", "\n".join(steps))


def test_a_note_on_a_thread_says_what_was_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["thread", "norms_and_law"]) == 0
    printed, said = capsys.readouterr()
    rows = threads.thread_rows("norms_and_law")
    assert len(printed.splitlines()) == 1 + len(rows), "a pipe gets only the rows"
    found = {row["edition_id"] for row in rows}
    missing = [edition["id"] for edition in in_part(dataset()) if edition["id"] not in found]
    assert missing
    assert ", ".join(missing) in said
    assert caveat(dataset()) in said
    assert cli.main(["thread", "norms_and_law", "--json"]) == 0
    printed, said = capsys.readouterr()
    assert len(json.loads(printed)) == len(rows)
    assert said == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "outcomes"], "What is missing here was not found"),
        (["show", "participants"], "only counted in a group"),
        (["show", "initiative_events"], "restates_id"),
        (["timeline", "coordination-mechanism"], "continued by asean-cyber-cc"),
        (["timeline", "ascce"], "operating since 2019-10-02; latest step: 2025-10-22 announced"),
        (["timeline", "accp"], "accp-funded-2017 is about the same money as accp-announced-2016"),
        (["attendance"], "empty: unknown, never absent"),
        (["coverage"], "count cells"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_notes_say_what_the_rows_do_not_say(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 0
    assert said in capsys.readouterr().err
    assert cli.main(["show", "editions"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", ["attendance", "coverage"])
def test_json_has_no_notes(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--json"]) == 0
    assert capsys.readouterr().err == ""


def test_a_legend_is_printed_only_once(window: Window, capsys: pytest.CaptureFixture[str]) -> None:
    assert any("never means absent" in line for line in window(100, "attendance"))
    assert capsys.readouterr().err == ""


def test_the_notes_on_coverage_name_every_count() -> None:
    said = " ".join(NOTES).replace(",", " ").replace(":", " ").split()
    assert {*coverage_rows()[0]} - {"edition", "table"} <= {*said}
