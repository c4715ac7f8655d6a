"""References: the texts, initiatives and bodies that outcomes and initiatives point to.

A reference with a step is part of a route: the way of a paper from body to body. Not here: the
views that show them.
"""

from collections.abc import Iterable
from typing import Any

from amcc_dataset.explore.names import POINTED, Names
from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.vocabularies import InstrumentKind, ReferenceRelation

Plain = dict[str, Any]

FROM = {"from_outcome_id": "outcomes", "from_initiative_id": "initiatives"}
"""The columns that say what a reference comes from, and the tables they refer to."""

LONG = 60
"""If the title of a text is longer, lists show a description of it instead."""

_VIEWS = {
    "outcomes": "threads",
    "initiatives": "initiative",
    "instruments": "instrument",
    "actors": "actors",
}
"""The view that shows a row at either end of a reference, by table."""


class References:
    """The cross references of one release, from either end.

    Parameters
    ----------
    data
        The tables.
    names
        The names of rows.
    """

    def __init__(self, data: Dataset, names: Names) -> None:
        self._data, self._names = data, names

    def of(self, column: str, row_id: str) -> Plain:
        """Return what an outcome or initiative points to, and the route of its paper.

        Parameters
        ----------
        column
            A key of `FROM`.
        row_id
            The outcome or initiative.
        """
        rows = self._data.having("cross_references", column, row_id)
        return {
            "texts": [self._end(row, POINTED) for row in rows if row["step"] is None],
            "route": self._route(row for row in rows if row["step"] is not None),
        }

    def to(self, column: str, row_id: str) -> list[Plain]:
        """Return what points to a text, an initiative or a body, the earliest outcome first."""
        rows = self._data.having("cross_references", column, row_id)
        return sorted((self._end(row, FROM) for row in rows), key=lambda end: end["order"])

    def routes(self) -> list[Plain]:
        """Return the papers that were passed from body to body, each with its route."""
        found = []
        for column, table in FROM.items():
            for row in self._data[table]:
                route = self.of(column, row["id"])["route"]
                if route:
                    found.append({**self._row(table, row["id"]), "route": route})
        return sorted(found, key=lambda paper: paper["order"])

    def _route(self, rows: Iterable[Row]) -> list[tuple[int, list[Plain]]]:
        steps: dict[int, list[Plain]] = {}
        for row in sorted(rows, key=lambda row: (row["step"], row["id"])):
            steps.setdefault(row["step"], []).append(self._end(row, POINTED))
        return list(steps.items())

    def _end(self, row: Row, ends: dict[str, str]) -> Plain:
        """Return one end of a reference; `relation` is its kind."""
        column = next(column for column in ends if row[column] is not None)
        relation = ReferenceRelation(row["relation"])
        return {
            "step": row["step"],
            "relation": relation,
            "reference_id": row["id"],
            **self._row(ends[column], row[column]),
        }

    def _described(self, text: Row) -> str:
        """Return a description instead of a long title, for example that it is a body's report."""
        issuer = self._data.row("actors", text["issued_by"]) or {}
        said = InstrumentKind(text["kind"]).label
        if issuer:
            said += f" of {issuer['short_name'] or issuer['name']}"
        if text["issued_on"]:
            said += f", {text['issued_on'].year}"
        return f"{said} ({text['symbol']})" if text["symbol"] else said

    def _row(self, table: str, row_id: str) -> Plain:
        """Return a row with its name and address; `order` sorts outcomes by time."""
        row = self._data.row(table, row_id) or {}
        name = row.get("short_name") or self._names.row(table, row_id)
        if table == "instruments" and len(name) > LONG:
            name = self._described(row)
        edition = self._data.row("editions", row.get("edition_id")) or {}
        return {
            "table": table,
            "name": name,
            "href": f"{_VIEWS[table]}/{row_id}",
            "year": edition.get("year"),
            "by": self._data.name("actors", row.get("made_by")) or "all members",
            "order": (table != "outcomes", edition.get("number", 0), row_id),
        }
