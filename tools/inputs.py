"""Random and hostile inputs, drawn for every target of fuzz.py.

Not here: running them (fuzz.py).
"""

import contextlib
import datetime as dt
import hashlib
import io
import json
import os
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from sample import LINES, RAW, SOURCE, TEXT, Place

from amcc_dataset.release import archive

DATA = "data/processed/"

COMMANDS = ("build", "check", "validate", "verify", "fill", "export", "explore", "read", "diff")


def _hole(path: Path) -> None:
    with path.open("wb") as sink:
        sink.truncate(10**12)


OBSTACLES: dict[str, Callable[[Path, Path], None]] = {
    "link out": lambda path, outside: path.symlink_to(outside / "precious"),
    "link to a folder": lambda path, outside: path.symlink_to(outside),
    "link to itself": lambda path, _: path.symlink_to(path),
    "link to nothing": lambda path, _: path.symlink_to("nothing"),
    "link to a device": lambda path, _: path.symlink_to("/dev/zero"),
    "link to a tty": lambda path, _: path.symlink_to("/dev/tty"),
    "link to the kernel": lambda path, _: path.symlink_to("/proc/self/mem"),
    "pipe": lambda path, _: os.mkfifo(path),
    "folder": lambda path, _: path.mkdir(),
    "device": lambda path, _: os.mknod(path, 0o666 | 0o020000, os.makedev(1, 5)),
    "hole": lambda path, _: _hole(path),
    "empty": lambda path, _: path.touch(),
    "unreadable": lambda path, _: path.touch(0),
    "nothing": lambda path, _: None,
}

JUNK: tuple[Callable[[Random], Any], ...] = (
    lambda random: random.choice((0, -1, 1, 2**31, 2**63, -(2**63), 10**19, 10**400)),
    lambda random: random.choice((0.0, -0.0, 1.5, 1e308, float("inf"), float("nan"))),
    lambda random: random.choice((True, False)),
    lambda random: random.choice(
        ("", " ", "x", "sg", "amcc-01", "=1+1", "a;=1", "＝1", "../../x", "NA", "\u202e")
    ),
    lambda random: random.choice(("\x00", "a\nb", "\ud800", "\uffff", "𝟙", "é" * 90, "-", ".")),
    lambda random: "x" * random.choice((81, 501, 10_000, 200_000)),
    lambda random: " ".join("word" for _ in range(random.choice((5, 50_000)))),
    lambda random: random.choice(("editions", "editions.", "editions.amcc-01.", "a.b.c.d", "..")),
    lambda random: dt.date(random.choice((1, 1582, 2016, 9999)), random.randint(1, 12), 1),
    lambda random: dt.datetime(2016, 10, 11, 7, 32, tzinfo=random.choice((None, dt.UTC))),
    lambda random: dt.time(7, 32, 0, 999_999),
    lambda random: [JUNK[random.randrange(8)](random) for _ in range(random.randrange(4))],
    lambda random: {"a": JUNK[random.randrange(8)](random), "amcc-01": {}},
    lambda random: _nested(random.choice((3, 60, 200))),
    lambda random: [{}] * random.choice((1, 2, 3000)),
    lambda random: None,
)


def _nested(depth: int) -> Any:
    value: Any = []
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


def toml(value: Any) -> str:
    """Write a value as inline TOML; None becomes a word that TOML does not know."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            pairs = (f"{json.dumps(key)} = {toml(entry)}" for key, entry in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case int() if abs(value) > 10**300:
            return "9" * 1_000_000 if value % 2 else str(value)
        case dt.date() | dt.time() | dt.datetime():
            return value.isoformat()
        case _:
            return str(value)


def _nodes(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container with each of its keys."""
    items = list(node.items() if isinstance(node, dict) else enumerate(node))
    for key, child in items:
        yield node, key
        if isinstance(child, dict | list):
            yield from _nodes(child)


def _restructured(content: Any, random: Random) -> Any:
    """Change one to three places of a structure: replace, delete, rename or repeat an entry."""
    for _ in range(random.randint(1, 3)):
        places = list(_nodes(content))
        if not places:
            return content
        parent, key = random.choice(places)
        # An earlier change may have removed this place.
        with contextlib.suppress(KeyError, IndexError, TypeError):
            match random.randrange(5):
                case 0 | 1:
                    parent[key] = random.choice(JUNK)(random)
                case 2:
                    del parent[key]
                case 3 if isinstance(parent, dict):
                    parent[str(random.choice(JUNK[3:8])(random))] = parent.pop(key)
                case 3:
                    parent.insert(key, parent[key])
                case _:
                    other, another = random.choice(places)
                    parent[key] = json.loads(json.dumps(other[another], default=str))
    return content


