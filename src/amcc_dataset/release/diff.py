"""What changed between two releases, cell by cell, and by how much the version has to rise.

The rule is in docs/versions.md: a change that breaks a program is major, an addition is minor,
a correction is patch. `compare` compares two whole releases; `compare_shapes` compares only
their descriptors, because the repository keeps only the descriptors of earlier releases. A
release may come from anywhere and have any version, so each is read by its own descriptor. Not
here: reading a release (archive.py), making one (publish.py).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import IntEnum
from itertools import islice
from typing import Any

from amcc_dataset.model.dataset import STANDS
from amcc_dataset.model.findings import Failed, Finding, Location
from amcc_dataset.release.archive import DESCRIPTOR, Release

MAX_CHANGES = 50_000
"""The most changes that are collected; a thousand times those of a usual release."""

SUPPORT = ("provenance", "decisions")
"""Tables whose rows change with every correction: new rows here are not new data."""

_OF_EACH = {"version", "created", "resources", "sources"}
"""Keys of the descriptor that differ in every release, or that follow from its tables."""


class Bump(IntEnum):
    """Which part of the version has to rise."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: in a table, a column, a row, or a cell with its two values."""

    kind: str
    table: str
    row: str = ""
    field: str = ""
    old: str | None = None
    new: str | None = None
    bump: Bump = Bump.PATCH
    sources: tuple[str, ...] = ()
    """For a cell: the documents whose claims on the new value are accepted."""

    @property
    def where(self) -> str:
        """Table, row and column, as far as they apply."""
        return ".".join(filter(None, (self.table, self.row, self.field)))


def compare(old: Release, new: Release) -> list[Change]:
    """Return every difference between two releases: tables, columns, rows, cells.

    Raises
    ------
    Failed
        If a file is not the table that its descriptor describes, or so much differs that the
        two cannot be releases of the same dataset.
    """
    for release in (old, new):
        if not release.tables:
            remedy = "name a release with CSV files"
            raise _unfit("tables_as_csv", release.where, "has no table as CSV", remedy)
    support = _support(new)
    changes = list(_shapes(old.descriptor, new.descriptor))
    for table in old.tables:
        if table in new.tables:
            found = _rows(table, _by_id(old, table), _by_id(new, table), support)
            changes += islice(found, MAX_CHANGES + 1 - len(changes))
        if len(changes) > MAX_CHANGES:
            what = f"differs from {old.where} in more than {MAX_CHANGES} places"
            raise _unfit("comparable", new.where, what, "compare two releases of the same dataset")
    return changes


def _unfit(rule: str, where: str, what: str, remedy: str) -> Failed:
    return Failed([Finding(rule, Location(where), what, remedy)])


