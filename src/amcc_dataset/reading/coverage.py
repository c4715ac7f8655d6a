"""How much of each edition is known, from how many documents, and how much of them was read.

Cells are counted, not rows. Each cell that a passage may state is stated, coded or inferred (by
the best accepted claim on it), silent (a document was read for it and does not say), or unknown.
Copies and translations count as their original. Not here: the claims themselves (evidence.py),
and which editions were read in part (model/limits.py).
"""

from collections import Counter, defaultdict

from amcc_dataset.model.dataset import STANDS, Dataset
from amcc_dataset.model.vocabularies import Read, Scope, Standing
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.reading.store import fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from amcc_dataset.model.dataset import Row

    Plain = dict[str, Any]

TABLES = ("editions", "participants", "outcomes", "initiative_events", "meetings")
"""The tables whose rows belong to an edition."""

BASES = ("stated", "coded", "inferred")


def coverage_rows(data: Dataset | None = None) -> "list[Plain]":
    """Return how much of each edition is known, table by table.

    Parameters
    ----------
    data
        The tables; by default those of the package.

    Returns
    -------
    list of dict
        One per edition and table, in the order of the editions and of `TABLES`. `edition` and
        `table` are the key; all others are counts:

        * `rows`: the rows of the table that belong to the edition
        * `stated`, `coded`, `inferred`: cells by the best basis of an accepted claim
        * `silent`: empty cells for which a document was read in full and does not say
        * `unknown`: cells without an accepted claim and without a recorded silence
        * `documents`: documents with an accepted claim on one of the rows
        * `originals`: the same, with copies and translations counted as their original
        * `documents_whole`: those of `documents` that were read to their end

    Examples
    --------
    >>> coverage_rows()[0]["edition"]
    'amcc-01'
    """
    data = data or dataset()
    claimable = {
        table: {
            field["name"] for field in fields(table) if field["amcc:support"] in ("claim", "row")
        }
        for table in TABLES
    }
    return [
        {"edition": edition["id"], "table": table, **_count(data, table, claimable[table], rows)}
        for edition in data["editions"]
        for table in TABLES
        for rows in [_of_edition(data, table, edition)]
    ]


def _of_edition(data: Dataset, table: str, edition: "Row") -> "tuple[Row, ...]":
    return (edition,) if table == "editions" else data.having(table, "edition_id", edition["id"])


def _count(data: Dataset, table: str, fields: "set[str]", rows: "Sequence[Row]") -> "Plain":
    cells: Counter[str] = Counter()
    sources: set[str] = set()
    support = data.support(table)
    for row in rows:
        backed: defaultdict[str | None, set[str]] = defaultdict(set)
        for field, standing, basis, source_id in support.get(row["id"], ()):
            if standing in STANDS:
                backed[basis].add(field)
                sources.add(source_id)
            else:
                backed[standing].add(field)
        empty = {field for field in fields if row[field] is None}
        left = fields - empty
        for basis in BASES:
            cells[basis] += len(left & backed[basis])
            left -= backed[basis]
        cells["silent"] += len(empty & backed[Standing.SILENT])
        cells["unknown"] += len(left) + len(empty - backed[Standing.SILENT])
    return {
        "rows": len(rows),
        **{kind: cells[kind] for kind in (*BASES, "silent", "unknown")},
        "documents": len(sources),
        "originals": len({data.original(source) for source in sources}),
        "documents_whole": len(_whole(data, sources)),
    }


def _whole(data: Dataset, sources: "Iterable[str]") -> "list[str]":
    """Return the documents that were read in full, not only their beginning."""
    known = data.by_id("sources")
    return [source for source in sources if known[source]["read"] == Read.WHOLE]


def editions(data: Dataset) -> "list[Plain]":
    """Return what is known about each edition, and from how many documents.

    Parameters
    ----------
    data
        The tables.

    Returns
    -------
    list of dict
        One per edition, by `number`. Of the edition's own cells that a passage may state, `known`
        counts those that are established, `silent` those for which a document was read that does
        not say, and `unknown` the rest; `originals` counts the documents behind them, without
        copies. `documents` have a claim on any row of the edition; `documents_whole` of them were
        read to their end. `collective` counts outcomes of all members together, `single` those of
        the host, of another delegation or of the Secretariat.

    Examples
    --------
    >>> [row["year"] for row in editions(dataset())][:3]
    [2016, 2017, 2018]
    """
    counts = {row["edition"]: row for row in coverage_rows(data) if row["table"] == "editions"}
    shown = (
        *("number", "year", "date_start", "date_end", "format", "city", "venue"),
        *("chair_name", "theme", "documents", "documents_whole"),
    )
    found = []
    for edition in sorted(data["editions"], key=lambda row: row["number"]):
        count = counts[edition["id"]]
        outcomes = data.having("outcomes", "edition_id", edition["id"])
        collective = sum(row["scope"] == Scope.COLLECTIVE for row in outcomes)
        found.append(
            {
                "edition_id": edition["id"],
                **{name: edition[name] for name in shown},
                "known": sum(count[basis] for basis in BASES),
                "silent": count["silent"],
                "unknown": count["unknown"],
                "originals": count["originals"],
                "collective": collective,
                "single": len(outcomes) - collective,
            }
        )
    return found


def totals(data: Dataset) -> "dict[str, int]":
    """Return how many documents were collected, read and cited, and how many claims there are.

    Parameters
    ----------
    data
        The tables.

    Returns
    -------
    dict
        Documents: `collected`, with a reading note; `whole`, read to the end, not only the
        opening; `cited`, with a claim or a recorded silence in provenance; `independent`, the
        same, with copies and translations counted as their original. And `claims`, with recorded
        silences, and how many of them are `overruled`.
    """
    collected, claims = data.by_id("sources"), 0
    cited, overruled = set(), 0
    for table in data:
        for support in data.support(table).values():
            claims += len(support)
            for _, standing, _, source_id in support:
                cited.add(source_id)
                overruled += standing == Standing.OVERRULED
    return {
        "collected": len(collected),
        "whole": len(_whole(data, collected)),
        "cited": len(cited),
        "independent": len({data.original(source) for source in cited}),
        "claims": claims,
        "overruled": overruled,
    }


def behind(data: Dataset, edition_id: str) -> "set[str]":
    """Return the documents with an accepted claim on a row of an edition, in any table.

    Parameters
    ----------
    data
        The tables.
    edition_id
        Key of an edition.

    Returns
    -------
    set of str
        Keys of `sources`.

    Examples
    --------
    >>> data = dataset()
    >>> len(behind(data, "amcc-04")) == data.by_id("editions")["amcc-04"]["documents"]
    True
    """
    edition = data.by_id("editions")[edition_id]
    return {
        claim["source_id"]
        for table in TABLES
        for row in _of_edition(data, table, edition)
        for claim in data.standing(table, row["id"])
    }
