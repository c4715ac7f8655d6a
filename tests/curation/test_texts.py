"""What a comparison with the texts of the documents reports, fault by fault."""

from pathlib import Path

import pytest
import sample

from amcc_dataset.curation.texts.verify import Report, verify
from amcc_dataset.model import passages
from amcc_dataset.model.findings import Failed

WORDS = "Ministers and officials met for the first time on 11 October 2016 in Singapore."
OWN = f"""\
---
source_id: release
title: A release
body: text
---
A release

{WORDS}

Singapore announced on 11 October 2016 the ASEAN Cyber Capacity Programme, S$10 million.
"""


@pytest.fixture
def place(tmp_path: Path) -> sample.Place:
    """Return a small checkout with one reading note."""
    return sample.Place.make(tmp_path)


@pytest.fixture
def own(place: sample.Place) -> sample.Place:
    """Return the checkout with the document's own text, read whole, and its digests."""
    source = sample.SOURCE.replace('end = "in one place"', 'end = "in Singapore."')
    ends = 'start = "Singapore announced"\nend = "S$10 million."'
    source = source.replace('start = "Singapore announced"', ends)
    place.put("data/raw/sources/release.toml", source.encode())
    place.put("texts/release.txt", OWN.encode())
    assert run(place, fill=True).filled == 2
    return place


def run(place: sample.Place, *, fill: bool = False) -> Report:
    return verify(place.root, place.root / "texts", fill=fill)


def messages(place: sample.Place) -> str:
    with pytest.raises(Failed) as found:
        run(place)
    return str(found.value)


def edit(place: sample.Place, path: str, before: str, after: str) -> None:
    text = (place.root / path).read_text(encoding="utf-8")
    assert before in text
    place.put(path, text.replace(before, after).encode())


def test_the_note_and_the_own_text_are_accepted(place: sample.Place) -> None:
    report = run(place)
    assert (report.documents, report.whole, report.passages, report.values) == (1, 0, 2, 13)
    assert (report.verbs, report.wordings) == (2, 3)


def test_the_own_text_is_compared_by_digest(own: sample.Place) -> None:
    report = run(own)
    assert (report.whole, report.passages, report.digests) == (1, 2, 2)
    edit(own, "texts/release.txt", "Ministers and officials met", "Ministers and officials sat")
    digest = passages.digest(WORDS.replace("met", "sat"))
    assert f"passage p1 has the digest {digest}" in messages(own)


def test_paragraphs_are_counted_from_the_same_one(own: sample.Place) -> None:
    edit(own, "data/raw/sources/release.toml", 'at = "p2"', 'at = "p3"')
    assert "passage p3 is another paragraph in release.txt" in messages(own)


def test_what_a_browser_does_not_mark_in_the_own_text_is_reported(own: sample.Place) -> None:
    edit(own, "texts/release.txt", "Ministers and officials met", "Ministers and officials’s met")
    assert "start of passage p1 ends before ’s in release.txt" in messages(own)


RAW = "data/raw/sources/release.toml"
NOTE = "texts/release.txt"

