"""Whether claims agree with the texts of the documents that a user has.

`verify` takes a checkout and a folder with one text per document, named after the source.
A document's own text is re-hashed passage by passage against the digests in data/raw, and
its paragraphs are counted; a reading note, which tells in other words what a page says and
quotes its passages' ends, is searched for these. In both, each stated value has to stand in
its passage in one of its written forms, our own wordings may bring no number and no name
that the document has not, and what a header says of the document has to be what we say.
What a person has looked at and found right in another form is listed, with the reason, in
data/raw/ungrounded.toml; an entry that is no longer needed is a problem. Not in here: how
a passage is cut and digested (evidence.py), and any network.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from amcc_dataset import build, evidence, files, places, vocab
from amcc_dataset.claims import COLUMNS, Claim, Documents, Passage, read_documents
from amcc_dataset.problems import Problem, Problems
from amcc_dataset.schema import Policy

UNGROUNDED = "data/raw/ungrounded.toml"

MAX_BYTES = 10_000_000
"""Largest text that is read."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_CURRENCIES = {
    "SGD": r"(?<!\w)S\$|SGD|SG\$|Singapore dollar",
    "USD": r"US\$|USD|U\.?S\.? dollar|(?<!Singapore )dollars",
}
_BUDDHIST_ERA = 543
"""Years that a Thai document counts more."""
_EVERYWHERE = "asean"
"""The actor that our wordings may name whether or not the passage does."""

Names = Mapping[str, list[str]]
"""The written forms of every actor and person by id."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document's own text, or a reading note about it; `header` is what stands before it."""

    name: str
    header: Mapping[str, str]
    body: str

    @property
    def is_note(self) -> bool:
        """Tell whether this is a note, which its header says."""
        return self.header.get("body") == "digest"

    def passage(self, passage: Passage) -> str | None:
        """Return the normalised words of a passage; of a note, all that it tells of it."""
        if passage.start is None:
            return evidence.normalise(self.body)
        if not self.is_note:
            return evidence.span(self.body, passage.start, passage.end)
        quoted = f'[{passage.locator}] start "{passage.start}"'
        quoted += f' end "{passage.end}"' if passage.end else ""
        lines = self.body.splitlines()
        if quoted not in lines:
            return None
        first = lines.index(quoted)
        ends = (n for n, line in enumerate(lines) if n > first and not line.startswith("- "))
        return evidence.normalise(" ".join(lines[first : next(ends, len(lines))]))

    def paragraph(self, passage: Passage) -> int | None:
        """Return how many paragraphs before the one with the passage are not counted."""
        counted = re.fullmatch("p([0-9]+)", passage.locator)
        if counted is None or passage.start is None:
            return None
        start = evidence.normalise(passage.start)
        paragraphs = re.split(r"\n\s*\n", self.body.strip())
        found = (n for n, words in enumerate(paragraphs, 1) if start in evidence.normalise(words))
        return next(found, 0) - int(counted[1])


