"""The release in the package as one `Dataset`, whose tables are read when they are first used.

A row of a sorted table, and the claims on a row, are found in their files without reading the
rest (store.Ordered), so that one answer takes the same time for any amount of data. Not here:
how a file is read (store.py, load.py).
"""

from sys import intern

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.reading.load import maker, rows
from amcc_dataset.reading.store import KEYS, Ordered, tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from amcc_dataset.model.dataset import Row, Rows, Support


class _Packaged(Dataset):
    """The release in the package: tables, rows and claims are read when they are first used."""

    def __init__(self) -> None:
        self._read: dict[str, Rows] = {}
        self._makers: dict[str, Callable[[list[str]], Row]] = {}
        self._files: dict[str, Ordered] = {}
        self._found: dict[tuple[str, str], Row | None] = {}
        super().__init__(self._read)

    def __getitem__(self, table: str) -> "Rows":
        if table not in self._read:
            self._read[table] = rows(table)
        return self._read[table]

    def __iter__(self) -> "Iterator[str]":
        return iter(tables())

    def __len__(self) -> int:
        return len(tables())

    def row(self, table: str, row_id: str | None) -> "Row | None":
        """Return the row with an id; if the table is sorted by it, nothing else is read."""
        if row_id is None or table in self._read or KEYS.get(table) != (0,):
            return super().row(table, row_id)
        if (table, row_id) not in self._found:
            self._found[table, row_id] = next(self._find(table, row_id), None)
        return self._found[table, row_id]

    def _find(self, table: str, *key: str) -> "Iterator[Row]":
        """Return the rows of a sorted table with a key."""
        if table not in self._makers:
            self._makers[table] = maker(table)
        return map(self._makers[table], self._ordered(table).lines(*key))

    def _ordered(self, table: str) -> Ordered:
        if table not in self._files:
            self._files[table] = Ordered(table)
        return self._files[table]

    def claims_on(self, table: str, row_id: str, field: str | None = None) -> "tuple[Row, ...]":
        """Return the claims on a row or cell; those on other rows are not read."""
        if "provenance" in self._read:
            return super().claims_on(table, row_id, field)
        key = (table, row_id) if field is None else (table, row_id, field)
        return tuple(self._find("provenance", *key))

    def _counted(self, table: str) -> "Iterable[tuple[str, Support]]":
        if "provenance" in self._read:
            yield from super()._counted(table)
            return
        for line in self._ordered("provenance").beginnings(8, table):
            _, _, row_id, field, _, standing, basis, source_id = line
            # Thousands of claims share a few words: one object for each word halves the memory.
            claim = intern(field), intern(standing), intern(basis) or None, intern(source_id)
            yield row_id, claim


def dataset() -> Dataset:
    """Return all tables as one object; each is read when it is first used.

    A row of `sources` or `decisions`, and the claims on a row, are found in their files
    without reading the rest.

    Returns
    -------
    Dataset
        The tables of the release, by name.

    Examples
    --------
    >>> dataset().original("csa-2019-10-02-amcc4-press-release")
    'csa-2019-10-02-amcc4-press-release'
    """
    return _Packaged()
