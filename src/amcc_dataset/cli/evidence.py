"""`amcc-dataset evidence`: print the claims on a row or cell, and who disagrees."""

import argparse
from itertools import groupby
from operator import itemgetter
from typing import Any

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("table", metavar="TABLE", help="name of the table, like editions")
    parser.add_argument("row", metavar="ROW", help="id of the row, like amcc-04")
    parser.add_argument(
        "field", metavar="FIELD", nargs="?", help="name of the column (default: all columns)"
    )
    parser.add_argument("--json", action="store_true", help="print claims as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the claims on a row or cell, and who disagrees."""
    from amcc_dataset.reading.evidence import evidence_rows

    claims = evidence_rows(options.table, options.row, options.field)
    if options.json:
        output.json(claims)
        return 0
    what = ".".join(filter(None, (options.table, options.row, options.field)))
    if not claims:
        output.line(f"{what}: {_without_claims(options.table, options.row, options.field)}.")
        return 0
    if any(options.field != claim["field"] for claim in claims) and options.field:
        held = _value(options.table, options.row, options.field)
        said = f"{held}; computed from:" if held else "empty; computed, but these do not give it:"
        output.line(f"{what}: {said}")
    cells = [list(group) for _, group in groupby(claims, itemgetter("table", "row_id", "field"))]
    # One decision may settle several cells: all cells of a row that is rejected.
    settled: dict[tuple[str, str], list[int]] = {}
    for place, cell in enumerate(cells):
        if decision := _decision(cell):
            settled.setdefault(decision, []).append(place)
    for place, cell in enumerate(cells):
        output.line("")
        output.line(".".join(cell[0][name] for name in ("table", "row_id", "field")))
        _print_claims(cell)
        decision = _decision(cell)
        if decision and settled[decision][-1] == place:
            fields = dict.fromkeys(cells[at][0]["field"] for at in settled[decision])
            on = f" on {', '.join(fields)}" if len(fields) > 1 else ""
            output.line(f"  decided{on} ({decision[0]}): {decision[1]}")
    return 0


def _value(table: str, row_id: str, field: str) -> str:
    from amcc_dataset.model.cells import to_text
    from amcc_dataset.reading.packaged import dataset

    return to_text((dataset().row(table, row_id) or {}).get(field))


def _without_claims(table: str, row_id: str, field: str | None) -> str:
    """Return why a row or cell has no claims."""
    from amcc_dataset.model.columns import claimable, columns_of
    from amcc_dataset.reading.packaged import dataset

    row = dataset().row(table, row_id) or {}
    if table not in claimable():
        return "no claims: curators keep this table, it is not taken from documents"
    if field is None or row.get(field) is not None:
        computed = field is not None and columns_of(table)[field].derived
        return f"no claims: it is {'computed from other cells' if computed else 'a key'}"
    if field not in claimable()[table]:
        return "empty; it is computed from other cells, or documents are not asked for it"
    if table == "editions":
        return "unknown; no document gives it, and none that could give it was read in full"
    return "empty; it does not apply to this row, or no document gives it"


def _decision(claims: list[dict[str, Any]]) -> tuple[str, str] | None:
    """Return the reason and note of the decision on a cell; None if there was no dispute."""
    found = (claim for claim in claims if claim["standing"] == "overruled")
    return next(((claim["reason"], claim["note"]) for claim in found), None)


def _print_claims(claims: list[dict[str, Any]]) -> None:
    """Print the claims on one cell, each with its document."""
    for claim in claims:
        said = claim["value"]
        says = f"says {said}" if said is not None else "does not say"
        copy = f", copy of {claim['copy_of']}" if claim["copy_of"] else ""
        basis = f"{claim['basis'] or 'read in full'}{copy}"
        output.line(f"  {claim['standing']}: {claim['publisher']} {says} ({basis})")
        day, place = claim["published_on"] or "undated", claim["locator"] or "whole document"
        output.line(f"    {claim['title']}, {day}, {place}")
        if claim["link"]:
            output.line(f"    {claim['link']}")
