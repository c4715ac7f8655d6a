"""The time axis of the charts on the page: whole years of equal width, in percent.

Not here: what is drawn on it.
"""

import datetime as dt
from typing import Any

from amcc_dataset.model.dataset import Dataset

Plain = dict[str, Any]


class Axis:
    """The years from the one before the first edition to that of the last step.

    Parameters
    ----------
    data
        The tables.
    """

    def __init__(self, data: Dataset) -> None:
        first = min(row["year"] for row in data["editions"]) - 1
        last = max(
            [row["year"] for row in data["editions"]]
            + [row["date"].year for row in data["initiative_events"]]
        )
        self.years = list(range(first, last + 1))

    def place(self, date: dt.date) -> float:
        """Return where a day is on the axis; 0 for days before the first year."""
        into = (date - dt.date(date.year, 1, 1)).days / 366
        return round(max(0.0, (date.year - self.years[0] + into) / len(self.years) * 100), 2)

    def span(self, row: Plain, start: dt.date, end: dt.date | None) -> Plain:
        """Return a row with its place and width; without an end it reaches the end of the axis."""
        left = self.place(start)
        right = self.place(end) if end else 100
        early = start.year < self.years[0]
        return {**row, "left": left, "width": round(right - left, 2), "early": early}
