"""Which programs read every cell of the release correctly: the figures of docs/readers.md.

`python tools/readers.py` runs every reader in an environment of its own, compares each cell of
each table with the package's own rows, and writes the page. With parts of names it runs only
those readers, does not write the page, and reports the lines that are out of date. It is not
part of CI because it installs gigabytes. Not here: the readers (reader_list.py), and which
options a reader needs (docs/recipes).
"""

import argparse
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reader_list import READERS, Reader

import amcc_dataset as amcc
from amcc_dataset.export.formats import FORMATS, export

PAGE = Path(__file__).parents[1] / "docs" / "readers.md"
ZONE = "Asia/Singapore"
"""Every program runs in the time zone of the conference, to show dates shifted from UTC."""

Cell = tuple[str, str] | None
"""Type and text of a cell, as a reader returns it."""

Rows = dict[tuple[str, str], dict[str, Any]]
"""Our own rows by table and id."""

LANGUAGES = {
    "python": """
import datetime, decimal, json, numbers, sys
folder, tables = sys.argv[1], sys.argv[2].split(",")
def cell(value):
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return None
    if isinstance(value, bytes):
        return ["text", value.decode()]
    if isinstance(value, (bool, str)):
        return ["text" if isinstance(value, str) else "bool", str(value)]
    if isinstance(value, decimal.Decimal) and value == int(value):
        return ["integer", str(int(value))]
    if isinstance(value, numbers.Integral):
        return ["integer", str(int(value))]
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return ["date", value.date().isoformat()] if midnight else ["time", value.isoformat()]
    if isinstance(value, datetime.date):
        return ["date", value.isoformat()]
    return [type(value).__name__, str(value)]
CODE
for table in tables:
    for row in read(table):
        print(json.dumps([table, {str(name): cell(value) for name, value in row.items()}]))
""",
    "node": """
const [folder, tables] = [process.argv[2], process.argv[3].split(",")];
const cell = value => {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return ["integer", String(value)];
  if (typeof value === "number")
    return [Number.isInteger(value) ? "integer" : "float", String(value)];
  if (value instanceof Date) {
    const text = value.toISOString();
    return text.endsWith("T00:00:00.000Z") ? ["date", text.slice(0, 10)] : ["time", text];
  }
  return [typeof value === "string" ? "text" : typeof value, String(value)];
};
CODE
(async () => {
  for (const table of tables)
    for (const row of await read(table)) {
      const cells = Object.entries(row).map(([name, value]) => [name, cell(value)]);
      console.log(JSON.stringify([table, Object.fromEntries(cells)]));
    }
})();
""",
    "r": """
folder <- commandArgs(TRUE)[1]
quoted <- function(text) encodeString(enc2utf8(text), quote = '"', justify = "none")
cell <- function(column) {
  kind <- if (inherits(column, c("Date", "IDate", "POSIXct"))) "date" else if (is.logical(column)) "bool"
    else if (is.numeric(column)) "integer" else "text"
  text <- if (kind == "integer") format(column, scientific = FALSE, trim = TRUE)
    else as.character(column)
  text <- gsub("\\\\", "\\\\\\\\", text, fixed = TRUE)
  text <- gsub('"', '\\\\"', text, fixed = TRUE)
  ifelse(is.na(column), "null", paste0('["', kind, '", "', text, '"]'))
}
CODE
for (table in strsplit(commandArgs(TRUE)[2], ",")[[1]]) {
  frame <- as.data.frame(read(table))
  cells <- mapply(function(name, column) paste0('"', name, '": ', cell(column)),
                  names(frame), frame)
  lines <- apply(matrix(cells, ncol = ncol(frame)), 1, paste, collapse = ", ")
  writeLines(paste0('["', table, '", {', lines, "}]"), useBytes = TRUE)
}
""",
}
"""The program for each language; `CODE` is replaced by the lines that define `read(table)`."""


WORDS = {
    "text": "{} numbers or dates as text",
    "float": "{} integers as floats",
    "empty": "{} empty cells as ''",
    "lost": "**{} cells lost**",
    "other": "**{} cells changed**",
}
"""What the page says about cells that do not arrive unchanged."""


class MissingError(Exception):
    """A reader cannot be installed or run on this machine; the message says why."""


