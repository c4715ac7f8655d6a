"""Whether the release tree survives builds that die; benchmarks/faults.py does it at length."""

from collections.abc import Iterator
from pathlib import Path

import faults
import pytest
from faults import BORE, FAULTS, FINISHED, SMALL_NEW, SMALL_OLD, STOPPED, TOLD

from amcc_dataset.model.findings import Problems
from amcc_dataset.release import place

# A child only writes files and leaves by os._exit: it waits for no other thread's lock.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")

WHOLE = {"old", "new", "new, finished by the next command"}
ENDS = {
    "killed": {-9, FINISHED},
    "disk full from then on": {TOLD, FINISHED, BORE},
    "read-only from then on": {TOLD, FINISHED, BORE},
    "one input/output error": {TOLD, FINISHED, BORE},
    "stopped from the keyboard": {STOPPED, FINISHED},
}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Return a folder for a tree, and another beside it."""
    for name in ("tree", "outside"):
        (tmp_path / name).mkdir()
    return tmp_path / "tree", tmp_path / "outside"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_step_leaves_a_whole_tree(folders: tuple[Path, Path], fault: str) -> None:
    every = 1 if fault == "killed" else 3
    steps = list(faults.at_every_step(folders[0], SMALL_OLD, SMALL_NEW, FAULTS[fault], every))
    assert len(steps) > 20
    assert {left for *_, left in steps} <= WHOLE
    assert {end for _, end, _ in steps} <= ENDS[fault]
    lefts = [left for *_, left in steps]
    assert "old" in lefts
    assert lefts[-1] == "new"


def test_the_judge_sees_a_mixed_tree(folders: tuple[Path, Path]) -> None:
    trees = {"old": SMALL_OLD, "new": SMALL_NEW}
    faults.put(folders[0], {**SMALL_OLD, "schemas/a.json": SMALL_NEW["schemas/a.json"]})
    assert faults.judge(folders[0], trees) == "LOST"
    faults.put(folders[0], {**SMALL_OLD, "schemas/surplus.json": b""})
    assert faults.judge(folders[0], trees) == "LOST"


@pytest.fixture
def may_mount() -> Iterator[None]:
    """Skip a test where no file system can be mounted."""
    try:
        with faults.tmpfs(1):
            yield
    except faults.UnavailableError as error:
        pytest.skip(str(error))


@pytest.mark.usefixtures("may_mount")
def test_a_full_disk_leaves_the_old_tree() -> None:
    large = {**SMALL_NEW, "schemas/large.json": bytes(500_000)}
    found = list(faults.on_full_disks(SMALL_OLD, large, steps=6))
    assert {left for _, left in found} <= WHOLE
    assert (found[0], found[-1]) == (("told", "old"), ("written", "new"))


@pytest.mark.usefixtures("may_mount")
def test_a_read_only_folder_keeps_the_old_tree() -> None:
    assert list(faults.in_a_read_only_folder(SMALL_OLD, SMALL_NEW)) == [("told", "old")]


def test_what_stands_in_the_way_is_told_and_nothing_outside_is_touched(
    folders: tuple[Path, Path],
) -> None:
    found = list(faults.with_something_in_the_way(*folders, SMALL_OLD, SMALL_NEW))
    assert len(found) == 10
    assert {(ended, left) for _, ended, left in found} == {("told", "old")}


def test_two_builds_at_once_leave_the_tree_of_one(folders: tuple[Path, Path]) -> None:
    trees = {"old": SMALL_OLD, "new": SMALL_NEW}
    faults.put(folders[0], SMALL_OLD)
    for failed, left in faults.at_once(folders[0], trees, 5):
        assert (failed, left in trees) == (0, True)


def test_an_unfinished_build_is_told_and_finished(folders: tuple[Path, Path]) -> None:
    root = folders[0]
    faults.put(root, SMALL_OLD)
    step = next(
        step
        for step, _, left in faults.at_every_step(root, SMALL_OLD, SMALL_NEW, FAULTS["killed"])
        if left.endswith("next command")
    )
    faults.put(root, SMALL_OLD)
    faults.write_until(root, SMALL_NEW, step, FAULTS["killed"])
    assert "an interrupted build is not finished" in {p.what for p in place.stale(root, SMALL_NEW)}
    assert place.write(root, SMALL_NEW) == []
    assert place.stale(root, SMALL_NEW) == []


def test_a_refusal_says_whether_something_was_changed(folders: tuple[Path, Path]) -> None:
    (folders[0] / ".amcc-build").write_bytes(b"")
    with pytest.raises(Problems, match="nothing was changed"):
        place.write(folders[0], SMALL_NEW)


def test_a_problem_never_says_that_nothing_was_changed_when_it_was(
    folders: tuple[Path, Path],
) -> None:
    found = faults.at_every_step(
        *folders[:1], SMALL_OLD, SMALL_NEW, FAULTS["read-only from then on"]
    )
    assert not [step for step, end, left in found if end == TOLD and left == "new"]
