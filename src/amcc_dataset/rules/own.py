"""A user's own rows in the form for the rules, and findings on them in the form for the user.

Rules take rows that fit the schema. A cell that does not fit is therefore left out of its row
(`Partial`), and a rule that asks for it is stopped by `UnfitError`, so that the other cells of
the row can still be checked. Not here: what fits (fit.py), and which rules run (check.py).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.findings import Finding, Location
from amcc_dataset.rules.fit import Fault, fit
from amcc_dataset.rules.given import Given, rows_of
from amcc_dataset.rules.verdict import RowFinding

REFERENCES, CIRCLES = "foreign_keys_point_at_rows", "references_within_a_table_run_in_no_circle"


class UnfitError(Exception):
    """A rule has asked for a cell that does not fit the schema."""

    def __init__(self, table: str, field: str) -> None:
        super().__init__(f"{table}.{field}")
        self.table, self.field = table, field


class Partial(dict[str, Any]):
    """A row without the cells that do not fit.

    Examples
    --------
    >>> Partial("editions", {"id": "mine", "year": 2026})["number"]
    Traceback (most recent call last):
    amcc_dataset.rules.own.UnfitError: editions.number
    """

    __slots__ = ("table",)

    def __init__(self, table: str, cells: dict[str, Any]) -> None:
        super().__init__(cells)
        self.table = table

    def __missing__(self, field: str) -> Any:
        """Raise `UnfitError` for a cell that does not fit."""
        if field in columns_of(self.table):
            raise UnfitError(self.table, field)
        raise KeyError(field)

    def get(self, field: str, default: Any = None) -> Any:
        """Return a cell, or raise like the brackets; the default is for what is not a column."""
        return self[field] if field in columns_of(self.table) else default


class Own:
    """The given rows of one table.

    Attributes
    ----------
    rows
        The rows for the rules: for each id, the first row.
    index
        The position of each of them, counted from 0, by its id.
    nameless
        The ids given here to the rows whose own id is missing or does not fit.
    """

    def __init__(self, table: str, given: Given, followed: Collection[str]) -> None:
        self.table, self.given = table, given
        fitted = fit(table, given, followed)
        self._faults = fitted.faults
        rows = rows_of(fitted.columns)
        for fault in fitted.faults:
            for position in fault.positions:
                if type(rows[position]) is dict:
                    rows[position] = Partial(table, rows[position])
                rows[position].pop(str(fault.column), None)
        self.nameless: set[str] = set()
        ids = [row["id"] if "id" in row else self._stand_in(n, row) for n, row in enumerate(rows)]
        # Backwards, so that of several rows with the same id the first is kept.
        self.index = dict(zip(reversed(ids), reversed(range(len(ids))), strict=True))
        self._again: list[int] = []
        self.rows = rows
        if len(self.index) < len(ids):
            self._again = [n for n, row_id in enumerate(ids) if self.index[row_id] != n]
            self.rows = [rows[position] for position in sorted(self.index.values())]

    def _stand_in(self, position: int, row: dict[str, Any]) -> str:
        """Give a row whose id does not fit an id by which it is still known, and return it."""
        row["id"] = self._id(position) or f"row {position}"
        self.nameless.add(row["id"])
        return str(row["id"])

    def _id(self, position: int) -> str | None:
        """Return the given id of a row, even if it does not fit."""
        value = self._value(position, "id")
        return value if isinstance(value, str) else None

    def _value(self, position: int, column: str | None) -> Any:
        values: Sequence[Any] = self.given.columns.get(column or "", ())
        return values[position] if values else None

    def filled(self) -> list[dict[str, Any]]:
        """Return the rows with None for each cell that does not fit."""
        if not self._faults:
            return self.rows
        names = list(columns_of(self.table))
        return [
            row if type(row) is dict else {name: dict.get(row, name) for name in names}
            for row in self.rows
        ]

    def named(self) -> list[dict[str, Any]]:
        """Return the rows whose id is right."""
        return [row for row in self.rows if row["id"] not in self.nameless]

    def withhold(self, cells: Iterable[Location]) -> None:
        """Hide cells of the rows from the rules that run from now on."""
        fields: dict[str, set[str]] = {}
        for at in cells:
            if at.table == self.table and at.row_id in self.index:
                fields.setdefault(str(at.row_id), set()).add(str(at.field))
        if fields:
            self.rows = [self._without(row, fields.get(row["id"], ())) for row in self.rows]

    def _without(self, row: dict[str, Any], fields: Collection[str]) -> dict[str, Any]:
        if not fields:
            return row
        return Partial(self.table, {name: row[name] for name in row if name not in fields})

    def faults(self) -> Iterator[tuple[str, Iterator[RowFinding]]]:
        """Yield the findings on cells and on repeated ids, those of each kind together."""
        for fault in self._faults:
            yield fault.rule, self._of(fault)
        if self._again:
            yield "keys_are_unique", map(self._repeated, self._again)

    def _of(self, fault: Fault) -> Iterator[RowFinding]:
        if fault.rule == "columns":
            yield self._finding(fault.rule, None, fault.column, *fault.words(None))
            return
        for position in fault.positions[:1] if fault.whole else fault.positions:
            value = self._value(position, fault.column)
            what, remedy = fault.words(value)
            if fault.whole and value is not None:
                what = f"none of the {len(fault.positions):,} values fits: {what}"
            found = self._finding(fault.rule, position, fault.column, what, remedy)
            yield found.of_column() if fault.whole else found

    def _repeated(self, position: int) -> RowFinding:
        first, lines = self.index[self._id(position) or ""], self.given.lines
        where = f"in line {lines[first]}" if lines else f"in row {first}"
        remedy = "delete one of the two rows, or change one id"
        what = f"id {self._id(position)} is also {where}"
        return self._finding("keys_are_unique", position, "id", what, remedy)

    def _finding(
        self, rule: str, position: int | None, column: str | None, what: str, remedy: str
    ) -> RowFinding:
        row_id = None if position is None else self._id(position)
        line = self.given.lines[position] if position is not None and self.given.lines else None
        at = Location(self.given.path, line, self.table, row_id, column)
        value = None if position is None else self._value(position, column)
        return RowFinding(rule, at, what, remedy, position=position, value=value)

    def found(self, finding: Finding) -> RowFinding:
        """Return a rule's finding on one of the rows as a finding on the given row."""
        at = finding.location
        position = self.index[str(at.row_id)]
        return self._finding(finding.rule, position, str(at.field), finding.what, finding.remedy)


def leads_out(finding: Finding, tables: Collection[str]) -> bool:
    """Return whether a finding is on a reference to a table that is not among these."""
    if finding.rule != REFERENCES:
        return False
    at = finding.location
    return columns_of(str(at.table))[str(at.field)].ref not in (None, *tables)
