"""`amcc-dataset evidence`: print the claims on a row or cell, and who disagrees."""

import argparse
from itertools import groupby
from operator import itemgetter
from typing import Any

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("table", metavar="TABLE", help="name of the table")
    parser.add_argument("row", metavar="ROW", help="id of the row")
    parser.add_argument("field", metavar="FIELD", nargs="?", help="name of the column")
    parser.add_argument("--json", action="store_true", help="print claims as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the claims on a row or cell, and who disagrees."""
    from amcc_dataset.reading.evidence import evidence_rows

    claims = evidence_rows(options.table, options.row, options.field)
    if options.json:
        output.json(claims)
        return 0
    if not claims:
        what = ".".join(filter(None, (options.table, options.row, options.field)))
        output.line(
            f"{what}: no document in the collection says anything, nor is its silence recorded."
        )
        return 0
    for cell, group in groupby(claims, itemgetter("table", "row_id", "field")):
        output.line("")
        output.line(".".join(cell))
        _print_cell(list(group))
    return 0


def _print_cell(claims: list[dict[str, Any]]) -> None:
    """Print the claims on one cell, and below them once how their dispute was settled."""
    for claim in claims:
        said = claim["value"]
        says = f"says {said}" if said is not None else "was read and does not say"
        copy = f", copy of {claim['copy_of']}" if claim["copy_of"] else ""
        basis = f"{claim['basis'] or 'silence'}{copy}"
        output.line(f"  {claim['standing']}: {claim['publisher']} {says} ({basis})")
        day, place = claim["published_on"] or "undated", claim["locator"] or "whole document"
        output.line(f"    {claim['title']}, {day}, {place}")
        if claim["link"]:
            output.line(f"    {claim['link']}")
    settled = next((claim for claim in claims if claim["standing"] == "overruled"), None)
    if settled:
        output.line(f"  decided ({settled['reason']}): {settled['note']}")
