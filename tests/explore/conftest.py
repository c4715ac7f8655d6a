"""The page as its tests need it: as text, as elements, and in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import start
from pages import Page

pytest.importorskip(
    "jinja2", reason="the explorer needs Jinja: pip install 'amcc-dataset[explore]'"
)

from amcc_dataset.explore import page as explore


@pytest.fixture(scope="session")
def html() -> str:
    """Return the page of the release."""
    return explore.render()


@pytest.fixture(scope="session")
def page(html: str) -> Page:
    """Return the elements of the page of the release."""
    return Page(html)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the page, the profile of the browser and its downloads."""
    return tmp_path_factory.mktemp("explorer")


@pytest.fixture(scope="session")
def address(folder: Path, html: str) -> str:
    """Return the address of the page."""
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="session")
def browser(folder: Path, address: str) -> Iterator[Any]:
    """Return a browser that may save files and write to the clipboard."""
    driver = start(folder)
    saving = {"behavior": "allow", "downloadPath": str(folder / "downloads")}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", saving)
    rights = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    driver.execute_cdp_cmd("Browser.grantPermissions", rights)
    yield driver
    driver.quit()


@pytest.fixture
def visit(browser: Any, address: str) -> Callable[[str], Any]:
    """Return a function that loads the page again at a fragment."""
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})

    def go(fragment: str = "") -> Any:
        browser.get("about:blank")
        browser.get(f"{address}#{fragment}" if fragment else address)
        return browser

    return go
