"""A document's assertion before it is a row of provenance: who says what of which cell, and where.

Not in here: reading a document (documents.py), and which of several claims stands (settle.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from amcc_dataset.curation.toml_files import Place
from amcc_dataset.model import passages, vocabularies
from amcc_dataset.model import tables as schema
from amcc_dataset.model.cells import Value, code, from_toml, to_text
from amcc_dataset.model.columns import Column, claimable, columns_of
from amcc_dataset.model.dataset import Cell
from amcc_dataset.model.findings import Problem
from amcc_dataset.model.suggest import one_of

CLAIMED = tuple(claimable())
"""The tables whose rows are made of claims, in the order of the release."""

COLUMNS: Mapping[str, Mapping[str, Column]] = {name: columns_of(name) for name in schema.TABLES}
"""Every column by table and name."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where in a document something stands, and the digest of its words if it was read whole."""

    locator: str
    start: str | None = None
    end: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One document says that one cell has one value; silence has no value and no passage."""

    table: str
    row_id: str
    field: str
    value: Value | None
    basis: vocabularies.Basis | None
    source_id: str
    passage: Passage | None
    place: Place

    @property
    def cell(self) -> Cell:
        """Table, row id and field."""
        return self.table, self.row_id, self.field

    @property
    def id(self) -> str:
        """Content hash: the same statement at the same place keeps its id for ever."""
        locator = self.passage.locator if self.passage else None
        return passages.claim_id(*self.cell, to_text(self.value), self.source_id, locator)


def parse(table: str, field: str, raw: object) -> Value:
    """Return a TOML value as the type of a cell; a ValueError words the remedy."""
    column = COLUMNS[table][field]
    if column.vocabulary is not None:
        return code(column.vocabulary, raw)
    value = from_toml(column.type, raw)
    try:
        schema.cell_adapter(table, field).validate_python(value)
    except ValidationError as error:
        raise ValueError(f"{column.description} ({error.errors()[0]['msg']})") from None
    return value


def parse_table(
    table: str, raw: object, allowed: Iterable[str], place: Place, problems: list[Problem]
) -> dict[str, Value]:
    """Return the cells of a TOML table that are right; add a problem for each that is not."""
    if not isinstance(raw, dict):
        problems.append(Problem(str(place), "is not a table", "write [header] and key = value"))
        return {}
    values: dict[str, Value] = {}
    known = set(allowed)
    for key, value in raw.items():
        if key not in known:
            what, remedy = f"unknown key {key!r}", one_of(key, known)
            column = COLUMNS[table].get(key)
            if column is not None and column.origin is not None:
                origin = column.origin
                what = f"{key} is derived"
                remedy = f"state {', '.join(origin.fields)} of {origin.table or 'the row'} instead"
            problems.append(Problem(str(place.at(key)), what, remedy))
            continue
        try:
            values[key] = parse(table, key, value)
        except ValueError as error:
            problems.append(Problem(str(place.at(key)), f"{key} is {shown(value)}", str(error)))
    return values


def shown(value: object) -> str:
    """Return a value as it is shown in a message: cut after 60 characters."""
    written = repr(value)
    return written if len(written) <= 60 else written[:57] + "..."


def usual_basis(table: str, field: str, value: Value) -> vocabularies.Basis:
    """Return the basis of a claim unless the passage marks it as inferred.

    Codes, links between rows, the steps of a route, which are our count, and wordings of
    ours, such as a name in square brackets, are coded; everything else is stated.
    """
    column = COLUMNS[table][field]
    ours = column.vocabulary is not None or column.policy is schema.Policy.ROW
    ours = ours or (table, field) == ("cross_references", "step")
    ours = ours or to_text(value).startswith("[")
    linked = column.ref in CLAIMED
    return vocabularies.Basis.CODED if ours or linked else vocabularies.Basis.STATED


def is_id(row_id: str) -> bool:
    """Tell whether a text may be the id of a row."""
    try:
        schema.cell_adapter("editions", "id").validate_python(row_id)
    except ValidationError:
        return False
    return True
