"""How to cite the dataset, and the documents behind a table or some of its rows.

A document is primary for a row if no document nearer to the conference supports the row. Not
here: how a reference is written (model/bibliography.py), and the claims on a cell (evidence.py).
"""

from amcc_dataset.model import bibliography
from amcc_dataset.model.dataset import STANDS, Dataset
from amcc_dataset.model.suggest import known
from amcc_dataset.model.vocabularies import Tier
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.reading.store import descriptor, fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from amcc_dataset.model.dataset import Row


def cite(table: str | None = None, row: "Any" = None, *, format: str = "text") -> str:
    """Return how to cite the dataset, and the primary documents behind a table or rows of it.

    A document is primary for a row if no document nearer to the conference supports the row:
    texts of the host are nearer than those of other governments, and these are nearer than all
    others (`tier` in section 2 of docs/codebook.md).

    Parameters
    ----------
    table
        Name of a table, as in `tables()`; by default only the dataset is cited.
    row
        Key of a row of the table, or a row as `rows` and `records` give it; several of them as a
        list, a column, or a frame with the column ``id``. By default all rows.
    format
        ``"text"``, ``"bibtex"``, ``"csl-json"`` or ``"ris"``.

    Returns
    -------
    str
        The dataset first, then the documents from the earliest to the latest, undated ones last.
        As text, each has one line; in the other formats, each has one entry.

    Raises
    ------
    ValueError
        If there is no such format, table or row, or if a row is given without its table.

    Examples
    --------
    >>> print(cite("sources", "csa-2019-10-02-amcc4-press-release").partition("Mechanism ")[2])
    (2019-10-02). https://www.csa.gov.sg/news/press-releases/amcc-release-2019
    >>> cite(format="bibtex").splitlines()[0]
    '@misc{amcc-dataset,'
    >>> len(cite("outcomes", ["amcc-01-norms", "amcc-02-norms"]).splitlines())
    4
    """
    known("format", format, bibliography.FORMATS)
    items = [bibliography.dataset(descriptor())]
    if table is not None:
        items += [bibliography.document(source) for source in documents(table, row)]
    elif row is not None:
        raise ValueError(f"the row {row!r} is given without a table; name the table before it")
    return bibliography.FORMATS[format](items)


def documents(table: str, row: "Any" = None) -> "list[Row]":
    """Return the primary documents behind a table or some of its rows, the earliest first.

    For each row, they are the documents nearest to the conference among those with an accepted
    claim, and those that the row itself names; for rows of `sources`, these documents themselves.
    """
    data = dataset()
    named = [field["name"] for field in fields(table) if field["name"].endswith("source_id")]
    tiers = list(Tier)
    sources, support = data.by_id("sources"), data.support(table)
    found: set[str] = set()
    for entry in _rows(data, table, row):
        if table == "sources":
            found.add(entry["id"])
        found.update(entry[field] for field in named if entry[field] is not None)
        behind: dict[int, set[str]] = {}
        for _, standing, _, source_id in support.get(entry["id"], ()):
            if standing in STANDS:
                behind.setdefault(tiers.index(sources[source_id]["tier"]), set()).add(source_id)
        if behind:
            found |= behind[min(behind)]
    return sorted(
        (sources[source_id] for source_id in found),
        key=lambda source: (str(source["published_on"] or "n.d."), source["id"]),
    )


def _rows(data: Dataset, table: str, wanted: "Any") -> "Iterable[Row]":
    """Return the rows to cite: all, one, or several, also given as a frame."""
    if wanted is None:
        return data[table]
    if hasattr(wanted, "columns"):
        if "id" not in getattr(wanted, "column_names", wanted.columns):
            raise ValueError("the frame has no column 'id'; pass the column that has the ids")
        wanted = wanted["id"]
    one = _id(wanted)
    if one is not wanted or isinstance(wanted, str | type) or not hasattr(wanted, "__iter__"):
        names = [one]
    else:
        # Iterating over an Arrow column gives scalars, not texts.
        cells = wanted.to_pylist() if hasattr(wanted, "to_pylist") else wanted
        names = [_id(cell) for cell in cells]
    for name in names:
        known("row", name, data.by_id(table), of=table)
    return [data.by_id(table)[name] for name in names]


def _id(row: "Any") -> "Any":
    """Return the id of a row that is a dict, a row object or a line of a frame, or the id itself."""
    if isinstance(row, dict) or hasattr(row, "iloc"):
        return row.get("id", row)
    return getattr(row, "id", row)
