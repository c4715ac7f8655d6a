"""Mutants of the rules on claims."""

from collections import Counter
from collections.abc import Iterator

from amcc_dataset.model import vocabularies
from amcc_dataset.model.columns import claimable, columns_of
from amcc_dataset.model.dataset import STANDS, Dataset
from amcc_dataset.model.tables import Policy
from amcc_dataset.rules import claims
from broken.corruption import (
    ABSENT,
    DAY,
    NEW_CLAIM,
    SILENCE,
    Corruption,
    add,
    cell,
    change,
    mutant,
    others,
    remove,
    spoken,
)


@mutant(claims.claims_are_on_columns_for_claims)
def a_claim_on_no_cell(tables: Dataset) -> Iterator[Corruption]:
    for claim in tables["provenance"][::20]:
        yield change("provenance", claim, table="no_such_table")
        yield change("provenance", claim, table="actors")
        yield change("provenance", claim, field="no_such_field")
        yield change("provenance", claim, field="id")


@mutant(claims.claims_speak_of_rows)
def a_claim_on_no_row(tables: Dataset) -> Iterator[Corruption]:
    for claim in tables["provenance"][::20]:
        yield change("provenance", claim, row_id=ABSENT)


@mutant(claims.claims_speak_of_rows)
def a_row_rejected_without_a_decision(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["decisions"]:
        if row["field"] is None:
            yield remove("decisions", row)


@mutant(claims.claims_on_a_cell_agree_or_were_settled)
def a_preference_without_a_dispute(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables, vocabularies.Standing.AGREED)[::20]:
        yield change("provenance", claim, standing=vocabularies.Standing.PREFERRED)


@mutant(claims.claims_on_a_cell_agree_or_were_settled)
def an_agreement_amid_a_dispute(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables, vocabularies.Standing.PREFERRED):
        yield change("provenance", claim, standing=vocabularies.Standing.AGREED)


@mutant(claims.claims_on_a_cell_agree_or_were_settled)
def an_overruled_claim_amid_agreement(tables: Dataset) -> Iterator[Corruption]:
    agreed = spoken(tables, vocabularies.Standing.AGREED)
    count = Counter(map(cell, agreed))
    for claim in agreed:
        if count[cell(claim)] > 1:
            yield change("provenance", claim, standing=vocabularies.Standing.OVERRULED)


@mutant(claims.cells_say_what_the_claims_that_stand_say)
def a_value_edited_behind_its_claim(tables: Dataset) -> Iterator[Corruption]:
    rows = {(table, row["id"]): row for table, rows in tables.items() for row in rows}
    for claim in spoken(tables, *STANDS)[::5]:
        value = rows[cell(claim)[:2]][claim["field"]]
        column = columns_of(claim["table"])[claim["field"]]
        other: object
        if column.vocabulary is not None:
            other = next(code for code in column.vocabulary if code != value)
        elif column.ref is not None:
            other = next(others(tables[column.ref], value))
        elif isinstance(value, str):
            other = value[:-2] + "X"
        else:
            other = value + (1 if isinstance(value, int) else DAY)
        if column.name != "currency":
            yield change(claim["table"], rows[cell(claim)[:2]], **{claim["field"]: other})


@mutant(claims.cells_say_what_the_claims_that_stand_say)
def a_cell_emptied_behind_its_claim(tables: Dataset) -> Iterator[Corruption]:
    rows = {(table, row["id"]): row for table, rows in tables.items() for row in rows}
    for claim in spoken(tables, *STANDS):
        if columns_of(claim["table"])[claim["field"]].nullable:
            yield change(claim["table"], rows[cell(claim)[:2]], **{claim["field"]: None})


@mutant(claims.cells_say_what_the_claims_that_stand_say)
def a_claim_overruled_by_itself(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables, *STANDS)[::20]:
        yield change("provenance", claim, standing=vocabularies.Standing.OVERRULED)


@mutant(claims.overruled_claims_refer_to_rows)
def an_overruled_claim_on_no_row(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables, vocabularies.Standing.OVERRULED):
        if columns_of(claim["table"])[claim["field"]].ref is not None:
            yield change("provenance", claim, value=ABSENT)


@mutant(claims.cells_have_a_claim_that_stands)
def a_value_without_a_claim(tables: Dataset) -> Iterator[Corruption]:
    standing = spoken(tables, *STANDS)
    count = Counter(map(cell, standing))
    for claim in standing:
        policy = claimable()[claim["table"]][claim["field"]]
        if count[cell(claim)] == 1 and policy is Policy.CLAIM:
            yield remove("provenance", claim)
            yield change("provenance", claim, standing=vocabularies.Standing.OVERRULED)


@mutant(claims.cells_have_a_claim_that_stands)
def a_gap_filled_by_hand(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        if row["theme"] is None:
            yield change("editions", row, theme="Cybersecurity for everybody")
        if row["format"] is None:
            yield change("editions", row, format=vocabularies.Format.IN_PERSON)


@mutant(claims.rows_have_a_claim_that_stands)
def a_row_that_nobody_states(tables: Dataset) -> Iterator[Corruption]:
    for table in claimable():
        yield from (add(table, row, id=ABSENT) for row in tables[table])


@mutant(claims.claims_say_something_and_silence_nothing)
def a_claim_that_says_nothing(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        yield from (change("provenance", claim, **{field: None}) for field in claims.SAID)


@mutant(claims.claims_say_something_and_silence_nothing)
def a_silence_that_says_something(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables, vocabularies.Standing.SILENT):
        yield change("provenance", claim, value="something")
        yield change("provenance", claim, basis=vocabularies.Basis.STATED)
        yield change("provenance", claim, locator="p1")
        yield change("provenance", claim, start="The first words")


@mutant(claims.silence_is_noted_of_whole_readings_only)
def a_silence_of_what_was_not_read(tables: Dataset) -> Iterator[Corruption]:
    sources = tables.by_id("sources")
    for claim in spoken(tables, vocabularies.Standing.SILENT):
        yield change("sources", sources[claim["source_id"]], read=vocabularies.Read.OPENING)


@mutant(claims.no_document_is_silent_on_what_it_states)
def a_silence_on_a_stated_cell(tables: Dataset) -> Iterator[Corruption]:
    return (
        add("provenance", {**claim, **SILENCE, **NEW_CLAIM})
        for claim in spoken(tables, *STANDS)[::20]
    )


@mutant(claims.claim_ids_are_content_hashes)
def a_claim_altered_under_its_id(tables: Dataset) -> Iterator[Corruption]:
    for claim in spoken(tables)[::20]:
        yield change("provenance", claim, **NEW_CLAIM)
        yield change("provenance", claim, table="actors")
        yield change("provenance", claim, row_id=ABSENT)
        yield change("provenance", claim, field="id")
        yield change("provenance", claim, value=f"{claim['value'][:400]} more")
        yield change(
            "provenance", claim, source_id=next(others(tables["sources"], claim["source_id"]))
        )
        yield change("provenance", claim, locator="p999")


@mutant(claims.links_open_the_passage)
def a_link_to_another_place(tables: Dataset) -> Iterator[Corruption]:
    for claim in tables["provenance"][::20]:
        yield change("provenance", claim, link="https://example.org/")
        if claim["link"] is not None:
            yield change("provenance", claim, link=None)
            yield change("provenance", claim, start="Words not quoted")
            if claim["start"] is not None:
                yield change("provenance", claim, link=claim["link"].partition("#")[0])
            if claim["end"] is not None:
                yield change("provenance", claim, end=None)


@mutant(claims.digests_are_of_whole_readings_only)
def a_digest_of_what_was_not_read(tables: Dataset) -> Iterator[Corruption]:
    sources = tables.by_id("sources")
    for claim in spoken(tables):
        if sources[claim["source_id"]]["read"] == vocabularies.Read.OPENING:
            yield change("provenance", claim, span_sha256="0" * 64)


@mutant(claims.a_passage_has_one_digest)
def another_digest_of_the_same_passage(tables: Dataset) -> Iterator[Corruption]:
    for claim in tables["provenance"]:
        if claim["span_sha256"] is not None:
            twin = {**claim, **NEW_CLAIM}
            yield add("provenance", twin, span_sha256=claim["span_sha256"][::-1])
            yield add("provenance", twin, span_sha256=None)
