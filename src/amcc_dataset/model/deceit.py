"""Texts that look different from what they are: invisible or look-alike letters, addresses.

What a reader sees must be what a program compares. So a text has no invisible characters,
except the joiners and breaks that some scripts need; no word mixes letters of scripts that look
alike; an address has nothing before its host. Standard library only. Not here: where such texts
are looked for (rules/texts.py, curation/toml_files.py), and how they are printed
(cli/output.py).
"""

import re
import unicodedata
from functools import cache

_JOINERS = "\u200c\u200d"
_BREAK = "\u200b"
_JOINED = (
    *("ARABIC", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU"),
    *("KANNADA", "MALAYALAM", "SINHALA", "MONGOLIAN", "SYRIAC"),
)
_UNSPACED = ("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "JAVANESE", "BALINESE")
_SHAPELESS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Invisible characters that Unicode does not list as format characters."""

_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
"""Scripts that have letters that look alike."""

_LOOK_LATIN = frozenset("аеорсухіјѕһԁԛԝьАВЕКМНОРСТУХІЈЅԌԚԜοανρτυχικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
"""Cyrillic and Greek letters that look like Latin ones."""


_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
"""One part of a host name, between dots."""


@cache
def _script(character: str) -> str:
    """Return the script of a letter, as the first word of its name."""
    return unicodedata.name(character, "").partition(" ")[0]


def hidden(text: str) -> str | None:
    r"""Return what is wrong with the first invisible character, or None.

    Examples
    --------
    >>> hidden("Singa\u00adpore"), hidden("ไทย\u200bไทย"), hidden("Việt Nam")
    ('the text has the invisible U+00AD (SOFT HYPHEN)', None, None)
    """
    if text.isascii():
        return None
    for at, character in enumerate(text):
        category = unicodedata.category(character)
        variation = "VARIATION SELECTOR" in unicodedata.name(character, "")
        if category not in ("Cf", "Co") and not variation and character not in _SHAPELESS:
            continue
        around = {_script(other) for other in text[max(0, at - 1) : at + 2]}
        needed = (
            (character in _JOINERS and not around.isdisjoint((*_JOINED, *_UNSPACED)))
            or (character == _BREAK and not around.isdisjoint(_UNSPACED))
            or (variation and text[at - 1 : at] and _script(text[at - 1]) == "CJK")
        )
        if not needed:
            name = unicodedata.name(character, "a character without a name")
            return f"the text has the invisible U+{ord(character):04X} ({name})"
    return None


def borrowed(text: str) -> str | None:
    r"""Return what is wrong with the first word with look-alike letters, or None.

    A word that mixes scripts that look alike is wrong. In a text with Latin words, a word of
    another script is wrong if all its letters look Latin.

    Examples
    --------
    >>> borrowed("S\u0456ngapore"), borrowed("ASEAN и Россия"), borrowed("AI安全")
    ("'Sіngapore' mixes CYRILLIC and LATIN letters", None, None)
    """
    if text.isascii():
        return None
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    latin = re.search("[A-Za-z]{2}", text) is not None
    for word in words:
        scripts = sorted({_script(letter) for letter in word} & set(_ALIKE))
        if len(scripts) > 1:
            return f"{word!r} mixes {' and '.join(scripts)} letters"
        if latin and len(word) > 1 and _LOOK_LATIN.issuperset(word):
            return f"{word!r} looks Latin but is {scripts[0]}"
    return None


def address(url: str) -> str | None:
    """Return what is wrong with an address, or None.

    Examples
    --------
    >>> address("https://www.csa.gov.sg@example.org/"), address("https://example.org/a%28b%29")
    ('the address names a user before its host', None)
    """
    wrong = next((character for character in url if character in '<>"{}|\\^`()[] '), None)
    if wrong is not None:
        return f"the address has {wrong!r}, which must be written %{ord(wrong):02X}"
    host = re.match("https?://([^/?#]*)", url)
    if host is not None and "@" in host[1]:
        return "the address names a user before its host"
    if host is None or not re.fullmatch(rf"{_LABEL}(\.{_LABEL})+\.?(:[0-9]+)?", host[1]):
        return "the address has no host, such as example.org"
    return None
