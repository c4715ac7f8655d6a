"""Mutants of the rules on the order of rows."""

from collections.abc import Iterator
from itertools import pairwise

from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules import order
from broken.corruption import Corruption, Edit, mutant


@mutant(order.rows_are_in_the_order_of_their_table)
def neighbours_that_changed_places(data: Dataset) -> Iterator[Corruption]:
    for table in data:
        for first, second in pairwise(data[table][:20]):
            yield [Edit(table, first, {**second}), Edit(table, second, {**first})]
