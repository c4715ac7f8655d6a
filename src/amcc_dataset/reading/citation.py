"""How to cite the dataset, and the documents that a table or a row rests on.

Every reference is one item of CSL-JSON, the form that reference managers exchange; the other
formats are written from it. A document counts as primary for a row where no document nearer
to the conference supports the row. Standard library only. Not in here: who says what of a
cell (load.evidence_rows).
"""

from collections import defaultdict
from typing import Any

from amcc_dataset.model.bibliography import FORMATS, dataset, document
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.vocabularies import Standing, Tier
from amcc_dataset.reading import load

_STANDS = (Standing.AGREED, Standing.PREFERRED)


def cite(table: str | None = None, row: str | None = None, *, format: str = "text") -> str:
    """Return how to cite the dataset, and the primary documents behind a table or a row.

    Parameters
    ----------
    table
        Name of a table; the dataset alone without it.
    row
        Key of a row of the table.
    format
        ``"text"``, ``"bibtex"``, ``"csl-json"`` or ``"ris"``.

    Examples
    --------
    >>> print(cite("sources", "csa-2019-10-02-amcc4-press-release").partition("Mechanism ")[2])
    (2019-10-02). https://www.csa.gov.sg/news/press-releases/amcc-release-2019
    >>> cite(format="bibtex").splitlines()[0]
    '@misc{amcc-dataset,'
    """
    if format not in FORMATS:
        raise ValueError(f"there is no format {format!r}; {one_of(format, FORMATS)}")
    if row is not None and table is None:
        raise ValueError(f"row {row!r} is of which table? name the table before the row")
    items = [dataset(load.descriptor())]
    if table is not None:
        items += [document(source) for source in documents(table, row)]
    return FORMATS[format](items)


def documents(table: str, row_id: str | None = None) -> list[dict[str, Any]]:
    """Return the primary documents behind a table or one of its rows, the earliest first.

    They are those nearest to the conference among the documents whose claims stand, row by
    row, and those that a row itself names; of `sources`, the documents themselves.
    """
    rows = load.rows(table) if row_id is None else [load.row(table, row_id)]
    sources = {source["id"]: source for source in load.rows("sources")}
    claiming: dict[str, set[str]] = defaultdict(set)
    for claim in load.rows("provenance"):
        if claim["table"] == table and claim["standing"] in _STANDS:
            claiming[claim["row_id"]].add(claim["source_id"])
    named = [field["name"] for field in load.fields(table) if field["name"].endswith("source_id")]
    tiers = list(Tier)
    found: set[str] = {row["id"] for row in rows} if table == "sources" else set()
    for row in rows:
        found.update(row[field] for field in named if row[field] is not None)
        behind = {tiers.index(sources[name]["tier"]) for name in claiming[row["id"]]}
        found.update(
            name
            for name in claiming[row["id"]]
            if tiers.index(sources[name]["tier"]) == min(behind)
        )
    return sorted(
        (sources[name] for name in found),
        key=lambda source: (str(source["published_on"] or "n.d."), source["id"]),
    )
