"""The rules on outcomes: their order, their makers, and what they continue."""

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import ActorKind, Scope
from amcc_dataset.rules.rule import Breaches, row_rule, rule


@rule
def ordinals_run_from_one_in_each_edition(data: Dataset) -> Breaches:
    """The outcomes of an edition are numbered 1, 2, 3 … without a gap."""
    for rows in data.groups("outcomes", "edition_id").values():
        before = 0
        for row in sorted(rows, key=lambda row: row["ordinal"]):
            if row["ordinal"] > before + 1:
                what = f"ordinal is {row['ordinal']}, but {before + 1} comes next"
                yield "outcomes", row["id"], "ordinal", what, f"write {before + 1}"
            before = row["ordinal"]


@row_rule
def collective_acts_alone_have_no_maker(data: Dataset) -> Breaches:
    """A collective act has no maker, and every other act has one."""
    for row in data["outcomes"]:
        if (row["made_by"] is None) != (row["scope"] == Scope.COLLECTIVE):
            what = f"scope is {row['scope']}, but made_by is {row['made_by'] or 'null'}"
            remedy = "write who made it in made_by, or write collective as scope"
            if row["made_by"] is not None:
                remedy = "leave made_by empty, or write host, national or secretariat as scope"
            yield "outcomes", row["id"], "made_by", what, remedy


@rule
def acts_of_the_host_are_made_by_the_host(data: Dataset) -> Breaches:
    """An act has the scope host if and only if the host, or a body that belongs to it, made it."""
    for row, edition in data.joined("outcomes", "edition_id", "editions"):
        if row["scope"] == Scope.COLLECTIVE:
            continue  # With a maker, it breaks the rule above.
        by_host = edition["host_id"] in data.upwards(row["made_by"])
        if data.row("actors", row["made_by"]) and by_host != (row["scope"] == Scope.HOST):
            what = f"scope is {row['scope']}, but made_by is {row['made_by']} and the host is {edition['host_id']}"
            yield "outcomes", row["id"], "scope", what, "correct scope or made_by"


@row_rule
def acts_of_the_secretariat_are_made_by_asean_bodies(data: Dataset) -> Breaches:
    """An ASEAN body made every act with the scope secretariat, and none with the scope national."""
    for row, maker in data.joined("outcomes", "made_by", "actors"):
        by_asean = maker["kind"] == ActorKind.ASEAN_BODY
        other = row["scope"] not in (Scope.HOST, Scope.COLLECTIVE)
        if other and by_asean != (row["scope"] == Scope.SECRETARIAT):
            what = f"scope is {row['scope']}, but {maker['id']} is of the kind {maker['kind']}"
            yield "outcomes", row["id"], "scope", what, "correct scope or made_by"


@row_rule
def outcomes_follow_earlier_ones(data: Dataset) -> Breaches:
    """An outcome follows an outcome of an earlier edition."""
    for row, earlier in data.joined("outcomes", "follows_id", "outcomes"):
        before = data.row("editions", earlier["edition_id"])
        edition = data.row("editions", row["edition_id"])
        if before and edition and before["number"] >= edition["number"]:
            what = f"{earlier['id']} is not of an earlier edition"
            remedy = "swap the two outcomes, or leave the link out"
            if earlier["id"] == row["id"]:
                what, remedy = "follows_id refers to its own row", "leave it empty"
            yield "outcomes", row["id"], "follows_id", what, remedy
