"""The page on phones, on paper, without JavaScript, without a network, and checked by axe."""

import base64
import contextlib
import json
import re
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from browsing import axe, find, find_all, needs_browser, shown, start
from pages import CELL, VIEWS

from amcc_dataset.reading import load

pytestmark = needs_browser

ADDRESS = "/".join(CELL)


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_view_is_wider_than_the_window(visit: Callable[[str], Any], width: int) -> None:
    browser = visit("overview")
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    page = browser.current_url.partition("#")[0]
    for view in (*VIEWS, "edition/amcc-03", "search/singapore", ADDRESS):
        browser.get("about:blank")
        browser.get(f"{page}#{view}")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, view


def test_a_phone_shows_every_year_and_index(visit: Callable[[str], Any]) -> None:
    browser = visit("overview")
    metrics = {"width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    page = browser.current_url.partition("#")[0]
    script = """
        return [...document.querySelectorAll(arguments[0])].map(one => {
            const range = document.createRange(); range.selectNodeContents(one);
            const {left, right, top, bottom} = range.getBoundingClientRect();
            return [one.textContent.trim(), left, right, top, bottom]})
    """
    years = {str(row["year"]) for row in load.rows("editions")}
    for view, selector in (("overview", ".editions .year"), ("attendance", ".matrix thead span")):
        browser.get("about:blank")
        browser.get(f"{page}#{view}")
        boxes = browser.execute_script(script, selector)
        assert {box[0] for box in boxes} == years
        for text, left, right, *_ in boxes:
            assert 0 <= left < right <= 390, (view, text)
        for (one, _, right, *_), (other, left, *_) in pairwise(boxes):
            assert right <= left + 0.5, (view, one, other)
    legend = shown(browser, "#attendance .key span")
    assert len(legend) == 9
    assert shown(browser, ".matrix td small")


def test_nothing_is_requested_from_the_network(visit: Callable[[str], Any]) -> None:
    visit("overview").get_log("performance")
    for view in VIEWS:
        browser = visit(view)
    browser = visit(ADDRESS)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {
        event["params"]["request"]["url"].partition(":")[0]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    assert asked <= {"file", "about", "data"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "fragment",
    [
        *VIEWS,
        *("tables/provenance", "initiatives/2023-01-01", "search/singapore", ADDRESS),
        "nothing/here",
    ],
)
def test_axe_finds_no_violation(visit: Callable[[str], Any], scheme: str, fragment: str) -> None:
    script = axe()
    if script is None:
        pytest.skip("axe-core is not installed: pip install axe-playwright-python")
    browser = visit("overview")
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    page = browser.current_url.partition("#")[0]
    browser.get("about:blank")
    browser.get(f"{page}#{fragment}")
    # axe does not check what is hidden, and is faster without it.
    browser.execute_script(
        "document.querySelectorAll('.view.current details').forEach(one => { one.open = true; });"
        "document.querySelectorAll('.view:not(.current)').forEach(one => one.remove());"
    )
    browser.execute_script(script)
    found = browser.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, { resultTypes: ['violations'] })"
        ".then(({ violations }) => done(violations"
        ".map(({ impact, id, nodes }) => [impact, id, nodes[0].html])));"
    )
    assert found == []


