"""A page of HTML as a reader without JavaScript gets it.

Not here: a browser (browsing.py).
"""

from html.parser import HTMLParser

VIEWS = (
    *("overview", "edition", "threads", "initiatives", "attendance", "meetings", "instruments"),
    *("disputes", "tables", "about"),
)
"""The views of the explorer that its menu leads to."""

CELL = ("editions", "amcc-04", "date_start")
"""A cell on which documents disagree."""


class Page(HTMLParser):
    """The elements of a page: what a reader without JavaScript gets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.text: list[str] = []
        self._table: list[list[str]] | None = None
        self._quiet = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect an element, and the beginning of a table, row or cell."""
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        self._quiet = tag in ("script", "style")
        if tag == "section":
            named = attributes.get("data-table")
            self._table = self.tables.setdefault(named, []) if named else None
        elif tag == "tr" and self._table is not None:
            self._table.append([])
        elif tag in ("td", "th") and self._table:
            self._table[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a table."""
        if tag in ("table", "script", "style"):
            self._table, self._quiet = None, False

    def handle_data(self, data: str) -> None:
        """Collect a text."""
        if self._table and self._table[-1]:
            self._table[-1][-1] += data.rstrip("\n")
        if not self._quiet:
            self.text.append(data)

    @property
    def said(self) -> str:
        """All that can be read, in one line."""
        return " ".join("".join(self.text).split())
