"""Digests written into the curators' files, below passages that have none.

A line is put where a person would put it, and the file is parsed again: it is written only if
it then says what it said before, and the digests. Not here: which digest a passage has
(verify.py).
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from amcc_dataset.curation.toml_files import MAX_BYTES, SOURCES, Place
from amcc_dataset.disk import files, writer
from amcc_dataset.model.findings import Failed, Finding, Location, worded


def fill(root: Path, digests: Iterable[tuple[Place, str]]) -> None:
    """Write digests below the locators of passages, into all files or none.

    Parameters
    ----------
    root
        The checkout.
    digests
        The place of each passage, and the digest of its words.

    Raises
    ------
    Failed
        If a file is not laid out so that a line can be added, or cannot be written.
    """
    by_file: dict[str, dict[int, str]] = defaultdict(dict)
    for place, digest in digests:
        _, number = place.steps
        assert isinstance(number, int)
        by_file[place.file.path][number] = digest
    found: list[Finding] = []
    content: dict[str, bytes] = {}
    with worded("writable_source", "let data/raw/sources be written; nothing was changed"):
        for path, wanted in by_file.items():
            text = _filled(files.read(root, root / path, MAX_BYTES).decode(), wanted)
            if text is None:
                what = "has no line [[passage]] below which the digests could be written"
                lines = (f'sha256 = "{digest}"' for digest in wanted.values())
                remedy = "write them yourself"
                found.append(Finding("fillable_source", Location(path), what, remedy, tuple(lines)))
            else:
                content[path] = text.encode()
        if found:
            raise Failed(found)
        writer.write(root, content, "fill", lambda path: path.startswith(f"{SOURCES}/"))


def _filled(text: str, digests: Mapping[int, str]) -> str | None:
    """Return a file with digests, by the numbers of its passages; None if none can be added."""
    wanted = tomllib.loads(text)
    for number, digest in digests.items():
        wanted["passage"][number]["sha256"] = digest
    # Only these two end a line of TOML; a text may hold other separators.
    lines = text.split("\n")
    headers = [n for n, line in enumerate(lines) if re.match(r"\s*\[\[\s*passage\s*\]\]", line)]
    if max(digests) >= len(headers):
        return None
    places: tuple[Callable[[list[str], int], int], ...] = (_last_locator, lambda _, header: header)
    for place in places:
        made = lines.copy()
        for number in sorted(digests, reverse=True):
            at = place(lines, headers[number])
            end = "\r" if lines[at].endswith("\r") else ""
            made.insert(at + 1, f'sha256 = "{digests[number]}"{end}')
        try:
            if tomllib.loads("\n".join(made)) == wanted:
                return "\n".join(made)
        except tomllib.TOMLDecodeError:
            continue
    return None


def _last_locator(lines: list[str], header: int) -> int:
    """Return the line of the last of `at`, `start` and `end` of a passage, else its header."""
    last = header
    for number in range(header + 1, len(lines)):
        if lines[number].lstrip().startswith("["):
            break
        if re.match(r"\s*(at|start|end)\s*=", lines[number]):
            last = number
    return last
