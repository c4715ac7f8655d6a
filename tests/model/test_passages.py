"""Normalisation, digests, links and spans."""

from hypothesis import given
from hypothesis import strategies as st

from amcc_dataset.model import passages

printable = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)


@given(printable)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = passages.normalise(text)
    assert passages.normalise(once) == once


@given(printable)
def test_the_digest_ignores_how_words_are_printed(text: str) -> None:
    reprinted = text.replace("'", "’").replace('"', "”").replace("-", "–").replace(" ", " \n ")
    assert passages.digest(reprinted) == passages.digest(text)


def test_the_digest_sees_every_word() -> None:
    assert passages.digest("agreed in principle") != passages.digest("agreed principle")


@given(st.text("abc-,&% éก网", min_size=1), st.none() | st.text("abc-,&% éก网", min_size=1))
def test_a_link_decodes_to_its_parts(start: str, end: str | None) -> None:
    page = "https://example.org/page?x=1"
    assert passages.unlink(passages.link(page, start, end)) == (page, start, end)


def test_a_link_escapes_what_has_a_meaning_in_a_fragment() -> None:
    link = passages.link("https://example.org/", "a-b, c&d", None)
    assert link == "https://example.org/#:~:text=a%2Db%2C%20c%26d"


def test_a_link_without_a_locator_is_the_page() -> None:
    assert passages.link("https://example.org/#part", None, None) == "https://example.org/#part"


@given(st.lists(st.text("abcdefg", min_size=3, max_size=6), min_size=4, max_size=12), st.data())
def test_a_span_runs_from_its_first_to_its_last_words(
    words: list[str], data: st.DataObject
) -> None:
    document = " ".join(words)
    begin = data.draw(st.integers(0, len(words) - 1))
    stop = data.draw(st.integers(begin, len(words) - 1))
    span = passages.span(document, words[begin], words[stop])
    assert span is not None
    assert span.startswith(words[begin])
    assert span.endswith(words[stop])
    assert span in document


def test_a_span_that_is_not_there_is_none() -> None:
    assert passages.span("one two three", "four", None) is None
    assert passages.span("one two three", "three", "one") is None
