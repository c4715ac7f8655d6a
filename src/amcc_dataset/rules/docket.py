"""The rules on decisions, and on the claims that they overrule."""

from collections.abc import Iterator

from amcc_dataset.model.columns import claimable
from amcc_dataset.model.dataset import STANDS, Dataset, Row, Rows, docket_id
from amcc_dataset.model.vocabularies import Standing
from amcc_dataset.rules.rule import Breaches, row_rule, rule


def _decided(data: Dataset) -> Iterator[tuple[Row, Rows]]:
    """Yield every decision with the claims on its cell, or on its whole row."""
    for row in data["decisions"]:
        claims = data.claims_on(row["table"], row["row_id"], row["field"])
        yield row, [claim for claim in claims if claim["standing"] != Standing.SILENT]


@rule
def overruled_claims_were_decided(data: Dataset) -> Breaches:
    """There is a decision on the cell or row of every overruled claim."""
    decided = data.groups("decisions", "table", "row_id", "field")
    for claim in data.having("provenance", "standing", Standing.OVERRULED):
        cell = claim["table"], claim["row_id"], claim["field"]
        if cell not in decided and (*cell[:2], None) not in decided:
            what = f"the claim of {claim['source_id']} is overruled without a decision"
            yield *cell, what, "add a decision with its reason"


@rule
def decisions_settle_a_dispute(data: Dataset) -> Breaches:
    """Every decision overrules at least one claim."""
    for row, claims in _decided(data):
        if all(claim["standing"] != Standing.OVERRULED for claim in claims):
            what = "this decision overrules no claim"
            yield "decisions", row["id"], "field", what, "delete the decision"


@rule
def decisions_name_what_stands(data: Dataset) -> Breaches:
    """The source that a decision prefers says its value, and without one no claim is accepted."""
    for row, claims in _decided(data):
        said = {
            (claim["source_id"], claim["value"]) for claim in claims if claim["standing"] in STANDS
        }
        preferred = row["preferred_source_id"], row["value"]
        if preferred not in said if row["preferred_source_id"] else said:
            shown = " and ".join(f"{value!r} by {source}" for source, value in sorted(said))
            wanted = f"{row['value']!r} by {row['preferred_source_id']}" if preferred[0] else "none"
            what = f"this decision prefers {wanted}, but the accepted claim is {shown or 'none'}"
            remedy = "correct the decision, then build the tables again"
            yield "decisions", row["id"], "preferred_source_id", what, remedy


@row_rule
def decisions_are_named_after_their_cells(data: Dataset) -> Breaches:
    """The id of a decision follows from the cell or row that it settles."""
    for row in data["decisions"]:
        expected = docket_id(row["table"], row["row_id"], row["field"])
        if row["id"] != expected:
            what = f"id is {row['id']!r}; computed from its cell, it is {expected!r}"
            yield "decisions", row["id"], "id", what, "build the tables again"


@row_rule
def rejected_rows_stay_out(data: Dataset) -> Breaches:
    """A row that a decision rejects is not in its table."""
    for row in data.having("decisions", "field", None):
        if row["table"] in claimable() and data.row(row["table"], row["row_id"]):
            what = f"{row['row_id']!r} is rejected, but is in {row['table']}"
            remedy = "delete the decision, or build the tables again"
            yield "decisions", row["id"], "row_id", what, remedy


@row_rule
def decisions_are_made_after_the_notes_that_they_weigh(data: Dataset) -> Breaches:
    """No decision is older than the reading note on a document that it names."""
    for field in ("preferred_source_id", "against_source_id"):
        for row, source in data.joined("decisions", field, "sources"):
            if row["decided_on"] < source["noted_on"]:
                what = f"decided_on is {row['decided_on']}, but {source['id']} was noted on {source['noted_on']}"
                remedy = "look at the dispute again, then correct the day"
                yield "decisions", row["id"], "decided_on", what, remedy


@row_rule
def documents_speak_against_where_nothing_stands(data: Dataset) -> Breaches:
    """A document that speaks against a claim is named only if the decision accepts no claim."""
    for row in data["decisions"]:
        if row["against_source_id"] is not None and row["preferred_source_id"] is not None:
            what = f"against names {row['against_source_id']}, but prefer accepts a claim"
            remedy = 'leave against out, or write stands = "none" instead of prefer'
            yield "decisions", row["id"], "against_source_id", what, remedy
