"""Typed rows: made from plain rows, by class or by name, with codes that are members."""

from typing import Any

import pytest
from pydantic import ValidationError

import amcc_dataset as amcc
from amcc_dataset.model.tables import TABLES
from amcc_dataset.model.vocabularies import VOCABULARIES


@pytest.mark.parametrize("table", TABLES)
def test_a_class_takes_the_plain_rows_of_its_table(table: str) -> None:
    row_class, rows = TABLES[table], amcc.rows(table)[:50]
    made = [row_class(**row) for row in rows]
    assert made == [row_class.model_validate(row) for row in rows]
    assert [dict(row) for row in made] == rows
    assert amcc.records(table)[:50] == amcc.records(row_class)[:50] == tuple(made)


def test_a_code_is_a_member_of_its_vocabulary() -> None:
    (edition,) = [row for row in amcc.records(amcc.Edition) if row.id == "amcc-05"]
    assert edition.format is amcc.Format.HYBRID
    given = amcc.Edition(**dict(edition) | {"format": amcc.Format.VIRTUAL})
    assert given.format is amcc.Format.VIRTUAL


@pytest.mark.parametrize("code", ["onsite", "IN_PERSON", "in person", "", 1, True])
def test_what_is_not_a_code_is_refused(code: Any) -> None:
    with pytest.raises(ValidationError, match="Input should be 'in_person', 'virtual' or 'hybrid'"):
        amcc.Edition(**amcc.rows("editions")[0] | {"format": code})


def test_every_vocabulary_is_public() -> None:
    for vocabulary in VOCABULARIES.values():
        assert getattr(amcc, vocabulary.__name__) is vocabulary


@pytest.mark.parametrize("wrong", ["edition", 42, None, amcc.Act, ["editions"]])
def test_a_wrong_argument_gets_the_names_of_the_tables(wrong: Any) -> None:
    with pytest.raises(
        ValueError, match=r"^there is no table .*; write one of: .*editions"
    ) as error:
        amcc.records(wrong)
    assert "\n" not in str(error.value)
