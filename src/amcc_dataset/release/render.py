"""The files of the release tree, made in memory from the tables only.

The tree is datapackage.json, data/processed (each table as CSV and as Parquet) and schemas/. It
has the same bytes in the repository, in the wheel and in the archives. Not here: how the tables
are made (curation/), how the files are written and compared with existing ones (place.py), and
whether a tree is valid (validate.py).
"""

import hashlib
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from amcc_dataset import __released__, __version__, extras
from amcc_dataset.disk.files import walk
from amcc_dataset.model import passages, schemas
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.limits import caveat
from amcc_dataset.model.tables import TABLES, Row
from amcc_dataset.release import metadata
from amcc_dataset.release.archive import DESCRIPTOR as DESCRIPTOR
from amcc_dataset.release.dictionary import dictionary
from amcc_dataset.rules import Rows, Tables

GENERATED = ("data/processed", "schemas")
"""The folders in which every file is generated."""

WITHIN = tuple(f"{folder}/" for folder in GENERATED)

QUOTE = '"'
SPLITS = re.compile(r'[",;|\t\r\n]')
"""Characters that need quotes around a cell of a CSV file."""

_PACKAGE: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "amcc-dataset",
    # The same for all versions, until there is a DOI; catalogues refuse a dataset without an id.
    "id": "urn:uuid:cf2588f0-fb8b-5c0d-8a24-f51976990fd2",
    "title": "ASEAN Ministerial Conference on Cybersecurity: every edition, with its evidence",
    "description": (
        "Editions, participants, outcomes and initiatives of the ASEAN Ministerial Conference "
        "on Cybersecurity since 2016; for every cell, who says so, where, and who disagrees. "
        "Null means not established, never zero and never no."
    ),
    "version": __version__,
    "created": f"{__released__}T00:00:00Z",
    "keywords": ["ASEAN", "AMCC", "cybersecurity", "diplomacy", "provenance"],
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
            "title": "Creative Commons Attribution 4.0 International",
        }
    ],
    "contributors": [
        {"title": "The amcc-dataset curators", "roles": ["creator", "maintainer"]},
    ],
    "amcc:normalisation": passages.NORMALISATION,
}


def to_csv(row_class: type[Row], rows: Rows) -> bytes:
    """Return a table as CSV: UTF-8, LF, header, an empty cell for null, few quotes.

    A cell is quoted if a spreadsheet could split it: depending on the country and on the last
    choice of the user, some also read `;`, `|` or a tab as the end of a cell.
    """
    names = list(row_class.model_fields)
    lines = chain([names], ([to_text(row[name]) for name in names] for row in rows))
    return b"".join((",".join(map(_quoted, line)) + "\n").encode() for line in lines)


def _quoted(text: str) -> str:
    return f'"{text.replace(QUOTE, QUOTE * 2)}"' if SPLITS.search(text) else text


def to_parquet(row_class: type[Row], written: bytes) -> bytes:
    """Return a table as Parquet, from its CSV: one row group, Snappy, the types of the schema.

    This way both files have the same cells, and no column has to become a list of Python objects.
    """
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    arrow = schemas.arrow_schema(row_class)
    table = pyarrow.csv.read_csv(
        io.BytesIO(written),
        # One block only: the ends of blocks change the pages of the file.
        read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=len(written) + 1),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=arrow, null_values=[""], strings_can_be_null=True
        ),
    )
    table = table.cast(arrow)
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="snappy",
        version="2.6",
        row_group_size=max(1, len(table)),
        write_page_checksum=True,
    )
    return sink.getvalue().to_pybytes()


def render(tables: Tables) -> dict[str, bytes]:
    """Return every file of the release tree by its path, made from the tables only."""
    extras.need("build", "pyarrow")
    files: dict[str, bytes] = {}
    for name, row_class in TABLES.items():
        written = to_csv(row_class, tables[name])
        files[f"data/processed/{name}.csv"] = written
        files[f"data/processed/{name}.parquet"] = to_parquet(row_class, written)
    return files | describe(tables, files)


