"""The one way in which files are written: all of them or none, even if the program is stopped.

`write` puts new files beside the tree, into the folder `.amcc-<command>`, and reads them back;
keeps the old ones under a second name; writes a journal; and only then replaces file by file.
Before the journal is written, a failure leaves the old tree complete. After that, the next
`write` or `recover` finishes what the journal lists. SIGINT, SIGTERM and SIGHUP wait for the
end of a step: they can stop the staging between two files, but never the replacing. Not here:
what the files are, and how a failure is worded for people (`model/findings.py`).
"""

import errno
import hashlib
import json
import os
import shutil
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from amcc_dataset.disk import files
from amcc_dataset.disk.files import RefusedError
from amcc_dataset.disk.parsing import MalformedError, parse_json

JOURNAL = "journal.json"

PATIENCE = 60
"""Seconds that a command waits for another one that writes to the same folder."""

_MAX_JOURNAL = 1_000_000

_HELD = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

Lawful = Callable[[str], bool]
"""Returns whether we may write a path from a journal, which anybody may have put there."""


@dataclass(frozen=True, slots=True)
class _Journal:
    """What to do: paths with the digests of their new content, and paths to delete."""

    replace: Mapping[str, str]
    delete: tuple[str, ...]


def write(
    root: Path,
    content: Mapping[str, bytes],
    command: str,
    lawful: Lawful,
    *,
    surplus: Callable[[], Iterable[str]] = tuple,
    force: bool = True,
) -> list[str]:
    """Write files below a folder, all or none; return the paths that changed.

    Parameters
    ----------
    root
        The folder; it is created if it is missing.
    content
        The content of each file, by its path below `root`.
    command
        Name of the command that writes; its leftovers are found by this name.
    lawful
        Returns whether an interrupted write of the same command may have been writing a path.
    surplus
        Returns the paths to delete; called when no other command is writing.
    force
        Whether existing files may be replaced.

    Raises
    ------
    OSError
        If the folder cannot be written, something other than a regular file is in the way,
        a file exists and may not be replaced, or another command is writing to the folder.
        The folder is then unchanged, unless the error has a remedy that says otherwise.
    """
    staging = root / f".amcc-{command}"
    with _signals_held() as check, _remedied(staging), _undone_on_error() as folders:
        _make_folder(root, folders)
        with _locked(root / f".amcc-{command}.lock", check), _undone_on_error() as undo:
            _finish(root, staging, lawful)
            if not force and (taken := [path for path in content if os.path.lexists(root / path)]):
                raise FileExistsError(errno.EEXIST, "already exists", str(root / taken[0]))
            changed = [path for path in content if not _is_same(root, path, content[path])]
            deleted = [path for path in surplus() if _is_there(root, path)]
            if not changed and not deleted:
                return []
            undo.append(lambda: _clear(staging))
            for path in changed:
                check()
                _stage(root, path, staging / "new" / path, content[path])
            for number, path in enumerate([*changed, *deleted]):
                _keep(root, path, staging / "old" / str(number), undo)
            digests = {path: hashlib.sha256(content[path]).hexdigest() for path in changed}
            journal = _Journal(digests, tuple(deleted))
            _write_journal(staging, journal)
            _replace(root, staging, journal)
            _clear(staging)
    return changed + deleted


def recover(root: Path, command: str, lawful: Lawful) -> None:
    """Finish an interrupted `write` of a command, or delete what it had only staged.

    Raises
    ------
    OSError
        If it cannot be finished, or if its journal or files were not made by `write`.
    """
    staging = root / f".amcc-{command}"
    with (
        _signals_held() as check,
        _remedied(staging),
        _locked(root / f".amcc-{command}.lock", check),
    ):
        _finish(root, staging, lawful)


def interrupted(root: Path) -> str | None:
    """Return the command of an interrupted and unfinished `write` to a folder, or None."""
    found = next(root.glob(f".amcc-*/{JOURNAL}"), None)
    return found.parent.name.removeprefix(".amcc-") if found else None


# Before the journal: the tree is not touched.


