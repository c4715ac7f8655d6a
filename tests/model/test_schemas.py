"""The row classes are complete, and all schemas derived from them say the same."""

import datetime as dt
from typing import Annotated, Any

import jsonschema
import pytest
from engines import Cells, RowClass
from pydantic import Field, create_model

from amcc_dataset.model import schemas
from amcc_dataset.model.columns import columns, columns_of
from amcc_dataset.model.tables import CLAIM, NONE, TABLES, Row, Slug, Table, Text
from amcc_dataset.model.vocabularies import VOCABULARIES, Roster, Vocabulary
from amcc_dataset.release.dictionary import dictionary

each_table = pytest.mark.parametrize("row_class", TABLES.values(), ids=TABLES)

# The classes themselves


@each_table
def test_columns_are_described(row_class: RowClass) -> None:
    first, *_ = cells = columns(row_class)
    assert (first.name, first.nullable, first.unique) == ("id", False, True)
    for column in cells:
        assert column.description.endswith("."), column.name
        assert column.description.strip() == column.description, column.name


def test_vocabularies_are_defined() -> None:
    assert set(VOCABULARIES.values()) == set(Vocabulary.__subclasses__())
    for name, vocabulary in VOCABULARIES.items():
        assert vocabulary.__doc__, name
        for texts in ([code.value for code in vocabulary], [code.label for code in vocabulary]):
            assert len(set(texts)) == len(texts), name
        for code in vocabulary:
            assert code.isascii(), code
            assert code.replace("_", "").islower(), code
            assert code.label.strip() == code.label != "", code
            assert code.definition.endswith("."), code


@each_table
def test_keys_lead_somewhere(row_class: RowClass) -> None:
    cells = columns(row_class)
    assert {column.ref for column in cells} - {None} <= TABLES.keys()
    table, names = row_class.TABLE, {cell.name for cell in cells}
    for key in (*table.unique, *table.unique_if_filled, *table.exactly_one):
        assert {*key} <= names


@each_table
def test_what_is_derived_says_from_where(row_class: RowClass) -> None:
    for column in columns(row_class):
        origin = column.origin
        if origin is not None:
            source = columns_of(origin.table or row_class.TABLE.name)
            assert column.derived
            assert {*origin.fields, origin.by, *(origin.where or ())[:1]} <= source.keys()
            if origin.table is not None:
                assert source[origin.by].ref == row_class.TABLE.name


@each_table
def test_vocabularies_say_whether_they_are_a_scale(row_class: RowClass) -> None:
    fields = schemas.table_schema(row_class)["fields"]
    for column, field in zip(columns(row_class), fields, strict=True):
        codes = field["constraints"].get("enum")
        assert field.get("categories") == codes
        ordinal = column.vocabulary and column.vocabulary.ORDINAL
        assert field.get("categoriesOrdered") == ordinal


def test_no_foreign_keys_form_a_circle_between_tables() -> None:
    waiting = {
        table: {column.ref for column in columns(row_class)} - {None, table}
        for table, row_class in TABLES.items()
    }
    while ready := [table for table, refs in waiting.items() if not refs & waiting.keys()]:
        for table in ready:
            del waiting[table]
    assert waiting == {}


# What is derived from them


@each_table
def test_derived_schemas_agree_on_names_order_and_nulls(row_class: RowClass) -> None:
    cells = columns(row_class)
    names = [column.name for column in cells]
    nullable = [column.nullable for column in cells]
    assert names == list(row_class.model_fields)

    arrow = schemas.arrow_schema(row_class)
    assert arrow.names == names
    assert [field.nullable for field in arrow] == nullable

    frame = schemas.pandera_schema(row_class).columns
    assert list(frame) == names
    assert [column.nullable for column in frame.values()] == nullable

    fields = schemas.table_schema(row_class)["fields"]
    assert [field["name"] for field in fields] == names
    assert ["required" not in field["constraints"] for field in fields] == nullable

    document = schemas.json_schema(row_class)
    jsonschema.Draft202012Validator.check_schema(document)
    assert list(document["properties"]) == names
    assert [name not in document["required"] for name in names] == nullable
    assert document["title"] == row_class.TABLE.name, "importers take it for a name"
    assert ["null" in cell["type"] for cell in document["properties"].values()] == nullable


@each_table
def test_derived_schemas_carry_the_descriptions(row_class: RowClass) -> None:
    arrow = schemas.arrow_schema(row_class)
    fields = schemas.table_schema(row_class)["fields"]
    properties = schemas.json_schema(row_class)["properties"]
    written = dictionary()
    for column, field in zip(columns(row_class), fields, strict=True):
        metadata = arrow.field(column.name).metadata or {}
        assert metadata[b"description"].decode() == column.description
        assert field["description"] == column.description
        assert properties[column.name]["description"] == column.description
        assert column.description in written


def test_the_dictionary_defines_every_code() -> None:
    lines = dictionary().splitlines()
    for vocabulary in VOCABULARIES.values():
        for code in vocabulary:
            assert f"| `{code.value}` | {code.label} | {code.definition} |" in lines


def declare(annotation: Any) -> RowClass:
    """Make a row class with `cell` as its only column."""
    row_class = create_model("Declared", __base__=Row, cell=(annotation, ...))
    row_class.TABLE = Table("declared", "Declared")
    return row_class


WORDS = Field(description="Words.")


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (Annotated[Slug | None, NONE, WORDS], {"max_length": 80, "nullable": True}),
        (Annotated[Annotated[Slug, NONE] | None, WORDS], {"max_length": 80}),
        (
            Annotated[Text | None, NONE, Field(max_length=40, description="Words.")],
            {"max_length": 40},
        ),
        (Annotated[Annotated[int, Field(ge=1, le=9)] | None, NONE, WORDS], {"maximum": 9}),
        (Annotated[Annotated[Roster | None, NONE], WORDS], {"vocabulary": Roster}),
    ],
)
def test_nested_constraints_are_not_lost(annotation: Any, expected: Cells) -> None:
    (column,) = columns(declare(annotation))
    assert {name: getattr(column, name) for name in expected} == expected


@pytest.mark.parametrize(
    "annotation",
    [
        Annotated[float, NONE, WORDS],
        Annotated[bool, NONE, WORDS],
        Annotated[dt.datetime, NONE, WORDS],
        Annotated[list[Slug], NONE, WORDS],
        Annotated[Slug | int | None, NONE, WORDS],
        Annotated[str, NONE, WORDS],
        Annotated[str, NONE, Field(pattern="[a-z]+", description="Not anchored.")],
        Annotated[int, NONE, Field(ge=1, description="Not bounded above.")],
        Annotated[int, NONE, Field(ge=1, le=9, multiple_of=2, description="Even.")],
        Annotated[dt.date, NONE, Field(ge=dt.date(2016, 1, 1), description="Bounded.")],
        Annotated[Annotated[dt.date, Field(ge=dt.date(2016, 1, 1))] | None, NONE, WORDS],
        Annotated[Slug, WORDS],
        Annotated[Slug, NONE, CLAIM, WORDS],
        Annotated[Slug, NONE],
    ],
    ids=str,
)
def test_what_an_engine_cannot_express_is_refused(annotation: Any) -> None:
    with pytest.raises(TypeError, match=r"Declared\.cell: "):
        columns(declare(annotation))
