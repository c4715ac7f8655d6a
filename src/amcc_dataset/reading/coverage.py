"""How much of each edition is known, and on how many independent documents it rests.

Counts cells, not rows: each cell that a passage may state is stated, coded or inferred by
the best standing claim on it, silent where a document was read for it and does not say, or
unknown. Copies and translations count as one original. Not in here: the claims themselves
(load.evidence_rows).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from amcc_dataset.reading import load

TABLES = ("editions", "participants", "outcomes", "initiative_events", "meetings")
BASES = ("stated", "coded", "inferred")

Rows = list[dict[str, Any]]


def originals(sources: Rows) -> dict[str, str]:
    """Return for each source the original behind it, itself if it is no copy.

    Examples
    --------
    >>> originals([{"id": "a", "copy_of": "b"}, {"id": "b", "copy_of": None}])
    {'a': 'b', 'b': 'b'}
    """
    copy_of = {source["id"]: source["copy_of"] for source in sources}
    found = {}
    for source_id in copy_of:
        original = source_id
        while copy_of.get(original):
            original = copy_of[original]
        found[source_id] = original
    return found


def coverage_rows(tables: Mapping[str, Rows] | None = None) -> Rows:
    """Return one row per edition and table: its rows, its cells by basis, its documents.

    Parameters
    ----------
    tables
        The tables by name; the packaged ones without it.

    Examples
    --------
    >>> coverage_rows()[0]["edition"]
    'amcc-01'
    """
    if tables is None:
        tables = {name: load.rows(name) for name in (*TABLES, "provenance", "sources")}
    original = originals(tables["sources"])
    claims: dict[tuple[str, str], Rows] = defaultdict(list)
    for claim in tables["provenance"]:
        claims[claim["table"], claim["row_id"]].append(claim)
    claimable = {
        table: [
            field["name"]
            for field in load.fields(table)
            if field["amcc:support"] in ("claim", "row")
        ]
        for table in TABLES
    }
    found = []
    for edition in tables["editions"]:
        for table in TABLES:
            key = "id" if table == "editions" else "edition_id"
            rows = [row for row in tables[table] if row[key] == edition["id"]]
            found.append(_count(edition["id"], table, claimable[table], rows, claims, original))
    return found


def _count(
    edition_id: str,
    table: str,
    claimable: list[str],
    rows: Rows,
    claims: Mapping[tuple[str, str], Rows],
    original: Mapping[str, str],
) -> dict[str, Any]:
    cells: Counter[str] = Counter()
    documents: set[str] = set()
    for row in rows:
        by_field: dict[str, set[str]] = defaultdict(set)
        for claim in claims.get((table, row["id"]), ()):
            if claim["standing"] == "silent":
                by_field[claim["field"]].add("silent")
            elif claim["standing"] != "overruled":
                by_field[claim["field"]].add(claim["basis"])
                documents.add(claim["source_id"])
        for field in claimable:
            bases = by_field.get(field, set())
            if row[field] is None:
                cells["silent" if "silent" in bases else "unknown"] += 1
            else:
                cells[next((basis for basis in BASES if basis in bases), "unknown")] += 1
    return {
        "edition": edition_id,
        "table": table,
        "rows": len(rows),
        **{kind: cells[kind] for kind in (*BASES, "silent", "unknown")},
        "documents": len(documents),
        "originals": len({original[source_id] for source_id in documents}),
    }
