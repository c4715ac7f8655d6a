"""Single slips in the repository: one function per operator, each drawn by a seeded Random.

A raw operator changes one file below data/raw as a tired curator would; a processed one
changes one file of the release tree as a careless user, a broken disk or a forger would. An
operator returns None where it finds nothing to change. Not in here: running and reporting
(mutation.py).

`Mutant.contradicts` is the verdict of an oracle that knows nothing of the package's own
reading: it says why the repository itself must contradict the mutant, judged from the TOML
alone (another document says the same of the cell, the docket has no entry for it), or None
where nothing else in the repository speaks of what was changed.
"""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Literal

from amcc_dataset.curation.statements import CLAIMED, COLUMNS
from amcc_dataset.model.columns import Column

RAW = "data/raw"
PROCESSED = "data/processed"
DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One file with one change; `content` is None where the file is gone.

    `row` is the mutated table with its rows as texts, where the change is one of cells or
    rows; `kind` says what sort of value was changed.
    """

    path: str
    content: bytes | None
    what: str
    contradicts: str | None = None
    kind: str = ""
    table: str | None = None
    rows: list[list[str]] | None = None


Operator = Callable[["Repository", Random], Mutant | None]

RAW_OPERATORS: dict[str, Operator] = {}
PROCESSED_OPERATORS: dict[str, Operator] = {}


def raw(function: Operator) -> Operator:
    """Register an operator on a file below data/raw."""
    RAW_OPERATORS[function.__name__] = function
    return function


def processed(function: Operator) -> Operator:
    """Register an operator on a file of the release tree."""
    PROCESSED_OPERATORS[function.__name__] = function
    return function


@dataclass(frozen=True, slots=True)
class Site:
    """One `key = value` line of a raw file, and what it is about.

    `table` and `row` are those of the claim or registry entry; `part` is list, source,
    passage, roster, claim, docket, registry, retired or ungrounded.
    """

    path: str
    number: int
    key: str
    value: str
    part: str
    table: str = ""
    row: str = ""
    passage: int = -1

    @property
    def column(self) -> Column | None:
        """The column that the value belongs to."""
        return COLUMNS.get(self.table, {}).get(self.key)

    @property
    def text(self) -> str | None:
        """The value between quotation marks, if it is a text."""
        quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', self.value)
        return quoted[1] if quoted else None

    @property
    def source(self) -> str:
        """The document, for claims."""
        return Path(self.path).stem


@dataclass(slots=True)
class Repository:
    """The files of a checkout, and what an operator wants to know of them."""

    root: Path
    lines: dict[str, list[str]] = field(default_factory=dict)
    sites: list[Site] = field(default_factory=list)
    said: dict[tuple[str, str, str], list[tuple[str, Any]]] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)
    ids: dict[str, list[str]] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)
    basis: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    cells: dict[str, list[list[str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path) -> "Repository":
        """Read a checkout whose release tree is up to date."""
        found = cls(root)
        said = defaultdict(list)
        for path in sorted((root / RAW).rglob("*.toml")):
            name = path.relative_to(root).as_posix()
            content = path.read_text(encoding="utf-8")
            found.lines[name] = content.splitlines(keepends=True)
            found.sites.extend(_sites(name, found.lines[name]))
            if path.parent.name == "sources":
                for cell, value in _claims(tomllib.loads(content)):
                    said[cell].append((path.stem, value))
        found.said = dict(said)
        docket = tomllib.loads("".join(found.lines[f"{RAW}/decisions.toml"]))
        found.decided = {entry["cell"] for entry in docket.get("decision", [])}
        for path in sorted((root / PROCESSED).glob("*.csv")):
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
            found.cells[path.stem] = rows
            found.ids[path.stem] = [row[0] for row in rows[1:]]
        actors = tomllib.loads("".join(found.lines[f"{RAW}/actors.toml"]))
        found.states = [entry["name"] for entry in actors.values() if entry["kind"] == "state"]
        header, *claims = found.cells["provenance"]
        keys = [header.index(name) for name in ("table", "row_id", "field", "source_id")]
        for claim in claims:
            table, row_id, field, source_id = (claim[key] for key in keys)
            found.basis[table, row_id, field, source_id] = claim[header.index("basis")]
        return found

    def content(self, path: str) -> bytes:
        """Return a file as it is committed."""
        return (self.root / path).read_bytes()

    def second(self, site: Site) -> str | None:
        """Say which other document contradicts a change of this claim, if one does."""
        cell = f"{site.table}.{site.row}.{site.key}"
        if site.part != "claim" or {cell, f"{site.table}.{site.row}"} & self.decided:
            return None
        others = [source for source, _ in self.said[site.table, site.row, site.key]]
        others.remove(site.source)
        return f"{others[0]} says otherwise" if others else None

    def sort(self, site: Site) -> str:
        """Return what sort of value a site holds, for the report."""
        if site.part == "claim":
            basis = self.basis.get((site.table, site.row, site.key, site.source), "")
            return f"claim, {basis or 'rejected'}"
        return {"source": "document's description", "list": "list of cells"}.get(
            site.part, site.part
        )


def _claims(content: dict[str, Any]) -> Iterator[tuple[tuple[str, str, str], Any]]:
    for passage in content.get("passage", []):
        for table in CLAIMED:
            for row, cells in passage.get(table, {}).items():
                for key, value in cells.items():
                    yield (table, row, key), value


def _sites(path: str, lines: Sequence[str]) -> Iterator[Site]:
    registry = Path(path).stem if "/sources/" not in path else ""
    part, table, row, passage = "list", "", "", -1
    if registry in ("retired", "ungrounded"):
        part = registry
    for number, line in enumerate(lines):
        if header := re.match(r"\[+(?P<name>[^\]]+)\]", line):
            name = header["name"]
            if name == "source":
                part, table, row = "source", "sources", Path(path).stem
            elif name == "passage":
                part, table, row, passage = "passage", "provenance", "", passage + 1
            elif name == "passage.roster":
                part, table, row = "roster", "participants", ""
            elif name.startswith("passage."):
                _, table, row = name.split(".", 2)
                part = "claim"
            elif name == "decision":
                part, table, row = "docket", "decisions", ""
            elif registry in ("actors", "people"):
                part, table, row = "registry", registry, name
        elif pair := re.match(r"(?P<key>[\w-]+) = (?P<value>.*)$", line):
            yield Site(path, number, pair["key"], pair["value"], part, table, row, passage)


# --- what the raw operators share -----------------------------------------------------------


def _pick(random: Random, sites: Sequence[Site]) -> Site | None:
    return random.choice(sites) if sites else None


def _with_lines(repo: Repository, path: str, lines: Sequence[str], what: str) -> Mutant:
    return Mutant(path, "".join(lines).encode(), f"{path}: {what}")


def _set(repo: Repository, site: Site, value: str, contradicts: str | None = None) -> Mutant | None:
    """Give a site another value; the oracle looks for a second document by itself."""
    if value == site.value:
        return None
    lines = list(repo.lines[site.path])
    lines[site.number] = f"{site.key} = {value}\n"
    where = f"{site.path}:{site.number + 1}"
    return Mutant(
        site.path,
        "".join(lines).encode(),
        f"{where}: {site.key} = {_change(site.value, value)}",
        contradicts or repo.second(site),
        f"{repo.sort(site)}: {site.table or site.part}.{site.key}",
    )


def _change(before: str, after: str) -> str:
    """Show where two values differ.

    Examples
    --------
    >>> _change('"The first conference of all"', '"The fist conference of all"')
    '"The first conference of all" becomes "The fist conference of all"'
    """
    if len(before) <= 60 and len(after) <= 60:
        return f"{before} becomes {after}"
    pairs = enumerate(zip(before, after, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    begin = max(0, at - 20)
    return f"… {before[begin : at + 30]} … becomes … {after[begin : at + 30]} …"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _texts(repo: Repository) -> list[Site]:
    """Return the sites that hold a text which is neither a code, an id nor an address."""
    return [
        site
        for site in repo.sites
        if site.text
        and len(site.text) > 2
        and not _reference(site)
        and (site.column is None or site.column.vocabulary is None)
        and site.key not in ("url", "sha256", "members", "currency", "iso2", "iso3", "language")
    ]


def _reference(site: Site) -> str | None:
    """Return the table that a site's value names a row of."""
    if site.key in ("prefer", "against") and site.part == "docket":
        return "sources"
    if site.key == "source" and site.part == "ungrounded":
        return "sources"
    if site.key in ("edition", "principal_of"):
        return "editions"
    return site.column.ref if site.column else None


