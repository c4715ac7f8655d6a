"""Editions by topics: what each conference did on a topic, for counting and comparing.

Not here: the outcomes themselves (threads.py).
"""

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.suggest import known
from amcc_dataset.model.vocabularies import Scope, Topic
from amcc_dataset.reading.coverage import coverage_rows
from amcc_dataset.reading.frames import frame
from amcc_dataset.reading.packaged import dataset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from amcc_dataset.model.dataset import Row

PANEL = (
    *("edition_id", "number", "year", "topic", "outcomes", "act", "act_rank", "scope"),
    *("documents", "documents_whole"),
)


def panel_rows(scope: str | None = None, data: Dataset | None = None) -> "list[dict[str, Any]]":
    """Return the panel as plain dictionaries, with a row even if no outcome was found.

    Parameters
    ----------
    scope
        Only outcomes with this scope; by default all.
    data
        The tables; by default those of the package.

    Returns
    -------
    list of dict
        The rows of `panel`, with the same keys in the same order.

    Raises
    ------
    ValueError
        If there is no such scope.
    """
    if scope is not None:
        known("scope", scope, list(Scope))
    data = data or dataset()
    read = {row["edition"]: row for row in coverage_rows(data) if row["table"] == "outcomes"}
    found = []
    for edition in sorted(data["editions"], key=lambda row: row["number"]):
        outcomes = [
            row
            for row in data.having("outcomes", "edition_id", edition["id"])
            if scope in (None, row["scope"])
        ]
        for topic in Topic:
            on_topic = [row for row in outcomes if row["topic"] == topic]
            strongest = max(on_topic, key=_strength, default={})
            found.append(
                {
                    "edition_id": edition["id"],
                    "number": edition["number"],
                    "year": edition["year"],
                    "topic": topic.value,
                    "outcomes": len(on_topic),
                    "act": strongest.get("act"),
                    "act_rank": strongest.get("act_rank"),
                    "scope": strongest.get("scope"),
                    "documents": read[edition["id"]]["documents"],
                    "documents_whole": read[edition["id"]]["documents_whole"],
                }
            )
    return found


def _strength(outcome: "Row") -> tuple[int, int]:
    """Return how strong an outcome is: by its act, then by its scope, all members being strongest."""
    return outcome["act_rank"], -list(Scope).index(outcome["scope"])


def panel(scope: str | None = None) -> "pd.DataFrame":
    """Return editions by topics: how many outcomes were found, and the strongest act.

    Parameters
    ----------
    scope
        Only outcomes with this scope, ``"collective"``, ``"host"``, ``"national"`` or
        ``"secretariat"``; by default all.

    Returns
    -------
    pandas.DataFrame
        One row per edition and topic, even if no outcome was found; these two are the key. Rows
        are ordered by `number` and by the order of the topics. The columns:

        * `edition_id` (text), `number` (Int64), `year` (Int64): the edition
        * `topic` (category): the topic
        * `outcomes` (Int64): how many outcomes were found
        * `act` (ordered category): the strongest act among them, by the order of commitment
        * `act_rank` (Int64): its place in that order, from 1
        * `scope` (category): whose act it was; among equally strong acts, that of all members
        * `documents` (Int64): documents on the outcomes of the edition, on any topic
        * `documents_whole` (Int64): those of them that were read to their end

        `act`, `act_rank` and `scope` are null if no outcome was found, which does not mean that
        there was none: `documents_whole` shows how much was read. Acts, topics and scopes are in
        section 5 of docs/codebook.md.

    Raises
    ------
    ValueError
        If there is no such scope.

    Examples
    --------
    >>> norms = panel("collective").query("topic == 'norms_and_law'").set_index("year")
    >>> norms.loc[2018, "act"]
    'agreed_in_principle'
    """
    return frame(panel_rows(scope), PANEL)
