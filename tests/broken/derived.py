"""Mutants of the rules on what is derived."""

from collections.abc import Iterator

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules import derived
from broken.corruption import ABSENT, Corruption, add, change, mutant, others


@mutant(derived.derived_cells_follow_from_others)
def another_name_or_rank(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        yield change("editions", row, host_name=f"{row['host_name']} and others")
        yield change("editions", row, chair_name="Nobody" if row["chair_name"] is None else None)
        for field in ("umbrella_event", "umbrella_theme"):
            yield change("editions", row, **{field: "A Week" if row[field] is None else None})
    for row in tables["initiatives"]:
        for actor_id in (None, *others(tables["actors"][:9], row["lead_id"])):
            if actor_id != row["lead_id"]:
                yield change("initiatives", row, lead_id=actor_id)
    for row in tables["outcomes"]:
        yield change("outcomes", row, act_rank=row["act_rank"] % 19 + 1)
    for row in tables["participants"]:
        yield change("participants", row, level_rank=(row["level_rank"] or 0) % 5 + 1)


@mutant(derived.documents_of_an_edition_are_counted)
def another_number_of_documents(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["editions"]:
        for field in ("documents", "documents_whole"):
            yield change("editions", row, **{field: row[field] + 1})
    for row in tables["participants"]:
        yield change("participants", row, named_by=row["named_by"] + 1)


@mutant(derived.derived_cells_follow_from_others)
def a_source_of_a_derived_cell_that_changed(tables: Dataset) -> Iterator[Corruption]:
    led = {row["id"] for row in tables["initiatives"] if row["lead_id"]}
    for row in tables["parties"]:
        if row["role"] == vocabularies.PartyRole.LEAD and row["initiative_id"] in led:
            another = next(others(tables["actors"], row["actor_id"]))
            yield change("parties", row, role=vocabularies.PartyRole.HOST)
            yield add("parties", row, id=ABSENT, actor_id=another)
    for row in tables["meetings"]:
        if row["kind"] == vocabularies.MeetingKind.CYBER_WEEK:
            yield change("meetings", row, name=f"{row['name']} and more")
            yield change("meetings", row, theme=f"{row['theme'] or 'Theme'} and more")
            yield change("meetings", row, kind=vocabularies.MeetingKind.FORUM)