@dataclass(frozen=True, slots=True)
class Report:
    """How much of the claims was compared with texts."""

    documents: int
    whole: int
    passages: int
    digests: int
    values: int
    wordings: int
    excepted: int
    filled: int

    def __str__(self) -> str:
        """Return the line that is printed."""
        filled = f"{self.filled} digests filled in, " if self.filled else ""
        return (
            f"{self.documents} documents compared, {self.whole} of them in their own words: "
            f"{self.passages} passages found, {filled}{self.digests} equal by digest; "
            f"{self.values} stated values found, {self.wordings} wordings without a number or name "
            f"of their own, {self.excepted} excepted in {UNGROUNDED}"
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
    texts = {
        source_id: text
        for source_id in documents.sources
        if (text := _read(folder, f"{source_id}.txt", problems)) is not None
    }
    if not texts and not problems:
        what = "holds no text of any source"
        raise Problems([Problem(str(folder), what, "name a folder with <source-id>.txt files")])
    passages = digests = values = wordings = filled = 0
    needed: set[tuple[str, str]] = set()

    def report(cell: str, source_id: str, place: object, what: str) -> None:
        if (cell, source_id) in excepted:
            needed.add((cell, source_id))
        else:
            remedy = f"correct it, mark it as inferred, or give the reason in {UNGROUNDED}"
            problems.append(Problem(str(place), f"{cell} {what}", remedy))

    for source_id, text in texts.items():
        place = documents.places[source_id]
        for name, said in _header(documents.sources[source_id], text):
            at = place.at("source", name)
            report(f"sources.{source_id}.{name}", source_id, at, f"is {said!r} in {text.name}")
        skipped: set[int] = set()
        for passage, place in _passages(documents, source_id):
            words = text.passage(passage)
            if words is None:
                what = f"passage {passage.locator} does not stand in {text.name}"
                problems.append(Problem(str(place), what, "correct start and end"))
                continue
            passages += 1
            if text.is_note:
                continue
            if (before := text.paragraph(passage)) is not None:
                skipped.add(before)
            if len(skipped) > 1:
                what = f"passage {passage.locator} is not that paragraph of {text.name}"
                remedy = "count the paragraphs again, all from the same one"
                problems.append(Problem(str(place.at("at")), what, remedy))
                skipped.pop()
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
        for claim in documents.claims:
            if claim.source_id != source_id:
                continue
            lacking = None
            if claim.basis is vocab.Basis.STATED:
                lacking = None if _stands(claim, text, names) else str(claim.value)
                values += lacking is None
            elif claim.basis is vocab.Basis.CODED and _is_wording(claim):
                lacking = next(_additions(str(claim.value), text, names), None)
                wordings += lacking is None
            if lacking is not None:
                what = f"has {lacking!r}, which does not stand in {text.name}"
                report(".".join(claim.cell), source_id, claim.place, what)
    for key in excepted.keys() - needed:
        if key[1] in texts:
            what = f"{key[0]} by {key[1]} is excepted without need"
            problems.append(Problem(str(excepted[key]), what, "delete the entry"))
    if problems:
        raise Problems(problems)
    whole = sum(not text.is_note for text in texts.values())
    return Report(len(texts), whole, passages, digests, values, wordings, len(needed), filled)


def _read(folder: Path, name: str, problems: list[Problem]) -> Text | None:
    """Return a text and, apart from it, the header that it may have between two lines ---."""
    try:
        content = files.read(folder, folder / name, MAX_BYTES).decode("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        problems.append(Problem(name, f"cannot be read: {error.strerror}", "check the file"))
        return None
    except UnicodeDecodeError as error:
        problems.append(Problem(name, f"byte {error.start} is not UTF-8", "save it as UTF-8"))
        return None
    header, body = "", content.replace("\r\n", "\n")
    if body.startswith("---\n"):
        header, _, body = body[4:].partition("\n---\n")
    return Text(name, dict(re.findall(r"^(\w+): *(.*?) *$", header, re.MULTILINE)), body)


def _header(source: Mapping[str, Any], text: Text) -> Iterator[tuple[str, str]]:
    """Yield what the header of a text says otherwise than we of the document."""
    said = {
        name: text.header[name] for name in ("language", "read", "copy_of") if name in text.header
    }
    for name, value in said.items():
        if value != str(source.get(name) or ""):
            yield name, value
    url = text.header.get("url")
    if url and unquote(url) != unquote(str(source.get("url", ""))):
        yield "url", url
    published = text.header.get("published")
    if published and not str(source.get("published_on", "")).startswith(published):
        yield "published_on", published
    title = re.sub(r"[\[\]]", "", text.header.get("title", ""))
    ours = re.sub(r"[\[\]]", "", str(source.get("title", "")))
    if title and evidence.normalise(ours).casefold() not in evidence.normalise(title).casefold():
        yield "title", title


def _names(root: Path, problems: list[Problem]) -> Names:
    entries = [
        entry
        for table in ("actors", "people")
        for entry in build.read_entries(root, table, {}, problems)
    ]
    return {
        entry["id"]: [
            name for key in ("name", "short_name") if (name := entry.get(key)) is not None
        ]
        + entry["aliases"]
        for entry in entries
    }


def _read_excepted(root: Path, problems: list[Problem]) -> dict[tuple[str, str], places.Place]:
    loaded = places.load(root / UNGROUNDED, root, problems)
    if loaded is None:
        return {}
    raw, place = loaded
    found: dict[tuple[str, str], places.Place] = {}
    known = {path.stem for path in (root / "data" / "raw" / "sources").glob("*.toml")}
    entries = raw.get("claim", [])
    if set(raw) - {"claim"} or not isinstance(entries, list):
        problems.append(Problem(str(place), "is no list of exceptions", "write [[claim]]"))
        return {}
    for index, entry in enumerate(entries):
        at = place.in_block("claim", index)
        if not isinstance(entry, dict) or set(entry) != {"cell", "source", "reason"}:
            problems.append(Problem(str(at), "is no exception", "give cell, source and reason"))
        elif not all(isinstance(value, str) and value for value in entry.values()):
            problems.append(Problem(str(at), "has an entry that is no text", 'write "…"'))
        elif entry["source"] not in known:
            remedy = places.one_of(entry["source"], known)
            problems.append(Problem(str(at), f"unknown source {entry['source']!r}", remedy))
        elif found.setdefault((entry["cell"], entry["source"]), at) is not at:
            problems.append(Problem(str(at), "is excepted twice", "delete one of the two"))
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


def _fill(place: places.Place, digest: str) -> None:
    """Write a digest below the locator of a passage."""
    assert place.block is not None
    lines = place.path.read_text(encoding="utf-8").splitlines(keepends=True)
    key = place.at("end")
    number = int(str(key).rpartition(":")[2])
    lines.insert(number, f'sha256 = "{digest}"\n')
    place.path.write_text("".join(lines), encoding="utf-8")


def _stands(claim: Claim, text: Text, names: Names) -> bool:
    """Tell whether a stated value stands in its passage or the title; a name may anywhere."""
    assert claim.passage is not None
    refers = COLUMNS[claim.table][claim.field].ref is not None or claim.table == "initiatives"
    words = evidence.normalise(text.body) if refers else text.passage(claim.passage)
    if words is None:
        return False
    words += "\n" + evidence.normalise(text.header.get("title", ""))
    if isinstance(claim.value, dt.date) and not re.search(_year(claim.value), words):
        return False
    return any(re.search(form, words, re.IGNORECASE) for form in written_forms(claim, names))


def written_forms(claim: Claim, names: Names) -> Iterator[str]:
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
    elif claim.field == "currency":
        yield _CURRENCIES.get(str(value), re.escape(str(value)))
    else:
        yield from map(_literal, _text_forms(claim, str(value), names))


def _literal(text: str) -> str:
    """Return an expression for the beginning of a word; an abbreviation keeps its capitals."""
    form = re.escape(evidence.normalise(text))
    return rf"(?<!\w)(?-i:{form})" if len(text) < 5 else rf"(?<!\w){form}"


def _text_forms(claim: Claim, value: str, names: Names) -> Iterator[str]:
    if COLUMNS[claim.table][claim.field].ref in ("actors", "people"):
        yield from names.get(value, ())
    elif claim.field == "umbrella_event":
        yield from (value, "Singapore International Cyber Week", "SICW")
    else:
        yield value


def _is_wording(claim: Claim) -> bool:
    column = COLUMNS[claim.table][claim.field]
    return column.policy is Policy.ROW and column.vocabulary is None


def _additions(wording: str, text: Text, names: Names) -> Iterator[str]:
    """Yield the numbers and names in a wording of ours that a document does not have."""
    words = evidence.normalise("\n".join([*text.header.values(), text.body]))
    ours = evidence.normalise(wording)
    for number in re.findall(r"(?<![0-9.,])[0-9](?:[0-9.,]*[0-9])?", ours):
        forms = (
            [re.escape(number), *_CARDINALS[int(number) : int(number) + 1]]
            if (number.isdecimal())
            else [re.escape(number)]
        )
        if not any(
            re.search(rf"(?<![0-9]){form}(?![0-9])", words, re.IGNORECASE) for form in forms
        ):
            yield number
    for actor, forms in names.items():
        named = next((form for form in forms if re.search(_literal(form) + r"(?!\w)", ours)), None)
        if (
            named
            and actor != _EVERYWHERE
            and not any(re.search(_literal(form), words, re.IGNORECASE) for form in forms)
        ):
            yield named


def _year(day: dt.date) -> str:
    return rf"(?<![0-9])(?:{day.year}|{day.year + _BUDDHIST_ERA})(?![0-9])"


def _date_forms(day: dt.date) -> Iterator[str]:
    month = _MONTHS[day.month - 1]
    name = rf"{month[:3]}(?:t|{month[3:]})?\b"
    one = rf"0?{day.day}(?:st|nd|rd|th)?"
    other = r"[0-9]{1,2}(?:st|nd|rd|th)?"
    to = r" ?(?:-|to|and|until) ?"
    of_its_year = rf"(?!,? *(?!{_year(day)})[0-9]{{4}})"
    yield rf"(?<![0-9])(?:{other}{to})?{one}(?:{to}{other})? {name}{of_its_year}"
    yield rf"{name} (?:{other}{to})?{one}(?![0-9]){of_its_year}"
    yield rf"(?<![0-9])0?{day.day}(?P<to>[-/.])0?{day.month}(?P=to){day.year}(?![0-9])"
    yield day.isoformat()
    if day.day == 1:
        yield rf"{name} {day.year}|{day.isoformat()[:7]}(?![0-9])"
        if day.month == 1:
            yield rf"(?<![0-9]){day.year}(?![0-9])"


def _number_forms(field: str, number: int) -> Iterator[str]:
    if field == "number":
        yield rf"(?:{number}(?:st|nd|rd|th)\b|(?<=AMCC-){number})"
        yield from (rf"\b{word}" for word in _ORDINALS[number - 1 : number])
        if number == 1:
            yield r"\binaugural"
        return
    yield str(number)
    yield f"{number:,}"
    if field == "year":
        yield str(number + _BUDDHIST_ERA)
    if number >= 100_000:
        yield rf"{re.escape(f'{number / 1_000_000:g}')} ?(?:million|m|mil)\b"
