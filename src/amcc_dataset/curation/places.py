"""Where in the raw files a cell of the tables comes from, so that a finding can say so.

Not here: the lines of a file (toml_files.py).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from amcc_dataset.curation.decisions import Decision
from amcc_dataset.curation.documents import Documents
from amcc_dataset.curation.registries import Registries
from amcc_dataset.curation.statements import Statement
from amcc_dataset.curation.toml_files import Place
from amcc_dataset.model.dataset import Cell
from amcc_dataset.model.findings import Finding, Location

_KEYS = {
    "decisions": {
        "preferred_source_id": "prefer",
        "against_source_id": "against",
        **dict.fromkeys(("table", "row_id", "field"), "cell"),
    },
    "provenance": {"locator": "at", "start": "start", "end": "end", "span_sha256": "sha256"},
}
"""The keys of columns that have another name in the raw files."""


class Places:
    """The places of all rows; and of all cells and claims, collected when the first is asked for.

    Parameters
    ----------
    statements
        All statements, including those of member groups and the silences.
    documents, registries, decisions
        What was read from the raw files.
    """

    def __init__(
        self,
        statements: Collection[Statement],
        documents: Documents,
        registries: Registries,
        decisions: Iterable[Decision],
    ) -> None:
        self.rows: dict[tuple[str, str], Place] = dict(registries.places)
        for source_id, file in documents.files.items():
            self.rows["sources", source_id] = file.place.at("source")
        for decision in decisions:
            self.rows["decisions", decision.id] = decision.place
        self._statements = statements
        for statement in statements:
            if statement.value is not None:
                self.rows.setdefault(statement.cell[:2], _above(statement.place))

    @cached_property
    def _cells(self) -> Mapping[Cell, Place]:
        places: dict[Cell, Place] = {}
        for each in self._statements:
            if each.value is not None:
                places.setdefault(each.cell, each.place)
        return places

    @cached_property
    def _claims(self) -> Mapping[str, Place]:
        return {each.id: each.place for each in self._statements}

    def located(self, finding: Finding) -> Finding:
        """Return a finding with file and line."""
        return replace(finding, location=self.locate(finding.location))

    def locate(self, at: Location) -> Location:
        """Return a location with file and line, as near to the cell as possible.

        A claim gets only file and line, because its id means nothing to a curator.
        """
        if at.table is None or at.row_id is None:
            return at
        claimed = at.table == "provenance"
        row = self._claims.get(at.row_id) if claimed else self.rows.get((at.table, at.row_id))
        if row is None:
            return at
        field = at.field or ""
        key = _KEYS.get(at.table, {}).get(field, field)
        if claimed:
            within = key != field or field in _KEYS["provenance"]
            return (Place(row.file, row.steps[:2]).at(key) if within else row).location
        place = self._cells.get((at.table, at.row_id, field), row.at(key)).location
        return replace(at, path=place.path, line=place.line)


def _above(place: Place) -> Place:
    return Place(place.file, place.steps[:-1])
