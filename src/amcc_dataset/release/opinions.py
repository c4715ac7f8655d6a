"""Check a release with other programs: pyarrow, pandera, jsonschema, frictionless.

Each function runs one program and yields a finding for each problem, with the name of the
program as its rule. Not here: our own checks (validate.py), and the schemas (model/schemas.py).
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from amcc_dataset.disk.parquet import parse_parquet
from amcc_dataset.disk.parsing import MalformedError
from amcc_dataset.model import schemas
from amcc_dataset.model.columns import columns
from amcc_dataset.model.findings import Finding, Location
from amcc_dataset.model.tables import TABLES
from amcc_dataset.release import archive, render
from amcc_dataset.rules import Rows, Tables

_AGAIN = "copy the file from the release again, or run amcc-dataset build"
_CORRECT = "correct the cell"


def pyarrow(folder: Path, tables: Tables, data: Mapping[str, bytes]) -> Iterator[Finding]:
    """Compare the Parquet files with those made from the tables.

    The bytes must be equal. If another version of pyarrow wrote the files, schema, statistics
    and values must be equal. One version must have written all files.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    writers: dict[str, str] = {}
    for name, row_class in TABLES.items():
        path = f"data/processed/{name}.parquet"
        writer, what = f"parquet-cpp-arrow version {pa.__version__}", None
        expected = render.to_parquet(row_class, render.to_csv(row_class, tables[name]))
        if data[path] != expected:
            try:
                found = pq.read_metadata(str(folder / path))
                if found.created_by == writer:
                    what = "differs from the file made from the CSV file of the same table"
                else:
                    writer = str(found.created_by)
                    what = _parquet_difference(folder / path, expected, tables[name])
            except MalformedError as error:
                what = str(error)
            except (OSError, pa.ArrowException, ValueError) as error:
                what = f"is not Parquet: {(str(error).splitlines() or ['damaged'])[0][:200]}"
        if what is not None:
            yield Finding("pyarrow", Location(path), what, _AGAIN)
        elif other := next(iter(writers.keys() - {writer}), None):
            what = f"was written by {writer!r}, but {writers[other]} by {other!r}"
            yield Finding("pyarrow", Location(path), what, _AGAIN)
        writers.setdefault(writer, path)


def _parquet_difference(path: Path, expected: bytes, rows: Rows) -> str | None:
    """Return how a Parquet file from another version of pyarrow differs from the expected one."""
    import pyarrow.parquet as pq

    # Not from memory: pyarrow may then abort the interpreter at its exit.
    with TemporaryDirectory() as folder:
        made = Path(folder) / path.name
        made.write_bytes(expected)
        found, ours = pq.ParquetFile(str(path)), pq.ParquetFile(str(made))
        if not found.schema_arrow.equals(ours.schema_arrow, check_metadata=True):
            return "differs from the schema in columns, types or descriptions"
        if _footer(found.metadata) != _footer(ours.metadata):
            return "differs from the CSV file of the same table in counts or statistics"
    same = list(parse_parquet(path, found.schema_arrow)) == list(rows)
    return None if same else "differs from the CSV file of the table"


def _footer(metadata: Any) -> list[Any]:
    """Return what a program may read from the footer of a Parquet file instead of from the rows."""
    return [
        [group["num_rows"], column["path_in_schema"], column["num_values"]]
        + [(column["statistics"] or {}).get(key) for key in ("min", "max", "null_count")]
        for group in metadata.to_dict()["row_groups"]
        for column in group["columns"]
    ]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def pandera(tables: Tables) -> Iterator[Finding]:
    """Check a frame of each table with pandera."""
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
                what = f"{case['failure_case']!r} fails {case['check']}"
                at = Location(_csv(name), table=name, field=str(case["column"]))
                yield Finding("pandera", at, what, _CORRECT)


def jsonschema(tables: Tables) -> Iterator[Finding]:
    """Check each value of each column with jsonschema."""
    from jsonschema import Draft202012Validator, FormatChecker

    def content_of(value: object) -> object:
        return value.isoformat() if isinstance(value, dt.date) else _plain(value)

    for name, row_class in TABLES.items():
        for column, spec in schemas.json_schema(row_class)["properties"].items():
            checker = Draft202012Validator(spec, format_checker=FormatChecker())
            # Each value once: whether it is valid depends on no other column.
            for value, row_id in {row[column]: row["id"] for row in tables[name]}.items():
                for error in checker.iter_errors(content_of(value)):
                    at = Location(_csv(name), None, name, row_id, column)
                    yield Finding("jsonschema", at, error.message[:200], _CORRECT)


def frictionless(folder: Path) -> Iterator[Finding]:
    """Check the CSV files and their keys with frictionless."""
    from frictionless import Package

    content = json.loads((folder / archive.DESCRIPTOR).read_bytes())
    content["resources"] = [entry for entry in content["resources"] if entry["format"] == "csv"]
    package = Package.from_descriptor(content, basepath=str(folder))
    report = package.validate()
    for table, line, field, message in report.flatten(
        ["name", "rowNumber", "fieldName", "message"]
    ):
        path = _csv(table) if table in TABLES else archive.DESCRIPTOR
        yield Finding("frictionless", Location(path, line, table, None, field), message, _CORRECT)


def _csv(table: str) -> str:
    return f"data/processed/{table}.csv"
