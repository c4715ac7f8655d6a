"""`amcc-dataset export`: write the tables into a folder, in the formats that you need."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "folder", metavar="DIR", help="folder to write into; it is made if it does not exist"
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        action="append",
        help="csv (default), parquet, xlsx, sqlite, jsonl or duckdb; separate several with commas",
    )
    parser.add_argument(
        "--table",
        metavar="TABLE",
        action="append",
        help="only this table (default: all); separate several with commas",
    )
    parser.add_argument("--zip", action="store_true", help="write one zip file for each format")
    parser.add_argument("--force", action="store_true", help="replace existing files")


def run(options: argparse.Namespace) -> int:
    """Write the tables into a folder, in the formats that you need."""
    from amcc_dataset.export.formats import export

    try:
        written = export(
            Path(options.folder),
            _listed(options.format) or ["csv"],
            _listed(options.table),
            zipped=options.zip,
            force=options.force,
            progress=output.progress,
        )
    finally:
        output.progress(1, 1, "")
    for path in written:
        output.line(path)
    return 0


def _listed(given: Sequence[str] | None) -> list[str]:
    """Return the names given by an option that may be repeated and may list several."""
    return [name.strip() for names in given or [] for name in names.split(",") if name.strip()]
