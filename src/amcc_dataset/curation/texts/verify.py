"""Whether claims agree with the texts of the documents that a user has.

`verify` takes a checkout and a folder with one text per document, named after the source.
A document's own text is re-hashed passage by passage against the digests in data/raw, and
its paragraphs are counted; a reading note, which tells in other words what a page says and
quotes its passages' ends, is searched for these. In both, each stated value and the verb of
each act and step have to stand in their passage in one of their written forms, our own
wordings may bring no number and no name that the document has not, the office of a person and
the day of a date may not be left out where the passage prints them, and what a header says of
the document, the editions that it speaks of included, has to be what we say. What a person
has looked at and found right in another form is listed, with the reason, in
data/raw/ungrounded.toml; an entry that is no longer needed is a problem. Not in here: the
written forms (forms.py), how a passage is cut and digested (evidence.py), and any network.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from amcc_dataset.curation import toml_files
from amcc_dataset.curation.documents import Documents, Roster, read_documents, split
from amcc_dataset.curation.registries import read_entries
from amcc_dataset.curation.statements import COLUMNS, Claim, Passage
from amcc_dataset.curation.texts import forms, omissions
from amcc_dataset.curation.texts.forms import Names
from amcc_dataset.disk import files
from amcc_dataset.model import passages, vocabularies
from amcc_dataset.model.findings import Finds, Problem, Problems
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.tables import Policy

UNGROUNDED = "data/raw/ungrounded.toml"

MAX_BYTES = 10_000_000
"""Largest text that is read."""


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
            return passages.normalise(self.body)
        if not self.is_note:
            return passages.span(self.body, passage.start, passage.end)
        quoted = f'[{passage.locator}] start "{passage.start}"'
        quoted += f' end "{passage.end}"' if passage.end else ""
        lines = self.body.splitlines()
        if quoted not in lines:
            return None
        first = lines.index(quoted)
        ends = (n for n, line in enumerate(lines) if n > first and not line.startswith("- "))
        told = [passage.start, passage.end or "", *lines[first + 1 : next(ends, len(lines))]]
        return passages.normalise(" ".join(told))

    def paragraphs_before(self, passage: Passage) -> int | None:
        """Return how many paragraphs stand before the one that the passage counts as the first."""
        counted = re.fullmatch("p([0-9]+)", passage.locator)
        if counted is None or passage.start is None:
            return None
        start = passages.normalise(passage.start)
        paragraphs = re.split(r"\n\s*\n", self.body.strip())
        found = (n for n, words in enumerate(paragraphs, 1) if start in passages.normalise(words))
        return next(found, 0) - int(counted[1])


@dataclass(frozen=True, slots=True)
class Report:
    """How much of the claims was compared with texts."""

    documents: int
    whole: int = 0
    passages: int = 0
    digests: int = 0
    values: int = 0
    verbs: int = 0
    wordings: int = 0
    excepted: int = 0
    filled: int = 0

    def __str__(self) -> str:
        """Return the line that is printed."""
        filled = f"{self.filled} digests filled in, " if self.filled else ""
        return (
            f"{self.documents} documents compared, {self.whole} of them in their own words: "
            f"{self.passages} passages found, {filled}{self.digests} equal by digest; "
            f"{self.values} stated values and {self.verbs} verbs found, {self.wordings} wordings "
            f"without a number or name of their own, {self.excepted} excepted in {UNGROUNDED}"
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
        With every passage that is not found, every digest that differs, everything that
        the text does not have or its header has otherwise, every exception without need,
        and every text of no document.
    """
    problems = Finds()
    return verify_documents(read_documents(root, problems), root, folder, problems, fill=fill)


def verify_documents(
    documents: Documents,
    root: Path,
    folder: Path,
    problems: list[Problem],
    *,
    fill: bool = False,
    only: Collection[str] | None = None,
) -> Report:
    """Compare all documents of the checkout, or `only` some, with the texts, as `verify` does.

    `problems` holds what reading the documents found; more is added to it.
    """
    names = _names(root, problems)
    excepted = _read_excepted(root, problems)
    if problems:
        raise Problems(problems)
    texts = {
        source_id: text
        for source_id in (documents.sources if only is None else only)
        if (text := _read(folder, f"{source_id}.txt", problems)) is not None
    }
    if not texts and not problems:
        what = "holds no text of any source"
        raise Problems([Problem(str(folder), what, "name a folder with <source-id>.txt files")])
    problems.extend(_strays(root, folder))
    parts, numbers = split(documents), _numbers(documents)
    persons = omissions.holders(documents.claims)
    tally: Counter[str] = Counter(documents=len(texts))
    needed: set[tuple[str, str]] = set()
    for source_id, text in texts.items():
        tally["whole"] += not text.is_note
        part = parts[source_id]
        problems.extend(_compare_passages(part, text, tally, fill=fill))
        differing = [
            *_compare_header(part, source_id, text),
            *_compare_editions(part, text, numbers),
            *_compare_values(part, text, names, tally),
            *omissions.left_out(part, text.passage, names, persons),
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
    part: Documents, text: Text, tally: Counter[str], *, fill: bool
) -> Iterator[Problem]:
    """Look for every passage; of a document's own text compare digest and paragraph."""
    uncounted: int | None = None
    for passage, place in _passages(part):
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
        actual = passages.digest(words)
        if passage.sha256 == actual:
            tally["digests"] += 1
        elif passage.sha256 is None and fill:
            _fill(place, actual)
            tally["filled"] += 1
        else:
            what = f"passage {passage.locator} has the digest {actual}"
            remedy = "read the passage again, then correct sha256, or run with --fill"
            yield Problem(str(place.at("sha256")), what, remedy)


