"""Damage to whole files: lost or flipped bytes, another CSV dialect, a changed descriptor.

The operators have the same form as those of mutants.py. Not here: changes of single values,
lines and rows (mutants.py).
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from mutants import Mutant, Operator, dropped, misspelt, other_than, to_csv
from spots import PROCESSED, Repository, Spot

if TYPE_CHECKING:
    import pyarrow as pa

DESCRIPTOR = "datapackage.json"


# --- any file, as bytes ---------------------------------------------------------------------

Paths = Callable[[Repository], list[str]]


def lost(repo: Repository, random: Random, where: Paths) -> Mutant:
    """Delete a file."""
    path = random.choice(where(repo))
    return Mutant(path, None, f"{path}: deleted")


def lost_or_replaced(repo: Repository, random: Random, where: Paths) -> Mutant:
    """Delete a file, or replace its content with that of another."""
    paths = where(repo)
    path = random.choice(paths)
    others = [other for other in paths if other != path]
    if not others or random.random() < 0.3:
        return Mutant(path, None, f"{path}: deleted")
    other = random.choice(others)
    return Mutant(path, repo.content(other), f"{path}: is {other}")


def cut_short(repo: Repository, random: Random, where: Paths, lengthened: float = 0) -> Mutant:
    """Cut off the end of a file or, with the chance `lengthened`, add a byte."""
    path = random.choice(where(repo))
    content = repo.content(path)
    if lengthened and random.random() < lengthened:
        return Mutant(path, content + b"\0", f"{path}: one byte more")
    at = random.randrange(len(content))
    return Mutant(path, content[:at], f"{path}: cut after {at} of {len(content)} bytes")


def byte_flipped(repo: Repository, random: Random, where: Paths) -> Mutant:
    """Flip one bit."""
    path = random.choice(where(repo))
    content = bytearray(repo.content(path))
    at = random.randrange(len(content))
    content[at] ^= 1 << random.randrange(8)
    return Mutant(path, bytes(content), f"{path}: byte {at} is {content[at]:#x}")


def _below(folder: str, suffix: str = "") -> Paths:
    return lambda repo: [
        path.relative_to(repo.root).as_posix()
        for path in sorted((repo.root / folder).glob(f"*{suffix}"))
    ]


FILES: dict[str, Paths] = {
    "csv": _below(PROCESSED, ".csv"),
    "parquet": _below(PROCESSED, ".parquet"),
    "schema": _below("schemas"),
    "descriptor": lambda repo: [DESCRIPTOR],
}
DAMAGES: dict[str, Callable[..., Mutant]] = {
    "byte_flipped": byte_flipped,
    "cut_or_lengthened": partial(cut_short, lengthened=0.3),
    "lost_or_replaced": lost_or_replaced,
}


# --- tables as files ------------------------------------------------------------------------


def columns_in_another_order(repo: Repository, random: Random) -> Mutant | None:
    """Swap two columns, or rename or delete one."""
    table = repo.table(random)
    rows = [list(row) for row in repo.cells[table]]
    at = random.randrange(len(rows[0]) - 1)
    what = random.choice(("swapped", "renamed", "deleted"))
    if what == "renamed":
        rows[0][at] = dropped(Spot(key="", text=rows[0][at]), random)
    else:
        for row in rows:
            row[at : at + 2] = row[at + 1 : at + 2] + (
                row[at : at + 1] if what == "swapped" else []
            )
    path = f"{PROCESSED}/{table}.csv"
    return Mutant(path, to_csv(rows), f"{path}: column {at + 1} {what}")


def csv_in_another_dialect(repo: Repository, random: Random) -> Mutant | None:
    """Write a table with other quotes, line ends or separators, or with a byte order mark."""
    table = repo.table(random)
    path, rows = f"{PROCESSED}/{table}.csv", repo.cells[table]
    content = repo.content(path)
    what, changed = random.choice(
        [
            ("CRLF", content.replace(b"\n", b"\r\n")),
            ("a byte order mark", b"\xef\xbb\xbf" + content),
            ("all quotes", to_csv(rows, quoting=csv.QUOTE_ALL)),
            ("semicolons", to_csv(rows, delimiter=";")),
            ("UTF-16", content.decode().encode("utf-16")),
            ("no last line end", content[:-1]),
            ("an empty line", content + b"\n"),
            ("spaces after commas", content.replace(b",", b", ")),
        ]
    )
    return Mutant(path, changed, f"{path}: {what}")


def file_added(repo: Repository, random: Random) -> Mutant | None:
    """Put a file that does not belong there into a folder of the tree."""
    folder = random.choice((PROCESSED, "schemas"))
    path = f"{folder}/{random.choice(('editions (1).csv', '.hidden', 'notes.txt', 'old.parquet'))}"
    return Mutant(path, b"id\n", f"{path}: added")


def parquet_rewritten(repo: Repository, random: Random) -> Mutant | None:
    """Write a Parquet file again, with a change that is valid Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = f"{PROCESSED}/{repo.table(random)}.parquet"
    table = pq.read_table(str(repo.root / path))
    column = random.randrange(1, table.num_columns)
    what = random.choice(("row", "order", "null", "cell", "type", "words", "metadata", "codec"))
    sink = pa.BufferOutputStream()
    codec: Any = "zstd" if what == "codec" else "snappy"
    pq.write_table(_rewritten(table, column, what, random), sink, compression=codec)
    of = f" of {table.schema.names[column]}" if what in ("null", "cell", "type", "words") else ""
    return Mutant(path, sink.getvalue().to_pybytes(), f"{path}: another {what}{of}")


