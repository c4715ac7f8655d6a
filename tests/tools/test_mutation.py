"""Whether single mistakes in the real files are caught: a short run of tools/mutation.py."""

import shutil
from pathlib import Path
from random import Random

import damage
import mutation
import pytest
from hypothesis import settings

from amcc_dataset.curation.compile import compile_tables
from amcc_dataset.release import place, render

ROOT = Path(__file__).parents[2]
TEXTS = ROOT.parent / "shared" / "sources"
NAMES = {name for operators in mutation.OPERATORS.values() for name in operators}
EACH = max(1, settings().max_examples // 50)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[mutation.Outcome]:
    """Return the outcomes of a few mutants of every operator."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw")
    place.write(root, render.render(compile_tables(root)))
    size = 2 * EACH * max(map(len, mutation.OPERATORS.values()))
    return mutation.run(size, 1, TEXTS if TEXTS.is_dir() else None, root, jobs=1)


def test_what_the_repository_contradicts_is_caught(outcomes: list[mutation.Outcome]) -> None:
    assert {outcome.side for outcome in outcomes} == {"raw", "processed"}
    assert [f"{o.operator}: {o.mutant.what}" for o in mutation.holes(outcomes)] == []


def test_every_operator_makes_mutants(outcomes: list[mutation.Outcome]) -> None:
    assert {outcome.operator for outcome in outcomes} == NAMES


@pytest.mark.parametrize("value", ["text", "\n", "", 1, True, None, []])
def test_every_value_of_the_descriptor_can_be_changed(value: object) -> None:
    parent = {"key": value}
    assert damage.value_changed(parent, "key", Random(1))
    assert parent["key"] != value or type(parent["key"]) is not type(value)


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of the documents are not at hand")
def test_the_texts_catch_some_mutants_that_nothing_else_can(
    outcomes: list[mutation.Outcome],
) -> None:
    for operator in ("quotation_changed", "digest_changed", "another_address"):
        reported = [outcome.reported for outcome in outcomes if outcome.operator == operator]
        assert all(one["rules"] or one["texts"] for one in reported), operator


def test_the_report_names_every_operator(outcomes: list[mutation.Outcome]) -> None:
    text = mutation.section(outcomes, len(outcomes), 1, TEXTS.is_dir())
    for operator in NAMES:
        assert f"| {operator.replace('_', ' ')} |" in text
