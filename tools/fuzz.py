"""Whether any input makes the package crash, hang or write where it must not.

`python tools/fuzz.py [--size 10000] [--seed 1] [--corpus DIR] [--markdown FILE]` mutates every
kind of input: the TOML files of a checkout, journals, texts to verify, the descriptor, CSV and
Parquet files of a tree from elsewhere, exports in other formats, zip files with false sizes, very large inputs, folders
full of links and devices, and arguments of the command line. The package reads each input,
compares it with a correct release, and writes to the same folder. The result must be an answer
or a list of problems. Anything else is a finding: a traceback, a crash, more than `SECONDS`,
more than `MEGABYTES`, a file changed outside the folder. Findings are written to the corpus,
which tests/tools/test_fuzz.py runs.

An input is the bytes for one target, so that it can be kept as a file. Not here: how inputs are
drawn (inputs.py).
"""

import argparse
import contextlib
import faulthandler
import hashlib
import io
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import inputs
import report
from inputs import DATA, OBSTACLES, draw
from sample import RAW, TEXT, Place

from amcc_dataset import cli
from amcc_dataset.curation import compile
from amcc_dataset.curation.texts import verify
from amcc_dataset.disk import shipped
from amcc_dataset.disk.parsing import parse_json
from amcc_dataset.export import formats
from amcc_dataset.model.findings import Failed
from amcc_dataset.release import archive, diff, render
from amcc_dataset.release import place as placing
from amcc_dataset.release.archive import Release
from amcc_dataset.release.validate import validate

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
SECONDS = 20
MEGABYTES = 500

EXPORTED = {"data/processed/editions.csv": b"id\n", "datapackage.json": b"{}"}
SLOW = {"parquet-editions": 2, "parquet-codes": 2, "heavy": 1}
"""How often the slow targets are tried in each turn; every other target is tried four times."""


# --- targets --------------------------------------------------------------------------------

Run = Callable[[Place, bytes], None]


def _compile(name: str) -> Run:
    def run(place: Place, data: bytes) -> None:
        place.put(f"data/raw/{name}.toml", data)
        compile.compile_tables(place.root)
        if name == "ungrounded":
            verify.verify(place.root, place.root / "texts")

    return run


def _release(path: str) -> Run:
    def run(place: Place, data: bytes) -> None:
        place.release(path, data)
        validate(place.root)
        _compare(place, place.root)

    return run


def _descriptor(place: Place, data: bytes) -> None:
    place.put(archive.DESCRIPTOR, data)
    validate(place.root)
    _compare(place, place.root)


def _journal(verb: str) -> Run:
    """Plant a journal, with a file that it may name, and run the command."""

    def run(place: Place, data: bytes) -> None:
        home = {"export": "out/", "explore": ""}.get(verb, "")
        place.put(f"{home}.amcc-{verb}/journal.json", data)
        place.put(f"{home}.amcc-{verb}/new/data/processed/editions.csv", b"planted")
        COMMANDS[verb](place)

    return run


def _fill(place: Place, data: bytes) -> None:
    """Fill in the digests of a source file from its text: nothing else in it may change."""
    place.put("data/raw/sources/release.toml", data)
    place.put("texts/release.txt", TEXT.replace("body: digest\n", "").encode())
    try:
        verify.verify(place.root, place.root / "texts", fill=True)
    finally:
        after = (place.root / "data/raw/sources/release.toml").read_bytes()
        if after != data and _without_digests(after) != _without_digests(data):
            raise AssertionError("more than the digests of a source file has changed")


def _without_digests(data: bytes) -> Any:
    content = tomllib.loads(data.decode())
    for passage in content["passage"]:
        passage.pop("sha256", None)
    return content


def _compare(place: Place, other: Path) -> None:
    """Compare a possible release with a correct one, in both directions."""
    ours = Release("ours", parse_json(place.tree[archive.DESCRIPTOR]), place.tree)
    found = archive.read(other)
    for old, new in ((ours, found), (found, ours)):
        with contextlib.suppress(ValueError):  # not a valid version
            changes = diff.compare(old, new)
            diff.plain(old, new, changes)
            list(diff.report(old, new, changes))


