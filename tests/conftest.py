"""Hypothesis profiles, and the tables compiled from the raw files of the repository.

The profile is `dev` unless HYPOTHESIS_PROFILE names another, such as `ci`.
"""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from amcc_dataset.curation.compile import compile_tables
from amcc_dataset.model.dataset import Dataset

settings.register_profile(
    "dev",
    max_examples=5,
    deadline=None,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("ci", settings.get_profile("dev"), max_examples=50, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

# A background job of a shell ignores Ctrl-C, and so would the processes that the tests stop.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def tables() -> Dataset:
    """Compile data/raw once; a test that changes a table must copy it first."""
    return compile_tables(Path(__file__).parents[1])
