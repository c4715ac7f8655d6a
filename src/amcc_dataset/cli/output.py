"""How the command prints to a terminal, a file or another program.

All lines are printed by `line`, which makes everything visible that could deceive: control
characters, direction marks and line ends inside a text are written as escapes, and a very long
line is cut. Tables fit the width of a terminal, and are tab-separated if piped. Not here: what
is printed (the modules of the commands).
"""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

LONGEST = 4_000
"""The most characters of a line; the rest is cut."""

_NARROW = 12
"""The smallest width to which a column shrinks in a narrow window, in characters."""


def prepare() -> None:
    """Make standard output and error accept any text.

    A file or program always gets UTF-8, whatever the locale. A terminal replaces what it cannot
    show. If the caller has closed one of the two, its output is dropped.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
            continue
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if stream.isatty():
                reconfigure(errors="replace")
            else:
                reconfigure(encoding="utf-8", errors="backslashreplace")


def is_terminal() -> bool:
    """Return whether the output goes to a terminal."""
    return sys.stdout.isatty()


def discard() -> None:
    """Drop output that cannot be written, so that the interpreter does not complain at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def visible(text: str, escape: "Callable[[str], str] | None" = None) -> str:
    r"""Return `text` with everything that a terminal would interpret written as escapes.

    Parameters
    ----------
    text
        The text to print.
    escape
        Returns the escape for one character.

    Returns
    -------
    str
        The text in one line.

    Examples
    --------
    >>> print(visible("a\nb\x1b[2J\u202e"))
    a\nb\x1b[2J\u202e
    """
    if text.isprintable() and text.isascii():
        return text
    import unicodedata

    escape = escape or (lambda character: character.encode("unicode_escape").decode())

    def shown(character: str) -> str:
        category = unicodedata.category(character)
        if category in ("Cc", "Cs", "Zl", "Zp") or (category == "Cf" and character != "\u200d"):
            return escape(character)
        return character

    return "".join(map(shown, text))


def line(text: object, *, wrap: bool = False, file: "TextIO | None" = None) -> None:
    """Print one line; with `wrap`, its line ends (LF or CRLF) are our own and are kept."""
    parts = str(text).split("\n") if wrap else [str(text)]
    for part in parts:
        plain = part.removesuffix("\r") if wrap else part
        shown = visible(plain)
        shown = shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
        print(shown + part[len(plain) :], file=file)


def note(text: str) -> None:
    """Print a remark on a table to standard error, so that a pipe gets only the rows."""
    line(text, file=sys.stderr)


def error(text: str) -> None:
    """Print why the command stops."""
    line(f"amcc-dataset: {text}", file=sys.stderr)


def json(rows: object) -> None:
    """Print rows as JSON; dates as text."""
    from json import dumps

    for text in dumps(rows, indent=2, ensure_ascii=False, default=str).split("\n"):
        print(visible(text, lambda character: dumps(character)[1:-1]))


def done(lines: Iterable[str], *, as_json: bool) -> None:
    """Print what was done if nothing was wrong; as JSON, the empty list of findings."""
    if as_json:
        json([])
        return
    for text in lines:
        line(text)


def width(text: str) -> int:
    """Return how many columns a text takes in a terminal.

    Parameters
    ----------
    text
        The text, without line ends.

    Returns
    -------
    int
        The number of columns; a Chinese character takes two.

    Examples
    --------
    >>> width("Tô"), width("网络")
    (2, 4)
    """
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0
        if unicodedata.combining(character)
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def table(
    rows: Iterable[Mapping[str, object]], columns: Sequence[str], *, keep: Sequence[str] = ()
) -> None:
    """Print rows as a table that fits the terminal, or tab-separated when piped.

    In a terminal the first column keeps its width and the others shrink. If that is not enough,
    columns are hidden from the right, those in `keep` last, and named below the table.
    """
    cells = [
        ["" if row[name] is None else visible(str(row[name])) for name in columns] for row in rows
    ]
    if not is_terminal():
        for fields in [list(columns), *cells]:
            print("\t".join(fields))
        return
    import shutil

    room = shutil.get_terminal_size((100, 24)).columns
    widths = [
        max([width(name), *(width(fields[at]) for fields in cells)])
        for at, name in enumerate(columns)
    ]
    shown, sizes = _fitting(columns, widths, room, keep)
    for number, fields in enumerate([list(columns), *cells]):
        printed = "  ".join(
            _fit(fields[at], size) for at, size in zip(shown, sizes, strict=True)
        ).rstrip()
        print(f"\033[1m{printed}\033[0m" if number == 0 and _has_bold() else printed)
    hidden = [name for at, name in enumerate(columns) if at not in shown]
    if hidden:
        print(f"\nHidden columns (window too narrow): {', '.join(hidden)}; use --json")


def _fitting(
    columns: Sequence[str], widths: Sequence[int], room: int, keep: Sequence[str]
) -> tuple[list[int], list[int]]:
    """Return which columns are shown, and the width of each."""
    shown, sizes = list(range(len(columns))), list(widths)
    while True:
        while _total(sizes) > room and max(sizes[1:], default=0) > _NARROW:
            sizes[1 + sizes[1:].index(max(sizes[1:]))] -= 1
        if _total(sizes) <= room or len(shown) < 2:
            return shown, sizes
        spare = [at for at in shown[1:] if columns[at] not in keep] or shown[1:]
        shown.remove(spare[-1])
        sizes = [widths[at] for at in shown]


def _total(sizes: Sequence[int]) -> int:
    return sum(sizes) + 2 * (len(sizes) - 1)


def _fit(text: str, room: int) -> str:
    if width(text) > room:
        from itertools import accumulate

        ends = accumulate(map(width, text))
        text = "".join(letter for letter, end in zip(text, ends, strict=True) if end < room) + "…"
    return text + " " * (room - width(text))


def _has_bold() -> bool:
    return "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def progress(done: int, steps: int, what: str) -> None:
    """Draw a progress bar in a terminal: the steps done, and the next step."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return
    bar = "#" * (20 * done // steps)
    drawn = f"\r[{bar:<20}] {done}/{steps} {what}" if done < steps else "\r"
    print(f"{drawn}\033[K", end="", file=sys.stderr, flush=True)
