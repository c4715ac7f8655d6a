"""Digests are added to a curator's file; nothing else in it changes."""

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
import sample

from amcc_dataset.curation.texts import fill
from amcc_dataset.curation.texts.verify import verify
from amcc_dataset.model.findings import Failed

PATH = "data/raw/sources/release.toml"
OWN = sample.TEXT.replace("body: digest\n", "")
BEFORE = '[source]\na = 1\n\n[[passage]]\nat = "p1"\n'


@pytest.fixture
def place(tmp_path: Path) -> sample.Place:
    """Return a small checkout with the document's own text."""
    made = sample.Place.make(tmp_path)
    made.put("texts/release.txt", OWN.encode())
    return made


def filled(place: sample.Place, source: str) -> str:
    """Return a source file with its digests filled in, even if there are other findings."""
    place.put(PATH, source.encode())
    # The text is a note without the line that says so, so not every word is in it.
    with suppress(Failed):
        verify(place.root, place.root / "texts", fill=True)
    return (place.root / PATH).read_bytes().decode()


LAYOUTS = {
    "as usual": (sample.SOURCE, 'end = "in one place"\nsha256 = "'),
    "other line ends": (sample.SOURCE.replace("\n", "\r\n"), 'end = "in one place"\r\nsha256 = "'),
    "a quotation over several lines": (sample.LINES, '[[passage]]\nsha256 = "'),
    "a comment that looks like a key": (
        sample.SOURCE.replace('end = "in one place"', 'end = "in one place" # end = "x"'),
        '# end = "x"\nsha256 = "',
    ),
    "keys in another order": (
        sample.SOURCE.replace(
            'at = "p1"\nstart = "Ministers and officials"\nend = "in one place"\n',
            'end = "in one place"\nstart = "Ministers and officials"\nat = "p1"\n',
        ),
        'at = "p1"\nsha256 = "',
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_but_the_digests_is_added(place: sample.Place, layout: str) -> None:
    source, expected = LAYOUTS[layout]
    after = filled(place, source)
    assert expected in after
    assert after.count("sha256") == 2
    kept = [line for line in after.split("\n") if not line.startswith("sha256")]
    assert "\n".join(kept) == source
    for passage in (content := tomllib.loads(after))["passage"]:
        assert len(passage.pop("sha256")) == 64
    assert content == tomllib.loads(source)
    assert filled(place, after) == after


def test_a_file_that_has_no_place_for_a_line_is_left_alone(place: sample.Place) -> None:
    head, *blocks = sample.SOURCE.split("[[passage]]\n")
    inline = 'passage = [{at = "p1", start = "Ministers and officials", end = "in one place", '
    inline += 'editions = {amcc-01 = {city = "Singapore"}}}]\n'
    source = head.replace("[source]", f"{inline}[source]")
    place.put(PATH, source.encode())
    with pytest.raises(Failed, match="has no line") as failed:
        verify(place.root, place.root / "texts", fill=True)
    (finding,) = (each for each in failed.value.findings if each.rule == "fillable_source")
    assert finding.detail[0].startswith('sha256 = "')
    assert (place.root / PATH).read_bytes() == source.encode()
    assert blocks


def test_a_header_within_a_text_is_ignored() -> None:
    text = f'note = """\n[[passage]]\n"""\n{BEFORE}'
    assert fill._filled(text, {0: "0" * 64}) is None
    assert fill._filled(BEFORE, {0: "0" * 64}) == f'{BEFORE}sha256 = "{"0" * 64}"\n'