def test_nothing_moves_for_readers_who_prefer_that(visit: Callable[[str], Any]) -> None:
    browser = visit("overview")
    feature = {"name": "prefers-reduced-motion", "value": "reduce"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    moving = browser.execute_script(
        "return [...document.querySelectorAll('*')].filter(one => { const style = getComputedStyle(one);"
        " return parseFloat(style.transitionDuration) || style.animationName !== 'none'"
        " || style.scrollBehavior === 'smooth' }).length"
    )
    assert moving == 0


def test_marks_are_shapes_and_not_colours_alone(visit: Callable[[str], Any]) -> None:
    """In black and white, and without backgrounds, no two marks look the same."""
    browser = visit("threads")
    shapes = browser.execute_script(
        "return [...document.querySelectorAll('symbol')].map(one => [one.id, one.innerHTML.replace(/ id=\"[^\"]*\"/, '').trim()])"
    )
    marks = dict(shapes)
    for names in (
        ("collective", "host", "national", "secretariat"),
        ("attended", "counted", "remote", "represented", "expected", "absent", "unknown"),
        ("in_person", "hybrid", "virtual", "no_format"),
        ("known", "silent", "missing"),
    ):
        assert len({marks[f"m-{name}"] for name in names}) == len(names)
    heights = browser.execute_script(
        "return [1,2,3,4,5,6,7].map(rank => parseFloat(getComputedStyle(document.querySelector(`.track .s${rank}`)).height))"
    )
    assert heights == sorted(set(heights)), "a line grows thicker with each stage"


def printed(browser: Any) -> list[bytes]:
    """Print the page as a PDF without backgrounds; return its streams unpacked."""
    options = {"printBackground": False, "preferCSSPageSize": True}
    pdf = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", options)["data"])
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return found


@pytest.mark.parametrize("view", ["overview", "attendance", "threads", "initiatives"])
def test_paper_keeps_every_mark_without_backgrounds(visit: Callable[[str], Any], view: str) -> None:
    browser = visit(view)
    marks = browser.execute_script(
        "return document.querySelectorAll('.view.current svg use, .view.current svg rect').length"
    )
    drawn = len(re.findall(rb"(?<![A-Za-z])(?:f\*?|S|B\*?|b)\s", b"".join(printed(browser))))
    assert marks > 30
    assert drawn >= marks


@pytest.mark.parametrize("table", ["editions", "sources", "participants"])
def test_a_printed_table_does_not_break_words_into_letters(
    visit: Callable[[str], Any], table: str
) -> None:
    """In landscape format, the 277 mm between the margins are 1047 pixels."""
    browser = visit(f"tables/{table}")
    metrics = {"width": 1047, "height": 700, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    section = f'[id="tables/{table}"]'
    cells = browser.execute_script(
        f"return [...document.querySelectorAll('{section} tbody td')].slice(0, 600)"
        ".filter(one => one.textContent.length > 3).map(one => one.getBoundingClientRect().width)"
    )
    assert min(cells) > 20
    wide = f"return document.querySelector('{section} table').getBoundingClientRect().right"
    assert browser.execute_script(wide) <= 1047


def test_a_printed_table_repeats_its_heading_on_every_page(visit: Callable[[str], Any]) -> None:
    browser = visit("tables/outcomes")
    browser.execute_script("""
        const style = document.createElement("style");
        style.textContent = "main { color: #030201 !important } .data thead * { color: #010203 }";
        document.head.append(style);
        document.querySelectorAll("main > *, #tables > :not(.current)").forEach(
            one => one.style.display = one.id === "tables" ? "" : "none");
    """)
    # The two colours as Chromium writes them in a PDF: parts of 255.
    heading, text = b".0039 .0078 .0118 rg", b".0118 .0078 .0039 rg"
    pages = [one for one in printed(browser) if text in one]
    assert len(pages) > 2
    assert all(heading in one for one in pages)


def test_bars_are_in_the_middle_of_their_years(visit: Callable[[str], Any]) -> None:
    browser = visit("overview")
    script = """
        return [...document.querySelectorAll(arguments[0])].map(one => {
            const {left, right} = one.getBoundingClientRect(); return [left, right]})
    """
    shaded = browser.execute_script(script, ".editions .part")
    bars = browser.execute_script(script, ".editions .single")[-len(shaded) :]
    for (left, right), (first, last) in zip(shaded, bars, strict=True):
        assert (first + last) / 2 == pytest.approx((left + right) / 2, abs=1)


def test_everything_can_be_read_without_javascript(tmp_path: Path, address: str) -> None:
    """Except the rows of provenance; the page says where they are."""
    browser = start(tmp_path, javascript=False)
    try:
        browser.get(address)
        seen = [
            view.get_attribute("id") for view in find_all(browser, ".view") if view.is_displayed()
        ]
        assert seen == list(VIEWS)
        assert not any(form.is_displayed() for form in find_all(browser, "form"))
        text = find(browser, "main").text
        for row in load.rows("outcomes"):
            assert text.count(row["title"]) >= 3, "in its edition, in its thread and in the table"
        for row in load.rows("decisions"):
            assert row["note"] in text
        for table in ("sources", "meetings", "instruments", "parties", "cross_references"):
            for row in load.rows(table):
                assert row["id"] in text
        assert "data/processed/provenance.csv" in text
        assert find(browser, "#s1").is_displayed()
    finally:
        browser.quit()
