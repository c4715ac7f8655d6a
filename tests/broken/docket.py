"""Mutants of the rules on the docket."""

from collections.abc import Iterator

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules import docket
from broken.corruption import ABSENT, DAY, Corruption, add, change, mutant, others, remove, spoken


@mutant(docket.overruled_claims_were_decided)
def a_dispute_settled_silently(tables: Dataset) -> Iterator[Corruption]:
    return (remove("decisions", row) for row in tables["decisions"])


@mutant(docket.decisions_settle_a_dispute)
def a_decision_without_a_dispute(tables: Dataset) -> Iterator[Corruption]:
    decision = tables["decisions"][0]
    for claim in spoken(tables, vocabularies.Standing.AGREED)[::20]:
        place = {field: claim[field] for field in ("table", "row_id", "field")}
        yield add("decisions", decision, id=ABSENT, **place)


@mutant(docket.decisions_name_what_stands)
def a_decision_for_what_nobody_says(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["decisions"]:
        for source_id in (source["id"] for source in tables["sources"][::20]):
            yield change("decisions", row, preferred_source_id=source_id, value="hearsay")
        if row["preferred_source_id"] is not None:
            yield change("decisions", row, value=f"{row['value'][:400]} X")
            yield change("decisions", row, preferred_source_id=None, value=None)


@mutant(docket.decisions_are_named_after_their_cells)
def a_decision_named_after_another_cell(data: Dataset) -> Iterator[Corruption]:
    for row in data["decisions"]:
        yield change("decisions", row, id=f"{row['id']}-again")


@mutant(docket.rejected_rows_stay_out)
def a_rejected_row_that_came_back(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["decisions"]:
        if row["field"] is None:
            model = tables[row["table"]][0]
            yield add(row["table"], model, id=row["row_id"])


@mutant(docket.decisions_are_made_after_the_notes_that_they_weigh)
def a_decision_before_its_documents_were_read(tables: Dataset) -> Iterator[Corruption]:
    sources = tables.by_id("sources")
    for row in tables["decisions"]:
        for source_id in filter(None, (row["preferred_source_id"], row["against_source_id"])):
            source = sources[source_id]
            yield change("decisions", row, decided_on=source["noted_on"] - DAY)
            yield change("sources", source, noted_on=row["decided_on"] + DAY)


@mutant(docket.documents_speak_against_where_nothing_stands)
def a_document_against_what_is_preferred(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["decisions"]:
        if row["preferred_source_id"] is not None:
            for source_id in others(tables["sources"][::20], row["preferred_source_id"]):
                yield change("decisions", row, against_source_id=source_id)
