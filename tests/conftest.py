"""Hypothesis profiles: `dev` unless HYPOTHESIS_PROFILE names another, such as `ci`."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "dev", max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("dev"), max_examples=50, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
