"""What to write instead of a value that has the right type but does not fit its column.

A pattern does not say what to do. The sentences here do, one for each kind of value. Not here:
what fits (tables.py), and values of another type (cells.py).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from amcc_dataset.model.cells import Value
from amcc_dataset.model.columns import TYPES, Column, columns_of
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.tables import SLUG, TEXT, Row

_MOST = 5
"""The most cells of one row that `summary` describes."""

CURRENCIES = {
    "S$": "SGD", "SG$": "SGD", "US$": "USD", "$": "SGD or USD", "A$": "AUD", "RM": "MYR",
    "€": "EUR", "£": "GBP", "¥": "JPY or CNY", "฿": "THB", "₱": "PHP", "₫": "VND", "Rp": "IDR",
}  # fmt: skip
"""The codes of the currency signs that documents print."""

_PATTERNS = {
    SLUG: "write only lower-case letters from a to z, digits and single hyphens between them",
    "^https?": "write the address of a page, with https:// and without spaces",
    "^[0-9a-f]{64}$": "write a SHA-256 digest: 64 digits from 0 to 9 and a to f",
    "^c[0-9a-f]{15}$": "write c and 15 digits from 0 to 9 and a to f",
    "^[a-z_]+$": "write lower-case letters from a to z and underscores",
    "^[A-Z]{2}$": "write two capital letters, as in ISO 3166",
    "^[A-Z]{3}$": "write three capital letters",
    "^[a-z]{2,3}(": "write a language as in BCP 47, such as en or zh-Hans",
    "^(p(": "write p1, p2 … for a paragraph, printed 3, heading 2, or the name of a part, such as "
    "headline, standfirst, salutation, summary or caption",
}
"""What to write, by the beginning of the column's pattern."""


_TYPES = {
    "string": "write a text",
    "integer": "write a whole number",
    "date": "write a date, such as datetime.date(2019, 10, 2)",
}


def summary(row_class: type[Row], faults: Sequence[Mapping[str, Any]]) -> str:
    """Return one line on the cells of a row that do not fit, from the errors of pydantic.

    Examples
    --------
    >>> from amcc_dataset.model.tables import TABLES
    >>> summary(TABLES["people"], [{"loc": ("name",), "type": "missing", "input": {}}])
    'Person does not fit: name is missing'
    """
    said = [_said(row_class, fault) for fault in faults[:_MOST]]
    more = f"; and {len(faults) - _MOST} more" if len(faults) > _MOST else ""
    return f"{row_class.__name__} does not fit: {'; '.join(said)}{more}"


def _said(row_class: type[Row], fault: Mapping[str, Any]) -> str:
    if not fault["loc"]:
        return str(fault["msg"])
    name, wrong = str(fault["loc"][0]), fault["input"]
    known = columns_of(row_class.TABLE.name)
    if fault["type"] == "missing":
        return f"{name} is missing"
    if name not in known:
        return f"{name} is not a column, {one_of(name, known)}"
    column = known[name]
    shown = f"{name} is {' '.join(repr(wrong).split()):.60}"
    if column.vocabulary is not None:
        return f"{shown}, {one_of(str(wrong), column.vocabulary)}"
    right = type(wrong) is TYPES[column.type].python
    return f"{shown}, {instead(column, wrong) if right else _TYPES[column.type]}"


def _wording(column: Column) -> str:
    """Return how the texts of a column are written that has a pattern of its own."""
    begins = (column.pattern or "").startswith
    found = (words for begin, words in _PATTERNS.items() if begins(begin))
    return next(found, f"write: {column.description}")


def instead(column: Column, wrong: Value) -> str:
    """Return what to write instead of a value of the right type that does not fit its column.

    Examples
    --------
    >>> from amcc_dataset.model.columns import columns_of
    >>> instead(columns_of("initiative_events")["currency"], "S$")
    'write SGD'
    >>> instead(columns_of("editions")["city"], " Singapore")
    'remove the spaces at its ends'
    >>> instead(columns_of("editions")["number"], 0)
    'write a number from 1 to 999'
    """
    if not isinstance(wrong, str):
        return f"write a number from {column.minimum} to {column.maximum}"
    if column.name == "currency" and wrong in CURRENCIES:
        return f"write {CURRENCIES[wrong]}"
    if not wrong:
        if column.nullable:
            return "leave it out: what is not known is null, not an empty text"
        return "write a text"
    if column.max_length is not None and len(wrong) > column.max_length:
        return f"write at most {column.max_length} characters, not {len(wrong)}"
    if column.pattern != TEXT:
        return _wording(column)
    if wrong != wrong.strip():
        return "remove the spaces at its ends"
    if wrong[0] in "=+-@":
        return f"begin with a letter, digit or bracket: {wrong[0]} begins a formula in spreadsheets"
    return "write it on one line, without control characters"
