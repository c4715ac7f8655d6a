"""What is wrong, where, by which rule, and what to do about it: one kind of message for all.

All checks report findings: the rules on the tables, the readers of curators' files, the engines
that validate a release. `Findings` collects them. The exception `Failed` carries them to the
command line, which prints them without a traceback. Not here: any check; each is in the module
of what it checks.
"""

import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 200
"""The number of findings after which a check stops; no more are printed."""


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
        """Table, row and field as in the docket; empty without a table."""
        return ".".join(part for part in (self.table, self.row_id, self.field) if part)

    @property
    def key(self) -> tuple[str, int, str, str, str]:
        """The sort key: file, line as a number, then cell."""
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
    """One thing that is wrong: the broken rule, the place, what is there, and the remedy.

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
        """The sort key: the place first."""
        return (*self.location.key, self.rule, self.what)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that are printed: what is wrong and the remedy, then the details."""
        head = f"{self.location}: {self.what} -> {self.remedy} [{self.rule}]"
        return head, *(f"    {line}".rstrip() for line in self.detail)

    def __str__(self) -> str:
        """Return the text that is printed."""
        return "\n".join(self.lines)

    def plain(self) -> dict[str, Any]:
        """Return the finding as the dict that `--json` prints."""
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


Checked = Generator[Finding, None, T]
"""The type of a check: it yields findings and returns its result.

The result is None if the check could make nothing of its input. A check calls another with
``yield from``. `Findings.take` runs a check, returns its result and stops at too many findings.
"""


class Findings:
    """The findings so far, each once; raises if there are more than a person can fix."""

    def __init__(self) -> None:
        self._found: dict[Finding, None] = {}

    def take(self, check: Checked[T]) -> T:
        """Add what a check yields, and return its result.

        Raises
        ------
        Failed
            If there are now `MOST` findings: a file full of faults would keep a build busy for
            hours.

        Examples
        --------
        >>> def number(text: str) -> Checked[int | None]:
        ...     if not text.isdigit():
        ...         yield Finding("whole_number", Location("x.toml", 1), f"is {text!r}", "write one")
        ...         return None
        ...     return int(text)
        >>> findings = Findings()
        >>> findings.take(number("12")), findings.take(number("twelve")), len(findings)
        (12, None, 1)
        """
        while True:
            try:
                self._found[next(check)] = None
            except StopIteration as done:
                result: T = done.value
                return result
            if len(self._found) >= MOST:
                raise Failed(self)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings, one by one; raises `Failed` like `take`."""

        def each() -> Checked[None]:
            yield from findings

        self.take(each())

    def __iter__(self) -> Iterator[Finding]:
        """Iterate over the findings in the order in which they were added."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return how many different findings were added."""
        return len(self._found)

    def check(self) -> None:
        """Raise `Failed` with all findings if there are any."""
        if self._found:
            raise Failed(self)


class Failed(Exception):  # noqa: N818 - it carries findings, it is not one error
    """An error with findings: sorted by place, each once, and at most `MOST` of them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        found = sorted(set(findings), key=lambda finding: finding.key)
        self.findings = found[:MOST]
        self.hidden = len(found) - len(self.findings)
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self) -> tuple[object, ...]:
        """Support copying and pickling, which would otherwise keep the text only."""
        return type(self), (self.findings,), self.__dict__


@contextmanager
def worded(rule: str, remedy: str) -> Iterator[None]:
    """Turn an error of the file system into a finding.

    If the error has a remedy of its own, that one is used.

    Raises
    ------
    Failed
        Instead of an `OSError`.

    Examples
    --------
    >>> with worded("readable_file", "check the path"):
    ...     open("no such file")
    Traceback (most recent call last):
    amcc_dataset.model.findings.Failed: no such file: No such file or directory -> check the path...
    """
    try:
        yield
    except OSError as error:
        at = Location(os.fsdecode(error.filename) if error.filename else None)
        what = error.strerror or str(error)
        raise Failed([Finding(rule, at, what, getattr(error, "remedy", remedy))]) from None
