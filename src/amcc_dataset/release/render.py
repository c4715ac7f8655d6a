"""The release tree: its files made from the tables, written all or none, compared.

The tree is datapackage.json, data/processed (each table as CSV and as Parquet) and schemas,
byte for byte the same in the repository, in the wheel and in the archives. `render` makes
every file in memory; `write` puts them in place so that a build which dies leaves the old
tree whole; `stale` tells which generated file differs. Not in here: how the tables come
about (build.py) and whether a tree is right (validate.py).
"""

import csv
import errno
import hashlib
import io
import json
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from amcc_dataset import __released__, __version__, extras
from amcc_dataset.model import passages, schemas
from amcc_dataset.model.findings import Problem, Problems
from amcc_dataset.model.schemas import text
from amcc_dataset.model.tables import TABLES, Row
from amcc_dataset.release import metadata
from amcc_dataset.release.archive import DESCRIPTOR as DESCRIPTOR
from amcc_dataset.rules import Rows, Tables

GENERATED = ("data/processed", "schemas")
"""The folders whose every file is generated."""

_WITHIN = tuple(f"{folder}/" for folder in GENERATED)
_STAGING = ".amcc-build"
_JOURNAL = "journal.json"

_PACKAGE: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "amcc-dataset",
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
    """Return a table as CSV: UTF-8, LF, minimal quotes, header, an empty cell for null."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    names = list(row_class.model_fields)
    writer.writerow(names)
    writer.writerows([text(row[name]) for name in names] for row in rows)
    return sink.getvalue().encode()


def to_parquet(row_class: type[Row], rows: Rows) -> bytes:
    """Return a table as Parquet: one row group, zstd, the types of the schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = schemas.arrow_schema(row_class)
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=arrow)
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        compression_level=3,
        version="2.6",
        row_group_size=max(1, len(rows)),
        write_page_checksum=True,
    )
    return sink.getvalue().to_pybytes()


def render(tables: Tables) -> dict[str, bytes]:
    """Return every file of the release tree by its path, made from the tables alone."""
    extras.need("build", "pyarrow")
    files: dict[str, bytes] = {}
    for name, row_class in TABLES.items():
        files[f"data/processed/{name}.csv"] = to_csv(row_class, tables[name])
        files[f"data/processed/{name}.parquet"] = to_parquet(row_class, tables[name])
    return files | describe(tables, files)


