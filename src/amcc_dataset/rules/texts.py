"""The rules on texts: nothing is invisible, and browsers find the quotations of a link.

How browsers mark the words of a link was tried in three engines (docs/readers.md): they look
for whole words, and for the second quotation only after the first. Not here: whether the words
are on the page (curation/texts/).
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
    """No text has invisible characters, or a word of letters that look like those of another script."""
    remedy = "type the text again as a reader sees it"
    for table, row_id, field, what in _wrong(
        data, lambda text: deceit.hidden(text) or deceit.borrowed(text)
    ):
        yield table, row_id, field, what, remedy


_RUNS = re.compile(r"""(?:^|[;,|\t])[\s"]*[=+\-@]""")
"""What a spreadsheet may run as a formula: some split a cell at `;` or `|` if the user chose so."""


@row_rule
def no_text_is_run_as_a_formula(data: Dataset) -> Breaches:
    """No text begins with the sign of a formula, wide signs included, or has one after a `;`, `,` or `|`."""
    remedy = "write a word before the sign; in an address, encode it (%3D for =)"
    for table, row_id, field, what in _wrong(data, _run):
        yield table, row_id, field, what, remedy


def _run(text: str) -> str | None:
    found = _RUNS.search(text if text.isascii() else unicodedata.normalize("NFKC", text))
    return (
        f"the text has {found[0]!r}, which may begin a formula in a spreadsheet" if found else None
    )


def _wrong(
    data: Dataset, judge: Callable[[str], str | None]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield table, row id, field and fault of texts; repeated texts of a column are judged once."""
    for table, rows in data.items():
        for field in _texts(table):
            texts = {row[field] for row in rows} - {None}
            wrong = {text: what for text in texts if (what := judge(text))}
            for row in rows if wrong else ():
                if row[field] in wrong:
                    yield table, row["id"], field, wrong[row[field]]


def _texts(table: str) -> list[str]:
    """Return the text columns of a table that are not codes."""
    return [
        column.name
        for column in columns_of(table).values()
        if column.type == "string" and column.vocabulary is None
    ]


@row_rule
def addresses_lead_where_they_say(data: Dataset) -> Breaches:
    """The address of a document has a host, no user, and no character that could become markup."""
    for row in data["sources"]:
        what = deceit.address(row["url"]) if row["url"] is not None else None
        if what:
            yield "sources", row["id"], "url", what, "write the encoded address of the page itself"


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
            what = "end has the last words of the passage, but start is null"
            if claim["end"] is None:
                what = f"the first words of passage {claim['locator']} are not quoted"
            remedy = "quote its first words as start, at most four, so that a browser finds it"
            yield "provenance", claim["id"], "start", what, remedy


@row_rule
def quotations_share_no_word(data: Dataset) -> Breaches:
    """The quoted last words of a passage do not begin with the words that end its first words."""
    shared = cache(passages.shared)
    for claim in data["provenance"]:
        if claim["end"] and (words := shared(claim["start"] or "", claim["end"])):
            what = f"start and end share {words!r}, and no browser marks a word twice"
            remedy = "leave the shared words out of one of the two"
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
    """Return whether a quotation begins or ends within a word."""
    return bool(
        re.match(r"['’]s\b|[.,:][0-9]", quoted)
        or re.search(r"[-‐‑¹²³⁴⁵⁶⁷⁸⁹⁰]$", quoted)
        or unicodedata.category(quoted[0]) in ("Mn", "Mc")
        or quoted[-1] in _LEADING_VOWELS
    )
