"""The curators' TOML files: their content, and the line of every table and key.

tomllib is fast but gives no positions, and tomlkit, which keeps the text, gives none either.
So values come from tomllib, and the lines of a file are listed once, when its first finding
needs them. Not here: what the keys mean (documents.py, registries.py, decisions.py).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amcc_dataset.disk import files
from amcc_dataset.model import deceit
from amcc_dataset.model.findings import Checked, Finding, Location
from amcc_dataset.model.tables import SLUG

if TYPE_CHECKING:
    import tomllib
else:
    try:
        # The same reader, compiled: about three times as fast.
        import tomli as tomllib
    except ImportError:
        import tomllib

RAW = "data/raw"
SOURCES = f"{RAW}/sources"
"""The folder of the source files, one for each document."""

REGISTRIES = ("actors", "people", "decisions", "retired")
"""The other files that a build reads."""

MAX_BYTES = 1_000_000
"""Largest TOML file that is read, in bytes: a document takes a few thousand, a decision 400."""

MAX_PARTS = 16
"""Most parts of a dotted key; the time of tomllib grows with their square."""

Step = str | int
"""A key of a table, or the number of an entry of a list, from 0."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = rf"[ \t]*{_PART}(?:[ \t]*\.[ \t]*{_PART})*[ \t]*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)({_KEY})\]")
_SETTING = re.compile(rf"({_KEY})=")
_ITEM = re.compile(r'[ \t]*"([^"\\]*)"[ \t]*(?:,|$)')
_TOKEN = re.compile(
    r"""(?P<part>"(?:[^"\\\n]|\\[^\n])*"?|'[^'\n]*'?|[A-Za-z0-9_-]+)|(?P<dot>[.])|[ \t]+"""
    r"""|#[^\n]*|(?P<other>[^ \t])""",
)


@dataclass(frozen=True, eq=False)
class TomlFile:
    """A TOML file: its path below the root, its text, and its content."""

    path: str
    text: str
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The file name without folder and extension."""
        return Path(self.path).stem

    @cached_property
    def lines(self) -> Mapping[tuple[Step, ...], int]:
        """The line number, from 1, of each table, key and text in a list that begins a line."""
        return dict(reversed(list(_lines(self.text))))

    @property
    def place(self) -> "Place":
        """The place of the file as a whole."""
        return Place(self)


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a TOML file, given by the steps that lead to it.

    Its line is the line of the last of these steps that begins a line: the table if a key is
    missing, the key if its table is written on one line.
    """

    file: TomlFile
    steps: tuple[Step, ...] = ()

    def at(self, *steps: Step) -> "Place":
        """Return the place of something below this one."""
        return Place(self.file, (*self.steps, *steps))

    @property
    def location(self) -> Location:
        """File and line."""
        ways = (self.steps[:length] for length in range(len(self.steps), 0, -1))
        lines = self.file.lines
        return Location(self.file.path, next((lines[way] for way in ways if way in lines), 1))

    def finding(self, rule: str, what: str, remedy: str) -> Finding:
        """Return a finding at this place."""
        return Finding(rule, self.location, what, remedy)

    def __str__(self) -> str:
        """Return file and line."""
        return str(self.location)


def _lines(text: str) -> Iterator[tuple[tuple[Step, ...], int]]:
    """Yield the steps to everything that begins a line, with the line number."""
    lists: dict[tuple[Step, ...], int] = {}
    table: tuple[Step, ...] = ()
    key: tuple[Step, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = ()
            for part in _parts(header[2]):
                if table in lists:
                    table = (*table, lists[table])
                table = (*table, part)
                yield table, number
            if header[1] == "[[":
                lists[table] = lists.get(table, -1) + 1
                table = (*table, lists[table])
                yield table, number
            key = table
        elif setting := _SETTING.match(line):
            key = table
            for part in _parts(setting[1]):
                key = (*key, part)
                yield key, number
        elif item := _ITEM.match(line):
            yield (*key, item[1]), number


def _parts(key: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, key)]


def read_all(root: Path) -> Checked[Mapping[str, TomlFile]]:
    """Return every raw file of a build by its path, except those that cannot be read."""
    try:
        sources = list(files.walk(root, SOURCES, deep=False))
    except OSError as error:
        at = Location(str(error.filename))
        yield Finding("readable_file", at, str(error.strerror), "remove it")
        return {}
    if not sources:
        what = f"has no file in {SOURCES}" if root.is_dir() else "is not a folder"
        remedy = "name the folder of a clone with --root"
        yield Finding("readable_file", Location(str(root)), what, remedy)
        return {}
    for path in sources:
        if not path.endswith(".toml"):
            remedy = "rename it to end in .toml, or move it elsewhere"
            yield Finding("readable_file", Location(path), "is not a .toml file", remedy)
    sources = [path for path in sources if path.endswith(".toml")]
    found = {}
    for path in (*(f"{RAW}/{name}.toml" for name in REGISTRIES), *sources):
        file = yield from read(root, path)
        if file is not None:
            found[path] = file
    return found


