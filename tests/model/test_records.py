"""Typed rows: made from plain rows, by class or by name, with codes that are members."""

import re
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


def test_a_wrong_code_names_the_vocabulary_as_the_table_of_codes_does() -> None:
    for name, vocabulary in VOCABULARIES.items():
        with pytest.raises(ValueError, match=f"^{name} has no code 'onsite'; write "):
            vocabulary("onsite")


@pytest.mark.parametrize("code", ["onsite", "IN_PERSON", "in person", "", 1, True])
def test_what_is_not_a_code_is_refused(code: Any) -> None:
    row = amcc.rows("editions")[0] | {"format": code}
    with pytest.raises(ValidationError):
        amcc.Edition.model_validate(row)
    with pytest.raises(ValueError, match=r"^Edition does not fit: format is .*hybrid"):
        amcc.Edition(**row)


CELLS: dict[str, tuple[dict[str, Any], str]] = {
    "of another type": ({"year": "x"}, "year is 'x', write a whole number"),
    "out of range": ({"number": 0}, "number is 0, write a number from 1 to 999"),
    "with spaces": ({"city": " Singapore"}, "city is ' Singapore', remove the spaces at its ends"),
    "not a date": ({"date_end": "May"}, r"date_end is 'May', write a date, such as datetime.date("),
    "of no column": ({"cities": "x"}, "cities is not a column, write one of: city"),
    "several": (
        {"year": "x", "theme": ""},
        "; theme is '', leave it out: what is not known is null",
    ),
}


@pytest.mark.parametrize(("cells", "words"), CELLS.values(), ids=CELLS)
def test_a_row_that_does_not_fit_gets_one_line(cells: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as error:
        amcc.Edition(**amcc.rows("editions")[0] | cells)
    assert str(error.value).startswith("Edition does not fit: ")
    assert "\n" not in str(error.value)


def test_a_row_without_cells_gets_one_line() -> None:
    with pytest.raises(ValueError, match=r"id is missing; number is missing; .*; and 14 more$"):
        amcc.Edition()  # type: ignore[call-arg]


def test_codes_of_a_scale_compare_by_their_places_and_others_not_at_all() -> None:
    assert amcc.Act.LAUNCHED > "agreed" > amcc.Act.NOTED
    assert max(amcc.Act.AGREED, amcc.Act.WELCOMED) is amcc.Act.AGREED
    assert sorted(amcc.Level) == list(amcc.Level)
    for vocabulary in VOCABULARIES.values():
        first, *_, last = vocabulary
        if vocabulary.ORDINAL:
            assert first < last <= last.value
        else:
            with pytest.raises(TypeError, match="is not a scale"):
                max(vocabulary)
        assert sorted(vocabulary, key=str) == sorted(code.value for code in vocabulary)
    with pytest.raises(TypeError, match="'onsite' is not a code of Act"):
        _ = amcc.Act.NOTED < "onsite"


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
