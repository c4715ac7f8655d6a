"""Files put in place all or none, under a journal.

Not in here: what the files are.
"""

import errno
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from amcc_dataset import extras
from amcc_dataset.model.findings import Problem, Problems
from amcc_dataset.release.archive import DESCRIPTOR as DESCRIPTOR
from amcc_dataset.release.render import GENERATED, WITHIN, extra, to_json

_STAGING = ".amcc-build"

_JOURNAL = "journal.json"


def write(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Put the files in place below `root`; return the paths that changed.

    Everything is staged beside the tree first. A build that dies until then leaves the old
    tree; from then on a journal stands, and `recover` finishes what it names.

    Raises
    ------
    Problems
        If the folder cannot be written, leads elsewhere, or another build holds it.
    """
    with _held(root):
        recover(root)
        changed = [path for path, made in files.items() if _state(root / path, made) != "same"]
        surplus = extra(root, files)
        if changed or surplus:
            staging = root / _STAGING
            try:
                for path in changed:
                    _write(staging / path, files[path])
                _sync(folder for folder in [staging, *staging.rglob("*")] if folder.is_dir())
                _write(staging / _JOURNAL, to_json({"replace": changed, "delete": surplus}))
                _sync([staging, root])
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise
            recover(root)
        return changed + surplus


def recover(root: Path) -> None:
    """Finish an interrupted `write`, or throw its unfinished staging away."""
    _keep_inside(root)
    staging = root / _STAGING
    try:
        replaced, deleted = _read_journal(staging / _JOURNAL)
    except FileNotFoundError:
        shutil.rmtree(staging, ignore_errors=True)
        return
    for path in replaced:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        # What is no longer staged was put in place before the interruption.
        with suppress(FileNotFoundError):
            (staging / path).replace(root / path)
    for path in deleted:
        (root / path).unlink(missing_ok=True)
    _sync({root, *((root / path).parent for path in replaced + deleted)})
    (staging / _JOURNAL).unlink()
    shutil.rmtree(staging, ignore_errors=True)


def _keep_inside(root: Path) -> None:
    """Refuse to write or delete through a link that leads out of `root`."""
    home = root.resolve()
    for name in (_STAGING, f"{_STAGING}.lock", *GENERATED):
        try:
            inside = (root / name).resolve().is_relative_to(home)
        except RuntimeError:  # a circle of links
            inside = False
        if not inside:
            what = "leads out of the folder"
            raise Problems([Problem(name, what, "replace the link by a folder of its own")])


def _read_journal(path: Path) -> tuple[list[str], list[str]]:
    """Return which files to replace and to delete; none but generated ones may be named."""
    try:
        journal = json.loads(path.read_bytes())
        replaced, deleted = list(journal["replace"]), list(journal["delete"])
        lawful = all(map(_is_generated, replaced + deleted))
    except (ValueError, KeyError, TypeError, RecursionError):
        lawful = False
    if not lawful:
        remedy = f"delete the folder {_STAGING}, then run amcc-dataset build"
        raise Problems([Problem(f"{_STAGING}/{_JOURNAL}", "is damaged", remedy)])
    return replaced, deleted


def _is_generated(path: object) -> bool:
    """Tell whether a path is one that `render` may have given a file."""
    if not isinstance(path, str) or not re.fullmatch(r"[a-z0-9_]+([./-]+[a-z0-9_]+)*", path):
        return False
    return path == DESCRIPTOR or (".." not in path and path.startswith(WITHIN))


def _is_interrupted(root: Path) -> bool:
    try:
        return (root / _STAGING / _JOURNAL).exists()
    except OSError:
        return False


def _state(path: Path, content: bytes) -> Literal["missing", "stale", "same"]:
    """Hold a file against its content; of one that has another size nothing is read."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        same = path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return "missing"
    return "same" if same else "stale"


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it either has all its bytes on the disk or does not exist."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as sink:
        sink.write(content)
        sink.flush()
        os.fsync(sink.fileno())
    partial.replace(path)


def _sync(folders: Iterable[Path]) -> None:
    """Make sure that what was put into folders is on the disk before what follows."""
    if os.name != "posix":
        return
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _held(root: Path) -> Iterator[None]:
    extras.need("build", "filelock")
    from filelock import FileLock, Timeout

    _keep_inside(root)
    try:
        with FileLock(root / f"{_STAGING}.lock", timeout=60):
            yield
    except Timeout:
        what = "another build holds this folder"
        raise Problems([Problem(str(root), what, "wait for it, then build again")]) from None
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        left = "nothing was changed"
        if _is_interrupted(root):
            left = "the next build finishes what this one began"
        remedy = f"make the folder writable and free some space; {left}"
        raise Problems([Problem(str(error.filename or root), what, remedy)]) from None


def stale(root: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """Return a problem for every generated file below `root` that is not as rendered."""
    remedy = "run amcc-dataset build"
    problems = []
    if _is_interrupted(root):
        problems.append(Problem(_STAGING, "an interrupted build is not finished", remedy))
    for path, content in files.items():
        try:
            state = _state(root / path, content)
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            problems.append(Problem(path, what, f"take it away, then {remedy}"))
        else:
            if state != "same":
                problems.append(Problem(path, f"generated file is {state}", remedy))
    for path in extra(root, files):
        problems.append(Problem(path, "file is not generated", f"delete it, or {remedy}"))
    return problems