def _make_folder(root: Path, undo: list[Callable[[], object]]) -> None:
    if root.exists() and not root.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is not a folder", str(root))
    for folder in reversed([place for place in (root, *root.parents) if not place.exists()]):
        undo.append(lambda folder=folder: _remove_if_empty(folder))  # type: ignore[misc]
        folder.mkdir(exist_ok=True)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _is_there(root: Path, path: str) -> bool:
    """Return whether a file exists; refuse links on the way, and all but a regular file."""
    parts = PurePath(path).parts
    if not parts or ".." in parts or PurePath(path).is_absolute():
        raise OSError(errno.EACCES, "leads out of the folder", path)
    for depth in range(1, len(parts) + 1):
        place = root.joinpath(*parts[:depth])
        try:
            mode = place.lstat().st_mode
        except FileNotFoundError:
            return False
        if stat.S_ISLNK(mode):
            raise OSError(errno.ELOOP, "is a link", str(place))
        if depth < len(parts) and not stat.S_ISDIR(mode):
            raise NotADirectoryError(errno.ENOTDIR, "is not a folder", str(place))
        if depth == len(parts) and not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "is not a regular file", str(place))
    return True


def _is_same(root: Path, path: str, content: bytes) -> bool:
    return _is_there(root, path) and files.holds(root, path, content)


def _stage(root: Path, path: str, staged: Path, content: bytes) -> None:
    """Write a file beside the tree, with the permissions of the one that it replaces."""
    _write(staged, content)
    if (root / path).exists():
        shutil.copymode(root / path, staged)


