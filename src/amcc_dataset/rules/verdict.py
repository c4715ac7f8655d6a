"""The result of checking a user's own rows: the findings as text, page, frame or error.

Not here: the check itself (check.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from amcc_dataset import __version__
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.findings import Finding

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 25
"""The number of findings that a verdict prints; `frame` has all."""


@dataclass(frozen=True, slots=True)
class RowFinding(Finding):
    """A finding on a user's own rows: the position of the row, counted from 0, and the value.

    `position` is None if the finding is on a whole column, or on a row of the release.
    """

    position: int | None = None
    value: Any = None

    def __str__(self) -> str:
        """Return the line that is printed."""
        at = self.location
        if at.path is not None:
            return Finding.__str__(self)
        place = ", ".join(part for part in (at.table, self.row, _shown(at.field)) if part)
        return f"{place}: {self.what} -> {self.remedy} [{self.rule}]"

    @property
    def row(self) -> str:
        """The row by its position and id, or as one of the release; empty for a whole column."""
        row_id = _shown(self.location.row_id)
        if self.position is None:
            return f"{row_id} of the release" if row_id else ""
        return f"row {self.position} ({row_id})" if row_id else f"row {self.position}"

    def of_column(self) -> "RowFinding":
        """Return the finding as one on the whole column, with the value as an example."""
        at = replace(self.location, row_id=None, line=None)
        return replace(self, location=at, position=None)

    def plain(self) -> dict[str, Any]:
        """Return the finding as the dict that `--json` prints."""
        value = self.value if isinstance(self.value, str | int | None) else str(self.value)
        return Finding.plain(self) | {"position": self.position, "value": value}


def _shown(name: str | None) -> str:
    """Return a given name, escaped and shortened so that it fits into a line."""
    return (name if name.isprintable() else repr(name))[:80] if name else ""


def note_of(cut: Iterable[str]) -> str:
    """Return the line on the rules that found more than is listed."""
    return f"These rules found more problems than are listed: {', '.join(cut)}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of `check`: what is wrong with your rows, if anything.

    Attributes
    ----------
    findings
        What is wrong, row by row; each names its rule, row, column and value, and a remedy.
    rows
        How many rows were checked, by table.
    with_release
        Whether they were checked together with the rows of the release.
    cut
        The rules that found more than is listed here.

    Examples
    --------
    >>> from amcc_dataset import check, rows
    >>> check(rows("editions"), "editions").ok
    True
    """

    findings: tuple[RowFinding, ...]
    rows: Mapping[str, int]
    with_release: bool
    cut: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def __bool__(self) -> bool:
        """Return whether nothing was found."""
        return self.ok

    def raise_(self) -> None:
        """Raise an error if something was found.

        Raises
        ------
        ValueError
            With the text that `str` gives.
        """
        if not self.ok:
            raise ValueError(str(self))

    def frame(self) -> "pd.DataFrame":
        """Return the findings as a pandas frame.

        Returns
        -------
        pandas.DataFrame
            One row per finding, by table, row and column. The rules that found more than is
            listed are in `attrs["cut"]`. Without findings, the frame is empty and has the same
            columns:

            * `table` (text): name of the table
            * `position` (Int64): the position of your row, counted from 0; null if the finding is
              on a whole column, or on a row of the release
            * `row_id`, `column` (text): key of the row, name of the column
            * `value` (text): what the cell holds
            * `rule` (text): name of the rule that is broken
            * `what`, `remedy` (text): what is wrong, and how to fix it

        Examples
        --------
        >>> from amcc_dataset import check, rows
        >>> mine = rows("editions")[-1] | {"format": "onsite"}
        >>> check([mine], "editions").frame()["column"].tolist()
        ['format']
        """
        import pandas as pd

        found = [
            (
                finding.location.table,
                finding.position,
                finding.location.row_id,
                finding.location.field,
                None if finding.value is None else to_text(finding.value),
                finding.rule,
                finding.what,
                finding.remedy,
            )
            for finding in self.findings
        ]
        names = ["table", "position", "row_id", "column", "value", "rule", "what", "remedy"]
        columns = list(zip(*found, strict=True)) or [()] * len(names)
        frame = pd.DataFrame(
            {
                name: pd.Series(list(cells), dtype="Int64" if name == "position" else "str")
                for name, cells in zip(names, columns, strict=True)
            }
        )
        frame.attrs["cut"] = list(self.cut)
        return frame

    def lines(self, most: int | None = None) -> Iterator[str]:
        """Yield the lines to print: a summary, then findings, at most `most`, one per line."""
        yield self._summary()
        yield from map(str, self.findings[:most])
        if most is not None and len(self.findings) > most:
            yield f"... and {len(self.findings) - most} more, which .frame() lists"
        if self.cut:
            yield note_of(self.cut)

    def _summary(self) -> str:
        counts = [
            f"{size:,} row{'s' * (size != 1)} of {table}" for table, size in self.rows.items()
        ]
        how = f"with release {__version__}" if self.with_release else "alone"
        count = f"{len(self.findings):,}{'+' * bool(self.cut)}" if self.findings else "no"
        return f"{', '.join(counts)} checked {how}: {count} problem{'s' * (count != '1')}"

    def __repr__(self) -> str:
        """Return the summary and the first findings."""
        return "\n".join(self.lines(SHOWN))

    __str__ = __repr__

    def _repr_html_(self) -> str:
        """Return a table for a notebook."""
        head, *rest = self.lines(SHOWN)
        shown = self.findings[:SHOWN]
        names = ("table", "row", "column", "what is wrong", "remedy", "rule")
        rows = [
            (
                *(finding.location.table or "", finding.row, _shown(finding.location.field)),
                *(finding.what, finding.remedy, finding.rule),
            )
            for finding in shown
        ]
        lines = [names, *rows] if rows else []
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>"
            for line in lines
        )
        notes = "".join(f"<p>{escape(line)}</p>" for line in rest[len(shown) :])
        return f"<p>{escape(head)}</p><table>{body}</table>{notes}"
