"""The right names instead of a wrong one, the nearest first.

Not here: any list of names; the caller has it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


FEW, MOST, LEAST = 20, 24, 8
"""Of up to `FEW` names, at least `LEAST` are shown even if they are not near; of the near ones at
most `MOST`."""

CLOSE, LONG = 0.8, 5
"""How similar a name has to be that is proposed alone, and the least letters for which one is."""


def one_of(name: str, names: "Iterable[str]") -> str:
    """Return a remedy that lists the right names, the nearest first.

    Of a long list only the near names are shown, or the first two as examples if none is near.

    Examples
    --------
    >>> one_of("edition", ["editions", "outcomes"])
    'write one of: editions, outcomes'
    >>> one_of("cert", [f"initiative-{number}" for number in range(30)] + ["regional-cert"])
    'write regional-cert, if that is meant (30 others)'
    >>> one_of("x", [f"initiative-{number}" for number in range(30)])
    'write one of 30, such as initiative-0 and initiative-1'
    """
    right = sorted(map(str, names))
    shown = near(name, right)
    if not right:
        return "leave it out: there are none"
    if len(right) <= FEW:
        shown += [other for other in right if other not in shown][: max(0, LEAST - len(shown))]
    elif not shown:
        return f"write one of {len(right)}, such as {right[0]} and {right[1]}"
    elif len(shown) == 1:
        return f"write {shown[0]}, if that is meant ({len(right) - 1} others)"
    more = f" (and {len(right) - len(shown)} more)" if len(right) > len(shown) else ""
    return f"write one of: {', '.join(shown)}{more}"


def near(name: str, names: "Iterable[str]", cutoff: float = 0.6) -> list[str]:
    """Return the names that were probably meant.

    These are the names that contain all words of the wrong one, first those that begin with it.
    If no name does, up to three with a similar spelling.

    Parameters
    ----------
    name
        The wrong name.
    names
        The right names.
    cutoff
        How similar the spelling has to be, from 0 to 1.

    Examples
    --------
    >>> near("cert", ["cert-drill", "regional-cert", "x"]), near("editoin", ["editions", "x"])
    (['cert-drill', 'regional-cert'], ['editions'])
    """
    from difflib import get_close_matches

    names = list(names)
    words = "".join(letter if letter.isalnum() else " " for letter in name.lower()).split()
    said = len("".join(words)) > 1
    found = [one for one in names if said and all(word in one.lower() for word in words)]
    found.sort(key=lambda one: not one.lower().startswith(name.lower()))
    return found[:MOST] or get_close_matches(name, names, n=3, cutoff=cutoff)


def similar(name: str, names: "Iterable[str]") -> str | None:
    """Return the name with the most similar spelling; None for a short name, or if none is close.

    Examples
    --------
    >>> similar("singapur", ["malaysia", "singapore"]), similar("sgx", ["sg"])
    ('singapore', None)
    """
    from difflib import get_close_matches

    found = get_close_matches(name, names, n=1, cutoff=CLOSE) if len(name) >= LONG else []
    return found[0] if found else None


def known(what: str, name: object, names: "Collection[str]", of: str | None = None) -> None:
    """Make sure that a name is one of the right ones.

    Parameters
    ----------
    what
        What the names are, such as table.
    name
        The name given.
    names
        The right names.
    of
        What has them, such as a table that has rows.

    Raises
    ------
    ValueError
        If it is not; the message lists the right names.

    Examples
    --------
    >>> known("table", "edition", ["editions", "outcomes"])
    Traceback (most recent call last):
    ValueError: there is no table 'edition'; write one of: editions, outcomes
    >>> known("row", "amcc-4", ["amcc-04", "amcc-05"], of="editions")
    Traceback (most recent call last):
    ValueError: editions has no row 'amcc-4'; write one of: amcc-04, amcc-05
    """
    if not isinstance(name, str) or name not in names:
        shown = repr(name) if isinstance(name, str) else f"{' '.join(repr(name).split()):.60}"
        said = f"{of} has no {what} {shown}" if of else f"there is no {what} {shown}"
        raise ValueError(f"{said}; {one_of(str(name), names)}")
