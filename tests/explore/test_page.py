"""The explorer page: what it says without a browser, and how it behaves in one.

The browser is Debian's Chromium without a network. axe-core is looked for in AXE_CORE, a
path, and in the package axe-playwright-python, which ships it.
"""

import csv
import datetime as dt
import gzip
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from amcc_dataset.reading.evidence import evidence_rows

pytest.importorskip(
    "jinja2", reason='the explorer needs Jinja: pip install "amcc-dataset[explore]"'
)

from amcc_dataset import cli
from amcc_dataset.explore import page as explore
from amcc_dataset.model.dataset import Tables
from amcc_dataset.model.vocabularies import Presence, Status
from amcc_dataset.reading import coverage, load, status, store
from amcc_dataset.reading.packaged import dataset

VIEWS = ("overview", "threads", "lifelines", "attendance", "disputes", "tables", "about")
CELL = ("editions", "amcc-04", "date_start")


class Page(HTMLParser):
    """The elements of a page: what a reader without JavaScript gets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.rows: dict[str, list[str]] = {}
        self.text: list[str] = []
        self._row: list[str] | None = None
        self._quiet = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        self._quiet = tag in ("script", "style")
        if tag == "tr":
            self._row = self.rows.setdefault(attributes["id"], []) if "id" in attributes else None
        elif tag in ("td", "th") and self._row is not None:
            self._row.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        if tag in ("tr", "table", "script", "style"):
            self._row, self._quiet = None, False

    def handle_data(self, data: str) -> None:  # noqa: D102
        if self._row:
            self._row[-1] += data
        if not self._quiet:
            self.text.append(data)


@pytest.fixture(scope="module")
def html() -> str:
    return explore.render()


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


# --- without a browser --------------------------------------------------------------------


def test_the_page_is_one_small_file_and_the_same_each_time(html: str) -> None:
    assert len(html.encode()) <= 1_400_000
    assert len(gzip.compress(html.encode(), 9)) <= 320_000
    assert html == explore.render()


def test_the_page_asks_for_nothing_from_anywhere(html: str, page: Page) -> None:
    for tag, attributes in page.elements:
        assert tag not in (
            "img",
            "iframe",
            "object",
            "embed",
            "video",
            "audio",
            "base",
            "form[action]",
        )
        assert "src" not in attributes
        assert tag != "link" or attributes["href"] == "data:,"
        assert not any(name.startswith("on") for name in attributes)
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = [
        attributes["content"]
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'")


def test_every_table_stands_in_the_page_cell_by_cell(page: Page) -> None:
    for table in store.tables():
        if table == "provenance":
            continue
        with Path(store.path(table)).open(encoding="utf-8", newline="") as source:
            _, *rows = csv.reader(source)
        assert [page.rows[f"{table}/{row[0]}"] for row in rows] == rows, table


def test_every_claim_stands_in_the_page(page: Page) -> None:
    keys = "".join(attributes.get("data-ids", "") for _, attributes in page.elements)
    shown = sorted(keys[place : place + 10] for place in range(0, len(keys), 10))
    assert shown == sorted(explore._short(claim["id"]) for claim in load.rows("provenance"))


def test_every_dispute_is_told_in_full(page: Page) -> None:
    text = " ".join("".join(page.text).split())
    ids = {attributes.get("id") for _, attributes in page.elements}
    for decision in load.rows("decisions"):
        assert f"disputes/{decision['id']}" in ids
        assert text.count(decision["note"]) >= 2, "in the table and among the disputes"


def test_every_address_in_the_page_leads_somewhere(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    columns = {table: {field["name"] for field in store.fields(table)} for table in store.tables()}
    pairs = {(row["edition_id"], row["actor_id"]) for row in load.rows("participants")}
    for tag, attributes in page.elements:
        href = attributes.get("href", "")
        if tag != "a" or not href.startswith("#") or href[1:] in ids:
            continue
        head, row_id, *field = href[1:].split("/")
        if head == "lifelines":
            dt.date.fromisoformat(row_id)
        elif head == "attendance":
            assert (row_id, *field) in pairs, href
        else:
            assert f"{head}/{row_id}" in ids, href
            assert field[0] in columns[head], href


def test_texts_of_the_tables_cannot_become_markup(tables: Tables) -> None:
    hostile = """</script><script>alert("1")</script><!--<img src=x onerror='x'>&amp;{{ 7 * 7 }}"""
    changed = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    targets = {
        "outcomes": ("title", "summary"),
        "initiatives": ("name",),
        "initiative_events": ("summary",),
        "sources": ("title", "publisher", "note"),
        "people": ("name",),
        "actors": ("name",),
        "decisions": ("note",),
        "participants": ("title_stated",),
        "editions": ("theme", "venue", "chair_name", "host_name"),
        "provenance": ("start", "end", "locator"),
    }
    for table, fields in targets.items():
        for row in changed[table]:
            row.update({field: hostile for field in fields if row[field] is not None})
    html = explore.render(changed)
    page = Page(html)
    assert [tag for tag, _ in page.elements].count("script") == 2
    assert not any(tag == "img" for tag, _ in page.elements)
    assert "49" not in re.findall(r"onerror=&#39;x&#39;&gt;&amp;amp;(..)", html)
    first = changed["outcomes"][0]
    assert page.rows[f"outcomes/{first['id']}"][-4:-2] == [hostile, first["initiative_id"] or ""]


def test_a_release_without_disputes_or_initiatives_makes_a_page(tables: Tables) -> None:
    empty = ("decisions", "initiatives", "initiative_events", "participants", "outcomes")
    bare = {
        name: [dict(row) for row in rows if row.get("table", "editions") == "editions"]
        for name, rows in tables.items()
    } | {name: [] for name in empty}
    assert "<main" in explore.render(bare)


def test_the_numbers_of_the_page_are_those_of_the_tables(html: str) -> None:
    rows = {table: load.rows(table) for table in store.tables()}
    figures_ = re.search(r'<dl class="figures">(.*?)</dl>', html, re.S)
    assert figures_
    shown = [int(text.replace(",", "")) for text in re.findall(r">([0-9,]+)</a>", figures_[1])]
    cited = {claim["source_id"] for claim in rows["provenance"]}
    assert shown == [
        len(rows["outcomes"]),
        len(rows["initiatives"]),
        len(cited),
        len(rows["provenance"]),
        len(rows["decisions"]),
    ]
    for table in store.tables():
        (count,) = re.findall(rf'href="#tables/{table}">[^<]*<small>([0-9,]+)', html)
        assert int(count.replace(",", "")) == len(rows[table])
    for topic, count in re.findall(r'href="#threads/([a-z_]+)">[^<]*<small>([0-9]+)', html):
        assert int(count) == sum(row["topic"] == topic for row in rows["outcomes"])
    subjects = re.findall(r'href="#disputes/[a-z0-9-]+">[^<]*<small>([0-9]+)', html)
    assert sum(map(int, subjects)) == len(rows["decisions"])
    for row in coverage.editions(dataset()):
        assert f"{row['known']} of {row['known'] + row['silent'] + row['unknown']} facts" in html
        assert f"{row['collective']} joint, {row['single']} single" in html


def test_the_first_view_tells_what_became_of_the_two_that_everybody_asks_for(page: Page) -> None:
    text = " ".join("".join(page.text).split())
    story = text[text.index("What became of it") : text.index("Threads: what was said")]
    for initiative in ("coordination-mechanism", "asean-regional-cert"):
        name = load.row("initiatives", initiative)["name"]
        (reached,) = status.status_rows(initiative)
        told = story[story.index(name) :]
        told = told[: told.index("outcomes at", 1) if "outcomes at" in told[1:] else None]
        assert Status(reached["status"]).label in told
        assert "According to Cyber Security Agency of Singapore" in told
        assert "Disputed" in told


def test_the_command_never_replaces_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    path = tmp_path / "page.html"
    assert cli.main(["explore", "--output", str(path)]) == 0
    assert opened == [path.as_uri()]
    assert cli.main(["explore", "--output", str(path), "--no-open"]) == 0
    assert "up to date" in capsys.readouterr().out
    path.write_text("mine", encoding="utf-8")
    assert cli.main(["explore", "--output", str(path), "--no-open"]) == 1
    assert "--force" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "mine"
    assert cli.main(["explore", "--output", str(path), "--no-open", "--force"]) == 0
    assert path.read_text(encoding="utf-8") == explore.render()
    assert len(opened) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]
    assert cli.main(["explore", "--output", str(tmp_path), "--no-open", "--force"]) == 1


def test_a_missing_extra_is_answered_with_its_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    assert cli.main(["explore", "--no-open"]) == 2
    assert 'pip install "amcc-dataset[explore]"' in capsys.readouterr().err


# --- in a browser -------------------------------------------------------------------------

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (BROWSER and DRIVER and find_spec("selenium")),
    reason="chromium, chromedriver or selenium is not installed: the page is not tried in a browser",
)


def start(folder: Path, *, javascript: bool = True) -> Any:
    """Return a headless Chromium that can reach no host."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER or ""
    for argument in (
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={folder / 'profile'}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not javascript:
        blocked = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", blocked)
    return webdriver.Chrome(options=options, service=Service(DRIVER))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("explorer")


@pytest.fixture(scope="module")
def address(folder: Path, html: str) -> str:
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[Any]:
    driver = start(folder)
    driver.set_script_timeout(180)
    yield driver
    driver.quit()


@pytest.fixture
def visit(browser: Any, address: str) -> Callable[[str], Any]:
    """Return what loads the page anew at a fragment."""
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    def go(fragment: str = "") -> Any:
        browser.get("about:blank")
        browser.get(f"{address}#{fragment}" if fragment else address)
        return browser

    return go


def until(condition: Callable[[], Any], seconds: float = 10) -> Any:
    """Wait until a condition holds; return its value."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)
    return value


def find(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def find_all(browser: Any, selector: str) -> list[Any]:
    found: list[Any] = browser.find_elements("css selector", selector)
    return found


def opened(browser: Any) -> Any:
    """Return the dialog with the evidence once it is open."""
    return until(lambda: find_all(browser, "#evidence[open]"))[0]


def saved(path: Path, size: int) -> bytes:
    """Return a downloaded file once it is complete."""
    until(lambda: path.exists() and path.stat().st_size == size)
    return path.read_bytes()


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def current(browser: Any) -> str:
    return str(browser.execute_script("return document.querySelector('.view.current').id"))


@needs_browser
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_an_address_and_is_shown_alone(
    visit: Callable[[str], Any], view: str
) -> None:
    browser = visit(view)
    shown = [
        element.get_attribute("id")
        for element in find_all(browser, ".view")
        if element.is_displayed()
    ]
    assert shown == [view]
    assert find(browser, f'.top nav a[href="#{view}"]').get_attribute("aria-current") == "page"
    assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


@needs_browser
def test_a_cell_opens_its_evidence_and_gives_the_keyboard_back(visit: Callable[[str], Any]) -> None:
    from selenium.webdriver import Keys

    browser = visit("tables/editions")
    link = find(browser, f'td a[href="#{"/".join(CELL)}"]')
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


@needs_browser
def test_every_kind_of_cell_has_its_evidence(visit: Callable[[str], Any]) -> None:
    """Stated, coded, null, derived, our own wording, rejected: what the dialog says of each."""
    decisions = load.rows("decisions")
    events = (row for row in decisions if row["table"] == "initiative_events")
    rejected = next(row for row in events if row["field"] is None)
    for address, said in {
        "editions/amcc-04/theme": "not mean zero",
        "editions/amcc-04/host_name": "Repeated from host_id",
        "outcomes/amcc-04-committee/title": "In our words",
        "outcomes/amcc-04-committee/ordinal": "Computed",
        "outcomes/amcc-04-committee/act": "Gave formal backing",
        f"{rejected['table']}/{rejected['row_id']}/kind": rejected["note"],
    }.items():
        browser = visit(address)
        assert said in opened(browser).text, address


@needs_browser
def test_the_dialog_says_of_every_cell_what_the_tables_say(visit: Callable[[str], Any]) -> None:
    browser = visit("tables")
    shown = browser.execute_script(
        "return tables.get('provenance').rows.map(claim).map(one => [one.id, one.value, one.link])"
    )
    claims = load.rows("provenance")
    assert shown == [[row["id"], row["value"] or "", row["link"] or ""] for row in claims]


@needs_browser
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
    overruled = [
        claim["link"]
        for claim in evidence_rows(decision["table"], decision["row_id"], decision["field"])
        if claim["standing"] == "overruled"
    ]
    links = {
        element.get_attribute("href")
        for element in point.find_elements("css selector", ".overruled a")
    }
    assert links <= set(overruled)
    assert links
    find(browser, '[id="disputes/editions-amcc-04-date-start"] .why a').click()
    assert decision_id not in opened(browser).text
    assert current(browser) == "disputes", "the view stays behind the dialog"


@needs_browser
@pytest.mark.parametrize("day", ["2023-01-01", "2025-01-01"])
def test_the_slider_tells_the_status_on_a_day(visit: Callable[[str], Any], day: str) -> None:
    from selenium.webdriver import Keys

    browser = visit("lifelines")
    slider = find(browser, "#on-range")
    browser.execute_script("arguments[0].focus()", slider)
    months = int(slider.get_attribute("max"))
    first = int(slider.get_attribute("data-year"))
    wanted = (int(day[:4]) - first) * 12 + int(day[5:7]) - 1
    press(browser, *[Keys.ARROW_LEFT] * (months - wanted))
    spoken = f"1 January {day[:4]}"
    assert find(browser, "#on").text == f"on {spoken}"
    assert slider.get_attribute("aria-valuetext") == f"on {spoken}"
    assert browser.current_url.endswith(f"#lifelines/{day}")
    statuses = {
        row["initiative_id"]: row["status"]
        for row in status.status_rows(on=dt.date.fromisoformat(day))
    }
    shown = {
        line.get_attribute("id").partition("/")[2]: line.find_element("css selector", ".chip").text
        for line in find_all(browser, ".line")
    }
    assert shown == {
        name: Status(status).label if status else "no step yet" for name, status in statuses.items()
    }
    again = visit(f"lifelines/{day}")
    assert (
        find(again, '[id="lifelines/asean-regional-cert"] .chip').text
        == shown["asean-regional-cert"]
    )
    assert find(again, "#on-day").get_attribute("value") == day


@needs_browser
def test_every_table_is_saved_as_it_is_shipped(visit: Callable[[str], Any], folder: Path) -> None:
    browser = visit("tables")
    downloads = folder / "downloads"
    browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)}
    )
    for table in store.tables():
        find(browser, f'#tables .chips a[href="#tables/{table}"]').click()
        find(browser, f'[id="tables/{table}"].current .save').click()
        shipped = Path(store.path(table)).read_bytes()
        assert saved(downloads / f"{table}.csv", len(shipped)) == shipped


@needs_browser
def test_search_filter_and_sort_agree_with_the_table(visit: Callable[[str], Any]) -> None:
    from selenium.webdriver import Keys
    from selenium.webdriver.support.select import Select

    browser = visit("tables/outcomes")
    section = '[id="tables/outcomes"]'

    def keys() -> list[str]:
        return [cell.text for cell in find_all(browser, f"{section} tbody th")]

    rows = load.rows("outcomes")
    find(browser, "#search input").send_keys("viet nam")
    sought = [row["id"] for row in rows if "viet nam" in json.dumps(row, default=str).lower()]
    assert 0 < len(sought) < len(rows)
    assert keys() == sought
    people = [row for row in load.rows("participants") if "viet nam" in str(row).lower()]
    chip = find(browser, '#tables .chips a[href="#tables/participants"] small')
    assert chip.text == str(len(people))
    find(browser, "#search input").send_keys(Keys.CONTROL + "a", Keys.DELETE)
    Select(find(browser, f'{section} [aria-label="Filter by topic"]')).select_by_value(
        "coordination"
    )
    head = find(browser, f'{section} th[data-name="act"]')
    head.find_element("css selector", "button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    acts = {
        act: place for place, act in enumerate(store.fields("outcomes")[4]["constraints"]["enum"])
    }
    chosen = [row for row in rows if row["topic"] == "coordination"]
    assert keys() == [row["id"] for row in sorted(chosen, key=lambda row: acts[row["act"]])]
    assert f"{len(chosen)} of {len(rows)}" in find(browser, f"{section} [role=status]").text


@needs_browser
def test_the_attendance_matrix_has_the_marks_of_the_table(visit: Callable[[str], Any]) -> None:
    from selenium.webdriver.support.select import Select

    browser = visit("attendance")
    marks = browser.execute_script(
        "return [...document.querySelectorAll('.matrix td a')].map(a => [a.getAttribute('href'),"
        " [...a.querySelectorAll('.p')].map(p => p.className.split(' ')[1])])"
    )
    wanted: dict[str, set[str]] = {}
    for row in load.rows("participants"):
        wanted.setdefault(f"#attendance/{row['edition_id']}/{row['actor_id']}", set()).add(
            row["presence"]
        )
    order = list(Presence)
    assert dict(map(tuple, marks)) == {
        key: sorted(found, key=lambda code: order.index(Presence(code)))
        for key, found in wanted.items()
    }
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


@needs_browser
def test_the_keyboard_is_enough(visit: Callable[[str], Any]) -> None:
    from selenium.webdriver import Keys

    browser = visit("")
    press(browser, Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("class") == "skip"
    press(browser, Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "main"
    assert current(browser) == "overview"
    browser = visit("tables/editions")
    first = find(browser, '[id="tables/editions"] td a')
    assert first.get_attribute("tabindex") == "0"
    browser.execute_script("arguments[0].focus()", first)
    press(
        browser,
        Keys.ARROW_DOWN,
        Keys.ARROW_DOWN,
        Keys.ARROW_DOWN,
        Keys.ARROW_RIGHT,
        Keys.ARROW_RIGHT,
    )
    assert browser.switch_to.active_element.get_attribute("href").endswith("#" + "/".join(CELL))
    press(browser, Keys.ENTER)
    assert opened(browser)
    find(browser, '.cells a[href="#editions/amcc-04/city"]').send_keys(Keys.ENTER)
    until(lambda: "Singapore" in find(browser, "#evidence-title").text)


@needs_browser
@pytest.mark.parametrize("table", ["editions", "outcomes", "sources", "decisions"])
def test_every_row_has_an_address(visit: Callable[[str], Any], table: str) -> None:
    row_id = load.rows(table)[-1]["id"]
    browser = visit(f"{table}/{row_id}")
    row = find(browser, f'[id="{table}/{row_id}"]')
    assert row.is_displayed()
    assert row.get_attribute("class") == "lit"


@needs_browser
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_view_is_wider_than_the_window(visit: Callable[[str], Any], width: int) -> None:
    browser = visit("overview")
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for view in VIEWS:
        visit_again = browser.current_url.partition("#")[0]
        browser.get("about:blank")
        browser.get(f"{visit_again}#{view}")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, view


@needs_browser
def test_nothing_is_asked_for_from_the_network(visit: Callable[[str], Any]) -> None:
    visit("overview").get_log("performance")
    for view in VIEWS:
        browser = visit(view)
    browser = visit("/".join(CELL))
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {
        event["params"]["request"]["url"].partition(":")[0]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    assert asked <= {"file", "about", "data"}


def axe() -> str | None:
    """Return the script of axe-core, if it is anywhere."""
    if path := os.environ.get("AXE_CORE"):
        return Path(path).read_text(encoding="utf-8")
    package = find_spec("axe_playwright_python")
    if package is None or not package.submodule_search_locations:
        return None
    return (Path(package.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "fragment", [*VIEWS, "tables/provenance", "lifelines/2023-01-01", "/".join(CELL)]
)
def test_axe_finds_no_serious_violation(
    visit: Callable[[str], Any], scheme: str, fragment: str
) -> None:
    script = axe()
    if script is None:
        pytest.skip("axe-core is not installed: pip install axe-playwright-python")
    browser = visit("overview")
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    visit(fragment)
    # What is not shown is not judged; axe is done sooner without it.
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
    assert [one for one in found if one[0] in ("serious", "critical")] == []


@needs_browser
def test_everything_can_be_read_without_javascript(tmp_path: Path, address: str) -> None:
    browser = start(tmp_path, javascript=False)
    try:
        browser.get(address)
        shown = [
            view.get_attribute("id") for view in find_all(browser, ".view") if view.is_displayed()
        ]
        assert shown == list(VIEWS)
        assert not any(form.is_displayed() for form in find_all(browser, "form"))
        text = find(browser, "main").text
        for row in load.rows("outcomes"):
            assert text.count(row["title"]) >= 2, "in its thread and in the table"
        for row in load.rows("decisions"):
            assert row["note"] in text
        for row in load.rows("sources"):
            assert row["id"] in text
        row = find(browser, f'[id="{CELL[0]}/{CELL[1]}"]')
        assert row.is_displayed()
        for summary in find_all(browser, "#tables details[data-table] > summary"):
            summary.click()
        lines = [body for body in find_all(browser, ".apparatus tbody") if body.is_displayed()]
        claimed = {(claim["table"], claim["row_id"]) for claim in load.rows("provenance")}
        assert len(lines) == len(claimed)
    finally:
        browser.quit()
