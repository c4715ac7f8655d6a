"""The one way in which files are written: all of them or none, whatever happens meanwhile.

`write` puts new files beside the tree, into the folder `.amcc-<verb>`, and reads them back;
keeps the old ones by a second name; writes a journal; and only then replaces file by file.
Until the journal stands the old tree is whole, and a failure leaves it so; from then on the
next `write` or `recover` finishes what the journal names. SIGINT, SIGTERM and SIGHUP wait for
the end of a step: they stop the staging between two files, and never the replacing. Not here:
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
"""Seconds for which a command waits for another one that writes to the same folder."""

_MAX_JOURNAL = 1_000_000

_HELD = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

Lawful = Callable[[str], bool]
"""Tells of a path in a journal, which anybody may have put there, whether we may write it."""


@dataclass(frozen=True, slots=True)
class _Journal:
    """What is to be done: paths with the digests of their new content, and paths to delete."""

    replace: Mapping[str, str]
    delete: tuple[str, ...]


def write(
    root: Path,
    content: Mapping[str, bytes],
    verb: str,
    lawful: Lawful,
    *,
    surplus: Callable[[], Iterable[str]] = tuple,
    force: bool = True,
) -> list[str]:
    """Put files in place below a folder, all or none; return the paths that changed.

    Parameters
    ----------
    root
        The folder; it is made if it is not there.
    content
        The files by their paths below `root`.
    verb
        The command that writes; its leftovers are found by this name.
    lawful
        Which paths an interrupted write of the same verb may have been about.
    surplus
        Returns the paths to delete; asked when nobody else writes any more.
    force
        Whether files that are there may be replaced.

    Raises
    ------
    OSError
        If the folder cannot be written, a link or something that is no regular file is in
        the way, a file is there and may not be replaced, or another command holds the
        folder. It is then as it was, unless `strerror` says otherwise.
    """
    staging = root / f".amcc-{verb}"
    with _signals_held() as check, _told_of(staging), _undone_on_error() as folders:
        _make_folder(root, folders)
        with _locked(root / f".amcc-{verb}.lock", check), _undone_on_error() as undo:
            _finish(root, staging, lawful)
            if not force and (taken := [path for path in content if os.path.lexists(root / path)]):
                raise FileExistsError(errno.EEXIST, "is there already", str(root / taken[0]))
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


def recover(root: Path, verb: str, lawful: Lawful) -> None:
    """Finish an interrupted `write` of a verb, or clear what it had only staged.

    Raises
    ------
    OSError
        If it cannot be finished, or its journal or files are not what `write` makes.
    """
    staging = root / f".amcc-{verb}"
    with _signals_held() as check, _told_of(staging), _locked(root / f".amcc-{verb}.lock", check):
        _finish(root, staging, lawful)


def interrupted(root: Path) -> str | None:
    """Return the verb whose writing to a folder was interrupted and is not finished, or None."""
    found = next(root.glob(f".amcc-*/{JOURNAL}"), None)
    return found.parent.name.removeprefix(".amcc-") if found else None


# Before the journal: nothing of the tree is touched.


def _make_folder(root: Path, undo: list[Callable[[], object]]) -> None:
    if root.exists() and not root.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is no folder", str(root))
    for folder in reversed([place for place in (root, *root.parents) if not place.exists()]):
        undo.append(lambda folder=folder: _remove_if_empty(folder))  # type: ignore[misc]
        folder.mkdir(exist_ok=True)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _is_there(root: Path, path: str) -> bool:
    """Tell whether a file is there; refuse what is no regular file, and links on the way."""
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
            raise NotADirectoryError(errno.ENOTDIR, "is no folder", str(place))
        if depth == len(parts) and not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "is no regular file", str(place))
    return True


def _is_same(root: Path, path: str, content: bytes) -> bool:
    return _is_there(root, path) and files.holds(root, path, content)


def _stage(root: Path, path: str, staged: Path, content: bytes) -> None:
    """Write a file beside the tree, with the permissions of the one that it will replace."""
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
        raise OSError(errno.EIO, "does not read back as it was written", str(path))


def _link(path: Path, name: Path) -> None:
    """Give a file a second name, or copy it where that cannot be."""
    try:
        os.link(path, name)
    except OSError:
        _write(name, path.read_bytes())
        shutil.copymode(path, name)


def _keep(root: Path, path: str, kept: Path, undo: list[Callable[[], object]]) -> None:
    """Keep what is at a path, if anything is, and add how to bring that back."""
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
    """Let the journal stand, once all that it names is on the disk."""
    _sync(folder for folder in (staging, *staging.rglob("*")) if folder.is_dir())
    text = json.dumps({"replace": journal.replace, "delete": journal.delete})
    _write(staging / "journal.part", text.encode())
    (staging / "journal.part").replace(staging / JOURNAL)
    _sync([staging, staging.parent])


# From the journal on: every step may be done again.


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
    """Do what the journal of an interrupted write names, if one stands; clear its staging."""
    if not os.path.lexists(staging):
        return
    if staging.is_symlink() or not staging.is_dir():
        raise RefusedError("is no folder of its own", staging, "take it away")
    try:
        journal = _read_journal(root, staging, lawful)
    except FileNotFoundError:
        journal = None
    if journal is not None:
        _replace(root, staging, journal)
    _clear(staging)


def _read_journal(root: Path, staging: Path, lawful: Lawful) -> _Journal | None:
    """Return a journal that names nothing but what may be written, and has it all staged."""
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
        what = "is not what the interruption of this command leaves"
        remedy = f"run the one that was interrupted again, or delete the folder {staging.name}"
        raise RefusedError(what, staging / JOURNAL, remedy)
    return journal


def _clear(staging: Path) -> None:
    """Delete the journal first: one that stands alone would be about files that are gone."""
    (staging / JOURNAL).unlink(missing_ok=True)
    with suppress(OSError):
        _sync([staging])
    shutil.rmtree(staging, ignore_errors=True)


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


# Who else may come in between.


@contextmanager
def _undone_on_error() -> Iterator[list[Callable[[], object]]]:
    """Yield a list of steps that are done, the last first, if anything fails."""
    steps: list[Callable[[], object]] = []
    try:
        yield steps
    except BaseException:
        for step in reversed(steps):
            step()
        raise


@contextmanager
def _told_of(staging: Path) -> Iterator[None]:
    """Say of an error that leaves a journal who finishes what it names."""
    try:
        yield
    except RefusedError:
        raise
    except OSError as error:
        if not os.path.lexists(staging / JOURNAL):
            raise
        remedy = "make room and let the folder be written, then run the same command again: "
        remedy += "it finishes what was begun"
        where = error.filename or staging
        raise RefusedError(error.strerror or str(error), where, remedy) from None


@contextmanager
def _signals_held() -> Iterator[Callable[[], None]]:
    """Let signals that end a program wait; yield what raises an error if one has come."""
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
    """Be the only one who writes to a folder; the lock of a killed process is free."""
    until = time.monotonic() + PATIENCE
    while (handle := _lock(path)) is None:
        if time.monotonic() > until:
            remedy = "wait for it, then run this one again"
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
        # Whoever held it may have deleted it meanwhile: then another file has the name.
        if os.path.samestat(os.fstat(handle), path.lstat()):
            return handle
    os.close(handle)
    return None
