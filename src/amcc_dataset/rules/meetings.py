"""The rules on meetings around and inside the conference, and on steps taken at them."""

import datetime as dt
import re

from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.lifecycle import period_end
from amcc_dataset.model.vocabularies import DatePrecision, MeetingKind
from amcc_dataset.rules.rule import Breaches, row_rule

_PARTS = (MeetingKind.CYBER_WEEK, MeetingKind.SESSION, MeetingKind.COURTESY_CALL)
"""The kinds that are part of an edition, or tied to one."""


@row_rule
def last_days_follow_known_first_days(data: Dataset) -> Breaches:
    """A meeting has a last day only if its first day is known, and the last day is not earlier."""
    for row in data["meetings"]:
        start, end, precision = row["date_start"], row["date_end"], row["date_precision"]
        # If only one of start and precision is filled, the rule on pairs reports it.
        if end is None or (start is None) != (precision is None):
            continue
        if precision != DatePrecision.DAY:
            lacking = "date_start is null" if start is None else f"date_precision is {precision}"
            what = f"date_end is {end}, but {lacking}"
            remedy = "write the first day in date_start and day in date_precision, or leave date_end empty"
            yield "meetings", row["id"], "date_end", what, remedy
        elif end < start:
            what = f"date_end is {end}, but date_start is {start}"
            yield "meetings", row["id"], "date_end", what, "correct one of the two"


@row_rule
def parts_of_an_edition_name_it(data: Dataset) -> Breaches:
    """A cyber week, a session or a courtesy call belongs to an edition."""
    for row in data["meetings"]:
        if row["kind"] in _PARTS and row["edition_id"] is None:
            what = f"kind is {row['kind']}, but edition_id is null"
            remedy = "name the edition, or correct the kind"
            yield "meetings", row["id"], "edition_id", what, remedy


@row_rule
def an_edition_has_one_cyber_week(data: Dataset) -> Breaches:
    """An edition has at most one cyber week."""
    first: dict[str, str] = {}
    for row in data["meetings"]:
        if row["kind"] == MeetingKind.CYBER_WEEK and row["edition_id"] is not None:
            other = first.setdefault(row["edition_id"], row["id"])
            if other != row["id"]:
                what = f"{other} is also the cyber week of {row['edition_id']}"
                yield "meetings", row["id"], "edition_id", what, "correct one of the two"


@row_rule
def cyber_weeks_are_of_the_year_of_their_edition(data: Dataset) -> Breaches:
    """A year in the name of a cyber week is the year of its edition."""
    for row, edition in data.joined("meetings", "edition_id", "editions"):
        years = re.findall("[0-9]{4}", row["name"] if row["kind"] == MeetingKind.CYBER_WEEK else "")
        if any(int(year) != edition["year"] for year in years):
            what = f"name is {row['name']!r}, but {edition['id']} is of {edition['year']}"
            remedy = "correct the name or the edition"
            yield "meetings", row["id"], "name", what, remedy


def _apart(row: Row, first: dt.date, last: dt.date) -> bool:
    """Return whether a meeting certainly took place before or after a span of days."""
    if row["date_start"] is None or row["date_precision"] is None:
        return False
    end = row["date_end"] or period_end(row["date_start"], row["date_precision"])
    return bool(end < first or last < row["date_start"])


def _days(row: Row) -> str:
    until = f" to {row['date_end']}" if row["date_end"] else ""
    return f"{row['date_start']}{until} ({row['date_precision']})"


@row_rule
def cyber_weeks_and_sessions_have_days_of_their_edition(data: Dataset) -> Breaches:
    """The days or period of a cyber week or session include a day of the edition."""
    for row, edition in data.joined("meetings", "edition_id", "editions"):
        within = row["kind"] in (MeetingKind.CYBER_WEEK, MeetingKind.SESSION)
        # Sorted, because days in the wrong order are reported by a rule of their own.
        if within and _apart(row, *sorted((edition["date_start"], edition["date_end"]))):
            what = f"the meeting was on {_days(row)}, but {edition['id']} from {edition['date_start']} to {edition['date_end']}"
            remedy = "correct the days or the edition"
            yield "meetings", row["id"], "date_start", what, remedy


@row_rule
def steps_at_a_meeting_happened_on_its_days(data: Dataset) -> Breaches:
    """The day or period of an event at a meeting includes a day of the meeting."""
    for row, meeting in data.joined("initiative_events", "meeting_id", "meetings"):
        if _apart(meeting, row["date"], period_end(row["date"], row["precision"])):
            what = f"date is {row['date']} ({row['precision']}), but {meeting['id']} met on {_days(meeting)}"
            remedy = "correct the date, add the meeting's last day, or leave meeting_id out"
            yield "initiative_events", row["id"], "date", what, remedy