def read(root: Path, path: str) -> Checked[TomlFile | None]:
    """Return a TOML file below a root, or None if it cannot be read."""
    name = Path(path).stem
    if not re.fullmatch(SLUG, name) or len(name) > 80:
        what = f"{name!r} is not an id"
        slug = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
        yield Finding("file_names_are_ids", Location(path), what, f"rename it to {slug[:80]}.toml")
        return None
    rule = "well_formed_toml"
    try:
        content = files.read(root, root / path, MAX_BYTES)
        text = content.decode("utf-8")
        line = _line_of_a_long_key(text)
        if line is not None:
            what = f"has a key of more than {MAX_PARTS} parts"
            yield Finding(rule, Location(path, line), what, "write a shorter key")
            return None
        file = TomlFile(path, text, tomllib.loads(text))
        deceits = list(_deceits(file))
        yield from deceits
        return None if deceits else file
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        remedy = getattr(error, "remedy", "check the file")
        yield Finding("readable_file", Location(path), what, remedy)
    except UnicodeDecodeError as error:
        at = Location(path, content.count(b"\n", 0, error.start) + 1)
        yield Finding(rule, at, f"byte {error.start} is not UTF-8", "save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        message, _, position = str(error).partition(" (at ")
        found = re.match(r"line ([0-9]+)", position)
        at = Location(path, int(found[1]) if found else text.rstrip().count("\n") + 1)
        what, remedy = f"malformed TOML: {message}", _remedy(message)
        if text.startswith("\ufeff"):
            what, remedy = "begins with a byte order mark", "save the file as UTF-8 without it"
        yield Finding(rule, at, what, remedy)
    except RecursionError:
        yield Finding(rule, Location(path), "is nested too deeply", "write fewer levels")
    except ValueError:
        digits = re.search("[0-9_]{1000}", text)
        at = Location(path, text.count("\n", 0, digits.start()) + 1 if digits else None)
        yield Finding(
            rule, at, "has a number with thousands of digits", "write the intended number"
        )
    return None


def _remedy(message: str) -> str:
    """Return what to do about an error of tomllib, for the mistakes that curators make."""
    if message.startswith(("Cannot overwrite", "Cannot declare")):
        return "write each key once, and [[name]] above each of several tables of one name"
    if message.startswith("Invalid value"):
        return "write texts between straight quotation marks, and days like 2019-10-02"
    if message.startswith("Expected newline"):
        return "write one key on a line, and days that exist, like 2019-10-02"
    return "fix the line, or the one before it"


def _deceits(file: TomlFile) -> Iterator[Finding]:
    """Yield what a curator cannot see: in any line, including comments, and in any text or key."""
    if file.text.isascii() and "\\u" not in file.text.lower():
        return
    rule, remedy = "texts_show_what_they_are", "type the text again as a reader sees it"
    for number, line in enumerate(file.text.split("\n"), 1):
        if what := deceit.hidden(line):
            yield Finding(rule, Location(file.path, number), what, remedy)
    waiting: list[tuple[Place, Any]] = [(file.place, file.content)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str) and (what := deceit.hidden(value) or deceit.borrowed(value)):
            yield place.finding(rule, what, remedy)
        elif isinstance(value, dict):
            waiting += [(place.at(key), child) for key, child in value.items()]
            waiting += [(place.at(key), key) for key in value]
        elif isinstance(value, list):
            waiting += [(place.at(number), child) for number, child in enumerate(value)]


def _line_of_a_long_key(text: str) -> int | None:
    """Return the line of the first dotted key with more than `MAX_PARTS` parts."""
    if all(line.count(".") < MAX_PARTS for line in text.split("\n")):
        return None
    parts = 0
    dotted = False
    for token in _TOKEN.finditer(text):
        if token["part"]:
            parts = parts + 1 if dotted else 1
            dotted = False
            if parts > MAX_PARTS:
                return text.count("\n", 0, token.start()) + 1
        elif token["dot"]:
            dotted = parts > 0
        elif token["other"]:
            parts = 0
    return None
