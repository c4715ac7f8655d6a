"""Check whether statements agree with the texts of the documents that a user has.

`verify` takes a checkout and a folder with one text per document, named after the source. In a
document's own text, it compares the hash of each passage with the digest in data/raw, and counts
the paragraphs. In a reading note, it looks for the quoted ends of each passage. In both:

- each stated value, and the verb of each act and step, has to be in its passage in one of its
  written forms;
- our own wordings may not add a number or a name that is not in the document;
- the office of a person and the day of a date may not be left out if the passage gives them;
- the header has to agree with what we say about the document, including its editions.

Claims that a person has checked because the text has another form are listed, with the reason,
in data/raw/ungrounded.toml; an entry that is no longer needed is a finding. Not here: the single
comparisons (header.py, wordings.py, omissions.py), and any network access.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from amcc_dataset.curation.documents import Documents, read_documents, split
from amcc_dataset.curation.members import MemberGroup
from amcc_dataset.curation.registries import Registries, read_registries
from amcc_dataset.curation.statements import Passage, Statement
from amcc_dataset.curation.texts import omissions
from amcc_dataset.curation.texts.exceptions import UNGROUNDED, read_exceptions
from amcc_dataset.curation.texts.fill import fill as write_digests
from amcc_dataset.curation.texts.forms import Names
from amcc_dataset.curation.texts.header import (
    compare_editions,
    compare_header,
    numbers_of_editions,
)
from amcc_dataset.curation.texts.quotations import unmarked
from amcc_dataset.curation.texts.text import MAX_WORK, Text, read_text
from amcc_dataset.curation.texts.wordings import compare_values
from amcc_dataset.curation.toml_files import Place, TomlFile, read, read_all
from amcc_dataset.disk import files as disk
from amcc_dataset.model import passages
from amcc_dataset.model.findings import Checked, Finding, Findings, Location


@dataclass(frozen=True, slots=True)
class Report:
    """How many statements were compared with texts, and with what result."""

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
            f"{self.documents} documents compared, {self.whole} of them with their own text: "
            f"{self.passages} passages found, {filled}{self.digests} digests equal; "
            f"{self.values} stated values and {self.verbs} verbs found, {self.wordings} wordings "
            f"that add no number or name, {self.excepted} exceptions in {UNGROUNDED}"
        )


def verify(root: Path, folder: Path, *, fill: bool = False) -> Report:
    """Compare the statements of the checkout `root` with the texts in `folder`.

    Parameters
    ----------
    root
        A checkout.
    folder
        Folder with a file ``<source-id>.txt`` per document; documents without one are
        skipped.
    fill
        Whether to write missing digests of passages into data/raw.

    Raises
    ------
    Failed
        With every passage that is not found, every digest that differs, every value that the
        text does not have or its header gives differently, every exception that is not
        needed, and every text of an unknown document.
    """
    findings = Findings()
    files = dict(findings.take(read_all(root)))
    exceptions = findings.take(read(root, UNGROUNDED))
    findings.check()
    assert exceptions is not None
    files[UNGROUNDED] = exceptions
    documents = findings.take(read_documents(files))
    findings.check()
    missing: dict[Place, str] = {}
    tally = findings.take(compare(documents, files, folder, missing if fill else None))
    if missing:
        write_digests(root, missing.items())
    findings.check()
    return Report(**tally)


def compare(
    documents: Documents,
    files: Mapping[str, TomlFile],
    folder: Path,
    missing: dict[Place, str] | None = None,
    only: Collection[str] | None = None,
) -> Checked[Counter[str]]:
    """Compare all documents, or `only` some, with their texts; return how many things agree.

    Parameters
    ----------
    documents, files
        The content of the source files, and all raw files by their paths.
    folder
        Folder with the texts.
    missing
        Collects the digests of passages that have none; if None, each of these is a finding.
    only
        Ids of the documents to compare.
    """
    names = _names((yield from read_registries(files)))
    excepted = yield from read_exceptions(files[UNGROUNDED], documents.files)
    texts = yield from _texts(folder, documents.sources if only is None else only)
    yield from _strays(documents.files, folder)
    parts, numbers = split(documents), numbers_of_editions(documents)
    persons = omissions.holders(documents.statements)
    tally: Counter[str] = Counter(documents=len(texts))
    needed: set[tuple[str, str]] = set()
    for source_id, text in texts.items():
        part = parts[source_id]
        if (excess := _excess(part, text)) is not None:
            yield excess
            continue
        tally["whole"] += not text.is_note
        yield from _compare_passages(part, text, tally, missing)
        differing = [
            *compare_header(part, source_id, text),
            *compare_editions(part, text, numbers),
            *compare_values(part, text, names, tally),
            *omissions.left_out(part, text.passage, names, persons),
        ]
        for rule, cell, place, what in differing:
            if (cell, source_id) in excepted:
                needed.add((cell, source_id))
            else:
                remedy = f"correct it, mark it as inferred, or add it with a reason to {UNGROUNDED}"
                yield place.finding(rule, f"{cell} {what} {text.name}", remedy)
    for key in excepted.keys() - needed:
        if key[1] in texts:
            what = f"the exception for {key[0]} by {key[1]} is not needed"
            yield excepted[key].finding("exceptions_are_needed", what, "delete the entry")
    tally["excepted"] = len(needed)
    return tally


def _texts(folder: Path, sources: Collection[str]) -> Checked[Mapping[str, Text]]:
    texts = {}
    for source_id in sources:
        text = yield from read_text(folder, f"{source_id}.txt")
        if text is not None:
            texts[source_id] = text
    if not any((folder / f"{source_id}.txt").exists() for source_id in sources):
        what, remedy = "contains no text of any source", "give a folder with <source-id>.txt files"
        yield Finding("readable_file", Location(str(folder)), what, remedy)
    return texts


def _excess(part: Documents, text: Text) -> Finding | None:
    """Return a finding if a text is too long to search it for every statement, else None."""
    count = len(part.statements) + len(part.groups)
    if len(text.body) * count <= MAX_WORK:
        return None
    what = f"has {len(text.body)} characters, too many for {count} statements"
    remedy = "shorten the text to the part that they come from"
    return Finding("readable_file", Location(text.name), what, remedy)


def _strays(known: Collection[str], folder: Path) -> Iterator[Finding]:
    """Yield the texts whose header names a document that does not exist."""
    rule = "texts_are_of_a_document"
    try:
        names = list(disk.walk(folder, suffix=".txt", deep=False))
    except OSError as error:
        yield Finding(rule, Location(str(error.filename)), str(error.strerror), "remove it")
        return
    for name in names:
        source_id = name.removesuffix(".txt")
        if source_id in known:
            continue
        text = Findings().take(read_text(folder, name))
        if text is not None and text.header.get("source_id") == source_id:
            remedy = f"add data/raw/sources/{source_id}.toml, or remove the text"
            yield Finding(rule, Location(name), "is the text of an unknown document", remedy)


def _compare_passages(
    part: Documents, text: Text, tally: Counter[str], missing: dict[Place, str] | None
) -> Iterator[Finding]:
    """Look for every passage; in a document's own text, also compare digest and paragraph."""
    uncounted: int | None = None
    for passage, place in _passages(part).items():
        words = text.passage(passage)
        if words is None:
            what = f"passage {passage.locator} is not in {text.name}"
            yield place.at("start").finding(
                "passages_are_in_the_text", what, "correct start and end"
            )
            continue
        tally["passages"] += 1
        if text.is_note:
            continue
        for key, why in unmarked(text.body, passage):
            what = f"{key} of passage {passage.locator} {why} in {text.name}"
            remedy = "quote whole words as the page has them, so that every browser marks them"
            yield place.at(key).finding("browsers_mark_the_passage", what, remedy)
        before = text.paragraphs_before(passage)
        uncounted = before if uncounted is None else uncounted
        if before not in (None, uncounted):
            what = f"passage {passage.locator} is another paragraph in {text.name}"
            remedy = "count the paragraphs of all passages from the same first one"
            yield place.at("at").finding("paragraphs_are_counted", what, remedy)
        actual = passages.digest(words)
        if passage.sha256 == actual:
            tally["digests"] += 1
        elif passage.sha256 is None and missing is not None:
            missing[place] = actual
            tally["filled"] += 1
        else:
            what = f"passage {passage.locator} has the digest {actual}"
            remedy = "read the passage again and correct sha256, or add it with --fill"
            yield place.at("sha256").finding("digests_are_of_the_text", what, remedy)


def _passages(part: Documents) -> Mapping[Passage, Place]:
    """Return every passage of a document with the place of its [[passage]] block."""
    every: Iterable[Statement | MemberGroup] = (*part.statements, *part.groups)
    found: dict[Passage, Place] = {}
    for said in every:
        if said.passage is not None:
            found.setdefault(said.passage, Place(said.place.file, said.place.steps[:2]))
    return found


def _names(registries: Registries) -> Names:
    """Return the written forms of every actor and person by id."""
    return {
        row["id"]: [
            *(row[key] for key in ("name", "short_name") if row.get(key)),
            *registries.aliases[row["id"]],
        ]
        for rows in registries.rows.values()
        for row in rows
    }
