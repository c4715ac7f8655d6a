"""`amcc-dataset show`: print a table, or one of its rows in full."""

import argparse

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("table", metavar="TABLE", help="name of the table")
    parser.add_argument("row", metavar="ROW", nargs="?", help="id of the row")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print a table, or one of its rows in full."""
    from amcc_dataset.reading import load, store

    if options.row is not None:
        rows = [load.row(options.table, options.row)]
    else:
        rows = load.rows(options.table)
    if options.json:
        output.json(rows)
    elif options.row is not None:
        for name, value in rows[0].items():
            output.line(f"{name}: {'' if value is None else value}".rstrip())
    else:
        output.table(rows, [field["name"] for field in store.fields(options.table)])
    return 0