def _text(place: Place, data: bytes) -> None:
    place.put("texts/release.txt", data)
    verify.verify(place.root, place.root / "texts")


def _zip(place: Place, data: bytes) -> None:
    place.put("release.zip", data)
    _compare(place, place.root / "release.zip")


def _export(name: str) -> Run:
    """Replace the largest file of an export."""

    def run(place: Place, data: bytes) -> None:
        files = place.export(name)
        for path, content in (files | {[*files][-1]: data}).items():
            place.put(f"out/{path}", content)
        validate(place.root / "out")

    return run


def _heavy(place: Place, data: bytes) -> None:
    """Run a large input: the data name its kind and its size."""
    kind, size = data.decode().split()
    target, content = inputs.HEAVY[kind](place, int(size))
    TARGETS[target](place, content)


def _arguments(place: Place, data: bytes) -> None:
    arguments = json.loads(data)
    home = Path.cwd()
    os.chdir(place.root)
    silent = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        with (
            patch.object(shipped, "root", lambda: str(place.root)),
            patch("webbrowser.open"),
            contextlib.redirect_stdout(silent),
            contextlib.redirect_stderr(io.StringIO()),
            contextlib.suppress(SystemExit),
        ):
            cli.main(arguments)
    finally:
        os.chdir(home)


COMMANDS: dict[str, Callable[[Place], object]] = {
    "build": lambda place: placing.write(
        place.root, render.render(compile.compile_tables(place.root))
    ),
    "check": lambda place: placing.stale(place.root, place.tree),
    "validate": lambda place: validate(place.root),
    "verify": lambda place: verify.verify(place.root, place.root / "texts"),
    "fill": lambda place: verify.verify(place.root, place.root / "texts", fill=True),
    "export": lambda place: formats.put(place.root / "out", EXPORTED, force=True),
    "explore": lambda place: formats.put(place.root, {"amcc.html": b"x"}, "explore", force=True),
    "read": lambda place: archive.read(place.root),
    "diff": lambda place: _compare(place, place.root),
}


def _files(place: Place, data: bytes) -> None:
    """Put obstacles at paths and run a command: its name, then lines of path, tab, obstacle."""
    command, *lines = data.decode("utf-8", "surrogateescape").splitlines()
    outside = place.root.parent / "outside"
    shutil.rmtree(outside, ignore_errors=True)
    outside.mkdir()
    (outside / "precious").write_bytes(b"precious")
    for line in lines:
        name, _, what = line.partition("\t")
        path = place.root / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        # An earlier line may have removed the folder.
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            OBSTACLES[what](path, outside)
    before = _listed(outside)
    try:
        COMMANDS[command](place)
    except OSError as error:
        # The command line has a message for these; anything else is a finding.
        if error.strerror is None:
            raise
    finally:
        after = _listed(outside)
        if command == "export" and (place.root / "out").is_symlink():
            # A user who names a link as the target means the folder that it points to:
            # new files there are allowed, changes to existing ones are not.
            after = {name: after[name] for name in before}
        if after != before:
            raise AssertionError(f"something outside was touched: {after}")


def _listed(folder: Path) -> dict[str, os.stat_result]:
    """Return the files in a folder with their metadata, except the time of last access."""
    return {
        path.name: os.stat_result([*path.lstat()[:7], 0, *path.lstat()[8:]])
        for path in sorted(folder.iterdir())
    }


TARGETS: dict[str, Run] = {
    **{f"toml-{name.replace('/', '-')}": _compile(name) for name in RAW},
    **{f"journal-{verb}": _journal(verb) for verb in ("build", "export", "explore", "fill")},
    "text": _text,
    "fill": _fill,
    "descriptor": _descriptor,
    **{f"csv-{name}": _release(f"{DATA}{name}.csv") for name in ("editions", "sources", "codes")},
    **{f"parquet-{name}": _release(f"{DATA}{name}.parquet") for name in ("editions", "codes")},
    **{f"export-{name}": _export(name) for name in ("sqlite", "duckdb", "xlsx", "jsonl")},
    "zip": _zip,
    "heavy": _heavy,
    "files": _files,
    "arguments": _arguments,
}


