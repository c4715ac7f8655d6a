"""What the tests in a browser share: a headless Chromium without a network, and short helpers.

Selenium drives Debian's Chromium. axe-core is found by the path in AXE_CORE, or in the
package axe-playwright-python. Not here: any page.
"""

import os
import shutil
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")

needs_browser = pytest.mark.skipif(
    not (BROWSER and DRIVER and find_spec("selenium")),
    reason="chromium, chromedriver or selenium is not installed: no page is tested in a browser",
)


def start(folder: Path, *, javascript: bool = True) -> Any:
    """Return a headless Chromium that cannot reach any host; its profile is made in a folder."""
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
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_script_timeout(180)
    return driver


def until(condition: Callable[[], Any], seconds: float = 30) -> Any:
    """Wait until a condition is true; return its value."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "the condition is still not true"
        time.sleep(0.05)
    return value


def find(browser: Any, selector: str) -> Any:
    """Return the first element that a CSS selector finds."""
    return browser.find_element("css selector", selector)


def find_all(browser: Any, selector: str) -> list[Any]:
    """Return all elements that a CSS selector finds."""
    found: list[Any] = browser.find_elements("css selector", selector)
    return found


def shown(browser: Any, selector: str) -> list[str]:
    """Return the texts of the visible elements, with a single call."""
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].filter(one => one.checkVisibility())"
        ".map(one => one.innerText.trim())",
        selector,
    )
    return found


def press(browser: Any, *keys: str) -> None:
    """Press keys one after another."""
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def opened(browser: Any) -> Any:
    """Return the dialog with the evidence when it is open."""
    return until(lambda: find_all(browser, "#evidence[open]"))[0]


def current(browser: Any) -> str:
    """Return the view that is shown."""
    return str(browser.execute_script("return document.querySelector('.view.current').id"))


def saved(path: Path, size: int | None = None) -> bytes:
    """Return the content of a downloaded file when it is complete."""
    until(lambda: path.exists() and path.stat().st_size and size in (None, path.stat().st_size))
    return path.read_bytes()


def no_errors(browser: Any) -> None:
    """Make sure that the page has not reported an error."""
    assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


def axe() -> str | None:
    """Return the script of axe-core, or None if it is not installed."""
    if path := os.environ.get("AXE_CORE"):
        return Path(path).read_text(encoding="utf-8")
    package = find_spec("axe_playwright_python")
    if package is None or not package.submodule_search_locations:
        return None
    return (Path(package.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")
