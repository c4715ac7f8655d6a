"""Who says what about a row or cell, where, and who disagrees.

The claims on a row, their documents and the decisions on them are looked up in the sorted files
of the release, so that an answer does not take longer if the collection grows. Not here: making
claims (curation/).
"""

from itertools import chain

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.suggest import known
from amcc_dataset.model.vocabularies import Standing
from amcc_dataset.reading.frames import frame
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.reading.store import fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    import pandas as pd

    from amcc_dataset.model.dataset import Row

    Plain = dict[str, Any]

EVIDENCE = (
    *("table", "row_id", "field", "value", "standing", "basis", "source_id", "publisher"),
    *("title", "published_on", "tier", "copy_of", "locator", "link", "reason", "note"),
)

_ORDER = (Standing.AGREED, Standing.PREFERRED, Standing.OVERRULED, Standing.SILENT)


def _claims(data: Dataset, table: str, row_id: str, field: str | None) -> "Iterable[Row]":
    """Return the claims on a row, on one of its cells, or on the cells that it is derived from."""
    named = {column["name"]: column for column in fields(table)}
    if field is not None:
        known("column", field, named, of=table)
    if not isinstance(row_id, str):
        known("row", row_id, data.by_id(table), of=table)
    own = data.claims_on(table, row_id, field)
    if not own and not data.claims_on(table, row_id) and data.row(table, row_id) is None:
        known("row", row_id, data.by_id(table), of=table)
    if field is None or "amcc:derivedFrom" not in named[field]:
        return own
    origin = named[field]["amcc:derivedFrom"]
    if "resource" not in origin:
        others = (data.claims_on(table, row_id, name) for name in origin["fields"])
        return [*own, *chain.from_iterable(others)]
    # The rows with this value, and those in dispute, for which a document may claim it.
    other, wanted = origin["resource"], {origin["by"]: row_id, **origin.get("where", {})}
    rows = [
        row["id"]
        for row in data.having(other, origin["by"], row_id)
        if wanted.items() <= row.items()
    ]
    rows += [
        row["row_id"]
        for row in data.having("decisions", "table", other)
        if row["field"] is None or row["field"] in wanted
    ]
    return [
        claim
        for other_id in dict.fromkeys(rows)
        for claims in [data.claims_on(other, other_id)]
        if wanted.items() <= {(claim["field"], claim["value"]) for claim in claims}
        for claim in claims
        if claim["field"] in origin["fields"]
    ] + list(own)


def evidence_rows(table: str, row_id: str, field: str | None = None) -> "list[Plain]":
    """Return the claims on a row, or on one of its cells, as plain dictionaries.

    Parameters
    ----------
    table
        Name of a table, as in `tables()`.
    row_id
        Key of a row, also of one that a decision rejected.
    field
        Name of a column; by default all columns.

    Returns
    -------
    list of dict
        The rows of `evidence_for`, with the same keys in the same order. `published_on` is a
        date, all others are text; None if there is no value.

    Raises
    ------
    ValueError
        If there is no such table, row or column.

    Examples
    --------
    >>> evidence_rows("editions", "amcc-04", "number")[0]["value"]
    '4'
    """
    data = dataset()
    claims = list(_claims(data, table, row_id, field))
    places = {
        name: [column["name"] for column in fields(name)]
        for name in {claim["table"] for claim in claims}
    }

    def order(claim: "Row") -> "tuple[object, ...]":
        derived_from = claim["table"] != table, claim["row_id"]
        place = places[claim["table"]].index(claim["field"])
        return *derived_from, place, _ORDER.index(claim["standing"]), claim["source_id"]

    return [_with_document(data, claim) for claim in sorted(claims, key=order)]


def _with_document(data: Dataset, claim: "Row") -> "Plain":
    """Return a claim with its document and with the decision on its cell."""
    source = data.row("sources", claim["source_id"]) or {}
    decision: Row = {}
    if claim["standing"] != Standing.AGREED:
        decision = data.decision(claim["table"], claim["row_id"], claim["field"]) or {}
    about = {name: decision.get(name) for name in ("reason", "note")}
    row = {**source, **claim, **about}
    return {name: row[name] for name in EVIDENCE}


def evidence_for(table: str, row_id: str, field: str | None = None) -> "pd.DataFrame":
    """Return who says what about a row, or about one of its cells, where, and who disagrees.

    Parameters
    ----------
    table
        Name of a table, as in `tables()`, for example ``"editions"``.
    row_id
        Key of a row, also of one that a decision rejected.
    field
        Name of a column; by default all columns. For a derived column, such as ``"lead_id"`` of
        an initiative, the result has the claims on the cells from which it is derived.

    Returns
    -------
    pandas.DataFrame
        One row per claim, in the order of the columns of the table. For each cell, accepted claims
        come first, then overruled ones, then silences, each by `source_id`. Claims on the cells
        from which a derived cell is computed come last. The columns:

        * `table`, `row_id`, `field` (text): the cell
        * `value` (text): what the document says, written as in the CSV file; null for a silence
        * `standing` (category): `agreed`, `preferred`, `overruled` or `silent`
        * `basis` (category): how the value comes from the passage: `stated`, `coded`,
          `inferred` or `reference`; null for a silence
        * `source_id`, `publisher`, `title` (text): the document
        * `published_on` (datetime64[ms]): its date, or the first day of its month or year
        * `tier` (ordered category): how near it is to the conference, the nearest first
        * `copy_of` (text): the document of which it is a copy or translation
        * `locator` (text): where in the document, such as `p2` for its second paragraph
        * `link` (text): address that opens the passage in a browser
        * `reason` (category), `note` (text): why the dispute was settled this way; the same for
          all claims on the cell, null if nothing was disputed

        Without a claim the frame is empty, with the same columns. Codes and rules are in section 2
        of docs/codebook.md.

    Raises
    ------
    ValueError
        If there is no such table, row or column.

    Examples
    --------
    >>> evidence_for("editions", "amcc-04", "number")["standing"].unique().tolist()
    ['agreed']
    >>> format = evidence_for("editions", "amcc-05", "format")
    >>> format.loc[format["standing"] == "preferred", "value"].unique().tolist()
    ['hybrid']
    """
    return frame(evidence_rows(table, row_id, field), EVIDENCE)
