"""What is left of the release tree when a build is killed, starved or locked out.

`python benchmarks/faults.py [--runs 100] [--seed 1] [--markdown FILE]` puts a copy of the
checkout, whose tree is an older one, through builds that die: by SIGKILL at random moments
and before every single step of the file system, on a full disk, in a read-only folder, with
files and links in the way, and two at once. Each time the tree has to be the old one or the
new one, byte for byte; where a journal stands, after the next command has finished it.
"""

import argparse
import contextlib
import errno
import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import report

from amcc_dataset.curation import compile
from amcc_dataset.model.findings import Problems
from amcc_dataset.release import place, render

ROOT = Path(__file__).parents[1]
JOURNAL = ".amcc-build/journal.json"

Files = Mapping[str, bytes]
Trees = Mapping[str, Files]
"""The trees that a folder may hold, by name."""

SMALL_OLD = {
    "datapackage.json": b"{}",
    "data/processed/a.csv": b"id\n1\n",
    "data/processed/b.csv": b"id\n",
    "data/processed/gone.csv": b"id\n9\n",
    "schemas/a.json": b"{}",
}
SMALL_NEW = {
    "datapackage.json": b'{"new": true}',
    "data/processed/a.csv": b"id\n2\n",
    "data/processed/b.csv": b"id\n",
    "data/processed/c.csv": b"id\n3\n",
    "schemas/a.json": b'{"new": 1}',
    "schemas/deep/b.json": b"[]",
}


class UnavailableError(Exception):
    """Something that this machine does not let us do."""


def put(root: Path, files: Files) -> None:
    """Make a folder hold a tree and no staging."""
    for name in (".amcc-build", *render.GENERATED):
        shutil.rmtree(root / name, ignore_errors=True)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def held(root: Path, trees: Trees) -> str:
    """Return which tree a folder holds: its name, `begun` before a journal, or `LOST`."""
    if (root / JOURNAL).exists():
        return "begun"
    for name, files in trees.items():
        if not render.extra(root, files) and all(
            (root / path).is_file() and (root / path).read_bytes() == content
            for path, content in files.items()
        ):
            return name
    return "LOST"


def judge(root: Path, trees: Trees) -> str:
    """Say what a fault left; what a journal names is finished first, as the next build does."""
    left = held(root, trees)
    if left == "begun":
        place.recover(root)
        return f"{held(root, trees)}, finished by the next command"
    return left


# --- a fault at a step of the file system ---------------------------------------------------

Fault = Callable[[str, bool], None]
"""What happens at a step: told whether this is the one, or a later one, and if it writes."""

WRITES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "fsync"}


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(when: str, writes: bool) -> None:
    if when == "now":
        _kill()


def _full_disk(when: str, writes: bool) -> None:
    if writes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _read_only(when: str, writes: bool) -> None:
    if writes:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))


def _input_output_error(when: str, writes: bool) -> None:
    if when == "now":
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _interrupt(when: str, writes: bool) -> None:
    if when == "now":
        raise KeyboardInterrupt


FAULTS: dict[str, Fault] = {
    "killed": _killed,
    "disk full from then on": _full_disk,
    "read-only from then on": _read_only,
    "one input/output error": _input_output_error,
    "stopped from the keyboard": _interrupt,
}

FINISHED, BORE, TOLD, STOPPED, ASTONISHED = 0, 2, 3, 4, 5
"""How a child ends: it wrote the tree before the step came, or in spite of it, told a problem,
was stopped, or showed a traceback."""


def write_until(root: Path, files: Files, step: int, fault: Fault) -> int:
    """Write a tree in a child process to which something happens at a step; return its end."""
    pid = os.fork()
    if pid == 0:
        os._exit(_child(root, files, step, fault))
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _child(root: Path, files: Files, step: int, fault: Fault) -> int:
    import filelock  # noqa: F401 - its import is no step

    seen = 0

    def at(event: str, writes: bool) -> None:
        nonlocal seen
        seen += 1
        if seen >= step:
            fault("now" if seen == step else "later", writes)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            if os.fspath(arguments[0]).startswith(str(root)):
                at(event, bool(int(str(arguments[2] or 0)) & (os.O_WRONLY | os.O_RDWR)))
        elif event in WRITES:
            # A full disk still lets files be moved and removed.
            at(event, fault is _read_only or event in ("os.mkdir", "fsync"))

    def counted(fd: object) -> None:
        at("fsync", True)

    os.fsync = counted
    sys.addaudithook(hook)
    try:
        place.write(root, files)
    except Problems:
        return TOLD
    except KeyboardInterrupt:
        return STOPPED
    except BaseException:
        return ASTONISHED
    return BORE if seen >= step else FINISHED


