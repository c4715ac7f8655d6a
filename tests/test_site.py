"""The documentation site: it builds without a warning, is whole, and loads nothing from elsewhere."""

import argparse
import doctest
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from documented import ROOT, generated

import amcc_dataset as amcc
from amcc_dataset import cli
from amcc_dataset.model.tables import TABLES
from amcc_dataset.model.vocabularies import VOCABULARIES
from amcc_dataset.reading import load

made = generated()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not all(map(find_spec, ("sphinx", "furo", "myst_parser"))):
        pytest.skip('Sphinx is not here: pip install "amcc-dataset[docs]"')
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
    """The addresses that a page makes a browser load, and those to which it only leads."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()
        self.styles = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element's addresses and name."""
        for key, value in attrs:
            if key in ("src", "srcset", "href", "data", "poster", "action") and value:
                (self.links if tag == "a" else self.loaded).append(value)
            elif key == "id" and value:
                self.names.add(value)
            elif key == "style" and value:
                self.styles += value

    def handle_data(self, data: str) -> None:
        """Take a style sheet in the page."""
        if self.cdata_elem == "style":
            self.styles += data


def is_elsewhere(address: str) -> bool:
    return bool(re.match(r"([a-z]+:)?//", address.strip(), re.IGNORECASE))


def test_the_site_loads_nothing_from_elsewhere_and_has_no_dead_link(site: Path) -> None:
    pages = {path: Loads(path) for path in site.rglob("*.html")}
    assert len(pages) > 20
    for path, page in pages.items():
        assert [address for address in page.loaded if is_elsewhere(address)] == [], path
        # The explorer's script gives its anchors a meaning; it has its own tests.
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
    for verb in made.verbs():
        assert f'id="{verb.prog.replace(" ", "-")}"' in page["cli"], verb.prog
    assert page["disputes"].count("Why (") == len(load.rows("decisions"))
    for document in (ROOT / "docs").rglob("*.md"):
        assert (site / document.relative_to(ROOT / "docs")).with_suffix(".html").exists()


def test_every_command_and_option_is_documented() -> None:
    """Nobody can add a verb, argument or option that the page on commands passes over."""
    written = made.commands()
    for verb in made.verbs():
        section = written.split(f"## {verb.prog}\n")[1].split("\n## ")[0]
        assert verb.description, f"{verb.prog} says nothing of itself"
        for action in verb._actions:
            if isinstance(action, argparse._HelpAction):
                continue
            named = made.spelled(action)
            row = re.search(rf"^\| .*`{re.escape(named)}`.* \| (.+) \|$", section, re.MULTILINE)
            assert row is not None, f"{verb.prog} {named} is not documented"
            assert action.help, f"{verb.prog} {named} has no help"


def test_an_undocumented_option_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = cli.make_parser("show")
    parser.add_argument("--surprise", action="store_true")
    monkeypatch.setattr(made, "verbs", lambda: [parser])
    with pytest.raises(AssertionError, match="--surprise"):
        test_every_command_and_option_is_documented()


def test_every_public_function_has_a_docstring() -> None:
    for name in dir(amcc):
        if not name.startswith("__"):
            assert getattr(amcc, name).__doc__, name


def test_the_examples_of_the_generator() -> None:
    assert doctest.testmod(made).failed == 0