TOKENS = (
    *(
        b"[[",
        b"]]",
        b"[",
        b"]",
        b"{",
        b"}",
        b"=",
        b".",
        b",",
        b'"',
        b"'",
        b'"""',
        b"\n",
        b"\r",
        b"#",
    ),
    *(
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\x1b[2J",
        b"\\u0000",
        b"\\ud800",
        b"\t",
    ),
    *(b"inf", b"nan", b"true", b"null", b"1e999", b"0x", b"1979-05-27T07:32:00Z", b"07:32:00"),
    *(b"[" * 2000, b"{" * 2000, b"a." * 3000, b"9" * 5000, b"9" * 1_000_000, b"x" * 1_100_000),
    *(b" " * 50_000, b"a." * 400_000, b'"""', b"\r\n", b"[" * 40),
    *(b"[a]\n" * 400, b"[[passage]]\n" * 3000, b"a" * 40 + b" = 1\n", b'""' * 500, b"-1", b"0"),
)


def _mangled(content: bytes, random: Random) -> bytes:
    """Change some bytes: replace, delete, repeat, move, cut, or insert a token."""
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        at = random.randrange(len(content) + 1)
        length = random.choice((1, 2, 8, 64))
        match random.randrange(6):
            case 0 if at < len(content):
                content = content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]
            case 1:
                content = content[:at] + content[at + length :]
            case 2:
                content = content[:at] + content[at : at + length] * 2 + content[at + length :]
            case 3:
                content = content[:at]
            case 4:
                other = random.randrange(len(content) + 1)
                content = content[:at] + content[other : other + length] + content[at:]
            case _:
                content = content[:at] + random.choice(TOKENS) + content[at:]
    return content


NUMBERED = ("0", "-1", "1e5", "9" * 30, "1.0", "١", "1_000", " 1", "2016-13-01", "0000-00-00")


def _csv(content: bytes, random: Random) -> bytes:
    lines = content.decode().split("\n")
    at = random.randrange(len(lines))
    cells = lines[at].split(",")
    index = random.randrange(len(cells))
    junk = str(random.choice(JUNK)(random)).encode("utf-8", "replace").decode()
    cells[index] = random.choice((junk[:1000], random.choice(NUMBERED), "", '"', '""', '"a'))
    lines[at] = ",".join(cells)
    if random.random() < 0.2:
        lines[at:at] = [lines[at]] * random.choice((1, 2000))
    return "\n".join(lines).encode()


WORDS = (
    *("show", "evidence", "status", "timeline", "thread", "attendance", "cite", "export", "diff"),
    *("coverage", "explore", "validate", "build", "release", "verify-sources", "search", "--json"),
    *("--on", "--root", "--check", "--fill", "--format", "--output", "--table", "--zip", "--force"),
    *(
        "--no-open",
        "--version",
        "--help",
        "-h",
        "--",
        "-",
        "editions",
        "sources",
        "amcc-01",
        "city",
    ),
    *("csv", "jsonl", "sqlite", "parquet", "xlsx", "bibtex", "ris", "2016-10-11", "2016-13-40"),
    *("checkout", ".", "..", "/dev/null", "/dev/zero", "/proc/self/mem", "", " ", "\x00", "\ud800"),
    *(
        "é",
        "\u202e",
        "a" * 10_000,
        "texts",
        "release.zip",
        "datapackage.json",
        "out",
        "data",
        "../x",
    ),
    *("norms_and_law", "--on=", "--format=", "%s", "{0}", "$HOME", "~", "*", "\x1b[2J", "-1", "=1"),
)


def _commands(random: Random) -> bytes:
    verb = random.choice(WORDS[:16])
    words = [random.choice(WORDS) for _ in range(random.randrange(5))]
    if verb == "explore":
        words.append("--no-open")
    return json.dumps([verb, *words] if random.random() < 0.9 else words).encode()


def _strange(random: Random) -> bytes:
    names = (
        *(
            "data",
            "data/raw",
            "data/raw/sources",
            "data/raw/actors.toml",
            "data/raw/decisions.toml",
        ),
        *("data/raw/sources/release.toml", "data/raw/sources/more.toml", "data/raw/retired.toml"),
        *("data/raw/sources/\udcff.toml", "data/raw/sources/A B.toml", "data/raw/sources/.toml"),
        *("data/raw/ungrounded.toml", "data/processed", "schemas", "datapackage.json"),
        *("data/processed/editions.csv", "data/processed/editions.parquet", "data/processed/x"),
        *("schemas/dictionary.md", "schemas/x", "texts", "texts/release.txt", "texts/\udcff.txt"),
        *(".amcc-build", ".amcc-build.lock", "data/raw/people.toml", "amcc.html", ".amcc-fill"),
        *("out", "out/data", "out/data/processed/editions.csv", "out/datapackage.json"),
        *("out/.amcc-export", "out/.amcc-export.lock", ".amcc-explore"),
    )
    lines = [
        f"{random.choice(names)}\t{random.choice(list(OBSTACLES))}"
        for _ in range(random.randint(1, 2))
    ]
    return "\n".join([random.choice(COMMANDS), *lines]).encode("utf-8", "surrogateescape")


def _zipped(place: Place) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archived:
        for path, content in place.tree.items():
            archived.writestr(zipfile.ZipInfo(f"release/{path}"), content)
    return sink.getvalue()


