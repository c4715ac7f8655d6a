"""Passages of documents: how their words are normalised, digested, linked and found again.

A passage is located by its first and last words, at most four each. They make the link that
opens the document there in a browser. If the document was read in full, a digest of the passage
shows which words were read (not that they were read well). A claim's id is also a digest, of
what it says and where. Not here: what a passage says (curation/documents.py), and any access to
the network: the texts to verify against are files that the user has.
"""

import hashlib
import re
import unicodedata
from urllib.parse import quote, unquote

NORMALISATION = "amcc-span-1"
"""Name of the rules in `normalise`; it changes when they do."""

MAX_WORDS = 4
"""The most words that a locator may quote at each end of a passage."""

_FOLD = str.maketrans(
    dict.fromkeys("‘’‚‛′ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)


def normalise(text: str) -> str:
    r"""Return `text` without the differences between printings of the same words.

    The rules named `amcc-span-1`: NFKC, format characters dropped, typographic quotes and
    dashes replaced by plain ones, white space collapsed.

    Examples
    --------
    >>> normalise("the  “Cyber\u00adspace”\n– 2019")
    'the "Cyberspace" - 2019'
    """
    folded = unicodedata.normalize("NFKC", text).translate(_FOLD)
    kept = (character for character in folded if unicodedata.category(character) != "Cf")
    return " ".join("".join(kept).split())


def digest(text: str) -> str:
    """Return the SHA-256 digest, in hexadecimal, of the normalised `text`."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


def words(text: str) -> int:
    """Return how many words a locator quotes.

    Examples
    --------
    >>> words("The fourth ASEAN Ministerial")
    4
    """
    return len(text.split())


def shared(start: str, end: str) -> str | None:
    """Return the longest run of words that both ends `start` and begins `end`, or None.

    Examples
    --------
    >>> shared("the fourth ASEAN Ministerial", "ASEAN Ministerial Conference"), shared("a b", "c")
    ('asean ministerial', None)
    """
    first, last = (re.findall(r"\w+", normalise(text).casefold()) for text in (start, end))
    for count in range(min(len(first), len(last)), 0, -1):
        if first[-count:] == last[:count]:
            return " ".join(last[:count])
    return None


def span(document: str, start: str, end: str | None) -> str | None:
    """Return the normalised passage of `document` between two quotations, or None.

    Both quotations are part of the passage. As in a browser, the passage begins at the first
    `start` in the document, and ends with the first `end` from there.

    Examples
    --------
    >>> span("One two three. Four five six.", "two three", "Four")
    'two three. Four'
    """
    return cut(normalise(document), start, end)


def cut(text: str, start: str, end: str | None) -> str | None:
    """Return the passage of a normalised `text` between two quotations, or None, like `span`.

    Examples
    --------
    >>> cut("One two three. Four five six.", "two three", None)
    'two three'
    """
    first = normalise(start)
    begin = text.find(first)
    if begin < 0:
        return None
    if end is None:
        return text[begin : begin + len(first)]
    last = normalise(end)
    # The end may overlap the start if a passage is shorter than the two quotations.
    stop = text.find(last, begin + max(0, len(first) - len(last)))
    return None if stop < 0 else text[begin : stop + len(last)]


def claim_id(
    table: str, row_id: str, field: str, value: str | None, source_id: str, locator: str | None
) -> str:
    """Return the content hash of a claim: the same statement at the same place keeps its id.

    `value` is the text of the CSV cell; silence has neither value nor locator. The id begins
    with a letter, so that no spreadsheet takes it for a number.

    Examples
    --------
    >>> claim_id("editions", "amcc-04", "number", "4", "csa-2019", "p1")
    'c38f933f40f86a90'
    """
    parts = (table, row_id, field, value or "", source_id, locator or "")
    return "c" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:15]


def _percent(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")


def link(url: str, start: str | None, end: str | None) -> str:
    """Return the address that opens `url` at a passage; without a locator, `url` itself.

    Examples
    --------
    >>> link("https://example.org/a", "first words", "the end")
    'https://example.org/a#:~:text=first%20words,the%20end'
    """
    if start is None:
        return url
    page = url.split("#", 1)[0]
    return f"{page}#:~:text=" + ",".join(_percent(part) for part in (start, end) if part)


def unlink(address: str) -> tuple[str, str | None, str | None]:
    """Return page, start and end of an address made by `link`.

    Examples
    --------
    >>> unlink("https://example.org/a#:~:text=first%20words,the%20end")
    ('https://example.org/a', 'first words', 'the end')
    """
    page, marker, fragment = address.partition("#:~:text=")
    if not marker:
        return address, None, None
    start, _, end = fragment.partition(",")
    return page, unquote(start), unquote(end) or None
