"""Mutants of the rules on keys and references."""

from collections.abc import Iterator

from amcc_dataset.model.columns import columns
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.tables import TABLES
from amcc_dataset.rules import keys
from broken.corruption import ABSENT, Corruption, add, change, mutant, remove


@mutant(keys.keys_are_unique)
def a_row_that_appears_twice(tables: Dataset) -> Iterator[Corruption]:
    return (add(table, row) for table, rows in tables.items() for row in rows[:50])


@mutant(keys.keys_are_unique)
def a_second_row_with_another_key_of_the_first(tables: Dataset) -> Iterator[Corruption]:
    for table, rows in tables.items():
        if TABLES[table].TABLE.unique:
            yield from (add(table, row, id=ABSENT) for row in rows)
        for key in TABLES[table].TABLE.unique_if_filled:
            for row in rows:
                if None not in [row[field] for field in key]:
                    yield add(table, row, id=ABSENT)


@mutant(keys.keys_are_unique)
def a_second_participation_of_a_delegation_without_a_person(
    tables: Dataset,
) -> Iterator[Corruption]:
    for row in tables["participants"]:
        if row["person_id"] is None:
            yield add("participants", row, id=ABSENT)


@mutant(keys.one_column_of_a_group_is_filled)
def a_reference_with_no_end_or_two(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["cross_references"]:
        for start in ("from_outcome_id", "from_initiative_id"):
            yield change("cross_references", row, **{start: None if row[start] else ABSENT})
        for end in ("to_instrument_id", "to_initiative_id", "to_actor_id"):
            yield change("cross_references", row, **{end: None if row[end] else ABSENT})


@mutant(keys.foreign_keys_point_at_rows)
def a_reference_into_the_void(tables: Dataset) -> Iterator[Corruption]:
    for table, rows in tables.items():
        for column in columns(TABLES[table]):
            if column.ref is not None:
                yield from (change(table, row, **{column.name: ABSENT}) for row in rows[:50])


@mutant(keys.foreign_keys_point_at_rows)
def a_lost_row_that_others_name(tables: Dataset) -> Iterator[Corruption]:
    for table, rows in tables.items():
        for column in columns(TABLES[table]):
            if column.ref is not None:
                named = {row[column.name] for row in rows}
                target = (row for row in tables[column.ref] if row["id"] in named)
                yield from (remove(column.ref, row) for row in target)


def pointing(tables: Dataset) -> Iterator[tuple[str, str]]:
    """Yield table and field of every reference from a table to itself."""
    for table in tables:
        for column in columns(TABLES[table]):
            if column.ref == table:
                yield table, column.name


@mutant(keys.references_within_a_table_run_in_no_circle)
def a_row_that_names_itself(tables: Dataset) -> Iterator[Corruption]:
    for table, field in pointing(tables):
        yield from (change(table, row, **{field: row["id"]}) for row in tables[table])


@mutant(keys.references_within_a_table_run_in_no_circle)
def two_rows_that_name_each_other(tables: Dataset) -> Iterator[Corruption]:
    for table, field in pointing(tables):
        rows = tables.by_id(table)
        for row in tables[table]:
            if row[field] is not None:
                yield change(table, rows[row[field]], **{field: row["id"]})


@mutant(keys.cells_of_a_pair_are_filled_together)
def half_of_a_pair(tables: Dataset) -> Iterator[Corruption]:
    for table, *pair in keys.PAIRS:
        for row in tables[table]:
            if row[pair[0]] is not None:
                yield from (change(table, row, **{field: None}) for field in pair)
