"""Check a user's own rows: alone, or together with those of the release.

First every cell is compared with the schema (fit.py). Then the rules run over these rows and
those of the release, except the rules on evidence and on completeness: a user who adds an
edition need not cite documents or list participants. The rules do not see a cell that does not
fit: a rule that needs it runs again without that row. Not here: the rules themselves.
"""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from amcc_dataset.disk import shipped
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import Dataset, Rows
from amcc_dataset.model.findings import Finding
from amcc_dataset.model.suggest import known
from amcc_dataset.model.tables import TABLES, Row
from amcc_dataset.rules import ROW_RULES, RULES
from amcc_dataset.rules.completed import MISSING, completed
from amcc_dataset.rules.fit import typed
from amcc_dataset.rules.given import from_csv, read, rows_of
from amcc_dataset.rules.own import CIRCLES, REFERENCES, Own, UnfitError, leads_out
from amcc_dataset.rules.verdict import RowFinding, Verdict

MOST = 1000
"""The most findings that are listed for one rule, or for one column and kind of fault."""

_EVIDENCE = frozenset({"claims", "docket", "order"})
"""The modules of rules that a user's own rows need not follow."""

_COMPLETENESS = frozenset(
    {
        "a_document_gives_a_person_one_title",
        "chairs_took_part_in_the_chair",
        "documents_of_an_edition_are_counted",
        "documents_carry_claims_or_a_note",
        "initiatives_show_their_relation",
        "instruments_are_referred_to",
        "principal_documents_speak_of_their_edition",
        "rosters_agree_with_participants",
        "what_happened_is_reported_not_foretold",
    }
)
"""Single rules in other modules that they need not follow either."""

_TOGETHER = frozenset(
    {
        "codes_are_the_vocabularies",
        "edition_numbers_run_from_one",
        "ordinals_run_from_one_in_each_edition",
        "steps_of_a_route_run_from_one",
    }
)
"""The rules on all rows of a table together: leaving a row out would break them."""

_ALONE = frozenset({*ROW_RULES, "keys_are_unique"})
"""The rules that can run without the rows of the release."""


def is_asked(name: str) -> bool:
    """Return whether a rule runs on a user's own rows."""
    module = RULES[name].__module__.rpartition(".")[2]
    return module not in _EVIDENCE and name not in _COMPLETENESS


def check(data: Any, table: str | type[Row] | None = None, *, with_release: bool = True) -> Verdict:
    """Check rows of your own against the schema and the rules of their table.

    Parameters
    ----------
    data
        The rows: a pandas or polars frame, an Arrow table, a list of dicts or of row objects,
        or the path of a CSV or Parquet file. Several tables at once: ``{table: rows, ...}``.
    table
        Name of the table whose rows they are, as in `tables()`, or its row class. Leave it out
        for several tables, for row objects, and for a file that is named after its table.
    with_release
        Whether to check your rows together with those of the release: a row with the id of a
        row of the release replaces it, any other row is added. References may then lead to
        rows of the release, and numbers and years have to continue after its last. Otherwise
        your rows are checked alone, and references to other tables are not followed.

    Returns
    -------
    Verdict
        Everything that is wrong. It prints itself; `ok` is true if nothing is wrong,
        `findings` has all findings, `frame()` returns them as a pandas frame, and `raise_()`
        raises an error with their text.

    Raises
    ------
    ValueError
        If there is no such table, or the data cannot be read as rows.
    OSError
        If a file cannot be read.
    ImportError
        If the library that reads the file is missing; the message says what to install.

    Examples
    --------
    >>> from amcc_dataset import rows
    >>> mine = rows("editions")[-1] | {"number": 12, "format": "onsite"}
    >>> for finding in check([mine], "editions").findings:
    ...     print(finding.location.field, finding.value, "->", finding.remedy)
    number 12 -> write 10, or add the missing edition
    format onsite -> write one of: hybrid, in_person, virtual
    """
    tables = _by_table(data, table)
    followed = TABLES if with_release else tables
    own = {name: Own(name, read(rows), followed) for name, rows in tables.items()}
    beside = {name: _released(name) if with_release else () for name in TABLES}
    found: list[RowFinding] = []
    cut: dict[str, None] = {}
    for rule, findings in _judged(own, beside, with_release):
        listed = list(islice(findings, MOST + 1))
        found += listed[:MOST]
        if len(listed) > MOST:
            cut[rule] = None
    if with_release and any(finding.rule in MISSING for finding in found):
        data = _together({name: rows.named() for name, rows in own.items()}, beside)
        found = list(completed(found, own, data))
    sizes = {name: rows.given.size for name, rows in own.items()}
    return Verdict(tuple(sorted(found, key=_place)), sizes, with_release, tuple(cut))


def _released(table: str) -> Rows:
    with shipped.open_file("data", "processed", f"{table}.csv") as source:
        return rows_of(typed(table, from_csv(source.read(), table)))


