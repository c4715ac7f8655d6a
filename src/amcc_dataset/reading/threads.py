"""The outcomes on a topic in their order, which continues which, and the texts they refer to.

Not here: which documents say so (evidence.py).
"""

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.suggest import known
from amcc_dataset.model.vocabularies import Act, ReferenceRelation, Topic
from amcc_dataset.reading.frames import frame
from amcc_dataset.reading.packaged import dataset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    Plain = dict[str, Any]

THREAD = (
    *("edition_id", "year", "act", "scope", "made_by", "title", "instruments", "outcome_id"),
    *("follows_id", "thread_id", "initiative_id"),
)


def outcomes(data: Dataset, topic: str) -> "list[Plain]":
    """Return the outcomes on a topic in their order, as a chart of the thread shows them.

    Parameters
    ----------
    data
        The tables.
    topic
        Code of a topic.

    Returns
    -------
    list of dict
        One per outcome. `thread_id` is the first outcome of the chain in which each continues the
        one before. `instruments` are the texts that it refers to. `strength` is the act's place
        in the order of commitment, from 1. `x` is the year, shifted a little if several outcomes
        of an edition have the same act.

    Examples
    --------
    >>> {row["topic"] for row in outcomes(dataset(), "coordination")}
    {'coordination'}
    """
    strength = {act: place for place, act in enumerate(Act, 1)}
    editions = data.by_id("editions")
    chosen = sorted(
        data.having("outcomes", "topic", topic),
        key=lambda row: (editions[row["edition_id"]]["number"], row["ordinal"]),
    )
    alike: dict[tuple[str, str], list[str]] = {}
    for row in chosen:
        alike.setdefault((row["edition_id"], row["act"]), []).append(row["id"])
    found = []
    for row in chosen:
        edition, neighbours = editions[row["edition_id"]], alike[row["edition_id"], row["act"]]
        step = min(0.24, 0.8 / len(neighbours))
        shift = (neighbours.index(row["id"]) - (len(neighbours) - 1) / 2) * step
        found.append(
            {
                **{name: row[name] for name in row if name not in ("id", "made_by")},
                "outcome_id": row["id"],
                "thread_id": _first(data, row["id"]),
                "instruments": _instruments(data, row["id"]),
                "made_by": data.name("actors", row["made_by"]),
                "number": edition["number"],
                "year": edition["year"],
                "strength": strength[row["act"]],
                "x": round(edition["year"] + shift, 3),
            }
        )
    return found


def _first(data: Dataset, outcome_id: str) -> str:
    """Return the first outcome of the chain in which each continues the one before."""
    while (row := data.row("outcomes", outcome_id)) and row["follows_id"] is not None:
        outcome_id = row["follows_id"]
    return outcome_id


def _instruments(data: Dataset, outcome_id: str) -> str | None:
    """Return the keys of the texts that an outcome refers to, or None if it refers to none."""
    references = data.having("cross_references", "from_outcome_id", outcome_id)
    texts = dict.fromkeys(row["to_instrument_id"] for row in references if row["to_instrument_id"])
    return "; ".join(texts) or None


def successors(data: Dataset) -> "dict[str, tuple[str, ...]]":
    """Return for each initiative the later ones that continue it.

    An initiative continues another if an outcome on it continues an outcome on the other, or if a
    document says that it builds on the other.

    Parameters
    ----------
    data
        The tables.

    Returns
    -------
    dict
        Keys of the later initiatives by the key of the earlier one, the first to continue it first.

    Examples
    --------
    >>> successors(dataset())["coordination-mechanism"]
    ('asean-cyber-cc',)
    """
    found: dict[str, dict[str, None]] = {}
    for row in data["outcomes"]:
        before = data.row("outcomes", row["follows_id"])
        earlier = before and before["initiative_id"]
        if earlier and row["initiative_id"] not in (None, earlier):
            found.setdefault(earlier, {})[row["initiative_id"]] = None
    for row in data.having("cross_references", "relation", ReferenceRelation.BUILDS_ON):
        if row["from_initiative_id"] and row["to_initiative_id"]:
            found.setdefault(row["to_initiative_id"], {})[row["from_initiative_id"]] = None
    return {earlier: tuple(later) for earlier, later in found.items()}


def thread_rows(topic: str, data: Dataset | None = None) -> "list[Plain]":
    """Return the outcomes on a topic in their order, as plain dictionaries.

    Parameters
    ----------
    topic
        Code of a topic.
    data
        The tables; by default those of the package.

    Returns
    -------
    list of dict
        The rows of `thread`, with the same keys in the same order.

    Raises
    ------
    ValueError
        If there is no such topic.
    """
    known("topic", topic, list(Topic))
    return [{name: row[name] for name in THREAD} for row in outcomes(data or dataset(), topic)]


def thread(topic: str) -> "pd.DataFrame":
    """Return the outcomes on a topic, edition by edition, with the texts they refer to.

    Parameters
    ----------
    topic
        Code of a topic, for example ``"norms_and_law"``; ``list(amcc.Topic)`` has all.

    Returns
    -------
    pandas.DataFrame
        One row per outcome, with the key `outcome_id`, ordered by edition and by the place of the
        outcome in it. The columns:

        * `edition_id` (text), `year` (Int64): the edition
        * `act` (ordered category): the document's verb, ordered by commitment
        * `scope` (category): whose act it is
        * `made_by` (text): the name of that state or body, null for an act of all members together
        * `title` (text): the outcome in a few words
        * `instruments` (text): keys of the texts that it refers to, with ``"; "`` between them;
          how it refers to a text is in the table `cross_references`
        * `outcome_id` (text): its key
        * `follows_id` (text): the earlier outcome that this one continues
        * `thread_id` (text): the first outcome of that chain; rows with the same value belong
          together
        * `initiative_id` (text): the initiative that it is about

        If an edition has no row, no outcome on the topic was found for it: `panel` shows how much
        was read. Rules are in section 5 of docs/codebook.md.

    Raises
    ------
    ValueError
        If there is no such topic.

    Examples
    --------
    >>> norms = thread("norms_and_law")
    >>> norms.loc[norms["thread_id"] == "amcc-01-norms", "edition_id"].unique().tolist()[:4]
    ['amcc-01', 'amcc-02', 'amcc-03', 'amcc-04']
    >>> norms.loc[norms["instruments"] == "un-gge-2015-report", "edition_id"].unique().tolist()
    ['amcc-02', 'amcc-03', 'amcc-04', 'amcc-05', 'amcc-06']
    """
    return frame(thread_rows(topic), THREAD)
