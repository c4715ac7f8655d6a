"""All files or none, and with the right content; faults are in tools/test_faults.py."""

import json
import os
import signal
import threading
from pathlib import Path

import pytest

from amcc_dataset.disk import writer
from amcc_dataset.disk.files import RefusedError

NEW = {"a.txt": b"new", "deep/b.txt": b"new"}


def write(root: Path, **more: bool) -> list[str]:
    return writer.write(root, NEW, "build", NEW.__contains__, **more)  # type: ignore[arg-type]


def test_files_and_folders_are_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    root = tmp_path / "some" / "folder"
    assert write(root) == list(NEW)
    assert write(root) == []
    assert sorted(path.name for path in root.rglob("*")) == ["a.txt", "b.txt", "deep"]


def test_permissions_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "a.txt").chmod(0o640)
    write(tmp_path)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_what_is_there_is_not_replaced_unless_it_may_be(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(FileExistsError, match="already exists"):
        write(tmp_path, force=False)
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_what_does_not_read_back_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    original = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: original(path)[:-1])
    with pytest.raises(OSError, match="has other content when it is read back"):
        write(tmp_path)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_a_file_that_cannot_have_two_names_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    (tmp_path / "a.txt").write_bytes(b"old")
    monkeypatch.setattr(os, "link", refuse)
    assert write(tmp_path) == list(NEW)
    assert (tmp_path / "a.txt").read_bytes() == b"new"


def journal(root: Path, replace: dict[str, str], delete: list[str]) -> None:
    staging = root / ".amcc-build"
    (staging / "new").mkdir(parents=True)
    (staging / "new" / "a.txt").write_bytes(b"planted")
    (staging / writer.JOURNAL).write_text(json.dumps({"replace": replace, "delete": delete}))


@pytest.mark.parametrize(
    ("replace", "delete"),
    [
        ({"a.txt": "0" * 64}, []),
        ({"other.txt": "0" * 64}, []),
        ({}, ["other.txt"]),
        ({}, ["../outside.txt"]),
        ({"deep/b.txt": "0" * 64}, []),
    ],
)
def test_a_journal_is_not_believed(
    tmp_path: Path, replace: dict[str, str], delete: list[str]
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "other.txt").write_bytes(b"mine")
    (tmp_path / "outside.txt").write_bytes(b"mine")
    journal(root, replace, delete)
    with pytest.raises(RefusedError, match="was not left by an interrupted run") as refused:
        write(root)
    assert refused.value.remedy.endswith("or delete the folder .amcc-build")
    assert (root / "other.txt").read_bytes() == (tmp_path / "outside.txt").read_bytes() == b"mine"
    assert not (root / "a.txt").exists()


def test_leftovers_without_a_journal_are_deleted(tmp_path: Path) -> None:
    (tmp_path / ".amcc-build" / "new").mkdir(parents=True)
    (tmp_path / ".amcc-build" / "new" / "a.txt").write_bytes(b"half")
    (tmp_path / ".amcc-build.lock").write_bytes(b"")
    assert writer.interrupted(tmp_path) is None
    assert write(tmp_path) == list(NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "deep"]


def test_signals_wait_for_the_end_of_a_step() -> None:
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        with writer._signals_held() as check:
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            assert came == []
            with pytest.raises(InterruptedError, match="nothing was changed"):
                check()
        assert came == [signal.SIGINT, signal.SIGINT]
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_signal_that_is_ignored_stops_nothing() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with writer._signals_held() as check:
            signal.raise_signal(signal.SIGTERM)
            check()
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_thread_may_write_as_well(tmp_path: Path) -> None:
    thread = threading.Thread(target=write, args=(tmp_path,))
    thread.start()
    thread.join()
    assert (tmp_path / "a.txt").read_bytes() == b"new"
