"""Whether a release tree is whole and says what the schema and the rules allow.

`validate` reads a folder that anybody may have made, so it trusts nothing in it: paths
stay inside the folder, sizes are bounded, and every fault becomes a problem with file and
line. First our own reading: bytes and hashes, every cell, canonical form, every rule, and
Parquet against CSV. Then, if that found nothing and they are installed, the outside
opinions: pandera, jsonschema, and frictionless on the CSV resources. Not in here: the
rules themselves (checks.py), raw files (build.py).
"""

import csv
import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from amcc_dataset import checks, derive, places, tree
from amcc_dataset.checks import Tables
from amcc_dataset.problems import Problem
from amcc_dataset.schema import TABLES, Row

MAX_BYTES = 500_000_000
"""Largest file of a release tree that is read."""


@dataclass(slots=True)
class Report:
    """What a validation found, which engines gave an opinion, and which are not installed."""

    problems: list[Problem] = field(default_factory=list)
    engines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    tables: Tables = field(default_factory=dict)


def validate(folder: Path) -> Report:
    """Validate the release tree in `folder`, the one that holds datapackage.json."""
    report = Report()
    problems = report.problems
    found = _read_descriptor(folder, problems)
    files = _read_files(folder, found, problems) if found is not None else {}
    for name, row_class in TABLES.items():
        path = f"data/processed/{name}.csv"
        if path in files:
            report.tables[name] = list(_read_csv(row_class, path, files[path], problems))
        elif found is not None and not any(problem.where == path for problem in problems):
            problems.append(Problem(path, "table is missing", "take the whole release"))
    if problems:
        return report
    report.engines.append("amcc-dataset")
    problems.extend(_canonical(report.tables, files))
    problems.extend(checks.run(report.tables))
    opinions: list[tuple[str, str, Callable[[], Iterator[Problem]]]] = [
        ("pyarrow", "arrow", lambda: _parquet_equals_csv(folder, report.tables)),
        ("pandera", "validate", lambda: _pandera(report.tables)),
        ("jsonschema", "validate", lambda: _jsonschema(report.tables)),
        ("frictionless", "validate", lambda: _frictionless(folder)),
    ]
    for engine, extra, opinion in opinions:
        if find_spec(engine) is None:
            report.missing.append(f"{engine} (pip install 'amcc-dataset[{extra}]')")
        elif not problems:
            report.engines.append(engine)
            problems.extend(opinion())
    return report


def _read_descriptor(folder: Path, problems: list[Problem]) -> dict[str, Any] | None:
    remedy = "name the folder of a release, the one that holds datapackage.json"
    content = _read(folder / tree.DESCRIPTOR, tree.DESCRIPTOR, remedy, problems)
    if content is None:
        return None
    try:
        found: dict[str, Any] = json.loads(content)
    except (ValueError, RecursionError) as error:
        what = f"is not JSON: {error}"
        problems.append(Problem(tree.DESCRIPTOR, what, "take the file from a release"))
        return None
    resources = found.get("resources") if isinstance(found, dict) else None
    if not isinstance(resources, list) or not all(isinstance(entry, dict) for entry in resources):
        what = "is no data package: it has no list of resources"
        problems.append(Problem(tree.DESCRIPTOR, what, "take the file from a release"))
        return None
    return found


def _read(path: Path, shown: str, remedy: str, problems: list[Problem]) -> bytes | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            problems.append(Problem(shown, f"is larger than {MAX_BYTES} bytes", "it is no release"))
            return None
        return path.read_bytes()
    except OSError as error:
        problems.append(Problem(shown, f"cannot be read: {error.strerror}", remedy))
    except ValueError as error:
        problems.append(Problem(repr(shown), f"cannot be read: {error}", remedy))
    return None


def _read_files(folder: Path, found: dict[str, Any], problems: list[Problem]) -> dict[str, bytes]:
    """Return the content of every resource whose path, size and hash are right."""
    files: dict[str, bytes] = {}
    home = folder.resolve()
    for number, resource in enumerate(found["resources"]):
        path = resource.get("path")
        where = f"{tree.DESCRIPTOR}: resource {resource.get('name', number)!r}"
        if not isinstance(path, str) or not path:
            problems.append(Problem(where, f"path is {path!r}", "name one file"))
            continue
        if not _inside(home, path):
            what = f"path {path!r} leads out of the folder"
            problems.append(Problem(where, what, "use a relative path without .."))
            continue
        content = _read(folder / path, path, "take the whole release", problems)
        if content is None:
            continue
        if "bytes" in resource and resource["bytes"] != len(content):
            what = f"has {len(content)} bytes, the descriptor says {resource['bytes']!r}"
            problems.append(Problem(path, what, "take the file from the release again"))
        elif resource.get("hash") != f"sha256:{hashlib.sha256(content).hexdigest()}":
            what = "does not have the hash in the descriptor"
            problems.append(Problem(path, what, "take the file from the release again"))
        else:
            files[path] = content
    return files


def _inside(home: Path, path: str) -> bool:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]", path) or "\x00" in path:
        return False
    return (home / path).resolve().is_relative_to(home)


