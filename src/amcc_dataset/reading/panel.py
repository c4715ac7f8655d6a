"""Editions by topics: what each conference did on a subject, for counting and comparing.

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
    """Return one dictionary per edition and topic, also where no outcome was found."""
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
    """Order outcomes by their acts; of equal ones that of all members together is the strongest."""
    return outcome["act_rank"], -list(Scope).index(outcome["scope"])


def panel(scope: str | None = None) -> "pd.DataFrame":
    """Return editions by topics: how many outcomes were found, and the strongest act.

    Parameters
    ----------
    scope
        Only outcomes of this scope, for example ``"collective"``; of all without it.

    Returns
    -------
    pandas.DataFrame
        One row per edition and topic: the number of `outcomes` that were found, the strongest
        `act` among them, its place in the order of commitment, and by its `scope` whether all
        members did it together or one of them alone. No outcome found is not the same as none
        made: `documents` counts the documents on the outcomes of the edition, and
        `documents_whole` those of them that were read to their end.

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
