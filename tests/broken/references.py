"""Mutants of the rules on cross-references."""

from collections.abc import Iterator

from amcc_dataset.model import vocabularies
from amcc_dataset.model.columns import columns_of
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules import references
from broken.corruption import ABSENT, Corruption, add, change, mutant


@mutant(references.relations_suit_what_they_point_to)
def a_relation_to_another_kind_of_target(tables: Dataset) -> Iterator[Corruption]:
    targets = {
        field: columns_of("cross_references")[field].ref
        for field in ("to_instrument_id", "to_initiative_id", "to_actor_id")
    }
    for row in tables["cross_references"]:
        for field, table in targets.items():
            if table is not None and field not in references.ENDS[row["relation"]]:
                (end,) = [name for name in targets if row[name] is not None]
                other = {end: None, field: tables[table][0]["id"]}
                yield change("cross_references", row, **other)
        for relation in vocabularies.ReferenceRelation:
            if not any(row[field] for field in references.ENDS[relation]):
                yield change("cross_references", row, relation=relation)


@mutant(references.instruments_are_referred_to)
def a_text_that_nothing_refers_to(tables: Dataset) -> Iterator[Corruption]:
    return (add("instruments", row, id=ABSENT, symbol=None) for row in tables["instruments"])


@mutant(references.references_lead_elsewhere)
def an_initiative_that_points_to_itself(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["cross_references"]:
        if row["to_initiative_id"] is not None:
            start = {"from_outcome_id": None, "from_initiative_id": row["to_initiative_id"]}
            yield change("cross_references", row, **start)


@mutant(references.steps_stand_on_routes_only)
def a_step_off_the_route(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["cross_references"]:
        if row["relation"] not in references.ROUTE:
            yield change("cross_references", row, step=1)


@mutant(references.steps_of_a_route_run_from_one)
def a_gap_in_a_route(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["cross_references"]:
        if row["step"] is not None:
            yield change("cross_references", row, step=row["step"] + 50)
