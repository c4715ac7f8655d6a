"""`amcc-dataset validate`: check a release and print what is wrong."""

import argparse
from pathlib import Path

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "folder",
        metavar="PLACE",
        nargs="?",
        help="folder or zip file of a release or an export, or its database or workbook "
        "(default: the package)",
    )
    parser.add_argument("--json", action="store_true", help="print problems as JSON")


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
    said = [
        f"{folder}: {len(report.tables)} tables, {rows} rows, no problems",
        *(f"read: {path}" for path in report.files),
        f"checked by: {', '.join(report.engines)}",
        *(f"not installed: {engine}" for engine in report.missing),
    ]
    output.done(said, as_json=options.json)
    return 0