def describe(tables: Tables, data: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that describe the tables and their files, with the descriptor."""
    package = descriptor(tables, data)
    return {**beside(package), DESCRIPTOR: to_json(package)}


def beside(package: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files in schemas/ for the descriptor of a release, or of a part of it."""
    files: dict[str, bytes] = {}
    described = _described(package)
    for entry in described["resources"]:
        if "schema" in entry:
            name = entry["name"]
            files[f"schemas/{name}.table.json"] = to_json(entry["schema"])
            files[f"schemas/{name}.schema.json"] = to_json(schemas.json_schema(TABLES[name]))
    files["schemas/dictionary.md"] = dictionary().encode()
    files["schemas/dataset.jsonld"] = to_json(metadata.schema_org(described))
    files["schemas/croissant.json"] = to_json(metadata.croissant(described))
    if any(entry["format"] == "csv" for entry in package["resources"]):
        files["schemas/csv-metadata.json"] = to_json(metadata.csvw(package))
    return files


def _described(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return a descriptor in which the Parquet files are the tables, if there are no CSV files.

    The descriptor that is written has schemas for CSV files only: Parquet files have types of
    their own, and few programs that follow the standard read a schema for them.
    """
    stems = [PurePosixPath(entry["path"]).stem for entry in package["resources"]]
    tables = dict.fromkeys(stems)
    if any("schema" in entry for entry in package["resources"]):
        return {**package}
    resources = [
        {**entry, **_table(TABLES[name], tables)}
        for name, entry in zip(stems, package["resources"], strict=True)
    ]
    return {**package, "resources": resources}


def _table(row_class: type[Row], among: Collection[str]) -> dict[str, Any]:
    """Return what a descriptor says about a table, for every kind of file."""
    return {
        "name": row_class.TABLE.name,
        "title": row_class.TABLE.title,
        "description": " ".join(row_class.TABLE.description.split()),
        "schema": schemas.table_schema(row_class, among),
    }


def descriptor(tables: Tables, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the Data Package descriptor of the tree; it does not depend on the clock."""
    principal = {row["principal_source_id"] for row in tables["editions"]}
    sources = [
        {"title": f"{row['publisher']}: {row['title']}", "path": row["url"]}
        for row in tables["sources"]
        if row["id"] in principal and row["url"]
    ]
    described = f"{_PACKAGE['description']} {caveat(Dataset(tables))}"
    resources = list(_resources(tables, files))
    return {**_PACKAGE, "description": described, "sources": sources, "resources": resources}


def _resources(tables: Tables, files: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    for name, row_class in TABLES.items():
        path = f"data/processed/{name}.csv"
        if path not in files:
            continue
        yield {
            "name": name,
            "type": "table",
            "title": row_class.TABLE.title,
            "description": " ".join(row_class.TABLE.description.split()),
            "path": path,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
            "bytes": len(files[path]),
            "rows": len(tables[name]),
            "hash": _hash(files[path]),
            "schema": schemas.table_schema(row_class),
        }
    for name, row_class in TABLES.items():
        path = f"data/processed/{name}.parquet"
        if path not in files:
            continue
        yield {
            "name": f"{name}-parquet",
            "title": f"{row_class.TABLE.title} (Parquet)",
            "path": path,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "hash": _hash(files[path]),
        }


def _hash(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


_INVISIBLE = re.compile("[\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")


def to_json(content: object) -> bytes:
    """Return the content of a JSON file of the release tree; invisible characters are escaped."""
    text = json.dumps(content, indent=2, ensure_ascii=False)
    return (_INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n").encode()


def extra(root: Path, made: Collection[str]) -> list[str]:
    """Return the files in the generated folders that are not among `made`.

    Raises
    ------
    OSError
        If something there is not a regular file, or is a link to somewhere else.
    """
    return sorted({path for folder in GENERATED for path in walk(root, folder)} - {*made})
