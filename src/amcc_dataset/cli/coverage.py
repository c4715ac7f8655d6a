"""`amcc-dataset coverage`: print how much of each edition is known, and from how many documents."""

import argparse

from amcc_dataset.cli import output

NOTES = (
    "stated, coded, inferred, silent and unknown count cells; rows counts rows, all others documents",
    "silent: a document that was read in full does not give the value; unknown: empty and not silent; "
    "outside editions, this includes columns that do not apply to the row",
    "originals: documents without copies and translations; documents_whole: read in full",
)
"""What the columns count."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print how much of each edition is known, and from how many documents."""
    from amcc_dataset.reading.coverage import coverage_rows

    rows = coverage_rows()
    if options.json:
        output.json(rows)
    else:
        keep = ["table", "rows", "unknown", "documents", "documents_whole"]
        output.table(rows, list(rows[0]) if rows else [], keep=keep)
        for text in NOTES:
            output.note(text)
    return 0