def compare_shapes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return the differences that two descriptors show.

    About the data they show only how many rows a table has, and whether anything differs.
    """
    changes = list(_shapes(old, new))
    before, after = _tables(old), _tables(new)
    for name in before.keys() & after.keys():
        rows, now = before[name].get("rows"), after[name].get("rows")
        if rows != now:
            change = "rows removed" if rows and now and now < rows else "rows added"
            bump = _row_bump(name, change)
            changes.append(Change(change, name, old=str(rows), new=str(now), bump=bump))
        elif before[name].get("hash") != after[name].get("hash"):
            changes.append(Change("cells changed", name))
    return sorted(changes, key=lambda change: (change.table, change.field, change.kind))


def bump(changes: list[Change]) -> Bump:
    """Return by how much the version has to rise for all these changes."""
    return max((change.bump for change in changes), default=Bump.NONE)


def least(version: str, bump: Bump) -> str:
    """Return the lowest version that may follow a version.

    Examples
    --------
    >>> least("0.1.4", Bump.MINOR)
    '0.2.0'
    """
    major, minor, patch = numbers(version)
    return {
        Bump.NONE: f"{major}.{minor}.{patch}",
        Bump.PATCH: f"{major}.{minor}.{patch + 1}",
        Bump.MINOR: f"{major}.{minor + 1}.0",
        Bump.MAJOR: f"{major + 1}.0.0",
    }[bump]


def numbers(version: str) -> tuple[int, int, int]:
    """Return the three numbers of a version.

    Examples
    --------
    >>> numbers("0.10.0") > numbers("0.9.1")
    True
    """
    found = re.fullmatch(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})", version)
    if found is None:
        raise ValueError(f"version {version[:40]!r} is not like 1.2.3")
    major, minor, patch = map(int, found.groups())
    return major, minor, patch


# How changes are reported.


def plain(old: Release, new: Release, changes: list[Change]) -> dict[str, Any]:
    """Return the differences as plain data, for programs."""
    rise = bump(changes)
    return {
        "old": {"where": old.where, "version": old.version},
        "new": {"where": new.where, "version": new.version},
        "bump": rise.name.lower(),
        "least_version": least(old.version, rise),
        "enough": numbers(new.version) >= numbers(least(old.version, rise)),
        "changes": [{**asdict(change), "bump": change.bump.name.lower()} for change in changes],
    }


def report(old: Release, new: Release, changes: list[Change]) -> Iterator[str]:
    """Yield the differences as lines of text, table by table."""
    yield f"{old.where} ({old.version}) -> {new.where} ({new.version})"
    by_table: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_table[change.table].append(change)
    for table, found in by_table.items():
        counts = Counter(change.kind for change in found)
        yield ""
        yield f"{table}: " + ", ".join(f"{kind} {counts[kind]}" for kind in counts)
        for change in found:
            if table not in SUPPORT or change.kind not in ("row added", "row removed"):
                yield f"  {_line(change)}"
    rise = bump(changes)
    needed = least(old.version, rise)
    yield ""
    if rise is Bump.NONE:
        yield "nothing differs"
    else:
        yield f"The version has to rise by a {rise.name.lower()} step, to {needed} or higher."
        if numbers(new.version) < numbers(needed):
            yield f"{new.version} is too low."


def _line(change: Change) -> str:
    line = f"{change.kind} {change.where}"
    if change.old is not None or change.new is not None:
        line += f": {_value(change.old)} -> {_value(change.new)}"
    return f"{line} ({', '.join(change.sources)})" if change.sources else line


def _value(value: str | None) -> str:
    return "nothing" if value is None else repr(value)


# What descriptors show.


def _tables(descriptor: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in descriptor["resources"] if "schema" in entry}


def _shapes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = _tables(old), _tables(new)
    for name in before:
        if name not in after:
            yield Change("table removed", name, bump=Bump.MAJOR)
        else:
            yield from _columns(name, before[name]["schema"], after[name]["schema"])
            yield from _keys(name, before[name]["schema"], after[name]["schema"])
    for name in after:
        if name not in before:
            yield Change("table added", name, bump=Bump.MINOR)
    for word in sorted((old.keys() | new.keys()) - _OF_EACH):
        if old.get(word) != new.get(word):
            yield Change(
                f"{word} changed", DESCRIPTOR, "", "", str(old.get(word)), str(new.get(word))
            )


def _columns(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before = {field["name"]: field for field in old["fields"]}
    after = {field["name"]: field for field in new["fields"]}
    kept = [name for name in before if name in after]
    for name in before:
        if name not in after:
            yield Change("column removed", table, field=name, bump=Bump.MAJOR)
    for place, name in enumerate(after):
        if name not in before:
            trailing = place >= len(before)
            kind = "column added" if trailing else "column added between others"
            yield Change(kind, table, field=name, bump=Bump.MINOR if trailing else Bump.MAJOR)
    if kept != [name for name in after if name in before]:
        yield Change("columns in another order", table, bump=Bump.MAJOR)
    for name in kept:
        yield from _column(table, before[name], after[name])


def _column(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    name = old["name"]
    if old.get("type") != new.get("type"):
        types = str(old.get("type")), str(new.get("type"))
        yield Change("column retyped", table, "", name, *types, bump=Bump.MAJOR)
    rules, now = (dict(field.get("constraints", {})) for field in (old, new))
    codes, codes_now = rules.pop("enum", None), now.pop("enum", None)
    for code in _but(codes, codes_now):
        yield Change("code removed", table, field=name, old=code, bump=Bump.MAJOR)
    for code in _but(codes_now, codes):
        yield Change("code added", table, field=name, new=code, bump=Bump.MINOR)
    scale, scale_now = old.get("categoriesOrdered"), new.get("categoriesOrdered")
    shared = {*(codes or ())} & {*(codes_now or ())}
    kept = [[code for code in order or () if code in shared] for order in (codes, codes_now)]
    if scale != scale_now:
        what = "codes are a scale" if scale_now else "codes are no longer a scale"
        yield Change(what, table, field=name, bump=Bump.MAJOR if scale else Bump.MINOR)
    elif scale and kept[0] != kept[1]:
        orders = str(kept[0]), str(kept[1])
        yield Change("codes in another order", table, "", name, *orders, bump=Bump.MAJOR)
    for rule in sorted(rules.keys() | now.keys()):
        if rules.get(rule) != now.get(rule):
            values = f"{rule} {rules.get(rule)}", f"{rule} {now.get(rule)}"
            yield Change("constraint changed", table, "", name, *values, bump=Bump.MINOR)
    if old.get("description") != new.get("description"):
        texts = str(old.get("description")), str(new.get("description"))
        yield Change("description changed", table, "", name, *texts)


def _but(codes: list[str] | None, others: list[str] | None) -> list[str]:
    """Return the codes that the other list does not have; a column without codes allows any."""
    if codes is None:
        return [] if others is None else ["any text"]
    if others is None:
        return []
    known = set(others)
    return [code for code in codes if code not in known]


def _keys(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if old.get("primaryKey") != new.get("primaryKey"):
        keys = str(old.get("primaryKey")), str(new.get("primaryKey"))
        yield Change("primary key changed", table, "", "", *keys, bump=Bump.MAJOR)
    for kind, word in (
        ("unique key", "uniqueKeys"),
        ("foreign key", "foreignKeys"),
        ("group of which one is filled", "amcc:exactlyOne"),
    ):
        before, after = (set(map(str, schema.get(word, []))) for schema in (old, new))
        for key in sorted(before - after):
            yield Change(f"{kind} removed", table, old=key, bump=Bump.MAJOR)
        for key in sorted(after - before):
            yield Change(f"{kind} added", table, new=key, bump=Bump.MINOR)


# What the rows show.


def _by_id(release: Release, table: str) -> dict[str, dict[str, str]]:
    """Return the rows of a table by the text of their primary key."""
    where = f"{release.where}: {release.resource(table)['path']}"
    key = release.resource(table)["schema"].get("primaryKey", ["id"])
    names = [key] if isinstance(key, str) else key
    if not set(names) <= {field["name"] for field in release.fields(table)}:
        what = f"has no column {' or '.join(map(str, names))}, its primary key"
        raise _unfit("primary_key", where, what, "name a release of this dataset")
    rows: dict[str, dict[str, str]] = {}
    for row in release.texts(table):
        name = ", ".join(row[part] for part in names)
        if name in rows:
            what = f"has two rows {name[:80]!r}"
            raise _unfit("unique_id", where, what, "copy the file from the release again")
        rows[name] = row
    return rows


def _support(release: Release) -> dict[tuple[str, str, str], list[str]]:
    """Return the documents whose claims are accepted, by cell; empty if there are no claims."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    needed = {"table", "row_id", "field", "standing", "source_id"}
    if "provenance" in release.tables:
        for claim in release.texts("provenance"):
            if needed <= claim.keys() and claim["standing"] in STANDS:
                found[claim["table"], claim["row_id"], claim["field"]].append(claim["source_id"])
    return found


def _rows(
    table: str,
    old: Mapping[str, Mapping[str, str]],
    new: Mapping[str, Mapping[str, str]],
    support: Mapping[tuple[str, str, str], list[str]],
) -> Iterator[Change]:
    for name in old:
        if name not in new:
            yield Change("row removed", table, name, bump=_row_bump(table, "rows removed"))
    for name, row in new.items():
        if name not in old:
            yield Change("row added", table, name, bump=_row_bump(table, "rows added"))
            continue
        before = old[name]
        for field in before:
            if field in row and before[field] != row[field]:
                sources = tuple(dict.fromkeys(support.get((table, name, field), ())))
                values = before[field] or None, row[field] or None
                yield Change("cell changed", table, name, field, *values, Bump.PATCH, sources)


def _row_bump(table: str, change: str) -> Bump:
    if table in SUPPORT:
        return Bump.PATCH
    removes_a_code = table == "codes" and change == "rows removed"
    return Bump.MAJOR if removes_a_code else Bump.MINOR
