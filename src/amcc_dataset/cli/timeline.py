"""`amcc-dataset timeline`: print the steps of an initiative, the earliest first."""

import argparse

from amcc_dataset.cli import output
from amcc_dataset.cli.status import said


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("initiative", metavar="INITIATIVE", help="id of the initiative")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the steps of an initiative, the earliest first."""
    from amcc_dataset.model.words import brief
    from amcc_dataset.reading import status

    rows = status.timeline_rows(options.initiative)
    if options.json:
        output.json(rows)
        return 0
    columns = list(status.TIMELINE)
    if output.is_terminal():
        columns.remove("precision")
        rows = [{**row, "date": brief(row["date"], row["precision"])} for row in rows]
    output.table(rows, columns, keep=["kind", "summary"])
    now = said(*status.status_rows(options.initiative))
    reached = f"{now['status']} since {now['since']}" if now["status"] else "no status"
    later = f"; continued by {now['successor_id']}" if now["successor_id"] else ""
    output.note(f"{options.initiative}: {reached}; latest step: {now['latest']}{later}")
    for row in rows:
        if row["restates_id"]:
            output.note(f"{row['event_id']} is about the same money as {row['restates_id']}")
    return 0
