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
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

from amcc_dataset import build, evidence, files, places, vocab
from amcc_dataset.claims import COLUMNS, Claim, Documents, Passage, read_documents
from amcc_dataset.problems import Finds, Problem, Problems
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

    def paragraphs_before(self, passage: Passage) -> int | None:
        """Return how many paragraphs stand before the one that the passage counts as the first."""
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
    whole: int = 0
    passages: int = 0
    digests: int = 0
    values: int = 0
    wordings: int = 0
    excepted: int = 0
    filled: int = 0

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
    problems = Finds()
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
    problems.extend(_strays(root, folder))
    tally: Counter[str] = Counter(documents=len(texts))
    needed: set[tuple[str, str]] = set()
    for source_id, text in texts.items():
        tally["whole"] += not text.is_note
        problems.extend(_compare_passages(documents, source_id, text, tally, fill=fill))
        differing = [
            *_compare_header(documents, source_id, text),
            *_compare_values(documents, source_id, text, names, tally),
        ]
        for cell, place, what in differing:
            if (cell, source_id) in excepted:
                needed.add((cell, source_id))
            else:
                remedy = f"correct it, mark it as inferred, or give the reason in {UNGROUNDED}"
                problems.append(Problem(str(place), f"{cell} {what} {text.name}", remedy))
    for key in excepted.keys() - needed:
        if key[1] in texts:
            what = f"{key[0]} by {key[1]} is excepted without need"
            problems.append(Problem(str(excepted[key]), what, "delete the entry"))
    if problems:
        raise Problems(problems)
    return Report(excepted=len(needed), **tally)


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


def _strays(root: Path, folder: Path) -> Iterator[Problem]:
    """Yield texts that say of which document they are, where there is no such document."""
    known = {path.stem for path in (root / "data" / "raw" / "sources").glob("*.toml")}
    for path in sorted(folder.glob("*.txt")):
        text = _read(folder, path.name, []) if path.stem not in known else None
        if text is not None and text.header.get("source_id") == path.stem:
            remedy = f"add data/raw/sources/{path.stem}.toml, or take the text away"
            yield Problem(path.name, "is the text of no document", remedy)


def _compare_passages(
    documents: Documents, source_id: str, text: Text, tally: Counter[str], *, fill: bool
) -> Iterator[Problem]:
    """Look for every passage; of a document's own text compare digest and paragraph."""
    uncounted: int | None = None
    for passage, place in _passages(documents, source_id):
        words = text.passage(passage)
        if words is None:
            what = f"passage {passage.locator} does not stand in {text.name}"
            yield Problem(str(place), what, "correct start and end")
            continue
        tally["passages"] += 1
        if text.is_note:
            continue
        before = text.paragraphs_before(passage)
        uncounted = before if uncounted is None else uncounted
        if before not in (None, uncounted):
            what = f"passage {passage.locator} is not that paragraph of {text.name}"
            yield Problem(str(place.at("at")), what, "count all paragraphs from the same one")
        actual = evidence.digest(words)
        if passage.sha256 == actual:
            tally["digests"] += 1
        elif passage.sha256 is None and fill:
            _fill(place, actual)
            tally["filled"] += 1
        else:
            what = f"passage {passage.locator} has the digest {actual}"
            remedy = "read the passage again, then correct sha256, or run with --fill"
            yield Problem(str(place.at("sha256")), what, remedy)


Difference = tuple[str, places.Place, str]
"""A cell, its place, and what is wrong with it in the text."""


def _compare_header(documents: Documents, source_id: str, text: Text) -> Iterator[Difference]:
    """Yield what we say of the document otherwise than the header of its text does."""
    source, header = documents.sources[source_id], text.header
    ours = {name: str(source.get(name) or "") for name in COLUMNS["sources"]}

    def plain(title: str) -> str:
        return evidence.normalise(re.sub(r"[\[\]]", "", title)).casefold()

    equal = {name: header.get(name) in (None, ours[name]) for name in ("language", "read")}
    equal["copy_of"] = header.get("copy_of", "" if header else ours["copy_of"]) == ours["copy_of"]
    equal["url"] = unquote(header.get("url") or ours["url"]) == unquote(ours["url"])
    equal["published_on"] = ours["published_on"].startswith(header.get("published", ""))
    equal["title"] = plain(ours["title"]) in plain(header.get("title") or ours["title"])
    for name, same in equal.items():
        if not same:
            cell = f"sources.{source_id}.{name}"
            yield cell, documents.places[source_id].at("source", name), "is not that of"


def _compare_values(
    documents: Documents, source_id: str, text: Text, names: Names, tally: Counter[str]
) -> Iterator[Difference]:
    """Yield stated values, and numbers and names in our wordings, that the text has not."""
    whole = evidence.normalise("\n".join([*text.header.values(), text.body]))
    title = evidence.normalise(text.header.get("title", ""))
    passages: dict[Passage | None, str] = {
        passage: f"{title}\n{text.passage(passage) or ''}"
        for passage, _ in _passages(documents, source_id)
    }
    for claim in documents.claims:
        lacking = None
        if claim.source_id != source_id:
            continue
        if claim.basis is vocab.Basis.STATED:
            words = whole if _is_name(claim) else passages[claim.passage]
            lacking = None if _stands(claim, words, names) else str(claim.value)
            tally["values"] += lacking is None
        elif claim.basis is vocab.Basis.CODED and _is_wording(claim):
            lacking = next(_additions(str(claim.value), whole, names), None)
            tally["wordings"] += lacking is None
        if lacking is not None:
            yield ".".join(claim.cell), claim.place, f"has {lacking!r}, which is not in"


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


def _is_name(claim: Claim) -> bool:
    """Tell whether a claim names somebody or something, which a document does but once."""
    return COLUMNS[claim.table][claim.field].ref is not None or claim.table == "initiatives"


def _stands(claim: Claim, words: str, names: Names) -> bool:
    """Tell whether a stated value stands in some words in one of its written forms."""
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


def _additions(wording: str, words: str, names: Names) -> Iterator[str]:
    """Yield the numbers and names in a wording of ours that the words of a document lack."""

    def has(forms: Iterable[str]) -> bool:
        return any(re.search(form, words, re.IGNORECASE) for form in forms)

    ours = evidence.normalise(wording)
    for number in re.findall(r"(?<![0-9.,])[0-9](?:[0-9.,]*[0-9])?", ours):
        spelt = _CARDINALS[int(number) : int(number) + 1] if number.isdecimal() else ()
        if not has([rf"(?<![0-9]){re.escape(number)}(?![0-9])", *(rf"\b{word}" for word in spelt)]):
            yield number
    for actor, forms in names.items():
        expressions = [_literal(form) for form in forms]
        named = [form for form in expressions if re.search(rf"{form}(?!\w)", ours)]
        if named and actor != _EVERYWHERE and not has(expressions):
            yield forms[0]


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
        # Exactly, not rounded: 9,999,999 is not 10 million.
        millions = f"{Decimal(number).scaleb(-6).normalize():f}"
        yield rf"{re.escape(millions)} ?(?:million|m|mil)\b"