def describe(tables: Tables, data: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that describe the tables and their files, the descriptor among them."""
    files: dict[str, bytes] = {}
    for name, row_class in TABLES.items():
        files[f"schemas/{name}.table.json"] = _json(schemas.table_schema(row_class))
        files[f"schemas/{name}.schema.json"] = _json(schemas.json_schema(row_class))
    files["schemas/dictionary.md"] = schemas.dictionary().encode()
    package = descriptor(tables, data)
    files["schemas/dataset.jsonld"] = _json(metadata.schema_org(package))
    files["schemas/croissant.json"] = _json(metadata.croissant(package))
    files[DESCRIPTOR] = _json(package)
    return files


def descriptor(tables: Tables, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the Data Package descriptor of the tree; it holds no time stamp."""
    principal = {row["principal_source_id"] for row in tables["editions"]}
    sources = [
        {"title": f"{row['publisher']}: {row['title']}", "path": row["url"]}
        for row in tables["sources"]
        if row["id"] in principal and row["url"]
    ]
    return {**_PACKAGE, "sources": sources, "resources": list(_resources(tables, files))}


def _resources(tables: Tables, files: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    for name, row_class in TABLES.items():
        path = f"data/processed/{name}.csv"
        yield {
            "name": name,
            "type": "table",
            "title": row_class.TABLE.title,
            "description": " ".join((row_class.__doc__ or "").split()),
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


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def stale(root: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """Return a problem for every generated file below `root` that is not as rendered."""
    remedy = "run amcc-dataset build"
    problems = []
    if _is_interrupted(root):
        problems.append(Problem(_STAGING, "an interrupted build is not finished", remedy))
    for path, content in files.items():
        try:
            state = _state(root / path, content)
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            problems.append(Problem(path, what, f"take it away, then {remedy}"))
        else:
            if state != "same":
                problems.append(Problem(path, f"generated file is {state}", remedy))
    for path in extra(root, files):
        problems.append(Problem(path, "file is not generated", f"delete it, or {remedy}"))
    return problems


def extra(root: Path, files: Collection[str]) -> list[str]:
    """Return the files in the generated folders that are not among `files`."""
    found = (path for folder in GENERATED for path in (root / folder).rglob("*") if path.is_file())
    return sorted({path.relative_to(root).as_posix() for path in found} - set(files))


def write(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Put the files in place below `root`; return the paths that changed.

    Everything is staged beside the tree first. A build that dies until then leaves the old
    tree; from then on a journal stands, and `recover` finishes what it names.

    Raises
    ------
    Problems
        If the folder cannot be written, leads elsewhere, or another build holds it.
    """
    with _held(root):
        recover(root)
        changed = [path for path, made in files.items() if _state(root / path, made) != "same"]
        surplus = extra(root, files)
        if changed or surplus:
            staging = root / _STAGING
            try:
                for path in changed:
                    _write(staging / path, files[path])
                _sync(folder for folder in [staging, *staging.rglob("*")] if folder.is_dir())
                _write(staging / _JOURNAL, _json({"replace": changed, "delete": surplus}))
                _sync([staging, root])
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise
            recover(root)
        return changed + surplus


def recover(root: Path) -> None:
    """Finish an interrupted `write`, or throw its unfinished staging away."""
    _keep_inside(root)
    staging = root / _STAGING
    try:
        replaced, deleted = _read_journal(staging / _JOURNAL)
    except FileNotFoundError:
        shutil.rmtree(staging, ignore_errors=True)
        return
    for path in replaced:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        # What is no longer staged was put in place before the interruption.
        with suppress(FileNotFoundError):
            (staging / path).replace(root / path)
    for path in deleted:
        (root / path).unlink(missing_ok=True)
    _sync({root, *((root / path).parent for path in replaced + deleted)})
    (staging / _JOURNAL).unlink()
    shutil.rmtree(staging, ignore_errors=True)


def _keep_inside(root: Path) -> None:
    """Refuse to write or delete through a link that leads out of `root`."""
    home = root.resolve()
    for name in (_STAGING, f"{_STAGING}.lock", *GENERATED):
        try:
            inside = (root / name).resolve().is_relative_to(home)
        except RuntimeError:  # a circle of links
            inside = False
        if not inside:
            what = "leads out of the folder"
            raise Problems([Problem(name, what, "replace the link by a folder of its own")])


def _read_journal(path: Path) -> tuple[list[str], list[str]]:
    """Return which files to replace and to delete; none but generated ones may be named."""
    try:
        journal = json.loads(path.read_bytes())
        replaced, deleted = list(journal["replace"]), list(journal["delete"])
        lawful = all(map(_is_generated, replaced + deleted))
    except (ValueError, KeyError, TypeError, RecursionError):
        lawful = False
    if not lawful:
        remedy = f"delete the folder {_STAGING}, then run amcc-dataset build"
        raise Problems([Problem(f"{_STAGING}/{_JOURNAL}", "is damaged", remedy)])
    return replaced, deleted


def _is_generated(path: object) -> bool:
    """Tell whether a path is one that `render` may have given a file."""
    if not isinstance(path, str) or not re.fullmatch(r"[a-z0-9_]+([./-]+[a-z0-9_]+)*", path):
        return False
    return path == DESCRIPTOR or (".." not in path and path.startswith(_WITHIN))


def _is_interrupted(root: Path) -> bool:
    try:
        return (root / _STAGING / _JOURNAL).exists()
    except OSError:
        return False


def _state(path: Path, content: bytes) -> Literal["missing", "stale", "same"]:
    """Hold a file against its content; of one that has another size nothing is read."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        same = path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return "missing"
    return "same" if same else "stale"


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it either has all its bytes on the disk or does not exist."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as sink:
        sink.write(content)
        sink.flush()
        os.fsync(sink.fileno())
    partial.replace(path)


def _sync(folders: Iterable[Path]) -> None:
    """Make sure that what was put into folders is on the disk before what follows."""
    if os.name != "posix":
        return
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _held(root: Path) -> Iterator[None]:
    extras.need("build", "filelock")
    from filelock import FileLock, Timeout

    _keep_inside(root)
    try:
        with FileLock(root / f"{_STAGING}.lock", timeout=60):
            yield
    except Timeout:
        what = "another build holds this folder"
        raise Problems([Problem(str(root), what, "wait for it, then build again")]) from None
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        left = "nothing was changed"
        if _is_interrupted(root):
            left = "the next build finishes what this one began"
        remedy = f"make the folder writable and free some space; {left}"
        raise Problems([Problem(str(error.filename or root), what, remedy)]) from None
