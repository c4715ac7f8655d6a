"""The rules on claims and silences, and on the cells that rest on them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Any

from amcc_dataset.model import passages, vocabularies
from amcc_dataset.model.cells import text
from amcc_dataset.model.columns import askable, claimable
from amcc_dataset.model.findings import Problem
from amcc_dataset.model.suggest import one_of
from amcc_dataset.model.tables import Policy
from amcc_dataset.model.vocabularies import Standing
from amcc_dataset.rules.rule import STANDS, Cell, Tables, cell_of, joined, problem, rule


@rule
def claims_speak_of_cells(tables: Tables) -> Iterator[Problem]:
    """A claim is on a cell that a passage may state or be silent on, in a row that exists or was rejected."""
    rows = {(table, row["id"]) for table in claimable() for row in tables[table]}
    rows |= {(row["table"], row["row_id"]) for row in tables["decisions"] if row["field"] is None}
    for claim in tables["provenance"]:
        silent = claim["standing"] == Standing.SILENT
        fields = (askable() if silent else claimable()).get(claim["table"], {})
        if claim["field"] not in fields:
            field, what = "field", f"{claim['table']}.{claim['field']} is no field for claims"
            remedy = one_of(claim["field"], fields or claimable())
        elif (claim["table"], claim["row_id"]) not in rows:
            field, what = "row_id", f"{claim['row_id']!r} is no row of {claim['table']}"
            remedy = "correct the row id, or reject the row in the docket"
        else:
            continue
        yield problem("provenance", claim["id"], field, what, remedy)


@rule
def claims_on_a_cell_agree_or_were_settled(tables: Tables) -> Iterator[Problem]:
    """All claims on a cell agree, or some are preferred and the rest overruled, or all overruled."""
    cells: dict[str, set[Cell]] = defaultdict(set)
    for claim in tables["provenance"]:
        cells[claim["standing"]].add(cell_of(claim))
    agreed, preferred = cells[Standing.AGREED], cells[Standing.PREFERRED]
    overruled = cells[Standing.OVERRULED]
    for cell in sorted(agreed & (preferred | overruled) | (preferred - overruled)):
        found = [name for name in ("agreed", "overruled", "preferred") if cell in cells[name]]
        what = f"its claims are {' and '.join(found)}"
        yield problem(*cell, what, "build the tables again")


@rule
def cells_say_what_the_claims_that_stand_say(tables: Tables) -> Iterator[Problem]:
    """The value of a claim is the text of its cell exactly where the claim stands."""
    cells = {
        (table, row["id"], field): text(row[field])
        for table, fields in claimable().items()
        for row in tables[table]
        for field in fields
    }
    for claim in tables["provenance"]:
        shown = cells.get(cell_of(claim), "")
        if claim["standing"] in STANDS and claim["value"] != shown:
            what = f"is {shown!r}, {claim['source_id']} says {claim['value']!r}"
            yield problem(*cell_of(claim), what, "correct the claim, not the cell")
        elif claim["standing"] == Standing.OVERRULED and claim["value"] == shown:
            what = f"is {shown!r}, as {claim['source_id']} says, which is overruled"
            yield problem(*cell_of(claim), what, "build the tables again")


@rule
def cells_have_a_claim_that_stands(tables: Tables) -> Iterator[Problem]:
    """Every cell that needs one and is not null has a claim that stands."""
    stated = {cell_of(claim) for claim in tables["provenance"] if claim["standing"] in STANDS}
    for table, policies in claimable().items():
        needed = [field for field, policy in policies.items() if policy is Policy.CLAIM]
        for row in tables[table]:
            for field in needed:
                if row[field] is not None and (table, row["id"], field) not in stated:
                    what = f"is {text(row[field])!r}, which no document says"
                    yield problem(table, row["id"], field, what, "let a passage state it")


@rule
def rows_have_a_claim_that_stands(tables: Tables) -> Iterator[Problem]:
    """Every row of a table that is made of claims has one that stands."""
    stated = {cell_of(claim)[:2] for claim in tables["provenance"] if claim["standing"] in STANDS}
    for table in claimable():
        for row in tables[table]:
            if (table, row["id"]) not in stated:
                what = "no document says anything of this row"
                yield problem(table, row["id"], "id", what, "let a passage state it")


SAID = ("value", "basis", "locator")
QUOTED = ("start", "end", "span_sha256")


@rule
def claims_say_something_and_silence_nothing(tables: Tables) -> Iterator[Problem]:
    """A claim has value, basis and locator; silence has none of them and no passage."""
    for claim in tables["provenance"]:
        if claim["standing"] == Standing.SILENT:
            wrong = [field for field in SAID + QUOTED if claim[field] is not None]
            what, remedy = "is filled in a silence", "empty it"
        else:
            wrong = [field for field in SAID if claim[field] is None]
            what, remedy = "is null in a claim", "say what the passage says, how and where"
        for field in wrong:
            yield problem("provenance", claim["id"], field, what, remedy)


@rule
def silence_is_noted_of_whole_readings_only(tables: Tables) -> Iterator[Problem]:
    """A document is silent on a cell only if it was read to its end."""
    for claim, source in joined(tables, "provenance", "source_id"):
        if claim["standing"] == Standing.SILENT and source["read"] != vocabularies.Read.WHOLE:
            what = f"{source['id']} was read as {source['read']}"
            remedy = "delete the silence, or read the document to its end"
            yield problem("provenance", claim["id"], "standing", what, remedy)


@rule
def no_document_is_silent_on_what_it_states(tables: Tables) -> Iterator[Problem]:
    """The same document does not state a cell and keep silent on it."""
    silences = {
        (claim["source_id"], *cell_of(claim)): claim["id"]
        for claim in tables["provenance"]
        if claim["standing"] == Standing.SILENT
    }
    for claim in tables["provenance"]:
        silence = silences.get((claim["source_id"], *cell_of(claim)))
        if silence is not None and claim["standing"] != Standing.SILENT:
            what = f"is silent, but {claim['source_id']} states the cell in {claim['id']}"
            yield problem("provenance", silence, "standing", what, "delete the wrong one")


@rule
def claim_ids_are_content_hashes(tables: Tables) -> Iterator[Problem]:
    """The id of a claim follows from what it says, so that an altered claim gets another."""
    content = itemgetter("table", "row_id", "field", "value", "source_id", "locator")
    for claim in tables["provenance"]:
        expected = passages.claim_id(*content(claim))
        if claim["id"] != expected:
            what = f"the content of the claim makes the id {expected}"
            yield problem("provenance", claim["id"], "id", what, "build the tables again")


@rule
def locators_quote_few_words(tables: Tables) -> Iterator[Problem]:
    """A locator quotes at most four words at each end of a passage."""
    words = cache(passages.words)
    for claim in tables["provenance"]:
        for field in ("start", "end"):
            count = words(claim[field] or "")
            if count > passages.MAX_WORDS:
                remedy = f"quote at most {passages.MAX_WORDS} words"
                yield problem("provenance", claim["id"], field, f"quotes {count} words", remedy)


@rule
def passages_are_quoted(tables: Tables) -> Iterator[Problem]:
    """A claim quotes the first words of its passage, unless that is the headline."""
    for claim in tables["provenance"]:
        unquoted = claim["locator"] in (None, "headline") and claim["end"] is None
        if claim["start"] is None and not unquoted:
            what = "is null where end is given"
            if claim["end"] is None:
                what = f"is null where the locator is {claim['locator']}"
            yield problem("provenance", claim["id"], "start", what, "quote the first words")


@rule
def links_open_the_passage(tables: Tables) -> Iterator[Problem]:
    """A link leads to the document's page and decodes to the first and last words quoted."""

    @cache
    def opens(link: str | None, url: str | None, start: str | None, end: str | None) -> bool:
        if link is None or url is None:
            return link is url
        page = url.partition("#")[0] if start else url
        return passages.unlink(link) == (page, start, end)

    for claim, source in joined(tables, "provenance", "source_id"):
        if not opens(claim["link"], source["url"], claim["start"], claim["end"]):
            what = (
                f"is {claim['link'] or 'null'}, which does not open this passage of {source['id']}"
            )
            yield problem("provenance", claim["id"], "link", what, "build the tables again")


@rule
def digests_are_of_whole_readings_only(tables: Tables) -> Iterator[Problem]:
    """Only a document that was read whole has digests of its passages."""
    for claim, source in joined(tables, "provenance", "source_id"):
        if claim["span_sha256"] is not None and source["read"] != vocabularies.Read.WHOLE:
            what = f"is filled, but {source['id']} was read as {source['read']}"
            yield problem("provenance", claim["id"], "span_sha256", what, "leave the digest out")


@rule
def a_passage_has_one_digest(tables: Tables) -> Iterator[Problem]:
    """All claims on the same passage of a document carry the same digest."""
    first: dict[tuple[str | None, ...], Mapping[str, Any]] = {}
    for claim in tables["provenance"]:
        passage = claim["source_id"], claim["locator"], claim["start"], claim["end"]
        other = first.setdefault(passage, claim)
        if claim["span_sha256"] != other["span_sha256"]:
            what = f"is not that of {other['id']}, which is on the same passage"
            yield problem("provenance", claim["id"], "span_sha256", what, "compute both again")
