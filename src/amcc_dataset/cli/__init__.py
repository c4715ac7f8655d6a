"""The command `amcc-dataset`: what is in the package, who says so, and the curator's tools.

Each verb is one function that prints and returns the exit code: 0 all is well, 1 problems
were found, 2 the command was misused. A verb imports what it needs when it runs. Tables are
laid out for the width of a terminal and are plain tab-separated text when piped; `--json`
prints what a program reads. Not in here: anything that computes; that is in the modules
which the verbs call.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence

from amcc_dataset import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EXIT_PROBLEMS, EXIT_MISUSE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    from amcc_dataset.model.findings import Problems

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
        print(
            "amcc-dataset: stopped; a build that had begun is finished by the next one",
            file=sys.stderr,
        )
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

    added = verb("timeline", timeline, "Print the steps of an initiative, the earliest first.")
    added.add_argument("initiative", metavar="INITIATIVE", help="id of the initiative")
    added.add_argument("--json", action="store_true", help="print rows as JSON")

    added = verb("thread", thread, "Print the outcomes on a topic, and which takes up which.")
    added.add_argument("topic", metavar="TOPIC", help="code of the topic, like norms_and_law")
    added.add_argument("--json", action="store_true", help="print rows as JSON")

    added = verb("attendance", attendance, "Print who attended which edition.")
    added.add_argument("--json", action="store_true", help="print rows as JSON")

    added = verb("cite", cite, "Print how to cite the dataset, a table or a row of it.")
    added.add_argument("table", metavar="TABLE", nargs="?", help="name of the table")
    added.add_argument("row", metavar="ROW", nargs="?", help="id of the row")
    added.add_argument(
        "--format", metavar="FORMAT", default="text", help="text, bibtex, csl-json or ris"
    )

    added = verb("export", export, "Write the tables into a folder, in the forms that you need.")
    added.add_argument("folder", metavar="DIR", help="the folder; it is made if need be")
    added.add_argument(
        "--format", metavar="FORMAT", action="append", help="csv (default), parquet, xlsx, sqlite, "
        "jsonl or duckdb; several with commas or by repeating",
    )  # fmt: skip
    added.add_argument(
        "--table", metavar="TABLE", action="append", help="only these tables (default: all)"
    )
    added.add_argument("--zip", action="store_true", help="write one zip file for each format")
    added.add_argument("--force", action="store_true", help="replace files that are there")

    added = verb("diff", diff, "Print what changed between two releases, cell by cell.")
    added.add_argument("old", metavar="OLD", help="folder or zip file of the earlier release")
    added.add_argument("new", metavar="NEW", help="folder or zip file of the later release")
    added.add_argument("--json", action="store_true", help="print changes as JSON")

    added = verb("coverage", coverage, "Print how much of each edition is known, and from where.")
    added.add_argument("--json", action="store_true", help="print rows as JSON")

    added = verb("explore", explore, "Write everything as one page for the browser, and open it.")
    added.add_argument(
        "--output", metavar="FILE", default="amcc.html", help="the file (default: amcc.html)"
    )
    added.add_argument("--no-open", action="store_true", help="only write the file")
    added.add_argument("--force", action="store_true", help="replace another file of this name")

    added = verb("validate", validate, "Check a release tree: the packaged one, or a folder's.")
    added.add_argument("folder", metavar="DIR", nargs="?", help="folder with datapackage.json")

    added = verb("build", build, "Make the release tree of a checkout from data/raw.")
    added.add_argument("--check", action="store_true", help="only tell which files are stale")
    added.add_argument("--root", metavar="DIR", default=".", help="the checkout (default: here)")

    added = verb("release", release, "Make every file of a release from a checkout.")
    added.add_argument("--root", metavar="DIR", default=".", help="the checkout (default: here)")
    added.add_argument(
        "--output", metavar="DIR", help="folder for the files (default: dist in the checkout)"
    )

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
    import unicodedata

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
    import shutil

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
    import json

    print(json.dumps(rows, indent=2, ensure_ascii=False, default=str))


def progress(done: int, steps: int, what: str) -> None:
    """Draw a bar in a terminal: how much of a long work is done, and what comes now."""
    if not sys.stderr.isatty():
        return
    bar = "#" * (20 * done // steps)
    drawn = f"\r[{bar:<20}] {done}/{steps} {what}" if done < steps else "\r"
    print(f"{drawn}\033[K", end="", file=sys.stderr, flush=True)


# --- verbs for readers --------------------------------------------------------------------


def overview(_: argparse.Namespace) -> int:
    """Print what is in the package, the editions, the state of the checks, what to try."""
    from amcc_dataset.reading import load

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
    from amcc_dataset import rules as checks

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
    from amcc_dataset.reading import load

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
    from amcc_dataset.reading.evidence import evidence_rows

    claims = evidence_rows(options.table, options.row, options.field)
    if options.json:
        print_json(claims)
        return 0
    if not claims:
        what = ".".join(filter(None, (options.table, options.row, options.field)))
        print(f"{what}: no document in the collection says anything, nor is its silence recorded.")
        return 0
    seen = None
    for claim in claims:
        cell = f"{claim['table']}.{claim['row_id']}.{claim['field']}"
        if cell != seen:
            seen = cell
            print(f"\n{cell}")
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

    from amcc_dataset.reading import status as answers

    try:
        on = dt.date.fromisoformat(options.on) if options.on else None
    except ValueError:
        raise ValueError(f"--on {options.on!r} is no date; write it like 2024-01-01") from None
    rows = answers.status_rows(options.initiative, on)
    if options.json:
        print_json(rows)
    else:
        print_rows(rows, ["initiative_id", "status", "since", "precision", "summary"])
    return 0


def timeline(options: argparse.Namespace) -> int:
    """Print the steps of an initiative."""
    from amcc_dataset.reading import status as answers

    rows = answers.timeline_rows(options.initiative)
    if options.json:
        print_json(rows)
    else:
        print_rows(rows, answers.TIMELINE)
    return 0


def thread(options: argparse.Namespace) -> int:
    """Print the outcomes on a topic."""
    from amcc_dataset.reading import threads as answers

    rows = answers.thread_rows(options.topic)
    if options.json:
        print_json(rows)
    else:
        print_rows(rows, answers.THREAD)
    return 0


def attendance(options: argparse.Namespace) -> int:
    """Print which actor was at which edition."""
    from amcc_dataset.reading import attendance as answers

    rows = answers.attendance_rows()
    if options.json:
        print_json(rows)
    else:
        print_rows(rows, list(rows[0]) if rows else [])
    return 0


def cite(options: argparse.Namespace) -> int:
    """Print how to cite the dataset and the documents behind it."""
    from amcc_dataset.reading.citation import cite as text

    print(text(options.table, options.row, format=options.format))
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the tables into a folder."""
    from pathlib import Path

    from amcc_dataset.export.formats import export as run

    formats = _listed(options.format) or ["csv"]
    try:
        written = run(
            Path(options.folder),
            formats,
            _listed(options.table),
            zipped=options.zip,
            force=options.force,
            progress=progress,
        )
    finally:
        progress(1, 1, "")
    for path in written:
        print(path)
    return 0


