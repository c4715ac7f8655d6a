"""The evidence of a cell in a browser: it agrees with the tables and leads to the passages."""

from collections.abc import Callable
from typing import Any

from browsing import current, find, find_all, needs_browser, opened, press, until
from pages import CELL

from amcc_dataset.reading import attendance, load
from amcc_dataset.reading.evidence import evidence_rows
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.reading.store import fields, tables

pytestmark = needs_browser


def test_a_cell_opens_its_evidence_and_gets_the_focus_back(visit: Callable[[str], Any]) -> None:
    from selenium.webdriver import Keys

    browser = visit("tables/editions")
    link = find(browser, f'#tables td a[href="#{"/".join(CELL)}"]')
    link.click()
    dialog = opened(browser)
    assert browser.current_url.endswith("#" + "/".join(CELL))
    claims = evidence_rows(*CELL)
    items = find_all(browser, "#evidence .claims > li")
    assert len(items) == len(claims)
    links = {item.find_element("css selector", "a").get_attribute("href") for item in items}
    assert links == {claim["link"] for claim in claims}
    note = next(claim["note"] for claim in claims if claim["standing"] == "overruled")
    assert note in dialog.text
    press(browser, Keys.ESCAPE)
    until(lambda: not find_all(browser, "#evidence[open]"))
    assert browser.switch_to.active_element.get_attribute("href") == link.get_attribute("href")
    assert browser.current_url.endswith("#tables/editions")


def test_every_kind_of_cell_has_its_evidence(visit: Callable[[str], Any]) -> None:
    """Stated, coded, null, derived, our own wording, rejected: what the dialog says about each."""
    rejected = next(row for row in load.rows("decisions") if row["field"] is None)
    claimed = next(
        claim["field"]
        for claim in load.rows("provenance")
        if (claim["table"], claim["row_id"]) == (rejected["table"], rejected["row_id"])
    )
    for address, said in {
        "editions/amcc-04/theme": "not mean zero",
        "editions/amcc-04/host_name": "Derived from host",
        "editions/amcc-06/umbrella_theme": "Derived from theme, edition in meetings",
        "outcomes/amcc-04-committee/title": "In our own words",
        "outcomes/amcc-04-committee/ordinal": "Computed",
        "outcomes/amcc-04-committee/act": "Gave formal backing",
        "participants/amcc-01-la/presence": "Counted in a group, such as all member states",
        f"{rejected['table']}/{rejected['row_id']}/{claimed}": rejected["note"],
    }.items():
        browser = visit(address)
        assert said in opened(browser).text, address


def test_the_claims_of_the_page_are_those_of_the_table(visit: Callable[[str], Any]) -> None:
    """They have the ids, which the page computes, and the order of the table."""
    browser = visit("tables")
    shown = browser.execute_script("return tables.get('provenance').rows")
    names = [field["name"] for field in fields("provenance")]
    claims = load.rows("provenance")
    assert shown == [[row[name] or "" for name in names] for row in claims]


