"""How much of the documents was read, and for which editions too little.

Not here: how many cells and documents there are (reading/coverage.py).
"""

from amcc_dataset.model.dataset import STANDS, Dataset
from amcc_dataset.model.vocabularies import Read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from amcc_dataset.model.dataset import Row


def in_part(data: Dataset) -> "list[Row]":
    """Return the editions for whose outcomes no document was read in full.

    Parameters
    ----------
    data
        The tables.

    Returns
    -------
    list of Row
        Rows of `editions`, by `number`.

    Examples
    --------
    >>> edition = {"id": "e", "number": 1}
    >>> tables = {"editions": [edition], "outcomes": [], "sources": [], "provenance": []}
    >>> in_part(Dataset(tables)) == [edition]
    True
    """
    whole = {row["id"] for row in data.having("sources", "read", Read.WHOLE)}
    read = {
        outcome["edition_id"]
        for outcome in data["outcomes"]
        for _, standing, _, source_id in data.support("outcomes").get(outcome["id"], ())
        if standing in STANDS and source_id in whole
    }
    editions = sorted(data["editions"], key=lambda row: row["number"])
    return [edition for edition in editions if edition["id"] not in read]


def caveat(data: Dataset) -> str:
    """Return how much of the documents was read, and what that means.

    Parameters
    ----------
    data
        The tables.

    Returns
    -------
    str
        Two sentences, with the numbers of the tables.

    Examples
    --------
    >>> tables = {"editions": [], "outcomes": [], "sources": [{"id": "s", "read": "opening"}]}
    >>> caveat(Dataset(tables)).partition(". ")[0]
    'For 1 of the 1 documents, only the beginning was read'
    """
    opening = len(data.having("sources", "read", Read.OPENING))
    said = f"For {opening} of the {len(data['sources'])} documents, only the beginning was read"
    numbers = [row["number"] for row in in_part(data)]
    if numbers:
        run = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1))
        listed = f"{numbers[0]} to {numbers[-1]}" if run else " and ".join(map(str, numbers))
        noun = "edition" if len(numbers) == 1 else "editions"
        said += f"; of the documents on the outcomes of {noun} {listed}, none was read in full"
    return f"{said}. What is missing here was not found; it may still have happened."