# --- running --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that the package did not handle, and what happened."""

    target: str
    data: bytes
    what: str


def attempt(place: Place, target: str, data: bytes) -> str | None:
    """Run an input; return what went wrong, or None."""
    place.restore()
    held = _reset_peak()

    def stop(*_: object) -> None:
        raise TimeoutError(f"took more than {SECONDS} s")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        TARGETS[target](place, data)
    except Failed as found:
        if not all(each.remedy for each in found.findings):
            return "a finding without a remedy"
    except BaseException:
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    used = _peak() - held
    return f"took {used} MB" if used > MEGABYTES else None


def _reset_peak() -> int:
    """Reset the peak of memory; return the memory in use now, in MB."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    """Return the peak of memory in MB since the last reset, or 0 if the system does not say."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


_place: Place | None = None
_current: Path | None = None


def _start(folder: Path) -> None:
    global _place, _current
    mine = folder / str(os.getpid())
    mine.mkdir()
    _place, _current = Place.make(mine), folder / f"{os.getpid()}.input"
    limit = 6 * 2**30
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _run(tasks: list[tuple[str, str]]) -> list[Finding]:
    assert _place is not None
    assert _current is not None
    found = []
    for target, seed in tasks:
        data = draw(target, _place, Random(seed))
        _current.write_bytes(target.encode() + b"\n" + data)
        # If even the alarm does not stop an input, end the process.
        faulthandler.dump_traceback_later(3 * SECONDS, exit=True)
        what = attempt(_place, target, data)
        faulthandler.cancel_dump_traceback_later()
        if what is not None:
            found.append(Finding(target, data, what))
    return found


def run(size: int, seed: int, jobs: int | None = None) -> tuple[Counter[str], list[Finding]]:
    """Run inputs of all targets in turn; return the number per target, and the findings."""
    names = list(TARGETS)
    weighted = [name for name in names for _ in range(SLOW.get(name, 4))]
    tasks = [(weighted[number % len(weighted)], f"{seed}-{number}") for number in range(size)]
    batches = [tasks[at : at + 50] for at in range(0, len(tasks), 50)]
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="amcc-fuzz-") as name:
        folder = Path(name)
        with ProcessPoolExecutor(jobs or os.cpu_count(), None, _start, (folder,)) as pool:
            try:
                for found in pool.map(_run, batches):
                    findings += found
            except BrokenProcessPool:
                for path in folder.glob("*.input"):
                    target, _, data = path.read_bytes().partition(b"\n")
                    findings.append(Finding(target.decode(), data, "may have ended the process"))
    return Counter(target for target, _ in tasks), findings


def main() -> int:
    """Run the fuzzer from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=10_000, help="number of inputs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, help="processes (default: one per core)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder for findings")
    parser.add_argument("--markdown", type=Path, help="file whose generated section is replaced")
    options = parser.parse_args()
    begun = time.monotonic()
    ran, findings = run(options.size, options.seed, options.jobs)
    for finding in findings:
        name = hashlib.sha256(finding.data).hexdigest()[:12]
        folder = options.corpus / finding.target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(finding.data)
        print(f"FOUND {finding.target}/{name}: {finding.what}\n")
    found = Counter(finding.target for finding in findings)
    rows = list[list[object]]()
    for target, count in [*ran.items(), ("**all**", ran.total())]:
        kept = len(list(CORPUS.glob(f"{'*' if '*' in target else target}/*")))
        bad = found.total() if "*" in target else found[target]
        rows.append([target.replace("-", " "), f"{count:,}", bad, kept])
    section = f"`python tools/fuzz.py --size {options.size} --seed {options.seed}`\n\n"
    section += report.table(["input", "tried", "findings", "kept in the corpus"], rows)
    report.show("fuzzing", section, options.markdown)
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
