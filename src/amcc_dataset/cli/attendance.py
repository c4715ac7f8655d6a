"""`amcc-dataset attendance`: print who was at which edition."""

import argparse

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print who was at which edition."""
    from amcc_dataset.reading.attendance import attendance_rows

    rows = attendance_rows()
    if options.json:
        output.json(rows)
    else:
        output.table(rows, list(rows[0]) if rows else [])
    return 0