def test_the_evidence_of_every_column_is_that_of_the_package(visit: Callable[[str], Any]) -> None:
    browser = visit("tables")
    script = """
        const [table, id, fields] = arguments;
        return fields.map(field => claimsBehind(table, id, field)
            .map(one => [one.table, one.row_id, one.field, one.value, one.standing, one.source_id, one.locator].join("|")).sort())
    """
    for table in tables():
        asked = [field["name"] for field in fields(table) if field["amcc:support"] != "none"]
        asked = [name for name in asked if name not in ("title", "summary", "subject", "roster")]
        rows = load.rows(table)
        if table == "provenance" or not rows or not asked:
            continue
        for row in (rows[0], rows[len(rows) // 2]):
            found = browser.execute_script(script, table, row["id"], asked)
            for field, said in zip(asked, found, strict=True):
                names = ("table", "row_id", "field", "value", "standing", "source_id", "locator")
                claims = evidence_rows(table, row["id"], field)
                wanted = sorted("|".join(one[name] or "" for name in names) for one in claims)
                assert said == wanted, (table, row["id"], field)


def test_a_document_is_opened_at_the_passage(visit: Callable[[str], Any]) -> None:
    """A link to a document leads to its row, and with the focus on it to the passage."""
    browser = visit("threads")
    link = find(browser, '[id="threads/amcc-04-committee"] .more a[data-p]')
    assert "#s" in link.get_attribute("href")
    browser.execute_script("arguments[0].focus()", link)
    address = link.get_attribute("href")
    claims = evidence_rows("outcomes", "amcc-04-committee", "act")
    assert address in {claim["link"] for claim in claims}
    assert "#:~:text=" in address


def test_whose_text_it_is_and_where_it_was_found_are_two_things(
    visit: Callable[[str], Any],
) -> None:
    sources = {row["id"]: row for row in load.rows("sources")}
    copied = "csa-2017-09-amcc2-press-release"
    claim = next(row for row in load.rows("provenance") if row["source_id"] == copied)
    browser = visit(f"{claim['table']}/{claim['row_id']}/{claim['field']}")
    items = [item.text for item in find_all(browser, "#evidence .claims > li")]
    (said,) = [text for text in items if "Australian Government site" in text]
    assert "host’s text" in said
    assert "found on internationalcybertech.gov.au" in said
    assert sources[copied]["publisher"] in said
    for text in items:
        assert "host," not in text, "the badge says whose text it is, not where it is"


def test_who_is_named_and_who_is_counted(visit: Callable[[str], Any]) -> None:
    browser = visit("attendance")
    marks = browser.execute_script(
        "return [...document.querySelectorAll('.matrix td a')].map(a => [a.getAttribute('href'),"
        " [...a.querySelectorAll('.m')].map(m => m.className.baseVal.split(' ')[1])])"
    )
    wanted: dict[str, set[str]] = {}
    for row in attendance.seats(dataset()):
        if row["presence"]:
            counted = row["attested"] == "counted" and row["presence"] == "attended"
            key = f"#attendance/{row['edition_id']}/{row['actor_id']}"
            wanted.setdefault(key, set()).add("counted" if counted else row["presence"])
    for found in wanted.values():
        if "attended" in found:
            found.discard("counted")
    assert {key: set(found) for key, found in marks} == wanted
    assert any(found == {"counted"} for found in wanted.values())
    find(browser, '.matrix a[href="#attendance/amcc-01/la"]').click()
    assert "Counted in a group; no document names the delegation." in opened(browser).text


def test_the_marks_follow_the_choice_of_a_session(visit: Callable[[str], Any]) -> None:
    from selenium.webdriver.support.select import Select

    browser = visit("attendance")
    Select(find(browser, '#attendance-picks [name="session"]')).select_by_value("partners")
    partners = {
        (row["edition_id"], row["actor_id"])
        for row in load.rows("participants")
        if row["session"] == "partners"
    }
    shown = [link for link in find_all(browser, ".matrix td a") if link.is_displayed()]
    assert len(shown) == len(partners)
    shown[0].click()
    assert "session with partners" in opened(browser).text


def test_a_dispute_is_followed_from_the_first_view_to_its_evidence(
    visit: Callable[[str], Any],
) -> None:
    browser = visit("overview")
    find(browser, '[id="overview/asean-regional-cert"] .disputed a').click()
    until(lambda: current(browser) == "disputes")
    decision_id = browser.current_url.rpartition("/")[2]
    decision = load.row("decisions", decision_id)
    point = find(browser, f'[id="disputes/{decision_id}"]')
    assert point.is_displayed()
    assert decision["note"] in point.text
    overruled = {
        claim["link"]
        for claim in evidence_rows(decision["table"], decision["row_id"], decision["field"])
        if claim["standing"] == "overruled"
    }
    links = point.find_elements("css selector", ".overruled a")
    for link in links:
        browser.execute_script("arguments[0].focus()", link)
    assert {link.get_attribute("href") for link in links} <= overruled
    assert links
    find(browser, '[id="disputes/editions-amcc-04-date-start"] .reason a').click()
    assert decision_id not in opened(browser).text
    assert current(browser) == "disputes", "the view stays behind the dialog"


def test_disputes_are_filtered_by_year(visit: Callable[[str], Any]) -> None:
    from selenium.webdriver.support.select import Select

    browser = visit("disputes?year=2021")
    shown = [one for one in find_all(browser, ".dispute") if one.is_displayed()]
    assert shown
    assert all(one.get_attribute("data-year") == "2021" for one in shown)
    assert f"{len(shown)} disputes" in find(browser, "#dispute-picks p").text
    select = Select(find(browser, '#dispute-picks [name="year"]'))
    assert select.first_selected_option.text == "2021"
    select.select_by_visible_text("2019")
    assert browser.current_url.endswith("#disputes?year=2019")
    assert find(browser, '[id="disputes/editions-amcc-04-date-start"]').is_displayed()
