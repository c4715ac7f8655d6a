"""`amcc-dataset show`: print a table, or one of its rows in full."""

import argparse

from amcc_dataset.cli import output

KEEP = {
    "editions": ("date_start", "city", "chair_name"),
    "participants": ("actor_id", "presence", "named_by"),
    "outcomes": ("act", "scope", "title"),
    "initiatives": ("name", "kind"),
    "initiative_events": ("kind", "date", "precision", "summary"),
    "meetings": ("name", "date_start", "date_precision"),
    "instruments": ("name",),
    "cross_references": ("relation",),
    "parties": ("actor_id", "role"),
    "sources": ("title", "publisher", "read"),
    "provenance": ("row_id", "field", "value", "standing"),
    "decisions": ("reason", "note"),
    "actors": ("name",),
    "people": ("name",),
    "codes": ("label", "definition"),
}
"""The columns that a narrow window keeps after the key; others are shown if there is room."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("table", metavar="TABLE", help="name of the table, like editions")
    parser.add_argument("row", metavar="ROW", nargs="?", help="id of the row (default: all rows)")
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
        columns = [field["name"] for field in store.fields(options.table)]
        output.table(rows, columns, keep=KEEP[options.table])
        _warn(options.table)
    return 0


def _warn(table: str) -> None:
    """Print what a reader has to know about the rows of a table."""
    from amcc_dataset.model.limits import caveat
    from amcc_dataset.reading.packaged import dataset

    if table == "outcomes":
        output.note(caveat(dataset()))
    elif table == "participants":
        output.note(
            "named_by 0: only counted in a group, such as all member states; nobody is named"
        )
    elif table == "initiative_events":
        output.note(
            "a step with restates_id is about the money of an earlier pledge: leave it out of a sum"
        )
