"""`amcc-dataset build`: make the tables and schemas, or report which of them are out of date."""

import argparse
from pathlib import Path

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing, only report which files are out of date",
    )
    parser.add_argument(
        "--root", metavar="DIR", default=".", help="the clone (default: this folder)"
    )
    parser.add_argument("--json", action="store_true", help="print problems as JSON")


def run(options: argparse.Namespace) -> int:
    """Make the tables and schemas, or report which of them are out of date."""
    from amcc_dataset.curation.compile import compile_tables
    from amcc_dataset.model.findings import Failed
    from amcc_dataset.release.place import stale, write
    from amcc_dataset.release.render import render

    root = Path(options.root)
    files = render(compile_tables(root))
    if options.check:
        found = stale(root, files)
        if found:
            raise Failed(found)
        said = [f"{len(files)} generated files are up to date"]
    else:
        changed = write(root, files)
        said = [f"wrote {path}" if path in files else f"deleted {path}" for path in changed]
        said.append(f"{len(files)} files, {len(changed)} changed")
    output.done(said, as_json=options.json)
    return 0
