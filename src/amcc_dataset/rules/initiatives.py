"""The rules on initiatives, and on the order and dates of their events."""

import datetime as dt

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.lifecycle import SUCCESSORS, period_end
from amcc_dataset.model.vocabularies import DatePrecision, Scope
from amcc_dataset.rules.rule import Breaches, row_rule, rule


@row_rule
def first_editions_come_first(data: Dataset) -> Breaches:
    """No edition before an initiative's first has an outcome or an event that concerns it."""
    for initiative, first in data.joined("initiatives", "first_edition_id", "editions"):
        for table in ("outcomes", "initiative_events"):
            for row in data.having(table, "initiative_id", initiative["id"]):
                edition = data.row("editions", row["edition_id"])
                if edition is not None and edition["number"] < first["number"]:
                    what = f"first_edition_id is {first['id']}, but {row['id']} is of {edition['id']}, an earlier edition"
                    remedy = "write the earlier edition, or correct that row"
                    yield "initiatives", initiative["id"], "first_edition_id", what, remedy


@rule
def initiatives_show_their_relation(data: Dataset) -> Breaches:
    """An initiative that the conference agreed on has an outcome that shows it, an announced one an event."""
    acts = list(vocabularies.Act)
    agreed = set(acts[acts.index(vocabularies.Act.AGREED_IN_PRINCIPLE) :])
    shown = {
        (row["initiative_id"], vocabularies.Relation.AGREED_BY)
        for row in data["outcomes"]
        if row["scope"] == Scope.COLLECTIVE and row["act"] in agreed
    } | {
        (row["initiative_id"], vocabularies.Relation.ANNOUNCED_AT)
        for row in data["initiative_events"]
        if row["edition_id"] is not None
    }
    for row in data["initiatives"]:
        relation = row["relation"]
        if relation != vocabularies.Relation.FOLLOWED_BY and (row["id"], relation) not in shown:
            what = f"relation is {relation}, but no outcome or event shows it"
            remedy = "correct the relation, or name the initiative in that outcome or event"
            yield "initiatives", row["id"], "relation", what, remedy


@row_rule
def events_come_in_a_permitted_order(data: Dataset) -> Breaches:
    """No event of an initiative certainly comes after one that rules it out."""
    for rows in data.groups("initiative_events", "initiative_id").values():
        ends = {row["id"]: period_end(row["date"], row["precision"]) for row in rows}
        over = sorted(rows, key=lambda row: ends[row["id"]], reverse=True)
        before: dict[str, Row] = {}
        for row in sorted(rows, key=lambda row: row["date"]):
            while over and ends[over[-1]["id"]] < row["date"]:
                earlier = over.pop()
                before.setdefault(earlier["kind"], earlier)
            for kind, earlier in before.items():
                if row["kind"] not in SUCCESSORS[vocabularies.EventKind(kind)]:
                    what = f"kind is {row['kind']} on {row['date']}, but it was {kind} before, in {earlier['id']}"
                    remedy = "correct the kind or date of one of the two"
                    yield "initiative_events", row["id"], "kind", what, remedy


@row_rule
def events_at_an_edition_happened_on_its_days(data: Dataset) -> Breaches:
    """The day or period of an event at an edition includes a day of the edition."""
    for row, edition in data.joined("initiative_events", "edition_id", "editions"):
        last = period_end(row["date"], row["precision"])
        # Sorted, because days in the wrong order are reported by a rule of their own.
        begins, ends = sorted((edition["date_start"], edition["date_end"]))
        if last < begins or ends < row["date"]:
            what = f"date is {row['date']} ({row['precision']}), but {edition['id']} met from {edition['date_start']} to {edition['date_end']}"
            remedy = "correct the date, or leave edition_id out"
            yield "initiative_events", row["id"], "date", what, remedy


@row_rule
def restatements_tell_a_pledge_again(data: Dataset) -> Breaches:
    """An event restates the first pledge of the same money for the same initiative, and both have amounts."""
    for row, first in data.joined("initiative_events", "restates_id", "initiative_events"):
        if row["initiative_id"] != first["initiative_id"]:
            what = f"restates_id is {first['id']}, which is about {first['initiative_id']}"
        elif row["amount"] is None or first["amount"] is None:
            what = f"restates_id is {first['id']}, but one of the two has no amount"
        elif first["restates_id"] is not None:
            what = f"restates_id is {first['id']}, which itself restates {first['restates_id']}"
        else:
            continue
        remedy = "name the first event on the same pledge, or leave restates_id out"
        yield "initiative_events", row["id"], "restates_id", what, remedy


DATED = (
    ("initiative_events", "date", "precision"),
    ("meetings", "date_start", "date_precision"),
    ("instruments", "issued_on", "issued_precision"),
    ("sources", "published_on", "published_precision"),
)


def _is_first(day: dt.date, precision: str) -> bool:
    """Return whether a day is the first of a period of that length.

    Examples
    --------
    >>> _is_first(dt.date(2022, 4, 1), "quarter"), _is_first(dt.date(2022, 4, 1), "year")
    (True, False)
    """
    months = {DatePrecision.MONTH: 1, DatePrecision.QUARTER: 3, DatePrecision.YEAR: 12}
    every = months.get(DatePrecision(precision))
    return every is None or (day.day == 1 and (day.month - 1) % every == 0)


@row_rule
def coarse_dates_are_the_first_day_of_their_period(data: Dataset) -> Breaches:
    """A date that is known only to the month, quarter or year is its first day."""
    for table, field, precision in DATED:
        for row in data[table]:
            if row[field] and row[precision] and not _is_first(row[field], row[precision]):
                what = f"{field} is {row[field]}, but known only to the {row[precision]}"
                remedy = f"write the first day of the {row[precision]}, or another precision"
                yield table, row["id"], field, what, remedy
