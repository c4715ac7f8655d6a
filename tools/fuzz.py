"""Whether anything that a person writes or hands over brings the package down.

`python benchmarks/fuzz.py [--size 10000] [--seed 1] [--corpus DIR] [--markdown FILE]` mutates
every sort of input (the TOML files of a checkout, a build's journal, texts to verify, the
descriptor, CSV and Parquet files of a foreign tree, folders full of links and devices, the
arguments of the command line) and lets the package read it. Whatever is not an answer or a
list of problems is a finding: a traceback, more than `SECONDS`, more than `MEGABYTES`, a file
written outside, a crash. Findings are written to the corpus, which tests/tools/test_fuzz.py runs.

An input is a text or bytes of one target, so that it can be kept as a file.
"""

import argparse
import contextlib
import datetime as dt
import faulthandler
import hashlib
import io
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import report

from amcc_dataset import cli
from amcc_dataset.curation import compile
from amcc_dataset.curation.texts import verify
from amcc_dataset.model.findings import Failed, Problems
from amcc_dataset.reading import store
from amcc_dataset.release import archive, render
from amcc_dataset.release import place as placing
from amcc_dataset.release.validate import validate

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
SECONDS = 20
MEGABYTES = 500

SOURCE = """\
silent = ["editions.amcc-01.theme"]

[source]
title = "A release"
publisher = "Host"
kind = "press_release"
tier = "host_primary"
published_on = 2016-10-11
language = "en"
url = "https://example.org/release"
read = "whole"
noted_on = 2026-11-23
principal_of = "amcc-01"

[[passage]]
at = "p1"
start = "Ministers and officials"
end = "in one place"
inferred = ["editions.amcc-01.date_start"]
[passage.editions.amcc-01]
number = 1
year = 2016
date_start = 2016-10-11
date_end = 2016-10-11
host_id = "sg"
city = "Singapore"
roster = "by_group"
[passage.participants.amcc-01-chair]
edition_id = "amcc-01"
actor_id = "sg"
role = "member_state"
level = "minister"
session = "main"
presence = "attended"
[[passage.roster]]
edition = "amcc-01"
members = "all"
role = "member_state"
level = "unspecified"
session = "unspecified"
presence = "attended"

[[passage]]
at = "p2"
start = "Singapore announced"
[passage.initiatives.accp]
name = "ASEAN Cyber Capacity Programme"
kind = "programme"
relation = "announced_at"
first_edition_id = "amcc-01"
[passage.parties.accp-sg-lead]
initiative_id = "accp"
actor_id = "sg"
role = "lead"
[passage.initiative_events.accp-announced]
initiative_id = "accp"
kind = "announced"
date = 2016-10-11
precision = "day"
edition_id = "amcc-01"
actor_id = "sg"
amount = 10_000_000
currency = "SGD"
summary = "Singapore announces the programme."
[passage.outcomes.amcc-01-accp]
edition_id = "amcc-01"
topic = "capacity_building"
act = "announced"
scope = "host"
made_by = "sg"
title = "A programme"
summary = "The host announces a programme."
initiative_id = "accp"
"""
REPORT = """\
[source]
title = "A report"
publisher = "Paper"
kind = "news"
tier = "secondary"
language = "en"
url = "https://example.org/report"
read = "opening"
copy_of = "release"
noted_on = 2026-11-23

[[passage]]
at = "p2"
start = "The conference met"
[passage.editions.amcc-01]
city = "Malacca"
date_start = 2016-10-11
[passage.participants.amcc-01-guest]
edition_id = "amcc-01"
actor_id = "csa"
"""
ACTORS = """\
[sg]
kind = "state"
name = "Singapore"
iso2 = "SG"
iso3 = "SGP"
asean_member_attested = 2016-10-11
aliases = ["Republic of Singapore"]

[csa]
kind = "government_body"
name = "Cyber Security Agency of Singapore"
short_name = "CSA"
parent_id = "sg"
"""
PEOPLE = '[s-iswaran]\nname = "S Iswaran"\nactor_id = "sg"\n'
DECISIONS = """\
[[decision]]
cell = "editions.amcc-01.city"
prefer = "release"
value = "Singapore"
reason = "host_over_report"
note = "The host knows."
decided_on = 2026-11-23

[[decision]]
cell = "participants.amcc-01-guest"
stands = "none"
against = "release"
reason = "unsupported"
note = "Nobody else has it."
decided_on = 2026-11-23
"""
RETIRED = 'amcc-00 = "A trial, 2026."\n'
UNGROUNDED = """\
[[claim]]
cell = "editions.amcc-01.city"
source = "report"
reason = "Looked at."
"""
TEXT = """\
---
source_id: release
url: https://example.org/release
title: A release
publisher: Host (A. Writer)
source_type: press_release
published: 2016-10-11
language: en
editions: [1]
read: whole
body: digest
---
[p1] start "Ministers and officials" end "in one place"
- The first conference met on 11 October 2016 in Singapore, in one place.
[p2] start "Singapore announced"
- Singapore announced on 11 October 2016 the ASEAN Cyber Capacity Programme, S$10 million.
"""
RAW = {
    "sources/release": SOURCE,
    "sources/report": REPORT,
    "actors": ACTORS,
    "people": PEOPLE,
    "decisions": DECISIONS,
    "retired": RETIRED,
    "ungrounded": UNGROUNDED,
}
DATA = "data/processed/"


