"""Read a release from a folder or a zip file, whoever made it.

Nothing in it is trusted: only files that the descriptor names are read, paths must stay inside
the folder, sizes are limited (`disk/`), no name may appear twice, hashes must match, and every
problem is reported as a finding. Cells stay texts until `rows` converts them to values. Not
here: whether the data are valid (validate.py), and how releases differ (diff.py).
"""

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amcc_dataset.disk import files as disk
from amcc_dataset.disk import writer
from amcc_dataset.disk.parsing import MAX_COLUMNS, MalformedError, parse_csv, parse_json
from amcc_dataset.disk.zips import Archive
from amcc_dataset.model.findings import Failed, Finding, Location, worded
from amcc_dataset.model.suggest import one_of

DESCRIPTOR = "datapackage.json"

MAX_BYTES = 32_000_000
"""The most bytes that are read of a release, all files together; ours has about 3 million."""

MAX_DESCRIPTOR = 1_000_000
"""The most bytes that a descriptor may have; ours has about 100,000."""

MAX_SEPARATORS = 1_000_000
"""The most commas and line ends in all tables together, which limits the number of cells."""

MAX_FILES = 200
"""The most files that a descriptor may name; ours names 30."""

_AGAIN = "copy the file from the release again"
_AFRESH = "copy the file again from where you have it, or export again with --force"
_NONE = f"has no {DESCRIPTOR}"
_NAME_ONE = "name the folder or zip file of a release, or of an export"


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
        """Return the resource of a table; a ValueError for a wrong name lists similar ones."""
        if table not in self.tables:
            raise ValueError(f"there is no table {table!r}; {one_of(table, self.tables)}")
        return self.tables[table]

    def fields(self, table: str) -> list[dict[str, Any]]:
        """Return the columns of a table as in the descriptor."""
        found: list[dict[str, Any]] = self.resource(table)["schema"]["fields"]
        return found

    def texts(self, table: str) -> list[dict[str, str]]:
        """Return a table with its cells as texts, as in the CSV file.

        Raises
        ------
        Failed
            If the file is not the table that the descriptor describes.
        """
        path = self.resource(table)["path"]
        names = [field["name"] for field in self.fields(table)]
        lines = parse_csv(self.files[path])
        try:
            _, header = next(lines, (1, []))
            if header != names:
                what = f"has the columns {header}, but the descriptor says {names}"
                raise _wrong("table_shape", f"{self.where}: {path}", what)
            found = []
            for line, cells in lines:
                if len(cells) != len(names):
                    what = f"row {cells[:1]} has {len(cells)} cells, not {len(names)}"
                    raise _wrong("table_shape", f"{self.where}: {path}", what, line=line)
                found.append(dict(zip(names, cells, strict=True)))
        except MalformedError as error:
            raise _wrong("readable_csv", f"{self.where}: {path}", str(error)) from None
        return found

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return a table with typed cells: int, date or text, and None for an empty cell."""
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
            raise _wrong("typed_cells", where, f"has a cell of the wrong type: {error}") from None


def read(place: Path) -> Release:
    """Return the release in a folder or zip file.

    Raises
    ------
    Failed
        If a file is missing, altered, too large or outside the folder; names all of them.
    """
    where = str(place)
    with worded("readable_release", _NAME_ONE):
        if place.is_dir():
            if command := writer.interrupted(place):
                what = f"was left by an interrupted {command}"
                raise _wrong("finished_write", where, what, f"run amcc-dataset {command} again")
            if not os.path.lexists(place / DESCRIPTOR):
                raise _wrong("readable_release", where, _NONE, _NAME_ONE)
            return _read(where, lambda path, room: disk.read(place, place / path, room))
        if place.exists():
            file = place.resolve()  # the user may name a link
            archive = Archive(disk.read(file.parent, file, MAX_BYTES), place)
            home = _home(where, archive.names)
            return _read(where, lambda path, room: archive.read(home + path, room))
    raise _wrong("readable_release", where, "does not exist", _NAME_ONE)


def unpack(place: Path, folder: Path) -> None:
    """Unpack a zip file, or only the release in it if there is one, into an empty folder.

    Raises
    ------
    Failed
        If an entry is damaged, too large or outside the folder.
    """
    with worded("readable_release", _NAME_ONE):
        file = place.resolve()
        packed = Archive(disk.read(file.parent, file, MAX_BYTES), place)
        home, room = _home(str(place), packed.names, required=False), MAX_BYTES
        for name in packed.names:
            path = name.removeprefix(home)
            if not name.startswith(home) or name.endswith("/"):
                continue
            if not is_inside(path):
                raise _wrong(
                    "readable_release", f"{place}: {name}"[:300], "leads out of the folder"
                )
            content = packed.read(name, room)
            room -= len(content)
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def _wrong(
    rule: str, where: str, what: str, remedy: str = _AGAIN, line: int | None = None
) -> Failed:
    return Failed([Finding(rule, Location(where, line), what[:300], remedy)])


def _read(where: str, fetch: Callable[[str, int], bytes]) -> Release:
    """Read the descriptor and its files; `fetch` reads one file, up to a number of bytes."""
    with worded("readable_release", _NAME_ONE):
        descriptor = parse(fetch(DESCRIPTOR, MAX_DESCRIPTOR), f"{where}: {DESCRIPTOR}")
    room, separators = MAX_BYTES, 0
    found: list[Finding] = []
    files: dict[str, bytes] = {}
    for entry in descriptor["resources"]:
        path, at = entry["path"], Location(f"{where}: {entry['path']}")
        try:
            files[path] = content = fetch(path, room)
        except FileNotFoundError:
            found.append(Finding("whole_release", at, "is missing", "use the complete release"))
            continue
        except OSError as error:
            what = f"cannot be read: {error.strerror or error}"
            found.append(Finding("readable_release", at, what, _AGAIN))
            continue
        room -= len(content)
        if "schema" in entry:
            separators += content.count(b",") + content.count(b"\n")
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        if entry.get("hash", digest) != digest:
            what = f"differs from the file that was released: {DESCRIPTOR} has another SHA-256"
            found.append(Finding("hash", at, what, _AFRESH))
    if separators > MAX_SEPARATORS:
        what = f"has tables with more than {MAX_SEPARATORS} commas and lines"
        found.append(Finding("readable_release", Location(where), what, _NAME_ONE))
    if found:
        raise Failed(found)
    return Release(where, descriptor, files)


def parse(text: bytes, where: str) -> dict[str, Any]:
    """Return a descriptor whose resources have the shape that this module relies on.

    Raises
    ------
    Failed
        If it is not the descriptor of a release.
    """
    try:
        descriptor = parse_json(text)
    except MalformedError as error:
        raise _wrong("readable_descriptor", where, str(error), _AGAIN) from None
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list) or len(resources) > MAX_FILES:
        what = f"is not a data package: it has no list of resources, or more than {MAX_FILES}"
        raise _wrong("descriptor_shape", where, what, _NAME_ONE)
    found = [
        Finding("descriptor_shape", Location(f"{where}: resource {number}"), fault[:300], _AGAIN)
        for number, entry in enumerate(resources, 1)
        if (fault := _misshapen(entry))
    ]
    for key in () if found else ("name", "path"):
        twin = disk.twin_of(entry[key] for entry in resources)
        if twin:
            what = f"has two resources with the {key} {twin!r}"[:300]
            found.append(Finding("descriptor_shape", Location(where), what, _AGAIN))
    if found:
        raise Failed(found)
    assert isinstance(descriptor, dict)
    return descriptor


def _misshapen(entry: object) -> str | None:
    """Return what is wrong with the shape of a resource, as far as this module relies on it."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return "has no name"
    path = entry.get("path")
    if not isinstance(path, str) or not is_inside(path):
        return f"has the path {path!r}, which is not a file inside the release"
    if "schema" not in entry:
        return None
    schema = entry["schema"]
    if not isinstance(schema, dict) or not _are_dicts(schema.get("fields")):
        return "has a schema without a list of fields"
    for field in schema["fields"]:
        rules = field.get("constraints", {})
        if not isinstance(field.get("name"), str) or not isinstance(rules, dict):
            return "has a field without a name, or with constraints that are not an object"
        if not _are_texts(rules.get("enum", [])):
            return f"has a field {field['name']!r} whose codes are not a list of texts"
    return _miskeyed(schema, [field["name"] for field in schema["fields"]])


