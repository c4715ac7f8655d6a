"""Whether a release tree is whole and says what the schema and the rules allow.

`validate` reads a folder that anybody may have made and trusts nothing in it (archive.py);
every fault becomes a problem with file and line. First our own reading: hashes, every cell,
every rule, and whether all other files are what the tables make: so that nothing in the
tree can say anything else than its tables. Then, if that found nothing and they are
installed, the outside opinions: pandera, jsonschema, and frictionless on the CSV resources.
Not in here: the rules themselves (checks/), raw files (build.py).
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from amcc_dataset import __version__
from amcc_dataset import rules as checks
from amcc_dataset.disk import files
from amcc_dataset.disk.parsing import MalformedError, parse_csv, parse_json
from amcc_dataset.model import schemas
from amcc_dataset.model.cells import Value, code, from_text
from amcc_dataset.model.columns import Column, columns
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.findings import Failed, Finding, Problem
from amcc_dataset.model.tables import TABLES, Row, misfits
from amcc_dataset.release import archive, render
from amcc_dataset.rules import Rows, Tables

MAX_PROBLEMS = 100
"""Problems after which the rest of a file is not read."""

_AGAIN = "take the file from the release again, or run amcc-dataset build"

_AWAY = "take it away; nothing but the files of the release belongs here"


@dataclass(slots=True)
class Report:
    """What a validation found, which engines gave an opinion, and which are not installed."""

    problems: list[Problem] = field(default_factory=list)
    engines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    tables: dict[str, Rows] = field(default_factory=dict)


def validate(folder: Path) -> Report:
    """Validate the release tree in `folder`, the one that holds datapackage.json.

    The unpacked archive of the CSV files is a release too: what it leaves out, the Parquet
    files and what is derived for other programs, is then not looked for.
    """
    report = Report()
    problems = report.problems
    try:
        release = archive.read(folder)
        beside = list(files.walk(folder, "data/processed"))
    except Failed as unreadable:
        problems.extend(_problem(finding) for finding in unreadable.findings)
        return report
    except OSError as error:
        problems.append(Problem(str(error.filename), str(error.strerror), _AWAY))
        return report
    if release.version != __version__:
        what = f"is of version {release.version}, this is amcc-dataset {__version__}"
        remedy = "validate it with the version of amcc-dataset that made it"
        problems.append(Problem(archive.DESCRIPTOR, what, remedy))
        return report
    found = (*release.files, *beside)
    forms = ("csv", "parquet") if any(path.endswith(".parquet") for path in found) else ("csv",)
    for name, row_class in TABLES.items():
        for path in (f"data/processed/{name}.{form}" for form in forms):
            if path not in release.files:
                problems.append(Problem(path, "is not in the descriptor", "take the whole release"))
            elif path.endswith("csv"):
                content = release.files[path]
                report.tables[name] = list(_read_csv(row_class, path, content, problems))
    if problems:
        return report
    report.engines.append("amcc-dataset")
    problems.extend(_canonical(report.tables, release.files))
    broken = checks.run(Dataset(report.tables))
    problems.extend(Problem(str(each.location), each.what, each.remedy) for each in broken)
    if not problems:
        problems.extend(_described(folder, report.tables, release.files, "parquet" in forms))
    opinions: list[tuple[str, str, Callable[[], Iterator[Problem]]]] = [
        ("pyarrow", "arrow", lambda: _parquet_equals_csv(folder, report.tables, release.files)),
        ("pandera", "validate", lambda: _pandera(report.tables)),
        ("jsonschema", "validate", lambda: _jsonschema(report.tables)),
        ("frictionless", "validate", lambda: _frictionless(folder)),
    ]
    for engine, extra, opinion in opinions[int(forms == ("csv",)) :]:
        if find_spec(engine) is None:
            report.missing.append(f'{engine} (pip install "amcc-dataset[{extra}]")')
        elif not problems:
            report.engines.append(engine)
            problems.extend(opinion())
    return report


def _problem(finding: Finding) -> Problem:
    return Problem(str(finding.location), finding.what, finding.remedy)


def _described(
    folder: Path, tables: Tables, data: Mapping[str, bytes], whole: bool
) -> Iterator[Problem]:
    """Compare the files beside the tables with what the tables make, and look for others."""
    made = render.describe(tables, data)
    if not whole:
        made = {path: made[path] for path in (archive.DESCRIPTOR, "schemas/dictionary.md")}
    for path, expected in made.items():
        try:
            content = files.read(folder, folder / path, archive.MAX_BYTES)
        except OSError as error:
            yield Problem(path, f"cannot be read: {error.strerror}", "take the whole release")
            continue
        if content != expected:
            at = _difference(content, expected) if path.endswith("json") else None
            yield Problem(path, f"is not what the tables make{f', at {at}' if at else ''}", _AGAIN)
    try:
        others = render.extra(folder, [*made, *data])
    except OSError as error:
        yield Problem(str(error.filename), str(error.strerror), _AWAY)
        return
    for path in others:
        yield Problem(path, "is no file of the release", "delete it")


def _difference(content: bytes, expected: bytes) -> str | None:
    """Return where two JSON texts say different things, None if only the writing differs.

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
    row_class: type[Row], path: str, content: bytes, problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a CSV file that fit the schema; add a problem for each that does not."""
    fields = columns(row_class)
    before = len(problems)
    names = [column.name for column in fields]
    try:
        lines = parse_csv(content)
        _, header = next(lines, (1, []))
        if header != names:
            unknown = [name for name in header if name not in names]
            lacking = [name for name in names if name not in header]
            what = f"columns differ: unknown {unknown}, missing {lacking}"
            if not unknown and not lacking:
                what = "columns stand in another order"
            remedy = "validate it with the version of amcc-dataset that made it"
            problems.append(Problem(f"{path}:1", what, remedy))
            return
        for line, cells in lines:
            if len(problems) > before + MAX_PROBLEMS:
                problems.append(Problem(path, "has more problems", "mend the first ones"))
                return
            row = _read_row(fields, cells, f"{path}:{line}", problems)
            if row is None:
                continue
            wrong = misfits(row_class, row)
            for name, why in wrong:
                where = f"{path}:{line}:{name}"
                what = f"{row.get(name)!r}: {why}"
                problems.append(Problem(where, what, "take the file from the release again"))
            if not wrong:
                yield row
    except MalformedError as error:
        problems.append(Problem(path, str(error), "take it from the release again"))


def _read_row(
    fields: tuple[Column, ...], cells: list[str], where: str, problems: list[Problem]
) -> dict[str, Any] | None:
    if len(cells) != len(fields):
        what = f"has {len(cells)} cells, not {len(fields)}"
        problems.append(Problem(where, what, "take the file from the release again"))
        return None
    row: dict[str, Any] = {}
    for column, text in zip(fields, cells, strict=True):
        try:
            row[column.name] = _typed(column, text)
        except ValueError as error:
            problems.append(Problem(f"{where}:{column.name}", f"is {text[:60]!r}", str(error)))
            return None
    return row


def _typed(column: Column, text: str) -> Value | None:
    if column.vocabulary is not None and text:
        return code(column.vocabulary, text)
    return from_text(column.type, text)


def _canonical(tables: Tables, data: Mapping[str, bytes]) -> Iterator[Problem]:
    """Compare quoting and line ends with what the build would write."""
    for name, row_class in TABLES.items():
        path = f"data/processed/{name}.csv"
        if render.to_csv(row_class, tables[name]) != data[path]:
            what = "is not written as the build writes it (quotes, line ends or byte order mark)"
            yield Problem(path, what, "run amcc-dataset build")


def _parquet_equals_csv(
    folder: Path, tables: Tables, data: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Compare the Parquet files with what the tables make.

    Byte for byte, unless another version of pyarrow wrote them; then by schema, statistics
    and values. One version has to have written them all.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    writers: dict[str, str] = {}
    for name, row_class in TABLES.items():
        path = f"data/processed/{name}.parquet"
        writer, what = f"parquet-cpp-arrow version {pa.__version__}", None
        expected = render.to_parquet(row_class, tables[name])
        if data[path] != expected:
            try:
                found = pq.read_metadata(str(folder / path))
                if found.created_by == writer:
                    what = "is not what the CSV file of the same table makes"
                else:
                    writer = str(found.created_by)
                    what = _parquet_difference(folder / path, expected, tables[name])
            except (OSError, pa.ArrowException, ValueError) as error:
                what = f"is not Parquet: {(str(error).splitlines() or ['damaged'])[0][:200]}"
        if what is not None:
            yield Problem(path, what, _AGAIN)
        elif other := next(iter(writers.keys() - {writer}), None):
            yield Problem(path, f"was written by {writer!r}, {writers[other]} by {other!r}", _AGAIN)
        writers.setdefault(writer, path)


def _parquet_difference(path: Path, expected: bytes, rows: Rows) -> str | None:
    """Tell how a Parquet file of another version of pyarrow differs from what is expected."""
    import pyarrow.parquet as pq

    # Never from memory: pyarrow may then abort the interpreter at its exit.
    with TemporaryDirectory() as folder:
        made = Path(folder) / path.name
        made.write_bytes(expected)
        found, ours = pq.ParquetFile(str(path)), pq.ParquetFile(str(made))
        if not found.schema_arrow.equals(ours.schema_arrow, check_metadata=True):
            return "has other columns, types or descriptions than the schema"
        if _footer(found.metadata) != _footer(ours.metadata):
            return "has other counts or statistics than the CSV file of the same table"
    return None if found.read().to_pylist() == rows else "differs from the CSV file of the table"


def _footer(metadata: Any) -> list[Any]:
    """Return what a program may take from the footer of a Parquet file instead of reading on."""
    return [
        [group["num_rows"], column["path_in_schema"], column["num_values"]]
        + [(column["statistics"] or {}).get(key) for key in ("min", "max", "null_count")]
        for group in metadata.to_dict()["row_groups"]
        for column in group["columns"]
    ]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def _pandera(tables: Tables) -> Iterator[Problem]:
    import pandas as pd
    from pandera.errors import SchemaErrors

    for name, row_class in TABLES.items():
        frame = pd.DataFrame(
            {
                column.name: pd.Series(
                    [_plain(row[column.name]) for row in tables[name]],
                    dtype=schemas.pandas_dtype(column),
                )
                for column in columns(row_class)
            }
        )
        try:
            schemas.pandera_schema(row_class).validate(frame, lazy=True)
        except SchemaErrors as errors:
            for _, case in errors.failure_cases.head(20).iterrows():
                what = f"pandera: {case['column']} {case['failure_case']!r} fails {case['check']}"
                yield Problem(f"data/processed/{name}.csv", what, "correct the cell")


def _jsonschema(tables: Tables) -> Iterator[Problem]:
    import jsonschema

    def content_of(value: object) -> object:
        return value.isoformat() if isinstance(value, dt.date) else _plain(value)

    for name, row_class in TABLES.items():
        for column, spec in schemas.json_schema(row_class)["properties"].items():
            checker = jsonschema.Draft202012Validator(
                spec, format_checker=jsonschema.FormatChecker()
            )
            # Each value once: what else a column may hold depends on no other column.
            for value, row_id in {row[column]: row["id"] for row in tables[name]}.items():
                for error in checker.iter_errors(content_of(value)):
                    where = f"data/processed/{name}.csv ({row_id}, {column})"
                    yield Problem(where, f"jsonschema: {error.message[:200]}", "correct the cell")


def _frictionless(folder: Path) -> Iterator[Problem]:
    import frictionless

    content = json.loads((folder / archive.DESCRIPTOR).read_bytes())
    content["resources"] = [entry for entry in content["resources"] if entry["format"] == "csv"]
    package = frictionless.Package.from_descriptor(content, basepath=str(folder))
    report = package.validate()
    for row in report.flatten(["name", "rowNumber", "fieldName", "message"]):
        where = ":".join(str(part) for part in row[:3] if part is not None) or archive.DESCRIPTOR
        yield Problem(where, f"frictionless: {row[3]}", "correct the cell")
