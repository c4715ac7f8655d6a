"""What a change of the data asks of the version, held against the record of the last release.

Not in here: how releases differ (diff.py).
"""

from pathlib import Path
from typing import Any

from amcc_dataset.model.findings import Problem
from amcc_dataset.release import archive, diff

RECORDS = "data/releases"
"""Where the descriptor of every release is kept, by its version."""


def last_release(root: Path) -> dict[str, Any] | None:
    """Return the descriptor of the last release of a checkout, None before the first."""
    records = sorted((root / RECORDS).glob("*.json"), key=lambda path: diff.numbers(path.stem))
    if not records:
        return None
    return archive.parse(records[-1].read_bytes(), f"{RECORDS}/{records[-1].name}")


def shortfall(last: dict[str, Any], current: dict[str, Any]) -> list[Problem]:
    """Return a problem if the version has not risen as the changes since a release ask.

    Parameters
    ----------
    last
        Descriptor of the last release.
    current
        Descriptor of the next one.
    """
    changes = diff.compare_shapes(last, current)
    needed = diff.least(last["version"], diff.bump(changes))
    if diff.numbers(current["version"]) >= diff.numbers(needed):
        return []
    weighty = [change for change in changes if change.bump == diff.bump(changes)]
    named = ", ".join(f"{change.kind} ({change.where})" for change in weighty[:3])
    more = f" and {len(weighty) - 3} more" if len(weighty) > 3 else ""
    what = f"version {current['version']} is too low after {last['version']}: {named}{more}"
    remedy = f"set __version__ to {needed} or higher, or delete a record that was never released"
    return [Problem("src/amcc_dataset/__init__.py", what, remedy)]
