"""Whether a release is complete and valid under the schema and the rules.

`validate` reads a folder or zip file that anyone may have made, and trusts nothing in it
(archive.py). Every problem becomes a finding with file and line. It first checks the hashes,
every cell, every rule, and whether all other files are equal to those made from the tables: no
file of the release may contradict its tables. If nothing is wrong, it then runs the other
programs that are installed (opinions.py). Not here: the rules themselves (rules/), raw files
(curation/).
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from amcc_dataset import __version__, extras
from amcc_dataset import rules as checks
from amcc_dataset.disk import files
from amcc_dataset.disk.parquet import OtherColumnsError, parse_parquet
from amcc_dataset.disk.parsing import MalformedError, differing, parse_csv, parse_json
from amcc_dataset.model import schemas
from amcc_dataset.model.cells import Value, code, from_text, to_text
from amcc_dataset.model.columns import Column, columns, columns_of
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.findings import Failed, Finding, Location
from amcc_dataset.model.remedies import instead
from amcc_dataset.model.tables import SLUG, TABLES, Row, misfits
from amcc_dataset.release import archive, exported, opinions, render
from amcc_dataset.rules import Rows, Tables

MAX_FINDINGS = 100
"""The number of findings after which the rest of a file is not read."""

DATA = "data/processed/"

_WHOLE = "use the complete release"
_EVERY = f"{_WHOLE}, or export all tables, without --table"
_AGAIN = "copy the file from the release again"
_BUILD = f"{_AGAIN}, or run amcc-dataset build"
_AWAY = "remove it: only the files of the release belong here"
_EXPORT = "run amcc-dataset export again, with --force"
_OTHER = "validate it with the version of amcc-dataset that made it"


@dataclass(slots=True)
class Report:
    """The findings of a validation, the engines that ran, and those that are not installed.

    `files` are the files that were read without a descriptor.
    """

    findings: list[Finding] = field(default_factory=list)
    engines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    tables: dict[str, Rows] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def add(self, rule: str, at: Location, what: str, remedy: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(rule, at, what, remedy))


def validate(place: Path) -> Report:
    """Validate a release or an export of all tables: a zip file, a folder, or a single file.

    It may have only the CSV files or only the Parquet files, with their descriptor. Databases,
    workbooks and JSON Lines are read too: beside a descriptor or each other, they must have the
    same rows.

    Raises
    ------
    ImportError
        If the library that reads one of the files is not installed.
    """
    report = Report()
    try:
        if place.suffix in exported.SUFFIXES and place.is_file():
            _exported(place.parent, [place.name], report)
        elif place.is_file():
            with TemporaryDirectory(prefix="amcc-") as folder:
                archive.unpack(place, Path(folder))
                _validate(Path(folder), report)
        else:
            _validate(place, report)
    except Failed as unreadable:
        report.findings.extend(unreadable.findings)
    except OSError as error:
        report.add("readable_release", Location(str(error.filename)), str(error.strerror), _AWAY)
    return report


def _validate(folder: Path, report: Report) -> None:
    others = exported.find(folder) if folder.is_dir() else []
    if others and not os.path.lexists(folder / archive.DESCRIPTOR):
        _exported(folder, others, report)
        return
    release = archive.read(folder)
    if release.version != __version__:
        what = f"has version {release.version}, but this is amcc-dataset {__version__}"
        report.add("same_version", Location(archive.DESCRIPTOR), what, _OTHER)
        return
    found = {*release.files, *files.walk(folder, DATA.rstrip("/"))}
    forms = [form for form in ("csv", "parquet") if any(path.endswith(form) for path in found)]
    forms = forms or ["csv"]
    for form in forms:
        lacking = [name for name in TABLES if f"{DATA}{name}.{form}" not in release.files]
        if lacking:
            what = f"describes no {form} file of {_first(lacking)}"
            report.add("whole_release", Location(archive.DESCRIPTOR), what, _EVERY)
    for name, row_class in TABLES.items() if not report.findings else ():
        path = f"{DATA}{name}.{forms[0]}"
        read = _read_csv if forms[0] == "csv" else _read_parquet
        report.tables[name] = list(read(row_class, path, release.files[path], report))
    if report.findings:
        return
    report.engines.append("amcc-dataset")
    if forms[0] == "csv":
        report.findings.extend(_canonical(report.tables, release.files))
    report.findings.extend(checks.run(Dataset(report.tables)))
    if not report.findings:
        report.findings.extend(_described(folder, report.tables, release.files))
    if not report.findings:
        _exported(folder, others, report)
    _ask(folder, report, release.files, forms)


def _exported(folder: Path, paths: list[str], report: Report) -> None:
    """Check the files of an export that no descriptor describes, and compare them."""
    alone = not report.tables
    for path in paths:
        found = dict(_read_exported(folder, path, report))
        if report.findings:
            return
        report.files.append(path)
        if report.tables:
            report.findings.extend(_unlike(path, found, report.tables))
        else:
            report.tables = found
    if alone and not report.findings:
        report.engines.append("amcc-dataset")
        # Who has only an export can neither correct a claim nor build: each cell once is enough.
        broken = [*checks.run(Dataset(report.tables))]
        once = {finding.location: finding for finding in reversed(broken)}
        for finding in once.values():
            at = replace(finding.location, path=report.files[0])
            report.findings.append(replace(finding, location=at, remedy=_EXPORT))
        _ask(folder, report, {}, [])


def _read_exported(folder: Path, path: str, report: Report) -> Iterator[tuple[str, Rows]]:
    """Yield the tables of a file of an export; add a finding for each cell that does not fit."""
    try:
        with exported.opened(folder, path) as tables:
            yield from _fitting_tables(path, tables, report)
    except MalformedError as error:
        report.add("readable_export", Location(path), str(error), _EXPORT)
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        report.add("readable_export", Location(path), what, _EXPORT)


def _fitting_tables(
    path: str, tables: exported.Tables, report: Report
) -> Iterator[tuple[str, Rows]]:
    if lacking := [name for name in TABLES if name not in tables]:
        report.add("whole_release", Location(path), f"has no table {_first(lacking)}", _EVERY)
        return
    for name, row_class in TABLES.items():
        lines = exported.shaped(tables[name](), [column.name for column in columns(row_class)])
        where = f"{path}: {name}"
        yield name, list(_fitting(row_class, where, lines, report, _EXPORT, exported.texts))


def _first(names: list[str]) -> str:
    """Return the first names of a list, and how many more there are."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"


