"""The view of the texts: what outcomes and initiatives refer to, and the routes of papers.

Not here: the documents that were read for the dataset (the table of sources).
"""

from typing import Any

from amcc_dataset.explore.references import References
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import InstrumentKind
from amcc_dataset.model.words import when

Plain = dict[str, Any]


def content(data: Dataset, references: References) -> Plain:
    """Return the texts with what points to them, and the papers with their routes."""
    found = [
        {
            **row,
            "kind": InstrumentKind(row["kind"]),
            "issued": when(row["issued_on"], row["issued_precision"]) if row["issued_on"] else None,
            "issuer": data.name("actors", row["issued_by"]),
            "pointed": references.to("to_instrument_id", row["id"]),
        }
        for row in data["instruments"]
    ]
    return {
        "instruments": sorted(found, key=lambda row: (-len(row["pointed"]), row["name"])),
        "routes": references.routes(),
        "directed": [
            (actor["name"], ends)
            for actor in data["actors"]
            if (
                ends := [
                    one for one in references.to("to_actor_id", actor["id"]) if one["step"] is None
                ]
            )
        ],
    }
