"""Hypothesis strategies that draw valid cells and rows of any table.

Not here: invalid rows (tests/broken).
"""

import re
import string
import sys
from typing import TYPE_CHECKING, Any

from amcc_dataset.model.columns import Column, columns
from amcc_dataset.model.tables import SLUG, TEXT, Row

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def cell_strategy(column: Column) -> "SearchStrategy[Any]":
    """Return a hypothesis strategy for the valid values of a column, except null."""
    from hypothesis import strategies as st

    if column.vocabulary is not None:
        return st.sampled_from(column.vocabulary)
    if column.type == "integer":
        return st.integers(column.minimum, column.maximum)
    if column.type == "date":
        return st.dates()

    # Drawing characters is many times faster than drawing from these two patterns.
    alphabets = {
        SLUG: st.sampled_from(string.ascii_lowercase + string.digits + "-"),
        TEXT: st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")),
    }
    least, most = column.min_length or 0, column.max_length or sys.maxsize
    pattern = re.compile(column.pattern or "")
    if pattern.pattern in alphabets:
        texts = st.text(alphabets[pattern.pattern], min_size=max(1, least), max_size=most)
    else:
        texts = st.from_regex(pattern, fullmatch=True)
    return texts.filter(lambda text: least <= len(text) <= most and bool(pattern.fullmatch(text)))


def row_strategy(row_class: type[Row]) -> "SearchStrategy[dict[str, Any]]":
    """Return a hypothesis strategy for valid rows, as dicts that `row_class` accepts.

    Each row is drawn on its own: keys may repeat, and references may lead nowhere.
    """
    from hypothesis import strategies as st

    groups = row_class.TABLE.exactly_one
    one_of = {name for group in groups for name in group}
    cells = {
        column.name: st.none() | cell_strategy(column)
        if column.nullable and column.name not in one_of
        else cell_strategy(column)
        for column in columns(row_class)
    }

    def row(drawn: tuple[dict[str, Any], tuple[str, ...]]) -> dict[str, Any]:
        values, filled = drawn
        emptied = one_of - {*filled}
        # fixed_dictionaries shuffles the keys.
        return {name: None if name in emptied else values[name] for name in cells}

    kept = st.tuples(*(st.sampled_from(group) for group in groups))
    return st.tuples(st.fixed_dictionaries(cells), kept).map(row)
