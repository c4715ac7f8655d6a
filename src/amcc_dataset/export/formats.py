"""Export the release in several formats into a folder, all files or none.

CSV and Parquet files are those of the release, with a descriptor of the exported tables only;
the workbook, the databases and JSON Lines are made from the CSV files. `render` makes the files
of a format in memory, `pack` makes a zip file of them, `put` writes them. The files depend only
on the release and on the versions of the tools, never on the clock; only DuckDB writes different
bytes each time. Not here: the layout of a workbook (workbook.py) or a database (databases.py).
"""

import datetime as dt
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from amcc_dataset import extras
from amcc_dataset.disk import shipped, writer
from amcc_dataset.export import databases as database
from amcc_dataset.export.workbook import workbook
from amcc_dataset.model.bibliography import citation
from amcc_dataset.model.findings import Failed, Finding, Location, worded
from amcc_dataset.model.suggest import one_of
from amcc_dataset.release import archive
from amcc_dataset.release.archive import DESCRIPTOR, Release
from amcc_dataset.release.render import beside, to_json

FORMATS = ("csv", "parquet", "xlsx", "sqlite", "jsonl", "duckdb")
COPIED = ("csv", "parquet")
"""Formats whose files are those of the release itself."""

EXTRAS = {"xlsx": ("xlsx", "xlsxwriter"), "duckdb": ("duckdb", "duckdb")}
"""Formats that need a library: the extra that installs it, and the library."""

COUNTING = {
    "outcomes": "only outcomes with the scope collective are acts of all members together",
    "participants": "participants with named_by 0 are only counted in a group, such as all member "
    "states",
    "initiative_events": "an amount with restates_id is about the money of an earlier pledge",
}
"""What you have to know before you count the rows of a table or add up its amounts."""

Files = dict[str, bytes]
Progress = Callable[[int, int, str], None]
"""Called before each step: the number of steps done, the number of all, and the next step."""


def export(
    folder: Path,
    formats: Sequence[str] = ("csv",),
    tables: Sequence[str] = (),
    *,
    zipped: bool = False,
    force: bool = False,
    progress: Progress = lambda done, steps, what: None,
) -> list[Path]:
    """Write the packaged release into a folder, all files or none.

    Parameters
    ----------
    folder
        Where to write; it is made if it does not exist.
    formats
        Any of `FORMATS`.
    tables
        Names of tables; by default all.
    zipped
        Whether to write one zip file for each format.
    force
        Whether existing files may be replaced.
    progress
        Called before each step with the number of steps done, the number of all, and the
        formats that come next.

    Returns
    -------
    list of Path
        The files of the export, also those that already existed with the same content.

    Raises
    ------
    ValueError
        If there is no such format or table.
    ImportError
        If a library is not installed, before anything is written.
    Failed
        If files exist already, or the folder cannot be written. Nothing is changed then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     written = export(Path(folder), ["jsonl"], ["people", "codes"])
    >>> sorted(path.name for path in written)
    ['codes.jsonl', 'people.jsonl']
    """
    wanted = list(dict.fromkeys(formats))
    for name in wanted:
        if name not in FORMATS:
            raise ValueError(f"there is no format {name!r}; {one_of(name, FORMATS)}")
        if name in EXTRAS:
            extras.need(*EXTRAS[name])
    release = archive.read(Path(shipped.root()))
    chosen = [*dict.fromkeys(tables)] or list(release.tables)
    files: Files = {}
    copied = tuple(name for name in wanted if name in COPIED)
    parts: list[tuple[str, ...]] = [(name,) for name in wanted if zipped or name not in COPIED]
    if copied and not zipped:
        parts.insert(0, copied)
    names = {part: file_names(release, part, chosen, zipped) for part in parts}
    check_free(folder, [name for found in names.values() for name in found], force)
    for number, part in enumerate(parts):
        progress(number, len(parts), " and ".join(part))
        rendered = render(subset(release, chosen, part), part)
        if zipped:
            rendered = {_zip_name(release, part): pack(rendered, stamp(release))}
        files |= rendered
    put(folder, files, force=force)
    return [folder / path for path in files]


