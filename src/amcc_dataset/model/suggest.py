"""The right names for a wrong one, the nearest first.

Not in here: any list of names; the caller has it.
"""

from collections.abc import Iterable
from difflib import get_close_matches


def one_of(name: str, names: Iterable[str]) -> str:
    """Return a remedy that lists the right names, the nearest first, at most eight.

    Examples
    --------
    >>> one_of("edition", ["editions", "outcomes"])
    'write one of: editions, outcomes'
    """
    known = sorted(map(str, names))
    close = get_close_matches(name, known, n=3)
    listed = close + [other for other in known if other not in close]
    more = f" (and {len(listed) - 8} more)" if len(listed) > 8 else ""
    return "write one of: " + ", ".join(listed[:8]) + more