Difference = tuple[str, toml_files.Place, str]
"""A cell, its place, and what is wrong with it in the text."""


def _compare_header(part: Documents, source_id: str, text: Text) -> Iterator[Difference]:
    """Yield what we say of the document otherwise than the header of its text does."""
    source, header = part.sources[source_id], text.header
    ours = {name: str(source.get(name) or "") for name in COLUMNS["sources"]}
    # A header may be left out, but not a line of it that says something else.
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
    for name, same in equal.items():
        if not same:
            cell = f"sources.{source_id}.{name}"
            yield cell, part.places[source_id].at("source", name), "is not that of"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", passages.normalise(text).casefold())


def _printed(source: Mapping[str, Any]) -> str:
    """Return the day of publication as far as it is known: 2018-11 for a month."""
    length = {"year": 4, "month": 7}.get(str(source.get("published_precision")), 10)
    return str(source.get("published_on") or "")[:length]


def _is_publisher(ours: str, printed: str) -> bool:
    """Tell whether a publisher is the printed one, but for what it has in brackets.

    Examples
    --------
    >>> _is_publisher("AsiaOne (The Paper)", "AsiaOne (The Paper, A. Writer)")
    True
    >>> _is_publisher("Ministry", "Ministry of Defence")
    False
    """
    remarks = r"\([^()]*\)"
    # Brackets may name the writer, whom we leave out.
    rest = iter(_words(" ".join(re.findall(remarks, printed))))
    return _words(re.sub(remarks, " ", ours)) == _words(re.sub(remarks, " ", printed)) and all(
        word in rest for word in _words(" ".join(re.findall(remarks, ours)))
    )


def _numbers(documents: Documents) -> Mapping[str, set[object]]:
    """Return the numbers that any document gives to each edition."""
    numbers: dict[str, set[object]] = defaultdict(set)
    for claim in documents.claims:
        if (claim.table, claim.field) == ("editions", "number"):
            numbers[claim.row_id].add(claim.value)
    return numbers


def _compare_editions(
    part: Documents, text: Text, numbers: Mapping[str, set[object]]
) -> Iterator[Difference]:
    """Yield the editions that a document speaks of, but the header of its text does not list."""
    if "editions" not in text.header:
        return
    listed = set(map(int, re.findall("[0-9]+", text.header["editions"])))
    spoken = {roster.edition_id: roster.place for roster in part.rosters}
    for claim in part.claims:
        if COLUMNS[claim.table][claim.field].ref == "editions":
            spoken.setdefault(str(claim.value), claim.place)
        elif claim.table == "editions":
            spoken.setdefault(claim.row_id, claim.place)
    for edition, place in spoken.items():
        if listed.isdisjoint(numbers.get(edition, ())):
            yield f"editions.{edition}", place, "is not among the editions of"


def _compare_values(
    part: Documents, text: Text, names: Names, tally: Counter[str]
) -> Iterator[Difference]:
    """Yield stated values and verbs, and numbers and names of our own, that the text has not."""
    printed = [text.header.get(name, "") for name in ("title", "publisher", "published")]
    whole = passages.normalise("\n".join([*printed, text.body]))
    title = passages.normalise(printed[0])
    words_of: dict[Passage | None, str] = {
        passage: f"{title}\n{text.passage(passage) or ''}" for passage, _ in _passages(part)
    }
    for claim in part.claims:
        lacking: str | None = None
        if claim.basis is vocabularies.Basis.STATED:
            words = whole if _is_name(claim) else words_of[claim.passage]
            lacking = None if forms.stands(claim, words, names) else str(claim.value)
            tally["values"] += lacking is None
        elif claim.basis is vocabularies.Basis.CODED and forms.is_verb(claim):
            found = forms.stands(claim, words_of[claim.passage], names)
            lacking = None if found else f"the verb {claim.value}"
            tally["verbs"] += found
        elif claim.basis is vocabularies.Basis.CODED and _is_wording(claim):
            lacking = next(forms.additions(str(claim.value), whole, names), None)
            tally["wordings"] += lacking is None
        if lacking is not None:
            yield ".".join(claim.cell), claim.place, f"has {lacking!r}, which is not in"


def _names(root: Path, problems: list[Problem]) -> Names:
    entries = [
        entry for table in ("actors", "people") for entry in read_entries(root, table, {}, problems)
    ]
    return {
        entry["id"]: [
            name for key in ("name", "short_name") if (name := entry.get(key)) is not None
        ]
        + entry["aliases"]
        for entry in entries
    }


def _read_excepted(root: Path, problems: list[Problem]) -> dict[tuple[str, str], toml_files.Place]:
    loaded = toml_files.load(root / UNGROUNDED, root, problems)
    if loaded is None:
        return {}
    raw, place = loaded
    found: dict[tuple[str, str], toml_files.Place] = {}
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
            remedy = one_of(entry["source"], known)
            problems.append(Problem(str(at), f"unknown source {entry['source']!r}", remedy))
        elif found.setdefault((entry["cell"], entry["source"]), at) is not at:
            problems.append(Problem(str(at), "is excepted twice", "delete one of the two"))
    return found


def _passages(part: Documents) -> Iterator[tuple[Passage, toml_files.Place]]:
    seen = set()
    every: Iterable[Claim | Roster] = (*part.claims, *part.rosters)
    for said in every:
        if said.passage is not None and said.passage not in seen:
            seen.add(said.passage)
            yield (
                said.passage,
                toml_files.Place(said.place.path, said.place.shown, said.place.block),
            )


def _fill(place: toml_files.Place, digest: str) -> None:
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


def _is_wording(claim: Claim) -> bool:
    column = COLUMNS[claim.table][claim.field]
    return column.policy is Policy.ROW and column.vocabulary is None