def subset(release: Release, tables: Sequence[str], formats: Sequence[str] = ("csv",)) -> Release:
    """Return the part of a release that has these tables in these formats.

    Its descriptor has only these tables, and no foreign keys to others.
    """
    for name in tables:
        release.resource(name)
    kinds = [name for name in formats if name in COPIED] or ["csv"]
    stems = {release.resource(name)["path"].rpartition(".")[0] for name in tables}
    resources = [
        _without_keys(entry, tables)
        for entry in release.descriptor["resources"]
        if entry["path"].rpartition(".")[0] in stems and entry["path"].rpartition(".")[2] in kinds
    ]
    files = {entry["path"]: release.files[entry["path"]] for entry in resources}
    return Release(release.where, {**release.descriptor, "resources": resources}, files)


def _without_keys(entry: dict[str, Any], tables: Sequence[str]) -> dict[str, Any]:
    """Return a resource with only its foreign keys to these tables."""
    if "foreignKeys" not in entry.get("schema", {}):
        return entry
    schema = dict(entry["schema"])
    keys = [
        key
        for key in schema.pop("foreignKeys")
        if key["reference"].get("resource", entry["name"]) in {*tables, entry["name"]}
    ]
    # The standard forbids an empty list.
    return {**entry, "schema": {**schema, "foreignKeys": keys} if keys else schema}


def render(release: Release, formats: Sequence[str]) -> Files:
    """Return the files of a release in a format, by their paths."""
    if set(formats) <= set(COPIED):
        return {
            **release.files,
            DESCRIPTOR: to_json(release.descriptor),
            **beside(release.descriptor),
            "README.txt": ("\n\n".join(readme(release)) + "\n").encode(),
            "README.md": card(release).encode(),
        }
    (name,) = formats
    if name == "jsonl":
        return {f"jsonl/{table}.jsonl": _json_lines(release, table) for table in release.tables}
    makers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: workbook(release, readme(release), stamp(release)),
        "sqlite": lambda: database.sqlite(release),
        "duckdb": lambda: database.duckdb(release),
    }
    return {f"{_stem(release)}.{name}": makers[name]()}


def file_names(
    release: Release, formats: Sequence[str], tables: Sequence[str], zipped: bool
) -> list[str]:
    """Return the names of the files that an export will write, before any is made."""
    if zipped:
        return [_zip_name(release, formats)]
    if set(formats) <= set(COPIED):
        part = subset(release, tables, formats)
        return [*part.files, DESCRIPTOR, *beside(part.descriptor), "README.txt", "README.md"]
    if formats == ("jsonl",):
        return [f"jsonl/{table}.jsonl" for table in tables]
    return [f"{_stem(release)}.{formats[0]}"]


def _stem(release: Release) -> str:
    return f"{release.descriptor['name']}-{release.version}"


def _zip_name(release: Release, formats: Sequence[str]) -> str:
    return f"{_stem(release)}-{formats[0]}.zip"


def _json_lines(release: Release, table: str) -> bytes:
    lines = (json.dumps(row, ensure_ascii=False, default=str) for row in release.rows(table))
    return "".join(f"{line}\n" for line in lines).encode()


