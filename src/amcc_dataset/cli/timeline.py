"""`amcc-dataset timeline`: print the steps of an initiative, the earliest first."""

import argparse

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("initiative", metavar="INITIATIVE", help="id of the initiative")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the steps of an initiative, the earliest first."""
    from amcc_dataset.model.words import when
    from amcc_dataset.reading import status

    rows = status.timeline_rows(options.initiative)
    if options.json:
        output.json(rows)
        return 0
    columns = list(status.TIMELINE)
    if output.is_terminal():
        columns.remove("precision")
        rows = [{**row, "date": when(row["date"], row["precision"])} for row in rows]
    output.table(rows, columns, keep=["kind", "summary"])
    (now,) = status.status_rows(options.initiative)
    if now["successor_id"]:
        output.note(f"{options.initiative} is carried on by {now['successor_id']}")
    return 0
