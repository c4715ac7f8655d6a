"""`amcc-dataset verify-sources`: compare the claims of a clone with the texts in a folder."""

import argparse
from pathlib import Path

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("folder", metavar="DIR", help="folder with one text file for each document")
    parser.add_argument(
        "--root", metavar="DIR", default=".", help="the clone (default: this folder)"
    )
    parser.add_argument("--fill", action="store_true", help="add missing digests to data/raw")
    parser.add_argument("--json", action="store_true", help="print problems as JSON")


def run(options: argparse.Namespace) -> int:
    """Compare the claims of a clone with the texts in a folder."""
    from amcc_dataset.curation.texts.verify import verify

    report = verify(Path(options.root), Path(options.folder), fill=options.fill)
    output.done([str(report)], as_json=options.json)
    return 0
