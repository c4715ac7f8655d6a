"""The rules on texts as such: nothing invisible in them, and ends of passages that browsers find.

How a browser marks the words that a link carries was tried in three engines (docs/readers.md):
it looks for whole words, and for the second quotation only behind the first. Not here: whether
the words are those of the page (curation/texts/).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from amcc_dataset.model import deceit, passages
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules.rule import Breaches, row_rule


@row_rule
def texts_show_what_they_are(data: Dataset) -> Breaches:
    """No text holds what nobody sees, or a word of letters that look like those of another script."""
    remedy = "write what a reader sees, letter by letter"
    for table, row_id, field, what in _wrong(
        data, lambda text: deceit.hidden(text) or deceit.borrowed(text)
    ):
        yield table, row_id, field, what, remedy


_RUNS = re.compile(r"""(?:^|[;,|\t])[\s"]*[=+\-@]""")
"""What a spreadsheet may take for a formula: some split a cell at `;` or `|`, as their user chose."""


@row_rule
def no_text_is_run_as_a_formula(data: Dataset) -> Breaches:
    """No text begins with the sign of a formula, wide signs included, or has one after a `;`, `,` or `|`."""
    remedy = "write a word before the sign; in an address, encode it (%3D for =)"
    for table, row_id, field, what in _wrong(data, _run):
        yield table, row_id, field, what, remedy


def _run(text: str) -> str | None:
    found = _RUNS.search(text if text.isascii() else unicodedata.normalize("NFKC", text))
    return f"has {found[0]!r}, with which a spreadsheet may begin a formula" if found else None


def _wrong(
    data: Dataset, judge: Callable[[str], str | None]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield table, row id, field and fault of texts; what a column repeats is judged once."""
    for table, rows in data.items():
        for field in _texts(table):
            texts = {row[field] for row in rows} - {None}
            wrong = {text: what for text in texts if (what := judge(text))}
            for row in rows if wrong else ():
                if row[field] in wrong:
                    yield table, row["id"], field, wrong[row[field]]


def _texts(table: str) -> list[str]:
    """Return the columns of a table in which anything can be written."""
    return [
        column.name
        for column in columns_of(table).values()
        if column.type == "string" and column.vocabulary is None
    ]


@row_rule
def addresses_lead_where_they_say(data: Dataset) -> Breaches:
    """The address of a document names a host and no user, and nothing in it could become markup."""
    for row in data["sources"]:
        what = deceit.address(row["url"]) if row["url"] is not None else None
        if what:
            yield "sources", row["id"], "url", what, "write the address of the page itself, encoded"


@row_rule
def locators_quote_few_words(data: Dataset) -> Breaches:
    """A locator quotes at most four words at each end of a passage."""
    for claim in data["provenance"]:
        for field in ("start", "end"):
            count = passages.words(claim[field] or "")
            if count > passages.MAX_WORDS:
                remedy = f"quote at most {passages.MAX_WORDS} words"
                yield "provenance", claim["id"], field, f"{field} quotes {count} words", remedy


@row_rule
def passages_are_quoted(data: Dataset) -> Breaches:
    """A claim quotes the first words of its passage, unless that is the headline."""
    for claim in data["provenance"]:
        unquoted = claim["locator"] in (None, "headline") and claim["end"] is None
        if claim["start"] is None and not unquoted:
            what = "a passage with last words and no first ones"
            if claim["end"] is None:
                what = f"passage {claim['locator']} without its first words"
            remedy = "quote them as start, at most four, so that a browser finds the passage"
            yield "provenance", claim["id"], "start", what, remedy


@row_rule
def quotations_share_no_word(data: Dataset) -> Breaches:
    """The last words of a passage do not begin with those with which its first words end."""
    shared = cache(passages.shared)
    for claim in data["provenance"]:
        if claim["end"] and (words := shared(claim["start"] or "", claim["end"])):
            what = f"start and end share {words!r}, and no browser marks a word twice"
            remedy = "leave it out of one of them"
            yield "provenance", claim["id"], "end", what, remedy


_LEADING_VOWELS = "เแโใไເແໂໃໄ"
"""Vowels of Thai and Lao that are written before the consonant that they follow."""


@row_rule
def quotations_begin_and_end_with_whole_words(data: Dataset) -> Breaches:
    """No quotation begins or ends within a word, a number or a syllable."""
    for field in ("start", "end"):
        for quoted, claims in data.groups("provenance", field).items():
            if quoted is None or not _cut(quoted):
                continue
            for claim in claims:
                what = f"{field} is {quoted!r}, which begins or ends within a word"
                remedy = "quote whole words, without the mark of a footnote"
                yield "provenance", claim["id"], field, what, remedy


def _cut(quoted: str) -> bool:
    """Tell whether a quotation begins or ends within a word."""
    return bool(
        re.match(r"['’]s\b|[.,:][0-9]", quoted)
        or re.search(r"[-‐‑¹²³⁴⁵⁶⁷⁸⁹⁰]$", quoted)
        or unicodedata.category(quoted[0]) in ("Mn", "Mc")
        or quoted[-1] in _LEADING_VOWELS
    )
