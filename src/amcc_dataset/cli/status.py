"""`amcc-dataset status`: print the status of one initiative or of all."""

import argparse
import datetime as dt

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("initiative", metavar="INITIATIVE", nargs="?", help="id of the initiative")
    parser.add_argument("--on", metavar="DATE", help="the day, like 2024-01-01")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the status of one initiative or of all."""
    from amcc_dataset.reading import status

    try:
        on = dt.date.fromisoformat(options.on) if options.on else None
    except ValueError:
        raise ValueError(f"--on {options.on!r} is not a date; write it like 2024-01-01") from None
    rows = status.status_rows(options.initiative, on)
    if options.json:
        output.json(rows)
    else:
        columns = [name for name in status.STATUS if not name.endswith("event_id")]
        output.table(rows, columns, keep=["status", "since", "summary"])
    return 0