FAULTS: dict[str, tuple[str, str, str, str]] = {
    "another year": (NOTE, "11 October 2016 in", "11 October 2015 in", "date_end has '2016-10-11'"),
    "another day": (NOTE, "11 October 2016 in", "12 October 2016 in", "date_end has '2016-10-11'"),
    "the year elsewhere": (
        NOTE,
        "11 October 2016 in",
        "11 October 2015, one year before 2016, in",
        "date_end has '2016-10-11'",
    ),
    "a bare number": (NOTE, "first conference", "conference with 1 agenda", "number has '1'"),
    "another currency": (NOTE, "S$10 million", "US$10 million", "currency has 'SGD'"),
    "an amount nearby": (RAW, "10_000_000", "9_999_999", "amount has '9999999'"),
    "an abbreviation in a word": (NOTE, "in one place", "in one sgp", "passage p1 is not in"),
    "another actor": (
        RAW,
        'actor_id = "sg"\namount',
        'actor_id = "csa"\namount',
        "accp-announced.actor_id has 'csa'",
    ),
    "an amount within a larger one": (
        NOTE,
        "S$10 million",
        "S$10,000,000,000",
        "amount has '10000000'",
    ),
    "a number of our own": (
        RAW,
        "Singapore announces the programme.",
        "Singapore announces 12 programmes.",
        "accp-announced.summary has '12'",
    ),
    "a name of our own": (
        RAW,
        "Singapore announces the programme.",
        "CSA announces the programme.",
        "accp-announced.summary has 'Cyber Security Agency of Singapore'",
    ),
    "another address": (RAW, "example.org/release", "example.org/other", "release.url differs"),
    "another title": (RAW, '"A release"', '"A press release"', "release.title differs"),
    "another day of publication": (
        RAW,
        "published_on = 2016-10-11",
        "published_on = 2016-10-12",
        "release.published_on differs",
    ),
    "another publisher": (
        RAW,
        'publisher = "Host"',
        'publisher = "Guest"',
        "release.publisher differs",
    ),
    "a publisher cut short": (NOTE, "Host (A. Writer)", "Host of all", "release.publisher differs"),
    "a title cut short": (
        NOTE,
        "title: A release",
        "title: A release of more",
        "release.title differs",
    ),
    "a day of which the page has the month": (
        NOTE,
        "published: 2016-10-11",
        "published: 2016-10",
        "release.published_on differs",
    ),
    "another kind": (RAW, 'kind = "press_release"', 'kind = "news"', "release.kind differs"),
    "a month where the page has the day": (
        RAW,
        'date = 2016-10-11\nprecision = "day"',
        'date = 2016-10-01\nprecision = "month"',
        "accp-announced.date is a month, but passage p2 gives the day in",
    ),
    "another edition": (NOTE, "editions: [1]", "editions: [2]", "editions.amcc-01 is not among"),
    "another verb of an act": (RAW, 'act = "announced"', 'act = "launched"', "the verb launched"),
    "another verb of a step": (
        RAW,
        'kind = "announced"',
        'kind = "signed"',
        "accp-announced.kind has 'the verb signed'",
    ),
    "another language": (RAW, 'language = "en"', 'language = "ms"', "release.language differs"),
    "an original": (
        RAW,
        'read = "whole"',
        'read = "whole"\ncopy_of = "report"',
        "release.copy_of differs",
    ),
    "another quotation": (RAW, '"in one place"', '"in one"', "passage p1 is not in"),
    "an exception without need": (
        "data/raw/ungrounded.toml",
        'cell = "editions.amcc-01.city"\nsource = "report"',
        'cell = "editions.amcc-01.city"\nsource = "release"',
        "the exception for editions.amcc-01.city by release is not needed",
    ),
    "an exception for nobody": (
        "data/raw/ungrounded.toml",
        '"report"',
        '"nobody"',
        "unknown source 'nobody'",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_reported(place: sample.Place, fault: str) -> None:
    path, before, after, expected = FAULTS[fault]
    edit(place, path, before, after)
    assert expected in messages(place)


CHAIRED = "- The first conference, chaired by {}, met on"


@pytest.mark.parametrize(
    "printed",
    [
        "S Iswaran, Singapore's Minister for Communications",
        "Communications Minister S Iswaran",
        "the Secretary-General Mr S Iswaran",
        "S Iswaran (left), minister-in-charge of cyber security",
    ],
)
def test_an_office_that_is_left_out_is_reported(place: sample.Place, printed: str) -> None:
    edit(place, RAW, 'session = "main"', 'session = "main"\nperson_id = "s-iswaran"')
    edit(place, NOTE, "- The first conference met on", CHAIRED.format(printed))
    assert "amcc-01-chair.title_stated is left out, but passage p1 gives" in messages(place)


@pytest.mark.parametrize(
    "printed",
    [
        "Minister S Iswaran",
        "Deputy Minister S Iswaran",
        "S Iswaran",
        "the Minister for Communications, not by S Iswaran",
    ],
)
def test_a_form_of_address_or_the_office_of_another_is_ignored(
    place: sample.Place, printed: str
) -> None:
    edit(place, RAW, 'session = "main"', 'session = "main"\nperson_id = "s-iswaran"')
    edit(place, NOTE, "- The first conference met on", CHAIRED.format(printed))
    run(place)


def test_an_exception_is_counted(place: sample.Place) -> None:
    edit(place, RAW, 'city = "Singapore"', 'city = "Singapura"')
    edit(place, "data/raw/decisions.toml", '"Singapore"', '"Singapura"')
    assert "editions.amcc-01.city has 'Singapura'" in messages(place)
    edit(place, "data/raw/ungrounded.toml", '"report"', '"release"')
    assert run(place).excepted == 1


def test_forms_of_the_same_value_are_found(place: sample.Place) -> None:
    forms: dict[str, list[str]] = {
        "11 October 2016 in": ["11/10/2016 in", "October 11, 2016 in", "10-12 and 11 Oct 2016 in"],
        "The first conference": ["The 1st conference", "The inaugural meeting", "AMCC-1"],
        "S$10 million": ["SGD 10,000,000", "S$10m", "10 million Singapore dollars"],
    }
    for before, others in forms.items():
        for other in others:
            place.put(NOTE, sample.TEXT.replace(before, other).encode())
            run(place)


WRONG = "Against the Director's background, a significant foundation for fundamental issues of the \
public sector was presently to an extent at the workshop of the Committee, open to information."


@pytest.mark.parametrize(
    "code",
    ["reaffirmed", "tasked", "affirmed", "reported", "discussed", "agreed", "endorsed", "launched"],
)
def test_a_verb_is_not_found_in_the_beginning_of_another_word(
    place: sample.Place, code: str
) -> None:
    edit(place, RAW, 'act = "announced"', f'act = "{code}"')
    note = sample.TEXT.replace("Singapore announced on", f"{WRONG} Singapore on")
    place.put(NOTE, note.encode())
    assert f"has 'the verb {code}'" in messages(place)


@pytest.mark.parametrize(
    "code", ["signed", "funded", "published", "extended", "reviewed", "established", "opened"]
)
def test_a_step_is_not_found_in_the_beginning_of_another_word(
    place: sample.Place, code: str
) -> None:
    edit(place, RAW, 'kind = "announced"', f'kind = "{code}"')
    note = sample.TEXT.replace("Singapore announced on", f"{WRONG} Singapore on")
    place.put(NOTE, note.replace("S$10 million", "10 million").encode())
    assert f"accp-announced.kind has 'the verb {code}'" in messages(place)


def test_the_edition_of_a_roster_is_compared_with_the_header(place: sample.Place) -> None:
    source = sample.SOURCE[: sample.SOURCE.index('\n[[passage]]\nat = "p2"')]
    roster = source[source.index("[[passage.roster]]") :]
    report = source[source.index("[source]") : source.index("[[passage]]")]
    report = report.replace('principal_of = "amcc-01"\n', "")
    report = report.replace("example.org/release", "example.org/other")
    passage = '[[passage]]\nat = "p1"\nstart = "Ministers and officials"\nend = "in one place"\n'
    place.put("data/raw/sources/other.toml", (report + passage + roster).encode())
    header = sample.TEXT.replace("source_id: release", "source_id: other")
    header = header.replace("example.org/release", "example.org/other")
    place.put("texts/other.txt", header.encode())
    run(place)
    place.put("texts/other.txt", header.replace("editions: [1]", "editions: [2]").encode())
    assert "editions.amcc-01 is not among the editions in the header of other.txt" in messages(
        place
    )


def test_a_text_of_an_unknown_document_is_reported(place: sample.Place) -> None:
    place.put(
        "texts/lost.txt", sample.TEXT.replace("source_id: release", "source_id: lost").encode()
    )
    assert "lost.txt: is the text of an unknown document" in messages(place)
    place.put("texts/lost.txt", b"Something else that lies here.")
    run(place)


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"\xff", "byte 0 is not UTF-8"), (b"x" * 1_000_001, "is larger than 1000000 bytes")],
)
def test_a_text_that_cannot_be_read_is_reported(
    place: sample.Place, content: bytes, expected: str
) -> None:
    place.put(NOTE, content)
    assert expected in messages(place)


def test_inner_words_of_a_quotation_may_be_left_out(place: sample.Place) -> None:
    edit(place, RAW, '"in one place"', '"one place"')
    assert run(place).passages == 2
