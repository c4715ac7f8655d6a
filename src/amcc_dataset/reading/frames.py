"""Rows of an answer as a pandas frame, with the same columns and types for any rows, even none.

Not here: any question (status.py, threads.py, attendance.py), and the frames of the tables
(load.py).
"""

from amcc_dataset.model.vocabularies import (
    Act,
    Basis,
    DatePrecision,
    EventKind,
    Reason,
    Role,
    Scope,
    Standing,
    Status,
    Tier,
    Topic,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import pandas as pd

_CODES = {
    "act": Act,
    "basis": Basis,
    "kind": EventKind,
    "first_kind": EventKind,
    "first_precision": DatePrecision,
    "latest_kind": EventKind,
    "latest_precision": DatePrecision,
    "precision": DatePrecision,
    "reaches": Status,
    "reason": Reason,
    "role": Role,
    "scope": Scope,
    "standing": Standing,
    "status": Status,
    "tier": Tier,
    "topic": Topic,
}

_DATE = "datetime64[ms]"
_TYPES = {
    **dict.fromkeys(("date", "since", "first", "latest", "published_on"), _DATE),
    **dict.fromkeys(("amount", "year", "number", "outcomes", "act_rank"), "Int64"),
    **dict.fromkeys(("documents", "documents_whole"), "Int64"),
}


def frame(
    rows: "Sequence[Mapping[str, Any]]",
    columns: "Sequence[str]",
    codes: "Mapping[str, Sequence[str]] | None" = None,
) -> "pd.DataFrame":
    """Return rows as a frame with the types of the tables, even if there are no rows.

    Parameters
    ----------
    rows
        The rows of the frame.
    columns
        The names of the columns; a column's name determines its type.
    codes
        The codes of columns that have codes of their own.

    Returns
    -------
    pandas.DataFrame
        The columns in this order.
    """
    import pandas as pd

    def dtype(column: str) -> "Any":
        if codes and column in codes:
            return pd.CategoricalDtype(list(codes[column]))
        if column in _CODES:
            vocabulary = _CODES[column]
            return pd.CategoricalDtype([code.value for code in vocabulary], vocabulary.ORDINAL)
        return _TYPES.get(column, "str")

    return pd.DataFrame(
        {
            column: pd.Series([row[column] for row in rows], dtype=dtype(column))
            for column in columns
        }
    )