@dataclass(slots=True)
class Result:
    """What one reader made of the release."""

    version: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    example: str = ""
    failure: str = ""

    def words(self) -> str:
        """Return the result in words, for the page."""
        if self.failure:
            return f"**stops**: {self.failure}"
        printed = [
            word.format(f"{self.counts[kind]:,}")
            for kind, word in WORDS.items()
            if self.counts[kind]
        ]
        return "; ".join(printed or ["every cell"]) + (
            f", such as {self.example}" * bool(self.example)
        )


def own_rows() -> Rows:
    """Return the rows as the package itself reads them."""
    return {(table, row["id"]): row for table in amcc.tables() for row in amcc.rows(table)}


def judge(cell: Cell, expected: Any, converts: bool) -> str:
    """Return how a cell arrived: `whole`, or one of the keys of `WORDS`.

    Examples
    --------
    >>> judge(("text", "4"), 4, False), judge(("date", "2019-10-02"), "2019-10-02", False)
    ('text', 'other')
    """
    if expected is None:
        return "whole" if cell is None else "empty" if cell == ("text", "") else "other"
    if cell is None:
        return "lost"
    kind, text = cell
    right = (
        "integer" if isinstance(expected, int) else "text" if isinstance(expected, str) else "date"
    )
    if text == str(expected):
        return "whole" if kind == right or converts else "text" if kind == "text" else "other"
    is_same = (
        right == "integer" and re.fullmatch(r"-?[0-9]+\.0", text) and text[:-2] == str(expected)
    )
    return "float" if is_same else "other"


def compare(
    found: Iterable[tuple[str, dict[str, Cell]]], ours: Rows, result: Result, converts: bool
) -> None:
    """Compare the rows that a reader returns with our own."""
    rows = dict(ours)
    for table, cells in found:
        name = cells.get("id")
        row = rows.pop((table, name[1] if name else ""), None)
        if row is None:
            result.failure = result.failure or f"{table} has no row {name}"
            continue
        for column, expected in row.items():
            verdict = judge(cells.get(column), expected, converts)
            result.counts[verdict] += 1
            if verdict in ("lost", "other") and not result.example:
                shown = cells.get(column)
                result.example = f"`{table}.{column}` {str(expected)[:40]!r} → {shown[1][:40] if shown else None!r}"
    if rows and not result.failure:
        result.failure = f"{len(rows):,} rows are missing"


def prepared(reader: Reader, work: Path) -> tuple[list[str], Path, str]:
    """Return the command for a reader, the folder of its environment, and its version.

    Raises
    ------
    MissingError
        If the reader cannot be installed or run on this machine.
    """
    digest = hashlib.sha256(" ".join(reader.packages).encode()).hexdigest()[:12]
    place = work / f"{reader.language}-{digest}"
    commands = [name[8:] for name in reader.packages if name.startswith("command:")]
    packages = [name for name in reader.packages if ":" not in name]
    for command in commands:
        if shutil.which(command) is None:
            raise MissingError(f"{command} is not installed")
    if reader.language == "r":
        library = reader.packages[-1][2:]
        asked = f"cat(as.character(packageVersion('{library}')))"
        return ["Rscript"], work, _run(["Rscript", "-e", asked], work)
    if reader.language == "node":
        if not place.exists():
            place.mkdir()
            _run(["npm", "install", "--silent", "--no-audit", "--no-fund", *packages], place)
        name = re.sub("(.)@.*", r"\1", packages[0])
        manifest = json.loads((place / "node_modules" / name / "package.json").read_bytes())
        return ["node"], place, manifest["version"]
    if not place.exists():
        venv.create(place, with_pip=True)
        if packages:
            _run([str(place / "bin" / "pip"), "install", "--quiet", *packages], place)
    interpreter = str(place / "bin" / "python")
    if commands:
        found = re.search(r"[0-9]+(\.[0-9]+)+", _run([commands[0], "--version"], place))
        return [interpreter], place, found[0] if found else ""
    name = re.split(r"[=\[]", packages[0])[0] if packages else ""
    ask = f"import importlib.metadata as m; print(m.version({name!r}))"
    ask = ask if name else "import sqlite3; print(sqlite3.sqlite_version)"
    return [interpreter], place, _run([interpreter, "-c", ask], place)


def _run(command: list[str], place: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=place, capture_output=True, text=True, timeout=1800, check=True
        )
    except subprocess.SubprocessError as error:
        text = getattr(error, "stderr", None) or str(error)
        raise MissingError(f"{Path(command[0]).name} fails: {_last(str(text))}") from None
    return (done.stdout or done.stderr).strip()


