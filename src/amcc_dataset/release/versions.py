"""Whether the version has risen enough for the changes since the last release.

Not here: how releases differ (diff.py).
"""

from pathlib import Path
from typing import Any

from amcc_dataset.disk import files
from amcc_dataset.model.findings import Finding, Location, worded
from amcc_dataset.release import archive, diff

RECORDS = "data/releases"
"""The folder with the descriptor of every release, each named after its version."""


def last_release(root: Path) -> dict[str, Any] | None:
    """Return the descriptor of the last release of a checkout, or None before the first."""
    with worded("readable_record", "restore the record from the git history"):
        records = list(files.walk(root, RECORDS, suffix=".json", deep=False))
        if not records:
            return None
        last = max(records, key=lambda path: diff.numbers(Path(path).stem))
        content = files.read(root, root / last, archive.MAX_DESCRIPTOR)
    return archive.parse(content, last)


def shortfall(last: dict[str, Any], current: dict[str, Any]) -> list[Finding]:
    """Return a finding if the version has not risen enough for the changes since a release.

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
    return [Finding("version_step", Location("src/amcc_dataset/__init__.py"), what, remedy)]
