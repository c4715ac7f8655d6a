"""What the mutants share: an edit of a row, and a registry of mutants by rule."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset, Row, Rows
from amcc_dataset.rules import Rule

DAY = dt.timedelta(days=1)
DAILY = vocabularies.DatePrecision.DAY
ABSENT = "no-such-row"


class Edit(NamedTuple):
    """A row of a table before and after; None before means a new row, None after a removed one."""

    table: str
    before: Row | None
    after: Row | None


Corruption = list[Edit]
Mutant = Callable[[Dataset], Iterable[Corruption]]

MUTANTS: dict[str, list[Mutant]] = defaultdict(list)
"""The mutants of every rule, by the rule's name."""


def mutant(of: Rule) -> Callable[[Mutant], Mutant]:
    """Register a mutant with the rule that has to catch it."""

    def register(function: Mutant) -> Mutant:
        MUTANTS[of.__name__].append(function)
        return function

    return register


def change(table: str, row: Row, /, **cells: object) -> Corruption:
    return [Edit(table, row, {**row, **cells})]


def add(table: str, row: Row, /, **cells: object) -> Corruption:
    return [Edit(table, None, {**row, **cells})]


def remove(table: str, row: Row) -> Corruption:
    return [Edit(table, row, None)]


def corrupted(tables: Dataset, corruption: Corruption) -> Dataset:
    """Return the tables with a corruption."""
    for table, before, after in corruption:
        # The None at the end is replaced by a new row.
        rows = [after if row is before else row for row in (*tables[table], None)]
        tables = tables.replaced({table: [row for row in rows if row is not None]})
    return tables


def others(rows: Rows, row_id: str | None) -> Iterator[str]:
    return (row["id"] for row in rows if row["id"] != row_id)


def spoken(tables: Dataset, *standings: vocabularies.Standing) -> Rows:
    """Return the claims with one of the standings; without standings, all except silences."""
    wanted = standings or tuple(set(vocabularies.Standing) - {vocabularies.Standing.SILENT})
    return [claim for claim in tables["provenance"] if claim["standing"] in wanted]


def cell(claim: Row) -> tuple[str, str, str]:
    return claim["table"], claim["row_id"], claim["field"]


NEW_CLAIM = {"id": "c0123456789abcde"}
SILENCE: dict[str, Any] = {
    "value": None,
    "standing": vocabularies.Standing.SILENT,
    "basis": None,
    "locator": None,
    "start": None,
    "end": None,
    "span_sha256": None,
}
