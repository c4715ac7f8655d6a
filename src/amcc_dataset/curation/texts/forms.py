"""The forms in which a document may write the value of a statement.

Dates are in words or figures, numbers are ordinals or in millions, states have several names,
and the code of an act means one of several verbs: those of docs/codebook.md, and others that
documents use in the same sense. Every form is a regular expression for normalised words. Not
here: where the words of a passage come from, and what a missing form means (verify.py).
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from amcc_dataset.curation.statements import COLUMNS, Statement
from amcc_dataset.model import passages
from amcc_dataset.model.vocabularies import Act, EventKind

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_CURRENCIES = {
    "SGD": r"(?<!\w)S\$|SGD|SG\$|Singapore dollar",
    "USD": r"US\$|USD|U\.?S\.? dollar|(?<!Singapore )dollars",
}
_BUDDHIST_ERA = 543
"""How many years the Thai calendar is ahead."""
_WEEK = "Singapore International Cyber Week"
"""A yearly event that documents name without the year."""
_ANY_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_EVERYWHERE = "asean"
"""The actor that our wordings may name even if the passage does not."""

_ACTS: Mapping[str, str] = {
    Act.NOTED: r"not(?:e|ed|es|ing)\b|took note",
    Act.REPORTED: r"report|present(?:s|ed|ing)\b|updat|shared|inform(?:s|ed|ing)\b|progress"
    r"|carr(?:y|ie|ying)|implement|complet|bring|works? on\b",
    Act.DISCUSSED: r"discuss|consider(?:s|ed|ing)?\b|exchang|talk|deliberat|debate",
    Act.RECOGNISED: r"recogni[sz]|acknowledg|saw\b|sees\b|appreciat|valu",
    Act.WELCOMED: "welcom|look(?:s|ed|ing)? forward",
    Act.AFFIRMED: r"affirm|commit(?:s|ted|ments?)?\b|pledg|vow|confirm",
    Act.REAFFIRMED: r"re-?(?:affirm|iterat|confirm|commit)|repeat|again\b|renew",
    Act.UNDERSCORED: "underscor|stress|highlight|emphasi|underlin",
    Act.CALLED_FOR: r"call|urg|ask|appeal|must\b|should\b|need|invit|priorit|can do more",
    Act.PROPOSED: "propos|suggest|put forward|offer",
    Act.RECOMMENDED: r"recommend|advise[sd]?\b",
    Act.TASKED: r"task(?:s|ed)?\b|direct(?:s|ed|ing|ions?|ives?)?\b|instruct|charged|mandat"
    "|assign|appoint|asked|will have a year",
    Act.ANNOUNCED: "announc|made known|unveil|reveal|will|to (?:be|set|launch|spend|hold|start)"
    "|plan|intend|sets? aside|setting aside|next",
    Act.SUPPORTED: "support",
    Act.AGREED_IN_PRINCIPLE: "in[- ]principle",
    Act.AGREED: "agree|concur|decid|consensus|subscri",
    Act.ENDORSED: "endors",
    Act.ADOPTED: r"adopt|approv|pass(?:ed|ing)?\b",
    Act.LAUNCHED: "launch|start|beg[au]n|inaugurat",
}
_STEPS: Mapping[str, str] = {
    EventKind.PROPOSED: rf"{_ACTS[Act.PROPOSED]}|recommend|views?\b",
    EventKind.ANNOUNCED: _ACTS[Act.ANNOUNCED],
    EventKind.TASKED: f"{_ACTS[Act.TASKED]}|requested",
    EventKind.DRAFTED: r"draft|tabled|develop(?:s|ed|ing|ment)?\b|prepar|writ|wrote|formulat|submit|work(?:ed|ing|s)?\b",
    EventKind.WELCOMED: "welcom|acknowledg|highlight|noted|concluded",
    EventKind.SUPPORTED: "support|stress|emphasi",
    EventKind.ENDORSED: r"endors|agree|approv|accept|in[- ]principle|back(?:ed|ing|s)\b|chosen",
    EventKind.ADOPTED: _ACTS[Act.ADOPTED],
    EventKind.FUNDED: r"fund(?:s|ed|ing)?\b|invest|S\$|SG[D$]|\$ ?[0-9]|money|financ"
    "|contribut|pledg|spen[dt]|set(?:s|ting)? aside|earmark",
    EventKind.ESTABLISHED: r"establish|set[- ]?up|form(?:ed|ation)\b|creat|founded|built",
    EventKind.LAUNCHED: f"{_ACTS[Act.LAUNCHED]}|commenc|(?:in|into) operation|introduc",
    EventKind.OPENED: r"open(?:s|ed|ing)\b|inaugurat",
    EventKind.CONVENED: r"conven|met\b|meeting|h[eo]ld|host|conduct|took (?:part|place)|r[au]n\b"
    "|organis|began|welcomes to|keynote|represented|implemented",
    EventKind.SIGNED: r"sign(?:s|ed|ing)?\b",
    EventKind.PUBLISHED: r"publish|releas(?:ed|es|ing)\b|issu(?:ed|ing)\b|made public|finali|launch",
    EventKind.REVIEWED: r"review|progress|report|updat|present(?:s|ed|ing)\b|discuss|stock|status"
    "|not(?:ed|es)|look(?:ed|s) at|complet",
    EventKind.UPDATED: "updat|revis",
    EventKind.EXTENDED: r"exten[ds]|prolong|widen|expan|renew|continu",
    EventKind.RENAMED: "renam",
    EventKind.MERGED: "merg",
    EventKind.CONCLUDED: r"conclu|end(?:ed|s)?\b",
}
_VERBS = {("outcomes", "act"): _ACTS, ("initiative_events", "kind"): _STEPS}

_FIGURES = r"(?<![0-9.,]){}(?![0-9]|[.,][0-9])"
"""A number that is not part of a longer one."""

Names = Mapping[str, list[str]]
"""The written forms of every actor and person by id."""


def is_verb(statement: Statement) -> bool:
    """Return whether the value of a statement is a code for a verb of the document."""
    return (statement.table, statement.field) in _VERBS


def is_in(statement: Statement, words: str, names: Names) -> bool:
    """Return whether some words contain the value of a statement in one of its written forms."""
    if isinstance(statement.value, dt.date) and not re.search(_year(statement.value), words):
        return False
    return _has(written_forms(statement, names), words)


def additions(wording: str, words: str, names: Names) -> Iterator[str]:
    """Yield the numbers and names in a wording of ours that are not in the words of a document.

    Examples
    --------
    >>> list(additions("Japan pays for 12 courses.", "twelve courses", {"jp": ["Japan"]}))
    ['Japan']
    >>> list(additions("10 courses", "tension at 1.10, in 10,000", {}))
    ['10']
    """
    ours = passages.normalise(wording)
    for number in re.findall(r"(?<![0-9.,])[0-9](?:[0-9.,]*[0-9])?", ours):
        spelt = _CARDINALS[int(number) : int(number) + 1] if number.isdecimal() else ()
        figures = _FIGURES.format(re.escape(number))
        if not _has([figures, *(rf"\b{word}\b" for word in spelt)], words):
            yield number
    for actor, forms in names.items():
        expressions = [_literal(form) for form in forms]
        named = [form for form in expressions if re.search(rf"{form}(?!\w)", ours)]
        if named and actor != _EVERYWHERE and not _has(expressions, words):
            yield forms[0]


def written_forms(statement: Statement, names: Names) -> Iterator[str]:
    """Yield regular expressions for the forms in which a statement's value may be written.

    Dates are written in words or figures, also within a range of days; numbers as figures,
    ordinals or millions; actors and people with each of their names; a currency with its
    signs; an act with its verbs; any other text as it is.
    """
    value = statement.value
    if isinstance(value, dt.date):
        yield from _date_forms(value)
    elif isinstance(value, int):
        yield from map(_FIGURES.format, _number_forms(statement.field, value))
    elif statement.field == "currency":
        yield _CURRENCIES.get(str(value), re.escape(str(value)))
    elif is_verb(statement):
        yield rf"(?<!\w)(?:{_VERBS[statement.table, statement.field][str(value)]})"
    else:
        yield from map(_literal, _text_forms(statement, str(value), names))


def _has(forms: Iterable[str], words: str) -> bool:
    return any(re.search(form, words, re.IGNORECASE) for form in forms)


def _literal(text: str) -> str:
    """Return an expression for the beginning of a word; short texts match only in the same case."""
    form = re.escape(passages.normalise(text))
    return rf"(?<!\w)(?-i:{form})" if len(text) < 5 else rf"(?<!\w){form}"


def _text_forms(statement: Statement, value: str, names: Names) -> Iterator[str]:
    if COLUMNS[statement.table][statement.field].ref in ("actors", "people"):
        yield from names.get(value, ())
    else:
        yield value
        if (statement.table, statement.field) == ("meetings", "name") and value.startswith(_WEEK):
            yield from (_WEEK, "SICW")


def _year(day: dt.date) -> str:
    return rf"(?<![0-9])(?:{day.year}|{day.year + _BUDDHIST_ERA})(?![0-9])"


def has_a_day_of(month: object, words: str) -> bool:
    """Return whether some words contain a day of a month, which is given by its first day.

    Examples
    --------
    >>> january = dt.date(2021, 1, 1)
    >>> has_a_day_of(january, "on January 21 and 22"), has_a_day_of(january, "in January 2021")
    (True, False)
    """
    return isinstance(month, dt.date) and _has(_in_words(month, _ANY_DAY), words)


def _date_forms(day: dt.date) -> Iterator[str]:
    yield from _in_words(day, rf"0?{day.day}(?:st|nd|rd|th)?")
    yield rf"(?<![0-9])0?{day.day}(?P<to>[-/.])0?{day.month}(?P=to){day.year}(?![0-9])"
    yield day.isoformat()
    if day.day == 1:
        yield rf"{_month(day)} {day.year}|{day.isoformat()[:7]}(?![0-9])"
        if day.month == 1:
            yield rf"(?<![0-9]){day.year}(?![0-9])"


def _month(day: dt.date) -> str:
    month = _MONTHS[day.month - 1]
    return rf"{month[:3]}(?:t|{month[3:]})?\b"


def _in_words(day: dt.date, one: str) -> Iterator[str]:
    """Yield the forms of one day of a month, also within a range of days, with the month's name."""
    to = r" ?(?:-|to|and|until) ?"
    of_its_year = rf"(?!,? *(?!{_year(day)})[0-9]{{4}})"
    yield rf"(?<![0-9])(?:{_ANY_DAY}{to})?{one}(?:{to}{_ANY_DAY})? {_month(day)}{of_its_year}"
    yield rf"{_month(day)} (?:{_ANY_DAY}{to})?{one}(?![0-9]){of_its_year}"


def _number_forms(field: str, number: int) -> Iterator[str]:
    if field in ("number", "ordinal"):
        yield rf"(?:{number}(?:st|nd|rd|th)\b|(?<=AMCC-){number})"
        yield from (rf"\b{word}\b" for word in _ORDINALS[number - 1 : number])
        if number == 1:
            yield r"\binaugural"
        return
    yield str(number)
    yield f"{number:,}"
    if field == "year":
        yield str(number + _BUDDHIST_ERA)
    if number >= 100_000:
        # Exact, not rounded: 9,999,999 is not 10 million.
        millions = f"{Decimal(number).scaleb(-6).normalize():f}"
        yield rf"{re.escape(millions)} ?(?:million|m|mil)\b"
