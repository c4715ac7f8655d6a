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


def _claims(table: str, row_id: str, field: str | None) -> "list[Plain]":
    """Return the claims on a row, on one of its cells, or on the cells that it is derived from."""
    own = list(select("provenance", table=table, row_id=row_id))
    if not own:
        row(table, row_id)
    if field is None:
        return own
    named = {column["name"]: column for column in fields(table)}
    if field not in named:
        raise unknown(f"column of {table}", field, list(named))
    origin = named[field].get("amcc:derivedFrom", {"fields": []})
    if "resource" not in origin:
        return [claim for claim in own if claim["field"] in (field, *origin["fields"])]
    others = list(select("provenance", table=origin["resource"]))
    said = {(claim["row_id"], claim["field"], claim["value"]) for claim in others}
    wanted = {origin["by"]: row_id, **origin.get("where", {})}.items()
    return [
        claim
        for claim in others
        if claim["field"] in origin["fields"]
        and all((claim["row_id"], *cell) in said for cell in wanted)
    ] + [claim for claim in own if claim["field"] == field]


def evidence_rows(table: str, row_id: str, field: str | None = None) -> "list[Plain]":
    """Return the claims on a row, or on one of its cells, as plain dictionaries.

    They come in the order of the columns, standing claims before overruled ones and
    silence; `reason` and `note` are the docket's where the cell or row was disputed. For a
    cell that is derived from others they are the claims on those.
    """
    claims = _claims(table, row_id, field)
    sources = {row["id"]: row for row in select("sources")}
    docket = {(row["table"], row["row_id"], row["field"]): row for row in select("decisions")}
    places = {
        (name, column["name"]): place
        for name in {claim["table"] for claim in claims}
        for place, column in enumerate(fields(name))
    }
    found = []
    for claim in claims:
        source, cell = sources[claim["source_id"]], (claim["table"], claim["row_id"])
        decision = docket.get((*cell, claim["field"])) or docket.get((*cell, None)) or {}
        found.append(
            {
                "table": claim["table"],
                "row_id": claim["row_id"],
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

    def order(row: "Plain") -> "tuple[object, ...]":
        derived_from = row["table"] != table, row["row_id"]
        standing = _STANDING.index(str(row["standing"]))
        place = places[str(row["table"]), str(row["field"])]
        return *derived_from, place, standing, str(row["source_id"])

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
        Name of a column; all columns without it. A column that is derived, such as
        ``"lead_id"`` of an initiative, answers with the claims on the cells that it comes from.

    Returns
    -------
    pandas.DataFrame
        One row per claim on the cell `field` of the row `row_id` of `table`; `link` opens the
        passage in a browser.

    Examples
    --------
    >>> evidence_for("editions", "amcc-04", "number")["standing"].unique().tolist()
    ['agreed']
    """
    import pandas as pd

    return pd.DataFrame(evidence_rows(table, row_id, field))