def _miskeyed(schema: dict[str, Any], names: list[str]) -> str | None:
    """Return what is wrong with the columns and keys of a schema."""
    if len(names) > MAX_COLUMNS:
        return f"has more than {MAX_COLUMNS} fields"
    if twin := disk.twin_of(names):
        return f"has two fields {twin!r}"
    key = schema.get("primaryKey", "id")
    columns = [key] if isinstance(key, str) else key
    if not _are_texts(columns) or disk.twin_of(columns):
        return "has a primary key that is not a list of columns"
    keys = schema.get("foreignKeys", [])
    groups = (schema.get(word, []) for word in ("uniqueKeys", "amcc:exactlyOne"))
    if not all(isinstance(group, list) for group in groups) or not _are_dicts(keys):
        return "has keys that are not a list"
    groups = schema.get("amcc:exactlyOne", [])
    if not isinstance(groups, list) or not all(map(_are_texts, groups)):
        return "has groups of columns that are not lists"
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
    """Return whether a path in a descriptor stays inside the folder of the descriptor.

    Examples
    --------
    >>> is_inside("data/processed/editions.csv"), is_inside("../secret"), is_inside("C:/x")
    (True, False, False)
    """
    parts = re.split(r"[/\\]", path)
    absolute = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]", path)
    return bool(path) and not absolute and ".." not in parts and "\x00" not in path


def _home(where: str, names: Iterable[str], *, required: bool = True) -> str:
    """Return the folder of the release inside an archive: the one nearest to the top."""
    found = [name for name in names if name == DESCRIPTOR or name.endswith("/" + DESCRIPTOR)]
    if not found and not required:
        return ""
    if not found:
        raise _wrong("readable_release", where, _NONE, _NAME_ONE)
    return min(found, key=lambda name: (name.count("/"), name)).removesuffix(DESCRIPTOR)
