"""The rule on the order of rows, which the release promises: readers find rows by bisection.

Not here: the order itself, which each table names (model/tables.py).
"""

from amcc_dataset.model.dataset import Dataset, in_order
from amcc_dataset.model.tables import TABLES
from amcc_dataset.rules.rule import Breaches, rule


@rule
def rows_are_in_the_order_of_their_table(data: Dataset) -> Breaches:
    """Rows are in the order that their table promises, for example claims by table, row and column."""
    for name, rows in data.items():
        order = TABLES[name].TABLE.order
        for row, right in zip(rows, in_order(rows, order), strict=True):
            if row is not right:
                what = f"the row is where {right['id']} belongs; rows are ordered by {', '.join(order)}"
                yield name, row["id"], order[0], what, "build the tables again"
                break
