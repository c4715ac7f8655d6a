"""Only regular files inside the folder are read and listed, and not too much of them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from amcc_dataset.disk import files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with some files, next to a folder with another file."""
    for path in ("folder/b.csv", "folder/a.csv", "folder/deep/c.csv", "outside/precious"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"content")
    return tmp_path / "folder"


def test_a_tree_is_listed_in_order(folder: Path) -> None:
    assert list(files.walk(folder)) == ["a.csv", "b.csv", "deep/c.csv"]
    assert list(files.walk(folder, deep=False)) == ["a.csv", "b.csv"]
    assert list(files.walk(folder, "deep")) == ["deep/c.csv"]
    assert list(files.walk(folder, suffix="c.csv")) == ["deep/c.csv"]
    assert list(files.walk(folder, "nowhere")) == []


def test_a_link_within_the_folder_is_a_file(folder: Path) -> None:
    (folder / "d.csv").symlink_to("deep/c.csv")
    assert "d.csv" in list(files.walk(folder))
    assert files.read(folder, folder / "d.csv", 7) == b"content"


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link out": (
        lambda path: path.symlink_to("../../outside/precious"),
        "leads out of the folder",
    ),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "is not a regular file"),
    "a link to a folder": (lambda path: path.symlink_to("deep"), "is not a regular file"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "is not a regular file"),
    "a pipe": (lambda path: os.mkfifo(path), "is not a regular file"),
    "a device": (lambda path: path.symlink_to("/dev/null"), "leads out of the folder"),
}


@pytest.mark.parametrize("what", STRANGE)
def test_what_is_not_a_file_of_the_folder_is_refused(folder: Path, what: str) -> None:
    put, answer = STRANGE[what]
    put(folder / "deep" / "x.csv")
    with pytest.raises(OSError, match=answer) as refused:
        list(files.walk(folder))
    assert refused.value.filename == str(folder / "deep" / "x.csv")
    with pytest.raises(OSError, match="Errno"):
        files.read(folder, folder / "deep" / "x.csv", 10)
    assert list(files.walk(folder, suffix="a.csv")) == ["a.csv"]


def test_a_linked_folder_is_not_entered(folder: Path) -> None:
    (folder / "data").symlink_to("../outside")
    for below in ("data", "data/further"):
        with pytest.raises(OSError, match="is a link"):
            list(files.walk(folder, below))


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes there only")
def test_a_name_in_other_bytes_is_refused(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/name-\xe9")).write_bytes(b"")
    with pytest.raises(OSError, match="name in UTF-8"):
        list(files.walk(folder))


def test_a_tree_has_a_size_and_a_depth(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILES", 3)
    with pytest.raises(OSError, match="contains more than 3 files"):
        list(files.walk(folder))
    monkeypatch.undo()
    (folder / "/".join("abcdefghij")).mkdir(parents=True)
    with pytest.raises(OSError, match="more than 8 folders deep"):
        list(files.walk(folder))


def test_a_file_has_a_size(folder: Path) -> None:
    assert files.read(folder, folder / "a.csv", 7) == b"content"
    with pytest.raises(OSError, match="is larger than 6 bytes"):
        files.read(folder, folder / "a.csv", 6)
    assert files.holds(folder, "a.csv", b"content")
    assert not files.holds(folder, "a.csv", b"content"[:6])
    assert not files.holds(folder, "a.csv", b"Content")
    with pytest.raises(FileNotFoundError):
        files.holds(folder, "nowhere", b"")


@pytest.mark.parametrize("name", ["a\x00b", "\ud800"])
def test_a_name_that_no_file_can_have(folder: Path, name: str) -> None:
    with pytest.raises(OSError, match="has a name that no file can have"):
        files.read(folder, folder / name, 7)


@pytest.mark.parametrize(
    ("names", "twin"),
    [(["a", "b"], None), (["a", "A"], "A"), (["é", "e\u0301"], "e\u0301"), (["ß", "SS"], "SS")],
)
def test_twins_differ_by_capitals_or_composition(names: list[str], twin: str | None) -> None:
    assert files.twin_of(names) == twin
