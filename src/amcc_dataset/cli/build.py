"""`amcc-dataset build`: make the release tree, or report which of its files are stale."""

import argparse
from pathlib import Path

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--check", action="store_true", help="only report which files are stale")
    parser.add_argument("--root", metavar="DIR", default=".", help="the checkout (default: here)")


def run(options: argparse.Namespace) -> int:
    """Make the release tree, or report which of its files are stale."""
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
        output.line(f"{len(files)} generated files are up to date")
        return 0
    changed = write(root, files)
    for path in changed:
        output.line(f"wrote {path}" if path in files else f"deleted {path}")
    output.line(f"{len(files)} files, {len(changed)} changed")
    return 0
