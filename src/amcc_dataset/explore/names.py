"""The names of rows and values in a line of text.

Not here: the documents that state them (voices.py), and how to write dates and amounts
(model/words.py).
"""

import datetime as dt
from functools import cache

from amcc_dataset.model.columns import Column, columns
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.tables import TABLES
from amcc_dataset.model.vocabularies import EventKind, PartyRole, ReferenceRelation
from amcc_dataset.model.words import day, money, ordinal, when


@cache
def columns_of(table: str) -> dict[str, Column]:
    """Return the columns of a table by their names."""
    return {column.name: column for column in columns(TABLES[table])}


def spaced(name: str) -> str:
    """Return the name of a column or table as words.

    Examples
    --------
    >>> spaced("chair_id"), spaced("initiative_events")
    ('chair', 'initiative events')
    """
    return name.removesuffix("_id").replace("_", " ")


class Names:
    """The names of the rows of one release.

    Parameters
    ----------
    data
        The tables.
    """

    def __init__(self, data: Dataset) -> None:
        self._data = data

    def row(self, table: str, row_id: str) -> str:
        """Return the name of a row, or its id if it is in no table."""
        row = self._data.row(table, row_id)
        if row is None:
            return row_id
        if table == "editions":
            return f"{ordinal(row['number'])} AMCC, {row['year']}"
        if table == "participants":
            person = row["person_id"]
            who = self.row("people", person) if person else self.row("actors", row["actor_id"])
            return f"{who} at the {self.row('editions', row['edition_id'])}"
        if table == "initiative_events":
            return f"{EventKind(row['kind']).label}, {when(row['date'], row['precision'])}"
        if table == "parties":
            return self.party(row["actor_id"], row["role"])
        if table == "cross_references":
            pointed = next(row[name] and (name, row[name]) for name in POINTED if row[name])
            return self.reference(row["relation"], *pointed)
        if table == "sources":
            return str(row["publisher"])
        return str(row.get("title") or row.get("name") or row_id)

    def party(self, actor_id: str, role: str) -> str:
        """Return a party and its role.

        Examples
        --------
        >>> from amcc_dataset.reading.packaged import dataset
        >>> Names(dataset()).party("sg", "co_lead")
        'Singapore as co-lead'
        """
        return f"{self.row('actors', actor_id)} as {PartyRole(role).label}"

    def reference(self, relation: str, column: str, row_id: str) -> str:
        """Return a reference in words: the relation, and what it points to.

        Examples
        --------
        >>> from amcc_dataset.reading.packaged import dataset
        >>> Names(dataset()).reference("submitted_to", "to_actor_id", "asean-summit")
        'submitted to ASEAN Summit'
        """
        pointed = self.row(POINTED[column], row_id)
        return f"{ReferenceRelation(relation).label} {pointed}"

    def value(self, table: str, field: str, value: str | None) -> str:
        """Return the value of a cell in words; `value` is the text of the CSV file."""
        column = columns_of(table)[field]
        if value is None:
            return "not established"
        if column.vocabulary:
            return column.vocabulary(value).label
        if column.ref:
            return self.row(column.ref, value)
        if column.type == "date":
            return day(dt.date.fromisoformat(value))
        return money(int(value)) if field == "amount" else value


POINTED = {
    "to_instrument_id": "instruments",
    "to_initiative_id": "initiatives",
    "to_actor_id": "actors",
}
"""The columns that say what a cross reference points to, and the tables they refer to."""
