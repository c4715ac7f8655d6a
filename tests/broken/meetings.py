"""Mutants of the rules on meetings."""

from collections.abc import Iterator

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules import meetings
from broken.corruption import ABSENT, DAILY, DAY, Corruption, add, change, mutant


@mutant(meetings.last_days_follow_known_first_days)
def a_last_day_too_early_or_after_a_coarse_date(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["meetings"]:
        if row["date_start"] is not None:
            yield change("meetings", row, date_end=row["date_start"] - DAY, date_precision=DAILY)
            for coarse in set(vocabularies.DatePrecision) - {DAILY}:
                yield change("meetings", row, date_end=row["date_start"], date_precision=coarse)


@mutant(meetings.parts_of_an_edition_name_it)
def a_session_of_no_edition(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["meetings"]:
        for kind in ("cyber_week", "session", "courtesy_call"):
            yield change("meetings", row, kind=vocabularies.MeetingKind(kind), edition_id=None)


@mutant(meetings.an_edition_has_one_cyber_week)
def a_second_cyber_week(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["meetings"]:
        if row["kind"] == vocabularies.MeetingKind.CYBER_WEEK:
            yield add("meetings", row, id=ABSENT)


@mutant(meetings.cyber_weeks_are_of_the_year_of_their_edition)
def a_cyber_week_of_another_year(tables: Dataset) -> Iterator[Corruption]:
    years = {row["id"]: row["year"] for row in tables["editions"]}
    for row in tables["meetings"]:
        if row["kind"] == vocabularies.MeetingKind.CYBER_WEEK:
            for year in (years[row["edition_id"]] - 1, years[row["edition_id"]] + 1):
                yield change("meetings", row, name=f"A Week {year}")


@mutant(meetings.cyber_weeks_and_sessions_have_days_of_their_edition)
def a_session_long_before_or_after(tables: Dataset) -> Iterator[Corruption]:
    editions = tables.by_id("editions")
    for row in tables["meetings"]:
        if row["kind"] in ("cyber_week", "session"):
            edition = editions[row["edition_id"]]
            alone = {"date_precision": DAILY, "date_end": None}
            for day in (edition["date_start"] - DAY, edition["date_end"] + DAY):
                yield change("meetings", row, date_start=day, **alone)
            last = {"date_end": edition["date_start"] - DAY, "date_precision": DAILY}
            yield change("meetings", row, date_start=edition["date_start"] - 9 * DAY, **last)
            year = edition["date_start"].replace(month=1, day=1, year=edition["year"] - 1)
            coarse = {"date_precision": vocabularies.DatePrecision.YEAR, "date_end": None}
            yield change("meetings", row, date_start=year, **coarse)


@mutant(meetings.steps_at_a_meeting_happened_on_its_days)
def a_step_on_another_day_than_the_meeting(tables: Dataset) -> Iterator[Corruption]:
    meetings = tables.by_id("meetings")
    for row in tables["initiative_events"]:
        if row["meeting_id"] and meetings[row["meeting_id"]]["date_start"]:
            yield change("initiative_events", row, date=row["date"] + 400 * DAY)
            yield change("initiative_events", row, date=row["date"] - 400 * DAY)