def _write(path: Path, content: bytes) -> None:
    """Write a new file to the disk, and read it back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as sink:
        sink.write(content)
        sink.flush()
        os.fsync(sink.fileno())
    if path.read_bytes() != content:
        raise OSError(errno.EIO, "has other content when it is read back", str(path))


def _link(path: Path, name: Path) -> None:
    """Give a file a second name, or copy it if that is not possible."""
    try:
        os.link(path, name)
    except OSError:
        _write(name, path.read_bytes())
        shutil.copymode(path, name)


def _keep(root: Path, path: str, kept: Path, undo: list[Callable[[], object]]) -> None:
    """Keep the file at a path, if there is one, and add the step that restores it."""
    target = root / path
    for folder in reversed([place for place in target.parents if not place.exists()]):
        undo.append(lambda folder=folder: _remove_if_empty(folder))  # type: ignore[misc]
    if _is_there(root, path):
        kept.parent.mkdir(parents=True, exist_ok=True)
        _link(target, kept)
        undo.append(lambda: kept.replace(target))
    else:
        undo.append(lambda: target.unlink(missing_ok=True))


def _write_journal(staging: Path, journal: _Journal) -> None:
    """Write the journal, once everything that it lists is on the disk."""
    _sync(folder for folder in (staging, *staging.rglob("*")) if folder.is_dir())
    text = json.dumps({"replace": journal.replace, "delete": journal.delete})
    _write(staging / "journal.part", text.encode())
    (staging / "journal.part").replace(staging / JOURNAL)
    _sync([staging, staging.parent])


# From the journal on: every step can be repeated.


def _replace(root: Path, staging: Path, journal: _Journal) -> None:
    for path in journal.replace:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (staging / "put").unlink(missing_ok=True)
        _link(staging / "new" / path, staging / "put")
        (staging / "put").replace(root / path)
    for path in journal.delete:
        (root / path).unlink(missing_ok=True)
    _sync({root, *((root / path).parent for path in (*journal.replace, *journal.delete))})


def _finish(root: Path, staging: Path, lawful: Lawful) -> None:
    """Finish what the journal of an interrupted write lists, if any; delete the staging folder."""
    if not os.path.lexists(staging):
        return
    if staging.is_symlink() or not staging.is_dir():
        raise RefusedError("is not a folder, or is a link to one", staging, "remove it")
    try:
        journal = _read_journal(root, staging, lawful)
    except FileNotFoundError:
        journal = None
    if journal is not None:
        _replace(root, staging, journal)
    _clear(staging)


def _read_journal(root: Path, staging: Path, lawful: Lawful) -> _Journal | None:
    """Return the journal, if any; refuse one with paths that are not lawful or not staged."""
    if not os.path.lexists(staging / JOURNAL):
        return None
    try:
        raw = parse_json(files.read(staging, staging / JOURNAL, _MAX_JOURNAL))
        journal = _Journal(dict(raw["replace"]), tuple(raw["delete"]))
        right = all(
            isinstance(path, str) and lawful(path) and _is_there(root, path) in (True, False)
            for path in (*journal.replace, *journal.delete)
        ) and all(
            _is_there(staging, f"new/{path}")
            and hashlib.sha256((staging / "new" / path).read_bytes()).hexdigest() == digest
            for path, digest in journal.replace.items()
        )
    except (MalformedError, KeyError, TypeError, ValueError):
        right = False
    if not right:
        what = "was not left by an interrupted run of this command"
        remedy = f"run the interrupted command again, or delete the folder {staging.name}"
        raise RefusedError(what, staging / JOURNAL, remedy)
    return journal


def _clear(staging: Path) -> None:
    """Delete a staging folder, the journal first: alone, it would list files that are gone."""
    (staging / JOURNAL).unlink(missing_ok=True)
    with suppress(OSError):
        _sync([staging])
    shutil.rmtree(staging, ignore_errors=True)


def _sync(folders: Iterable[Path]) -> None:
    """Make sure that the entries of folders are on the disk before the next step."""
    if os.name != "posix":
        return
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# What may interfere: errors, signals and other commands.


@contextmanager
def _undone_on_error() -> Iterator[list[Callable[[], object]]]:
    """Yield a list for undo steps; if anything fails, they run in reverse order."""
    steps: list[Callable[[], object]] = []
    try:
        yield steps
    except BaseException:
        for step in reversed(steps):
            step()
        raise


@contextmanager
def _remedied(staging: Path) -> Iterator[None]:
    """Add to an error that leaves a journal the remedy: how to finish what it lists."""
    try:
        yield
    except RefusedError:
        raise
    except OSError as error:
        if not os.path.lexists(staging / JOURNAL):
            raise
        remedy = "free disk space and make the folder writable, then run the same command again: "
        remedy += "it finishes the interrupted work"
        where = error.filename or staging
        raise RefusedError(error.strerror or str(error), where, remedy) from None


@contextmanager
def _signals_held() -> Iterator[Callable[[], None]]:
    """Delay signals that end a program; yield a check that raises an error if one has come."""
    came: list[int] = []

    def check() -> None:
        if came:
            raise InterruptedError(errno.EINTR, "was stopped; nothing was changed")

    if threading.current_thread() is not threading.main_thread():
        yield check
        return
    before = {number: signal.getsignal(number) for number in _HELD}
    held = [number for number, handler in before.items() if handler not in (signal.SIG_IGN, None)]
    try:
        for number in held:
            signal.signal(number, lambda number, _: came.append(number))
        yield check
    finally:
        for number in reversed(held):
            signal.signal(number, before[number])
        for number in came:
            signal.raise_signal(number)


@contextmanager
def _locked(path: Path, check: Callable[[], None]) -> Iterator[None]:
    """Let only one command write to a folder; the lock of a killed process counts as free."""
    until = time.monotonic() + PATIENCE
    while (handle := _lock(path)) is None:
        if time.monotonic() > until:
            remedy = "wait until it has finished, then run this command again"
            raise RefusedError("another command is writing to this folder", path.parent, remedy)
        check()
        time.sleep(0.02)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _lock(path: Path) -> int | None:
    if sys.platform == "win32":
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_TEMPORARY)
        except FileExistsError:
            return None
    import fcntl

    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    with suppress(BlockingIOError, FileNotFoundError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The last holder may have deleted it meanwhile: then the name belongs to another file.
        if os.path.samestat(os.fstat(handle), path.lstat()):
            return handle
    os.close(handle)
    return None
