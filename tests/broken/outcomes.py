"""Mutants of the rules on outcomes."""

from collections.abc import Iterator
from itertools import pairwise

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.rules import outcomes
from broken.corruption import Corruption, change, mutant, remove


@mutant(outcomes.ordinals_run_from_one_in_each_edition)
def an_ordinal_too_high(tables: Dataset) -> Iterator[Corruption]:
    return (change("outcomes", row, ordinal=row["ordinal"] + 100) for row in tables["outcomes"])


@mutant(outcomes.ordinals_run_from_one_in_each_edition)
def a_lost_outcome(tables: Dataset) -> Iterator[Corruption]:
    last = {row["edition_id"]: row for row in sorted(tables["outcomes"], key=ordinal)}
    return (
        remove("outcomes", row) for row in tables["outcomes"] if last[row["edition_id"]] is not row
    )


def ordinal(row: Row) -> int:
    number: int = row["ordinal"]
    return number


@mutant(outcomes.collective_acts_alone_have_no_maker)
def an_act_with_a_maker_too_many_or_none(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["outcomes"]:
        if row["made_by"] is None:
            yield change("outcomes", row, made_by="sg")
        else:
            yield change("outcomes", row, made_by=None)
            yield change("outcomes", row, scope=vocabularies.Scope.COLLECTIVE)


@mutant(outcomes.acts_of_the_host_are_made_by_the_host)
def an_act_of_the_host_by_another(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["outcomes"]:
        if row["scope"] == vocabularies.Scope.HOST:
            yield change("outcomes", row, scope=vocabularies.Scope.NATIONAL)
            yield change("outcomes", row, made_by="vn")
        elif row["made_by"] is not None:
            yield change("outcomes", row, scope=vocabularies.Scope.HOST)
            yield change("outcomes", row, made_by="csa")


@mutant(outcomes.acts_of_the_secretariat_are_made_by_asean_bodies)
def an_act_of_the_secretariat_by_a_state(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["outcomes"]:
        if row["scope"] == vocabularies.Scope.NATIONAL:
            yield change("outcomes", row, scope=vocabularies.Scope.SECRETARIAT)
            yield change("outcomes", row, made_by="asean-secretariat")
        if row["scope"] == vocabularies.Scope.SECRETARIAT:
            yield change("outcomes", row, scope=vocabularies.Scope.NATIONAL)
            yield change("outcomes", row, made_by="vn")


@mutant(outcomes.outcomes_follow_earlier_ones)
def an_outcome_that_follows_a_later_one(tables: Dataset) -> Iterator[Corruption]:
    numbers = {row["id"]: row["number"] for row in tables["editions"]}
    rows = sorted(tables["outcomes"], key=lambda row: (numbers[row["edition_id"]], row["ordinal"]))
    for position, row in enumerate(rows):
        for later in (row, *rows[position + 1 : position + 2], rows[-1]):
            yield change("outcomes", row, follows_id=later["id"])


@mutant(outcomes.outcomes_follow_earlier_ones)
def an_outcome_that_follows_another_of_its_edition(tables: Dataset) -> Iterator[Corruption]:
    for rows in tables.groups("outcomes", "edition_id").values():
        for earlier, row in pairwise(sorted(rows, key=lambda row: row["ordinal"])):
            yield change("outcomes", row, follows_id=earlier["id"])
