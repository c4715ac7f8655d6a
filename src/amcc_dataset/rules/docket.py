"""The rules on decisions, and on the claims that they overrule."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from amcc_dataset.model.columns import claimable
from amcc_dataset.model.findings import Problem
from amcc_dataset.model.vocabularies import Standing
from amcc_dataset.rules.rule import STANDS, Rows, Tables, cell_of, joined, problem, rule


def _decided(tables: Tables) -> Iterator[tuple[dict[str, Any], Rows]]:
    """Yield every decision with the claims on its cell, or on its whole row."""
    rows = {(row["table"], row["row_id"]) for row in tables["decisions"]}
    claims: dict[tuple[str | None, ...], Rows] = defaultdict(list)
    for claim in tables["provenance"]:
        cell = cell_of(claim)
        if cell[:2] in rows and claim["standing"] != Standing.SILENT:
            claims[cell].append(claim)
            claims[(*cell[:2], None)].append(claim)
    for row in tables["decisions"]:
        yield row, claims[row["table"], row["row_id"], row["field"]]


@rule
def overruled_claims_were_decided(tables: Tables) -> Iterator[Problem]:
    """The docket names the cell or the row of every claim that is overruled."""
    decided = {(row["table"], row["row_id"], row["field"]) for row in tables["decisions"]}
    for claim in tables["provenance"]:
        if claim["standing"] == Standing.OVERRULED:
            cell = cell_of(claim)
            if cell not in decided and (*cell[:2], None) not in decided:
                what = f"overrules {claim['source_id']} without a decision"
                yield problem(*cell, what, "add a decision with its reason to the docket")


@rule
def decisions_settle_a_dispute(tables: Tables) -> Iterator[Problem]:
    """Every decision overrules at least one claim."""
    for row, claims in _decided(tables):
        if all(claim["standing"] != Standing.OVERRULED for claim in claims):
            what = "overrules no claim"
            yield problem("decisions", row["id"], "field", what, "delete the decision")


@rule
def decisions_name_what_stands(tables: Tables) -> Iterator[Problem]:
    """The source that a decision prefers says its value, and where it prefers none nothing stands."""
    for row, claims in _decided(tables):
        said = {
            (claim["source_id"], claim["value"]) for claim in claims if claim["standing"] in STANDS
        }
        preferred = row["preferred_source_id"], row["value"]
        if preferred not in said if row["preferred_source_id"] else said:
            shown = " and ".join(f"{value!r} by {source}" for source, value in sorted(said))
            what = f"prefers {row['value']!r} by {row['preferred_source_id']}, {shown or 'nothing'} stands"
            remedy = "correct the decision, then build the tables again"
            yield problem("decisions", row["id"], "preferred_source_id", what, remedy)


@rule
def rejected_rows_stay_out(tables: Tables) -> Iterator[Problem]:
    """A row that the docket rejects is not in its table."""
    ids = {(table, row["id"]) for table in claimable() for row in tables[table]}
    for row in tables["decisions"]:
        if row["field"] is None and (row["table"], row["row_id"]) in ids:
            what = f"{row['row_id']!r} is rejected, but stands in {row['table']}"
            remedy = "delete the decision, or build the tables again"
            yield problem("decisions", row["id"], "row_id", what, remedy)


@rule
def decisions_are_made_after_the_notes_that_they_weigh(tables: Tables) -> Iterator[Problem]:
    """No decision is older than the reading note on a document that it names."""
    for field in ("preferred_source_id", "against_source_id"):
        for row, source in joined(tables, "decisions", field):
            if row["decided_on"] < source["noted_on"]:
                what = f"decided_on is {row['decided_on']}, {source['id']} was noted on {source['noted_on']}"
                remedy = "look at the dispute again, then correct the day"
                yield problem("decisions", row["id"], "decided_on", what, remedy)


@rule
def documents_speak_against_where_nothing_stands(tables: Tables) -> Iterator[Problem]:
    """A document that speaks against a claim is named only where the docket lets none stand."""
    for row in tables["decisions"]:
        if row["against_source_id"] is not None and row["preferred_source_id"] is not None:
            what = f"{row['against_source_id']} speaks against, but a claim is preferred"
            remedy = "leave against out, or let nothing stand"
            yield problem("decisions", row["id"], "against_source_id", what, remedy)