def readme(release: Release) -> list[str]:
    """Return the paragraphs of the readme: what a user needs to know about an export."""
    titles: dict[str, str] = {}
    for entry in release.descriptor["resources"]:
        titles.setdefault(Path(entry["path"]).stem, entry["title"].removesuffix(" (Parquet)"))
    paragraphs = [
        f"{release.descriptor['title']}, version {release.version}",
        release.descriptor["description"],
        "Tables: "
        + ", ".join(f"{name} ({title})" for name, title in titles.items())
        + ". The dictionary describes every column.",
        "An empty cell means that no document in the collection establishes a value. It never "
        "means zero or no.",
    ]
    if limits := [words for table, words in COUNTING.items() if table in titles]:
        paragraphs.append(f"Before you count: {'; '.join(limits)}.")
    if {"provenance", "editions"} <= titles.keys():
        paragraphs.append(
            "To check a cell, filter the table provenance by three columns: table (the name of "
            "the table), row_id (the id of the row) and field (the name of the column). Each row "
            "that is left is what one document says; standing says whether it is accepted, and link "
            "opens the document at the passage. For example, the table editions, the row_id amcc-05 "
            "and the field format show which documents say hybrid and which say virtual."
        )
    if "decisions" in titles:
        paragraphs.append("The table decisions says why a disputed value was accepted.")
    if "codes" in titles:
        paragraphs.append("The table codes explains codes such as agreed_in_principle.")
    if any(entry["format"] == "csv" for entry in release.descriptor["resources"]):
        paragraphs.append(
            "The CSV files are UTF-8. LibreOffice asks for the encoding. In Excel, use Data, From "
            "Text/CSV with the file origin 65001, or open the workbook of the same release."
        )
    return [
        *paragraphs,
        f"Cite as: {citation(release.descriptor)} Cite the documents behind the cells as well.",
    ]


def card(release: Release) -> str:
    """Return the dataset card, with which `datasets.load_dataset` finds each table as a config."""
    paths: dict[str, str] = {}
    for entry in release.descriptor["resources"]:
        # Parquet files come after the CSV files and replace them: they have the types.
        paths[Path(entry["path"]).stem] = entry["path"]
    title, *paragraphs, cited = readme(release)
    return "\n".join(
        [
            "---",
            "license: cc-by-4.0",
            "language: en",
            f"pretty_name: {json.dumps(release.descriptor['title'])}",
            "configs:",
            *(f"- config_name: {name}\n  data_files: {path}" for name, path in paths.items()),
            "---",
            "",
            f"# {title}",
            *(f"\n{paragraph}" for paragraph in paragraphs),
            f'\n`load_dataset("this folder", "{next(iter(paths))}")` loads a table.',
            "\nThe data are under CC BY 4.0, the code of the package amcc-dataset is under MIT.",
            f"\n{cited}",
            "",
        ]
    )


def stamp(release: Release) -> dt.datetime:
    """Return the time stamp of every file: midnight on the day of the release."""
    return dt.datetime.fromisoformat(release.descriptor["created"]).replace(tzinfo=None)


def pack(files: Mapping[str, bytes], made: dt.datetime) -> bytes:
    """Return a zip file with these files, in the order of their names."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as target:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            target.writestr(entry, files[name], zipfile.ZIP_DEFLATED, compresslevel=9)
    return sink.getvalue()


# Writing.


def check_free(folder: Path, names: Iterable[str], force: bool, command: str = "export") -> None:
    """Raise a finding if a file to be written exists already and may not be replaced."""
    taken = [] if force else [name for name in names if os.path.lexists(folder / name)]
    if taken:
        other = "file with --output" if command == "explore" else "folder"
        at, what, it = folder / taken[0], "exists already", "it"
        if len(taken) > 1:
            at, it = folder, "them"
            what = f"has {len(taken)} of the files already, such as {taken[0]}"
        remedy = f"add --force to replace {it}, or name another {other}"
        raise Failed([Finding("free_place", Location(str(at)), what, remedy)])


def put(
    folder: Path, files: Mapping[str, bytes], command: str = "export", *, force: bool = False
) -> list[str]:
    """Write files into a folder, all or none, and return the paths of those that changed.

    Parameters
    ----------
    folder
        Where to write; it is made if it does not exist.
    files
        The files by their paths in the folder.
    command
        The command that writes them.
    force
        Whether existing files may be replaced.

    Returns
    -------
    list of str
        The paths in the folder.

    Raises
    ------
    Failed
        If a file exists and may not be replaced, or the folder cannot be written.
    """
    check_free(folder, files, force, command)
    remedy = "name a folder that you may write to; nothing was changed"
    with worded("writable_folder", remedy):
        return writer.write(folder, files, command, files.__contains__, force=force)
