"""From the settled cells to the tables of the release: rows, provenance and derived cells.

Not here: which value is accepted (settle.py), and whether the tables are right (the rules).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from amcc_dataset.curation.documents import Documents
from amcc_dataset.curation.registries import Registries
from amcc_dataset.curation.settle import Settled
from amcc_dataset.curation.statements import COLUMNS, is_id
from amcc_dataset.model import passages, vocabularies
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.dataset import Dataset, in_order
from amcc_dataset.model.findings import Checked
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.tables import TABLES
from amcc_dataset.rules import derived

Rows = list[dict[str, Any]]


def assemble(settled: Settled, documents: Documents, registries: Registries) -> Checked[Dataset]:
    """Return every table with all its columns, and the rows in the order of the release."""
    made: dict[str, Rows] = {
        name: [{"id": row_id, **cells} for row_id, cells in rows.items()]
        for name, rows in settled.rows.items()
    }
    made |= registries.rows
    made["sources"] = list(documents.sources.values())
    tables = {name: [_whole(row, COLUMNS[name]) for row in rows] for name, rows in made.items()}
    tables["decisions"] = settled.decisions
    tables["codes"] = list(_codes())
    tables["provenance"] = list(_provenance(settled, documents))
    yield from _name_principal_documents(tables["editions"], documents)
    _number_outcomes(tables["outcomes"], settled, documents)
    data = Dataset(tables)
    rows = {(name, row["id"]): row for name in tables for row in tables[name]}
    # Compute all values before setting any: an index of the dataset must not see only some of them.
    for table, row_id, field, value in list(derived.values(data)):
        rows[table, row_id][field] = value
    return Dataset({name: in_order(tables[name], TABLES[name].TABLE.order) for name in TABLES})


def _whole(row: dict[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    """Return a row with all columns in their order."""
    return {column: row.get(column) for column in columns}


def _codes() -> Iterable[dict[str, Any]]:
    for name, vocabulary in vocabularies.VOCABULARIES.items():
        for ordinal, code in enumerate(vocabulary, 1):
            yield {
                "id": f"{name}-{code}".replace("_", "-"),
                "vocabulary": name,
                "code": code.value,
                "label": code.label,
                "definition": code.definition,
                "ordinal": ordinal,
            }


def _name_principal_documents(editions: Rows, documents: Documents) -> Checked[None]:
    ids = {row["id"] for row in editions}
    for row in editions:
        row["principal_source_id"] = documents.principal.get(row["id"])
    for edition_id, source_id in documents.principal.items():
        if edition_id not in ids:
            place = documents.files[source_id].place.at("source", "principal_of")
            what = f"principal_of is {edition_id!r}, and no passage is on that edition"
            remedy = one_of(edition_id, ids)
            if is_id(edition_id):
                remedy = f"add [passage.editions.{edition_id}] to a passage, or {remedy}"
            yield place.finding("principal_documents_are_of_an_edition", what, remedy)


def _number_outcomes(outcomes: Rows, settled: Settled, documents: Documents) -> None:
    """Number the outcomes of each edition in the order in which documents state them."""
    ranks = _reading_order(settled, documents)
    last: Counter[str | None] = Counter()
    for row in sorted(outcomes, key=lambda row: ranks[row["id"]]):
        last[row["edition_id"]] += 1
        row["ordinal"] = last[row["edition_id"]]


def _reading_order(settled: Settled, documents: Documents) -> Mapping[str, tuple[Any, ...]]:
    """Rank outcomes by where they are stated first: in principal documents, then by source id."""
    principal = set(documents.principal.values())
    position = {statement: number for number, statement in enumerate(documents.statements)}
    ranks: dict[str, tuple[Any, ...]] = {}
    for statement, _ in settled.standings:
        if statement.table == "outcomes":
            source_id = statement.source_id
            rank = source_id not in principal, source_id, position[statement]
            ranks[statement.row_id] = min(rank, ranks.get(statement.row_id, rank))
    return ranks


def _provenance(settled: Settled, documents: Documents) -> Iterable[dict[str, Any]]:
    silent = [(statement, vocabularies.Standing.SILENT) for statement in documents.silences]
    link = cache(passages.link)
    for statement, standing in settled.standings + silent:
        passage = statement.passage
        start, end = (passage.start, passage.end) if passage else (None, None)
        url = documents.sources[statement.source_id].get("url")
        yield {
            "id": statement.id,
            "table": statement.table,
            "row_id": statement.row_id,
            "field": statement.field,
            "value": to_text(statement.value) or None,
            "standing": standing,
            "basis": statement.basis,
            "source_id": statement.source_id,
            "locator": passage.locator if passage else None,
            "start": start,
            "end": end,
            "span_sha256": passage.sha256 if passage else None,
            "link": link(url, start, end) if url else None,
        }
