"""The view of the threads: the outcomes on each topic, and the chart of their acts.

Not here: which outcome continues which (reading/threads.py), and the places of marks and lines
(reading/layout.py).
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from amcc_dataset.explore.references import References
from amcc_dataset.explore.voices import Voices
from amcc_dataset.model import limits
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import Act, Topic
from amcc_dataset.reading import layout, threads

Plain = dict[str, Any]


def content(data: Dataset, voices: Voices, references: References) -> Iterator[Plain]:
    """Yield each topic that has outcomes, with the places in its chart in percent.

    Parameters
    ----------
    data
        The tables.
    voices
        The documents, as lines of text name them.
    references
        What the outcomes point to.
    """
    years = [row["year"] for row in data["editions"]]
    first, count = min(years), max(years) - min(years) + 1

    def left(x: float) -> float:
        return float(round((x - first + 0.5) / count * 100, 2))

    in_part = limits.in_part(data)
    for topic in Topic:
        outcomes = threads.outcomes(data, topic)
        rungs = layout.rungs(outcomes)

        def top(rung: float, height: int = len(rungs)) -> float:
            return round((rung + 0.5) / height * 100, 2)

        for row in outcomes:
            row["left"] = left(row["x"])
            row["top"] = top(rungs[Act(row["act"])])
            row["voices"] = voices.on("outcomes", row["outcome_id"], "act")
            row |= references.of("from_outcome_id", row["outcome_id"])
        if outcomes:
            yield {
                "topic": topic,
                "texts": Counter(
                    (end["href"], end["name"])
                    for row in outcomes
                    for end in row["texts"]
                    if end["table"] == "instruments"
                ),
                "acts": list(rungs),
                "years": [(year, left(year)) for year in range(first, first + count)],
                "part": [edition["year"] for edition in in_part],
                "unread": [
                    edition
                    for edition in in_part
                    if edition["id"] not in {row["edition_id"] for row in outcomes}
                ],
                "outcomes": outcomes,
                "lines": [
                    line
                    for link in layout.links(outcomes)
                    for line in pairwise((left(x), top(y)) for x, y in link["points"])
                ],
            }
