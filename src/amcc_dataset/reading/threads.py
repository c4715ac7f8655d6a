"""The outcomes on a topic, in order, and which takes up which.

Not in here: who says so (evidence.py).
"""

from typing import TYPE_CHECKING

from amcc_dataset.model.vocabularies import Topic
from amcc_dataset.reading import figures, load
from amcc_dataset.reading.frames import Plain, frame, known

if TYPE_CHECKING:
    import pandas as pd


THREAD = (
    *("edition_id", "year", "act", "scope", "made_by", "title", "outcome_id", "follows_id"),
    *("thread_id", "initiative_id"),
)


def thread_rows(topic: str) -> list[Plain]:
    """Return the outcomes on a topic in their order, as plain dictionaries."""
    known("topic", topic, list(Topic))
    follows = {row["id"]: row["follows_id"] for row in load.rows("outcomes")}

    def first(outcome_id: str) -> str:
        while follows[outcome_id] is not None:
            outcome_id = follows[outcome_id]
        return outcome_id

    rows = [{**row, "thread_id": first(row["outcome_id"])} for row in figures.thread(topic)]
    return [{name: row[name] for name in THREAD} for row in rows]


def thread(topic: str) -> "pd.DataFrame":
    """Return the outcomes on a topic, edition by edition, and which takes up which.

    Parameters
    ----------
    topic
        Code of a topic, for example ``"norms_and_law"``.

    Returns
    -------
    pandas.DataFrame
        One row per outcome. `act` is ordered by commitment; `follows_id` is the earlier
        outcome that this one takes up, and `thread_id` the first of that line, so that
        sorting by it puts every line of outcomes together.

    Examples
    --------
    >>> norms = thread("norms_and_law")
    >>> norms.loc[norms["thread_id"] == "amcc-01-norms", "edition_id"].unique().tolist()[:4]
    ['amcc-01', 'amcc-02', 'amcc-03', 'amcc-04']
    """
    return frame(thread_rows(topic), THREAD)
