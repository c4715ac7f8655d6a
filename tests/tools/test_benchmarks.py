"""The examples in the docstrings of benchmarks/ and tools/, which the tests of the package do not reach."""

import doctest
from types import ModuleType

import mutants
import pytest
import report


@pytest.mark.parametrize("module", [mutants, report], ids=lambda module: module.__name__)
def test_the_examples_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0
