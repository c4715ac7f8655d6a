"""What to write instead of a value that has the right type but does not fit its column.

A pattern does not say what to do. The sentences here do, one for each kind of value. Not here:
what fits (tables.py), and values of another type (cells.py).
"""

from amcc_dataset.model.cells import Value
from amcc_dataset.model.columns import Column
from amcc_dataset.model.tables import SLUG, TEXT

CURRENCIES = {
    "S$": "SGD", "SG$": "SGD", "US$": "USD", "$": "SGD or USD", "A$": "AUD", "RM": "MYR",
    "€": "EUR", "£": "GBP", "¥": "JPY or CNY", "฿": "THB", "₱": "PHP", "₫": "VND", "Rp": "IDR",
}  # fmt: skip
"""The codes of the currency signs that documents print."""

_PATTERNS = {
    SLUG: "write lower-case letters from a to z, digits and single hyphens, like amcc-11",
    TEXT: "write one line without spaces at its ends, and do not begin it with =, +, - or @",
    "^https?": "write the address of a page, with https:// and without spaces",
    "^[0-9a-f]{64}$": "write a SHA-256 digest: 64 digits from 0 to 9 and a to f",
    "^[A-Z]{2}$": "write two capital letters, as in ISO 3166",
    "^[A-Z]{3}$": "write three capital letters",
    "^[a-z]{2,3}(": "write a language as in BCP 47, such as en or zh-Hans",
    "^(p(": "write p1, p2 … for a paragraph, printed 3, heading 2, or the name of a part, such as "
    "headline, standfirst, salutation, summary or caption",
}
"""What to write, by the beginning of the column's pattern."""


def wording(column: Column) -> str:
    """Return how the texts of a column are written.

    Examples
    --------
    >>> from amcc_dataset.model.columns import columns_of
    >>> wording(columns_of("editions")["city"])
    'write one line without spaces at its ends, and do not begin it with =, +, - or @'
    """
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
        return "leave it out: what no document states stays empty"
    if column.max_length is not None and len(wrong) > column.max_length:
        return f"write at most {column.max_length} characters, not {len(wrong)}"
    if column.pattern != TEXT:
        return wording(column)
    if wrong != wrong.strip():
        return "remove the spaces at its ends"
    if wrong[0] in "=+-@":
        return f"begin with a letter, digit or bracket: {wrong[0]} begins a formula in spreadsheets"
    return "write it on one line, without control characters"
