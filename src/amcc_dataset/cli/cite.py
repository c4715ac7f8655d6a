"""`amcc-dataset cite`: print how to cite the dataset and the documents behind it."""

import argparse

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "table", metavar="TABLE", nargs="?", help="name of the table (default: only the dataset)"
    )
    parser.add_argument("rows", metavar="ROW", nargs="*", help="ids of the rows (default: all)")
    parser.add_argument(
        "--format", metavar="FORMAT", default="text", help="text (default), bibtex, csl-json or ris"
    )


def run(options: argparse.Namespace) -> int:
    """Print how to cite the dataset and the documents behind it."""
    from amcc_dataset.reading.citation import cite

    # Keep its line ends: reference managers read it, and they are part of the format RIS.
    output.line(cite(options.table, options.rows or None, format=options.format), wrap=True)
    return 0