def _last(text: str) -> str:
    """Return the last line with an error, without the paths of this machine."""
    lines = [line.strip() for line in text.splitlines() if re.search("[a-zA-Z]{3}", line)]
    printed = (
        [line for line in lines if re.search("[Ee]rror|Exception", line)] or lines or ["no reason"]
    )
    return re.sub(r"(/[\w.+-]+){2,}", "…", printed[-1])[:200].replace("|", "\\|")


def ask(reader: Reader, command: list[str], place: Path, release: Path, ours: Rows) -> Result:
    """Run a reader on the exported release, and judge every cell."""
    result = Result()
    suffix = {"python": "py", "node": "js", "r": "R"}[reader.language]
    script = place / f"ask-{os.getpid()}.{suffix}"
    script.write_text(LANGUAGES[reader.language].replace("CODE", reader.code), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    try:
        done = subprocess.run(
            [
                *command,
                str(script),
                str(release),
                ",".join(dict.fromkeys(table for table, _ in ours)),
            ],
            env=environment | {"TZ": ZONE, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
            cwd=place,
            capture_output=True,
            timeout=1800,
            check=False,
        )
    finally:
        script.unlink()
    compare(_lines(done.stdout.decode("utf-8", "replace")), ours, result, reader.converts)
    if done.returncode:
        result.failure = _last(done.stderr.decode("utf-8", "replace"))
    return result


def _lines(text: str) -> Iterator[tuple[str, dict[str, Cell]]]:
    for line in text.splitlines():
        if line.startswith('["'):
            table, cells = json.loads(line)
            yield table, {name: cell and (cell[0], cell[1]) for name, cell in cells.items()}


def row(reader: Reader, result: Result) -> str:
    """Return the line of a reader in the page."""
    return f"| {reader.name} | {result.version} | `{reader.call}` | {result.words()} |"


def page(found: list[tuple[Reader, Result]], missing: list[tuple[Reader, str]], ours: Rows) -> str:
    """Return the page with the results."""
    cells = sum(map(len, ours.values()))
    head = PAGE.read_text(encoding="utf-8").split("<!-- results -->")[0]
    lines = [
        f"{head}<!-- results -->",
        f"Release {amcc.__version__}, {cells:,} cells in {len({table for table, _ in ours})} tables, on "
        f"{dt.date.today():%-d %B %Y}.",
        "",
        "| reader | version | read with | what arrives |",
        "| --- | --- | --- | --- |",
        *(row(reader, result) for reader, result in found),
        "",
        "Not available on the machine that ran this: "
        + ("; ".join(f"{reader.name} ({why})" for reader, why in missing) or "none")
        + ".",
    ]
    return "\n".join(lines) + "\n"


def unsaid(found: list[tuple[Reader, Result]]) -> list[str]:
    """Return the lines that are missing in the page."""
    said = PAGE.read_text(encoding="utf-8").splitlines()
    return [line for line in (row(*each) for each in found) if line not in said]


def main() -> int:
    """Run all readers and write the page, or run some and compare the page with the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help="parts of the names of readers; default: all")
    parser.add_argument("--work", type=Path, help="a folder that keeps the environments")
    options = parser.parse_args()
    found, missing = [], []
    with TemporaryDirectory() as folder:
        work = options.work or Path(folder) / "work"
        work.mkdir(parents=True, exist_ok=True)
        release = Path(folder) / "release"
        export(release, FORMATS)
        export(release, ["csv"], zipped=True)
        ours = own_rows()
        for reader in READERS:
            if options.names and not any(
                name.lower() in reader.name.lower() for name in options.names
            ):
                continue
            try:
                command, place, version = prepared(reader, work.resolve())
            except MissingError as why:
                missing.append((reader, str(why)))
                print(f"{reader.name}: not available: {why}", flush=True)
                continue
            result = ask(reader, command, place, release, ours)
            result.version = version
            found.append((reader, result))
            print(f"{reader.name} {version} {reader.call}: {result.words()}", flush=True)
    if not options.names:
        PAGE.write_text(page(found, missing, ours), encoding="utf-8")
        return 0
    other = unsaid(found)
    print(*(f"The page does not have this line: {line}" for line in other), sep="\n")
    return bool(other)


if __name__ == "__main__":
    sys.exit(main())
