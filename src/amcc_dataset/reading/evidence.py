"""Who says what of a row or cell, where, and who disagrees.

Not in here: making claims (curation/).
"""

from typing import TYPE_CHECKING

from amcc_dataset.reading.load import fields, row, select, unknown

if TYPE_CHECKING:
    from typing import Any, TypeVar

    import pandas as pd

    from amcc_dataset.model.tables import Row

    RowT = TypeVar("RowT", bound=Row)
    Plain = dict[str, Any]


_STANDING = ("agreed", "preferred", "overruled", "silent")


def evidence_rows(table: str, row_id: str, field: str | None = None) -> "list[Plain]":
    """Return the claims on a row, or on one of its cells, as plain dictionaries.

    They come in the order of the columns, standing claims before overruled ones and
    silence; `reason` and `note` are the docket's where the cell or row was disputed.
    """
    names = [column["name"] for column in fields(table)]
    if field is not None and field not in names:
        raise unknown(f"column of {table}", field, names)
    claims = list(select("provenance", table=table, row_id=row_id))
    if not claims:
        row(table, row_id)
    sources = {row["id"]: row for row in select("sources")}
    docket = {row["field"]: row for row in select("decisions", table=table, row_id=row_id)}
    found = []
    for claim in claims:
        source = sources[claim["source_id"]]
        decision = docket.get(claim["field"]) or docket.get(None) or {}
        if field is None or claim["field"] == field:
            found.append(
                {
                    "field": claim["field"],
                    "value": claim["value"],
                    "standing": claim["standing"],
                    "basis": claim["basis"],
                    "source_id": claim["source_id"],
                    "publisher": source["publisher"],
                    "title": source["title"],
                    "published_on": source["published_on"],
                    "tier": source["tier"],
                    "copy_of": source["copy_of"],
                    "locator": claim["locator"],
                    "link": claim["link"],
                    "reason": decision.get("reason"),
                    "note": decision.get("note"),
                }
            )

    def order(row: "Plain") -> "tuple[int, int, str]":
        standing = _STANDING.index(str(row["standing"]))
        return names.index(str(row["field"])), standing, str(row["source_id"])

    return sorted(found, key=order)


def evidence_for(table: str, row_id: str, field: str | None = None) -> "pd.DataFrame":
    """Return who says what of a row, or of one of its cells, where, and who disagrees.

    Parameters
    ----------
    table
        Name of a table, for example ``"editions"``.
    row_id
        Key of a row; a row that the docket rejected has evidence too.
    field
        Name of a column; all columns without it.

    Returns
    -------
    pandas.DataFrame
        One row per claim; `link` opens the passage in a browser.

    Examples
    --------
    >>> evidence_for("editions", "amcc-04", "number")["standing"].unique().tolist()
    ['agreed']
    """
    import pandas as pd

    return pd.DataFrame(evidence_rows(table, row_id, field))