def _read_csv(
    row_class: type[Row], path: str, content: bytes, problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a CSV file that fit the schema; add a problem for each that does not."""
    fields = derive.columns(row_class)
    names = [column.name for column in fields]
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        header = next(reader, [])
        if header != names:
            unknown = [name for name in header if name not in names]
            lacking = [name for name in names if name not in header]
            what = f"columns differ: unknown {unknown}, missing {lacking}"
            if not unknown and not lacking:
                what = "columns stand in another order"
            remedy = "validate it with the version of amcc-dataset that made it"
            problems.append(Problem(f"{path}:1", what, remedy))
            return
        for cells in reader:
            row = _read_row(fields, cells, f"{path}:{reader.line_num}", problems)
            if row is None:
                continue
            try:
                row_class.model_validate(row)
            except ValidationError as error:
                for detail in error.errors():
                    name = str(detail["loc"][0])
                    where = f"{path}:{reader.line_num}:{name}"
                    what = f"{row.get(name)!r}: {detail['msg']}"
                    problems.append(Problem(where, what, "take the file from the release again"))
            else:
                yield row
    except UnicodeDecodeError as error:
        problems.append(Problem(path, f"byte {error.start} is not UTF-8", "save it as UTF-8"))
    except csv.Error as error:
        problems.append(Problem(path, f"is not CSV: {error}", "take it from the release again"))


def _read_row(
    fields: tuple[derive.Column, ...], cells: list[str], where: str, problems: list[Problem]
) -> dict[str, Any] | None:
    if len(cells) != len(fields):
        what = f"has {len(cells)} cells, not {len(fields)}"
        problems.append(Problem(where, what, "take the file from the release again"))
        return None
    row: dict[str, Any] = {}
    for column, text in zip(fields, cells, strict=True):
        try:
            row[column.name] = _typed(column, text) if text else None
        except ValueError as error:
            problems.append(Problem(f"{where}:{column.name}", f"is {text[:60]!r}", str(error)))
            return None
    return row


def _typed(column: derive.Column, text: str) -> object:
    if column.vocabulary is not None:
        if text not in list(column.vocabulary):
            raise ValueError(places.one_of(text, column.vocabulary))
        return column.vocabulary(text)
    if column.type == "integer":
        if not re.fullmatch("-?[0-9]{1,18}", text):
            raise ValueError("write a whole number")
        return int(text)
    if column.type == "date":
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError("write a date like 2019-10-02")
        return dt.date.fromisoformat(text)
    return text


def _canonical(tables: Tables, files: dict[str, bytes]) -> Iterator[Problem]:
    """Compare order, quoting and line ends with what the build would write."""
    for name, row_class in TABLES.items():
        path = f"data/processed/{name}.csv"
        order = row_class.TABLE.order
        rows = sorted(tables[name], key=lambda row: [(row[key] is None, row[key]) for key in order])
        if rows != tables[name]:
            yield Problem(
                path, f"rows are not ordered by {', '.join(order)}", "run amcc-dataset build"
            )
        elif tree.to_csv(row_class, rows) != files[path]:
            what = "is not written as the build writes it (quotes, line ends or byte order mark)"
            yield Problem(path, what, "run amcc-dataset build")


def _parquet_equals_csv(folder: Path, tables: Tables) -> Iterator[Problem]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name, row_class in TABLES.items():
        path = f"data/processed/{name}.parquet"
        remedy = "take the file from the release again, or run amcc-dataset build"
        try:
            arrow = pq.read_table(str(folder / path))
        except (OSError, pa.ArrowException) as error:
            yield Problem(path, f"is not Parquet: {str(error).splitlines()[0][:200]}", remedy)
            continue
        if arrow.schema != derive.arrow_schema(row_class):
            yield Problem(path, "has other columns or types than the schema", remedy)
        elif arrow.to_pylist() != [_plain(row) for row in tables[name]]:
            yield Problem(path, "differs from the CSV file of the same table", remedy)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, str) else value for name, value in row.items()}


def _pandera(tables: Tables) -> Iterator[Problem]:
    import pandas as pd
    from pandera.errors import SchemaErrors

    for name, row_class in TABLES.items():
        frame = pd.DataFrame(
            {
                column.name: pd.Series(
                    [_plain(row)[column.name] for row in tables[name]],
                    dtype=derive.TYPES[column.type].pandas,
                )
                for column in derive.columns(row_class)
            }
        )
        try:
            derive.pandera_schema(row_class).validate(frame, lazy=True)
        except SchemaErrors as errors:
            for _, case in errors.failure_cases.head(20).iterrows():
                what = f"pandera: {case['column']} {case['failure_case']!r} fails {case['check']}"
                yield Problem(f"data/processed/{name}.csv", what, "correct the cell")


def _jsonschema(tables: Tables) -> Iterator[Problem]:
    import jsonschema

    for name, row_class in TABLES.items():
        spec = derive.json_schema(row_class)
        checker = jsonschema.Draft202012Validator(spec, format_checker=jsonschema.FormatChecker())
        for row in tables[name]:
            content = {
                key: value.isoformat() if isinstance(value, dt.date) else value
                for key, value in _plain(row).items()
            }
            for error in checker.iter_errors(content):
                where = f"data/processed/{name}.csv ({row['id']})"
                yield Problem(where, f"jsonschema: {error.message[:200]}", "correct the cell")


def _frictionless(folder: Path) -> Iterator[Problem]:
    import frictionless

    content = json.loads((folder / tree.DESCRIPTOR).read_bytes())
    content["resources"] = [entry for entry in content["resources"] if entry["format"] == "csv"]
    package = frictionless.Package.from_descriptor(content, basepath=str(folder))
    report = package.validate()
    for row in report.flatten(["name", "rowNumber", "fieldName", "message"]):
        where = ":".join(str(part) for part in row[:3] if part is not None) or tree.DESCRIPTOR
        yield Problem(where, f"frictionless: {row[3]}", "correct the cell")