def _dropped(text: str, random: Random) -> str:
    letters = [index for index, letter in enumerate(text) if letter.isalpha()]
    at = random.choice(letters) if letters else 0
    return text[:at] + text[at + 1 :]


def _misspelt(text: str, random: Random) -> str:
    at = random.randrange(len(text))
    return text[:at] + random.choice([c for c in "abcdefghij" if c != text[at]]) + text[at + 1 :]


def _another(values: Sequence[Any], value: Any, random: Random) -> Any:
    rest = [other for other in values if other != value]
    return random.choice(rest) if rest else value


# --- raw operators: values ------------------------------------------------------------------


@raw
def letter_dropped(repo: Repository, random: Random) -> Mutant | None:
    """A letter of a text is lost."""
    site = _pick(random, _texts(repo))
    return _set(repo, site, _quoted(_dropped(site.text or "", random))) if site else None


@raw
def words_swapped(repo: Repository, random: Random) -> Mutant | None:
    """Two neighbouring words of a text change places."""
    site = _pick(random, [site for site in _texts(repo) if " " in (site.text or "")])
    if site is None:
        return None
    words = (site.text or "").split(" ")
    at = random.randrange(len(words) - 1)
    words[at : at + 2] = words[at + 1], words[at]
    return _set(repo, site, _quoted(" ".join(words)))


