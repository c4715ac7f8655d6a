"""The text of a document that a user has: its own words, or a reading note about it.

A note says in other words what a page says, and quotes the ends of its passages. A text is
normalised once for all passages. Not here: what the text is compared with (verify.py, header.py,
wordings.py).
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from amcc_dataset.curation.statements import Passage
from amcc_dataset.curation.toml_files import Place
from amcc_dataset.disk import files
from amcc_dataset.model import passages
from amcc_dataset.model.findings import Checked, Finding, Location

MAX_BYTES = 1_000_000
"""Largest text that is read, in bytes; a long report has about 200,000."""

MAX_WORK = 100_000_000
"""Most characters of a text times its statements: each statement is searched in all of it."""


class Difference(NamedTuple):
    """A difference between a cell and a text: the rule, the cell, its place, what is wrong."""

    rule: str
    cell: str
    place: Place
    what: str


@dataclass(frozen=True)
class Text:
    """A document's own text, or a reading note about it; `header` has the lines before it."""

    name: str
    header: Mapping[str, str]
    body: str

    @property
    def is_note(self) -> bool:
        """Return whether the header says that this is a note."""
        return self.header.get("body") == "digest"

    @cached_property
    def words(self) -> str:
        """The normalised words of the whole text."""
        return passages.normalise(self.body)

    @cached_property
    def _paragraphs(self) -> tuple[str, list[int]]:
        """The normalised paragraphs, one per line, and where each begins."""
        lines = [passages.normalise(part) for part in re.split(r"\n\s*\n", self.body.strip())]
        return "\n".join(lines), list(accumulate((len(line) + 1 for line in lines), initial=0))

    def passage(self, passage: Passage) -> str | None:
        """Return the normalised words of a passage, or all that a note says about it; else None."""
        if passage.start is None:
            return self.words
        if not self.is_note:
            return passages.cut(self.words, passage.start, passage.end)
        lines = self.body.splitlines()
        first = next((n for n, line in enumerate(lines) if _is_quoted(passage, line)), None)
        if first is None:
            return None
        ends = (n for n, line in enumerate(lines) if n > first and not line.startswith("- "))
        said = [passage.start, passage.end or "", *lines[first + 1 : next(ends, len(lines))]]
        return passages.normalise(" ".join(said))

    def paragraphs_before(self, passage: Passage) -> int | None:
        """Return how many paragraphs come before the one that the locator counts as p1, or None."""
        counted = re.fullmatch("p([0-9]+)", passage.locator)
        if counted is None or passage.start is None:
            return None
        text, begins = self._paragraphs
        at = text.find(passages.normalise(passage.start))
        return (bisect_right(begins, at) if at >= 0 else 0) - int(counted[1])


def _is_quoted(passage: Passage, line: str) -> bool:
    """Return whether a line of a note quotes a passage; inner words of the ends may be missing.

    Examples
    --------
    >>> _is_quoted(Passage("p1", "The Ministers", "in 2019"), '[p1] start "The Ministers" end "met in 2019"')
    True
    """
    locator, found, rest = line.removeprefix("[").partition('] start "')
    if not found or passage.start is None or locator != passage.locator:
        return False
    start, ended, end = rest.removesuffix('"').partition('" end "')
    if not f"{start} ".startswith(f"{passage.start} "):
        return False
    if not ended:
        return passage.end is None
    return f" {end}".endswith(f" {passage.end}")


def read_text(folder: Path, name: str) -> Checked[Text | None]:
    """Return a text, with its header apart if it has one between two lines ---.

    Return None if the file is missing or cannot be read.
    """
    try:
        content = files.read(folder, folder / name, MAX_BYTES).decode("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        remedy = getattr(error, "remedy", "check the file")
        yield Finding("readable_file", Location(name), what, remedy)
        return None
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8"
        yield Finding("readable_file", Location(name), what, "save it as UTF-8")
        return None
    header, body = "", content.replace("\r\n", "\n")
    if body.startswith("---\n"):
        header, _, body = body[4:].partition("\n---\n")
    entries = (line.partition(":") for line in header.split("\n"))
    return Text(name, {key: value.strip() for key, colon, value in entries if colon}, body)
