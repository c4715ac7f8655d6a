"""`amcc-dataset explore`: write everything as one page for the browser, and open it."""

import argparse
from contextlib import suppress
from pathlib import Path

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "--output", metavar="FILE", default="amcc.html", help="file to write (default: amcc.html)"
    )
    parser.add_argument("--no-open", action="store_true", help="write the file without opening it")
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace an existing file",
    )


def run(options: argparse.Namespace) -> int:
    """Write everything as one page for the browser, and open it."""
    import webbrowser

    path = Path(options.output)
    changed = _write(path, options.force)
    output.line(f"{'wrote' if changed else 'up to date:'} {path}")
    if not options.no_open and not webbrowser.open(path.resolve().as_uri()):
        output.line("no browser was found; open the file in a browser")
    return 0


def _write(path: Path, force: bool) -> bool:
    """Write the page to a file; return whether the file changed."""
    from amcc_dataset.disk.files import holds
    from amcc_dataset.explore.page import render
    from amcc_dataset.export.formats import put
    from amcc_dataset.model.findings import worded

    content = render().encode()
    with worded("writable_page", "name a file with --output"), suppress(FileNotFoundError):
        if holds(path.parent, path.name, content):
            return False
    return bool(put(path.parent, {path.name: content}, "explore", force=force))
