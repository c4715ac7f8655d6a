"""Whether files survive when a command that writes is killed or cannot write.

`python tools/faults.py [--markdown FILE]` runs every verb that writes with faults: a fault
before each single step on the file system, a full disk, a read-only folder, files and links in
the way, two commands at the same time. Afterwards the files must be all old or all new, byte for
byte. If a journal is left, the next command finishes its work first. Not here: signals to the
commands themselves (signals.py).
"""

import argparse
import contextlib
import errno
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import report

from amcc_dataset.curation.texts import fill
from amcc_dataset.curation.toml_files import SOURCES, read
from amcc_dataset.disk import writer
from amcc_dataset.export import formats
from amcc_dataset.model.findings import Failed, Findings
from amcc_dataset.release import place

ROOT = Path(__file__).parents[1]

Files = Mapping[str, bytes]
Trees = Mapping[str, Files]
"""The states that a folder may be in, by name."""


class UnavailableError(Exception):
    """Something that this machine does not allow."""


# --- the verbs that write ---------------------------------------------------------------------


@dataclass(frozen=True)
class Verb:
    """A verb that writes: the files before and after, and what writes them."""

    name: str
    old: Files
    new: Files
    write: Callable[[Path], object]

    @property
    def trees(self) -> Trees:
        """Both states, by name."""
        return {"old": self.old, "new": self.new}


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
_SOURCES = {f"{place}.toml": b'[[passage]]\nat = "p1"\n' for place in "ab"}
_DIGEST = "0" * 64


def _fill(root: Path) -> None:
    findings = Findings()
    files = [findings.take(read(root, f"{SOURCES}/{name}")) for name in _SOURCES]
    findings.check()
    fill.fill(root, [(file.place.at("passage", 0), _DIGEST) for file in files if file])


VERBS = (
    Verb("build", SMALL_OLD, SMALL_NEW, lambda root: place.write(root, SMALL_NEW)),
    Verb(
        "export",
        {"a.csv": b"1", "deep/b.csv": b"mine"},
        {"a.csv": b"2", "deep/b.csv": b"3", "new/c.csv": b"4"},
        lambda root: formats.put(
            root, {"a.csv": b"2", "deep/b.csv": b"3", "new/c.csv": b"4"}, force=True
        ),
    ),
    Verb(
        "explore",
        {"amcc.html": b"old"},
        {"amcc.html": b"new"},
        lambda root: formats.put(root, {"amcc.html": b"new"}, "explore", force=True),
    ),
    Verb(
        "fill",
        {f"{SOURCES}/{name}": text for name, text in _SOURCES.items()},
        {
            f"{SOURCES}/{name}": text + f'sha256 = "{_DIGEST}"\n'.encode()
            for name, text in _SOURCES.items()
        },
        _fill,
    ),
)

LARGE_NEW = {**SMALL_NEW, "schemas/large.json": bytes(500_000)}
LARGE = Verb("build", SMALL_OLD, LARGE_NEW, lambda root: place.write(root, LARGE_NEW))


def put(root: Path, old: Files, trees: Trees) -> None:
    """Put the old files into a folder; remove those of the other states, and any staging."""
    for staging in root.glob(".amcc-*"):
        shutil.rmtree(staging) if staging.is_dir() else staging.unlink()
    for path in set().union(*trees.values()) - old.keys():
        (root / path).unlink(missing_ok=True)
    for path, content in old.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def held(root: Path, trees: Trees) -> str:
    """Return the state of a folder: its name, `begun` if a journal is left, or `LOST`."""
    found = {
        path: (root / path).read_bytes() if (root / path).is_file() else None
        for path in set().union(*trees.values())
    }
    if writer.interrupted(root):
        whole = all(any(found[path] == tree.get(path) for tree in trees.values()) for path in found)
        return "begun" if whole else "LOST"
    for name, files in trees.items():
        if all(content == files.get(path) for path, content in found.items()):
            return name
    return "LOST"


def judge(root: Path, trees: Trees, verb: str) -> str:
    """Return the state after a fault; if a journal is left, finish its work first."""
    left = held(root, trees)
    writer.recover(root, verb, lambda path: True)
    if list(root.glob(".amcc-*")):
        return "LEFTOVERS"
    return f"{held(root, trees)}, finished by the next command" if left == "begun" else left


# --- a fault at a step of the file system ---------------------------------------------------

Fault = Callable[[str, bool], None]
"""What happens at a step; called with `now` at the chosen step or `later` at those after it, and
with whether the step writes."""

WRITES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "fsync"}


def _killed(when: str, writes: bool) -> None:
    if when == "now":
        os.kill(os.getpid(), signal.SIGKILL)


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
        os.kill(os.getpid(), signal.SIGINT)


def _interrupt_for_good(when: str, writes: bool) -> None:
    os.kill(os.getpid(), signal.SIGINT)


