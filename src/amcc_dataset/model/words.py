"""Dates, amounts and ordinals in plain English, for everything that a person reads.

Pages, figures and commands write a value in the same words. Standard library only. Not here:
the text of a cell in a file (cells.py), and the labels of codes (vocabularies.py).
"""

import datetime as dt

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)

_QUARTERS = ("first", "second", "third", "fourth")


def day(date: dt.date) -> str:
    """Return a date in words.

    Examples
    --------
    >>> day(dt.date(2019, 10, 2))
    '2 October 2019'
    """
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def when(date: dt.date, precision: str) -> str:
    """Return a date in words, as exactly as it is known.

    Parameters
    ----------
    date
        First day of the period.
    precision
        A code of the vocabulary `date_precision`.

    Examples
    --------
    >>> when(dt.date(2019, 10, 1), "quarter")
    'fourth quarter of 2019'
    """
    quarter = _QUARTERS[(date.month - 1) // 3]
    return {
        "day": day(date),
        "month": f"{MONTHS[date.month - 1]} {date.year}",
        "quarter": f"{quarter} quarter of {date.year}",
        "year": str(date.year),
    }[precision]


def brief(date: dt.date, precision: str) -> str:
    """Return a date in digits, as exactly as it is known.

    Examples
    --------
    >>> [brief(dt.date(2017, 4, 1), precision) for precision in ("day", "month", "quarter", "year")]
    ['2017-04-01', '2017-04', '2017-Q2', '2017']
    """
    if precision == "quarter":
        return f"{date.year}-Q{(date.month + 2) // 3}"
    return date.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def days(first: dt.date, last: dt.date) -> str:
    """Return a span of days in words; month and year are written once if both ends share them.

    Examples
    --------
    >>> days(dt.date(2019, 10, 1), dt.date(2019, 10, 3))
    '1 to 3 October 2019'
    >>> days(dt.date(2017, 11, 30), dt.date(2017, 12, 1))
    '30 November to 1 December 2017'
    >>> days(dt.date(2019, 10, 2), dt.date(2019, 10, 2))
    '2 October 2019'
    """
    if first == last:
        return day(first)
    start = day(first)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
        if first.month == last.month:
            start = str(first.day)
    return f"{start} to {day(last)}"


def number(value: int) -> str:
    """Return a number with commas between the thousands.

    Examples
    --------
    >>> number(5334)
    '5,334'
    """
    return f"{value:,}"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, in the singular or plural.

    Examples
    --------
    >>> [counted(count, "outcome") for count in (0, 1, 1200)]
    ['no outcomes', '1 outcome', '1,200 outcomes']
    """
    return f"{number(count) if count else 'no'} {noun}{'s' * (count != 1)}"


def money(amount: int) -> str:
    """Return an amount in words.

    Examples
    --------
    >>> money(10_100_000), money(500_000)
    ('10.1 million', '500,000')
    """
    return f"{amount / 10**6:g} million" if amount >= 10**6 else number(amount)


def ordinal(value: int) -> str:
    """Return an ordinal number.

    Examples
    --------
    >>> [ordinal(value) for value in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    teens = 10 < value % 100 < 14
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def sentence(words: str) -> str:
    """Return words with a capital first letter and the rest unchanged.

    Examples
    --------
    >>> sentence("adopted by the UN")
    'Adopted by the UN'
    """
    return words[:1].upper() + words[1:]
