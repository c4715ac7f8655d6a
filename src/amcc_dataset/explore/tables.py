"""The view of the tables: every row as the texts of the CSV file, with the columns.

Not here: the rows of provenance, which the script adds on demand (store.py).
"""

import json
from dataclasses import asdict
from typing import Any

from amcc_dataset.explore.names import columns_of
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.columns import Column
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.tables import TABLES, Policy

Plain = dict[str, Any]


def content(data: Dataset) -> list[Plain]:
    """Return every table with its columns, and its rows, except those of provenance."""
    return [table(data, name) for name in data]


def table(data: Dataset, name: str) -> Plain:
    """Return a table as texts, with its columns."""
    row_class, named = TABLES[name], columns_of(name)
    rows = data[name] if name != "provenance" else ()
    return {
        "name": name,
        "title": row_class.TABLE.title,
        "description": " ".join(row_class.TABLE.description.split()),
        "columns": list(named.values()),
        "origins": {field: _origin(column) for field, column in named.items()},
        "rows": [[to_text(row[field]) for field in named] for row in rows],
        "claimed": any(column.policy != Policy.NONE for column in named.values()),
        "title_at": list(named).index("title") if name == "sources" else None,
        "language_at": list(named).index("language") if name == "sources" else None,
    }


def _origin(column: Column) -> str | None:
    """Return the cells from which a column is derived, as JSON for the script."""
    return json.dumps(asdict(column.origin)) if column.origin else None
