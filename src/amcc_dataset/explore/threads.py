"""The view of the threads: the outcomes on each topic, and the chart of their acts.

Not here: which outcome takes up which (reading/threads.py).
"""

from collections.abc import Iterator
from typing import Any

from amcc_dataset.explore.references import References
from amcc_dataset.explore.voices import Voices
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import Act, Topic
from amcc_dataset.reading import coverage, threads

Plain = dict[str, Any]


def content(data: Dataset, voices: Voices, references: References) -> Iterator[Plain]:
    """Yield each topic that has outcomes, with places in percent of its chart.

    Parameters
    ----------
    data
        The tables.
    voices
        The documents, as lines name them.
    references
        What the outcomes point to.
    """
    years = [row["year"] for row in data["editions"]]
    first, count = min(years), max(years) - min(years) + 1

    def left(x: float) -> float:
        return float(round((x - first + 0.5) / count * 100, 2))

    in_part = [edition["year"] for edition in coverage.in_part(data)]
    for topic in Topic:
        outcomes = threads.outcomes(data, topic)
        acts = [act for act in reversed(Act) if any(row["act"] == act for row in outcomes)]
        for row in outcomes:
            row["left"] = left(row["x"])
            row["top"] = round((acts.index(row["act"]) + 0.5) / len(acts) * 100, 2)
            row["voices"] = voices.on("outcomes", row["outcome_id"], "act")
            row |= references.of("from_outcome_id", row["outcome_id"])
        known = {row["outcome_id"]: row for row in outcomes}
        if outcomes:
            yield {
                "topic": topic,
                "acts": acts,
                "years": [(year, left(year)) for year in range(first, first + count)],
                "part": in_part,
                "outcomes": outcomes,
                "links": [
                    (known[link["follows_id"]], known[link["outcome_id"]])
                    for link in threads.links(outcomes)
                ],
            }
