"""The rules on outcomes: their order, their makers, and what they take up."""

from collections.abc import Iterator, Mapping
from typing import Any

from amcc_dataset.model.findings import Problem
from amcc_dataset.model.vocabularies import ActorKind, Scope
from amcc_dataset.rules.rule import Tables, by_id, grouped, joined, problem, rule, upwards


@rule
def ordinals_run_from_one_in_each_edition(tables: Tables) -> Iterator[Problem]:
    """The outcomes of an edition are numbered 1, 2, 3 … without a gap."""
    for rows in grouped(tables["outcomes"], "edition_id"):
        for expected, row in enumerate(sorted(rows, key=lambda row: row["ordinal"]), 1):
            if row["ordinal"] != expected:
                what = f"ordinal is {row['ordinal']} where {expected} comes next"
                yield problem("outcomes", row["id"], "ordinal", what, "build the tables again")


@rule
def collective_acts_alone_have_no_maker(tables: Tables) -> Iterator[Problem]:
    """Nobody in particular made a collective act, and somebody made every other."""
    for row in tables["outcomes"]:
        if (row["made_by"] is None) != (row["scope"] == Scope.COLLECTIVE):
            what = f"scope is {row['scope']}, made_by is {row['made_by'] or 'null'}"
            remedy = "name the maker exactly where the scope is not collective"
            yield problem("outcomes", row["id"], "made_by", what, remedy)


@rule
def acts_of_the_host_are_made_by_the_host(tables: Tables) -> Iterator[Problem]:
    """An act has the scope host exactly where the host, or a body below it, made it."""
    actors = by_id(tables["actors"])
    for row, edition in joined(tables, "outcomes", "edition_id"):
        by_host = edition["host_id"] in upwards(actors, row["made_by"])
        if row["made_by"] in actors and by_host != (row["scope"] == Scope.HOST):
            what = f"scope is {row['scope']}, made by {row['made_by']}, host {edition['host_id']}"
            yield problem("outcomes", row["id"], "scope", what, "correct scope or made_by")


@rule
def acts_of_the_secretariat_are_made_by_asean_bodies(tables: Tables) -> Iterator[Problem]:
    """An ASEAN body made what has the scope secretariat, and nothing with the scope national."""
    for row, maker in joined(tables, "outcomes", "made_by"):
        by_asean = maker["kind"] == ActorKind.ASEAN_BODY
        if by_asean != (row["scope"] == Scope.SECRETARIAT) and row["scope"] != Scope.HOST:
            what = f"scope is {row['scope']}, {maker['id']} is of the kind {maker['kind']}"
            yield problem("outcomes", row["id"], "scope", what, "correct scope or made_by")


@rule
def outcomes_follow_earlier_ones(tables: Tables) -> Iterator[Problem]:
    """What an outcome takes up is of an earlier edition, or stands before it in its own."""
    numbers = {row["id"]: row["number"] for row in tables["editions"]}

    def position(row: Mapping[str, Any]) -> tuple[int, int]:
        return numbers.get(row["edition_id"], 0), row["ordinal"]

    for row, earlier in joined(tables, "outcomes", "follows_id"):
        if position(earlier) >= position(row):
            what = f"{earlier['id']} is not earlier"
            yield problem("outcomes", row["id"], "follows_id", what, "turn the link round")
