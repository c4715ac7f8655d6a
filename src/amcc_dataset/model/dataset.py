"""All tables of a release in one frozen object, with the indexes that every question needs.

A `Dataset` is a mapping from table names to rows. The rows may come from the build, from a
release that was read back or from the package; where a table is read only when it is asked
for, so it stays. Each index is built when it is first used and kept with the object, so that
no module builds its own. Standard library only. Not in here: what a table looks like
(tables.py), reading files (reading/load.py, release/archive.py), and any rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from amcc_dataset.model.vocabularies import Standing

Row = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]
Cell = tuple[str, str, str]
"""Table, row id and field."""

STANDS = frozenset({Standing.AGREED, Standing.PREFERRED})
"""The standings of a claim that its cell rests on."""


class Dataset(Mapping[str, Rows]):
    """The tables of a release by their names, and what follows from them.

    Parameters
    ----------
    tables
        Rows by table, each row a mapping from columns to plain values. They are neither
        copied nor changed.

    Examples
    --------
    >>> data = Dataset({"actors": [{"id": "sg", "name": "Singapore"}], "provenance": []})
    >>> data.row("actors", "sg")["name"], data.row("actors", None), data.claims_on("actors", "sg")
    ('Singapore', None, ())
    """

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self._tables = tables
        self._rows: dict[str, dict[str, Row]] = {}
        self._groups: dict[tuple[str, str], dict[Any, tuple[Row, ...]]] = {}

    def __getitem__(self, table: str) -> Rows:
        """Return the rows of a table in their order."""
        return self._tables[table]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the tables."""
        return iter(self._tables)

    def __len__(self) -> int:
        """Return the number of tables."""
        return len(self._tables)

    def by_id(self, table: str) -> Mapping[str, Row]:
        """Return the rows of a table by their ids."""
        if table not in self._rows:
            self._rows[table] = {row["id"]: row for row in self[table]}
        return self._rows[table]

    def row(self, table: str, row_id: str | None) -> Row | None:
        """Return the row with an id, None where there is none; None has no row."""
        return None if row_id is None else self.by_id(table).get(row_id)

    def name(self, table: str, row_id: str | None) -> str | None:
        """Return the name of the row with an id, None where there is no such row."""
        row = self.row(table, row_id)
        return row["name"] if row else None

    def having(self, table: str, field: str, value: Any) -> tuple[Row, ...]:
        """Return the rows of a table with this value in a field, in their order."""
        key = table, field
        if key not in self._groups:
            groups: dict[Any, list[Row]] = {}
            for row in self[table]:
                groups.setdefault(row[field], []).append(row)
            self._groups[key] = {held: tuple(rows) for held, rows in groups.items()}
        return self._groups[key].get(value, ())

    @cached_property
    def _claims(self) -> Mapping[tuple[str, str], tuple[Row, ...]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for claim in self["provenance"]:
            found.setdefault((claim["table"], claim["row_id"]), []).append(claim)
        return {row: tuple(claims) for row, claims in found.items()}

    def claims_on(self, table: str, row_id: str, field: str | None = None) -> tuple[Row, ...]:
        """Return all claims on a row, or on one of its cells, silences among them."""
        claims = self._claims.get((table, row_id), ())
        if field is None:
            return claims
        return tuple(claim for claim in claims if claim["field"] == field)

    def standing(self, table: str, row_id: str, field: str | None = None) -> tuple[Row, ...]:
        """Return the claims on which a row or one of its cells rests."""
        return tuple(
            claim for claim in self.claims_on(table, row_id, field) if claim["standing"] in STANDS
        )

    @cached_property
    def _originals(self) -> Mapping[str, str]:
        copies = {source["id"]: source["copy_of"] for source in self["sources"]}
        found = {}
        for source_id in copies:
            original, seen = source_id, {source_id}
            while (before := copies.get(original)) and before not in seen:
                original = before
                seen.add(before)
            found[source_id] = original
        return found

    def original(self, source_id: str) -> str:
        """Return the document of which this one is a copy or translation, else itself."""
        return self._originals.get(source_id, source_id)

    def witnesses(self, table: str, row_id: str) -> frozenset[str]:
        """Return the original documents that support a row: three copies are one witness."""
        return frozenset(
            self.original(claim["source_id"]) for claim in self.standing(table, row_id)
        )
