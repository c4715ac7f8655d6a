"""How the documentation site is built; CONTRIBUTING.md has the command.

The pages are the Markdown files beside this one. Before Sphinx reads a file, a comment such as
``<!-- generated: commands -->`` becomes what generated.py makes of the package and its tables,
and links to files outside of docs/ lead to the page that includes them. Nothing is fetched,
neither by the build nor by the pages.
"""

import posixpath
import re
import sys
from pathlib import Path
from typing import Any

from pygments.lexers.shell import BashLexer
from sphinx.highlighting import lexers

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path[:0] = [str(ROOT / "src"), str(DOCS)]

import generated  # noqa: E402

from amcc_dataset import __version__  # noqa: E402
from amcc_dataset.explore import page  # noqa: E402

project = "amcc-dataset"
author = "The amcc-dataset curators"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["__pycache__"]

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
default_role = "code"
napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_class_signature = "separated"
add_module_names = False

html_theme = "furo"
html_title = f"amcc-dataset {release}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options: dict[str, Any] = {"top_of_page_buttons": []}
html_show_copyright = False
pygments_style = "friendly"
# Commands have no prompt, so that they can be copied.
lexers["console"] = BashLexer()

OUTSIDE = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "README.md": "index.md",
    "SECURITY.md": "security.md",
    "schemas/dictionary.md": "dictionary.md",
}
"""Files outside of docs/ by the page that shows them."""

_LINK = re.compile(r"(\]\()([^)\s#:]+\.[a-z]+)([^)\s:]*\))")


def relink(text: str, home: Path, page: str) -> str:
    """Make the relative links of a file right for the page that shows it.

    Parameters
    ----------
    text
        The file in Markdown.
    home
        Folder of the file.
    page
        Folder of the page, relative to docs/.
    """

    def link(match: re.Match[str]) -> str:
        target = (home / match[2]).resolve().relative_to(ROOT).as_posix()
        target = OUTSIDE.get(target, target.removeprefix("docs/"))
        return match[1] + posixpath.relpath(target, page or ".") + match[3]

    return _LINK.sub(link, text)


def _page(_: Any, name: str, content: list[str]) -> None:
    path = DOCS / f"{name}.md"
    content[0] = relink(generated.fill(content[0]), path.parent, posixpath.dirname(name))


def _included(_: Any, path: Path, name: str, content: list[str]) -> None:
    content[0] = relink(content[0], (DOCS / path).parent, posixpath.dirname(name))


def _explorer(app: Any, failed: Exception | None) -> None:
    if failed is None and app.builder.format == "html":
        (Path(app.outdir) / "explorer.html").write_text(page.render(), encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Let every file pass through the functions above, and put the explorer beside the pages."""
    app.connect("source-read", _page)
    app.connect("include-read", _included)
    app.connect("build-finished", _explorer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
