"""Every rule can fail: each has mutants that it must catch.

Hypothesis picks one of the corruptions that a mutant (broken/) yields. A rule without a mutant
stops the collection; a mutant that its rule does not catch, or that corrupts nothing, fails.
"""

import copy
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from broken import MUTANTS, Corruption, Mutant, change, corrupted
from broken.registries import MISREAD
from hypothesis import given
from hypothesis import strategies as st

from amcc_dataset import rules as checks
from amcc_dataset.model.columns import columns
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.findings import Finding
from amcc_dataset.model.tables import TABLES, misfits
from amcc_dataset.rules import RULES, registries

assert MUTANTS.keys() == RULES.keys(), sorted(MUTANTS.keys() ^ RULES.keys())


# Every rule


Spots = Callable[[Mutant], list[Corruption]]
Broken = Callable[[Corruption], Dataset]

each_mutant = pytest.mark.parametrize(
    ("name", "function"),
    [(name, function) for name, functions in MUTANTS.items() for function in functions],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
each_rule = pytest.mark.parametrize("name", RULES)


@pytest.fixture(scope="session")
def spots(tables: Dataset) -> Spots:
    """Return a function that lists the corruptions of a mutant, computed once for each."""
    return cache(lambda function: list(function(tables)))


@pytest.fixture(scope="session")
def broken(tables: Dataset) -> Broken:
    """Return a function that corrupts the real tables."""
    return lambda corruption: corrupted(tables, corruption)


@each_mutant
@given(data=st.data())
def test_a_mutant_is_caught_by_its_rule(
    spots: Spots, broken: Broken, name: str, function: Mutant, data: st.DataObject
) -> None:
    assert spots(function), "finds nothing to corrupt"
    corruption = data.draw(st.sampled_from(spots(function)))
    for table, _, after in corruption:
        if after is not None:
            assert not misfits(TABLES[table], after)
    findings = list(RULES[name](broken(corruption)))
    assert findings
    for finding in findings:
        assert finding.rule == name
        assert_guides(finding)


def assert_guides(finding: Finding) -> None:
    """Check that a finding says where, what and how to fix it, in one line."""
    assert finding.location.row_id
    assert finding.location.table
    assert finding.location.field in TABLES[finding.location.table].model_fields
    assert len(finding.what) > 10
    assert len(finding.remedy) >= len("write 4")
    assert str(finding).isprintable()


@each_mutant
def test_no_rule_stumbles_over_the_mutant_of_another(
    spots: Spots, broken: Broken, name: str, function: Mutant
) -> None:
    tables = broken(spots(function)[-1])
    assert [finding for judge in RULES.values() for finding in judge(tables)]
    assert list(checks.run(tables))


@each_rule
def test_the_tables_break_no_rule(tables: Dataset, name: str) -> None:
    assert list(map(str, RULES[name](tables))) == []


@each_rule
def test_a_rule_reads_as_a_sentence(name: str) -> None:
    sentence = RULES[name].__doc__ or ""
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "\n" not in sentence


def test_rules_but_one_do_not_depend_on_types_of_text_or_on_the_order_of_rows(
    tables: Dataset,
) -> None:
    plain = {
        table: [
            {key: str(cell) if isinstance(cell, str) else cell for key, cell in row.items()}
            for row in reversed(rows)
        ]
        for table, rows in tables.items()
    }
    broken = {finding.rule for finding in checks.run(Dataset(plain))}
    assert broken == {"rows_are_in_the_order_of_their_table"}


def test_rules_leave_the_tables_as_they_are(tables: Dataset) -> None:
    before = copy.deepcopy(tables)
    list(checks.run(tables))
    assert tables == before


@given(data=st.data())
def test_rules_that_judge_single_rows_find_nothing_in_a_part_of_the_tables(
    tables: Dataset, data: st.DataObject
) -> None:
    lost = data.draw(
        st.sets(st.sampled_from([(t, row["id"]) for t in tables for row in tables[t]]))
    )
    part = tables.replaced(
        {
            table: [row for row in rows if (table, row["id"]) not in lost]
            for table, rows in tables.items()
        }
    )
    for name in checks.ROW_RULES:
        assert list(map(str, RULES[name](part))) == [], name


def test_only_the_vocabularies_are_missed_in_empty_tables() -> None:
    findings = list(checks.run(Dataset({table: [] for table in TABLES})))
    assert {finding.location.table for finding in findings} == {"codes"}


def edited(table: str, field: str) -> Mutant:
    """Return a mutant that edits any cell of a column."""

    def edit(tables: Dataset) -> Iterator[Corruption]:
        for row in tables[table]:
            other = 99 if isinstance(row[field], int) else "Somebody else"
            yield change(table, row, **{field: other})

    return edit


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(edited(table, column.name), id=f"{table}.{column.name}")
        for table in TABLES
        for column in columns(TABLES[table])
        if column.derived
    ],
)
@given(data=st.data())
def test_no_derived_cell_can_be_edited(
    spots: Spots, broken: Broken, function: Mutant, data: st.DataObject
) -> None:
    assert list(checks.run(broken(data.draw(st.sampled_from(spots(function))))))


def test_every_word_that_programs_misread_is_refused_and_no_other(tables: Dataset) -> None:
    row = tables["codes"][0]
    harmless = ("noted", "not known", "mayor", "one", "market", "second", "yes or no")
    for word in (*MISREAD, *harmless):
        for altered in ({"code": word}, {"label": word}, {"label": word.upper()}):
            found = list(
                registries.no_code_is_read_as_something_else(
                    Dataset({"codes": [{**row, **altered}]})
                )
            )
            assert len(found) == (word in MISREAD), word
