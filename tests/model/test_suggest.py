"""The message on a wrong name lists the right ones, the nearest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amcc_dataset.cli import main
from amcc_dataset.model.suggest import FEW, MOST, one_of
from amcc_dataset.reading import load, store


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["timeline", "cert"], ["asean-regional-cert", "cert-information-exchange"]),
        (["timeline", "Regional CERT"], ["asean-regional-cert"]),
        (["thread", "norms"], ["norms_and_law"]),
        (["evidence", "editions", "amcc-4"], ["amcc-04"]),
        (["evidence", "editions", "amcc-04", "date"], ["date_end", "date_start"]),
        (["show", "people", "teo"], ["josephine-teo"]),
    ],
    ids=" ".join,
)
def test_a_part_of_a_name_is_enough(
    words: list[str], near: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr().err
    listed = said.partition("write one of: ")[2].split(" (and")[0].split(", ")
    single = f"write {near[0]}, if that is meant (" in said
    assert [*near] == near[:1] if single else set(listed[: len(near)]) == set(near)


def test_an_edition_is_answered_with_its_rows(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row["id"] for row in load.rows("outcomes") if row["edition_id"] == "amcc-04"]
    assert main(["evidence", "outcomes", "amcc-04"]) == 2
    error = capsys.readouterr().err
    others = store.count("outcomes") - len(rows)
    assert error.endswith(f"write one of: {', '.join(sorted(rows))} (and {others} more)\n")


NAMES = st.text("abc-12", min_size=1, max_size=6)


@given(st.just("") | NAMES, st.lists(NAMES, max_size=60, unique=True))
def test_the_names_that_are_left_out_are_counted(name: str, names: list[str]) -> None:
    remedy = one_of(name, names)
    listed, found, more = remedy.rpartition(" (and ")
    left_out = int(more.removesuffix(" more)")) if found else 0
    if len(names) <= FEW:
        shown = (listed or remedy).removeprefix("write one of: ").split(", ")
        assert len(names) == 0 or len(shown) + left_out == len(names)
        assert left_out == 0 or len(names) > 8
    elif remedy.startswith("write one of: "):
        assert len(names) - MOST <= left_out < len(names) - 1
    else:
        others = f"if that is meant ({len(names) - 1} others)"
        assert others in remedy or f"write one of {len(names)}, such as " in remedy


def test_a_short_list_is_shown_even_if_nothing_is_near() -> None:
    names = [f"{letter}{letter}" for letter in "abcdefghij"]
    assert one_of("zz", names) == "write one of: aa, bb, cc, dd, ee, ff, gg, hh (and 2 more)"
    assert one_of("b", names).startswith("write one of: bb, aa, ")
    many = [f"{letter}{number}" for letter in "ab" for number in range(FEW)]
    assert one_of("b1", many).startswith("write one of: b1, b10, ")


def test_the_only_near_name_of_a_long_list_is_not_called_a_list() -> None:
    names = [f"name-{number}" for number in range(FEW)] + ["sg"]
    assert one_of("sgg", names) == f"write sg, if that is meant ({FEW} others)"
    assert one_of("name", names).startswith("write one of: name-0, name-1, ")
    assert one_of("zzz", names) == f"write one of {FEW + 1}, such as name-0 and name-1"
    assert one_of("zzz", []) == "leave it out: there are none"
