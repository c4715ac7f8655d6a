"""The view of attendance: actors by editions, and the named persons.

Not here: who was where, and whether a document names them (reading/attendance.py).
"""

from typing import Any

from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.reading import attendance

Plain = dict[str, Any]


def content(data: Dataset) -> Plain:
    """Return the matrix by groups and actors, and the named persons, year by year."""
    rows = attendance.seats(data)
    matrix: dict[str, dict[str, dict[str, list[Plain]]]] = {}
    for row in rows:
        cells = matrix.setdefault(row["group"], {}).setdefault(row["actor_id"], {})
        taken = cells.setdefault(row["edition_id"], [])
        if row["presence"]:
            taken.append({**row, "mark": mark(row)})
    named = [row for row in rows if row["person"]]
    return {
        "matrix": matrix,
        "named": sorted(named, key=lambda row: (row["number"], row["actor"], row["person"])),
    }


def mark(row: Row) -> str:
    """Return the mark of a participation: its presence, or `counted` if only a group attended.

    Examples
    --------
    >>> mark({"presence": "attended", "attested": "counted"})
    'counted'
    >>> mark({"presence": "remote", "attested": "counted"})
    'remote'
    """
    counted = row["presence"] == "attended" and row["attested"] == "counted"
    return "counted" if counted else str(row["presence"])
