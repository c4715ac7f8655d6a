"""Rows of an answer as a pandas frame, with the same columns and types whatever the rows.

Not in here: any question (status.py, threads.py, attendance.py).
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.vocabularies import (
    Act,
    DatePrecision,
    EventKind,
    Presence,
    Role,
    Scope,
    Status,
    Vocabulary,
)

if TYPE_CHECKING:
    import pandas as pd

Plain = dict[str, Any]

_CODES: dict[str, type[Vocabulary]] = {
    "act": Act,
    "kind": EventKind,
    "precision": DatePrecision,
    "reaches": Status,
    "role": Role,
    "scope": Scope,
    "status": Status,
}

_TYPES = {"date": "datetime64[ms]", "since": "datetime64[ms]", "amount": "Int64", "year": "Int64"}


def frame(rows: Sequence[Plain], columns: Sequence[str]) -> "pd.DataFrame":
    """Return rows as a frame with the types of the tables, also where there is no row."""
    import pandas as pd

    def dtype(column: str) -> Any:
        codes = Presence if column.startswith("amcc-") else _CODES.get(column)
        if codes is not None:
            return pd.CategoricalDtype([code.value for code in codes], codes.ORDINAL)
        return _TYPES.get(column, "str")

    return pd.DataFrame(
        {
            column: pd.Series([row[column] for row in rows], dtype=dtype(column))
            for column in columns
        }
    )


def known(what: str, name: str, names: Collection[str]) -> None:
    """Raise a ValueError that lists the right names if `name` is not among them."""
    if name not in names:
        raise ValueError(f"there is no {what} {name!r}; {one_of(name, names)}")