@raw
def name_of_another_state(repo: Repository, random: Random) -> Mutant | None:
    """A state's name in a text becomes another's."""
    named = [
        (site, state)
        for site in _texts(repo)
        for state in repo.states
        if re.search(rf"\b{re.escape(state)}\b", site.text or "")
    ]
    if not named:
        return None
    site, state = random.choice(named)
    other = _another(repo.states, state, random)
    return _set(repo, site, _quoted((site.text or "").replace(state, other, 1)))


@raw
def digit_changed(repo: Repository, random: Random) -> Mutant | None:
    """A digit of a number, a date or a text becomes another."""
    sites = [s for s in repo.sites if re.search("[0-9]", s.value) and s.part != "list"]
    site = _pick(random, [s for s in sites if s.key not in ("url", "sha256", "inferred", "silent")])
    if site is None:
        return None
    at = random.choice([m.start() for m in re.finditer("[0-9]", site.value)])
    digit = _another("0123456789", site.value[at], random)
    return _set(repo, site, site.value[:at] + digit + site.value[at + 1 :])


@raw
def number_off_by_one(repo: Repository, random: Random) -> Mutant | None:
    """A number is one more or less."""
    site = _pick(random, [site for site in repo.sites if re.fullmatch("[0-9]+", site.value)])
    return _set(repo, site, str(int(site.value) + random.choice((-1, 1)))) if site else None


