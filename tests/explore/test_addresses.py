"""Every view, row and value has an address; an unknown address gets a message."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from browsing import (
    current,
    find,
    find_all,
    needs_browser,
    no_errors,
    opened,
    press,
    shown,
    until,
)
from pages import CELL, VIEWS

from amcc_dataset.model import limits
from amcc_dataset.model.vocabularies import Status
from amcc_dataset.reading import load, status, threads
from amcc_dataset.reading.evidence import evidence_rows
from amcc_dataset.reading.packaged import dataset

pytestmark = needs_browser


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_an_address_and_is_shown_alone(
    visit: Callable[[str], Any], view: str
) -> None:
    browser = visit(view)
    seen = [
        element.get_attribute("id")
        for element in find_all(browser, ".view")
        if element.is_displayed()
    ]
    assert seen == [view]
    assert find(browser, f'.top nav a[href="#{view}"]').get_attribute("aria-current") == "page"
    no_errors(browser)


@pytest.mark.parametrize(
    ("former", "view"),
    [
        ("lifelines", "initiatives"),
        ("lifelines/asean-regional-cert", "initiatives"),
        ("lifelines/2023-01-01", "initiatives"),
        ("overview/amcc-04", "overview"),
        ("threads/amcc-04-committee", "threads"),
        ("initiatives/asean-regional-cert", "tables"),
        ("disputes/editions-amcc-04-date-start", "disputes"),
    ],
)
def test_addresses_of_earlier_versions_still_work(
    visit: Callable[[str], Any], former: str, view: str
) -> None:
    browser = visit(former)
    assert current(browser) == view
    assert not find(browser, "#nowhere").is_displayed()


@pytest.mark.parametrize("table", ["editions", "outcomes", "sources", "decisions", "initiatives"])
def test_every_row_has_an_address(visit: Callable[[str], Any], table: str) -> None:
    row_id = load.rows(table)[-1]["id"]
    browser = visit(f"{table}/{row_id}")
    row = find(browser, f'[id="{table}/{row_id}"]')
    assert row.is_displayed()
    assert row.get_attribute("class") == "lit"


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("editions/amcc-04/constructor", "editions/amcc-04/"),
        ("constructor", ""),
        ("__proto__", ""),
        ("editions/__proto__/number", "edition"),
        ("tables/outcome", "tables/outcomes"),
        ("edition/amcc-99", "edition/amcc-"),
        ("outcomes/amcc-04-commitee", "outcomes/amcc-04-committee"),
        ("disputes/nothing", "disputes"),
        ("attendance/amcc-04/xx", "attendance/"),
        ("provenance/c000", ""),
        ("%E0%A4%A", ""),
    ],
)
def test_an_unknown_address_gets_a_message_with_the_nearest(
    visit: Callable[[str], Any], asked: str, nearest: str
) -> None:
    browser = visit(asked)
    message = find(browser, "#nowhere")
    assert message.is_displayed()
    assert f"#{asked}" in message.text
    link = message.find_element("css selector", "a")
    assert f"#{nearest}" in link.get_attribute("href")
    no_errors(browser)
    link.click()
    until(lambda: not find(browser, "#nowhere").is_displayed())


@pytest.mark.parametrize("edition", load.rows("editions"), ids=lambda row: str(row["id"]))
def test_each_edition_has_a_page(visit: Callable[[str], Any], edition: dict[str, Any]) -> None:
    browser = visit(f"edition/{edition['id']}")
    (text,) = shown(browser, ".edition[id]")
    outcomes = [row for row in load.rows("outcomes") if row["edition_id"] == edition["id"]]
    assert all(row["title"] in text for row in outcomes)
    joint = sum(outcome["scope"] == "collective" for outcome in outcomes)
    counted = f"{joint} joint, {len(outcomes) - joint} individual"
    assert f"{len(outcomes)} outcomes were found: {counted}" in text
    assert f"{edition['documents_whole'] or 'none'} of them w" in text
    if edition["chair_id"] is None:
        assert "no document says who chaired it" in text
    places = [
        text.index(heading)
        for heading in (
            *("Who came, and how we know", "Outcomes found, the firmest first"),
            *(
                "Initiatives with an outcome or a step at this edition",
                "Where the documents disagree",
                "What is known about this edition",
            ),
            "Documents on any fact of this edition, and how much of each was read",
        )
    ]
    assert places == sorted(places)
    for outcome in outcomes:
        by = outcome["made_by"] and load.row("actors", outcome["made_by"])["name"]
        assert f"{outcome['title']} {by or 'all members'}" in text
    facts = find_all(browser, ".edition.current .facts tbody tr")
    assert len(facts) == 11


def test_the_number_of_facts_leads_to_the_facts(visit: Callable[[str], Any]) -> None:
    browser = visit("overview")
    link = find(browser, '[id="overview/amcc-04"] a[href="#edition/amcc-04/facts"]')
    known, of, total, *_ = link.text.split()
    assert of == "of"
    link.click()
    until(lambda: current(browser) == "edition")
    states = shown(browser, ".edition.current .facts td:last-child")
    assert len(states) == int(total)
    known_states = [state for state in states if state.startswith("established")]
    assert len(known_states) == int(known)
    bases = {
        claim["field"]: {other["basis"] for other in claims if other["field"] == claim["field"]}
        for claims in [evidence_rows("editions", "amcc-04")]
        for claim in claims
        if claim["standing"] in ("agreed", "preferred")
    }
    assert known_states.count("established, inferred") == sum(
        found == {"inferred"} for found in bases.values()
    )


def test_the_theme_of_the_week_is_beside_that_of_the_conference(
    visit: Callable[[str], Any],
) -> None:
    browser = visit("overview")
    item = find(browser, '[id="overview/amcc-06"]').text
    assert "Living with COVID-19" in item
    note = load.row("decisions", "editions-amcc-06-theme")["note"]
    assert note.startswith("A report of a Malaysian ministry's statement gives")
    assert note.partition(". ")[0] in item, "without a click"
    assert note in find(visit("edition/amcc-06"), '[id="edition/amcc-06"] .said').text
    browser = visit("overview")
    other = find(browser, '[id="overview/amcc-08"]').text
    edition = load.row("editions", "amcc-08")
    assert edition["theme"] in other
    assert edition["umbrella_theme"] in other
    weeks = shown(visit("meetings"), ".weeks tbody tr")
    for week, line in zip(
        sorted(row["id"] for row in load.rows("meetings") if row["kind"] == "cyber_week"),
        weeks,
        strict=True,
    ):
        claims = evidence_rows("meetings", week, "date_start")
        said = {one["basis"] for one in claims if one["standing"] in ("agreed", "preferred")}
        assert ("inferred" in line) == (said == {"inferred"}), week
    assert "18 to 21 September 2017, inferred" in weeks[1], "known from an announcement only"
    assert len(weeks) == len(load.rows("editions"))
    assert "Living with COVID-19" in weeks[5]


def test_an_initiative_shows_its_parties_and_what_points_where(visit: Callable[[str], Any]) -> None:
    browser = visit("initiative/asean-regional-cert")
    text = find(browser, '[id="initiative/asean-regional-cert"] .steps').text
    roles = {
        row["role"] for row in load.rows("parties") if row["initiative_id"] == "asean-regional-cert"
    }
    labels = {
        row["code"]: row["label"] for row in load.rows("codes") if row["vocabulary"] == "party_role"
    }
    assert all(labels[role].capitalize() in text for role in roles)
    assert "since" in text
    assert "latest step" in text
    older = find(
        visit("initiative/sg-cyber-leadership"), '[id="initiative/sg-cyber-leadership"] .steps'
    )
    assert "first known step: extended, 17 October 2023" in older.text
    thread = find(visit("threads/amcc-04-circulation"), '[id="threads/amcc-04-circulation"]').text
    assert "TELMIN" in thread
    assert "→" in thread
    norms = find(
        visit("threads/amcc-03-norms-subscription"), '[id="threads/amcc-03-norms-subscription"]'
    )
    assert "A/70/174" in norms.text
    referring = [row for row in threads.thread_rows("norms_and_law") if row["instruments"]]
    head = find(visit("threads/norms_and_law"), '[id="threads/norms_and_law"] header').text
    assert f"(A/70/174) ({len(referring)} outcomes)" in head
    texts = find(
        visit("instrument/un-gge-2015-report"), '[id="instrument/un-gge-2015-report"]'
    ).text
    pointing = [
        row
        for row in load.rows("cross_references")
        if row["to_instrument_id"] == "un-gge-2015-report"
    ]
    assert texts.count(" it") >= len(pointing)
    assert "implements it, Singapore, 2021" in texts, "one state's words are not those of all"
    assert "subscribes to it, all members, 2018" in texts


def test_a_thread_says_for_which_editions_nothing_was_found(visit: Callable[[str], Any]) -> None:
    text = find(visit("threads/norms_and_law"), '[id="list/norms_and_law"]').text
    found = {row["year"] for row in threads.thread_rows("norms_and_law")}
    unread = [edition for edition in limits.in_part(dataset()) if edition["year"] not in found]
    assert [edition["year"] for edition in unread] == [2024, 2025]
    for edition in unread:
        said = "nothing was found; the documents on its outcomes were read only in part"
        assert f"{edition['year']} {edition['number']}th conference: {said}" in text


def test_the_disputes_of_an_edition_say_what_they_are_about(visit: Callable[[str], Any]) -> None:
    browser = visit("edition/amcc-08/disputes")
    lines = shown(browser, '[id="edition/amcc-08/disputes"] + ul li')
    assert len(lines) == len(set(lines)), "no two are the same"
    assert any("Viet Nam proposes common legislation, act" in line for line in lines)
    assert any("8th AMCC, 2023, date start" in line for line in lines)


@pytest.mark.parametrize("day", ["2023-01-01", "2025-01-01"])
def test_the_slider_shows_the_status_on_a_day(visit: Callable[[str], Any], day: str) -> None:
    from selenium.webdriver import Keys

    browser = visit("initiatives")
    slider = find(browser, "#on-range")
    browser.execute_script("arguments[0].focus()", slider)
    months = int(slider.get_attribute("max"))
    first = int(slider.get_attribute("data-year"))
    wanted = (int(day[:4]) - first) * 12 + int(day[5:7]) - 1
    press(browser, *[Keys.ARROW_LEFT] * (months - wanted))
    spoken = f"1 January {day[:4]}"
    assert find(browser, "#on").text == f"on {spoken}"
    assert slider.get_attribute("aria-valuetext") == f"on {spoken}"
    assert browser.current_url.endswith(f"#initiatives/{day}")
    statuses = {
        row["initiative_id"]: row["status"]
        for row in status.status_rows(on=dt.date.fromisoformat(day))
    }
    chips = {
        line.get_attribute("id").partition("/")[2]: line.find_element("css selector", ".chip").text
        for line in find_all(browser, ".line")
    }
    assert chips == {
        name: Status(found).label if found else "no step yet" for name, found in statuses.items()
    }
    again = visit(f"initiatives/{day}")
    chip = find(again, '[id="initiative/asean-regional-cert"] .chip')
    assert chip.text == chips["asean-regional-cert"]
    assert find(again, "#on-day").get_attribute("value") == day


def test_the_keyboard_is_enough(visit: Callable[[str], Any]) -> None:
    from selenium.webdriver import Keys

    browser = visit("")
    press(browser, Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("class") == "skip"
    press(browser, Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "main"
    assert current(browser) == "overview"
    browser = visit("tables/editions")
    first = find(browser, '[id="tables/editions"] tbody a')
    assert first.get_attribute("tabindex") == "0"
    browser.execute_script("arguments[0].focus()", first)
    press(browser, *[Keys.ARROW_DOWN] * 3, *[Keys.ARROW_RIGHT] * 3)
    assert browser.switch_to.active_element.get_attribute("href").endswith("#" + "/".join(CELL))
    press(browser, Keys.ENTER)
    assert opened(browser)
    find(browser, '.cells a[href="#editions/amcc-04/city"]').send_keys(Keys.ENTER)
    until(lambda: "Singapore" in find(browser, "#evidence-title").text)


def test_the_tab_key_follows_the_order_of_the_header(visit: Callable[[str], Any]) -> None:
    from selenium.webdriver import Keys

    browser = visit("")
    order = []
    for _ in range(14):
        press(browser, Keys.TAB)
        order.append(browser.switch_to.active_element.accessible_name)
    menu = shown(browser, ".top nav a")
    assert order == ["Skip to the content", "AMCC", *menu, "Search everything", "What that means"]
