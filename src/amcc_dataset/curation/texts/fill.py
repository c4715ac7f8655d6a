"""Write digests into the curators' files, for passages that have none.

A line is added where a person would write it, and the file is parsed again. It is written only
if its content is the old content and the digests. Not here: which digest a passage has
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
        If the layout of a file has no place for a line, or a file cannot be written.
    """
    by_file: dict[str, dict[int, str]] = defaultdict(dict)
    for place, digest in digests:
        _, number = place.steps
        assert isinstance(number, int)
        by_file[place.file.path][number] = digest
    found: list[Finding] = []
    content: dict[str, bytes] = {}
    with worded("writable_source", "make data/raw/sources writable; nothing was changed"):
        for path, wanted in by_file.items():
            text = _filled(files.read(root, root / path, MAX_BYTES).decode(), wanted)
            if text is None:
                what = "has no line [[passage]] to add the digests below"
                lines = (f'sha256 = "{digest}"' for digest in wanted.values())
                remedy = "add these lines by hand, each to its passage"
                found.append(Finding("fillable_source", Location(path), what, remedy, tuple(lines)))
            else:
                content[path] = text.encode()
        if found:
            raise Failed(found)
        writer.write(root, content, "fill", lambda path: path.startswith(f"{SOURCES}/"))


def _filled(text: str, digests: Mapping[int, str]) -> str | None:
    """Return a file with digests by passage number, or None if they cannot be added."""
    wanted = tomllib.loads(text)
    for number, digest in digests.items():
        wanted["passage"][number]["sha256"] = digest
    # Not splitlines(): a line of TOML ends only at "\n", and a text may contain other separators.
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
