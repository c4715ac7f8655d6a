"""The explorer: every table, with the evidence for every cell, as one HTML page.

`render` makes the page from the tables of a release alone, so that the same tables give the
same bytes. The HTML is the only store: all tables and claims stand in it and can be read
without JavaScript, and the script merely rearranges what is there. The provenance is kept
small by two lists: each passage once, with a number, and for each cell what which numbers
say. Layout and wording are in templates/. Not in here: what charts show (figures.py).
"""

import base64
import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from amcc_dataset import __version__, figures, load
from amcc_dataset.derive import Column, columns
from amcc_dataset.figures import STANDS, Plain, Tables, by_id
from amcc_dataset.problems import Problem, Problems
from amcc_dataset.schema import TABLES
from amcc_dataset.vocab import VOCABULARIES, Act, Presence, Relation, Standing, Status, Topic

BASES = {"stated": "s", "coded": "c", "inferred": "i", "reference": "r", None: ""}
"""The letter behind a passage's number for how the value comes from it."""

STORIES = 3
"""An initiative is told of on the first view from this many outcomes on."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)

Row = Mapping[str, Any]


def write(path: Path, *, force: bool = False) -> bool:
    """Write the page to a file; return whether the file changed.

    Raises
    ------
    Problems
        If another file stands there and `force` does not allow to replace it.
    """
    content = render().encode()
    if path.exists():
        if path.read_bytes() == content:
            return False
        if not force:
            remedy = "add --force to replace it, or name another file with --output"
            raise Problems([Problem(str(path), "there is another file of this name", remedy)])
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return True


def render(tables: Tables | None = None) -> str:
    """Return the page.

    Raises
    ------
    ImportError
        If Jinja is not installed.
    """
    try:
        import jinja2
    except ImportError:
        raise ImportError("jinja2 is missing; pip install 'amcc-dataset[explore]'") from None
    tables = tables or figures.read()
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("amcc_dataset"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        *(),
    } if False else {"day": day, "when": when, "ordinal": ordinal, "count": count}
    style, script = (_source(environment, name) for name in ("style.css", "script.js"))
    html = environment.get_template("page.html").render(
        **_Story(tables).context(),
        style=style,
        script=script,
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    # No text of the tables has a line break, so this takes indentation of the templates only.
    return re.sub(r"\n\s+", "\n", html)