# --- targets --------------------------------------------------------------------------------


@dataclass(slots=True)
class Place:
    """A small checkout with its tree, made anew for every input."""

    root: Path
    tree: dict[str, bytes]

    @classmethod
    def make(cls, folder: Path) -> "Place":
        """Make the checkout; its decision settles the one dispute."""
        made = cls(folder / "checkout", {})
        made.restore()
        made.tree = render.render(compile.compile_tables(made.root))
        made.restore()
        return made

    def restore(self) -> None:
        """Bring every file back."""
        shutil.rmtree(self.root, ignore_errors=True)
        for name, content in RAW.items():
            self.put(f"data/raw/{name}.toml", content.encode())
        self.put("texts/release.txt", TEXT.encode())
        for path, rendered in self.tree.items():
            self.put(path, rendered)

    def put(self, path: str, content: bytes) -> None:
        """Write one file."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(content)

    def release(self, path: str, content: bytes) -> None:
        """Write one file of the tree, and its hash into the descriptor."""
        self.put(path, content)
        package = json.loads(self.tree[archive.DESCRIPTOR])
        for entry in package["resources"]:
            if entry["path"] == path:
                entry["hash"] = "sha256:" + hashlib.sha256(content).hexdigest()
                if "bytes" in entry:
                    entry["bytes"] = len(content)
        self.put(archive.DESCRIPTOR, json.dumps(package, indent=2, ensure_ascii=False).encode())


Run = Callable[[Place, bytes], None]


def _compile(name: str) -> Run:
    def run(place: Place, data: bytes) -> None:
        place.put(f"data/raw/{name}.toml", data)
        compile.compile_tables(place.root)
        if name == "ungrounded":
            verify.verify(place.root, place.root / "texts")

    return run


def _release(path: str) -> Run:
    def run(place: Place, data: bytes) -> None:
        place.release(path, data)
        validate(place.root)
        archive.read(place.root)

    return run


def _descriptor(place: Place, data: bytes) -> None:
    place.put(archive.DESCRIPTOR, data)
    validate(place.root)
    with patch.object(store, "root", lambda: str(place.root)):
        archive.read(place.root)


def _journal(place: Place, data: bytes) -> None:
    place.put(".amcc-build/journal.json", data)
    placing.write(place.root, place.tree)


def _text(place: Place, data: bytes) -> None:
    place.put("texts/release.txt", data)
    verify.verify(place.root, place.root / "texts")


def _zip(place: Place, data: bytes) -> None:
    place.put("release.zip", data)
    archive.read(place.root / "release.zip")


def _arguments(place: Place, data: bytes) -> None:
    arguments = json.loads(data)
    home = Path.cwd()
    os.chdir(place.root)
    silent = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        with (
            patch.object(store, "root", lambda: str(place.root)),
            patch("webbrowser.open"),
            contextlib.redirect_stdout(silent),
            contextlib.redirect_stderr(io.StringIO()),
            contextlib.suppress(SystemExit),
        ):
            cli.main(arguments)
    finally:
        os.chdir(home)


def _hole(path: Path) -> None:
    with path.open("wb") as sink:
        sink.truncate(10**12)


STANDS: dict[str, Callable[[Path, Path], None]] = {
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
COMMANDS = ("build", "check", "validate", "verify", "read")


def _files(place: Place, data: bytes) -> None:
    """Put something strange at a path: a line is path, tab, what; the first names the command."""
    command, *lines = data.decode("utf-8", "surrogateescape").splitlines()
    outside = place.root.parent / "outside"
    shutil.rmtree(outside, ignore_errors=True)
    outside.mkdir()
    (outside / "precious").write_bytes(b"precious")
    for line in lines:
        name, _, what = line.partition("\t")
        path = place.root / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        # What came before may have taken the folder away.
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            STANDS[what](path, outside)
    before = _listed(outside)
    try:
        match command:
            case "build":
                placing.write(place.root, render.render(compile.compile_tables(place.root)))
            case "check":
                placing.stale(place.root, place.tree)
            case "validate":
                validate(place.root)
            case "verify":
                verify.verify(place.root, place.root / "texts")
            case _:
                archive.read(place.root)
    except OSError as error:
        # The command line words these; anything else is a finding.
        if error.strerror is None:
            raise
    finally:
        if _listed(outside) != before:
            raise AssertionError(f"something outside was touched: {_listed(outside)}")


def _listed(folder: Path) -> dict[str, os.stat_result]:
    """Return what stands in a folder, with all that is known of it but when it was read."""
    return {
        path.name: os.stat_result([*path.lstat()[:7], 0, *path.lstat()[8:]])
        for path in sorted(folder.iterdir())
    }


TARGETS: dict[str, Run] = {
    **{f"toml-{name.replace('/', '-')}": _compile(name) for name in RAW},
    "journal": _journal,
    "text": _text,
    "descriptor": _descriptor,
    **{f"csv-{name}": _release(f"{DATA}{name}.csv") for name in ("editions", "sources", "codes")},
    **{f"parquet-{name}": _release(f"{DATA}{name}.parquet") for name in ("editions", "codes")},
    "zip": _zip,
    "files": _files,
    "arguments": _arguments,
}


# --- inputs ---------------------------------------------------------------------------------

JUNK: tuple[Callable[[Random], Any], ...] = (
    lambda random: random.choice((0, -1, 1, 2**31, 2**63, -(2**63), 10**19, 10**400)),
    lambda random: random.choice((0.0, -0.0, 1.5, 1e308, float("inf"), float("nan"))),
    lambda random: random.choice((True, False)),
    lambda random: random.choice(
        ("", " ", "x", "sg", "amcc-01", "=1+1", "../../x", "NA", "\u202e")
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
    """Write a value as TOML in line; None as something that is none."""
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
    """Change one to three places of a structure: other values, keys, none, twice."""
    for _ in range(random.randint(1, 3)):
        places = list(_nodes(content))
        if not places:
            return content
        parent, key = random.choice(places)
        # Other changes may have taken the place away.
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
    *(b"[a]\n" * 400, b"[[passage]]\n" * 3000, b"a" * 40 + b" = 1\n", b'""' * 500, b"-1", b"0"),
)


def _mangled(content: bytes, random: Random) -> bytes:
    """Change some bytes: flipped, lost, doubled, cut, or a token put in."""
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
        *(".amcc-build", ".amcc-build.lock", "data/raw/people.toml"),
    )
    lines = [
        f"{random.choice(names)}\t{random.choice(list(STANDS))}"
        for _ in range(random.randint(1, 2))
    ]
    return "\n".join([random.choice(COMMANDS), *lines]).encode("utf-8", "surrogateescape")


def _zipped(place: Place) -> bytes:
    sink = io.BytesIO()
    import zipfile

    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archived:
        for path, content in place.tree.items():
            archived.writestr(zipfile.ZipInfo(f"release/{path}"), content)
    return sink.getvalue()


def draw(target: str, place: Place, random: Random) -> bytes:
    """Draw an input of a target; it may be nested deeper than Python's stack is meant to go."""
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
    if target == "journal":
        journal = {"replace": ["data/processed/editions.csv"], "delete": ["schemas/x"]}
        if random.random() < 0.6:
            return json.dumps(_restructured(journal, random), default=str).encode()
        return _mangled(json.dumps(journal).encode(), random)
    if target == "text":
        return _mangled(TEXT.encode(), random)
    if target == "zip":
        return _mangled(_zipped(place), random)
    kind, _, name = target.partition("-")
    content = place.tree[f"{DATA}{name}.{kind}"]
    if kind == "csv" and random.random() < 0.6:
        return _csv(content, random)
    return _mangled(content, random)


