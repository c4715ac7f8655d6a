"""From data/raw to the tables: registries, settled rows, provenance, and what derives.

`compile_tables` reads everything that people edit below a root, settles it and returns
every table as a list of typed rows in the order of the release, or raises all problems at
once, each with its file and line. Not in here: how claims are read (claims.py) and settled
(docket.py), the rules across rows (checks/), and the files of the release (tree.py).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from amcc_dataset import rules as checks
from amcc_dataset.curation import settle, toml_files
from amcc_dataset.curation.decisions import Decision, read_docket
from amcc_dataset.curation.documents import Documents, expand_rosters, read_documents
from amcc_dataset.curation.registries import read_registry, read_retired, returned_ids
from amcc_dataset.curation.statements import CLAIMED, COLUMNS, Claim
from amcc_dataset.model import passages, vocabularies
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.dataset import Cell, Dataset, Row, in_order
from amcc_dataset.model.findings import Finding, Finds, Problem, Problems
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.tables import TABLES, misfits


def compile_tables(root: Path) -> Dataset:
    """Return every table of the release from the raw files below `root`.

    Raises
    ------
    Problems
        With everything that is wrong, if anything is.
    """
    problems = Finds()
    return compile_documents(read_documents(root, problems), root, problems)


def compile_documents(documents: Documents, root: Path, problems: list[Problem]) -> Dataset:
    """Return every table made from documents, with the registries and the docket of `root`.

    `problems` holds what reading the documents found.

    Raises
    ------
    Problems
        With everything that is wrong, if anything is.
    """
    places_of: dict[str, toml_files.Place] = {}
    actors = read_registry(root, "actors", places_of, problems)
    people = read_registry(root, "people", places_of, problems)
    retired = read_retired(root, problems)
    decisions = read_docket(root, problems)
    dates = _dates(documents.claims, decisions)
    claims = documents.claims + expand_rosters(documents.rosters, actors, dates, problems)
    registered = [row["id"] for row in (*actors, *people)]
    problems.extend(returned_ids(claims, [*documents.sources, *registered], retired))
    settled = settle.settle(claims, decisions, problems)
    found: dict[str, list[dict[str, Any]]] = {
        name: [{"id": row_id, **cells} for row_id, cells in rows.items()]
        for name, rows in settled.rows.items()
    }
    found["sources"] = list(documents.sources.values())
    found["actors"], found["people"] = actors, people
    found["decisions"] = settled.decisions
    found["codes"] = _codes()
    found["provenance"] = _provenance(settled, documents)
    tables = {
        name: [
            {column: row.get(column) for column in row_class.model_fields} for row in found[name]
        ]
        for name, row_class in TABLES.items()
    }
    _derive(tables, settled, documents, problems)
    for claim in claims:
        places_of.setdefault(".".join(claim.cell), claim.place)
        places_of.setdefault(".".join(claim.cell[:2]), claim.place)
    data = Dataset(
        {name: in_order(rows, TABLES[name].TABLE.order) for name, rows in tables.items()}
    )
    wrong = settled.unsettled | documents.misread
    misfits = list(_misfits(data, wrong))
    problems.extend(_misfit(*misfit, places_of) for misfit in misfits)
    unfit = {cell[:2] for cell in wrong} | {(table, row["id"]) for table, row, _, _ in misfits}
    broken = checks.run(data, unfit if problems else None)
    problems.extend(_problem(finding, places_of) for finding in broken)
    if problems:
        raise Problems(problems)
    return data


def _problem(finding: Finding, places_of: Mapping[str, toml_files.Place]) -> Problem:
    return Problem(_place(finding.location.cell, places_of), finding.what, finding.remedy)


def _dates(claims: Iterable[Claim], decisions: Iterable[Decision]) -> dict[str, dt.date | None]:
    """Return the first day of each edition, None where it is disputed and not decided."""
    settled = settle.settle(
        (claim for claim in claims if (claim.table, claim.field) == ("editions", "date_start")),
        (entry for entry in decisions if (entry.table, entry.field) == ("editions", "date_start")),
        Finds(),
    )
    return {
        row_id: day if isinstance(day := row.get("date_start"), dt.date) else None
        for row_id, row in settled.rows["editions"].items()
    }


def _codes() -> list[dict[str, Any]]:
    return [
        {
            "id": f"{name}-{code}".replace("_", "-"),
            "vocabulary": name,
            "code": code.value,
            "label": code.label,
            "definition": code.definition,
            "ordinal": ordinal,
        }
        for name, vocabulary in vocabularies.VOCABULARIES.items()
        for ordinal, code in enumerate(vocabulary, 1)
    ]


def _derive(
    tables: dict[str, list[dict[str, Any]]],
    settled: settle.Settled,
    documents: Documents,
    problems: list[Problem],
) -> None:
    made = {(name, row["id"]): row for name, rows in tables.items() for row in rows}
    for table, row_id, field, value in checks.derived.values(Dataset(tables)):
        made[table, row_id][field] = value
    editions = {row["id"] for row in tables["editions"]}
    for row in tables["editions"]:
        row["principal_source_id"] = documents.principal.get(row["id"])
    for edition_id, source_id in documents.principal.items():
        if edition_id not in editions:
            where = f"data/raw/sources/{source_id}.toml"
            remedy = one_of(edition_id, editions)
            problems.append(Problem(where, f"principal_of unknown edition {edition_id!r}", remedy))
    ranks = _reading_order(settled, documents)
    last: dict[str | None, int] = defaultdict(int)
    for row in sorted(tables["outcomes"], key=lambda row: ranks[row["id"]]):
        last[row["edition_id"]] += 1
        row["ordinal"] = last[row["edition_id"]]


def _reading_order(settled: settle.Settled, documents: Documents) -> dict[str, tuple[Any, ...]]:
    """Rank outcomes by where they first stand: the principal documents first, then by name."""
    principal = set(documents.principal.values())
    position = {claim: number for number, claim in enumerate(documents.claims)}
    ranks: dict[str, tuple[Any, ...]] = {}
    for claim, _ in settled.standings:
        if claim.table == "outcomes":
            rank = claim.source_id not in principal, claim.source_id, position[claim]
            ranks[claim.row_id] = min(rank, ranks.get(claim.row_id, rank))
    return ranks


def _provenance(settled: settle.Settled, documents: Documents) -> list[dict[str, Any]]:
    silent = [(claim, vocabularies.Standing.SILENT) for claim in documents.silences]
    link = cache(passages.link)
    rows = []
    for claim, standing in settled.standings + silent:
        passage = claim.passage
        start, end = (passage.start, passage.end) if passage else (None, None)
        url = documents.sources.get(claim.source_id, {}).get("url")
        rows.append(
            {
                "id": claim.id,
                "table": claim.table,
                "row_id": claim.row_id,
                "field": claim.field,
                "value": to_text(claim.value) or None,
                "standing": standing,
                "basis": claim.basis,
                "source_id": claim.source_id,
                "locator": passage.locator if passage else None,
                "start": start,
                "end": end,
                "span_sha256": passage.sha256 if passage else None,
                "link": link(url, start, end) if url else None,
            }
        )
    return rows


def _misfits(data: Dataset, unsettled: set[Cell]) -> Iterable[tuple[str, Row, str, str]]:
    """Yield table, row, field and reason of the cells that do not fit their table.

    What derives from a broken reference is not told besides the reference.
    """
    for name, row_class in TABLES.items():
        for row in data[name]:
            for field, why in misfits(row_class, row):
                derived = COLUMNS[name][field].derived and row[field] is None
                if not derived and (name, row["id"], field) not in unsettled:
                    yield name, row, field, why


def _misfit(
    table: str,
    row: Mapping[str, Any],
    field: str,
    why: str,
    places_of: Mapping[str, toml_files.Place],
) -> Problem:
    cell = f"{table}.{row['id']}.{field}"
    if row.get(field) is None:
        what = f"{cell} is not established by any claim"
        remedy = "let a passage state it" if table in CLAIMED else f"add {field} = …"
    else:
        what = f"{cell} is {row[field]!r}: {why}"
        remedy = "correct it"
    return Problem(_place(cell, places_of), what, remedy)


def _place(where: str, places_of: Mapping[str, toml_files.Place]) -> str:
    """Return file and line of a cell, else of its row, else `where` itself."""
    table, _, rest = where.partition(".")
    row_id = rest.partition(".")[0]
    if table == "sources" and row_id:
        return f"data/raw/sources/{row_id}.toml"
    place = places_of.get(where) or places_of.get(f"{table}.{row_id}")
    return f"{place} ({where})" if place else where
