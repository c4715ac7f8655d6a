"""Reading a file that anybody may have written or put there.

`read` opens nothing but a regular file inside a folder, and not more of it than a limit, so
that no link leads out, no device or pipe blocks, and no file fills the memory. Not in here:
what the bytes mean (places.py, validate.py, verify.py).
"""

import errno
import stat
from pathlib import Path


def read(folder: Path, path: Path, limit: int) -> bytes:
    """Return the content of the file `path`, which has to lie in `folder`.

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
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "is no regular file", str(path))
        if status.st_size > limit:
            raise OSError(errno.EFBIG, f"is larger than {limit} bytes", str(path))
        with path.open("rb") as source:
            return source.read(limit)
    except (ValueError, RuntimeError) as error:  # NUL or a surrogate in the name; a circle of links
        raise OSError(errno.EINVAL, "has a name that no file can have", repr(path)) from error
