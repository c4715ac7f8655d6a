"""`amcc-dataset status`: print the status of one initiative or of all."""

import argparse
import datetime as dt

from amcc_dataset.cli import output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "initiative", metavar="INITIATIVE", nargs="?", help="id of the initiative (default: all)"
    )
    parser.add_argument(
        "--on", metavar="DATE", help="the day, like 2024-01-01 (default: count all known steps)"
    )
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the status of one initiative or of all."""
    from amcc_dataset.reading import status

    try:
        on = dt.date.fromisoformat(options.on) if options.on else None
    except ValueError:
        raise ValueError(f"--on {options.on!r} is not a date; write it like 2024-01-01") from None
    rows = status.status_rows(options.initiative, on)
    columns = [name for name in status.STATUS if not name.endswith("event_id")]
    if options.json:
        output.json(rows)
    elif output.is_terminal():
        columns = [name for name in columns if not name.endswith(("precision", "kind"))]
        output.table([said(row) for row in rows], columns, keep=["status", "since", "latest"])
    else:
        output.table(rows, columns)
    return 0


def said(row: "dict[str, Any]") -> "dict[str, Any]":
    """Return a row with its dates in words, at their precision, and the kinds of its steps."""
    from amcc_dataset.model.words import brief

    words = dict(row)
    if row["since"]:
        words["since"] = brief(row["since"], row["precision"])
    for step in ("first", "latest"):
        if row[step]:
            day = brief(row[step], row[f"{step}_precision"])
            words[step] = f"{day} {row[f'{step}_kind']}"
    return words
