"""What is wrong, where, by which rule, and what to do about it: one kind of message for all.

A `Finding` is the result of every judgement: of a rule over the tables, of the reader of a
curator's file, of an engine asked about a release. `Findings` collects them; as an exception,
`Failed` carries them to the command line, which prints them without a traceback. Not in here:
any check; those are where the thing checked is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

MOST = 200
"""Findings after which nothing more is looked for, or printed."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is: a line of a file, a cell of a table, or a file of a release.

    Examples
    --------
    >>> print(Location("data/raw/people.toml", 3), Location(table="editions", row_id="amcc-04"))
    data/raw/people.toml:3 editions.amcc-04
    >>> print(Location("a.toml", 3, "editions", "amcc-04", "theme"))
    a.toml:3 (editions.amcc-04.theme)
    """

    path: str | None = None
    line: int | None = None
    table: str | None = None
    row_id: str | None = None
    field: str | None = None

    @property
    def cell(self) -> str:
        """Table, row and field as they are written in the docket; empty without a table."""
        return ".".join(part for part in (self.table, self.row_id, self.field) if part)

    @property
    def key(self) -> tuple[str, int, str, str, str]:
        """What locations are sorted by: file, line as a number, then cell."""
        return (
            self.path or "",
            self.line or 0,
            self.table or "",
            self.row_id or "",
            self.field or "",
        )

    def __str__(self) -> str:
        """Return file and line, the cell, or both."""
        place = self.path or ""
        if self.path and self.line:
            place += f":{self.line}"
        if not self.cell:
            return place or "(unknown place)"
        return f"{place} ({self.cell})" if place else self.cell


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: the rule that it breaks, its place, what is there, the remedy.

    `detail` holds further lines, for example one for each side of a dispute.

    Examples
    --------
    >>> at = Location("data/raw/people.toml", 3)
    >>> print(Finding("known_keys", at, "unknown key 'nmae'", "write 'name'"))
    data/raw/people.toml:3: unknown key 'nmae' -> write 'name' [known_keys]
    """

    rule: str
    location: Location
    what: str
    remedy: str
    detail: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What findings are sorted by: their place first."""
        return (*self.location.key, self.rule, self.what)

    def __str__(self) -> str:
        """Return the text that is printed."""
        head = f"{self.location}: {self.what} -> {self.remedy} [{self.rule}]"
        return "\n".join((head, *(f"    {line}" for line in self.detail)))

    def plain(self) -> dict[str, Any]:
        """Return the finding as what `--json` prints."""
        at = self.location
        return {
            "rule": self.rule,
            "path": at.path,
            "line": at.line,
            "table": at.table,
            "row_id": at.row_id,
            "field": at.field,
            "what": self.what,
            "remedy": self.remedy,
            "detail": list(self.detail),
        }


class Findings:
    """What was found so far; stops the work when there is more than anybody can fix at once."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def add(
        self, rule: str, location: Location, what: str, remedy: str, detail: Iterable[str] = ()
    ) -> None:
        """Add a finding.

        Raises
        ------
        Failed
            If there are now as many as `MOST`: looking up the lines of ever more of them
            would keep a build busy for hours.
        """
        self.extend([Finding(rule, location, what, remedy, tuple(detail))])

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings, one by one; raises `Failed` like `add`."""
        for finding in findings:
            self._found.append(finding)
            if len(self._found) >= MOST:
                raise Failed(self)

    def __iter__(self) -> Iterator[Finding]:
        """Iterate over the findings in the order in which they were added."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return how many were added."""
        return len(self._found)

    def check(self) -> None:
        """Raise `Failed` with all findings if there is one."""
        if self._found:
            raise Failed(self)


class Failed(Exception):  # noqa: N818 - it carries findings, it is not one error
    """What was found wrong, sorted by place without repetition, and no more than `MOST`."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        found = sorted(set(findings), key=lambda finding: finding.key)
        self.findings = found[:MOST]
        self.hidden = len(found) - len(self.findings)
        super().__init__("\n".join(map(str, self.findings)))


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and its remedy.

    Examples
    --------
    >>> print(Problem("data/raw/people.toml:3", "unknown key 'nmae'", "write 'name'"))
    data/raw/people.toml:3: unknown key 'nmae' -> write 'name'
    """

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the line that is printed."""
        return f"{self.where}: {self.what} -> {self.remedy}"


_FIRST = "mend these first"


class Finds(list[Problem]):
    """A list of problems that raises them when there are too many for anybody to mend at once.

    The line of each problem is looked up in its file: without an end, a file of nothing but
    faults would keep a build busy for hours.
    """

    def append(self, problem: Problem) -> None:
        """Add a problem.

        Raises
        ------
        Problems
            If there are now as many as `MOST`.
        """
        super().append(problem)
        if len(self) >= MOST:
            raise Problems([*self, Problem("more", "the rest was not looked at", _FIRST)])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems, one by one."""
        for problem in problems:
            self.append(problem)


class Problems(Exception):  # noqa: N818 - it carries problems, it is not one error
    """What was found wrong, in a stable order without repetition, and no more than `MOST`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        if len(self.problems) > MOST + 1:
            what = f"{len(self.problems) - MOST} problems are not shown"
            self.problems[MOST:] = [Problem("more", what, _FIRST)]
        super().__init__("\n".join(map(str, self.problems)))
