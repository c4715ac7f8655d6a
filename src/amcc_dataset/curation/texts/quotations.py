"""Check whether browsers mark a passage in the document's own text, given the quoted words.

Three engines were tried (docs/readers.md). All ignore differences of case, white space and
quotation marks; none marks half a word. Firefox or Chromium also mark nothing if dashes, letters
or dots differ from the page, and nothing for a word before ’s, half a number, or part of a run of
words in a script without spaces. Not here: what the quotation alone shows (rules/texts.py).
"""

import re
import unicodedata
from collections.abc import Iterator

from amcc_dataset.curation.statements import Passage

_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_SAME = {" ": r"\s+", "'": "['’‘‛′ʼ]", '"': '["“”„‟″«»]'}
_ALIKE = str.maketrans(dict.fromkeys("’‘‛′ʼ", "'") | dict.fromkeys("“”„‟″«»", '"'))


def unmarked(body: str, passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield the key and the reason, for each end of a passage that some browser does not find.

    Examples
    --------
    >>> list(unmarked("It is Singapore’s plan – for 10,000 officials.", Passage("p1", "It is Singapore")))
    [('start', 'ends before ’s')]
    """
    if passage.start is None:
        return
    first = find(passage.start, body)
    last = find(passage.end, body, first.end()) if first and passage.end else None
    if first is None:
        yield "start", "is not in the characters of the page"
    elif passage.end is not None and last is None:
        overlaps = find(passage.end, body, first.start()) is not None
        yield (
            "end",
            "shares a word with start" if overlaps else "is not in the characters of the page",
        )
    for key, found in (("start", first), ("end", last)):
        if found is not None:
            outer = key == "start", key == "end" or passage.end is None
            why = _cut(body, found, *outer)
            if why:
                yield key, why


def find(quoted: str, body: str, begin: int = 0) -> re.Match[str] | None:
    """Return where a quotation is in a text, ignoring what every browser ignores."""
    plain = " ".join(quoted.split()).translate(_ALIKE)
    expression = "\u00ad?".join(_SAME.get(letter) or re.escape(letter) for letter in plain)
    return re.compile(expression, re.IGNORECASE).search(body, begin)


def _cut(body: str, found: re.Match[str], begins: bool, ends: bool) -> str | None:
    """Return what a quotation cuts in two, or None; its passage `begins` or `ends` with it."""
    if re.search(r"\n\s*\n", found[0]):
        return "runs over two paragraphs"
    before, after = body[max(0, found.start() - 2) : found.start()], body[found.end() :][:3]
    first, last = found[0][0], found[0][-1]
    if re.match(r"['’]s\b", after):
        return "ends before ’s"
    if re.search(r"[0-9][.,]$", before) and first.isdigit():
        return "begins within a number"
    if re.match(r"[.,][0-9]", after) and last.isdigit():
        return "ends within a number"
    if before and _joined(before[-1], first):
        run = _is_unspaced(first)
        if not run or begins:
            return f"begins within a {'run of words' if run else 'word'}"
    if after and _joined(last, after[0]):
        run = _is_unspaced(last)
        if not run or ends:
            return f"ends within a {'run of words' if run else 'word'}"
    return None


def _joined(left: str, right: str) -> bool:
    """Return whether two neighbouring characters belong to one word, or to one run of words."""
    return left.isalnum() and right.isalnum() and _is_unspaced(left) == _is_unspaced(right)


def _is_unspaced(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_UNSPACED)
