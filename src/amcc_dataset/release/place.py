"""Write the release tree, all files or none, and compare it with the rendered files.

Not here: how files are written (`disk/writer.py`), and their content (`render.py`).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from amcc_dataset.disk import files, writer
from amcc_dataset.model.findings import Finding, Location, worded
from amcc_dataset.release.render import DESCRIPTOR, WITHIN, extra

COMMAND = "build"

_BUILD = "run amcc-dataset build"


def write(root: Path, content: Mapping[str, bytes]) -> list[str]:
    """Put the files in place below `root`; return the paths that changed.

    Raises
    ------
    Failed
        If the folder cannot be written or leads elsewhere, or another build is writing to it.
    """
    remedy = "make the folder writable and free some space; nothing was changed"
    with worded("writable_tree", remedy):
        return writer.write(
            root, content, COMMAND, is_generated, surplus=lambda: extra(root, content)
        )


def is_generated(path: str) -> bool:
    """Return whether a path below a root belongs to the release tree."""
    return path == DESCRIPTOR or path.startswith(WITHIN)


def stale(root: Path, content: Mapping[str, bytes]) -> list[Finding]:
    """Return a finding for every generated file below `root` that differs from the rendered one."""
    if command := writer.interrupted(root):
        what = f"an interrupted {command} is not finished"
        return [Finding("finished_write", Location(f".amcc-{command}"), what, _BUILD)]
    return [*_differing(root, content), *_surplus(root, content)]


def _differing(root: Path, content: Mapping[str, bytes]) -> Iterable[Finding]:
    for path, made in content.items():
        try:
            state = "" if files.holds(root, path, made) else "stale"
        except FileNotFoundError:
            state = "missing"
        except OSError as error:
            what, remedy = f"cannot be read: {error.strerror}", f"remove it, then {_BUILD}"
            yield Finding("fresh_file", Location(path), what, remedy)
            continue
        if state:
            yield Finding("fresh_file", Location(path), f"generated file is {state}", _BUILD)


def _surplus(root: Path, content: Mapping[str, bytes]) -> Iterable[Finding]:
    try:
        found = extra(root, content)
    except OSError as error:
        remedy = "remove it: only generated files belong here"
        yield Finding("only_generated", Location(str(error.filename)), str(error.strerror), remedy)
        return
    for path in found:
        remedy = f"delete it, or {_BUILD}"
        yield Finding("only_generated", Location(path), "file is not generated", remedy)
