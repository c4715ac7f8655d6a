"""What a curator or user is told when something is wrong: one line each, all at once.

A `Problem` says where (file and line, or table, row and field), what is there, and what
to do about it. `Problems` is the exception that carries all of them to the command line,
which prints them without a traceback; a `Finds` collects them until then. Not in here: any
check; those live where the thing checked lives.
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


MOST = 200
"""Problems after which nothing more is looked for, or told."""

_FIRST = "mend these first"


class Finds(list[Problem]):
    """A list of problems that raises them when there are too many for anybody to mend at once.

    The line of each problem is looked up in its file: without an end, a file of nothing but
    faults would keep a build busy for hours.
    """

    def append(self, problem: Problem) -> None:
        """Add a problem.

        Raises
        ------
        Problems
            If there are now as many as `MOST`.
        """
        super().append(problem)
        if len(self) >= MOST:
            raise Problems([*self, Problem("more", "the rest was not looked at", _FIRST)])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems, one by one."""
        for problem in problems:
            self.append(problem)


class Problems(Exception):  # noqa: N818 - it carries problems, it is not one error
    """What was found wrong, in a stable order without repetition, and no more than `MOST`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        if len(self.problems) > MOST + 1:
            what = f"{len(self.problems) - MOST} problems are not shown"
            self.problems[MOST:] = [Problem("more", what, _FIRST)]
        super().__init__("\n".join(map(str, self.problems)))
