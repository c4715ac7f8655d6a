"""What a document states, before it is a row of provenance: who says what about which cell.

Not here: reading a document (documents.py), which of several statements is accepted (settle.py),
and what to write instead of a value that does not fit (model/remedies.py).
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Collection, Mapping
from functools import cache

from amcc_dataset.curation.toml_files import Place
from amcc_dataset.model import passages, vocabularies
from amcc_dataset.model import tables as schema
from amcc_dataset.model.cells import Value, code, from_toml, to_text
from amcc_dataset.model.columns import Column, claimable, columns_of
from amcc_dataset.model.dataset import LONGEST_ID, Cell
from amcc_dataset.model.findings import Checked
from amcc_dataset.model.remedies import instead
from amcc_dataset.model.suggest import one_of

CLAIMED = tuple(claimable())
"""The tables whose rows are made of claims, in the order of the release."""

COLUMNS: Mapping[str, Mapping[str, Column]] = {name: columns_of(name) for name in schema.TABLES}
"""Every column by table and name."""


_TEXT = re.compile(schema.TEXT)

_PLACEHOLDERS = ("…", "...")
"""What the examples in CONTRIBUTING.md have instead of values."""

ELSEWHERE = {
    "silent": "write it at the top of the file, above [source]",
    "principal_of": "write it below [source]",
    "inferred": "write it below [[passage]]",
}
"""Where to put a key that is in the wrong place."""


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """Where in a document something is said, and the digest of its words if it was read whole."""

    locator: str
    start: str | None = None
    end: str | None = None
    sha256: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One document says that one cell has one value; a silence has no value and no passage.

    The id is a hash of the content, so the same statement at the same place always has the same
    id. It is computed once, because every step needs it. Two statements are never equal.
    """

    table: str
    row_id: str
    field: str
    value: Value | None
    basis: vocabularies.Basis | None
    source_id: str
    passage: Passage | None
    place: Place
    id: str = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        """Compute the id."""
        locator = self.passage.locator if self.passage else None
        made = passages.claim_id(*self.cell, to_text(self.value), self.source_id, locator)
        object.__setattr__(self, "id", made)

    @property
    def cell(self) -> Cell:
        """Table, row id and field."""
        return self.table, self.row_id, self.field


def parse(table: str, field: str, raw: object) -> Value:
    """Return a TOML value as the type of a cell.

    The id of another row only has to be a text; a rule checks whether there is such a row.

    Raises
    ------
    ValueError
        If the value does not fit; the message is the remedy.

    Examples
    --------
    >>> parse("editions", "city", "Singapore"), parse("editions", "host_id", "Singapore")
    ('Singapore', 'Singapore')
    """
    column = COLUMNS[table][field]
    if raw in _PLACEHOLDERS:
        raise ValueError("write the value itself instead of the placeholder")
    if column.vocabulary is not None:
        return code(column.vocabulary, raw)
    value = from_toml(column.type, raw)
    if column.ref is not None:
        if not _TEXT.fullmatch(str(value)) or len(str(value)) > LONGEST_ID:
            raise ValueError(f"write the id of a row of {column.ref}")
        return value
    if not schema.fits(table, field, value):
        raise ValueError(instead(column, value))
    return value


def read_cells(
    table: str, raw: object, allowed: Collection[str], place: Place
) -> Checked[dict[str, Value]]:
    """Return the correct cells of a TOML table by column; yield a finding for each other one."""
    if not isinstance(raw, dict):
        yield place.finding("right_shape", "is not a table", "write [header] and key = value")
        return {}
    values: dict[str, Value] = {}
    for key, value in raw.items():
        if key not in allowed:
            what = f"unknown key {key!r}"
            remedy = ELSEWHERE.get(key) or one_of(key, allowed)
            column = COLUMNS[table].get(key)
            if column is not None and column.derived:
                what, remedy = f"{key} is computed by the build", "delete it"
                if column.origin is not None:
                    fields, of = ", ".join(column.origin.fields), column.origin.table or "the row"
                    remedy = f"write {fields} of {of} instead"
            elif key == "id":
                what, remedy = "id is given in the header", "delete it"
            yield place.at(key).finding("known_keys", what, remedy)
            continue
        try:
            values[key] = parse(table, key, value)
        except ValueError as error:
            what = f"{key} is {shown(value)}"
            yield place.at(key).finding("value_fits_column", what, str(error))
    return values


def shown(value: object) -> str:
    """Return a value as a message shows it: as in TOML, cut off after 60 characters.

    Examples
    --------
    >>> shown("a"), shown(True), shown(dt.date(2019, 10, 2))
    ("'a'", 'true', '2019-10-02')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    try:
        written = repr(value)
    except (ValueError, RecursionError):
        return f"a {type(value).__name__} too large to show"
    return written if len(written) <= 60 else written[:57] + "..."


def split_cell(written: str) -> Cell:
    """Return table, row id and field of a cell as curators write it; missing parts are empty.

    Examples
    --------
    >>> split_cell("editions.amcc-04.theme"), split_cell("editions.amcc-04")
    (('editions', 'amcc-04', 'theme'), ('editions', 'amcc-04', ''))
    """
    table, _, rest = written.partition(".")
    row_id, _, field = rest.partition(".")
    return table, row_id, field


def usual_basis(table: str, field: str, value: Value) -> vocabularies.Basis:
    """Return the basis of a statement unless the passage marks it as inferred.

    Coded are codes, links between rows, the step numbers of a route, which we count, and our
    own wordings, such as a name in square brackets. Everything else is stated.
    """
    ours = _is_ours(table, field) or (isinstance(value, str) and value.startswith("["))
    return vocabularies.Basis.CODED if ours else vocabularies.Basis.STATED


@cache
def _is_ours(table: str, field: str) -> bool:
    column = COLUMNS[table][field]
    worded = column.vocabulary is not None or column.policy is schema.Policy.ROW
    return worded or (table, field) == ("cross_references", "step") or column.ref in CLAIMED


def is_id(row_id: str) -> bool:
    """Return whether a text can be the id of a row.

    Examples
    --------
    >>> is_id("amcc-04"), is_id("AMCC 4")
    (True, False)
    """
    return len(row_id) <= LONGEST_ID and re.fullmatch(schema.SLUG, row_id) is not None
