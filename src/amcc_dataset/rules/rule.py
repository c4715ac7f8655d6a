"""What a rule is: a condition on the tables, and a generator of what breaks it.

Not here: any rule; each is in the module of its subject.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import wraps

from amcc_dataset.model.dataset import Dataset, Row
from amcc_dataset.model.findings import Finding, Location

Breach = tuple[str, str, str, str, str]
"""What breaks a rule: table, row id and field, what is wrong there, and the remedy."""

Breaches = Iterator[Breach]
Rule = Callable[[Dataset], Iterator[Finding]]

RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which they run."""

ROW_RULES: set[str] = set()
"""The names of the rules that find less, never more, if rows are missing."""


def rule(function: Callable[[Dataset], Breaches]) -> Rule:
    """Add a function to the rules; what it yields becomes findings with its name."""

    @wraps(function)
    def judge(data: Dataset) -> Iterator[Finding]:
        for table, row_id, field, what, remedy in function(data):
            at = Location(table=table, row_id=row_id, field=field)
            yield Finding(function.__name__, at, what, remedy)

    RULES[function.__name__] = judge
    return judge


def row_rule(function: Callable[[Dataset], Breaches]) -> Rule:
    """Add a rule that judges each row alone, or with rows that it names.

    Such a rule can run before all rows are right, on those that are.
    """
    ROW_RULES.add(function.__name__)
    return rule(function)


def is_member(actor: Row, day: dt.date) -> bool:
    """Return whether an actor was a member of ASEAN on a day, as far as the documents show.

    Examples
    --------
    >>> is_member({"asean_member_from": dt.date(2025, 10, 26)}, dt.date(2025, 10, 22))
    False
    """
    since = actor.get("asean_member_from") or actor.get("asean_member_attested")
    until = actor.get("asean_member_to")
    return since is not None and since <= day and (until is None or day <= until)
