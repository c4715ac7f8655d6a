"""One search field over everything: names behind ids, years, persons, without accents."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from browsing import current, find, find_all, needs_browser, no_errors, shown, until

from amcc_dataset.reading import load

pytestmark = needs_browser


def test_who_chaired_leads_to_the_cell_with_its_rule_and_its_neighbours(
    visit: Callable[[str], Any],
) -> None:
    browser = visit("overview")
    find(browser, "#search-all input").send_keys("Who chaired 2023?")
    until(lambda: current(browser) == "search")
    (hit,) = shown(browser, "#results .hits li")
    assert "Chair, 8th AMCC, 2023: not established" in hit
    assert "an opening address is not chairing" in hit
    assert "Josephine Teo" in hit
    assert "Spoke at the opening: " in hit
    assert browser.current_url.endswith("#search/Who%20chaired%202023%3F")
    find(browser, '#results a[href="#editions/amcc-08/chair_id"]').click()
    dialog = until(lambda: find_all(browser, "#evidence[open]"))[0]
    assert "an opening address is not chairing" in dialog.text
    assert "Josephine Teo" in dialog.text


@pytest.mark.parametrize(
    ("query", "hit"),
    [
        ("Myanmar", "Myanmar at the 1st AMCC, 2016"),
        ("viet nam 2023", "at the 8th AMCC, 2023"),
        ("Josephine Teo 2022", "Josephine Teo at the 7th AMCC, 2022"),
        ("nguyen thanh", "Nguyen Thanh Hai at the 1st AMCC, 2016"),
        ("hosted 2019", "Host, 4th AMCC, 2019: Singapore"),
        ("amcc-04", "4th AMCC, 2019"),
        ("regional cert", "ASEAN Regional Computer Emergency Response Team"),
        ("ACCP", "ASEAN Cyber Capacity Programme"),
        ("theme 2023", "Theme, 8th AMCC, 2023"),
        ("when 2019", "2 October 2019"),
        ("a/70/174", "Report of the Group of Governmental Experts"),
    ],
)
def test_what_people_look_for_is_found(visit: Callable[[str], Any], query: str, hit: str) -> None:
    browser = visit(f"search/{query.replace(' ', '%20').replace('/', '%2F')}")
    assert find(browser, "#search-all input").get_attribute("value") == query
    hits = shown(browser, "#results .hits li")
    assert any(hit in one for one in hits), hits
    no_errors(browser)


def test_a_hit_says_whose_act_it_was_and_who_is_only_counted(visit: Callable[[str], Any]) -> None:
    hits = shown(visit("search/common%20legislation"), "#results .hits li")
    assert any("Proposed by Viet Nam: " in one for one in hits), hits
    hits = shown(visit("search/11%20UNGGE%20norms%20subscription"), "#results .hits li")
    assert any("Agreed in principle by all members together: " in one for one in hits), hits
    hits = shown(visit("search/myanmar%202016"), "#results .hits li")
    (said,) = [one for one in hits if one.startswith("Myanmar at the 1st AMCC, 2016")]
    assert "attended, counted in a group; no document names the delegation" in said
    hits = shown(visit("search/lao%202018"), "#results .hits li")
    (said,) = [one for one in hits if one.startswith("Lao PDR at the 3rd AMCC, 2018")]
    assert "counted in a group" not in said


def test_letters_are_found_without_their_marks(visit: Callable[[str], Any]) -> None:
    browser = visit("overview")
    folded = browser.execute_script(
        "return ['Đà Nẵng', 'Łódź', 'Søren', 'Xây dựng Đảng'].map(fold)"
    )
    assert folded == ["da nang", "lodz", "soren", "xay dung dang"]
    hits = shown(visit("search/xay%20dung%20dang"), "#results .hits li")
    assert any("Đảng" in one for one in hits)


@pytest.mark.parametrize("query", ["singapore", "2021", "norms"])
def test_every_hit_leads_somewhere(visit: Callable[[str], Any], query: str) -> None:
    browser = visit(f"search/{query}")
    hrefs = [one.get_attribute("href") for one in find_all(browser, "#results a")]
    assert len(hrefs) > 10
    for href in hrefs:
        browser.execute_script("location.hash = arguments[0]", href.partition("#")[2])
        until(lambda: current(browser) != "search" or find_all(browser, "#evidence[open]"))
        assert not find(browser, "#nowhere").is_displayed(), href
        browser.execute_script("document.querySelector('dialog').close()")
        browser.execute_script("location.hash = arguments[0]", f"#search/{query}")
        until(lambda: current(browser) == "search")


def test_a_message_says_that_nothing_was_found(visit: Callable[[str], Any]) -> None:
    browser = visit("search/zzzz%20qqqq")
    assert "No fact or row contains all of" in find(browser, "#found").text
    assert not find_all(browser, "#results li")
    no_errors(browser)


def test_a_table_is_searched_filtered_and_sorted_and_its_address_says_so(
    visit: Callable[[str], Any],
) -> None:
    from selenium.webdriver.support.select import Select

    browser = visit("search/viet%20nam")
    find(browser, '#results a[href^="#tables/participants?"]').click()
    until(lambda: current(browser) == "tables")
    section = '[id="tables/participants"]'
    rows = load.rows("participants")
    people = [
        row["id"]
        for row in rows
        if "viet nam" in json.dumps(row, default=str).lower() or row["actor_id"] == "vn"
    ]
    assert shown(browser, f"{section} tbody th") == people
    browser = visit("tables/outcomes?topic=coordination")
    section = '[id="tables/outcomes"]'
    chosen = [row for row in load.rows("outcomes") if row["topic"] == "coordination"]
    assert (
        f"{len(chosen)} of {len(load.rows('outcomes'))}"
        in find(browser, f"{section} [role=status]").text
    )
    assert (
        Select(
            find(browser, f'{section} [aria-label="Filter by topic"]')
        ).first_selected_option.text
        == "coordination"
    )
    head = find(browser, f'{section} th[data-name="act"]')
    head.find_element("css selector", "button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert shown(browser, f"{section} tbody th") == [
        row["id"] for row in sorted(chosen, key=lambda row: row["act_rank"])
    ]
    Select(find(browser, f'{section} [aria-label="Filter by scope"]')).select_by_value("host")
    assert browser.current_url.endswith("#tables/outcomes?topic=coordination&scope=host")