def _lying(content: bytes, random: Random) -> bytes:
    """Make one entry of an archive declare something false: method, sizes, offset or name."""
    fields = {10: 2, 20: 4, 24: 4, 28: 2, 30: 2, 42: 4}
    at = random.choice([match.start() for match in re.finditer(b"PK\x01\x02", content)])
    offset, length = random.choice(list(fields.items()))
    value = random.choice((0, 1, 12, 14, 1000, 2**16 - 1, 2**31, 2**32 - 1)) % 256**length
    start = at + offset
    lie = int(value).to_bytes(length, "little")
    return content[:start] + lie + content[start + length :]


def _many(place: Place, count: int) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as packed:
        for number in range(min(count, 30_000)):
            packed.writestr(str(number), b"")
    return sink.getvalue()


def _flat(place: Place, count: int) -> bytes:
    """Return a small zip file whose descriptor unpacks to many times its size."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(archive.DESCRIPTOR, b" " * 20 * count)
    return sink.getvalue()


def _vocabulary(place: Place, count: int) -> bytes:
    package = json.loads(place.tree[archive.DESCRIPTOR])
    field = package["resources"][0]["schema"]["fields"][0]
    field["constraints"] = {"enum": [str(number) for number in range(count)]}
    return json.dumps(package).encode()


HEAVY: dict[str, Callable[[Place, int], tuple[str, bytes]]] = {
    "rows": lambda place, n: ("csv-editions", place.tree[f"{DATA}editions.csv"] + b"\n" * n),
    "cells": lambda place, n: ("csv-editions", b"," * n),
    "wide-text": lambda place, n: ("csv-codes", b"id\n" + "𝟙".encode() * n),
    "list": lambda place, n: ("descriptor", b"[" + b"[]," * n + b"0]"),
    "objects": lambda place, n: ("descriptor", b'{"resources": [' + b"{}," * n + b"0]}"),
    "vocabulary": lambda place, n: ("descriptor", _vocabulary(place, n)),
    "entries": lambda place, n: ("zip", _many(place, n)),
    "packed": lambda place, n: ("zip", _flat(place, n)),
    "blanks": lambda place, n: ("text", TEXT.replace("title:", "title:" + " " * n, 1).encode()),
    "lines": lambda place, n: ("text", (TEXT + "\n" * n).encode()),
    "dotted": lambda place, n: ("toml-actors", b"a." * n + b"a = 1\n"),
    "digits": lambda place, n: ("toml-people", b"x = 0x" + b"f" * n + b"\n"),
    "faults": lambda place, n: ("toml-people", b"".join(b"[a%d]\n" % m for m in range(n // 8))),
    "passages": lambda place, n: ("fill", (SOURCE + "[[passage]]\n" * (n // 12)).encode()),
}
"""Kinds of large inputs; each returns the target that reads it, and its content."""


def draw(target: str, place: Place, random: Random) -> bytes:
    """Draw an input for a target; it may be nested deeper than Python's recursion limit allows."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20 * limit)
    try:
        return _draw(target, place, random)
    finally:
        sys.setrecursionlimit(limit)


def _draw(target: str, place: Place, random: Random) -> bytes:
    if target == "arguments":
        return _commands(random)
    if target == "files":
        return _strange(random)
    if target.startswith("toml-"):
        name = next(name for name in RAW if target == f"toml-{name.replace('/', '-')}")
        if random.random() < 0.6:
            content = _restructured(tomllib.loads(RAW[name]), random)
            lines = "".join(
                f"{json.dumps(key)} = {toml(value)}\n" for key, value in content.items()
            )
            return lines.encode("utf-8", "surrogatepass")
        return _mangled(RAW[name].encode(), random)
    if target == "descriptor":
        content = place.tree[archive.DESCRIPTOR]
        if random.random() < 0.7:
            package = _restructured(json.loads(content), random)
            return json.dumps(package, default=str).encode()
        return _mangled(content, random)
    if target == "heavy":
        return f"{random.choice(list(HEAVY))} {int(10 ** random.uniform(1, 6))}".encode()
    if target == "fill":
        return _mangled(random.choice((SOURCE, LINES)).encode(), random)
    if target.startswith("journal-"):
        digest = hashlib.sha256(b"planted").hexdigest()
        journal = {"replace": {f"{DATA}editions.csv": digest}, "delete": ["schemas/x"]}
        if random.random() < 0.6:
            return json.dumps(_restructured(journal, random), default=str).encode()
        return _mangled(json.dumps(journal).encode(), random)
    if target == "text":
        return _mangled(TEXT.encode(), random)
    if target == "zip":
        return _mangled(_lying(_zipped(place), random), random)
    kind, _, name = target.partition("-")
    if kind == "export":
        return _mangled([*place.export(name).values()][-1], random)
    content = place.tree[f"{DATA}{name}.{kind}"]
    if kind == "csv" and random.random() < 0.6:
        return _csv(content, random)
    return _mangled(content, random)
