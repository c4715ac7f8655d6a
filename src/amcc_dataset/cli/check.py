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

    try:
        rows = _by_table(options.files, options.table)
        verdict = check(rows, with_release=not options.alone)
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
    """Return files by their tables, which are those that they are named after.

    Raises
    ------
    ValueError
        If the table of a file is not known, or two files have the name of the same table.
    OSError
        If such a file cannot be read.
    """
    from amcc_dataset.model.tables import TABLES
    from amcc_dataset.rules.given import read

    if table is not None and len(paths) > 1:
        raise ValueError("--table is for one file; name each file after its table instead")
    named: dict[str, str] = {}
    for path in paths:
        name = Path(path).stem if table is None else table
        if name in named:
            raise ValueError(f"{named[name]} and {path} are of the same table; check one at a time")
        named[name] = path
    unnamed = [path for name, path in named.items() if name not in TABLES]
    if table is None and unnamed:
        for path in paths:
            read(path)  # What cannot be read is reported first.
        remedy = f"add --table and the name of its table: {', '.join(TABLES)}"
        if len(paths) > 1:
            remedy = f"rename it to one of: {', '.join(f'{name}.csv' for name in TABLES)}"
        raise ValueError(f"{unnamed[0]} is not named after a table; {remedy}")
    return named