def _unlike(path: str, found: Tables, expected: Tables) -> Iterator[Finding]:
    """Compare the tables of a file with those of the others; yield the first difference of each."""
    for name, rows in expected.items():
        by_id = {row["id"]: row for row in found[name]}
        for row in rows:
            other = by_id.pop(row["id"], None)
            field = next((key for key in row if other is None or other[key] != row[key]), None)
            if field is not None:
                what = "the row is missing, but is in the other files"
                if other is not None:
                    what = f"{field} is {other[field]!r}, but {row[field]!r} in the other files"
                at = Location(path, None, name, row["id"], None if other is None else field)
                yield Finding("same_rows", at, what, _EXPORT)
                break
        else:
            for row_id in list(by_id)[:1]:
                at = Location(path, None, name, row_id)
                yield Finding("same_rows", at, "the row is not in the other files", _EXPORT)


def _ask(folder: Path, report: Report, data: Mapping[str, bytes], forms: list[str]) -> None:
    """Run the other programs that are installed, until one finds a problem."""
    tables = report.tables
    asked: dict[str, tuple[str, str | None, Callable[[], Iterator[Finding]]]] = {
        "pyarrow": ("arrow", "parquet", lambda: opinions.pyarrow(folder, tables, data)),
        "pandera": ("validate", None, lambda: opinions.pandera(tables)),
        "jsonschema": ("validate", None, lambda: opinions.jsonschema(tables)),
        "frictionless": ("validate", "csv", lambda: opinions.frictionless(folder)),
    }
    for engine, (extra, form, opinion) in asked.items():
        if form is not None and form not in forms:
            continue
        if find_spec(engine) is None:
            report.missing.append(f'{engine} (pip install "amcc-dataset[{extra}]")')
        elif not report.findings:
            report.engines.append(engine)
            report.findings.extend(opinion())


def _described(folder: Path, tables: Tables, data: Mapping[str, bytes]) -> Iterator[Finding]:
    """Compare the other files with those made from the tables, and report surplus ones."""
    made = render.describe(tables, data)
    for path, expected in made.items():
        try:
            content = files.read(folder, folder / path, archive.MAX_BYTES)
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            yield Finding("whole_release", Location(path), what, _WHOLE)
            continue
        if content != expected:
            at = _difference(content, expected) if path.endswith("json") else None
            what = f"differs from the file made from the tables{f', at {at}' if at else ''}"
            yield Finding("made_of_the_tables", Location(path), what, _BUILD)
    for path in render.extra(folder, [*made, *data]):
        yield Finding("nothing_else", Location(path), "is not a file of the release", "delete it")


def _difference(content: bytes, expected: bytes) -> str | None:
    """Return where the content of two JSON texts differs, None if only the notation differs.

    Examples
    --------
    >>> _difference(b'{"a": [1, 2]}', b'{"a": [1, true]}')
    'a.1'
    """

    def first(one: object, other: object, at: str) -> str | None:
        if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
            pairs = [(key, one[key], other[key]) for key in one]
        elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
            pairs = [(str(index), *pair) for index, pair in enumerate(zip(one, other, strict=True))]
        else:
            return None if type(one) is type(other) and one == other else at
        found = (first(left, right, f"{at}.{key}") for key, left, right in pairs)
        return next(filter(None, found), None)

    try:
        found = first(parse_json(content), parse_json(expected), "")
    except MalformedError:
        return None
    return found and (found[1:] or None)


