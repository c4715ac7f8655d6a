"""Read and list files that anybody may have written or put there.

`read` opens only a regular file inside a folder, and reads no more of it than a limit; `walk`
lists a tree in which everything is such a file. So no link leads out of the folder, no device
or pipe blocks, and no file or tree fills the memory. Not here: what the bytes mean (parsing.py,
zips.py), and writing (writer.py).
"""

import errno
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

MAX_FILES = 10_000
"""Most files and folders in a tree; a checkout has about 400."""

MAX_DEPTH = 8
"""Most levels of folders that are entered."""


class RefusedError(OSError):
    """Something on the disk that is not safe to read or write, with the remedy."""

    def __init__(self, what: str, path: Path | str, remedy: str, number: int = errno.EPERM) -> None:
        super().__init__(number, what, os.fspath(path))
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        """Support copying, and pickling for another process."""
        return type(self), (self.strerror, self.filename, self.remedy, self.errno)


def read(folder: Path, path: Path, limit: int) -> bytes:
    """Return the content of a file.

    Parameters
    ----------
    folder
        The folder that must contain the file.
    path
        The file; a link to a file in the folder is allowed.
    limit
        Largest allowed size in bytes.

    Raises
    ------
    OSError
        If it cannot be read or is not allowed; `strerror` says why.

    Examples
    --------
    >>> read(Path(__file__).parent, Path(__file__), 10)
    Traceback (most recent call last):
    OSError: [Errno 27] is larger than 10 bytes: ...
    """
    try:
        # Both sides are resolved, because the folder may itself be a link.
        if not path.resolve().is_relative_to(folder.resolve()):
            raise OSError(errno.EACCES, "leads out of the folder", str(path))
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "is not a regular file", str(path))
        with path.open("rb") as source:
            content = source.read(limit + 1)
    except (ValueError, RuntimeError) as error:  # NUL or a surrogate in the name; a loop of links
        raise OSError(errno.EINVAL, "has a name that no file can have", repr(path)) from error
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"is larger than {limit} bytes", str(path))
    return content


def holds(folder: Path, path: str, content: bytes) -> bool:
    """Return whether a file below a folder has exactly this content.

    Raises
    ------
    OSError
        If it cannot be read or is not allowed; `FileNotFoundError` if it is missing.
    """
    try:
        return read(folder, folder / path, len(content)) == content
    except OSError as error:
        if error.errno == errno.EFBIG:
            return False
        raise


def walk(
    folder: Path, below: str = "", *, suffix: str | tuple[str, ...] = "", deep: bool = True
) -> Iterator[str]:
    """Yield the path below `folder` of every file in a tree, sorted within each folder.

    Parameters
    ----------
    folder
        The folder that no link may lead out of.
    below
        The subfolder to list; if it does not exist, nothing is yielded.
    suffix
        Only files whose name has this ending, or one of these, are looked at.
    deep
        Whether to enter subfolders.

    Raises
    ------
    OSError
        If something is a link out of the folder or to a folder, is not a regular file, or has
        a name that is not UTF-8; or if the tree exceeds `MAX_FILES` or `MAX_DEPTH`.

    Examples
    --------
    >>> list(walk(Path(__file__).parents[1], "disk", suffix="files.py"))
    ['disk/files.py']
    """
    top = Path(below)
    if any((folder / part).is_symlink() for part in (top, *top.parents[:-1])):
        raise OSError(errno.ELOOP, "is a link", str(folder / below))
    if not (folder / below).exists():
        return
    seen, waiting = 0, [below]
    while waiting:
        path = waiting.pop()
        if path.count("/") > below.count("/") + MAX_DEPTH:
            raise OSError(errno.EFBIG, f"is more than {MAX_DEPTH} folders deep", path)
        with os.scandir(folder / path) as entries:
            found = list(islice(entries, MAX_FILES + 1 - seen))
        seen += len(found)
        if seen > MAX_FILES:
            raise OSError(errno.EFBIG, f"contains more than {MAX_FILES} files", str(folder))
        found.sort(key=lambda entry: entry.name, reverse=True)
        folders = [entry for entry in found if entry.is_dir(follow_symlinks=False)]
        waiting += [f"{path}/{entry.name}".lstrip("/") for entry in folders if deep]
        for entry in reversed(found):
            if entry not in folders and entry.name.endswith(suffix):
                _judge(folder, Path(entry.path))
                yield f"{path}/{entry.name}".lstrip("/")


def _judge(folder: Path, path: Path) -> None:
    """Raise an error unless a path is a regular file, or a link to one inside the folder."""
    try:
        path.name.encode()
        inside = not path.is_symlink() or path.resolve().is_relative_to(folder.resolve())
        regular = path.is_file()
    except (ValueError, RuntimeError, OSError):  # a name that is not UTF-8; a loop of links
        inside, regular = True, False
    if not inside:
        raise OSError(errno.EACCES, "leads out of the folder", str(path))
    if not regular:
        raise OSError(errno.EINVAL, "is not a regular file with a name in UTF-8", str(path))


def twin_of(names: Iterable[str]) -> str | None:
    """Return the first name that repeats an earlier one, ignoring case, or None.

    Examples
    --------
    >>> twin_of(["id", "name", "ID"]), twin_of(["id", "name"])
    ('ID', None)
    """
    seen: set[str] = set()
    for name in names:
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            return name
        seen.add(folded)
    return None
