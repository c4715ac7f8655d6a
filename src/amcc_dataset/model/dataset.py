"""All tables of a release in one frozen object, with the indexes that all questions share.

A `Dataset` is a mapping from table names to rows. The rows may come from the build, from a
release that was read back, or from the package. If they come from a mapping that reads a table
only when it is needed, this stays so. Each index is built when it is first used and kept with
the object, so that no module builds its own. Standard library only. Not here: what a table
looks like (tables.py), reading files (reading/load.py, release/archive.py), and any rule.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter

from amcc_dataset.model.vocabularies import Standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Row = Mapping[str, "Any"]
Rows = Sequence[Mapping[str, "Any"]]
Tables = Mapping[str, Rows]
Cell = tuple[str, str, str]
"""Table, row id and field."""

Support = tuple[str, str, str | None, str]
"""The parts of a claim that are counted: field, standing, basis (None for silence), document."""

STANDS = frozenset({Standing.AGREED, Standing.PREFERRED})
"""The standings of accepted claims, which support the value of their cell."""


LONGEST_ID = 80
"""The most characters of an id."""


def docket_id(table: str, row_id: str, field: str | None = None) -> str:
    """Return the id of the decision on a cell or on a whole row.

    Parts of a long id are replaced by a hash, so that a dispute on any cell can be decided.

    Examples
    --------
    >>> docket_id("initiative_events", "cls-launched-2020", "date")
    'initiative-events-cls-launched-2020-date'
    >>> docket_id("outcomes", 20 * "long-" + "id", "act")
    'outcomes-long-long-long-long-long-long-long-long-long-long-long-long-lo-9ea6246f'
    """
    whole = "-".join(filter(None, (table, row_id, field))).replace("_", "-")
    if len(whole) <= LONGEST_ID:
        return whole
    from hashlib import sha256

    return f"{whole[: LONGEST_ID - 9].rstrip('-')}-{sha256(whole.encode()).hexdigest()[:8]}"


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

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows: dict[str, dict[str, Row]] = {}
        self._groups: dict[tuple[str, ...], Mapping[Any, tuple[Row, ...]]] = {}
        self._support: dict[str, Mapping[str, Sequence[Support]]] = {}

    def __getitem__(self, table: str) -> Rows:
        """Return the rows of a table in their order."""
        return self._tables[table]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the tables."""
        return iter(self._tables)

    def __len__(self) -> int:
        """Return the number of tables."""
        return len(self._tables)

    def replaced(self, tables: Tables) -> "Dataset":
        """Return a dataset with some tables replaced, for example by one with a changed row.

        Examples
        --------
        >>> data = Dataset({"people": [], "actors": [{"id": "sg"}]})
        >>> data.replaced({"people": [{"id": "a"}]}).ids("people")
        frozenset({'a'})
        """
        made = Dataset({**self._tables, **tables})
        made._rows = {table: rows for table, rows in self._rows.items() if table not in tables}
        made._support = {} if "provenance" in tables else dict(self._support)
        made._groups = {key: found for key, found in self._groups.items() if key[0] not in tables}
        return made

    def by_id(self, table: str) -> Mapping[str, Row]:
        """Return the rows of a table by their ids."""
        if table not in self._rows:
            self._rows[table] = {row["id"]: row for row in self[table]}
        return self._rows[table]

    def ids(self, table: str) -> frozenset[str]:
        """Return the ids of the rows of a table."""
        return frozenset(self.by_id(table))

    def row(self, table: str, row_id: str | None) -> Row | None:
        """Return the row with an id; None if no row has it, or if the id is None."""
        return None if row_id is None else self.by_id(table).get(row_id)

    def name(self, table: str, row_id: str | None) -> str | None:
        """Return the name of the row with an id; None if there is no such row."""
        row = self.row(table, row_id)
        return row["name"] if row else None

    def joined(self, table: str, field: str, other: str) -> Iterator[tuple[Row, Row]]:
        """Yield every row of a table with the row of the other table that its field names.

        A row that names no row, or one that does not exist, is skipped.

        Examples
        --------
        >>> people = [{"id": "a", "actor_id": "sg"}, {"id": "b", "actor_id": None}]
        >>> data = Dataset({"people": people, "actors": [{"id": "sg", "kind": "state"}]})
        >>> [(row["id"], actor["kind"]) for row, actor in data.joined("people", "actor_id", "actors")]
        [('a', 'state')]
        """
        target = self.by_id(other)
        for row in self[table]:
            if row[field] in target:
                yield row, target[row[field]]

    def groups(self, table: str, *fields: str) -> "Mapping[Any, tuple[Row, ...]]":
        """Return the rows of a table in groups that have the same value in one or more fields.

        Groups and rows come in the order of the rows; several fields make a tuple.

        Examples
        --------
        >>> data = Dataset({"people": [{"id": "a", "actor_id": "sg"}, {"id": "b", "actor_id": "sg"}]})
        >>> [len(rows) for rows in data.groups("people", "actor_id").values()]
        [2]
        """
        key = table, *fields
        if key not in self._groups:
            groups: dict[Any, list[Row]] = {}
            value = itemgetter(*fields)
            for row in self[table]:
                groups.setdefault(value(row), []).append(row)
            self._groups[key] = {value: tuple(rows) for value, rows in groups.items()}
        return self._groups[key]

    def having(self, table: str, field: str, value: "Any") -> tuple[Row, ...]:
        """Return the rows of a table with this value in a field, in their order."""
        return self.groups(table, field).get(value, ())

    def claims_on(self, table: str, row_id: str, field: str | None = None) -> tuple[Row, ...]:
        """Return all claims on a row, or on one of its cells, silences among them."""
        if field is None:
            return self.groups("provenance", "table", "row_id").get((table, row_id), ())
        return self.groups("provenance", "table", "row_id", "field").get((table, row_id, field), ())

    def support(self, table: str) -> Mapping[str, Sequence[Support]]:
        """Return the counted parts of the claims on the rows of a table, by row id.

        Examples
        --------
        >>> claim = {"table": "editions", "row_id": "a", "field": "city", "standing": "agreed"}
        >>> claim |= {"basis": "stated", "source_id": "s"}
        >>> Dataset({"provenance": [claim]}).support("editions")["a"]
        [('city', 'agreed', 'stated', 's')]
        """
        if table not in self._support:
            found: dict[str, list[Support]] = {}
            for row_id, claim in self._counted(table):
                found.setdefault(row_id, []).append(claim)
            self._support[table] = found
        return self._support[table]

    def _counted(self, table: str) -> Iterable[tuple[str, Support]]:
        """Yield row id and support of each claim on a table."""
        for claim in self.having("provenance", "table", table):
            counts = claim["field"], claim["standing"], claim["basis"], claim["source_id"]
            yield claim["row_id"], counts

    def standing(self, table: str, row_id: str, field: str | None = None) -> tuple[Row, ...]:
        """Return the accepted claims, which support a row or one of its cells."""
        claims = self.claims_on(table, row_id, field)
        return tuple(claim for claim in claims if claim["standing"] in STANDS)

    def decision(self, table: str, row_id: str, field: str) -> Row | None:
        """Return the docket's decision on a cell, otherwise that on its row, otherwise None."""
        own = self.row("decisions", docket_id(table, row_id, field))
        return own or self.row("decisions", docket_id(table, row_id))

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
        """Return the original of a copy or translation; for any other document, itself."""
        return self._originals.get(source_id, source_id)

    def witnesses(self, table: str, row_id: str) -> frozenset[str]:
        """Return the original documents that support a row: three copies count as one."""
        return frozenset(
            self.original(claim["source_id"]) for claim in self.standing(table, row_id)
        )

    def upwards(self, actor_id: str | None) -> list[str]:
        """Return an actor and all actors that it belongs to, from the nearest to the highest.

        Examples
        --------
        >>> actors = [{"id": "csa", "parent_id": "sg"}, {"id": "sg", "parent_id": None}]
        >>> Dataset({"actors": actors}).upwards("csa")
        ['csa', 'sg']
        """
        found: list[str] = []
        while (actor := self.row("actors", actor_id)) is not None and actor["id"] not in found:
            found.append(actor["id"])
            actor_id = actor["parent_id"]
        return found


def in_order(rows: Iterable[Row], order: Sequence[str]) -> list[Row]:
    """Return rows in the order of some columns, nulls last."""
    rows = list(rows)
    try:
        # A null is rarely compared with a value, and this is five times as fast.
        return sorted(rows, key=itemgetter(*order))
    except TypeError:
        return sorted(rows, key=lambda row: [(row[key] is None, row[key]) for key in order])
