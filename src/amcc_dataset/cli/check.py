"""`amcc-dataset check`: check rows of your own in files."""

import argparse
from pathlib import Path

from amcc_dataset.cli import EXIT_FINDINGS, output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="CSV or Parquet file with the rows; several files if each has the name of its table",
    )
    parser.add_argument(
        "--table",
        metavar="TABLE",
        help="table of the rows (default: the name of the file)",
    )
    parser.add_argument(
        "--alone",
        action="store_true",
        help="check the rows alone, without those of the release",
    )
    parser.add_argument("--json", action="store_true", help="print problems as JSON")


def run(options: argparse.Namespace) -> int:
    """Check the user's own rows and print what is wrong."""
    from amcc_dataset.rules.check import check
    from amcc_dataset.rules.verdict import note_of

    rows = options.files[0] if len(options.files) == 1 else _by_table(options.files, options.table)
    try:
        verdict = check(rows, options.table, with_release=not options.alone)
    except OSError as error:
        # Not a finding on the rows: a program must see the difference in the exit code.
        raise ValueError(f"{error.filename}: {error.strerror}; check the path") from None
    if options.json:
        output.json([finding.plain() for finding in verdict.findings])
        if verdict.cut:
            output.note(note_of(verdict.cut))
    else:
        for line in verdict.lines():
            output.line(line, wrap=True)
    return 0 if verdict.ok else EXIT_FINDINGS


def _by_table(paths: list[str], table: str | None) -> dict[str, str]:
    """Return files by the tables that they are named after.

    Raises
    ------
    ValueError
        If a table is named, or two files have the name of the same table.
    """
    if table is not None:
        raise ValueError("--table is for one file; name each file after its table instead")
    named: dict[str, str] = {}
    for path in paths:
        name = Path(path).stem
        if name in named:
            raise ValueError(f"{named[name]} and {path} are of the same table; check one at a time")
        named[name] = path
    return named
