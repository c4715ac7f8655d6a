"""The one codec of cells: values to the text of a CSV cell, and back.

Not in here: what a column may hold (columns.py).
"""

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


def text(value: object) -> str:
    """Return the text of a cell in a CSV file; null is the empty text.

    Examples
    --------
    >>> text(dt.date(2019, 10, 2)), text(4), text(None)
    ('2019-10-02', '4', '')
    """
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
