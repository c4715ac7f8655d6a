"""`amcc-dataset timeline`: print the steps of an initiative, the earliest first."""

import argparse

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("initiative", metavar="INITIATIVE", help="id of the initiative")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the steps of an initiative, the earliest first."""
    from amcc_dataset.reading import status

    rows = status.timeline_rows(options.initiative)
    if options.json:
        output.json(rows)
    else:
        output.table(rows, status.TIMELINE, keep=["kind", "summary"])
    return 0
