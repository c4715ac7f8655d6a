"""What a curator or user is told when something is wrong: one line each, all at once.

A `Problem` says where (file and line, or table, row and field), what is there, and what
to do about it. `Problems` is the exception that carries all of them to the command line,
which prints them without a traceback. Not in here: any check; those live where the thing
checked lives.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and its remedy.

    Examples
    --------
    >>> print(Problem("data/raw/people.toml:3", "unknown key 'nmae'", "write 'name'"))
    data/raw/people.toml:3: unknown key 'nmae' -> write 'name'
    """

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the line that is printed."""
        return f"{self.where}: {self.what} -> {self.remedy}"


class Problems(Exception):  # noqa: N818 - it carries problems, it is not one error
    """Everything that was found wrong, in a stable order without repetition."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))
