"""A zip file is not trusted in what it declares."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from amcc_dataset.disk import zips
from amcc_dataset.disk.zips import Archive

HERE = Path("some.zip")


def packed(
    entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as target:
        target.comment = comment
        for name, content in entries.items():
            target.writestr(name, content)
    return sink.getvalue()


def altered(content: bytes, offset: int, form: str, value: int) -> bytes:
    """Write another number into the last entry of the directory."""
    at = content.rindex(b"PK\x01\x02") + offset
    return content[:at] + struct.pack(form, value) + content[at + struct.calcsize(form) :]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_stored_and_deflated_entries_are_read(method: int) -> None:
    archive = Archive(packed({"a": b"x" * 200_000, "b": b""}, method), HERE)
    assert archive.names == ["a", "b"]
    assert archive.read("a", 200_000) == b"x" * 200_000
    assert archive.read("b", 0) == b""


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_no_other_method_is_unpacked(method: int) -> None:
    with pytest.raises(OSError, match="is neither stored nor deflated"):
        Archive(packed({"a": b"x"}, method), HERE).read("a", 10)


def test_an_entry_is_unpacked_no_further_than_it_declares() -> None:
    lying = altered(packed({"a": b"x" * 1000}), 24, "<L", 10)
    with pytest.raises(OSError, match="is damaged"):
        Archive(lying, HERE).read("a", 1000)


def test_an_entry_that_declares_too_much_is_not_unpacked() -> None:
    lying = altered(packed({"a": b"x" * 10}), 24, "<L", 2**31)
    with pytest.raises(OSError, match="is larger than 1000 bytes"):
        Archive(lying, HERE).read("a", 1000)
    with pytest.raises(OSError, match="is compressed by more than a factor of 200"):
        Archive(lying, HERE).read("a", 2**32)


def test_the_directory_is_not_read_as_far_as_it_declares() -> None:
    long = altered(packed({"a": b""}), 0, "<4s", b"PK\x01\x02")  # type: ignore[arg-type]
    end = long.rindex(b"PK\x05\x06")
    long = b"\0" * 3_000_000 + long[:end] + long[end:]
    at = long.rindex(b"PK\x05\x06") + 12
    long = long[:at] + struct.pack("<L", 2_000_000) + long[at + 4 :]
    with pytest.raises(OSError, match="has a directory of more than 1000000 bytes"):
        Archive(long, HERE)


def test_there_are_no_more_entries_than_a_release_has() -> None:
    many = packed({str(number): b"" for number in range(zips.MAX_ENTRIES + 1)})
    with pytest.raises(OSError, match="contains more than 2000 files"):
        Archive(many, HERE)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["data/a.csv", "data/A.csv", "DATA/a.csv"])
def test_no_entry_is_there_twice(twin: str) -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as target:
        target.writestr("data/a.csv", b"one")
        target.writestr(twin, b"two")
    with pytest.raises(OSError, match=f"contains the name '{twin}' twice"):
        Archive(sink.getvalue(), HERE)


def test_a_long_comment_is_not_a_directory() -> None:
    assert Archive(packed({"a": b"x"}, comment=b"c" * 60_000), HERE).read("a", 1) == b"x"


def test_what_is_not_there_is_missing() -> None:
    with pytest.raises(FileNotFoundError):
        Archive(packed({"a": b""}), HERE).read("b", 1)
