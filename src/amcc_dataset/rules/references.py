"""The rules on cross-references: what a relation may point to, and the steps of a route."""

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import ReferenceRelation as Relation
from amcc_dataset.rules.rule import Breaches, row_rule, rule

_TEXT, _INITIATIVE, _BODY = "to_instrument_id", "to_initiative_id", "to_actor_id"

ROUTE = frozenset(
    {Relation.SUBMITTED_TO, Relation.CIRCULATED_TO, Relation.REPORTED_TO, Relation.CONSIDERED_BY}
)
"""The relations on a paper's route from body to body."""

ENDS: dict[Relation, frozenset[str]] = {
    relation: frozenset({_BODY})
    if relation in ROUTE
    else frozenset({_TEXT, _BODY})
    if relation == Relation.FOLLOWS_DIRECTION_OF
    else frozenset({_TEXT, _INITIATIVE})
    for relation in Relation
}
"""For each relation, the columns that may name its target."""


@row_rule
def relations_suit_what_they_point_to(data: Dataset) -> Breaches:
    """The target suits the relation, for example papers go to bodies, words refer to texts or initiatives."""
    for row in data["cross_references"]:
        ends = ENDS[Relation(row["relation"])]
        for field in (_TEXT, _INITIATIVE, _BODY):
            if row[field] is not None and field not in ends:
                what = f"relation is {row['relation']}, but {field} is {row[field]}"
                remedy = f"fill {' or '.join(sorted(ends))}, or correct the relation"
                yield "cross_references", row["id"], field, what, remedy


@rule
def instruments_are_referred_to(data: Dataset) -> Breaches:
    """An outcome or an initiative refers to every instrument."""
    named = data.groups("cross_references", _TEXT)
    for row in data["instruments"]:
        if row["id"] not in named:
            remedy = "add a reference to it, or leave the text out"
            yield "instruments", row["id"], "id", "no cross-reference leads here", remedy


@row_rule
def references_lead_elsewhere(data: Dataset) -> Breaches:
    """No initiative points to itself."""
    for row in data["cross_references"]:
        if row[_INITIATIVE] is not None and row[_INITIATIVE] == row["from_initiative_id"]:
            what = f"{row[_INITIATIVE]} points to itself"
            yield "cross_references", row["id"], _INITIATIVE, what, "correct one of the two"


@row_rule
def steps_stand_on_routes_only(data: Dataset) -> Breaches:
    """A reference has a step only if it is part of a paper's route from body to body."""
    for row in data["cross_references"]:
        if row["step"] is not None and row["relation"] not in ROUTE:
            what = f"step is {row['step']}, but relation is {row['relation']}"
            remedy = "leave the step out, or correct the relation"
            yield "cross_references", row["id"], "step", what, remedy


@rule
def steps_of_a_route_run_from_one(data: Dataset) -> Breaches:
    """The steps of a route are 1, 2, 3 … without a gap, and several references may have the same step."""
    for field in ("from_outcome_id", "from_initiative_id"):
        for start, rows in data.groups("cross_references", field).items():
            numbered = [row for row in rows if start is not None and row["step"] is not None]
            before = 0
            for row in sorted(numbered, key=lambda row: row["step"]):
                if row["step"] > before + 1:
                    what = f"step is {row['step']}, but {before + 1} comes next"
                    remedy = "renumber the steps, or add the missing one"
                    yield "cross_references", row["id"], "step", what, remedy
                before = row["step"]
