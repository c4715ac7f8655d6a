"""The documentation site builds without a warning, is complete, and loads no outside file."""

import argparse
import doctest
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from browsing import find, find_all, needs_browser, start
from documented import ROOT, generated
from sample import RAW, Place

import amcc_dataset as amcc
from amcc_dataset import cli
from amcc_dataset.disk import shipped
from amcc_dataset.model.tables import TABLES
from amcc_dataset.model.vocabularies import VOCABULARIES
from amcc_dataset.reading import load

made = generated()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not all(map(find_spec, ("sphinx", "furo", "myst_parser"))):
        pytest.skip('Sphinx is missing: pip install "amcc-dataset[docs]"')
    folder = tmp_path_factory.mktemp("site")
    sphinx = (sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going")
    built = subprocess.run(
        [*sphinx, "-d", str(folder / "cache"), str(ROOT / "docs"), str(folder / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder / "html"


class Loads(HTMLParser):
    """The addresses that a page makes a browser load, and those to which it only links."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()
        self.styles = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the addresses and the name of an element."""
        for key, value in attrs:
            if key in ("src", "srcset", "href", "data", "poster", "action") and value:
                (self.links if tag == "a" else self.loaded).append(value)
            elif key == "id" and value:
                self.names.add(value)
            elif key == "style" and value:
                self.styles += value

    def handle_data(self, data: str) -> None:
        """Collect a style sheet in the page."""
        if self.cdata_elem == "style":
            self.styles += data


def is_elsewhere(address: str) -> bool:
    return bool(re.match(r"([a-z]+:)?//", address.strip(), re.IGNORECASE))


def test_the_site_loads_nothing_from_elsewhere_and_has_no_dead_link(site: Path) -> None:
    pages = {path: Loads(path) for path in site.rglob("*.html")}
    assert len(pages) > 20
    for path, page in pages.items():
        assert [address for address in page.loaded if is_elsewhere(address)] == [], path
        # Only the explorer's script knows its anchors; the explorer has its own tests.
        for address in page.links if path.name != "explorer.html" else []:
            if is_elsewhere(address) or address.startswith("mailto:"):
                continue
            file, _, anchor = address.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.exists(), f"{path.name}: {address}"
            assert not anchor or target not in pages or anchor in pages[target].names, address
    styles = [page.styles for page in pages.values()]
    styles += [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    for style in styles:
        found = re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)", style)
        assert [address for address in found if is_elsewhere(address)] == []
    for script in site.rglob("*.js"):
        code = script.read_text(encoding="utf-8")
        assert not re.search(r"(fetch|import|open|sendBeacon)\([^)]{0,40}https?://", code), script


def test_the_site_shows_every_table_function_command_and_dispute(site: Path) -> None:
    page = {path.stem: path.read_text(encoding="utf-8") for path in site.glob("*.html")}
    for name in (*TABLES, *(f"vocabulary-{name}" for name in VOCABULARIES)):
        assert f'id="{name}"' in page["dictionary"]
    for name in dir(amcc):
        assert name == "__version__" or f"amcc_dataset.{name}" in page["api"], name
    for command in made.parsers():
        assert f'id="{command.prog.replace(" ", "-")}"' in page["cli"], command.prog
    assert page["disputes"].count("Why (") == len(load.rows("decisions"))
    for document in (ROOT / "docs").rglob("*.md"):
        assert (site / document.relative_to(ROOT / "docs")).with_suffix(".html").exists()


HOSTILE = (
    "<script>document.title = 'ran'</script>",
    "<img src=x onerror=\"document.title = 'ran'\">",
    "<iframe srcdoc='&lt;p&gt;'></iframe> &lt;b&gt;",
    "[here](javascript:document.title='ran') ![x](https://example.org/x.png)",
    "`{raw} html <b>x</b>` {raw}`x` $x$ | y <https://example.org> <!-- generated: counts -->",
    "*a* **b** _c_ ~~d~~ # e \\< [^1] [x]: y",
)
"""Texts that a curator may write, and that become markup or code unless they are escaped."""


def disputes(place: Place, text: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Return the page of the disputes with a text as publisher, value and reason."""
    core = pytest.importorskip("docutils.core")
    parser = pytest.importorskip("myst_parser.docutils_").Parser()
    written = {
        "sources/release": '"Host"',
        "sources/report": '"Malacca"',
        "decisions": '"The host knows."',
    }
    for name, plain in written.items():
        raw = RAW[name].replace(plain, json.dumps(text))
        place.put(f"data/raw/{name}.toml", raw.encode())
    assert cli.main(["build", "--root", str(place.root)]) == 0
    monkeypatch.setattr(shipped, "root", lambda: str(place.root))
    page: bytes = core.publish_string(
        made.fill("# Disputes\n\n<!-- generated: disputes -->"),
        parser=parser,
        writer="html5",
        settings_overrides={"embed_stylesheet": False, "stylesheet_path": None},
    )
    return page


@needs_browser
def test_a_text_of_the_tables_stays_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, page = Place.make(tmp_path), tmp_path / "page.html"
    browser = start(tmp_path)
    try:
        for text in HOSTILE:
            page.write_bytes(disputes(place, text, monkeypatch))
            browser.get(page.as_uri())
            assert browser.title == "Disputes", text
            assert find_all(browser, "main :is(script, img, iframe, b, pre, .problematic)") == []
            links = {
                link.get_attribute("href").partition("#")[0] for link in find_all(browser, "main a")
            }
            assert links == {"https://example.org/release", "https://example.org/report"}
            shown = " ".join(find(browser, "main").text.split())
            assert shown.count(" ".join(text.split())) == 4, text
    finally:
        browser.quit()


def test_every_command_and_option_is_documented() -> None:
    """The page on commands has every command, argument and option."""
    written = made.commands()
    for command in made.parsers():
        section = written.split(f"## {command.prog}\n")[1].split("\n## ")[0]
        assert command.description, f"{command.prog} has no description"
        for action in command._actions:
            if isinstance(action, argparse._HelpAction):
                continue
            named = made.spelled(action)
            row = re.search(rf"^\| .*`{re.escape(named)}`.* \| (.+) \|$", section, re.MULTILINE)
            assert row is not None, f"{command.prog} {named} is not documented"
            assert action.help, f"{command.prog} {named} has no help"


def test_an_undocumented_option_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = cli.make_parser("show")
    parser.add_argument("--surprise", action="store_true")
    monkeypatch.setattr(made, "parsers", lambda: [parser])
    with pytest.raises(AssertionError, match="--surprise"):
        test_every_command_and_option_is_documented()


def test_every_public_function_has_a_docstring() -> None:
    for name in dir(amcc):
        if not name.startswith("__"):
            assert getattr(amcc, name).__doc__, name


def test_the_examples_of_the_generator() -> None:
    assert doctest.testmod(made).failed == 0
