"""From data/raw to the tables of the release, step by step: the way of a value on one screen.

Each step is a function that yields what it finds wrong and returns what it made. If a file,
a key or a value cannot be read, the work ends there, because further findings would only be
consequences. Everything else is reported together, each finding with its file and line. Not
here: the steps themselves, and the files of the release (release/).
"""

import datetime as dt
import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from amcc_dataset import rules
from amcc_dataset.curation import cures
from amcc_dataset.curation.assemble import assemble
from amcc_dataset.curation.decisions import DOCKET, Decision, read_docket
from amcc_dataset.curation.documents import Documents, read_documents
from amcc_dataset.curation.members import expand
from amcc_dataset.curation.places import Places
from amcc_dataset.curation.registries import read_registries, returned_ids
from amcc_dataset.curation.settle import astray, settle
from amcc_dataset.curation.statements import CLAIMED, COLUMNS, Statement, shown
from amcc_dataset.curation.toml_files import TomlFile, read_all
from amcc_dataset.model.dataset import Cell, Dataset
from amcc_dataset.model.findings import Finding, Findings, Location
from amcc_dataset.model.remedies import instead
from amcc_dataset.model.tables import TABLES, misfits


def compile_tables(root: Path) -> Dataset:
    """Return every table of the release from the raw files below `root`.

    Raises
    ------
    Failed
        With all findings, if there are any.
    """
    with _uncollected():
        findings = Findings()
        files = findings.take(read_all(root))
        findings.check()
        documents = findings.take(read_documents(files))
        return compile_documents(documents, files, findings)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the garbage collector: there are many objects, and hardly any cycles to collect."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def compile_documents(
    documents: Documents, files: Mapping[str, TomlFile], findings: Findings
) -> Dataset:
    """Return every table, made from the documents, the registries and the decisions.

    Parameters
    ----------
    documents
        The content of the source files.
    files
        All raw files by their paths.
    findings
        The findings from reading the documents; new findings are added.

    Raises
    ------
    Failed
        With all findings, if there are any.
    """
    registries = findings.take(read_registries(files))
    decisions = findings.take(read_docket(files[DOCKET]))
    # What could not be read is missing from here on, and would be missed everywhere.
    findings.check()
    # Settled ahead of the rest: the first day of an edition decides who its members are, and so
    # which statements a roster makes.
    dates = first_days(documents.statements, decisions)
    members = findings.take(expand(documents.groups, registries.rows["actors"], dates))
    statements = [*documents.statements, *members]
    listed = {table: {row["id"] for row in rows} for table, rows in registries.rows.items()}
    wrong = set(astray(statements, listed | {"sources": documents.sources.keys()}, decisions))
    settled = findings.take(settle([each for each in statements if each not in wrong], decisions))
    data = findings.take(assemble(settled, documents, registries))
    places = Places([*statements, *documents.silences], documents, registries, decisions)
    findings.take(returned_ids(places.rows, registries.retired))
    unfit = list(_misfits(data, settled.unsettled))
    broken = _broken(data, settled.unsettled, unfit, whole=not (findings or unfit or wrong))
    findings.extend(cures.cured(chain(unfit, broken), wrong, data, places, registries.aliases))
    if not findings:
        findings.extend(settled.stale)
    findings.check()
    return data


def first_days(
    statements: Iterable[Statement], decisions: Iterable[Decision]
) -> Mapping[str, dt.date | None]:
    """Return the first day of each edition, or None if it is disputed and not decided."""
    day = "editions", "date_start"
    said = [each for each in statements if (each.table, each.field) == day]
    decided = [each for each in decisions if (each.table, each.field) == day]
    rows = Findings().take(settle(said, decided)).rows["editions"]
    days = {row_id: row.get("date_start") for row_id, row in rows.items()}
    return {row_id: day if isinstance(day, dt.date) else None for row_id, day in days.items()}


def _misfits(data: Dataset, unsettled: Collection[Cell]) -> Iterator[Finding]:
    """Yield the cells that do not fit their table, except those that are reported already.

    References that lead to no row are left to a rule; so are the cells derived from them.
    """
    for name, row_class in TABLES.items():
        for row in data[name]:
            for field, _ in misfits(row_class, row):
                column, value = COLUMNS[name][field], row[field]
                known = column.derived if value is None else column.ref is not None
                if known or (name, row["id"], field) in unsettled:
                    continue
                rule = "cells_are_established"
                if value is not None:
                    rule, what = "value_fits_column", f"{field} is {shown(value)}"
                    remedy = instead(column, value)
                elif name in CLAIMED:
                    what = f"no claim gives {field}"
                    remedy = f"add {field} = … below [passage.{name}.{row['id']}]"
                else:
                    what, remedy = f"{field} is missing", f"add {field} = …"
                yield Finding(rule, Location(None, None, name, row["id"], field), what, remedy)


def _broken(
    data: Dataset, unsettled: Collection[Cell], unfit: Iterable[Finding], *, whole: bool
) -> Iterator[Finding]:
    """Yield what breaks a rule; if some rows are wrong, check only the others, each by itself."""
    if whole:
        return rules.run(data)
    places = (finding.location for finding in unfit)
    rows = {(str(at.table), str(at.row_id)) for at in places}
    return rules.run(data, rows | {cell[:2] for cell in unsettled})
