"""JSON and CSV: with limits, and without duplicate names."""

import pytest

from amcc_dataset.disk.parsing import MalformedError, parse_csv, parse_json


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "has the key 'c' twice"),
        (b"[" * 33 + b"]" * 33, "is nested deeper than 32 levels"),
        (b"[" * 100_000, "is nested deeper than 32 levels"),
        (b"[1" + b"0" * 5000 + b"]", "is not JSON"),
        (b"[NaN]", "NaN is not a number"),
        (b"[-Infinity]", "-Infinity is not a number"),
        (b"\xff", "is not JSON"),
        (b"", "is not JSON"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_not_json(text: bytes, answer: str) -> None:
    with pytest.raises(MalformedError, match=answer):
        parse_json(text)


def test_json_may_be_as_deep_as_the_limit() -> None:
    assert parse_json(b"[" * 32 + b"]" * 32) is not None
    assert parse_json(b'{"a": [1, "a"]}') == {"a": [1, "a"]}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (b"id,name,id\n", "has the column name 'id' twice"),
        (b"id,name,ID\n", "has the column name 'ID' twice"),
        (b"id\n\xff\n", "line 2 has a character that is not UTF-8"),
        (b'id\n"a', "a quotation mark in line 2 or below that is not closed"),
        (b'id\n"a" b\n', "a quotation mark inside a cell that begins in line 2"),
        (b"," * 200, "has more than 100 columns"),
        (b"id\n" + b"\n" * 50_001, "has more than 50000 rows or 500000 cells"),
        (b"a,b,c,d,e,f,g,h,i,j,k\n" * 50_000, "has the column name|has more than 50000 rows"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_not_csv(text: bytes, answer: str) -> None:
    with pytest.raises(MalformedError, match=answer):
        list(parse_csv(text))


def test_cells_are_counted() -> None:
    assert len(list(parse_csv(b"a,b\n1,2\n", most_cells=4))) == 2
    with pytest.raises(MalformedError, match="or 4 cells"):
        list(parse_csv(b"a,b\n1,2\n3,4\n", most_cells=4))


def test_lines_are_those_of_the_file() -> None:
    assert list(parse_csv(b'id\n"a\nb"\nc\n')) == [(1, ["id"]), (3, ["a\nb"]), (4, ["c"])]