FAULTS: dict[str, Fault] = {
    "killed": _killed,
    "disk full from then on": _full_disk,
    "read-only from then on": _read_only,
    "one input/output error": _input_output_error,
    "Ctrl-C": _interrupt,
    "Ctrl-C again and again": _interrupt_for_good,
}

FINISHED, WROTE_ANYWAY, REPORTED, STOPPED, CRASHED = 0, 2, 3, 4, 5
"""How a child process ends: it finished before the step of the fault, wrote in spite of the
fault, reported a finding, was stopped, or crashed with a traceback."""


def write_until(root: Path, verb: Verb, step: int, fault: Fault) -> int:
    """Run a verb in a child process with a fault at a step; return the exit code."""
    pid = os.fork()
    if pid == 0:
        os._exit(_child(root, verb, step, fault))
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _child(root: Path, verb: Verb, step: int, fault: Fault) -> int:
    seen = 0

    def at(writes: bool) -> None:
        nonlocal seen
        seen += 1
        if seen >= step:
            fault("now" if seen == step else "later", writes)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            if os.fspath(arguments[0]).startswith(str(root)):
                at(bool(int(str(arguments[2] or 0)) & (os.O_WRONLY | os.O_RDWR)))
        elif event in WRITES:
            # A full disk still lets files be moved and removed.
            at(fault is _read_only or event in ("os.mkdir", "os.link", "fsync"))

    def counted(fd: object) -> None:
        at(True)

    os.fsync = counted
    sys.addaudithook(hook)
    try:
        verb.write(root)
    except Failed:
        return REPORTED
    except KeyboardInterrupt:
        return STOPPED
    except BaseException:
        return CRASHED
    return WROTE_ANYWAY if seen >= step else FINISHED


def at_every_step(
    root: Path, verb: Verb, fault: Fault, every: int = 1
) -> Iterator[tuple[int, int, str]]:
    """Yield the step, the exit code and the state of the files, for every n-th step of a write."""
    for step in itertools.count(1, every):
        put(root, verb.old, verb.trees)
        ended = write_until(root, verb, step, fault)
        if ended == STOPPED and list(root.glob(".amcc-*")):
            yield step, ended, "LEFTOVERS"
        yield step, ended, judge(root, verb.trees, verb.name)
        if ended == FINISHED:
            return


# --- a full disk, a read-only folder, something in the way, two at once ----------------------


@contextlib.contextmanager
def tmpfs(megabytes: int) -> Iterator[Path]:
    """Mount a small file system of its own, if that is allowed."""
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


def refused(root: Path, verb: Verb) -> str:
    """Run a verb; return `written`, or `refused` if it reports a finding."""
    try:
        verb.write(root)
    except Failed:
        return "refused"
    return "written"


def on_full_disks(verb: Verb, steps: int = 12) -> Iterator[tuple[str, str]]:
    """Yield the end and the state of the files on disks with more and more free space."""
    need = sum(map(len, verb.new.values()))
    megabytes = 8 + 3 * (need + sum(map(len, verb.old.values()))) // 1_000_000
    with tmpfs(megabytes) as folder:
        root = folder / "checkout"
        for step in range(steps + 1):
            root.mkdir()
            put(root, verb.old, verb.trees)
            filler = folder / "filler"
            with contextlib.suppress(OSError), filler.open("wb") as sink:
                while True:
                    sink.write(bytes(4096))
                    sink.flush()
            room = 2 * need * step // steps
            os.truncate(filler, max(0, filler.stat().st_size - room))
            ended = refused(root, verb)
            filler.unlink()
            yield ended, judge(root, verb.trees, verb.name)
            shutil.rmtree(root)


