"""The command `amcc-dataset`: what is in the package, who says so, and the curator's tools.

Each verb is one function that prints and returns the exit code: 0 all is well, 1 problems
were found, 2 the command was misused. A verb imports what it needs when it runs. Tables are
laid out for the width of a terminal and are plain tab-separated text when piped; `--json`
prints what a program reads. Not in here: anything that computes; that is in the modules
which the verbs call.
"""

import argparse
import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from amcc_dataset import __version__, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EXIT_PROBLEMS, EXIT_MISUSE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    from amcc_dataset.problems import Problems

    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except Problems as found:
        for problem in found.problems:
            print(problem, file=sys.stderr)
        count = len(found.problems)
        print(f"{count} problem{'s' * (count != 1)}", file=sys.stderr)
        return EXIT_PROBLEMS
    except (ValueError, ImportError) as error:
        print(f"amcc-dataset: {error}", file=sys.stderr)
        return EXIT_MISUSE
    except BrokenPipeError:
        # The reader has seen enough; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = error.filename or "the package"
        print(f"amcc-dataset: {where}: {error.strerror}; check the path", file=sys.stderr)
        return EXIT_PROBLEMS
    except KeyboardInterrupt:
        print("amcc-dataset: stopped; nothing was changed", file=sys.stderr)
        return 130
    return code


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="amcc-dataset",
        description="Every edition of the ASEAN Ministerial Conference on Cybersecurity, "
        "with the evidence for every cell. Without a verb: what is in the package.",
    )
    parser.add_argument("--version", action="version", version=f"amcc-dataset {__version__}")
    parser.set_defaults(run=overview)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")

    def verb(name: str, run: "Any", text: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    added = verb("show", show, "Print a table, or one of its rows in full.")
    added.add_argument("table", metavar="TABLE", help="name of the table")
    added.add_argument("row", metavar="ROW", nargs="?", help="id of the row")
    added.add_argument("--json", action="store_true", help="print rows as JSON")

    added = verb("evidence", evidence, "Print who says what of a row or cell, and who disagrees.")
    added.add_argument("table", metavar="TABLE", help="name of the table")
    added.add_argument("row", metavar="ROW", help="id of the row")
    added.add_argument("field", metavar="FIELD", nargs="?", help="name of the column")
    added.add_argument("--json", action="store_true", help="print claims as JSON")

    added = verb("status", status, "Print how far initiatives had come on a day.")
    added.add_argument("initiative", metavar="INITIATIVE", nargs="?", help="id of the initiative")
    added.add_argument("--on", metavar="DATE", help="the day, like 2024-01-01")
    added.add_argument("--json", action="store_true", help="print rows as JSON")

    added = verb("coverage", coverage, "Print how much of each edition is known, and from where.")
    added.add_argument("--json", action="store_true", help="print rows as JSON")

    added = verb("validate", validate, "Check a release tree: the packaged one, or a folder's.")
    added.add_argument("folder", metavar="DIR", nargs="?", help="folder with datapackage.json")

    added = verb("build", build, "Make the release tree of a checkout from data/raw.")
    added.add_argument("--check", action="store_true", help="only tell which files are stale")
    added.add_argument("--root", metavar="DIR", default=".", help="the checkout (default: here)")

    added = verb("verify-sources", verify_sources, "Compare claims with the texts of documents.")
    added.add_argument("folder", metavar="DIR", help="folder with one text per document")
    added.add_argument("--root", metavar="DIR", default=".", help="the checkout (default: here)")
    added.add_argument("--fill", action="store_true", help="write missing digests into data/raw")
    return parser


# --- layout -------------------------------------------------------------------------------


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Examples
    --------
    >>> width("Tô"), width("网络")
    (2, 4)
    """
    return sum(
        0
        if unicodedata.combining(character)
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def _fit(text: str, room: int) -> str:
    if width(text) > room:
        while width(text) > max(0, room - 1):
            text = text[:-1]
        text += "…"
    return text + " " * (room - width(text))


def print_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Print rows as a table that fits the terminal, or tab-separated when piped.

    In a terminal the first column stays whole, the others shrink to twelve characters, and
    what does not fit then is left out and named.
    """
    cells = [["" if row[name] is None else str(row[name]) for name in columns] for row in rows]
    if not sys.stdout.isatty():
        for line in [list(columns), *cells]:
            print("\t".join(line))
        return
    room = shutil.get_terminal_size((100, 24)).columns
    widths = [
        max([width(name), *(width(line[index]) for line in cells)])
        for index, name in enumerate(columns)
    ]
    while _total(widths) > room and max(widths[1:], default=0) > 12:
        widths[1 + widths[1:].index(max(widths[1:]))] -= 1
    while _total(widths) > room and len(widths) > 1:
        widths.pop()
    for number, line in enumerate([list(columns), *cells]):
        printed = "  ".join(_fit(cell, size) for cell, size in zip(line, widths, strict=False))
        print(f"\033[1m{printed.rstrip()}\033[0m" if number == 0 else printed.rstrip())
    if len(widths) < len(columns):
        print(f"\nNot shown for want of room: {', '.join(columns[len(widths) :])}")


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + 2 * (len(widths) - 1)


def print_json(rows: object) -> None:
    """Print rows as JSON; dates as text."""
    print(json.dumps(rows, indent=2, ensure_ascii=False, default=str))


# --- verbs for readers --------------------------------------------------------------------


def overview(_: argparse.Namespace) -> int:
    """Print what is in the package, the editions, the state of the checks, what to try."""
    tables = {name: load.rows(name) for name in load.tables()}
    print(f"amcc-dataset {__version__}: the ASEAN Ministerial Conference on Cybersecurity\n")
    editions = [
        {
            "edition": row["id"],
            "date": row["date_start"]
            if row["date_start"] == row["date_end"]
            else f"{row['date_start']} to {row['date_end']}",
            "city": row["city"],
            "venue": row["venue"],
            "format": row["format"],
            "chair": row["chair_name"],
        }
        for row in tables["editions"]
    ]
    print_rows(editions, list(editions[0]) if editions else [])
    print("\nAn empty cell is not established by any document: never zero, never no.\n")
    print("  ".join(f"{name} {len(rows)}" for name, rows in tables.items()))
    claims = tables["provenance"]
    disputed = sum(row["standing"] == "overruled" for row in claims)
    print(
        f"\n{len(claims)} claims from {len({row['source_id'] for row in claims})} documents, "
        f"{disputed} of them overruled by {len(tables['decisions'])} decisions of the docket."
    )
    from amcc_dataset import checks

    found = list(checks.run(tables))
    print(
        f"Checks: {len(checks.RULES)} rules, {len(found) or 'no'} problem{'s' * (len(found) != 1)}."
    )
    for problem in found:
        print(problem)
    print(
        "\nTry next:\n"
        "  amcc-dataset show outcomes\n"
        "  amcc-dataset evidence editions amcc-04 date_start\n"
        "  amcc-dataset status asean-regional-cert --on 2023-01-01\n"
        "  amcc-dataset validate"
    )
    return EXIT_PROBLEMS if found else 0


def show(options: argparse.Namespace) -> int:
    """Print a table, or one of its rows in full."""
    rows = load.rows(options.table)
    if options.row is not None:
        rows = [load.row(options.table, options.row)]
    if options.json:
        print_json(rows)
    elif options.row is not None:
        for name, value in rows[0].items():
            print(f"{name}: {'' if value is None else value}".rstrip())
    else:
        print_rows(rows, [field["name"] for field in load.fields(options.table)])
    return 0


def evidence(options: argparse.Namespace) -> int:
    """Print the claims on a row or cell, grouped by what they say."""
    claims = load.evidence_rows(options.table, options.row, options.field)
    if options.json:
        print_json(claims)
        return 0
    if not claims:
        what = ".".join(filter(None, (options.table, options.row, options.field)))
        print(f"{what}: no document in the collection says anything, nor is its silence recorded.")
        return 0
    seen = None
    for claim in claims:
        if claim["field"] != seen:
            seen = claim["field"]
            print(f"\n{options.table}.{options.row}.{seen}")
        says = (
            f"says {claim['value']}" if claim["value"] is not None else "was read and does not say"
        )
        copy = f", copy of {claim['copy_of']}" if claim["copy_of"] else ""
        print(
            f"  {claim['standing']}: {claim['publisher']} {says} ({claim['basis'] or 'silence'}{copy})"
        )
        print(
            f"    {claim['title']}, {claim['published_on'] or 'undated'}, {claim['locator'] or 'whole document'}"
        )
        if claim["link"]:
            print(f"    {claim['link']}")
        if claim["standing"] == "overruled":
            print(f"    overruled ({claim['reason']}): {claim['note']}")
    return 0


def status(options: argparse.Namespace) -> int:
    """Print the status of one initiative or of all."""
    import datetime as dt

    from amcc_dataset import questions

    try:
        on = dt.date.fromisoformat(options.on) if options.on else None
    except ValueError:
        raise ValueError(f"--on {options.on!r} is no date; write it like 2024-01-01") from None
    rows = questions.status_rows(options.initiative, on)
    if options.json:
        print_json(rows)
    else:
        print_rows(rows, ["initiative_id", "status", "since", "precision", "summary"])
    return 0


def coverage(options: argparse.Namespace) -> int:
    """Print how many cells of each edition are stated, coded, inferred, silent, unknown."""
    from amcc_dataset.coverage import coverage_rows

    rows = coverage_rows()
    if options.json:
        print_json(rows)
    else:
        print_rows(rows, list(rows[0]) if rows else [])
    return 0


# --- verbs for curators -------------------------------------------------------------------


def validate(options: argparse.Namespace) -> int:
    """Check a release tree and print what is wrong."""
    from amcc_dataset.problems import Problems
    from amcc_dataset.validate import validate as run

    folder = Path(options.folder) if options.folder else Path(load.root())
    report = run(folder)
    if report.problems:
        raise Problems(report.problems)
    rows = sum(map(len, report.tables.values()))
    print(f"{folder}: {len(report.tables)} tables, {rows} rows, no problems")
    print(f"checked by: {', '.join(report.engines)}")
    for engine in report.missing:
        print(f"not asked: {engine}")
    return 0


def build(options: argparse.Namespace) -> int:
    """Make the release tree, or tell which of its files are stale."""
    from amcc_dataset import tree
    from amcc_dataset.build import compile_tables
    from amcc_dataset.problems import Problems

    root = Path(options.root)
    files = tree.render(compile_tables(root))
    if options.check:
        stale = tree.stale(root, files)
        if stale:
            raise Problems(stale)
        print(f"{len(files)} generated files are up to date")
        return 0
    changed = tree.write(root, files)
    for path in changed:
        print(f"wrote {path}" if path in files else f"deleted {path}")
    print(f"{len(files)} files, {len(changed)} changed")
    return 0


def verify_sources(options: argparse.Namespace) -> int:
    """Compare the claims of a checkout with the texts in a folder."""
    from amcc_dataset.verify import verify as run

    report = run(Path(options.root), Path(options.folder), fill=options.fill)
    print(report)
    return 0
