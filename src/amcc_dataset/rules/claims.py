"""The rules on claims and silences, and on the cells that they support."""

from functools import cache
from operator import itemgetter

from amcc_dataset.model import passages, vocabularies
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.columns import askable, claimable, columns_of
from amcc_dataset.model.dataset import STANDS, Dataset, Row
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.tables import Policy
from amcc_dataset.model.vocabularies import Standing
from amcc_dataset.rules.rule import Breaches, row_rule, rule


@row_rule
def claims_are_on_columns_for_claims(data: Dataset) -> Breaches:
    """A claim is on a column that documents can state, a silence on one that they could have stated."""
    for claim in data["provenance"]:
        silent = claim["standing"] == Standing.SILENT
        fields = (askable() if silent else claimable()).get(claim["table"], {})
        if claim["field"] not in fields:
            what = f"{_cell(claim)} cannot have a {'silence' if silent else 'claim'}"
            remedy = one_of(claim["field"], fields or claimable())
            yield "provenance", claim["id"], "field", what, remedy


@rule
def claims_speak_of_rows(data: Dataset) -> Breaches:
    """A claim is on a row that exists or that a decision rejected."""
    rejected = data.groups("decisions", "table", "row_id", "field")
    for claim in data["provenance"]:
        table, row_id = claim["table"], claim["row_id"]
        known = (table, row_id, None) in rejected or table not in data or data.row(table, row_id)
        if not known:
            what = f"{row_id!r} is not an id in {table}"
            remedy = "correct the row id, or reject the row with a decision"
            if claim["standing"] == Standing.SILENT:
                remedy = "correct the row id, or delete the silence"
            yield "provenance", claim["id"], "row_id", what, remedy


def _cell(claim: Row) -> str:
    return f"{claim['table']}.{claim['row_id']}.{claim['field']}"


@rule
def claims_on_a_cell_agree_or_were_settled(data: Dataset) -> Breaches:
    """All claims on a cell agree, or some are preferred and the rest overruled, or all are overruled."""
    for cell, claims in data.groups("provenance", "table", "row_id", "field").items():
        found = {str(claim["standing"]) for claim in claims} - {Standing.SILENT}
        if found not in (set(), {"agreed"}, {"overruled"}, {"overruled", "preferred"}):
            what = f"the standings of its claims are {' and '.join(sorted(found))}"
            yield *cell, what, "build the tables again"


@rule
def cells_say_what_the_claims_that_stand_say(data: Dataset) -> Breaches:
    """The value of a claim is the text of its cell if and only if the claim is accepted."""
    for claim in data["provenance"]:
        cell = claim["table"], claim["row_id"], claim["field"]
        row = data.row(*cell[:2]) if cell[2] in claimable().get(cell[0], ()) else None
        shown = to_text(row[cell[2]]) if row else ""
        if claim["standing"] in STANDS and claim["value"] != shown:
            what = f"{cell[2]} is {shown!r}, but {claim['source_id']} says {claim['value']!r}"
            yield *cell, what, "correct the claim, not the cell"
        elif claim["standing"] == Standing.OVERRULED and claim["value"] == shown:
            what = (
                f"{cell[2]} is {shown!r}, but the claim of {claim['source_id']} for it is overruled"
            )
            yield *cell, what, "build the tables again"


@rule
def overruled_claims_refer_to_rows(data: Dataset) -> Breaches:
    """A claim on a reference names a row that exists, also if its value is in no cell."""
    for claim in data["provenance"]:
        column = columns_of(claim["table"]).get(claim["field"]) if claim["table"] in data else None
        if claim["standing"] == Standing.OVERRULED and column is not None and column.ref:
            there = data.by_id(column.ref)
            if claim["value"] not in there:
                what = f"{claim['value']!r} is not an id in {column.ref}"
                yield "provenance", claim["id"], "value", what, one_of(str(claim["value"]), there)


@rule
def cells_have_a_claim_that_stands(data: Dataset) -> Breaches:
    """Every cell that needs a claim and is not null has an accepted one."""
    for table, policies in claimable().items():
        needed = [field for field, policy in policies.items() if policy is Policy.CLAIM]
        for row in data[table]:
            for field in needed:
                if row[field] is not None and not data.standing(table, row["id"], field):
                    what = f"{field} is {to_text(row[field])!r}, but no accepted claim says so"
                    yield table, row["id"], field, what, "add it to a passage"