def _listed(given: Sequence[str] | None) -> list[str]:
    """Return the names of an option that may be repeated and may hold several."""
    return [name.strip() for names in given or [] for name in names.split(",") if name.strip()]


def diff(options: argparse.Namespace) -> int:
    """Print what changed between two releases."""
    from pathlib import Path

    from amcc_dataset.release import archive
    from amcc_dataset.release import diff as differences

    old, new = archive.read(Path(options.old)), archive.read(Path(options.new))
    changes = differences.compare(old, new)
    if options.json:
        print_json(differences.plain(old, new, changes))
    else:
        print("\n".join(differences.report(old, new, changes)))
    return 0


def coverage(options: argparse.Namespace) -> int:
    """Print how many cells of each edition are stated, coded, inferred, silent, unknown."""
    from amcc_dataset.reading.coverage import coverage_rows

    rows = coverage_rows()
    if options.json:
        print_json(rows)
    else:
        print_rows(rows, list(rows[0]) if rows else [])
    return 0


def explore(options: argparse.Namespace) -> int:
    """Write the page and open it."""
    import webbrowser
    from pathlib import Path

    from amcc_dataset.explore.page import write

    path = Path(options.output)
    changed = write(path, force=options.force)
    print(f"{'wrote' if changed else 'up to date:'} {path}")
    if not options.no_open and not webbrowser.open(path.resolve().as_uri()):
        print("no browser was found; open the file in one")
    return 0


# --- verbs for curators -------------------------------------------------------------------


def validate(options: argparse.Namespace) -> int:
    """Check a release tree and print what is wrong."""
    from pathlib import Path

    from amcc_dataset.model.findings import Problems
    from amcc_dataset.reading import load
    from amcc_dataset.release.validate import validate as run

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
    from pathlib import Path

    from amcc_dataset.curation.compile import compile_tables
    from amcc_dataset.model.findings import Problems
    from amcc_dataset.release import render
    from amcc_dataset.release.place import stale as stale_files
    from amcc_dataset.release.place import write

    root = Path(options.root)
    files = render.render(compile_tables(root))
    if options.check:
        stale = stale_files(root, files)
        if stale:
            raise Problems(stale)
        print(f"{len(files)} generated files are up to date")
        return 0
    changed = write(root, files)
    for path in changed:
        print(f"wrote {path}" if path in files else f"deleted {path}")
    print(f"{len(files)} files, {len(changed)} changed")
    return 0


def release(options: argparse.Namespace) -> int:
    """Make every file of a release."""
    from pathlib import Path

    from amcc_dataset.publish import make

    root = Path(options.root)
    try:
        written = make(root, Path(options.output) if options.output else root / "dist", progress)
    finally:
        progress(1, 1, "")
    for path in written:
        print(f"{path}  {path.stat().st_size} bytes")
    return 0


def verify_sources(options: argparse.Namespace) -> int:
    """Compare the claims of a checkout with the texts in a folder."""
    from pathlib import Path

    from amcc_dataset.curation.texts.verify import verify as run

    report = run(Path(options.root), Path(options.folder), fill=options.fill)
    print(report)
    return 0
