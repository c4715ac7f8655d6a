"""Exceptions: claims that a person has found right although the text has another form.

They are listed in data/raw/ungrounded.toml. Not here: whether an exception is needed (verify.py).
"""

from collections.abc import Collection

from amcc_dataset.curation.toml_files import Place, TomlFile
from amcc_dataset.model.findings import Checked
from amcc_dataset.model.suggest import one_of

UNGROUNDED = "data/raw/ungrounded.toml"

_KEYS = {"cell", "source", "reason"}


def read_exceptions(
    file: TomlFile, sources: Collection[str]
) -> Checked[dict[tuple[str, str], Place]]:
    """Return the places of the exceptions by cell and source."""
    entries = file.content.get("claim", [])
    if set(file.content) - {"claim"} or not isinstance(entries, list):
        yield file.place.finding("right_shape", "is not a list of exceptions", "write [[claim]]")
        return {}
    found: dict[tuple[str, str], Place] = {}
    for index, entry in enumerate(entries):
        at = file.place.at("claim", index)
        if not isinstance(entry, dict) or set(entry) != _KEYS:
            what = "does not have exactly the keys cell, source and reason"
            yield at.finding("required_keys", what, "write these three keys")
        elif not all(isinstance(value, str) and value for value in entry.values()):
            what = "has a value that is empty or not a text"
            yield at.finding("value_fits_column", what, 'write a text: "…"')
        elif entry["source"] not in sources:
            what, remedy = f"unknown source {entry['source']!r}", one_of(entry["source"], sources)
            yield at.at("source").finding("known_sources", what, remedy)
        elif found.setdefault((entry["cell"], entry["source"]), at) is not at:
            yield at.finding("excepted_once", "is listed twice", "delete one of the two")
    return found