def _dates(repo: Repository) -> list[Site]:
    return [s for s in repo.sites if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", s.value)]


@raw
def date_off_by_a_day(repo: Repository, random: Random) -> Mutant | None:
    """A date is a day early or late."""
    site = _pick(random, _dates(repo))
    if site is None:
        return None
    day = dt.date.fromisoformat(site.value) + dt.timedelta(days=random.choice((-1, 1)))
    return _set(repo, site, day.isoformat())


@raw
def date_off_by_a_month_or_year(repo: Repository, random: Random) -> Mutant | None:
    """A date is a month or a year early or late."""
    site = _pick(random, _dates(repo))
    if site is None:
        return None
    day = dt.date.fromisoformat(site.value)
    step = random.choice((-12, -1, 1, 12))
    month = day.year * 12 + day.month - 1 + step
    moved = day.replace(year=month // 12, month=month % 12 + 1, day=min(day.day, 28))
    return _set(repo, site, moved.isoformat())


@raw
def amount_in_another_unit(repo: Repository, random: Random) -> Mutant | None:
    """An amount gains or loses zeros."""
    site = _pick(random, [site for site in repo.sites if site.key == "amount"])
    if site is None:
        return None
    amount = int(site.value)
    return _set(repo, site, str(random.choice((amount * 10, amount * 1000, amount // 10))))


@raw
def another_currency(repo: Repository, random: Random) -> Mutant | None:
    """A currency becomes another."""
    site = _pick(random, [site for site in repo.sites if site.key == "currency"])
    other = site and _another(("SGD", "USD", "EUR", "JPY"), site.text, random)
    return _set(repo, site, _quoted(str(other))) if site else None


@raw
def another_code(repo: Repository, random: Random) -> Mutant | None:
    """A code becomes another of its vocabulary."""
    site = _pick(random, [s for s in repo.sites if s.column and s.column.vocabulary])
    if site is None or site.column is None or site.column.vocabulary is None:
        return None
    codes = [code.value for code in site.column.vocabulary]
    return _set(repo, site, _quoted(_another(codes, site.text, random)))


@raw
def misspelt_code(repo: Repository, random: Random) -> Mutant | None:
    """A code gets a wrong letter."""
    site = _pick(random, [s for s in repo.sites if s.column and s.column.vocabulary])
    if site is None or site.column is None or site.column.vocabulary is None:
        return None
    code = _misspelt(site.text or "", random)
    known = code in [entry.value for entry in site.column.vocabulary]
    return _set(repo, site, _quoted(code), None if known else "no such code")


@raw
def another_row(repo: Repository, random: Random) -> Mutant | None:
    """A reference names another row of its table."""
    site = _pick(random, [site for site in repo.sites if _reference(site)])
    if site is None:
        return None
    return _set(repo, site, _quoted(_another(repo.ids[_reference(site) or ""], site.text, random)))


@raw
def misspelt_row(repo: Repository, random: Random) -> Mutant | None:
    """A reference gets a wrong letter."""
    site = _pick(random, [site for site in repo.sites if _reference(site)])
    if site is None:
        return None
    name = _misspelt(site.text or "", random)
    known = name in repo.ids[_reference(site) or ""]
    return _set(repo, site, _quoted(name), None if known else "no such row")


@raw
def another_address(repo: Repository, random: Random) -> Mutant | None:
    """A letter of an address is lost."""
    site = _pick(random, [site for site in repo.sites if site.key == "url"])
    return _set(repo, site, _quoted(_dropped(site.text or "", random))) if site else None


@raw
def wrong_type(repo: Repository, random: Random) -> Mutant | None:
    """A number or a date gets quotation marks, a text loses them."""
    site = _pick(random, [site for site in repo.sites if site.value[0] not in "[{"])
    if site is None:
        return None
    text = site.text
    bare = text is not None and re.fullmatch("[0-9-]+", text)
    value = _quoted(site.value) if text is None else text if bare else "0"
    return _set(repo, site, value, "the type is wrong")


@raw
def values_swapped(repo: Repository, random: Random) -> Mutant | None:
    """Two lines of a file with the same key change values."""
    groups: dict[tuple[str, str], list[Site]] = defaultdict(list)
    for each in repo.sites:
        groups[each.path, each.key].append(each)
    site = _pick(random, repo.sites)
    if site is None:
        return None
    other = _pick(random, [s for s in groups[site.path, site.key] if s.value != site.value])
    if other is None:
        return None
    lines = list(repo.lines[site.path])
    lines[site.number] = f"{site.key} = {other.value}\n"
    lines[other.number] = f"{site.key} = {site.value}\n"
    return Mutant(
        site.path,
        "".join(lines).encode(),
        f"{site.path}: {site.key} swapped between lines {site.number + 1} and {other.number + 1}",
        repo.second(site) or repo.second(other),
        f"{repo.sort(site)}: {site.table or site.part}.{site.key}",
    )


# --- raw operators: evidence ----------------------------------------------------------------


@raw
def another_locator(repo: Repository, random: Random) -> Mutant | None:
    """A passage moves to another paragraph."""
    site = _pick(random, [site for site in repo.sites if site.key == "at"])
    if site is None:
        return None
    number = int((re.search("[0-9]+", site.value) or ["0"])[0])
    return _set(repo, site, f'"p{_another(range(1, number + 4), number, random)}"')


@raw
def quotation_changed(repo: Repository, random: Random) -> Mutant | None:
    """A quoted end of a passage loses its outer word, or gets a wrong letter."""
    site = _pick(random, [site for site in repo.sites if site.key in ("start", "end")])
    if site is None:
        return None
    words = (site.text or "").split(" ")
    if len(words) > 1 and random.random() < 0.5:
        # Without an inner word it would still quote the same end.
        del words[0 if site.key == "start" else -1]
        return _set(repo, site, _quoted(" ".join(words)))
    return _set(repo, site, _quoted(_dropped(site.text or "", random)))


@raw
def digest_changed(repo: Repository, random: Random) -> Mutant | None:
    """A digit of a digest becomes another."""
    site = _pick(random, [site for site in repo.sites if site.key == "sha256"])
    if site is None:
        return None
    text = site.text or ""
    at = random.randrange(len(text))
    digit = _another("0123456789abcdef", text[at], random)
    return _set(repo, site, _quoted(text[:at] + digit + text[at + 1 :]))


@raw
def mark_changed(repo: Repository, random: Random) -> Mutant | None:
    """A list of inferred or silent cells loses an entry, or an entry gets a wrong letter."""
    site = _pick(random, [site for site in repo.sites if site.key in ("inferred", "silent")])
    if site is None:
        return None
    entries: list[str] = json.loads(site.value)
    at = random.randrange(len(entries))
    if random.random() < 0.5:
        del entries[at]
        return _set(repo, site, json.dumps(entries))
    entries[at] = _misspelt(entries[at], random)
    return _set(repo, site, json.dumps(entries))


@raw
def silence_on_a_stated_cell(repo: Repository, random: Random) -> Mutant | None:
    """A document is said to be silent on a cell that it states."""
    site = _pick(random, [site for site in repo.sites if site.part == "claim"])
    if site is None:
        return None
    lines = [line for line in repo.lines[site.path] if not line.startswith("silent = ")]
    cell = f"{site.table}.{site.row}.{site.key}"
    what = f"silent on {cell}"
    mutant = _with_lines(repo, site.path, [f'silent = ["{cell}"]\n', *lines], what)
    return replace(mutant, contradicts="the document states it")


# --- raw operators: lines, passages, files --------------------------------------------------


@raw
def line_deleted(repo: Repository, random: Random) -> Mutant | None:
    """A line is lost."""
    site = _pick(random, repo.sites)
    if site is None:
        return None
    lines = list(repo.lines[site.path])
    del lines[site.number]
    mutant = _with_lines(repo, site.path, lines, f"line {site.number + 1} deleted: {site.key}")
    return replace(mutant, kind=f"{repo.sort(site)}: {site.table or site.part}.{site.key}")


@raw
def line_doubled(repo: Repository, random: Random) -> Mutant | None:
    """A line stands twice."""
    site = _pick(random, repo.sites)
    if site is None:
        return None
    lines = list(repo.lines[site.path])
    lines.insert(site.number, lines[site.number])
    mutant = _with_lines(repo, site.path, lines, f"line {site.number + 1} doubled: {site.key}")
    return replace(mutant, contradicts="a key stands twice")


@raw
def key_misspelt(repo: Repository, random: Random) -> Mutant | None:
    """A key gets a wrong letter."""
    site = _pick(random, [s for s in repo.sites if s.part not in ("list", "retired")])
    if site is None:
        return None
    lines = list(repo.lines[site.path])
    key = _dropped(site.key, random)
    lines[site.number] = f"{key} = {site.value}\n"
    mutant = _with_lines(repo, site.path, lines, f"line {site.number + 1}: {site.key} is {key}")
    return replace(mutant, contradicts="no such key")


def _headers(repo: Repository, random: Random, pattern: str) -> tuple[str, int, str] | None:
    """Return path, line and id of a random header that fits a pattern with one group."""
    found = [
        (path, number, fit[1])
        for path, lines in repo.lines.items()
        for number, line in enumerate(lines)
        if (fit := re.match(pattern, line))
    ]
    return random.choice(found) if found else None


_ROW = r"\[(?:passage\.[a-z_]+\.)?(?!passage|source|decision|claim)([a-z0-9-]+)\]"


@raw
def header_of_another_row(repo: Repository, random: Random) -> Mutant | None:
    """Claims go to another row of their table."""
    found = _headers(repo, random, r"\[passage\.([a-z_]+\.[a-z0-9-]+)\]")
    if found is None:
        return None
    path, number, name = found
    table, _, row = name.partition(".")
    other = _another(repo.ids[table], row, random)
    lines = list(repo.lines[path])
    lines[number] = f"[passage.{table}.{other}]\n"
    return _with_lines(repo, path, lines, f"line {number + 1}: {name} becomes {other}")


@raw
def header_misspelt(repo: Repository, random: Random) -> Mutant | None:
    """The id of a row gets a wrong letter."""
    found = _headers(repo, random, _ROW)
    if found is None:
        return None
    path, number, name = found
    lines = list(repo.lines[path])
    other = _misspelt(name, random)
    lines[number] = lines[number].replace(name, other, 1)
    return _with_lines(repo, path, lines, f"line {number + 1}: {name} becomes {other}")


@raw
def header_deleted(repo: Repository, random: Random) -> Mutant | None:
    """A header is lost, so that its lines fall to the one before."""
    found = _headers(repo, random, r"\[+([^\]]+)\]")
    if found is None:
        return None
    path, number, name = found
    lines = list(repo.lines[path])
    del lines[number]
    return _with_lines(repo, path, lines, f"line {number + 1}: header {name} deleted")


def _blocks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return begin and end of every block that begins with a double bracket."""
    starts = [
        n for n, line in enumerate(lines) if re.match(r"\[\[(passage|decision|claim)\]", line)
    ]
    return list(pairwise([*starts, len(lines)]))


def _block(repo: Repository, random: Random) -> tuple[str, int, int] | None:
    found = [(path, *block) for path, lines in repo.lines.items() for block in _blocks(lines)]
    return random.choice(found) if found else None


@raw
def block_deleted(repo: Repository, random: Random) -> Mutant | None:
    """A passage, decision or exception is lost."""
    found = _block(repo, random)
    if found is None:
        return None
    path, begin, end = found
    lines = repo.lines[path]
    what = f"lines {begin + 1} to {end} deleted"
    return _with_lines(repo, path, [*lines[:begin], *lines[end:]], what)


@raw
def block_doubled(repo: Repository, random: Random) -> Mutant | None:
    """A passage, decision or exception stands twice."""
    found = _block(repo, random)
    if found is None:
        return None
    path, begin, end = found
    lines = repo.lines[path]
    doubled = [*lines[:end], "\n", *lines[begin:end], *lines[end:]]
    mutant = _with_lines(repo, path, doubled, f"lines {begin + 1} to {end} doubled")
    return replace(mutant, contradicts="it is said twice")


@raw
def file_deleted(repo: Repository, random: Random) -> Mutant | None:
    """A file is lost."""
    path = random.choice(list(repo.lines))
    return Mutant(path, None, f"{path}: deleted")


@raw
def file_cut_short(repo: Repository, random: Random) -> Mutant | None:
    """The end of a file is lost."""
    path = random.choice(list(repo.lines))
    content = repo.content(path)
    at = random.randrange(len(content))
    return Mutant(path, content[:at], f"{path}: cut after {at} of {len(content)} bytes")


@raw
def byte_flipped(repo: Repository, random: Random) -> Mutant | None:
    """A bit of a file is turned over."""
    path = random.choice(list(repo.lines))
    return _flipped(path, repo.content(path), random)


def _flipped(path: str, content: bytes, random: Random) -> Mutant:
    at, bit = random.randrange(len(content)), 1 << random.randrange(8)
    changed = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
    return Mutant(path, changed, f"{path}: byte {at} is {content[at] ^ bit:#x}")


# --- processed operators: cells and rows ----------------------------------------------------


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows(rows)
    return sink.getvalue().encode()


def _table(repo: Repository, random: Random) -> str:
    """Choose a table, each with the same chance, so that the large one does not hide the rest."""
    return random.choice([name for name, rows in repo.cells.items() if len(rows) > 2])


def _changed(table: str, rows: list[list[str]], what: str, kind: str) -> Mutant:
    path = f"{PROCESSED}/{table}.csv"
    return Mutant(path, _csv(rows), f"{path}: {what}", kind=kind, table=table, rows=rows)


def _cell(
    repo: Repository,
    random: Random,
    fits: Callable[[Column, str], bool],
    change: Callable[[Column, str], str],
) -> Mutant | None:
    table = _table(repo, random)
    header, *rows = repo.cells[table]
    columns = list(COLUMNS[table].values())
    at = random.randrange(len(rows))
    fields = [index for index, cell in enumerate(rows[at]) if fits(columns[index], cell)]
    if not fields:
        return None
    index = random.choice(fields)
    row = list(rows[at])
    row[index] = change(columns[index], row[index])
    if row == rows[at]:
        return None
    changed = [header, *rows[:at], row, *rows[at + 1 :]]
    what = f"{rows[at][0]}.{header[index]} {rows[at][index][:50]!r} becomes {row[index][:50]!r}"
    return _changed(table, changed, what, f"{table}.{header[index]}")


@processed
def cell_letter_dropped(repo: Repository, random: Random) -> Mutant | None:
    """A letter of a cell is lost."""
    return _cell(
        repo,
        random,
        lambda column, text: column.type == "string" and any(map(str.isalpha, text)),
        lambda _, text: _dropped(text, random),
    )


@processed
def cell_digit_changed(repo: Repository, random: Random) -> Mutant | None:
    """A digit of a cell becomes another."""

    def change(_: Column, text: str) -> str:
        at = random.choice([fit.start() for fit in re.finditer("[0-9]", text)])
        return f"{text[:at]}{_another('0123456789', text[at], random)}{text[at + 1 :]}"

    return _cell(repo, random, lambda _, text: re.search("[0-9]", text) is not None, change)


@processed
def cell_number_off_by_one(repo: Repository, random: Random) -> Mutant | None:
    """A number is one more or less."""
    return _cell(
        repo,
        random,
        lambda column, text: column.type == "integer" and bool(text),
        lambda _, text: str(int(text) + random.choice((-1, 1))),
    )


@processed
def cell_date_off_by_a_day(repo: Repository, random: Random) -> Mutant | None:
    """A date is a day early or late."""
    return _cell(
        repo,
        random,
        lambda column, text: column.type == "date" and bool(text),
        lambda _, text: str(
            dt.date.fromisoformat(text) + dt.timedelta(days=random.choice((-1, 1)))
        ),
    )


@processed
def cell_another_code(repo: Repository, random: Random) -> Mutant | None:
    """A code becomes another of its vocabulary."""
    return _cell(
        repo,
        random,
        lambda column, text: column.vocabulary is not None and bool(text),
        lambda column, text: _another([c.value for c in column.vocabulary or ()], text, random),
    )


@processed
def cell_another_reference(repo: Repository, random: Random) -> Mutant | None:
    """A reference names another row of its table."""
    return _cell(
        repo,
        random,
        lambda column, text: column.ref is not None and bool(text),
        lambda column, text: _another(repo.ids[column.ref or ""], text, random),
    )


@processed
def cell_emptied(repo: Repository, random: Random) -> Mutant | None:
    """A cell loses its value."""
    return _cell(repo, random, lambda _, text: bool(text), lambda _, text: "")


@processed
def cell_filled(repo: Repository, random: Random) -> Mutant | None:
    """An empty cell gets the value of another row."""
    table = _table(repo, random)
    header, *rows = repo.cells[table]
    empty = [
        (at, index)
        for at, row in enumerate(rows)
        for index, text in enumerate(row)
        if not text and any(other[index] for other in rows)
    ]
    if not empty:
        return None
    at, index = random.choice(empty)
    row = list(rows[at])
    row[index] = random.choice([other[index] for other in rows if other[index]])
    what = f"{row[0]}.{header[index]} is filled with {row[index][:50]!r}"
    changed = [header, *rows[:at], row, *rows[at + 1 :]]
    return _changed(table, changed, what, f"{table}.{header[index]}")


@processed
def cells_swapped(repo: Repository, random: Random) -> Mutant | None:
    """Two rows change the values of a column."""
    table = _table(repo, random)
    header, *rows = repo.cells[table]
    index = random.randrange(1, len(header))
    one, other = random.sample(range(len(rows)), 2)
    if rows[one][index] == rows[other][index]:
        return None
    changed = [list(row) for row in rows]
    changed[one][index], changed[other][index] = rows[other][index], rows[one][index]
    what = f"{header[index]} swapped between {rows[one][0]} and {rows[other][0]}"
    return _changed(table, [header, *changed], what, f"{table}.{header[index]}")


@processed
def blank_added(repo: Repository, random: Random) -> Mutant | None:
    """A cell gets a blank, a tab or a line end at its end."""
    return _cell(
        repo,
        random,
        lambda _, text: bool(text),
        lambda _, text: text + random.choice(" \t\n\u00a0"),
    )


@processed
def row_deleted(repo: Repository, random: Random) -> Mutant | None:
    """A row is lost."""
    table = _table(repo, random)
    rows = list(repo.cells[table])
    gone = rows.pop(random.randrange(1, len(rows)))
    return _changed(table, rows, f"{gone[0]} deleted", f"row of {table}")


@processed
def row_doubled(repo: Repository, random: Random) -> Mutant | None:
    """A row stands twice."""
    table = _table(repo, random)
    rows = list(repo.cells[table])
    at = random.randrange(1, len(rows))
    rows.insert(at, rows[at])
    return _changed(table, rows, f"{rows[at][0]} doubled", f"row of {table}")


@processed
def row_copied_under_a_new_id(repo: Repository, random: Random) -> Mutant | None:
    """A row stands twice, once with an id that is free."""
    table = _table(repo, random)
    rows = list(repo.cells[table])
    at = random.randrange(1, len(rows))
    rows.insert(at, [_misspelt(rows[at][0], random), *rows[at][1:]])
    return _changed(table, rows, f"{rows[at][0]} made from {rows[at + 1][0]}", f"row of {table}")


@processed
def rows_in_another_order(repo: Repository, random: Random) -> Mutant | None:
    """Two rows change places."""
    table = _table(repo, random)
    rows = list(repo.cells[table])
    at = random.randrange(1, len(rows) - 1)
    rows[at : at + 2] = rows[at + 1], rows[at]
    return _changed(table, rows, f"{rows[at][0]} before {rows[at + 1][0]}", f"order of {table}")


# --- processed operators: files -------------------------------------------------------------


def _files(repo: Repository, *folders: str) -> list[str]:
    return [
        path.relative_to(repo.root).as_posix()
        for folder in folders
        for path in sorted((repo.root / folder).iterdir())
    ]


@processed
def columns_in_another_order(repo: Repository, random: Random) -> Mutant | None:
    """Two columns change places, or one is renamed or lost."""
    table = _table(repo, random)
    rows = [list(row) for row in repo.cells[table]]
    at = random.randrange(len(rows[0]) - 1)
    what = random.choice(("swapped", "renamed", "deleted"))
    for row in rows if what != "renamed" else rows[:1]:
        if what == "swapped":
            row[at : at + 2] = row[at + 1], row[at]
        elif what == "renamed":
            row[at] = _dropped(row[at], random)
        else:
            del row[at]
    path = f"{PROCESSED}/{table}.csv"
    return Mutant(path, _csv(rows), f"{path}: column {at + 1} {what}")


@processed
def csv_in_another_dialect(repo: Repository, random: Random) -> Mutant | None:
    """A table is written with other quotes, line ends, separators, or a byte order mark."""
    path = f"{PROCESSED}/{_table(repo, random)}.csv"
    content = repo.content(path)
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    quoted, semicolons = io.StringIO(), io.StringIO()
    csv.writer(quoted, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    csv.writer(semicolons, lineterminator="\n", delimiter=";").writerows(rows)
    what, changed = random.choice(
        [
            ("CRLF", content.replace(b"\n", b"\r\n")),
            ("a byte order mark", b"\xef\xbb\xbf" + content),
            ("all quotes", quoted.getvalue().encode()),
            ("semicolons", semicolons.getvalue().encode()),
            ("UTF-16", content.decode().encode("utf-16")),
            ("no last line end", content[:-1]),
            ("an empty line", content + b"\n"),
            ("spaces after commas", content.replace(b",", b", ")),
        ]
    )
    return Mutant(path, changed, f"{path}: {what}")


def _file_operator(name: str, text: str, folder: str, suffix: str) -> None:
    """Make the operators that treat any file as bytes, one for each sort of file."""

    def paths(repo: Repository) -> list[str]:
        if not folder:
            return [DESCRIPTOR]
        return [path for path in _files(repo, folder) if path.endswith(suffix)]

    def flipped(repo: Repository, random: Random) -> Mutant | None:
        path = random.choice(paths(repo))
        return _flipped(path, repo.content(path), random)

    def cut_or_lengthened(repo: Repository, random: Random) -> Mutant | None:
        path = random.choice(paths(repo))
        content = repo.content(path)
        if random.random() < 0.3:
            return Mutant(path, content + b"\0", f"{path}: one byte more")
        at = random.randrange(len(content))
        return Mutant(path, content[:at], f"{path}: cut after {at} bytes")

    def replaced(repo: Repository, random: Random) -> Mutant | None:
        path = random.choice(paths(repo))
        others = [other for other in paths(repo) if other != path]
        if not others or random.random() < 0.3:
            return Mutant(path, None, f"{path}: deleted")
        other = random.choice(others)
        return Mutant(path, repo.content(other), f"{path}: is {other}")

    made: list[tuple[str, str, Operator]] = [
        ("byte_flipped", "a bit is turned over", flipped),
        ("cut_or_lengthened", "the end is lost, or a byte is added", cut_or_lengthened),
        ("lost_or_replaced", "it is deleted, or has the content of another", replaced),
    ]
    for operator, does, function in made:
        function.__doc__ = f"{text[0].upper()}{text[1:]}: {does}."
        PROCESSED_OPERATORS[f"{name}_{operator}"] = function


_file_operator("csv", "a CSV file", PROCESSED, ".csv")
_file_operator("parquet", "a Parquet file", PROCESSED, ".parquet")
_file_operator("schema", "a file of the schemas", "schemas", "")
_file_operator("descriptor", "the descriptor", "", "")


@processed
def file_added(repo: Repository, random: Random) -> Mutant | None:
    """A file that nobody made stands in a folder of the tree."""
    folder = random.choice((PROCESSED, "schemas"))
    path = f"{folder}/{random.choice(('editions (1).csv', '.hidden', 'notes.txt', 'old.parquet'))}"
    return Mutant(path, b"id\n", f"{path}: added")


@processed
def parquet_rewritten(repo: Repository, random: Random) -> Mutant | None:
    """A Parquet file is written again with a change that Parquet allows."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    name = _table(repo, random)
    path = f"{PROCESSED}/{name}.parquet"
    table = pq.read_table(str(repo.root / path))
    column = random.randrange(1, table.num_columns)
    field = table.schema.field(column)
    codec: Literal["snappy", "zstd"] = "snappy"
    match random.choice(("row", "order", "null", "cell", "type", "words", "metadata", "codec")):
        case "row":
            table, what = table.slice(0, table.num_rows - 1), "without its last row"
        case "order":
            table, what = table.take(list(range(table.num_rows))[::-1]), "from the last row"
        case "null":
            table = table.set_column(
                column, field.with_nullable(True), pa.nulls(table.num_rows, field.type)
            )
            what = f"{field.name} is null"
        case "cell":
            values = table.column(column).to_pylist()
            at = random.randrange(len(values))
            values[at] = _another(values, values[at], random)
            table = table.set_column(column, field, pa.array(values, field.type))
            what = f"another value of {field.name}"
        case "type":
            wide = pa.int64() if pa.types.is_int32(field.type) else pa.large_string()
            cast = pc.cast(table.column(column).cast(pa.string()), wide)
            table = table.set_column(column, pa.field(field.name, wide), cast)
            what = f"{field.name} is {wide}"
        case "words":
            other = field.with_metadata({"description": "Something else."})
            table = table.set_column(column, other, table.column(column))
            what = f"{field.name} is described otherwise"
        case "metadata":
            table, what = table.replace_schema_metadata({}), "without its metadata"
        case _:
            codec, what = "zstd", "with another codec"
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression=codec)
    return Mutant(path, sink.getvalue().to_pybytes(), f"{path}: {what}")


# --- processed operators: descriptor --------------------------------------------------------


def _nodes(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in items if isinstance(node, dict | list) else ():
        if isinstance(child, dict | list):
            yield from _nodes(child, (*path, key))
        else:
            yield (*path, key)


def _descriptor(
    repo: Repository, random: Random, change: Callable[[Any, Any], str | None]
) -> Mutant | None:
    content = json.loads(repo.content(DESCRIPTOR))
    path = random.choice(list(_nodes(content)))
    parent = content
    for key in path[:-1]:
        parent = parent[key]
    what = change(parent, path[-1])
    if what is None:
        return None
    changed = (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
    shown = ".".join(map(str, path))
    return Mutant(DESCRIPTOR, changed, f"{DESCRIPTOR}: {shown} {what}")


@processed
def descriptor_value_changed(repo: Repository, random: Random) -> Mutant | None:
    """A value in the descriptor becomes another."""

    def change(parent: Any, key: Any) -> str | None:
        value = parent[key]
        match value:
            case bool():
                parent[key] = not value
            case int():
                parent[key] = value + random.choice((-1, 1))
            case str() if value:
                parent[key] = _misspelt(value, random)
            case _:
                parent[key] = random.choice((None, 1, "x"))
        return f"is {str(parent[key])[:60]!r}"

    return _descriptor(repo, random, change)


@processed
def descriptor_entry_deleted(repo: Repository, random: Random) -> Mutant | None:
    """An entry of the descriptor is lost."""

    def change(parent: Any, key: Any) -> str | None:
        del parent[key]
        return "deleted"

    return _descriptor(repo, random, change)


@processed
def descriptor_entry_added(repo: Repository, random: Random) -> Mutant | None:
    """The descriptor gets an entry, or has one twice."""

    def change(parent: Any, key: Any) -> str | None:
        if isinstance(parent, list):
            parent.insert(key, parent[key])
            return "doubled"
        parent["added"] = "something"
        return "got a neighbour"

    return _descriptor(repo, random, change)


@processed
def descriptor_in_another_order(repo: Repository, random: Random) -> Mutant | None:
    """Two entries of a list in the descriptor change places."""

    def change(parent: Any, key: Any) -> str | None:
        if not isinstance(parent, list) or key + 1 >= len(parent):
            return None
        parent[key : key + 2] = parent[key + 1], parent[key]
        return "swapped with the next"

    return _descriptor(repo, random, change)


def with_hashes(descriptor: bytes, mutant: Mutant) -> bytes | None:
    """Return the descriptor with size and hash of a mutated file, if it names the file."""
    if mutant.content is None:
        return None
    content = json.loads(descriptor)
    for resource in content["resources"]:
        if resource["path"] == mutant.path:
            resource["hash"] = "sha256:" + hashlib.sha256(mutant.content).hexdigest()
            if "bytes" in resource:
                resource["bytes"] = len(mutant.content)
            return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
    return None
