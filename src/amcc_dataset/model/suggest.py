"""The right names instead of a wrong one, the nearest first.

Not here: any list of names; the caller has it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


FEW, MOST = 20, 24
"""Of up to `FEW` names, eight are shown even if they are not near; of the near ones at most
`MOST`."""


def one_of(name: str, names: "Iterable[str]") -> str:
    """Return a remedy that lists the right names, the nearest first.

    A name is near if it contains all words of the wrong one. If no name does, up to three with
    a similar spelling are near. Of a long list only the near names are shown, or eight names if
    none is near.

    Examples
    --------
    >>> one_of("edition", ["editions", "outcomes"])
    'write one of: editions, outcomes'
    >>> one_of("cert", [f"initiative-{number}" for number in range(30)] + ["regional-cert"])
    'write one of: regional-cert (and 30 more)'
    """
    from difflib import get_close_matches

    right = sorted(map(str, names))
    shown = _holding(name, right)[:MOST] or get_close_matches(name, right, n=3)
    if len(right) <= FEW or not shown:
        shown += [other for other in right if other not in shown][: max(0, 8 - len(shown))]
    more = f" (and {len(right) - len(shown)} more)" if len(right) > len(shown) else ""
    return f"write one of: {', '.join(shown)}{more}"


def _holding(name: str, names: "Iterable[str]") -> list[str]:
    """Return the names that contain all words of `name`, first those that begin with it."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.lower()).split()
    found = [one for one in names if words and all(word in one.lower() for word in words)]
    return sorted(found, key=lambda one: not one.lower().startswith(name.lower()))


def known(what: str, name: object, names: "Collection[str]") -> None:
    """Make sure that a name is one of the right ones.

    Raises
    ------
    ValueError
        If it is not; the message lists the right names.

    Examples
    --------
    >>> known("table", "edition", ["editions", "outcomes"])
    Traceback (most recent call last):
    ValueError: there is no table 'edition'; write one of: editions, outcomes
    """
    if not isinstance(name, str) or name not in names:
        shown = repr(name) if isinstance(name, str) else f"{' '.join(repr(name).split()):.60}"
        raise ValueError(f"there is no {what} {shown}; {one_of(str(name), names)}")
