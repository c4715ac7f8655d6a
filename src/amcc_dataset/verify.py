"""Whether claims agree with the texts of the documents that a user has.

`verify` takes a checkout and a folder with one text per document, named after the source.
A document's own text is re-hashed passage by passage against the digests in data/raw; a
reading note, which tells in other words what a page says and quotes its passages' ends, is
searched for these. In both, each stated value has to stand in one of its written forms.
What a person has looked at and found right in another form is listed, with the reason, in
data/raw/ungrounded.toml; an entry that is no longer needed is a problem. Not in here: how
a passage is cut and digested (evidence.py), and any network.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from amcc_dataset import build, evidence, places, vocab
from amcc_dataset.claims import COLUMNS, Claim, Documents, Passage, read_documents
from amcc_dataset.problems import Problem, Problems

UNGROUNDED = "data/raw/ungrounded.toml"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_CURRENCIES = {
    "SGD": ("S$", "SGD", "SG$", "Singapore dollar"),
    "USD": ("US$", "USD", "U.S. dollar", "US dollar", "dollars"),
}
_BUDDHIST_ERA = 543
"""Years that a Thai document counts more."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document's own text, or a reading note about it."""

    path: Path
    body: str
    is_note: bool

    def passage(self, passage: Passage) -> str | None:
        """Return the normalised words of a passage; of a note, the line that quotes it."""
        if passage.start is None:
            return evidence.normalise(self.body)
        if not self.is_note:
            return evidence.span(self.body, passage.start, passage.end)
        quoted = f'[{passage.locator}] start "{passage.start}"'
        quoted += f' end "{passage.end}"' if passage.end else ""
        return quoted if quoted in self.body.splitlines() else None


@dataclass(frozen=True, slots=True)
class Report:
    """How much of the claims was compared with texts."""

    documents: int
    whole: int
    passages: int
    digests: int
    values: int
    excepted: int
    filled: int

    def __str__(self) -> str:
        """Return the line that is printed."""
        filled = f"{self.filled} digests filled in, " if self.filled else ""
        return (
            f"{self.documents} documents compared, {self.whole} of them in their own words: "
            f"{self.passages} passages found, {filled}{self.digests} equal by digest; "
            f"{self.values} stated values found, {self.excepted} excepted in {UNGROUNDED}"
        )


def verify(root: Path, folder: Path, *, fill: bool = False) -> Report:
    """Compare the claims of the checkout `root` with the texts in `folder`.

    Parameters
    ----------
    root
        A checkout.
    folder
        Folder with a file ``<source-id>.txt`` per document; documents without one are
        passed over.
    fill
        Write the digest of a passage into data/raw where it is missing.

    Raises
    ------
    Problems
        With every passage that is not found, every digest that differs, and every stated
        value that does not stand in its text.
    """
    problems: list[Problem] = []
    return verify_documents(read_documents(root, problems), root, folder, problems, fill=fill)


def verify_documents(
    documents: Documents, root: Path, folder: Path, problems: list[Problem], *, fill: bool = False
) -> Report:
    """Compare the claims of some documents of the checkout with the texts, as `verify` does.

    `problems` holds what reading the documents found.
    """
    names = _names(root, problems)
    excepted = _read_excepted(root, problems)
    if problems:
        raise Problems(problems)
    texts = {source: _read(folder / f"{source}.txt") for source in documents.sources}
    if not any(texts.values()):
        what = "holds no text of any source"
        raise Problems([Problem(str(folder), what, "name a folder with <source-id>.txt files")])
    passages = digests = values = filled = 0
    needed: set[tuple[str, str]] = set()
    for source_id, text in texts.items():
        if text is None:
            continue
        for passage, place in _passages(documents, source_id):
            words = text.passage(passage)
            if words is None:
                what = f"passage {passage.locator} does not stand in {text.path.name}"
                problems.append(Problem(str(place), what, "correct start and end"))
                continue
            passages += 1
            if text.is_note:
                continue
            actual = evidence.digest(words)
            if passage.sha256 == actual:
                digests += 1
            elif passage.sha256 is None and fill:
                _fill(place, actual)
                filled += 1
            else:
                what = f"passage {passage.locator} has the digest {actual}"
                remedy = "read the passage again, then correct sha256, or run with --fill"
                problems.append(Problem(str(place.at("sha256")), what, remedy))
        for claim in _stated(documents, source_id):
            if _stands(claim, text, names):
                values += 1
            elif (".".join(claim.cell), source_id) in excepted:
                needed.add((".".join(claim.cell), source_id))
            else:
                what = f"{'.'.join(claim.cell)} = {claim.value} does not stand in {text.path.name}"
                remedy = f"mark it as inferred, correct it, or give the reason in {UNGROUNDED}"
                problems.append(Problem(str(claim.place), what, remedy))
    for key in excepted.keys() - needed:
        if texts.get(key[1]) is not None:
            what = f"{key[0]} by {key[1]} is excepted without need"
            problems.append(Problem(str(excepted[key]), what, "delete the entry"))
    if problems:
        raise Problems(problems)
    found = [text for text in texts.values() if text is not None]
    whole = sum(not text.is_note for text in found)
    return Report(len(found), whole, passages, digests, values, len(needed), filled)