def _rewritten(table: "pa.Table", column: int, what: str, random: Random) -> "pa.Table":
    import pyarrow as pa

    field, cells = table.schema.field(column), table.column(column)
    match what:
        case "row":
            return table.slice(0, table.num_rows - 1)
        case "order":
            return table.take(list(range(table.num_rows))[::-1])
        case "metadata":
            return table.replace_schema_metadata({})
        case "null":
            nulls = pa.nulls(table.num_rows, field.type)
            return table.set_column(column, field.with_nullable(True), nulls)
        case "cell":
            values: list[Any] = cells.to_pylist()
            at = random.randrange(len(values))
            values[at] = other_than(values[at], values, random)
            return table.set_column(column, field, pa.array(values, field.type))
        case "type":
            wide = pa.int64() if pa.types.is_int32(field.type) else pa.large_string()
            cast = cells.cast(pa.string()).cast(wide)
            return table.set_column(column, pa.field(field.name, wide), cast)
        case "words":
            other = field.with_metadata({"description": "Something else."})
            return table.set_column(column, other, cells)
    return table


# --- the descriptor -------------------------------------------------------------------------

Entry = Callable[[Any, Any, Random], str | None]
"""Changes the entry of a parent under a key; returns what it did, or None if it cannot."""


def value_changed(parent: Any, key: Any, random: Random) -> str | None:
    """Replace a value with another one."""
    match parent[key]:
        case bool(value):
            parent[key] = not value
        case int(value):
            parent[key] = value + random.choice((-1, 1))
        case str(value) if value.strip():
            parent[key] = misspelt(Spot(key="", text=value), random)
        case _:
            parent[key] = other_than(parent[key], (None, 1, "x"), random)
    return f"is {str(parent[key])[:60]!r}"


def entry_deleted(parent: Any, key: Any, random: Random) -> str | None:
    """Delete an entry."""
    del parent[key]
    return "deleted"


def entry_added(parent: Any, key: Any, random: Random) -> str | None:
    """Add an entry, or repeat one."""
    if isinstance(parent, list):
        parent.insert(key, parent[key])
        return "doubled"
    parent["added"] = "something"
    return "got a neighbour"


def in_another_order(parent: Any, key: Any, random: Random) -> str | None:
    """Swap two neighbouring entries of a list."""
    if not isinstance(parent, list) or key + 1 >= len(parent):
        return None
    parent[key : key + 2] = parent[key + 1], parent[key]
    return "swapped with the next"


def _in_the_descriptor(repo: Repository, random: Random, change: Entry) -> Mutant | None:
    content = json.loads(repo.content(DESCRIPTOR))
    *path, last = random.choice(list(_nodes(content)))
    parent = content
    for key in path:
        parent = parent[key]
    what = change(parent, last, random)
    if what is None:
        return None
    shown = ".".join(map(str, (*path, last)))
    return Mutant(DESCRIPTOR, _written(content), f"{DESCRIPTOR}: {shown} {what}")


def _nodes(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(node, dict | list):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _nodes(child, (*path, key))


def _written(descriptor: Any) -> bytes:
    return (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode()


def with_hashes(descriptor: bytes, mutant: Mutant) -> bytes | None:
    """Return the descriptor with the new size and hash of a mutated file, if it lists the file."""
    if mutant.content is None:
        return None
    content = json.loads(descriptor)
    for resource in content["resources"]:
        if resource["path"] == mutant.path:
            resource["hash"] = "sha256:" + hashlib.sha256(mutant.content).hexdigest()
            if "bytes" in resource:
                resource["bytes"] = len(mutant.content)
            return _written(content)
    return None


# --- the operators --------------------------------------------------------------------------


def _raw_files(repo: Repository) -> list[str]:
    return list(repo.lines)


RAW_DAMAGE: dict[str, Operator] = {
    "file_deleted": partial(lost, where=_raw_files),
    "file_cut_short": partial(cut_short, where=_raw_files),
    "byte_flipped": partial(byte_flipped, where=_raw_files),
}
RELEASE_DAMAGE: dict[str, Operator] = {
    "columns_in_another_order": columns_in_another_order,
    "csv_in_another_dialect": csv_in_another_dialect,
    **{
        f"{sort}_{name}": partial(damage, where=where)
        for sort, where in FILES.items()
        for name, damage in DAMAGES.items()
    },
    "file_added": file_added,
    "parquet_rewritten": parquet_rewritten,
    **{
        f"descriptor_{change.__name__}": partial(_in_the_descriptor, change=change)
        for change in (value_changed, entry_deleted, entry_added, in_another_order)
    },
}