# --- running --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that the package did not bear, and what happened."""

    target: str
    data: bytes
    what: str


def attempt(place: Place, target: str, data: bytes) -> str | None:
    """Run an input; return what was wrong with the answer, or None."""
    place.restore()
    held = _reset_peak()

    def stop(*_: object) -> None:
        raise TimeoutError(f"took more than {SECONDS} s")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        TARGETS[target](place, data)
    except (Failed, Problems) as caught:
        found = caught.findings if isinstance(caught, Failed) else caught.problems
        if not all(finding.remedy for finding in found):
            return "a finding without a remedy"
    except BaseException:
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    used = _peak() - held
    return f"took {used} MB" if used > MEGABYTES else None


def _reset_peak() -> int:
    """Forget the peak of memory; return what is held now, in MB."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    """Return the most memory in MB since the last reset, where the system tells it."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


_place: Place | None = None
_current: Path | None = None


def _start(folder: Path) -> None:
    global _place, _current
    mine = folder / str(os.getpid())
    mine.mkdir()
    _place, _current = Place.make(mine), folder / f"{os.getpid()}.input"
    limit = 6 * 2**30
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _run(tasks: list[tuple[str, str]]) -> list[Finding]:
    assert _place is not None
    assert _current is not None
    found = []
    for target, seed in tasks:
        data = draw(target, _place, Random(seed))
        _current.write_bytes(target.encode() + b"\n" + data)
        # What does not come back even from an alarm ends the process.
        faulthandler.dump_traceback_later(3 * SECONDS, exit=True)
        what = attempt(_place, target, data)
        faulthandler.cancel_dump_traceback_later()
        if what is not None:
            found.append(Finding(target, data, what))
    return found