@rule
def rows_have_a_claim_that_stands(data: Dataset) -> Breaches:
    """Every row of a table that is made from claims has an accepted claim."""
    for table in claimable():
        for row in data[table]:
            if not data.standing(table, row["id"]):
                what = "no accepted claim is on this row"
                yield table, row["id"], "id", what, "add it to a passage"


SAID = ("value", "basis", "locator")
QUOTED = ("start", "end", "span_sha256")


@row_rule
def claims_say_something_and_silence_nothing(data: Dataset) -> Breaches:
    """A claim has value, basis and locator; silence has none of them and no passage."""
    for claim in data["provenance"]:
        if claim["standing"] == Standing.SILENT:
            wrong = [field for field in SAID + QUOTED if claim[field] is not None]
            what, remedy = "is filled, but a silence has no claim", "leave it empty"
        else:
            wrong = [field for field in SAID if claim[field] is None]
            what, remedy = "is null in a claim", "fill in value, basis and locator"
        for field in wrong:
            yield "provenance", claim["id"], field, f"{field} {what}", remedy


@row_rule
def silence_is_noted_of_whole_readings_only(data: Dataset) -> Breaches:
    """A document is silent on a cell only if it was read in full."""
    for claim, source in data.joined("provenance", "source_id", "sources"):
        if claim["standing"] == Standing.SILENT and source["read"] != vocabularies.Read.WHOLE:
            what = f"a silence is noted on {_cell(claim)}, but {source['id']} was not read in full"
            remedy = 'write read = "whole" if it was, or delete the silence'
            yield "provenance", claim["id"], "standing", what, remedy


@row_rule
def no_document_is_silent_on_what_it_states(data: Dataset) -> Breaches:
    """No document both states a cell and has a silence on it."""
    for claim in data.having("provenance", "standing", Standing.SILENT):
        for other in data.claims_on(claim["table"], claim["row_id"], claim["field"]):
            if other["source_id"] == claim["source_id"] and other["standing"] != Standing.SILENT:
                where = other["locator"]
                what = f"{claim['source_id']} is silent on {_cell(claim)}, but gives it in {where}"
                yield "provenance", claim["id"], "standing", what, "delete the wrong one"


@row_rule
def claim_ids_are_content_hashes(data: Dataset) -> Breaches:
    """The id of a claim follows from what it says, so that an altered claim gets another."""
    content = itemgetter("table", "row_id", "field", "value", "source_id", "locator")
    for claim in data["provenance"]:
        expected = passages.claim_id(*content(claim))
        if claim["id"] != expected:
            what = f"the id that follows from the content is {expected}"
            yield "provenance", claim["id"], "id", what, "build the tables again"


@row_rule
def links_open_the_passage(data: Dataset) -> Breaches:
    """A link leads to the document's page and decodes to the quoted first and last words."""

    @cache
    def opens(link: str | None, url: str | None, start: str | None, end: str | None) -> bool:
        if link is None or url is None:
            return link is url
        page = url.partition("#")[0] if start else url
        return passages.unlink(link) == (page, start, end)

    for claim, source in data.joined("provenance", "source_id", "sources"):
        if claim["end"] and not claim["start"]:
            continue  # No link can mark it: passages_are_quoted says so.
        if not opens(claim["link"], source["url"], claim["start"], claim["end"]):
            shown = claim["link"] or "null"
            what = f"link is {shown}, which does not open this passage of {source['id']}"
            yield "provenance", claim["id"], "link", what, "build the tables again"


@row_rule
def digests_are_of_whole_readings_only(data: Dataset) -> Breaches:
    """Only a document that was read in full has digests of its passages."""
    for claim, source in data.joined("provenance", "source_id", "sources"):
        if claim["span_sha256"] is not None and source["read"] != vocabularies.Read.WHOLE:
            what = f"the passage has a digest, but {source['id']} was not read in full"
            remedy = 'write read = "whole", or delete sha256'
            yield "provenance", claim["id"], "span_sha256", what, remedy


@row_rule
def a_passage_has_one_digest(data: Dataset) -> Breaches:
    """All claims on the same passage of a document have the same digest."""
    first: dict[tuple[str | None, ...], Row] = {}
    for claim in data["provenance"]:
        passage = claim["source_id"], claim["locator"], claim["start"], claim["end"]
        other = first.setdefault(passage, claim)
        if claim["span_sha256"] != other["span_sha256"]:
            what = f"passage {claim['locator']} has another digest in claim {other['id']}"
            yield "provenance", claim["id"], "span_sha256", what, "compute both again"
