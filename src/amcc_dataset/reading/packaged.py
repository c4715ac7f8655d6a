"""The release in the package as one `Dataset`, whose tables are read when they are asked for.

A row of an ordered table, and the claims on a row, are found in their files without reading
the rest (store.lines), so that one answer takes the same time however much there is. Not
here: how a file is read (store.py, load.py).
"""

from amcc_dataset.model.dataset import Dataset, by_row
from amcc_dataset.reading.load import rows, select
from amcc_dataset.reading.store import KEYS, tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from amcc_dataset.model.dataset import Row, Rows


class _Packaged(Dataset):
    """The release in the package: tables are read, and rows and claims found, when asked for."""

    def __init__(self) -> None:
        self._read: dict[str, Rows] = {}
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
        """Return the row with an id; where the table is ordered by it, nothing else is read."""
        if row_id is None or table in self._read or KEYS.get(table) != (0,):
            return super().row(table, row_id)
        return next(select(table, row_id), None)

    def claims_of(self, table: str) -> "Mapping[str, tuple[Row, ...]]":
        """Return the claims on the rows of a table; those on other tables are not read."""
        if "provenance" in self._read:
            return super().claims_of(table)
        if table not in self._claims:
            self._claims[table] = by_row(select("provenance", table))
        return self._claims[table]

    def claims_on(self, table: str, row_id: str, field: str | None = None) -> "tuple[Row, ...]":
        """Return the claims on a row or cell; those on other rows are not read."""
        if table in self._claims or "provenance" in self._read:
            claims: Iterable[Row] = self.claims_of(table).get(row_id, ())
        else:
            claims = select("provenance", table, row_id)
        return tuple(claim for claim in claims if field in (None, claim["field"]))


def dataset() -> Dataset:
    """Return all tables as one object, each read when it is first asked for.

    A row of `sources` or `decisions`, and the claims on a row, are found in their files
    without reading the rest.

    Examples
    --------
    >>> dataset().original("csa-2019-10-02-amcc4-press-release")
    'csa-2019-10-02-amcc4-press-release'
    """
    return _Packaged()