def _read_csv(
    row_class: type[Row], path: str, content: bytes, report: Report
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a CSV file that fit the schema; add a finding for each that does not."""
    try:
        lines = parse_csv(content)
        _, header = next(lines, (1, []))
        if what := differing(header, [column.name for column in columns(row_class)]):
            report.add("columns", Location(path, 1), what, _OTHER)
            return
        yield from _fitting(row_class, path, lines, report)
    except MalformedError as error:
        report.add("readable_csv", Location(path), str(error), _AGAIN)


def _read_parquet(
    row_class: type[Row], path: str, content: bytes, report: Report
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file that fit the schema, as `_read_csv` does."""
    extras.need("arrow", "pyarrow")
    # Not from memory: pyarrow may then abort the interpreter at its exit.
    with TemporaryDirectory(prefix="amcc-") as folder:
        file = Path(folder) / "table.parquet"
        file.write_bytes(content)
        try:
            rows = parse_parquet(file, schemas.arrow_schema(row_class))
            lines = ([to_text(cell) for cell in row.values()] for row in rows)
            yield from _fitting(row_class, path, enumerate(lines, 1), report)
        except OtherColumnsError as error:
            report.add("columns", Location(path), str(error), _OTHER)
        except MalformedError as error:
            report.add("readable_parquet", Location(path), str(error), _AGAIN)


def _fitting(
    row_class: type[Row],
    path: str,
    lines: Iterable[tuple[int, Sequence[Any]]],
    report: Report,
    remedy: str = _AGAIN,
    texts: Callable[[Sequence[Column], Sequence[Any]], Sequence[str]] = lambda _, cells: cells,
) -> Iterator[dict[str, Any]]:
    """Yield the rows that fit the schema, until there are too many findings on the others.

    Parameters
    ----------
    row_class
        The class of the rows.
    path
        The file, for findings.
    lines
        The number and cells of each row.
    report
        Takes a finding for each row with another number of cells, and each cell that does not fit.
    remedy
        How to get a file that is right.
    texts
        Turns the cells of a row into texts, if they are of other types; a ValueError says what is
        wrong.
    """
    fields, most = columns(row_class), len(report.findings) + MAX_FINDINGS
    for line, cells in lines:
        at = Location(path, line)
        if len(report.findings) > most:
            report.add("cells", Location(path), "has more problems", "fix these first")
            return
        if len(cells) != len(fields):
            what = f"has {len(cells)} cells, not {len(fields)}"
            report.add("columns", at, what, remedy)
            continue
        try:
            written = texts(fields, cells)
        except ValueError as error:
            report.add("cells", at, str(error), remedy)
            continue
        if row := _row(row_class, written, at, report, remedy):
            yield row


def _row(
    row_class: type[Row], cells: Sequence[str], at: Location, report: Report, remedy: str
) -> dict[str, Any] | None:
    """Return the row with these cells, or None and findings if it does not fit the schema."""
    row, wrong = {}, []
    for column, text in zip(columns(row_class), cells, strict=True):
        try:
            row[column.name] = _typed(column, text)
        except ValueError as error:
            wrong.append((column.name, f"{column.name} is {text[:60]!r}", str(error)))
    if not wrong:
        wrong = [
            (name, f"{name} is {row[name]!r}", f"{remedy}, or {_right(row_class, name, row[name])}")
            for name, _ in misfits(row_class, row)
        ]
    row_id = cells[0] if re.fullmatch(SLUG, cells[0]) else None
    for name, what, cure in wrong:
        place = replace(at, table=row_class.TABLE.name, row_id=row_id, field=name)
        report.add("cells", place, what, cure)
    return None if wrong else row


def _right(row_class: type[Row], name: str, value: Value | None) -> str:
    """Return what to write instead of a value that does not fit its column."""
    return (
        "write a value" if value is None else instead(columns_of(row_class.TABLE.name)[name], value)
    )


def _typed(column: Column, text: str) -> Value | None:
    if column.vocabulary is not None and text:
        return code(column.vocabulary, text)
    return from_text(column.type, text)


def _canonical(tables: Tables, data: Mapping[str, bytes]) -> Iterator[Finding]:
    """Compare quoting and line ends with what the build would write."""
    for name, row_class in TABLES.items():
        path = f"{DATA}{name}.csv"
        if render.to_csv(row_class, tables[name]) != data[path]:
            what = "differs from what the build writes (quotes, line ends or byte order mark)"
            yield Finding("canonical_csv", Location(path), what, "run amcc-dataset build")
