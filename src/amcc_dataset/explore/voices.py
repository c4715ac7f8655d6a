"""Documents as a line of text names them: publisher, whose text it is, and where it was found.

Whose text it is and where it was found are two things: a press release of the host is the
host's text also on the site of another government, which is then named. Every passage has a
number, by which the page finds its words. Not here: passages and claims as data of the page
(store.py).
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from amcc_dataset.model.cells import to_text
from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.vocabularies import Tier
from amcc_dataset.model.words import when

Plain = dict[str, Any]
Passage = tuple[Any, ...]

PASSAGE = ("source_id", "locator", "start", "end", "span_sha256")
"""The columns of a claim that say in which document it is, and where."""


def passage_of(claim: Row) -> Passage:
    """Return in which document a claim is, and where."""
    return tuple(claim[name] for name in PASSAGE)


def place(url: str | None) -> str:
    """Return the site on which a document was found; the empty text if it has no address.

    Examples
    --------
    >>> place("https://www.csa.gov.sg/news/press-releases/amcc-release-2019")
    'csa.gov.sg'
    """
    return (urlsplit(url or "").hostname or "").removeprefix("www.").rstrip(".")


class Voices:
    """The documents of one release, each as a line of text names it.

    Parameters
    ----------
    data
        The tables.
    """

    def __init__(self, data: Dataset) -> None:
        self._data = data

    @cached_property
    def numbers(self) -> dict[Passage, int]:
        """The number of every passage, in the order of the documents."""

        def order(passage: Passage) -> tuple[object, ...]:
            parts = re.split(r"([0-9]+)", " ".join(map(to_text, passage[1:])))
            counted = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
            return passage[0], counted

        passages = {passage_of(claim) for claim in self._data["provenance"]}
        return {passage: number for number, passage in enumerate(sorted(passages, key=order), 1)}

    @cached_property
    def _rows(self) -> dict[str, int]:
        """The number of every document in its table, for a short address."""
        return {
            source_id: number for number, source_id in enumerate(self._data.by_id("sources"), 1)
        }

    def one(self, source_id: str, number: int | None = None) -> Plain:
        """Return a document, with the number of the passage if one is given."""
        source = self._data.by_id("sources")[source_id]
        published = source["published_on"]
        return {
            "source_id": source_id,
            "row": self._rows[source_id],
            "passage": number,
            "publisher": source["publisher"],
            "title": source["title"],
            "language": source["language"],
            "read": source["read"],
            "of_host": source["tier"] == Tier.HOST_PRIMARY,
            "place": place(source["url"]),
            "is_copy": source["copy_of"] is not None,
            "published": when(published, source["published_precision"]) if published else "undated",
        }

    def of(self, claims: Iterable[Row]) -> list[Plain]:
        """Return the documents of claims, each once, the nearest to the conference first."""
        tiers, sources = list(Tier), self._data.by_id("sources")
        first: dict[str, Row] = {}
        for claim in claims:
            first.setdefault(claim["source_id"], claim)

        def order(source_id: str) -> tuple[object, ...]:
            source = sources[source_id]
            published = to_text(source["published_on"]) or "undated"
            return tiers.index(source["tier"]), source["copy_of"] is not None, published

        return [
            self.one(source_id, self.numbers[passage_of(first[source_id])])
            for source_id in sorted(first, key=order)
        ]

    def on(self, table: str, row_id: str, field: str) -> list[Plain]:
        """Return the documents that support the value of a cell."""
        return self.of(self._data.standing(table, row_id, field))
