"""A release read back, from a folder or from a zip file, whoever made it.

Nothing in it is trusted: only files that the descriptor names are read, paths stay inside,
sizes are bounded, hashes have to fit, and whatever is wrong is told as a problem. Cells stay
texts until `rows` makes values of them. Not in here: whether the data are right (validate.py),
and how releases differ (diff.py).
"""

import csv
import datetime as dt
import hashlib
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amcc_dataset.disk.files import read as read_file
from amcc_dataset.model.findings import Problem, Problems
from amcc_dataset.model.suggest import one_of

DESCRIPTOR = "datapackage.json"

MAX_BYTES = 500_000_000
"""Most bytes of a release that are read, all files together."""

MAX_FILES = 1_000
"""Most files that a descriptor may name."""

_AGAIN = "take the file from the release again"
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError)
"""What zipfile raises for archives that are cut, altered, encrypted or packed in unknown ways."""


@dataclass(frozen=True, slots=True)
class Release:
    """The descriptor of a release, and the files that it names by their path."""

    where: str
    descriptor: dict[str, Any]
    files: dict[str, bytes]

    @property
    def version(self) -> str:
        """The version that the descriptor gives."""
        return str(self.descriptor.get("version", "without version"))

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """The resources that are tables, by name."""
        return {entry["name"]: entry for entry in self.descriptor["resources"] if "schema" in entry}

    def resource(self, table: str) -> dict[str, Any]:
        """Return the resource of a table; a ValueError names the nearest right names."""
        if table not in self.tables:
            raise ValueError(f"there is no table {table!r}; {one_of(table, self.tables)}")
        return self.tables[table]

    def fields(self, table: str) -> list[dict[str, Any]]:
        """Return the columns of a table as the descriptor has them."""
        found: list[dict[str, Any]] = self.resource(table)["schema"]["fields"]
        return found

    def texts(self, table: str) -> list[dict[str, str]]:
        """Return a table with its cells as they stand in the CSV file.

        Raises
        ------
        Problems
            If the file is not the table that the descriptor promises.
        """
        path = self.resource(table)["path"]
        where = f"{self.where}: {path}"
        names = [field["name"] for field in self.fields(table)]
        try:
            content = io.StringIO(self.files[path].decode("utf-8"), newline="")
            header, *lines = list(csv.reader(content, strict=True)) or [[]]
        except UnicodeDecodeError as error:
            raise _wrong(where, f"byte {error.start} is not UTF-8") from None
        except csv.Error as error:
            raise _wrong(where, f"is not CSV: {error}") from None
        if header != names:
            raise _wrong(where, f"has the columns {header}, the descriptor says {names}"[:300])
        ragged = next((line for line in lines if len(line) != len(names)), None)
        if ragged is not None:
            raise _wrong(where, f"row {ragged[:1]} has {len(ragged)} cells, not {len(names)}")
        return [dict(zip(names, line, strict=True)) for line in lines]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return a table with typed cells: int, date, text, or None for an empty cell."""
        types = {field["name"]: field.get("type") for field in self.fields(table)}
        make: dict[Any, Callable[[str], Any]] = {"integer": int, "date": dt.date.fromisoformat}
        try:
            return [
                {
                    name: make.get(types[name], str)(text) if text else None
                    for name, text in row.items()
                }
                for row in self.texts(table)
            ]
        except ValueError as error:
            where = f"{self.where}: {self.resource(table)['path']}"
            raise _wrong(where, f"has a cell of the wrong type: {error}"[:300]) from None


def read(place: Path) -> Release:
    """Return the release in a folder or zip file.

    Raises
    ------
    Problems
        With all files that are missing, altered, too large or out of bounds.
    """
    where = str(place)
    try:
        if place.is_dir():
            return _read(where, lambda path, room: read_file(place, place / path, room))
        if place.is_file():
            with zipfile.ZipFile(place) as archive:
                home = _home(where, archive.namelist())
                return _read(where, lambda path, room: _from_zip(archive, home + path, room))
    except (zipfile.BadZipFile, NotImplementedError):
        what = "is neither a folder nor a whole zip file"
        raise _wrong(where, what, "name a release: its folder or its zip file") from None
    except OSError as error:
        raise _wrong(where, f"cannot be read: {error.strerror or error}", "check it") from None
    what = "is neither a folder nor a file" if place.exists() else "is not there"
    raise _wrong(where, what, "name a release: its folder or its zip file")


def _wrong(where: str, what: str, remedy: str = _AGAIN) -> Problems:
    return Problems([Problem(where, what, remedy)])


def _read(where: str, fetch: Callable[[str, int], bytes]) -> Release:
    """Read the descriptor and what it names; `fetch` reads one file of at most so many bytes."""
    room = MAX_BYTES
    problems: list[Problem] = []

    def take(path: str) -> bytes | None:
        nonlocal room
        try:
            content = fetch(path, room)
        except FileNotFoundError:
            problems.append(Problem(f"{where}: {path}", "is missing", "take the whole release"))
        except OSError as error:
            what = f"cannot be read: {error.strerror or error}"
            problems.append(Problem(f"{where}: {path}", what, _AGAIN))
        except _DAMAGED as error:
            problems.append(Problem(f"{where}: {path}", f"is damaged: {error}"[:300], _AGAIN))
        else:
            room -= len(content)
            return content
        return None

    text = take(DESCRIPTOR)
    if text is None:
        raise Problems(problems)
    descriptor = parse(text, f"{where}: {DESCRIPTOR}")
    files: dict[str, bytes] = {}
    for path, entry in {entry["path"]: entry for entry in descriptor["resources"]}.items():
        content = take(path)
        if content is None:
            continue
        files[path] = content
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        if entry.get("hash", digest) != digest:
            what = "does not have the hash in the descriptor"
            problems.append(Problem(f"{where}: {path}", what, _AGAIN))
    if problems:
        raise Problems(problems)
    return Release(where, descriptor, files)


def parse(text: bytes, where: str) -> dict[str, Any]:
    """Return a descriptor whose resources have the shape that is relied on here.

    Raises
    ------
    Problems
        If it is no descriptor of a release.
    """
    remedy = "name a release: its folder or its zip file"
    try:
        descriptor = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(where, f"is not JSON: {error}"[:300], remedy) from None
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or len(resources) > MAX_FILES:
        raise _wrong(where, "is no data package: it has no list of resources", remedy)
    problems = [
        Problem(f"{where}: resource {number}", what, _AGAIN)
        for number, entry in enumerate(resources, 1)
        if (what := _misshapen(entry))
    ]
    names = [entry["name"] for entry in resources if not problems]
    if len(set(names)) < len(names):
        problems.append(Problem(where, "has two resources of one name", _AGAIN))
    if problems:
        raise Problems(problems)
    assert isinstance(descriptor, dict)
    return descriptor


def _misshapen(entry: object) -> str | None:
    """Tell what is wrong with the shape of a resource, as far as anything here relies on it."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return "has no name"
    path = entry.get("path")
    if not isinstance(path, str) or not is_inside(path):
        return f"has the path {path!r}, which is not a file inside the release"[:300]
    if "schema" not in entry:
        return None
    schema = entry["schema"]
    if not isinstance(schema, dict) or not _are_dicts(schema.get("fields")):
        return "has a schema without a list of fields"
    for field in schema["fields"]:
        rules = field.get("constraints", {})
        if not isinstance(field.get("name"), str) or not isinstance(rules, dict):
            return "has a field without a name, or with constraints that are no table"
        if not isinstance(rules.get("enum", []), list):
            return f"has a field {field['name']!r} whose codes are no list"[:300]
    key = schema.get("primaryKey", "id")
    if not _are_texts([key] if isinstance(key, str) else key):
        return "has a primary key that is no list of columns"
    keys = schema.get("foreignKeys", [])
    if not isinstance(schema.get("uniqueKeys", []), list) or not _are_dicts(keys):
        return "has keys that are no list"
    groups = schema.get("amcc:exactlyOne", [])
    if not isinstance(groups, list) or not all(map(_are_texts, groups)):
        return "has groups of columns that are no lists"
    for each in keys:
        target = each.get("reference")
        if not isinstance(target, dict) or not isinstance(target.get("resource", ""), str):
            return "has a foreign key without a reference"
        if not _are_texts(each.get("fields")) or not _are_texts(target.get("fields")):
            return "has a foreign key without columns"
    return None


