"""Compare what we say about a document with the header of its text.

Not here: what the document says (wordings.py).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from amcc_dataset.curation.documents import Documents
from amcc_dataset.curation.statements import COLUMNS
from amcc_dataset.curation.texts.text import Difference, Text
from amcc_dataset.model import passages


def compare_header(part: Documents, source_id: str, text: Text) -> Iterator[Difference]:
    """Yield what we say about the document that differs from the header of its text."""
    source, header = part.sources[source_id], text.header
    ours = {name: str(source.get(name) or "") for name in COLUMNS["sources"]}
    # A missing header or line is fine; a line with another value is not.
    said = {**ours, "source_type": ours["kind"], "published": _printed(source), **header}
    if header:
        said["copy_of"] = header.get("copy_of", "")
    equal = {name: said[name] == ours[name] for name in ("language", "read", "copy_of")}
    equal["kind"] = said["source_type"] == ours["kind"]
    equal["published_on"] = said["published"] == _printed(source)
    equal["url"] = unquote(said["url"]) == unquote(ours["url"])
    equal["title"] = _words(ours["title"]) in (
        _words(said["title"]),
        _words(re.sub(r"^\(no headline; (.*)\)$|\([^()]*\)$", r"\1", said["title"])),
    )
    equal["publisher"] = _is_publisher(ours["publisher"], said["publisher"])
    place = part.files[source_id].place.at("source")
    for name, same in equal.items():
        if not same:
            cell = f"sources.{source_id}.{name}"
            yield Difference("header_agrees", cell, place.at(name), "differs from the header of")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", passages.normalise(text).casefold())


def _printed(source: Mapping[str, Any]) -> str:
    """Return the date of publication as precisely as it is known: 2018-11 for a month."""
    length = {"year": 4, "month": 7}.get(str(source.get("published_precision")), 10)
    return str(source.get("published_on") or "")[:length]


def _is_publisher(ours: str, printed: str) -> bool:
    """Return whether a publisher is the printed one; ours may omit words in brackets.

    Examples
    --------
    >>> _is_publisher("AsiaOne (The Paper)", "AsiaOne (The Paper, A. Writer)")
    True
    >>> _is_publisher("Ministry", "Ministry of Defence")
    False
    """
    remarks = r"\([^()]*\)"
    # Brackets may contain the writer, and we leave the writer out.
    rest = iter(_words(" ".join(re.findall(remarks, printed))))
    return _words(re.sub(remarks, " ", ours)) == _words(re.sub(remarks, " ", printed)) and all(
        word in rest for word in _words(" ".join(re.findall(remarks, ours)))
    )


def numbers_of_editions(documents: Documents) -> Mapping[str, set[object]]:
    """Return the numbers that any document gives to each edition."""
    numbers: dict[str, set[object]] = defaultdict(set)
    for statement in documents.statements:
        if (statement.table, statement.field) == ("editions", "number"):
            numbers[statement.row_id].add(statement.value)
    return numbers


def compare_editions(
    part: Documents, text: Text, numbers: Mapping[str, set[object]]
) -> Iterator[Difference]:
    """Yield the editions on which a document makes claims, but which its header does not list."""
    if "editions" not in text.header:
        return
    listed = set(map(int, re.findall("[0-9]+", text.header["editions"])))
    spoken = {group.edition_id: group.place for group in part.groups}
    for statement in part.statements:
        if COLUMNS[statement.table][statement.field].ref == "editions":
            spoken.setdefault(str(statement.value), statement.place)
        elif statement.table == "editions":
            spoken.setdefault(statement.row_id, statement.place)
    for edition, place in spoken.items():
        if listed.isdisjoint(numbers.get(edition, ())):
            what = "is not among the editions in the header of"
            yield Difference("editions_are_listed", f"editions.{edition}", place, what)
