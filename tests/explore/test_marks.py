"""In Chromium the links of the claims mark their passages on pages that contain them."""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import marking
import pytest
from browsing import needs_browser
from marking import MOST, Quoted

from amcc_dataset.curation.texts import quotations
from amcc_dataset.curation.texts.text import read_text
from amcc_dataset.model.findings import Findings
from amcc_dataset.reading import load

pytestmark = needs_browser

TEXTS = Path(__file__).parents[3] / "shared" / "sources"
CLAIMS = [claim for claim in load.rows("provenance") if claim["link"] and claim["start"]]
WHOLE = sorted({claim["source_id"] for claim in CLAIMS if claim["span_sha256"]})

Ask = Callable[[list[str], str], list[bool]]


@pytest.fixture
def ask(browser: Any, tmp_path: Path) -> Iterator[Ask]:
    """Return a function that says for each link whether the browser marks its words on a page."""
    size = {"width": marking.WIDTH, "height": 600, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    yield lambda links, page: marking.marked(browser, tmp_path / "page.html", links, page)
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def quoted(source: str | None = None) -> list[Quoted]:
    """Return every link once, or those to one document, with the words that it quotes."""
    found = {
        claim["link"]: (claim["link"], claim["start"], claim["end"])
        for claim in CLAIMS
        if source in (None, claim["source_id"])
    }
    return list(found.values())


def unmarked(ask: Ask, pages: Iterator[tuple[list[str], str]]) -> list[str]:
    return [
        address
        for links, page in pages
        for address, found in zip(links, ask(links, page), strict=True)
        if not found
    ]


def test_every_link_marks_its_words(ask: Ask) -> None:
    assert unmarked(ask, marking.apart(quoted())) == []


@pytest.mark.parametrize("source", WHOLE)
def test_links_to_a_whole_text_mark_the_passage_in_it(source: str, ask: Ask) -> None:
    text = Findings().take(read_text(TEXTS, f"{source}.txt"))
    if text is None:
        pytest.skip(f"the text of {source} is missing")
    links = quoted(source)
    assert links
    assert unmarked(ask, laid_out(text.body, links)) == []


Match = re.Match[str]


def laid_out(body: str, links: list[Quoted]) -> Iterator[tuple[list[str], str]]:
    """Yield links to passages that do not overlap, and the text with their quotations in b."""
    groups: list[list[tuple[str, Match, Match]]] = []
    for address, start, end in links:
        first = quotations.find(start, body)
        last = quotations.find(end, body, first.end()) if first and end else first
        assert first, address
        assert last, address
        for group in groups:
            if len(group) < MOST and all(
                last.end() <= begun.start() or ended.end() <= first.start()
                for _, begun, ended in group
            ):
                break
        else:
            groups.append(group := [])
        group.append((address, first, last))
    for group in groups:
        yield [address for address, *_ in group], whole_page(body, [ends for _, *ends in group])


def whole_page(body: str, passages: list[list[Match]]) -> str:
    """Return a text as a page, with the ends of passages in b."""
    done, parts = 0, []
    places = {(match.span(), number) for number, ends in enumerate(passages) for match in ends}
    for (begin, stop), number in sorted(places):
        words = html.escape(body[begin:stop])
        parts += [html.escape(body[done:begin]), f'<b data-n="{number}">{words}</b>']
        done = stop
    text = "".join([*parts, html.escape(body[done:])])
    return "".join(f"<p>{part}</p>\n" for part in re.split(r"\n\s*\n", text.strip()))


BOX = '<span style="display: inline-block">'
KINDS = {
    "straight for curly quotes": ("The <b>“Ministers” met</b>.", 'text="Ministers" met', True),
    "a space for a no-break space": ("The <b>two&nbsp;words</b>.", "text=two words", True),
    "a line break in the source": ("The <b>broken\nline</b>.", "text=broken line", True),
    "case": ("The <b>SMALL CAPITALS</b>.", "text=small capitals", True),
    "d and o for đ and ø": ("Is <b>đem søk</b>.", "text=dem sok", True),
    "plain for full-width digits": ("The <b>year １９６７</b>.", "text=year 1967", True),
    "a soft hyphen": ("The <b>co&shy;operation</b>.", "text=cooperation", True),
    "a place to break": ("The <b>inter<wbr>net</b>.", "text=internet", True),
    "tags inside a word": ("The <b>to<em>geth</em>er</b>.", "text=together", True),
    "ends in two paragraphs": ("<p><b>begun</b></p><p>and <b>ended</b></p>", "text=begun,ended", True),
    "closed details": ("<details><summary>+</summary><b>kept shut</b></details>", "text=kept shut", True),
    "a shadow root": (
        "<div><template shadowrootmode=open><style>::target-text {background: #f0f; color: #f0f}"
        "</style><b>in the shadow</b></template></div>", "text=in the shadow", True),
    "a hyphen, encoded": ("The <b>well-known</b>.", "text=well%2Dknown", True),
    "a raw hyphen": ("The <b>half-done</b>.", "text=half-done", False),
    "a hyphen for a dash": ("In <b>2021–2025</b>.", "text=2021%2D2025", False),
    "a hyphen for one that does not break": ("In <b>non‑stop</b>.", "text=non%2Dstop", False),
    "words before ’s": ("It is <b>Laos</b>’s.", "text=Laos", False),
    "a part of a number": ("For <b>10</b>,000.", "text=10", False),
    "a part of a decimal number": ("For <b>30</b>.5.", "text=30", False),
    "ss for ß": ("Die <b>Straße</b>.", "text=Strasse", True),
    "dots for an ellipsis": ("To <b>wait … here</b>.", "text=wait ... here", True),
    "a space for a thin space": ("A <b>thin\u2009one</b>.", "text=thin one", True),
    "a mark of direction": ("To the <b>left\u200e right</b>.", "text=left right", True),
    "content-visibility": ("<p style='content-visibility: auto'><b>seen late</b></p>", "text=seen late", True),
    "a Chinese word in a run": ("<p>东盟<b>网络安全</b>部长级会议</p>", "text=网络安全", True),
    "a Chinese word that begins a run": ("<p><b>新加坡</b>政府发表声明</p>", "text=新加坡", True),
    "half a Chinese word": ("<p>关于国<b>际合</b>作</p>", "text=际合", False),
    "a Thai word in a run": ("<p>ประเทศไทย<b>สนับสนุน</b>แผน</p>", "text=สนับสนุน", True),
    "half a Thai word": ("<p><b>รัฐมน</b>ตรี</p>", "text=รัฐมน", False),
    "a Korean noun without its particle": ("<p><b>장관회의</b>는</p>", "text=장관회의", False),
    "an accented end, on a page in NFD": ("<b>cafe\u0301</b> noir", "text=café", True),
    "accents that the page lacks": ("Le <b>resume</b>.", "text=résumé", True),
    "words in boxes of a line": (f"<b>{BOX}boxed</span> {BOX}words</span></b>", "text=boxed words", False),
    "the number of a footnote": ("The <b>norms</b>3.", "text=norms", False),
    "words over a line end": ("<b>over<br>there</b>", "text=over there", False),
    "words of two paragraphs": ("<p><b>it ends</b></p><p><b>it begins</b></p>", "text=it ends it begins", False),
    "ends that share a word": ("<b>one shared two</b>", "text=one shared,shared two", False),
}  # fmt: skip
"""What differs between a page and a link: the page, the quotation, and whether Chromium marks it."""


def test_which_words_chromium_treats_as_the_same(ask: Ask) -> None:
    """As docs/readers.md says of three browsers; the rules on quotations depend on it."""
    kinds = list(KINDS.items())
    for begin in range(0, len(kinds), MOST):
        some = kinds[begin : begin + MOST]
        page = "".join(
            f"<div>{markup.replace('<b>', f'<b data-n={number}>')}</div>\n"
            for number, (_, (markup, *_)) in enumerate(some)
        )
        links = [f"#:~:{quotation}" for _, (_, quotation, _) in some]
        wanted = {name: marks for name, (*_, marks) in some}
        assert dict(zip(wanted, ask(links, page), strict=True)) == wanted
