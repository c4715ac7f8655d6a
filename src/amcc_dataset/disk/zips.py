"""Read a zip file that anybody may have made, without trusting what it declares.

Entries are stored or deflated. They are unpacked in chunks, and no further than the size that
the directory declares. Not here: which entries are wanted, and what they mean.
"""

import errno
import io
import zipfile
import zlib
from pathlib import Path

from amcc_dataset.disk.files import twin_of

MAX_ENTRIES = 2_000
"""Most entries of an archive; our wheel has about 150."""

MAX_DIRECTORY = 1_000_000
"""Most bytes that are read at once; this mainly limits the directory of an archive."""

MAX_RATIO = 200
"""Highest allowed compression ratio of an entry; ours is at most 20."""

_CHUNK = 65_536

_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

_DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, zlib.error, EOFError)
"""What zipfile raises for archives that are cut off, altered or encrypted."""


class _Bytes(io.BytesIO):
    """Bytes that are read in limited amounts, whatever length the archive declares."""

    def read(self, size: int | None = -1, /) -> bytes:
        most = MAX_DIRECTORY + 1
        content = super().read(most if size is None or size < 0 else min(size, most))
        if len(content) == most:
            raise OSError(errno.EFBIG, f"has a directory of more than {MAX_DIRECTORY} bytes")
        return content


class Archive:
    """The entries of a zip file, by their names.

    Raises
    ------
    OSError
        If it is not a complete zip file, or declares more than the limits of this module.
    """

    def __init__(self, content: bytes, path: Path) -> None:
        self._path = str(path)
        try:
            self._zip = zipfile.ZipFile(_Bytes(content))
        except _DAMAGED:
            raise OSError(
                errno.EINVAL, "is not a zip file, or is a damaged one", self._path
            ) from None
        except OSError as error:
            raise OSError(error.errno, error.strerror, self._path) from None
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise OSError(errno.EFBIG, f"contains more than {MAX_ENTRIES} files", self._path)
        self._entries = {entry.filename: entry for entry in entries}
        twin = twin_of(entry.filename for entry in entries)
        if twin is not None:
            what = f"contains the name {twin[:200]!r} twice, ignoring case"
            raise OSError(errno.EEXIST, what, self._path)

    @property
    def names(self) -> list[str]:
        """The names of the entries, in their order."""
        return list(self._entries)

    def read(self, name: str, limit: int) -> bytes:
        """Return the content of an entry that has at most `limit` bytes.

        Raises
        ------
        OSError
            If the entry is missing, damaged, encrypted, compressed with another method, larger
            than the limit or larger than it declares.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise FileNotFoundError(errno.ENOENT, "is missing", name)
        if entry.compress_type not in _PACKED:
            raise OSError(errno.EINVAL, "is neither stored nor deflated", name)
        if entry.file_size > limit:
            raise OSError(errno.EFBIG, f"is larger than {limit} bytes", name)
        if entry.file_size > MAX_RATIO * max(entry.compress_size, _CHUNK):
            raise OSError(errno.EFBIG, f"is compressed by more than a factor of {MAX_RATIO}", name)
        try:
            # zipfile returns no more than the entry declares, and verifies its checksum.
            with self._zip.open(entry) as source:
                return b"".join(iter(lambda: source.read(_CHUNK), b""))
        except _DAMAGED as error:
            raise OSError(errno.EINVAL, f"is damaged: {error}"[:300], name) from None
