"""`amcc-dataset diff`: print what changed between two releases, cell by cell."""

import argparse
from pathlib import Path

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "old",
        metavar="OLD",
        help="the earlier release: a folder or zip file with datapackage.json and CSV files",
    )
    parser.add_argument("new", metavar="NEW", help="the later release, in the same form")
    parser.add_argument("--json", action="store_true", help="print changes as JSON")


def run(options: argparse.Namespace) -> int:
    """Print what changed between two releases, cell by cell."""
    from amcc_dataset.release import archive, diff

    old, new = archive.read(Path(options.old)), archive.read(Path(options.new))
    changes = diff.compare(old, new)
    if options.json:
        output.json(diff.plain(old, new, changes))
    else:
        for line in diff.report(old, new, changes):
            output.line(line)
    return 0
