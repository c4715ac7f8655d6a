"""`amcc-dataset check`: check rows of your own in a file."""

import argparse

from amcc_dataset.cli import EXIT_FINDINGS, output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("file", metavar="FILE", help="CSV or Parquet file with the rows")
    parser.add_argument(
        "--table",
        metavar="TABLE",
        help="table of the rows (default: the name of the file)",
    )
    parser.add_argument("--json", action="store_true", help="print findings as JSON")


def run(options: argparse.Namespace) -> int:
    """Check the user's own rows and print what is wrong."""
    from amcc_dataset.rules.check import check

    verdict = check(options.file, options.table)
    if options.json:
        output.json([finding.plain() for finding in verdict.findings])
    else:
        for line in verdict.lines():
            output.line(line, wrap=True)
    return 0 if verdict.ok else EXIT_FINDINGS
