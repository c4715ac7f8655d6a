"""The right names for a wrong one, the nearest first.

Not here: any list of names; the caller has it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def one_of(name: str, names: "Iterable[str]") -> str:
    """Return a remedy that lists the right names, the nearest first, at most eight.

    Examples
    --------
    >>> one_of("edition", ["editions", "outcomes"])
    'write one of: editions, outcomes'
    """
    from difflib import get_close_matches

    right = sorted(map(str, names))
    close = get_close_matches(name, right, n=3)
    listed = close + [other for other in right if other not in close]
    more = f" (and {len(listed) - 8} more)" if len(listed) > 8 else ""
    return "write one of: " + ", ".join(listed[:8]) + more


def known(what: str, name: object, names: "Collection[str]") -> None:
    """Make sure that a name is one of the right ones.

    Raises
    ------
    ValueError
        If it is not; it lists the right names.

    Examples
    --------
    >>> known("table", "edition", ["editions", "outcomes"])
    Traceback (most recent call last):
    ValueError: there is no table 'edition'; write one of: editions, outcomes
    """
    if name not in names:
        raise ValueError(f"there is no {what} {name!r}; {one_of(str(name), names)}")
