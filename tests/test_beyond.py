"""Whether the rules as SQL (benchmarks/beyond.py) say what the rules of the package say."""

from collections.abc import Iterator
from types import CodeType

import beyond
import pytest

from amcc_dataset.checks import RULES


def texts(code: CodeType) -> Iterator[str]:
    """Yield the texts in a function and in those that stand within it."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from texts(constant)
        elif isinstance(constant, str):
            yield constant


def test_every_rule_on_claims_or_decisions_has_a_query() -> None:
    reading = {
        name
        for name, rule in RULES.items()
        if {"provenance", "decisions"} & set(texts(rule.__code__))
        or "_decided" in rule.__code__.co_names
    }
    assert len(reading) > 20
    assert reading <= beyond.RULES.keys() <= RULES.keys()


def test_the_queries_agree_with_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    beyond.selftest(20)
    assert "| keys_are_unique |" in capsys.readouterr().out
