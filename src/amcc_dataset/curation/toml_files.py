"""The curators' TOML files: read whole, and with the line of every table and key.

tomllib reads fast but gives no positions, and tomlkit, which keeps the text, does not
tell them either. So values come from tomllib, and a `Place` looks its line up in the text
only when a problem has to be worded. Not in here: what the keys mean (claims.py,
docket.py, build.py).
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amcc_dataset.disk import files
from amcc_dataset.model.findings import Problem

MAX_BYTES = 10_000_000
"""Largest TOML file that is read: a document takes some thousand bytes, a decision 400."""


@dataclass(frozen=True, slots=True)
class Place:
    """A key path in a TOML file, inside the n-th block of an array of tables if given.

    Its text is `file:line`. What a scan for headers and keys cannot see, such as a key of
    an inline table, gets the line of the nearest header before it.
    """

    path: Path
    shown: str
    block: tuple[str, int] | None = None
    keys: tuple[str, ...] = ()

    def at(self, *keys: str) -> "Place":
        """Return the place of a key below this one."""
        return Place(self.path, self.shown, self.block, (*self.keys, *keys))

    def in_block(self, name: str, index: int) -> "Place":
        """Return the place of the n-th `[[name]]` of the file, counted from 0."""
        return Place(self.path, self.shown, (name, index))

    def __str__(self) -> str:
        """Look the line up."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return self.shown
        return f"{self.shown}:{self._line(lines) + 1}"

    def _line(self, lines: list[str]) -> int:
        begin, stop, keys = 0, len(lines), self.keys
        if self.block is not None:
            name, index = self.block
            header = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
            starts = [number for number, line in enumerate(lines) if header.match(line)]
            if index < len(starts):
                begin, stop = starts[index], [*starts, len(lines)][index + 1]
            keys = (name, *keys)
        for depth in range(len(keys), 0, -1):
            path = r"\s*\.\s*".join(rf"[\"']?{re.escape(key)}[\"']?" for key in keys[:depth])
            header = re.compile(rf"\s*\[+\s*{path}\s*[\].]")
            at = next((n for n in range(begin, stop) if header.match(lines[n])), None)
            if at is not None:
                break
        else:
            at, depth = begin, 0
        if depth < len(keys):
            key = re.compile(rf"\s*[\"']?{re.escape(keys[depth])}[\"']?\s*[.=]")
            at = next((n for n in range(at, stop) if key.match(lines[n])), at)
        return at


def load(path: Path, root: Path, problems: list[Problem]) -> tuple[dict[str, Any], Place] | None:
    """Return the content of a TOML file and its place, or None after adding a problem."""
    shown = path.relative_to(root).as_posix()
    try:
        return tomllib.loads(files.read(root, path, MAX_BYTES).decode("utf-8")), Place(path, shown)
    except OSError as error:
        problems.append(Problem(shown, f"cannot be read: {error.strerror}", "check the file"))
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8"
        problems.append(Problem(shown, what, "save the file as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        message, _, position = str(error).partition(" (at ")
        line = re.match(r"line ([0-9]+)", position)
        where = f"{shown}:{line[1]}" if line else shown
        problems.append(Problem(where, f"malformed TOML: {message}", "mend the line"))
    except RecursionError:
        problems.append(Problem(shown, "malformed TOML: nested too deeply", "flatten the file"))
    except ValueError:
        what = "malformed TOML: a number with thousands of digits"
        problems.append(Problem(shown, what, "write the number that is meant"))
    return None
