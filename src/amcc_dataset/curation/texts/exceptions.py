"""What a person has looked at and found right in another form: data/raw/ungrounded.toml.

Not here: whether an exception is needed (verify.py).
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
        yield file.place.finding("right_shape", "is no list of exceptions", "write [[claim]]")
        return {}
    found: dict[tuple[str, str], Place] = {}
    for index, entry in enumerate(entries):
        at = file.place.at("claim", index)
        if not isinstance(entry, dict) or set(entry) != _KEYS:
            yield at.finding("required_keys", "is no exception", "give cell, source and reason")
        elif not all(isinstance(value, str) and value for value in entry.values()):
            yield at.finding("value_fits_column", "has an entry that is no text", 'write "…"')
        elif entry["source"] not in sources:
            what, remedy = f"unknown source {entry['source']!r}", one_of(entry["source"], sources)
            yield at.at("source").finding("known_sources", what, remedy)
        elif found.setdefault((entry["cell"], entry["source"]), at) is not at:
            yield at.finding("excepted_once", "is excepted twice", "delete one of the two")
    return found