def at_every_step(
    root: Path, old: Files, new: Files, fault: Fault, every: int = 1
) -> Iterator[tuple[int, int, str]]:
    """Yield step, end of the child and what is left, for every n-th step that a write has."""
    step = 1
    while True:
        put(root, old)
        ended = write_until(root, new, step, fault)
        yield step, ended, judge(root, {"old": old, "new": new})
        if ended == FINISHED:
            return
        step += every


# --- a full disk, a read-only folder, something in the way, two at once ----------------------


@contextlib.contextmanager
def tmpfs(megabytes: int) -> Iterator[Path]:
    """Mount a small file system of its own, where that is allowed."""
    folder = tempfile.mkdtemp(prefix="amcc-faults-")
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise UnavailableError(f"no file system can be mounted here: {error}") from None
    if done.returncode:
        raise UnavailableError("no file system can be mounted here: needs root")
    try:
        yield Path(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        Path(folder).rmdir()


def refused(root: Path, files: Files) -> str:
    """Try to write a tree; return `written`, or `told` where a problem says why not."""
    try:
        place.write(root, files)
    except Problems:
        return "told"
    return "written"


def on_full_disks(old: Files, new: Files, steps: int = 12) -> Iterator[tuple[str, str]]:
    """Yield end and what is left for disks with ever more room."""
    need = sum(map(len, new.values()))
    megabytes = 8 + 3 * (need + sum(map(len, old.values()))) // 1_000_000
    with tmpfs(megabytes) as folder:
        root = folder / "checkout"
        for step in range(steps + 1):
            root.mkdir()
            put(root, old)
            filler = folder / "filler"
            with contextlib.suppress(OSError), filler.open("wb") as sink:
                while True:
                    sink.write(bytes(4096))
                    sink.flush()
            room = 2 * need * step // steps
            size = max(0, filler.stat().st_size - room)
            os.truncate(filler, size)
            ended = refused(root, new)
            filler.unlink()
            yield ended, judge(root, {"old": old, "new": new})
            shutil.rmtree(root)


def in_a_read_only_folder(old: Files, new: Files) -> Iterator[tuple[str, str]]:
    """Yield end and what is left where the file system may not be written."""
    with tmpfs(8 + sum(map(len, old.values())) // 500_000) as folder:
        put(folder, old)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield refused(folder, new), judge(folder, {"old": old, "new": new})


def with_something_in_the_way(
    root: Path, outside: Path, old: Files, new: Files
) -> Iterator[tuple[str, str, str]]:
    """Yield what stands where a file or folder should be, end, and what is left of the tree."""
    victim = outside / "precious.csv"

    def link(name: str) -> None:
        shutil.rmtree(root / name, ignore_errors=True)
        (root / name).symlink_to(outside)

    def folder(name: str) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name / "inside").mkdir(parents=True)

    def file(name: str) -> None:
        shutil.rmtree(root / name, ignore_errors=True)
        (root / name).write_bytes(b"")

    def journal(content: bytes) -> None:
        (root / JOURNAL).parent.mkdir()
        (root / JOURNAL).write_bytes(content)

    ways: dict[str, Callable[[], None]] = {
        "a file for the staging": lambda: file(".amcc-build"),
        "a file for a folder": lambda: file("schemas"),
        "a folder for a file": lambda: folder("data/processed/a.csv"),
        "a folder for the lock": lambda: folder(".amcc-build.lock"),
        "a link for a folder": lambda: link("data/processed"),
        "a link for the staging": lambda: link(".amcc-build"),
        "a link for the lock": lambda: (root / ".amcc-build.lock").symlink_to(victim),
        "a journal that is no JSON": lambda: journal(b"\xff"),
        "a journal of another shape": lambda: journal(b"[1, 2]"),
        "a journal that leads out": lambda: journal(
            f'{{"replace": [], "delete": ["../{outside.name}/precious.csv", "{victim}"]}}'.encode()
        ),
    }
    for way, stand in ways.items():
        victim.write_bytes(b"precious")
        put(root, old)
        stand()
        ended = refused(root, new)
        if not victim.exists() or victim.read_bytes() != b"precious":
            yield way, ended, "LOST"
        else:
            untouched = all(
                (root / path).read_bytes() == content
                for path, content in old.items()
                if (root / path).is_file() and not (root / path).parent.is_symlink()
            )
            yield way, ended, "old" if untouched and ended == "told" else judge(root, {"new": new})
        shutil.rmtree(root)
        root.mkdir()


def at_once(root: Path, trees: Trees, rounds: int) -> Iterator[tuple[int, str]]:
    """Yield how many children failed and what is left, where each of several writes a tree."""
    for _ in range(rounds):
        children = []
        for files in trees.values():
            pid = os.fork()
            if pid == 0:
                os._exit(_child(root, files, sys.maxsize, _killed))
            children.append(pid)
        ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
        yield sum(end != FINISHED for end in ends), judge(root, trees)


# --- the command itself ---------------------------------------------------------------------


def command(root: Path) -> "subprocess.Popen[bytes]":
    """Start `amcc-dataset build` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "amcc_dataset", "build", "--root", str(root)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def kill_at_random(root: Path, old: Files, new: Files, runs: int, seed: int) -> Iterator[str]:
    """Yield what is left by so many builds that were killed before they came to their end.

    Half of the moments lie anywhere in a build, half right after it has begun to write.
    """
    draw = random.Random(seed)
    put(root, old)
    begun = time.monotonic()
    command(root).wait()
    lasts = time.monotonic() - begun
    assert held(root, {"new": new}) == "new"
    killed = 0
    for number in itertools.count():
        if killed == runs:
            return
        put(root, old)
        build_process = command(root)
        if number % 2:
            while build_process.poll() is None and not (root / ".amcc-build").exists():
                time.sleep(0.0005)
            time.sleep(draw.uniform(0, 0.05 * lasts))
        else:
            time.sleep(draw.uniform(0, lasts))
        build_process.kill()
        if build_process.wait() == -signal.SIGKILL:
            killed += 1
            yield judge(root, {"old": old, "new": new})


def another_checkout(source: Path, target: Path) -> None:
    """Copy a checkout with changes to the raw files that reach most tables."""
    shutil.copytree(source / "data", target / "data")
    changes = [
        (r"^noted_on = 2026-11-23", "noted_on = 2026-11-24"),
        (r"^decided_on = 2026-11-23", "decided_on = 2026-11-24"),
        (r'^summary = "The', 'summary = "Here the'),
        (r'^name = "Singapore"', 'name = "Republic of Singapore"'),
    ]
    for path in (target / "data" / "raw").rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        for pattern, other in changes:
            text = re.sub(pattern, other, text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")


# --- report ---------------------------------------------------------------------------------


def rows(source: Path, runs: int, seed: int) -> Iterator[tuple[str, Counter[str]]]:
    """Yield every fault with how often it left what."""
    with tempfile.TemporaryDirectory(prefix="amcc-faults-") as name:
        root = Path(name) / "checkout"
        another_checkout(source, root)
        old = render.render(compile.compile_tables(source))
        new = render.render(compile.compile_tables(root))
        changed = sum(new.get(path) != content for path, content in old.items())
        print(f"{changed} of {len(old)} files differ between the two trees", file=sys.stderr)
        killed = Counter(kill_at_random(root, old, new, runs, seed))
        yield "`amcc-dataset build` killed at a random moment", killed
        for fault, function in FAULTS.items():
            steps = list(at_every_step(root, old, new, function))
            assert all(end != ASTONISHED for _, end, _ in steps), steps
            yield f"at each of {len(steps)} steps: {fault}", Counter(left for *_, left in steps)
        yield "two builds at once", Counter(_left(at_once(root, {"old": old, "new": new}, runs)))
        processes = [command(root), command(root)]
        assert [process.wait() for process in processes] == [0, 0]
        yield "two commands at once", Counter([judge(root, {"new": new})])
        for name, mounted in (
            ("a full disk, with ever more room", on_full_disks),
            ("a read-only file system", in_a_read_only_folder),
        ):
            try:
                yield name, Counter(left for _, left in mounted(old, new))
            except UnavailableError as error:
                yield f"{name}: {error}", Counter()
        root, outside = Path(name) / "small", Path(name) / "outside"
        root.mkdir()
        outside.mkdir()
        ways = with_something_in_the_way(root, outside, SMALL_OLD, SMALL_NEW)
        yield "something in the way", Counter(left for _, _, left in ways)


def _left(found: Iterable[tuple[int, str]]) -> list[str]:
    pairs = list(found)
    assert all(failed == 0 for failed, _ in pairs), pairs
    return [left for _, left in pairs]


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=100, help="builds to kill")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    parser.add_argument("--markdown", type=Path, help="file whose generated section is replaced")
    options = parser.parse_args()
    lines: list[list[object]] = []
    lost = 0
    for fault, left in rows(options.root, options.runs, options.seed):
        finished = left["new, finished by the next command"]
        count = left.total()
        bad = count - left["old"] - left["new"] - finished
        lost += bad
        lines.append([fault, count, left["old"], left["new"], finished, bad])
        report.progress(f"{fault}: {dict(left)}")
    head = ["fault", "runs", "old tree", "new tree", "new, finished by the next command", "lost"]
    section = f"`python benchmarks/faults.py --runs {options.runs} --seed {options.seed}`\n\n"
    section += report.table(head, lines)
    if options.markdown:
        report.write_section("faults", section, options.markdown)
    print(section)
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