def in_a_read_only_folder(verb: Verb) -> Iterator[tuple[str, str]]:
    """Yield the end and the state of the files on a read-only file system."""
    with tmpfs(8 + sum(map(len, verb.old.values())) // 500_000) as folder:
        put(folder, verb.old, verb.trees)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield refused(folder, verb), held(folder, verb.trees)


def ways(root: Path, outside: Path, verb: Verb) -> dict[str, Callable[[], object]]:
    """Return functions that put something in the way of a file or folder of a verb."""
    victim, staging = outside / "precious.csv", f".amcc-{verb.name}"
    target = next(path for path in verb.new if path in verb.old)

    def clear(name: str) -> Path:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        return path

    def journal(content: str | bytes) -> None:
        (root / staging).mkdir()
        text = content.encode() if isinstance(content, str) else content
        (root / staging / writer.JOURNAL).write_bytes(text)

    found: dict[str, Callable[[], object]] = {
        "a file for the staging": lambda: clear(staging).write_bytes(b""),
        "a link for the staging": lambda: clear(staging).symlink_to(outside),
        "a folder for the lock": lambda: clear(f"{staging}.lock").mkdir(),
        "a link for the lock": lambda: clear(f"{staging}.lock").symlink_to(victim),
        "a folder for a file": lambda: clear(target).mkdir(),
        "a link for a file": lambda: clear(target).symlink_to(victim),
        "a pipe for a file": lambda: os.mkfifo(clear(target)),
        "a journal that is not JSON": lambda: journal(b"\xff"),
        "a journal of another shape": lambda: journal("[1, 2]"),
        "a journal without its files": lambda: journal(
            f'{{"replace": {{"{target}": "{_DIGEST}"}}, "delete": []}}'
        ),
        "a journal that leads out": lambda: journal(
            f'{{"replace": {{}}, "delete": ["../{outside.name}/precious.csv", "{victim}"]}}'
        ),
    }
    if "/" in target:
        top = target.partition("/")[0]
        found["a file for a folder"] = lambda: clear(top).write_bytes(b"")
        found["a link for a folder"] = lambda: clear(top).symlink_to(outside)
    return found


def with_something_in_the_way(
    root: Path, outside: Path, verb: Verb
) -> Iterator[tuple[str, str, str]]:
    """Yield what is in the way, how the verb ends, and the state of the files."""
    victim = outside / "precious.csv"
    for way, place_it in ways(root, outside, verb).items():
        victim.write_bytes(b"precious")
        put(root, verb.old, verb.trees)
        place_it()
        ended = refused(root, verb)
        safe = victim.is_file() and victim.read_bytes() == b"precious"
        untouched = all(
            (root / path).read_bytes() == content
            for path, content in verb.old.items()
            if (root / path).is_file() and (root / path).resolve().is_relative_to(root)
        )
        alone = list(outside.iterdir()) == [victim]
        yield way, ended, "old" if safe and untouched and alone else "LOST"
        shutil.rmtree(root)
        root.mkdir()


def at_once(root: Path, verbs: Iterable[Verb], rounds: int) -> Iterator[tuple[int, str]]:
    """Yield how many processes failed and the state of the files, if several write at once."""
    verbs = list(verbs)
    trees = {f"{number}": verb.new for number, verb in enumerate(verbs)}
    for _ in range(rounds):
        children = []
        for verb in verbs:
            pid = os.fork()
            if pid == 0:
                os._exit(_child(root, verb, sys.maxsize, _killed))
            children.append(pid)
        ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
        left = judge(root, trees, verbs[0].name)
        yield sum(end != FINISHED for end in ends), "new" if left in trees else left


def heed_ctrl_c() -> None:
    """React to Ctrl-C: jobs that a shell runs in the background ignore it, and so would theirs."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


# --- report ---------------------------------------------------------------------------------


def rows() -> Iterator[tuple[str, Counter[str]]]:
    """Yield every fault, and how often it left the files in which state."""
    with tempfile.TemporaryDirectory(prefix="amcc-faults-") as name:
        for verb in VERBS:
            root, outside = Path(name) / f"small-{verb.name}", Path(name) / f"out-{verb.name}"
            root.mkdir()
            outside.mkdir()
            for fault, function in FAULTS.items():
                steps = list(at_every_step(root, verb, function))
                assert all(end != CRASHED for _, end, _ in steps), steps
                yield f"{verb.name}, at each of {len(steps)} steps: {fault}", _left(steps)
            ways = with_something_in_the_way(root, outside, verb)
            yield f"{verb.name}, something in the way", _left(ways)
        other = Verb("build", SMALL_NEW, SMALL_OLD, lambda root: place.write(root, SMALL_OLD))
        both = list(at_once(Path(name) / "small-build", (VERBS[0], other), 100))
        assert not any(failed for failed, _ in both), both
        yield "two builds at once", _left(both)
        for title, mounted, verbs in (
            ("a full disk, with ever more room", on_full_disks, (LARGE,)),
            ("a read-only file system", in_a_read_only_folder, VERBS),
        ):
            try:
                yield title, _left(found for verb in verbs for found in mounted(verb))
            except UnavailableError as error:
                yield f"{title}: {error}", Counter()


def _left(found: Iterable[tuple[object, ...]]) -> Counter[str]:
    return Counter(str(entry[-1]) for entry in found)


def table(program: str, found: Iterable[tuple[str, Counter[str]]]) -> tuple[int, str]:
    """Return how often files were lost, and the section of the page with the results."""
    lines: list[list[object]] = []
    for fault, left in found:
        finished = left["new, finished by the next command"]
        lost = left.total() - left["old"] - left["new"] - finished
        lines.append([fault, left.total(), left["old"], left["new"], finished, lost])
        report.progress(f"{fault}: {dict(left)}")
    sums = [sum(int(str(line[place])) for line in lines) for place in range(1, 6)]
    head = ["fault", "runs", "old files", "new files", "new, finished by the next command", "lost"]
    text = report.table(head, [*lines, ["**all**", *sums]])
    return sums[-1], f"`python tools/{program}`\n\n{text}"


def main() -> int:
    """Run the faults from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--markdown", type=Path, help="file whose generated section is replaced")
    options = parser.parse_args()
    heed_ctrl_c()
    lost, text = table("faults.py", rows())
    report.show("faults", text, options.markdown)
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
