"""The one codec of cells, between what a CSV or TOML file has and the value that it means.

A cell holds a text, a whole number, a date or nothing. All reading and writing of tables uses
this module, so that a wrong cell gets the same message everywhere. Standard library only.
Not here: the type of a column (columns.py), and its other constraints (tables.py).
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from amcc_dataset.model.vocabularies import Vocabulary

Type = Literal["string", "integer", "date"]
"""The types that a column can have."""

Value = str | int | dt.date
"""The value of a cell that is not null."""

V = TypeVar("V", bound="Vocabulary")


def to_text(value: object) -> str:
    """Return the text of a cell in a CSV file; null is the empty text.

    Examples
    --------
    >>> to_text(dt.date(2019, 10, 2)), to_text(4), to_text(None)
    ('2019-10-02', '4', '')
    """
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _integer(written: str) -> int:
    if not re.fullmatch("-?[0-9]{1,18}", written):
        raise ValueError("write a whole number of at most 18 digits")
    return int(written)


def _date(written: str) -> dt.date:
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        try:
            return dt.date.fromisoformat(written)
        except ValueError:
            raise ValueError("write a day that exists, like 2019-10-02") from None
    raise ValueError("write a date like 2019-10-02")


PARSERS: Mapping[Type, Callable[[str], Value]] = {"string": str, "integer": _integer, "date": _date}
"""For each type, the function that turns the text of a filled cell into a value."""


def from_text(column_type: Type, written: str) -> Value | None:
    """Return the value that the text of a cell in a CSV file means; an empty cell is null.

    Raises
    ------
    ValueError
        If the text is not a value of the type; the message says what to write.

    Examples
    --------
    >>> from_text("date", "2019-10-02"), from_text("integer", "")
    (datetime.date(2019, 10, 2), None)
    >>> from_text("integer", "four")
    Traceback (most recent call last):
    ValueError: write a whole number of at most 18 digits
    """
    return PARSERS[column_type](written) if written else None


_TOML: Mapping[Type, tuple[type, str]] = {
    "string": (str, "write a text in quotation marks"),
    "integer": (int, "write a whole number without quotation marks"),
    "date": (dt.date, "write a date like 2019-10-02 without quotation marks"),
}


def from_toml(column_type: Type, raw: object) -> Value:
    """Return a value of a TOML file if it has the type of a column.

    Raises
    ------
    ValueError
        If it has another type; the message says what to write.

    Examples
    --------
    >>> from_toml("date", "2019-10-02")
    Traceback (most recent call last):
    ValueError: write a date like 2019-10-02 without quotation marks
    """
    wanted, remedy = _TOML[column_type]
    # Not isinstance: True is also an int, and a datetime is also a date.
    if type(raw) is not wanted:
        raise ValueError(remedy)
    assert isinstance(raw, str | int | dt.date)
    return raw


def code(vocabulary: type[V], raw: object) -> V:
    """Return the member of a vocabulary that has a code.

    Raises
    ------
    ValueError
        If no member has it; the message lists the right codes, the nearest first.

    Examples
    --------
    >>> from amcc_dataset.model.vocabularies import Format
    >>> code(Format, "online")
    Traceback (most recent call last):
    ValueError: write one of: hybrid, in_person, virtual
    """
    try:
        return vocabulary(raw)  # type: ignore[arg-type]
    except ValueError:
        from amcc_dataset.model.suggest import one_of

        raise ValueError(one_of(str(raw), vocabulary)) from None
