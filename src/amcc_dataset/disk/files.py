"""Reading and listing files that anybody may have written or put there.

`read` opens nothing but a regular file inside a folder, and not more of it than a limit;
`walk` lists a tree that holds nothing else. So no link leads out, no device or
pipe blocks, and no file or tree fills the memory. Not here: what the bytes mean (parsing.py,
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
"""Most files and folders that a tree may hold; a checkout has some 400."""

MAX_DEPTH = 8
"""Most folders in each other that are entered."""


class RefusedError(OSError):
    """Something on the disk that is not read or written as it is, with what to do about it."""

    def __init__(self, what: str, path: Path | str, remedy: str, number: int = errno.EPERM) -> None:
        super().__init__(number, what, os.fspath(path))
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        """Let it be copied, and reach another process."""
        return type(self), (self.strerror, self.filename, self.remedy, self.errno)


def read(folder: Path, path: Path, limit: int) -> bytes:
    """Return the content of a file.

    Parameters
    ----------
    folder
        The folder in which the file has to lie.
    path
        The file; a link to a file in the folder will do.
    limit
        Most bytes that it may have.

    Raises
    ------
    OSError
        If it cannot be read or must not be; `strerror` says why.

    Examples
    --------
    >>> read(Path(__file__).parent, Path(__file__), 10)
    Traceback (most recent call last):
    OSError: [Errno 27] is larger than 10 bytes: ...
    """
    try:
        # Not below a root that is itself a link: both sides are resolved.
        if not path.resolve().is_relative_to(folder.resolve()):
            raise OSError(errno.EACCES, "leads out of the folder", str(path))
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "is no regular file", str(path))
        with path.open("rb") as source:
            content = source.read(limit + 1)
    except (ValueError, RuntimeError) as error:  # NUL or a surrogate in the name; a circle of links
        raise OSError(errno.EINVAL, "has a name that no file can have", repr(path)) from error
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"is larger than {limit} bytes", str(path))
    return content


def holds(folder: Path, path: str, content: bytes) -> bool:
    """Tell whether a file below a folder has just this content.

    Raises
    ------
    OSError
        If it cannot be read or must not be; `FileNotFoundError` if it is not there.
    """
    try:
        return read(folder, folder / path, len(content)) == content
    except OSError as error:
        if error.errno == errno.EFBIG:
            return False
        raise


def walk(folder: Path, below: str = "", *, suffix: str = "", deep: bool = True) -> Iterator[str]:
    """Yield every file of a tree by its path below `folder`, folder by folder in order.

    Parameters
    ----------
    folder
        The folder that no link may lead out of.
    below
        Where in it to begin; if nothing is there, nothing is yielded.
    suffix
        Files with other endings are passed over, whatever they are.
    deep
        Whether to enter folders.

    Raises
    ------
    OSError
        If something is a link out, a link to a folder or no regular file, has a name that is
        not UTF-8, or there are more than `MAX_FILES` or deeper ones than `MAX_DEPTH`.

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
            raise OSError(errno.EFBIG, f"lies more than {MAX_DEPTH} folders deep", path)
        with os.scandir(folder / path) as entries:
            found = list(islice(entries, MAX_FILES + 1 - seen))
        seen += len(found)
        if seen > MAX_FILES:
            raise OSError(errno.EFBIG, f"holds more than {MAX_FILES} files", str(folder))
        found.sort(key=lambda entry: entry.name, reverse=True)
        folders = [entry for entry in found if entry.is_dir(follow_symlinks=False)]
        waiting += [f"{path}/{entry.name}".lstrip("/") for entry in folders if deep]
        for entry in reversed(found):
            if entry not in folders and entry.name.endswith(suffix):
                _judge(folder, Path(entry.path))
                yield f"{path}/{entry.name}".lstrip("/")


def _judge(folder: Path, path: Path) -> None:
    """Refuse what is neither a regular file nor a link to one inside the folder."""
    try:
        path.name.encode()
        inside = not path.is_symlink() or path.resolve().is_relative_to(folder.resolve())
        regular = path.is_file()
    except (ValueError, RuntimeError, OSError):  # a name in other bytes; a circle of links
        inside, regular = True, False
    if not inside:
        raise OSError(errno.EACCES, "leads out of the folder", str(path))
    if not regular:
        raise OSError(errno.EINVAL, "is no regular file with a name in UTF-8", str(path))


def twin_of(names: Iterable[str]) -> str | None:
    """Return a name that is there before with other capitals at most, or None.

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
