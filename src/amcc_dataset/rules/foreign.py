"""Columns of pandas, polars and Arrow as plain values of Python, whatever they hold.

Moments are read as the numbers behind them: Python's dates end with the year 9999, those of the
libraries do not, and some libraries end the program when they meet a date beyond. What Python
has no value for becomes a `Foreign`, which prints as what was given, so that it is a finding and
not an error. Only the library that made a column is imported. Not here: single values, and which
form the rows have (given.py).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

_PER_DAY = {"D": 1, "s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
"""How many of a unit are a day, for each unit of a library's moments."""

_EPOCH = dt.date(1970, 1, 1).toordinal()
_CYCLE = 146_097
"""The days of 400 years, after which the calendar repeats."""


@dataclass(frozen=True, slots=True, repr=False)
class Foreign:
    """A value that no cell can have, because Python has none for it; it prints as its text."""

    text: str

    def __repr__(self) -> str:
        """Return the text."""
        return self.text


class HalfText(Foreign):
    """A text with a half of a character, which no file can hold."""

    __slots__ = ()


def day_of(days: int) -> dt.date | Foreign:
    """Return the day that is so many days after 1970-01-01.

    Examples
    --------
    >>> day_of(-1), day_of(6_585_322)
    (datetime.date(1969, 12, 31), 20000-01-01)
    """
    ordinal = _EPOCH + days
    if 1 <= ordinal <= dt.date.max.toordinal():
        return dt.date.fromordinal(ordinal)
    cycles, rest = divmod(ordinal - 1, _CYCLE)
    day = dt.date.fromordinal(rest + 1)
    return Foreign(f"{day.year + 400 * cycles:04}-{day:%m-%d}")


def _moments(numbers: Iterable[int | None], unit: str, zone: dt.tzinfo | None) -> list[Any]:
    """Return moments, given as numbers since 1970, as days, or as datetimes if they are none."""
    numbers = list(numbers)
    made = {number: _moment(number, unit, zone) for number in set(numbers)}
    return [made[number] for number in numbers]


def _moment(number: int | None, unit: str, zone: dt.tzinfo | None) -> Any:
    if number is None:
        return None
    days, rest = divmod(number, _PER_DAY[unit])
    day = day_of(days)
    if isinstance(day, Foreign) or not (rest or zone):
        return day
    time = dt.timedelta(microseconds=rest * _PER_DAY["us"] // _PER_DAY[unit])
    moment = dt.datetime.combine(day, dt.time(), dt.UTC if zone else None) + time
    try:
        return moment.astimezone(zone) if zone else moment
    except (ValueError, OverflowError):
        # In its own zone it is on a day before or after all of Python's.
        return moment


@cache
def _zone(name: str | None) -> dt.tzinfo | None:
    """Return a time zone; one that this machine does not know is shown as UTC."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return dt.UTC


def of_pandas(series: Any) -> Sequence[Any]:
    """Return the values of a pandas series, with None for every kind of missing value."""
    dtype = series.dtype
    if hasattr(dtype, "pyarrow_dtype") or str(getattr(dtype, "storage", "")).startswith("pyarrow"):
        return of_arrow(series.array.__arrow_array__())
    if hasattr(dtype, "categories"):
        # A missing value has the code -1, the last in the list.
        known = [*of_pandas(dtype.categories.to_series()), None]
        return [known[code] for code in series.cat.codes.tolist()]
    missing = series.isna().to_numpy()
    if dtype.kind == "M":
        zone = series.dt.tz
        moments = (series.dt.tz_convert(None) if zone else series).to_numpy()
        values = _moments(moments.view("int64").tolist(), series.dt.unit, zone)
    else:
        try:
            values = series.astype(object).tolist()
        except (ValueError, OverflowError):
            values = [Foreign(str(dtype))] * len(series)
    for position in missing.nonzero()[0].tolist():
        values[position] = None
    return values


def of_polars(series: Any) -> Sequence[Any]:
    """Return the values of a polars series."""
    dtype = series.dtype
    if not (dtype.is_temporal() or dtype.is_nested()):
        return list(series.to_list())
    numbers = series.to_physical().to_list()
    if hasattr(dtype, "time_zone"):
        return _moments(numbers, dtype.time_unit, _zone(dtype.time_zone))
    if str(dtype) == "Date":
        return _moments(numbers, "D", None)
    return [None if cell is None else Foreign(f"{dtype} {cell}") for cell in numbers]


def of_arrow(values: Any) -> Sequence[Any]:
    """Return the values of an Arrow column.

    A dictionary is decoded first, which is twenty times faster.
    """
    import pyarrow as pa

    kind = values.type
    try:
        if pa.types.is_dictionary(kind):
            return of_arrow(values.cast(kind.value_type))
        if pa.types.is_date32(kind):
            return _moments(values.cast(pa.int32()).to_pylist(), "D", None)
        if pa.types.is_date64(kind):
            return _moments(values.cast(pa.int64()).to_pylist(), "ms", None)
        if pa.types.is_timestamp(kind):
            return _moments(values.cast(pa.int64()).to_pylist(), kind.unit, _zone(kind.tz))
        plain: Sequence[Any] = values.to_pylist()
        return plain
    except (ValueError, OverflowError, pa.ArrowException):
        return [_scalar(cell) for cell in values]


def _scalar(cell: Any) -> Any:
    """Return the value of an Arrow scalar; of a text that is not UTF-8, its bytes."""
    try:
        return cell.as_py()
    except (ValueError, OverflowError):
        return (
            cell.as_buffer().to_pybytes() if hasattr(cell, "as_buffer") else Foreign(str(cell.type))
        )