def _are_dicts(entries: object) -> bool:
    return isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)


def _are_texts(entries: object) -> bool:
    return isinstance(entries, list) and all(isinstance(entry, str) for entry in entries)


def is_inside(path: str) -> bool:
    """Tell whether a path in a descriptor stays inside the folder of the descriptor.

    Examples
    --------
    >>> is_inside("data/processed/editions.csv"), is_inside("../secret"), is_inside("C:/x")
    (True, False, False)
    """
    parts = re.split(r"[/\\]", path)
    absolute = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]", path)
    return bool(path) and not absolute and ".." not in parts and "\x00" not in path


def _home(where: str, names: list[str]) -> str:
    """Return the folder inside an archive that holds the release: the one nearest to its top."""
    found = [name for name in names if name == DESCRIPTOR or name.endswith("/" + DESCRIPTOR)]
    if not found:
        remedy = "name the zip file of a release, one that holds datapackage.json"
        raise _wrong(where, "holds no release", remedy)
    return min(found, key=lambda name: (name.count("/"), name)).removesuffix(DESCRIPTOR)


def _from_zip(archive: zipfile.ZipFile, path: str, room: int) -> bytes:
    try:
        entry = archive.getinfo(path)
    except KeyError:
        raise FileNotFoundError(path) from None
    # zipfile never unpacks more than the entry's own size says.
    if entry.file_size > room:
        raise OSError(f"the release is larger than {MAX_BYTES} bytes")
    return archive.read(entry)
