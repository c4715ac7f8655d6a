"""Who was at which edition, as far as a document shows.

Not in here: who says so (evidence.py).
"""

from typing import TYPE_CHECKING

from amcc_dataset.reading import figures
from amcc_dataset.reading.frames import Plain, frame

if TYPE_CHECKING:
    import pandas as pd


def attendance_rows() -> list[Plain]:
    """Return who attended which edition, one dictionary per actor."""
    rows: dict[str, Plain] = {}
    for seen in figures.attendance():
        actor = {"actor_id": seen["actor_id"], "actor": seen["actor"], "role": seen["group"]}
        row = rows.setdefault(seen["actor_id"], actor)
        # The strongest presence of an actor at an edition comes first.
        row.setdefault(seen["edition_id"], seen["presence"])
    return list(rows.values())


def attendance() -> "pd.DataFrame":
    """Return which actor was at which edition, as far as any document tells.

    Returns
    -------
    pandas.DataFrame
        One row per actor that took part in any edition, with its `role` besides the chair,
        and one column per edition: attended, remote, represented, expected or absent,
        whichever comes first. Null means that no document tells, never that nobody came.

    Examples
    --------
    >>> seats = attendance()
    >>> sorted(seats.loc[seats["role"].eq("dialogue_partner") & seats["amcc-02"].notna(), "actor_id"])
    ['au', 'cn', 'jp', 'nz', 'us']
    """
    rows = attendance_rows()
    return frame(rows, list(rows[0]) if rows else ["actor_id", "actor", "role"])
