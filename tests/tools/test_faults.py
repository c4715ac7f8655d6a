"""Whether files survive a command that dies: a short run of tools/faults.py and tools/signals.py."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import faults
import pytest
import signals
from faults import (
    FAULTS,
    FINISHED,
    LARGE,
    REPORTED,
    SMALL_OLD,
    STOPPED,
    VERBS,
    WROTE_ANYWAY,
    Verb,
)

from amcc_dataset.disk import writer
from amcc_dataset.model.findings import Failed
from amcc_dataset.release import place

# A child only writes files and leaves by os._exit: it waits for no other thread's lock.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")

WHOLE = {"old", "new", "new, finished by the next command"}
ENDS = {
    "killed": {-9, FINISHED},
    "disk full from then on": {REPORTED, FINISHED, WROTE_ANYWAY},
    "read-only from then on": {REPORTED, FINISHED, WROTE_ANYWAY},
    "one input/output error": {REPORTED, FINISHED, WROTE_ANYWAY},
    "Ctrl-C": {STOPPED, FINISHED},
    "Ctrl-C again and again": {STOPPED, FINISHED},
}
BUILD = VERBS[0]
by_name = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Return a folder for the files, and another beside it."""
    for name in ("tree", "outside"):
        (tmp_path / name).mkdir()
    return tmp_path / "tree", tmp_path / "outside"


@by_name
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_step_leaves_all_files_old_or_new(
    folders: tuple[Path, Path], verb: Verb, fault: str
) -> None:
    every = 1 if (fault, verb.name) == ("killed", "build") else 5
    steps = list(faults.at_every_step(folders[0], verb, FAULTS[fault], every))
    assert len(steps) > 5
    assert {left for *_, left in steps} <= WHOLE
    assert {end for _, end, _ in steps} <= ENDS[fault]
    lefts = [left for *_, left in steps]
    assert "old" in lefts
    assert lefts[-1] == "new"


def test_the_judge_sees_mixed_files(folders: tuple[Path, Path]) -> None:
    root = folders[0]
    faults.put(root, BUILD.old, BUILD.trees)
    (root / "schemas/a.json").write_bytes(BUILD.new["schemas/a.json"])
    assert faults.judge(root, BUILD.trees, "build") == "LOST"
    faults.put(root, BUILD.old, BUILD.trees)
    (root / "data/processed/c.csv").write_bytes(b"")
    assert faults.judge(root, BUILD.trees, "build") == "LOST"


@pytest.fixture
def may_mount() -> Iterator[None]:
    """Skip a test where no file system can be mounted."""
    try:
        with faults.tmpfs(1):
            yield
    except faults.UnavailableError as error:
        pytest.skip(str(error))


@pytest.mark.usefixtures("may_mount")
def test_a_full_disk_leaves_the_old_files() -> None:
    found = list(faults.on_full_disks(LARGE, steps=6))
    assert {left for _, left in found} <= WHOLE
    assert (found[0], found[-1]) == (("refused", "old"), ("written", "new"))


@by_name
@pytest.mark.usefixtures("may_mount")
def test_a_read_only_folder_keeps_the_old_files(verb: Verb) -> None:
    assert list(faults.in_a_read_only_folder(verb)) == [("refused", "old")]


@by_name
def test_what_is_in_the_way_is_reported_and_nothing_outside_is_touched(
    folders: tuple[Path, Path], verb: Verb
) -> None:
    found = list(faults.with_something_in_the_way(*folders, verb))
    assert len(found) >= 11
    assert {(ended, left) for _, ended, left in found} == {("refused", "old")}


def test_two_builds_at_once_leave_the_tree_of_one(folders: tuple[Path, Path]) -> None:
    back = Verb("build", BUILD.new, BUILD.old, lambda root: place.write(root, SMALL_OLD))
    faults.put(folders[0], BUILD.old, BUILD.trees)
    assert list(faults.at_once(folders[0], (BUILD, back), 5)) == [(0, "new")] * 5


def test_a_command_waits_for_another_one(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.1)
    with (
        writer._locked(folders[0] / ".amcc-build.lock", lambda: None),
        pytest.raises(Failed, match="another command is writing to this folder -> wait until it"),
    ):
        BUILD.write(folders[0])


def test_an_unfinished_build_is_reported_and_finished(folders: tuple[Path, Path]) -> None:
    root = folders[0]

    def killed(when: str, writes: bool) -> None:
        if (root / ".amcc-build" / writer.JOURNAL).exists():
            os.kill(os.getpid(), signal.SIGKILL)

    faults.put(root, BUILD.old, BUILD.trees)
    assert faults.write_until(root, BUILD, 1, killed) == -signal.SIGKILL
    (found,) = place.stale(root, BUILD.new)
    assert found.what == "an interrupted build is not finished"
    assert BUILD.write(root) == []
    assert place.stale(root, BUILD.new) == []


def test_a_finding_never_says_that_nothing_was_changed_when_it_was(
    folders: tuple[Path, Path],
) -> None:
    unchanged = 0
    for step in range(1, 200, 7):
        faults.put(folders[0], BUILD.old, BUILD.trees)
        said = folders[1] / "said"
        said.unlink(missing_ok=True)

        def write(root: Path, said: Path = said) -> None:
            try:
                BUILD.write(root)
            except Failed as failed:
                # The disk of the outside folder has no fault.
                os.write(os.open(said, os.O_CREAT | os.O_WRONLY), str(failed).encode())
                raise

        verb = Verb("build", BUILD.old, BUILD.new, write)
        ended = faults.write_until(folders[0], verb, step, FAULTS["read-only from then on"])
        if ended == REPORTED and "nothing was changed" in said.read_text(encoding="utf-8"):
            assert faults.held(folders[0], BUILD.trees) == "old"
            unchanged += 1
    assert unchanged


@pytest.mark.parametrize("title", ["export", "verify-sources --fill"])
def test_a_signal_loses_no_file(tmp_path: Path, title: str) -> None:
    """Send one of each kind to the command itself."""
    scene = signals.SCENES[title][0](faults.ROOT, tmp_path)
    for sent, left in signals.signalled(scene, len(signals.SIGNALS), 1):
        assert left in WHOLE, sent


def test_a_command_that_fails_by_itself_is_no_signal_survived(tmp_path: Path) -> None:
    scene = signals.SCENES["verify-sources --fill"][0](faults.ROOT, tmp_path)
    scene.arguments.append("--no-such-option")
    with pytest.raises(AssertionError, match="unrecognized arguments"):
        next(signals.signalled(scene, 1, 1))
