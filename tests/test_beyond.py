"""Whether the rules as SQL (benchmarks/beyond.py) say what the rules of the package say."""

from collections.abc import Iterator
from typing import Any

import beyond
import pytest
from test_checks import MUTANTS, Mutant, corrupted

from amcc_dataset.rules import RULES, Tables


class Watched(list[dict[str, Any]]):
    """The rows of a table, which notes that somebody looked at them."""

    seen = False

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Note it."""
        self.seen = True
        return super().__iter__()


def test_every_rule_that_reads_claims_or_decisions_has_a_query(tables: Tables) -> None:
    reading = set()
    for name, rule in RULES.items():
        watched = {table: Watched(rows) for table, rows in tables.items()}
        assert not list(rule(watched))  # type: ignore[arg-type]
        if watched["provenance"].seen or watched["decisions"].seen:
            reading.add(name)
    assert reading == beyond.RULES.keys()


@pytest.mark.parametrize(
    ("name", "mutant"),
    [(name, mutant) for name in beyond.RULES for mutant in MUTANTS[name]],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_a_query_finds_the_mutants_of_its_rule(tables: Tables, name: str, mutant: Mutant) -> None:
    spots = list(mutant(tables))
    broken = corrupted(tables, spots[len(spots) // 2])
    found = beyond.told(broken)
    assert name in found
    assert beyond.differing(broken, found) == set()


def test_queries_and_rules_agree_on_corruptions_by_chance(
    capsys: pytest.CaptureFixture[str],
) -> None:
    beyond.selftest(20)
    assert "| keys_are_unique |" in capsys.readouterr().out
