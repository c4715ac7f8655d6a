"""`amcc-dataset release`: make every file of a release from a clone of the repository."""

import argparse
from pathlib import Path

from amcc_dataset.cli import output
from amcc_dataset.disk.files import RefusedError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "--root", metavar="DIR", default=".", help="the clone (default: this folder)"
    )
    parser.add_argument(
        "--output", metavar="DIR", help="folder for the files (default: dist in the clone)"
    )


def run(options: argparse.Namespace) -> int:
    """Make every file of a release from a clone of the repository."""
    from amcc_dataset.publish import make

    root = Path(options.root)
    folder = Path(options.output) if options.output else root / "dist"
    if not options.output and folder.is_symlink():
        raise RefusedError(
            "is a link, which is only followed if you name it", folder, "name it with --output"
        )
    try:
        written = make(root, folder, output.progress)
    finally:
        output.progress(1, 1, "")
    for path in written:
        output.line(f"{path}  {path.stat().st_size} bytes")
    return 0