def run(size: int, seed: int, jobs: int | None = None) -> tuple[Counter[str], list[Finding]]:
    """Run inputs of every target in turn; return how many of each, and the findings."""
    names = list(TARGETS)
    weighted = [name for name in names for _ in range(1 if name.startswith("parquet") else 2)]
    tasks = [(weighted[number % len(weighted)], f"{seed}-{number}") for number in range(size)]
    batches = [tasks[at : at + 50] for at in range(0, len(tasks), 50)]
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="amcc-fuzz-") as name:
        folder = Path(name)
        with ProcessPoolExecutor(jobs or os.cpu_count(), None, _start, (folder,)) as pool:
            try:
                for found in pool.map(_run, batches):
                    findings += found
            except BrokenProcessPool:
                for path in folder.glob("*.input"):
                    target, _, data = path.read_bytes().partition(b"\n")
                    findings.append(Finding(target.decode(), data, "may have ended the process"))
    return Counter(target for target, _ in tasks), findings


def main() -> int:
    """Run the fuzzer from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=10_000, help="number of inputs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, help="processes (default: one per core)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder for findings")
    parser.add_argument("--markdown", type=Path, help="file whose generated section is replaced")
    options = parser.parse_args()
    begun = time.monotonic()
    ran, findings = run(options.size, options.seed, options.jobs)
    for finding in findings:
        name = hashlib.sha256(finding.data).hexdigest()[:12]
        folder = options.corpus / finding.target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(finding.data)
        print(f"FOUND {finding.target}/{name}: {finding.what}\n")
    found = Counter(finding.target for finding in findings)
    rows = []
    for target, count in [*ran.items(), ("**all**", ran.total())]:
        kept = len(list(CORPUS.glob(f"{'*' if '*' in target else target}/*")))
        bad = found.total() if "*" in target else found[target]
        rows.append([target.replace("-", " "), f"{count:,}", bad, kept])
    section = f"`python benchmarks/fuzz.py --size {options.size} --seed {options.seed}`\n\n"
    section += report.table(["input", "tried", "findings", "kept in the corpus"], rows)
    if options.markdown:
        report.write_section("fuzzing", section, options.markdown)
    print(section)
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