def _judged(
    own: Mapping[str, Own], beside: Mapping[str, Rows], with_release: bool
) -> Iterator[tuple[str, Iterable[RowFinding]]]:
    """Yield the findings of each kind of fault and of each rule that runs."""
    for rows in own.values():
        yield from rows.faults()
    data = _together({name: rows.filled() for name, rows in own.items()}, beside)
    nameless = {name: rows.rows for name, rows in own.items() if rows.nameless}
    followed = (TABLES if with_release else own).keys() - nameless.keys()
    broken = _asked(REFERENCES, data, followed)
    yield REFERENCES, (_or_together(_on(own, finding)) for finding in broken)
    # Other rules would only repeat that a reference leads nowhere, or back to its own row.
    for rows in own.values():
        rows.withhold(finding.location for finding in broken)
    # A row without a right id may be meant to replace one of the release, and would contradict it
    # or repeat it: the two are never looked at together.
    data = _together({name: rows.named() for name, rows in own.items()}, beside)
    if with_release and (broken := _asked(CIRCLES, data)):
        yield CIRCLES, [_on(own, finding) for finding in broken]
        for rows in own.values():
            rows.withhold(finding.location for finding in broken)
        data = _together({name: rows.named() for name, rows in own.items()}, beside)
    single = data.replaced(nameless)
    done = {REFERENCES, CIRCLES, *(_TOGETHER if nameless else ())}
    for rule in RULES:
        if rule not in done and is_asked(rule) and (with_release or rule in _ALONE):
            found = _asked(rule, single if rule in ROW_RULES else data)
            yield rule, (_on(own, finding) for finding in found)


def _together(own: Mapping[str, Rows], beside: Mapping[str, Rows]) -> Dataset:
    """Return the given rows together with the rows of the release that have other ids."""
    tables = dict(beside)
    for name, rows in own.items():
        ids = {row["id"] for row in rows}
        tables[name] = [*(row for row in beside[name] if row["id"] not in ids), *rows]
    return Dataset(tables)


def _asked(name: str, data: Dataset, tables: Collection[str] = TABLES) -> list[Finding]:
    """Run a rule; of findings on references, keep those that lead to one of these tables.

    If the rule needs a cell that does not fit, it runs again without the rows that have such a
    cell. Most rules are then right about the table of these rows only: in other tables they may
    find something only because these rows are missing.
    """
    less: set[str] = set()
    while True:
        found = (each for each in RULES[name](data) if not leads_out(each, tables))
        try:
            listed = list(islice(found, MOST + 1))
        except UnfitError as unfit:
            if name in _TOGETHER:
                return []
            less.add(unfit.table)
            rows = [row for row in data[unfit.table] if unfit.field in row]
            data = data.replaced({unfit.table: rows})
        else:
            holds = not less or name in ROW_RULES
            return [each for each in listed if holds or {each.location.table} == less]


def _or_together(finding: RowFinding) -> RowFinding:
    """Add to the remedy for a reference that its row may be one of the user's own."""
    at, value = finding.location, finding.value
    ref = columns_of(str(at.table))[str(at.field)].ref or ""
    if value is None or re.fullmatch(columns_of(ref)["id"].pattern or "", value) is None:
        return finding
    remedy = f"{finding.remedy}, or check the new row of {ref} together with this one"
    return replace(finding, remedy=remedy)


def _on(own: Mapping[str, Own], finding: Finding) -> RowFinding:
    """Return a finding as one on a given row, or on a row of the release."""
    at = finding.location
    rows = own.get(str(at.table))
    if rows is not None and at.row_id in rows.index:
        return rows.found(finding)
    return RowFinding(finding.rule, at, finding.what, finding.remedy)


def _place(finding: RowFinding) -> tuple[bool, int, int, str, int]:
    """Return the sort key of a finding: table, row, column; rows of the release come last."""
    at = finding.location
    table, field = str(at.table), str(at.field)
    names = list(columns_of(table))
    column = names.index(field) if field in names else len(names)
    position = -1 if finding.position is None else finding.position
    of_release = finding.position is None and at.row_id is not None
    return of_release, list(TABLES).index(table), position, at.row_id or "", column


def _by_table(data: Any, table: str | type[Row] | None) -> Mapping[str, Any]:
    """Return the rows by the name of their table.

    Raises
    ------
    ValueError
        If a table is not named, or no table has that name.
    """
    if isinstance(table, type) and issubclass(table, Row):
        table = table.TABLE.name
    several = isinstance(data, Mapping)
    if several and (table is not None or not data or "id" in data):
        what = "give one table as a frame or a list of dicts, one row as [row]"
        raise ValueError(f'{what}, several as {{"editions": rows, "people": others}}')
    names = list(data) if several else [_name(data) if table is None else table]
    for name in names:
        known("table", name, list(TABLES))
    tables = data if several else {names[0]: data}
    for name, rows in tables.items():
        others = (
            (row for row in rows if isinstance(row, Row)) if isinstance(rows, list | tuple) else ()
        )
        for row in others:
            if type(row) is not TABLES[name]:
                raise ValueError(f"a row is of {row.TABLE.name}, not of {name}; check it as that")
    return tables


def _name(data: Any) -> str:
    """Return the table of row objects, or the one that a file is named after."""
    what = "the table of these rows is not named"
    if isinstance(data, str | os.PathLike):
        if (stem := Path(data).stem) in TABLES:
            return stem
        read(data)  # What cannot be read is reported first.
        what = f"{os.fspath(data)} is not named after a table"
    elif isinstance(data, Sequence) and data and isinstance(data[0], Row):
        return data[0].TABLE.name
    raise ValueError(f'{what}; name it as in check(rows, "editions")')
