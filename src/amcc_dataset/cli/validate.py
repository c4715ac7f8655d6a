"""`amcc-dataset validate`: check a release and print what is wrong."""

import argparse
from pathlib import Path

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "folder", metavar="PLACE", nargs="?", help="folder with datapackage.json, or zip file"
    )


def run(options: argparse.Namespace) -> int:
    """Check a release and print what is wrong."""
    from amcc_dataset.disk import shipped
    from amcc_dataset.model.findings import Failed
    from amcc_dataset.release.validate import validate

    folder = Path(options.folder) if options.folder else Path(shipped.root())
    report = validate(folder)
    if report.findings:
        raise Failed(report.findings)
    rows = sum(map(len, report.tables.values()))
    output.line(f"{folder}: {len(report.tables)} tables, {rows} rows, no problems")
    output.line(f"checked by: {', '.join(report.engines)}")
    for engine in report.missing:
        output.line(f"not asked: {engine}")
    return 0
