"""The explorer: every table, with the evidence for every cell, as one HTML page.

`render` makes the page from the tables of a release only, so that the same tables give the same
bytes. The page contains all data that its script uses. Everything can be read without JavaScript
except the rows of provenance, which the script adds on demand. Layout and wording are in
templates/, with a template, a style and a script for each view. Not here: what a view shows (a
module for each), what is computed from the tables (reading/), writing the file (cli/explore.py).
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from amcc_dataset import __version__, extras
from amcc_dataset.explore import (
    attendance,
    initiatives,
    meetings,
    overview,
    store,
    tables,
    texts,
    threads,
)
from amcc_dataset.explore.axis import Axis
from amcc_dataset.explore.disputes import Docket
from amcc_dataset.explore.editions import Editions
from amcc_dataset.explore.names import Names, spaced
from amcc_dataset.explore.references import References
from amcc_dataset.explore.voices import Voices
from amcc_dataset.model import limits, words
from amcc_dataset.model.dataset import Dataset, Rows
from amcc_dataset.model.vocabularies import NAMES, VOCABULARIES
from amcc_dataset.reading import coverage
from amcc_dataset.reading.citation import cite
from amcc_dataset.reading.packaged import dataset

Plain = dict[str, Any]

TEMPLATES = Path(__file__).parent / "templates"

STYLES = (
    *("base", "marks", "overview", "edition", "threads", "initiatives", "attendance"),
    *("meetings", "disputes", "tables", "evidence", "search", "narrow", "print"),
)
"""The style sheets, in their order on the page."""

SCRIPTS = (
    *("dom", "words", "store", "tables", "names", "copy", "evidence", "figures", "search"),
    *("status", "choices", "route", "start"),
)
"""The scripts, in their order on the page."""

_HIDE = 'document.documentElement.className = "js"'
"""A script that runs before the page is drawn, so that only one view is drawn."""


def render(tables: Mapping[str, Rows] | None = None) -> str:
    """Return the page.

    Parameters
    ----------
    tables
        The tables by name; by default those of the release in the package.

    Raises
    ------
    ImportError
        If Jinja is not installed.
    """
    extras.need("explore", "jinja2")
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("amcc_dataset.explore"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        {
            name: getattr(words, name)
            for name in ("counted", "day", "days", "when", "money", "ordinal", "number")
        },
        sentence=words.sentence,
        spaced=spaced,
    )
    data = Dataset(tables) if tables else dataset()
    voices = Voices(data)
    scripts = (_HIDE, _joined(SCRIPTS, "script", "js"))
    html = environment.get_template("page.html").render(
        _views(data, voices),
        style=Markup(_joined(STYLES, "style", "css")),
        store=Markup(store.content(data, voices)),
        scripts=[{"text": Markup(script), "hash": _digest(script)} for script in scripts],
    )
    # Attributes are in double quotes, so that apostrophes need no escape.
    return _dense(html.replace("&#39;", "'"))


def _views(data: Dataset, voices: Voices) -> Plain:
    """Return what the templates need, by name."""
    names, axis = Names(data), Axis(data)
    references = References(data, names)
    docket = Docket(data, names, voices).subjects()
    lives = initiatives.lives(data, names, references, axis)
    timeline = overview.timeline(data)
    return {
        "version": __version__,
        "citation": cite(),
        "caveat": limits.caveat(data),
        "documents": coverage.totals(data),
        "vocabularies": VOCABULARIES,
        "vocabulary_names": NAMES,
        "counts": {name: len(rows) for name, rows in data.items()},
        "standings": Counter(claim["standing"] for claim in data["provenance"]),
        "hosts": list(dict.fromkeys(row["host_name"] for row in data["editions"])),
        "titles": {row["id"]: row["title"] for row in data["outcomes"]},
        "initiative_names": {row["id"]: row["name"] for row in data["initiatives"]},
        "actors": {row["id"]: row["name"] for row in data["actors"]},
        "axis": axis,
        "timeline": timeline,
        "stories": overview.stories(data, voices, lives, docket),
        "editions": Editions(data, names, voices).pages(timeline, lives, docket),
        "threads": list(threads.content(data, voices, references)),
        "initiatives": initiatives.by_relation(lives),
        "attendance": attendance.content(data),
        "weeks": meetings.weeks(data),
        "meetings": meetings.by_year(data, names),
        "texts": texts.content(data, references),
        "docket": docket,
        "disputed": {subject["id"] for subject in docket},
        "tables": tables.content(data),
    }


def _joined(names: Iterable[str], kind: str, ending: str) -> str:
    """Return style sheets or scripts as one text, without comments on lines of their own."""
    files = (TEMPLATES / kind / f"{name}.{ending}" for name in names)
    texts = (file.read_text(encoding="utf-8") for file in files)
    return _dense("\n".join(re.sub(r"(?ms)^ */\*.*?\*/ *$", "", text) for text in texts))


def _digest(script: str) -> str:
    """Return the hash by which the content security policy of the page allows a script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _dense(text: str) -> str:
    """Remove indentation and empty lines; texts of the tables have no line breaks."""
    return re.sub(r"\n[ \n]+", "\n", text.strip()) + "\n"
