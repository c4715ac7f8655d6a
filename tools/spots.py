"""Where a mistake may happen in a checkout: its values, lines, blocks and cells.

This module uses only the names and types of the columns, not the package's own code for reading
raw files: the verdict on a mistake must not depend on the code that is tested. Not here: the
changes (mutants.py).
"""

import csv
import io
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from amcc_dataset.curation.statements import CLAIMED, COLUMNS
from amcc_dataset.model.columns import Column

RAW = "data/raw"
PROCESSED = "data/processed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A value: its text, its key or column, and the values that it may have.

    `known` has the codes of a vocabulary, the rows that a reference may name, or the states
    that a text may mention.
    """

    key: str
    text: str
    column: Column | None = None
    known: Sequence[str] = ()

    @property
    def coded(self) -> bool:
        """Whether the value is a code."""
        return self.column is not None and self.column.vocabulary is not None

    @property
    def ref(self) -> str | None:
        """The table that the value refers to, if it names a row."""
        return self.column.ref if self.column else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Spot):
    """A value, key or header in a line of a raw file, and what the line is about.

    `table` and `row` belong to the claim or registry entry; `part` is list, source, passage,
    roster, claim, docket, registry, retired, ungrounded or name. `written` is the text in the
    file, with its quotation marks.
    """

    path: str
    number: int
    written: str
    part: str
    table: str = ""
    row: str = ""

    @property
    def place(self) -> str:
        """File and line, for messages."""
        return f"{self.path}:{self.number + 1}"

    @property
    def quoted(self) -> bool:
        """Whether the value is a text."""
        return self.text != self.written

    @property
    def ref(self) -> str | None:
        """The table that the value refers to, if it names a row."""
        if (self.part, self.key) in _SOURCES:
            return "sources"
        if self.key in ("edition", "principal_of"):
            return "editions"
        return self.column.ref if self.column else None


_SOURCES = {("docket", "prefer"), ("docket", "against"), ("ungrounded", "source")}


class Stretch(NamedTuple):
    """Neighbouring lines of a raw file, and what they are."""

    path: str
    begin: int
    end: int
    name: str = ""
    kind: str = ""


@dataclass(slots=True)
class Repository:
    """The files of a checkout, and what operators need to know about them."""

    root: Path
    lines: dict[str, list[str]] = field(default_factory=dict)
    sites: list[Site] = field(default_factory=list)
    said: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)
    states: list[str] = field(default_factory=list)
    basis: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    cells: dict[str, list[list[str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path) -> "Repository":
        """Read a checkout whose release tree is up to date."""
        found = cls(root)
        for path in sorted((root / PROCESSED).glob("*.csv")):
            text = path.read_text(encoding="utf-8")
            found.cells[path.stem] = list(csv.reader(io.StringIO(text, newline="")))
        for path in sorted((root / RAW).rglob("*.toml")):
            text = path.read_text(encoding="utf-8")
            found.lines[path.relative_to(root).as_posix()] = text.splitlines(keepends=True)
        docket = tomllib.loads("".join(found.lines[f"{RAW}/decisions.toml"]))
        found.decided = {entry["cell"] for entry in docket.get("decision", [])}
        actors = tomllib.loads("".join(found.lines[f"{RAW}/actors.toml"]))
        found.states = [entry["name"] for entry in actors.values() if entry["kind"] == "state"]
        header, *claims = found.cells["provenance"]
        keys = [header.index(name) for name in ("table", "row_id", "field", "source_id", "basis")]
        for claim in claims:
            table, row_id, column, source_id, basis = (claim[key] for key in keys)
            found.basis[table, row_id, column, source_id] = basis
        sites = (site for path, lines in found.lines.items() for site in _sites(path, lines))
        found.sites = [replace(site, known=found.known(site)) for site in sites]
        said: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for site in found.sites:
            if site.part == "claim":
                said[site.table, site.row, site.key].append(Path(site.path).stem)
        found.said = dict(said)
        return found

    def content(self, path: str) -> bytes:
        """Return the content of a file of the checkout."""
        return (self.root / path).read_bytes()

    def ids(self, table: str) -> list[str]:
        """Return the keys of the rows of a table."""
        return [row[0] for row in self.cells[table][1:]]

    def known(self, spot: Spot) -> list[str]:
        """Return the values that a spot may have."""
        if spot.column is not None and spot.column.vocabulary is not None:
            return [code.value for code in spot.column.vocabulary]
        return self.states if spot.ref is None else self.ids(spot.ref)

    def table(self, random: Random) -> str:
        """Choose a table, all with the same chance, so that the small ones are tested too."""
        return random.choice([name for name, rows in self.cells.items() if len(rows) > 2])

    def row(self, table: str, number: int) -> list[Spot]:
        """Return the cells of a row of a table."""
        cells = zip(COLUMNS[table].values(), self.cells[table][number], strict=True)
        spots = [Spot(key=column.name, text=text, column=column) for column, text in cells]
        return [replace(spot, known=self.known(spot)) for spot in spots]

    def second(self, site: Site) -> str | None:
        """Return which other document contradicts a change of this claim, if one does."""
        cell = f"{site.table}.{site.row}.{site.key}"
        if site.part != "claim" or {cell, f"{site.table}.{site.row}"} & self.decided:
            return None
        others = list(self.said[site.table, site.row, site.key])
        others.remove(Path(site.path).stem)
        return f"{others[0]} says otherwise" if others else None

    def sort(self, site: Site) -> str:
        """Return the kind of value at a site, for the report."""
        part = site.part
        if part == "claim":
            claim = (site.table, site.row, site.key, Path(site.path).stem)
            part = f"claim, {self.basis.get(claim, '') or 'rejected'}"
        part = {"source": "document's description", "list": "list of cells"}.get(part, part)
        return f"{part}: {site.table or site.part}.{site.key}"

    def keyed(self) -> list[Stretch]:
        """Return the lines that have a key."""
        return [
            Stretch(site.path, site.number, site.number + 1, site.key, self.sort(site))
            for site in self.sites
        ]

    def headers(self) -> list[Stretch]:
        """Return the header lines."""
        return [
            Stretch(site.path, site.number, site.number + 1, f"header {site.text}")
            for site in self._names(r"\[+([^\]]+)\]")
        ]

    def blocks(self) -> list[Stretch]:
        """Return every passage, decision and exception."""
        found = []
        for path, lines in self.lines.items():
            block = r"\[\[(passage|decision|claim)\]"
            begins = [number for number, line in enumerate(lines) if re.match(block, line)]
            found += [Stretch(path, *ends, "block") for ends in pairwise([*begins, len(lines)])]
        return found

    def keys(self) -> list[Site]:
        """Return the keys, except those of lists, which may have any name."""
        return [
            replace(site, key="", text=site.key, written=site.key, part="name", known=())
            for site in self.sites
            if site.part not in ("list", "retired")
        ]

    def rows(self) -> list[Site]:
        """Return the names of rows, both claimed ones and those of a registry."""
        blocks = "passage|source|decision|claim"
        return self._names(rf"\[(?:passage\.[a-z_]+\.)?(?!{blocks})([a-z0-9-]+)\]")

    def claimed_rows(self) -> list[Site]:
        """Return the claimed rows as `table.row`; each may become any row of its table."""
        known = {table: [f"{table}.{key}" for key in self.ids(table)] for table in CLAIMED}
        return [
            replace(site, known=known[site.text.partition(".")[0]])
            for site in self._names(r"\[passage\.([a-z_]+\.[a-z0-9-]+)\]")
        ]

    def _names(self, header: str) -> list[Site]:
        """Return the first group of a pattern in every header that matches it."""
        return [
            Site(key="", text=fit[1], written=fit[1], path=path, number=number, part="name")
            for path, lines in self.lines.items()
            for number, line in enumerate(lines)
            if (fit := re.match(header, line))
        ]


def _sites(path: str, lines: Sequence[str]) -> Iterator[Site]:
    registry = Path(path).stem if "/sources/" not in path else ""
    part = registry if registry in ("retired", "ungrounded") else "list"
    table, row = "", ""
    for number, line in enumerate(lines):
        if header := re.match(r"\[+(?P<name>[^\]]+)\]", line):
            part, table, row = _about(header["name"], registry, (part, table, row))
        elif pair := re.match(r"(?P<key>[\w-]+) = (?P<value>.*)$", line):
            quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', pair["value"])
            yield Site(
                key=pair["key"],
                text=quoted[1] if quoted else pair["value"],
                column=COLUMNS.get(table, {}).get(pair["key"]),
                path=path,
                number=number,
                written=pair["value"],
                part=part,
                table=table,
                row=row,
            )


def _about(name: str, registry: str, before: tuple[str, str, str]) -> tuple[str, str, str]:
    """Return part, table and row of the lines below a header."""
    blocks = {
        "source": ("source", "sources", ""),
        "passage": ("passage", "provenance", ""),
        "passage.roster": ("roster", "participants", ""),
        "decision": ("docket", "decisions", ""),
    }
    if name in blocks:
        return blocks[name]
    if name.startswith("passage."):
        _, table, row = name.split(".", 2)
        return "claim", table, row
    return ("registry", registry, name) if registry in ("actors", "people") else before