def _read(path: Path) -> Text | None:
    """Return a text without its header; a header that says `body: digest` marks a note."""
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    header, body = "", content
    if content.startswith("---\n"):
        header, _, body = content[4:].partition("\n---\n")
    is_note = re.search(r"^body: *digest$", header, re.MULTILINE) is not None
    return Text(path, content if is_note else body, is_note)


def _names(root: Path, problems: list[Problem]) -> dict[str, list[str]]:
    """Return the written forms of every actor and person by id."""
    entries = [
        entry
        for table in ("actors", "people")
        for entry in build.read_entries(root, table, {}, problems)
    ]
    return {
        entry["id"]: [entry.get("name", ""), entry.get("short_name", ""), *entry["aliases"]]
        for entry in entries
    }


def _read_excepted(root: Path, problems: list[Problem]) -> dict[tuple[str, str], places.Place]:
    loaded = places.load(root / UNGROUNDED, root, problems)
    if loaded is None:
        return {}
    raw, place = loaded
    found = {}
    for index, entry in enumerate(raw.get("claim", [])):
        at = place.in_block("claim", index)
        if not isinstance(entry, dict) or set(entry) != {"cell", "source", "reason"}:
            problems.append(Problem(str(at), "is no exception", "give cell, source and reason"))
            continue
        found[str(entry["cell"]), str(entry["source"])] = at
    return found


def _passages(documents: Documents, source_id: str) -> Iterator[tuple[Passage, places.Place]]:
    seen = set()
    claims = [
        (claim.passage, claim.place) for claim in documents.claims if claim.source_id == source_id
    ]
    rosters = [
        (entry.passage, entry.place) for entry in documents.rosters if entry.source_id == source_id
    ]
    for passage, place in claims + rosters:
        if passage is not None and passage not in seen:
            seen.add(passage)
            yield passage, places.Place(place.path, place.shown, place.block)


def _stated(documents: Documents, source_id: str) -> Iterator[Claim]:
    for claim in documents.claims:
        if claim.source_id == source_id and claim.basis is vocab.Basis.STATED:
            yield claim


def _fill(place: places.Place, digest: str) -> None:
    """Write a digest below the locator of a passage."""
    assert place.block is not None
    lines = place.path.read_text(encoding="utf-8").splitlines(keepends=True)
    key = place.at("end")
    number = int(str(key).rpartition(":")[2])
    lines.insert(number, f'sha256 = "{digest}"\n')
    place.path.write_text("".join(lines), encoding="utf-8")


def _stands(claim: Claim, text: Text, names: Mapping[str, list[str]]) -> bool:
    assert claim.value is not None
    assert claim.passage is not None
    words = evidence.normalise(text.body) if text.is_note else text.passage(claim.passage)
    if words is None:
        return False
    forms = written_forms(claim, names)
    return any(re.search(form, words, re.IGNORECASE) is not None for form in forms)


def written_forms(claim: Claim, names: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield regular expressions for the forms in which a claim's value may be written.

    Dates in words or figures, also within a range of days; numbers as figures, ordinals
    and millions; actors and people by each of their names; a currency by its signs; any
    other text as it is.
    """
    value = claim.value
    if isinstance(value, dt.date):
        yield from _date_forms(value)
    elif isinstance(value, int):
        yield from (rf"(?<![0-9.,]){form}(?![0-9])" for form in _number_forms(claim.field, value))
    else:
        yield from map(_literal, _text_forms(claim, str(value), names))


def _literal(text: str) -> str:
    return re.escape(evidence.normalise(text))


def _text_forms(claim: Claim, value: str, names: Mapping[str, list[str]]) -> Iterator[str]:
    if COLUMNS[claim.table][claim.field].ref in ("actors", "people"):
        yield from filter(None, names.get(value, ()))
    elif claim.field == "currency":
        yield from _CURRENCIES.get(value, (value,))
    elif claim.field == "umbrella_event":
        yield from (value, "Singapore International Cyber Week", "SICW")
    else:
        yield value


def _date_forms(day: dt.date) -> Iterator[str]:
    month = _MONTHS[day.month - 1]
    name = rf"{month[:3]}(?:t|{month[3:]})?\b"
    one = rf"0?{day.day}(?:st|nd|rd|th)?"
    other = r"[0-9]{1,2}(?:st|nd|rd|th)?"
    to = r" ?(?:-|to|and|until) ?"
    yield rf"(?<![0-9])(?:{other}{to})?{one}(?:{to}{other})? {name}"
    yield rf"{name} (?:{other}{to})?{one}(?![0-9])"
    yield rf"{day.isoformat()}|(?<![0-9]){day.day}/{day.month}/{day.year}"
    if day.day == 1:
        yield rf"{name} {day.year}|{day.isoformat()[:7]}(?![0-9])"
        if day.month == 1:
            yield rf"(?<![0-9]){day.year}(?![0-9])"


def _number_forms(field: str, number: int) -> Iterator[str]:
    yield str(number)
    yield f"{number:,}"
    if field == "year":
        yield str(number + _BUDDHIST_ERA)
    if field == "number":
        yield rf"{number}(?:st|nd|rd|th)"
        yield from (rf"\b{word}" for word in _ORDINALS[number - 1 : number])
        if number == 1:
            yield r"\binaugural"
    if number >= 100_000:
        yield rf"{re.escape(f'{number / 1_000_000:g}')} ?(?:million|m|mil)\b"
