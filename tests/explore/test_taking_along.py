"""What can be copied or saved: links, citations, texts, tables and figures."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from browsing import find, find_all, needs_browser, no_errors, opened, saved, until

from amcc_dataset.model import limits
from amcc_dataset.reading import load
from amcc_dataset.reading.citation import cite
from amcc_dataset.reading.evidence import evidence_rows
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.reading.store import path, tables

pytestmark = needs_browser

FIGURES = {
    "editions": "overview",
    "norms_and_law": "threads",
    "initiatives": "initiatives",
    "attendance": "attendance",
    "weeks": "meetings",
}


def copied(browser: Any, within: str, label: str) -> str:
    """Press a button that copies; return the text in the clipboard."""
    button = next(
        one
        for one in find_all(browser, f"{within} button.copy")
        if one.text == label and one.is_displayed()
    )
    browser.execute_script("navigator.clipboard.writeText('')")
    button.click()
    read = "const done = arguments[0]; navigator.clipboard.readText().then(done, () => done(''))"
    return str(until(lambda: browser.execute_async_script(read)))


def test_a_value_and_its_row_are_copied_as_link_citation_and_text(
    visit: Callable[[str], Any],
) -> None:
    browser = visit("editions/amcc-04/date_start")
    opened(browser)
    value, row = '[aria-label="This value"]', '[aria-label="Its row"]'
    assert copied(browser, value, "Copy link").endswith("page.html#editions/amcc-04/date_start")
    text = copied(browser, value, "Copy as text")
    assert text.startswith("Date start, 4th AMCC, 2019: 2 October 2019\n")
    citation = copied(browser, value, "Copy citation")
    assert citation.splitlines()[0] == cite()
    claims = evidence_rows("editions", "amcc-04", "date_start")
    preferred = {
        claim["source_id"]: claim["link"] for claim in claims if claim["standing"] == "preferred"
    }
    assert len(citation.splitlines()) == 1 + len(preferred)
    assert all(link in citation for link in preferred.values())
    assert copied(browser, row, "Copy link").endswith("page.html#editions/amcc-04")
    assert "date_start: 2019-10-02" in copied(browser, row, "Copy as text")
    assert "Copied." in opened(browser).text


def test_a_group_is_not_copied_as_attendance(visit: Callable[[str], Any]) -> None:
    browser = visit("participants/amcc-01-la/presence")
    opened(browser)
    text = copied(browser, '[aria-label="This value"]', "Copy as text")
    assert text.startswith(
        "Presence, Lao PDR at the 1st AMCC, 2016: attended, counted in a group; no document names the delegation\n"
    )
    assert "named_by: 0" in copied(browser, '[aria-label="Its row"]', "Copy as text")


def test_a_row_is_copied_from_its_table(visit: Callable[[str], Any]) -> None:
    browser = visit("outcomes/amcc-04-committee")
    group = '[aria-label="Row amcc-04-committee"]'
    assert copied(browser, group, "Copy link").endswith("#outcomes/amcc-04-committee")
    row = load.row("outcomes", "amcc-04-committee")
    assert row["summary"] in copied(browser, group, "Copy as text")
    assert "amcc-release-2019" in copied(browser, group, "Copy citation")


def test_every_table_is_saved_as_in_the_release(visit: Callable[[str], Any], folder: Path) -> None:
    browser = visit("tables")
    for table in tables():
        find(browser, f'#tables .chips a[href="#tables/{table}"]').click()
        find(browser, f'[id="tables/{table}"].current .save').click()
        shipped = Path(path(table)).read_bytes()
        assert saved(folder / "downloads" / f"{table}.csv", len(shipped)) == shipped


def test_the_name_of_a_saved_table_has_its_filter(
    visit: Callable[[str], Any], folder: Path
) -> None:
    browser = visit("tables/outcomes?topic=norms_and_law&made_by=-&q=regional%20plan")
    section = '[id="tables/outcomes"]'
    name = "outcomes-topic-norms-and-law-made_by-empty-q-regional-plan.csv"
    find(browser, f"{section} .save").click()
    plain = saved(folder / "downloads" / name)
    assert not plain.startswith(b"\xef\xbb\xbf")
    lines = plain.decode().splitlines()
    assert lines[0].startswith("id,edition_id")
    assert 1 < len(lines) < len(load.rows("outcomes"))
    assert all(",norms_and_law," in line for line in lines[1:])
    (folder / "downloads" / name).unlink()
    find(browser, f"{section} .bom").click()
    assert saved(folder / "downloads" / name) == b"\xef\xbb\xbf" + plain


def test_figures_are_saved_as_svg_and_png(visit: Callable[[str], Any], folder: Path) -> None:
    for name, view in FIGURES.items():
        browser = visit(view)
        figure = f'[data-figure="{name}"]'
        find(browser, f"{figure} .take summary").click()
        find(browser, f"{figure} .svg").click()
        content = saved(folder / "downloads" / f"{name}.svg").decode()
        root = ElementTree.fromstring(content)
        texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
        assert len(texts) > 15, name
        written = " ".join(text or "" for text in texts)
        assert limits.caveat(dataset()) in written, "the caveat is included"
        assert any("2019" in (text or "") for text in texts)
        assert not re.search(r"var\(|oklab|light-dark|currentcolor;", content), name
        assert set(re.findall(r"https?://[^\"<]+", content)) <= {"http://www.w3.org/2000/svg"}
        find(browser, f"{figure} .png").click()
        assert saved(folder / "downloads" / f"{name}.png").startswith(b"\x89PNG")
        no_errors(browser)


def test_the_marks_of_a_figure_are_all_in_the_saved_one(
    visit: Callable[[str], Any], folder: Path
) -> None:
    browser = visit("threads/coordination")
    figure = '[data-figure="coordination"]'
    find(browser, f"{figure} .take summary").click()
    find(browser, f"{figure} .svg").click()
    content = saved(folder / "downloads" / "coordination.svg").decode()
    outcomes = [row for row in load.rows("outcomes") if row["topic"] == "coordination"]
    shapes = re.findall(r'<path[^>]*d="M(?:0-5a|-4\.4|0-5\.6|0-6l)', content)
    assert len(shapes) == len(outcomes) + 4, "one for each outcome, and those of the legend"
    assert content.count("url(#hatch)") == 4 + 1


def test_a_figure_is_copied_as_link_and_text(visit: Callable[[str], Any]) -> None:
    browser = visit("attendance")
    figure = '[data-figure="attendance"]'
    find(browser, f"{figure} .take summary").click()
    text = copied(browser, figure, "Copy as text")
    lines = [line for line in text.splitlines() if line.startswith("Lao PDR")]
    assert "delegation attended, counted in a group." in lines[0]
    assert text.splitlines()[-1] == limits.caveat(dataset()), "the caveat is included"
    assert copied(browser, figure, "Copy link").endswith("#attendance")
    browser = visit("initiatives")
    figure = '[data-figure="initiatives"]'
    find(browser, f"{figure} .take summary").click()
    text = copied(browser, figure, "Copy as text")
    assert "ASEAN-Singapore Cybersecurity Centre of Excellence: " in text
    assert "operating from 2 October 2019" in text
    assert copied(browser, figure, "Copy citation").startswith(cite())
