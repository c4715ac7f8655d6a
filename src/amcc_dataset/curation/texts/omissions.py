"""What a passage says but its claims leave out, or give less precisely.

What is claimed has to be in the text; wordings.py checks that. This module checks the opposite
for two things that are easy to miss: the office of a person, if a document makes claims on the
row of that person, and the day of a date, if only the month is claimed. Not here: how the words
of a passage are found (text.py), and forms of values (forms.py).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from amcc_dataset.curation.documents import Documents
from amcc_dataset.curation.statements import Passage, Statement
from amcc_dataset.curation.texts import forms
from amcc_dataset.curation.texts.forms import Names
from amcc_dataset.curation.texts.text import Difference
from amcc_dataset.model import passages, vocabularies

Words = Callable[[Passage], str | None]
"""Returns the words of a passage in the text of its document."""

_OFFICE = (
    r"(?i:(?:minister|secretary|head|chief executive|director[- ]general)[- ](?:for|of|in[- ]charge)\b"
    r"|secretary[- ]general\b|under-?secretary\b)"
    r"|\b(?!Deputy|Vice|Prime|Senior|Second|Assistant)[A-Z][a-z]+ Minister\b"
)
"""An office with its field; a mere form of address, such as Deputy Minister, does not count."""

_DATED = {
    ("initiative_events", "precision"): "date",
    ("meetings", "date_precision"): "date_start",
    ("instruments", "issued_precision"): "issued_on",
}


def holders(statements: Iterable[Statement]) -> Mapping[str, str]:
    """Return the person of each row of participants, if any document states one."""
    return {
        statement.row_id: str(statement.value)
        for statement in statements
        if (statement.table, statement.field) == ("participants", "person_id")
        and statement.value is not None
    }


def left_out(
    part: Documents, words: Words, names: Names, persons: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield the cells that a document's claims leave empty or less precise than its text."""
    yield from _offices(part, words, names, persons)
    yield from _days(part, words)


def _offices(
    part: Documents, words: Words, names: Names, persons: Mapping[str, str]
) -> Iterator[Difference]:
    rows: dict[str, list[Statement]] = defaultdict(list)
    for statement in part.statements:
        if statement.table == "participants" and statement.row_id in persons:
            rows[statement.row_id].append(statement)
    for row_id, statements in rows.items():
        if any(statement.field == "title_stated" for statement in statements):
            continue
        known = map(passages.normalise, names.get(persons[row_id], ()))
        name = rf"(?<!\w)(?i:{'|'.join(map(re.escape, known))})"
        before = rf"(?:{_OFFICE})[^.;:,]{{0,60}}{name}"
        after = rf"{name}(?: \([^)]*\))?, [^.;:,]{{0,40}}(?:{_OFFICE})"
        for statement in statements:
            printed = words(statement.passage) if statement.passage is not None else None
            if printed is not None and re.search(f"{before}|{after}", printed):
                assert statement.passage is not None
                cell = f"participants.{row_id}.title_stated"
                what = f"is left out, but passage {statement.passage.locator} gives an office in"
                yield Difference("offices_are_stated", cell, statement.place, what)
                break


def _days(part: Documents, words: Words) -> Iterator[Difference]:
    months = {
        (
            statement.table,
            statement.row_id,
            _DATED[statement.table, statement.field],
            statement.passage,
        )
        for statement in part.statements
        if (statement.table, statement.field) in _DATED
        and statement.value == vocabularies.DatePrecision.MONTH
    }
    for statement in part.statements:
        if statement.passage is None or (*statement.cell, statement.passage) not in months:
            continue
        if forms.has_a_day_of(statement.value, words(statement.passage) or ""):
            what = f"is a month, but passage {statement.passage.locator} gives the day in"
            yield Difference("days_are_stated", ".".join(statement.cell), statement.place, what)
