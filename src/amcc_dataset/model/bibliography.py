"""References: the dataset and its documents as CSL-JSON, text, BibTeX and RIS.

Every reference is one item of CSL-JSON, the form that reference managers exchange; the other
formats are written from it. Not here: which documents a row rests on (reading/citation.py).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from amcc_dataset.model.vocabularies import DatePrecision, SourceKind

Item = dict[str, Any]

_TYPES = {
    SourceKind.SPEECH: "speech",
    SourceKind.STRATEGY_DOCUMENT: "report",
    SourceKind.JOINT_STATEMENT: "document",
    SourceKind.LEGAL_TEXT: "document",
    SourceKind.NEWS: "article-newspaper",
}
"""The CSL type of each kind of document; any other kind is a webpage."""

_CARRIED = (SourceKind.NEWS, SourceKind.ANALYSIS, SourceKind.REFERENCE)
"""Kinds of documents whose publisher is not listed as their author."""

_DOI = "https://doi.org/"

_RIS = {"dataset": "DATA", "report": "RPRT", "article-newspaper": "NEWS", "webpage": "ELEC"}

_TEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def citation(descriptor: Mapping[str, Any]) -> str:
    """Return the citation of the release with this descriptor, as one line of text."""
    return _line(dataset(descriptor))


def dataset(descriptor: Mapping[str, Any]) -> Item:
    """Return the dataset as an item of CSL-JSON, from the descriptor of its release.

    The release has a DOI if the `id` of its descriptor is one.
    """
    year, month, day = map(int, descriptor["created"][:10].split("-"))
    (creator,) = descriptor["contributors"]
    identifier = descriptor.get("id", "")
    has_doi = identifier.startswith(_DOI)
    return {
        "id": descriptor["name"],
        "type": "dataset",
        "title": descriptor["title"],
        "author": [{"literal": creator["title"]}],
        "issued": {"date-parts": [[year, month, day]]},
        "version": descriptor["version"],
        "note": descriptor["licenses"][0]["name"].replace("-", " "),
        **({"DOI": identifier.removeprefix(_DOI), "URL": identifier} if has_doi else {}),
    }


def document(source: Mapping[str, Any]) -> Item:
    """Return a row of `sources` as an item of CSL-JSON.

    Examples
    --------
    >>> import amcc_dataset as amcc
    >>> row = next(row for row in amcc.rows("sources") if row["id"].startswith("csa-2019-10-02"))
    >>> document(row)["issued"]
    {'date-parts': [[2019, 10, 2]]}
    """
    kind, day = source["kind"], source["published_on"]
    item: Item = {
        "id": source["id"],
        "type": _TYPES.get(kind, "webpage"),
        "title": source["title"],
    }
    if kind in _CARRIED:
        item["container-title"] = source["publisher"]
    else:
        item |= {"author": [{"literal": source["publisher"]}], "publisher": source["publisher"]}
    if day is not None:
        known = {DatePrecision.DAY: 3, DatePrecision.MONTH: 2}.get(source["published_precision"], 1)
        item["issued"] = {"date-parts": [[day.year, day.month, day.day][:known]]}
    if source["url"] is not None:
        seen = source["noted_on"]
        item["URL"] = source["url"]
        item["accessed"] = {"date-parts": [[seen.year, seen.month, seen.day]]}
    item["language"] = source["language"]
    return item


def _date(item: Item, name: str, separator: str = "-") -> str:
    parts = item.get(name, {"date-parts": [[]]})["date-parts"][0]
    return separator.join(f"{part:02}" for part in parts)


def _text(items: list[Item]) -> str:
    return "\n".join(map(_line, items))


def _line(item: Item) -> str:
    if item["type"] == "dataset":
        author, year = item["author"][0]["literal"], _date(item, "issued")[:4]
        edition = f"{item['id']}, version {item['version']}, {year}"
        line = f"{author}, {item['title']} ({edition}), {item['note']}."
    else:
        publisher = item.get("publisher") or item["container-title"]
        line = f"{publisher}, {item['title']} ({_date(item, 'issued') or 'n.d.'})."
    return f"{line} {item['URL']}" if "URL" in item else line


def _csl(items: list[Item]) -> str:
    return json.dumps(items, indent=2, ensure_ascii=False)


def _bibtex(items: list[Item]) -> str:
    return "\n\n".join(map(_entry, items))


def _entry(item: Item) -> str:
    """Write an entry; braces keep capitals, and keep a publisher with a comma one name."""
    year, month, day, *_ = [*_date(item, "issued").split("-"), "", ""]
    fields = {
        "author": f"{{{_tex(item['author'][0]['literal'])}}}" if "author" in item else "",
        "title": f"{{{_tex(item['title'])}}}",
        # Classic BibTeX sorts by this if there is no author.
        "key": "" if "author" in item else _tex(item["container-title"]),
        "howpublished": _tex(item.get("container-title", "")),
        "year": year,
        "note": ", ".join(filter(None, (_version(item), item.get("note", "")))),
        # BibTeX reads addresses as they are; only characters that would end the field are encoded.
        "url": re.sub(r"[{}\\]", lambda found: f"%{ord(found[0]):02X}", item.get("URL", "")),
        "urldate": _date(item, "accessed"),
        "doi": item.get("DOI", ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if month:
        # Not in braces: BibTeX styles define these words for the months.
        lines.append(f"  month = {_MONTHS[int(month) - 1]},")
    if day:
        lines.append(f"  day = {{{int(day)}}},")
    return "\n".join([f"@misc{{{item['id']},", *lines, "}"])


def _tex(text: str) -> str:
    r"""Escape a text for TeX, which would also turn two hyphens into one dash.

    >>> print(_tex("50% -- a_b"))
    50\% -{}- a\_b
    """
    return re.sub("-(?=-)", "-{}", text.translate(_TEX))


def _version(item: Item) -> str:
    return f"Version {item['version']}" if "version" in item else ""


def _ris(items: list[Item]) -> str:
    return "\r\n".join(line for item in items for line in _tags(item))


def _tags(item: Item) -> Iterator[str]:
    """Yield the lines of a reference.

    Readers of RIS take the part of a name after a comma as a first name, so a publisher with a
    comma is not written as an author. In an address, they take the part after a semicolon as
    another address, so semicolons are encoded.
    """
    authors = [author["literal"] for author in item.get("author", [])]
    tags = [
        ("ID", item["id"]),
        *(("AU", author) for author in authors if "," not in author),
        ("TI", item["title"]),
        ("T2", item.get("container-title")),
        ("PB", item.get("publisher")),
        ("PY", _date(item, "issued")[:4]),
        ("DA", _date(item, "issued", "/")),
        ("ET", item.get("version")),
        ("N1", item.get("note")),
        ("LA", item.get("language")),
        ("UR", item.get("URL", "").replace(";", "%3B")),
        ("Y2", _date(item, "accessed", "/")),
        ("DO", item.get("DOI")),
    ]
    yield f"TY  - {_RIS.get(item['type'], 'GEN')}"
    yield from (f"{tag}  - {value}" for tag, value in tags if value)
    yield "ER  - "


FORMATS: dict[str, Callable[[list[Item]], str]] = {
    "text": _text,
    "bibtex": _bibtex,
    "csl-json": _csl,
    "ris": _ris,
}
"""The writer of each format, by the name of the format."""
