"""Whether files survive when a command that writes is stopped by a signal.

`python tools/signals.py [--runs 500] [--seed 1] [--markdown FILE]` starts every command that
writes and sends it SIGKILL, SIGTERM, or SIGINT once or twice. Afterwards the files must be all
old or all new, byte for byte. After SIGKILL a journal may be left; its work is finished before
the files are compared. After SIGTERM and SIGINT nothing else may be left.
"""

import argparse
import operator
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import report
from faults import ROOT, Files, Trees, heed_ctrl_c, held, judge, put, table
from sample import Place

from amcc_dataset.curation import compile
from amcc_dataset.curation.toml_files import SOURCES
from amcc_dataset.release import render


@dataclass
class Scene:
    """A command that writes to a folder: the files before and after one run."""

    verb: str
    root: Path
    arguments: list[str]
    old: Files
    new: Files = field(default_factory=dict)
    lasts: dict[str, float] = field(default_factory=dict)
    """How long each of `PARTS` takes, in seconds."""

    @property
    def trees(self) -> Trees:
        """Both states, by name."""
        return {"old": self.old, "new": self.new}

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "amcc_dataset", *self.arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def run_once(self) -> None:
        """Run the command to its end; keep the files before and after, and the time of its parts."""
        self.old = self.files()
        process = self.start()
        times = [self.wait(process, part) for part in PARTS]
        while any(self.root.glob(".amcc-*")):
            pass
        times.append(time.monotonic())
        _, said = process.communicate()
        assert process.returncode == 0, said
        self.lasts = dict(zip(PARTS, map(operator.sub, times[1:], times), strict=False))
        self.new = self.files()

    def files(self) -> Files:
        """Return the current files of the folder."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file()
        }

    def wait(self, process: "subprocess.Popen[bytes]", part: str) -> float:
        """Wait until a part of the command begins, or the command ends; return the time."""
        while PARTS[part] and process.poll() is None and not any(self.root.glob(PARTS[part])):
            # A journal exists only for some milliseconds.
            time.sleep(0 if any(self.root.glob(".amcc-*")) else 0.0005)
        return time.monotonic()


PARTS = {"read": "", "stage": ".amcc-*", "replace": ".amcc-*/journal.json"}
"""The parts of a command, each with the file or folder that exists once it begins."""


def another_checkout(source: Path, target: Path) -> None:
    """Copy a checkout, with changes to the raw files that change most tables."""
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


_MINUTES = """\
[source]
title = "Minutes {0}"
publisher = "Host"
kind = "press_release"
tier = "host_primary"
language = "en"
url = "https://example.org/{0}"
read = "whole"
noted_on = 2026-11-23

[[passage]]
at = "p1"
start = "Ministers met"
end = "in Singapore."
[passage.editions.amcc-01]
city = "Singapore"
"""


def _build_scene(source: Path, home: Path) -> Scene:
    another_checkout(source, home)
    old = render.render(compile.compile_tables(source))
    return Scene("build", home, ["build", "--root", str(home)], old)


def _export_scene(source: Path, home: Path) -> Scene:
    arguments = ["export", str(home), "--force", "--format", "csv,jsonl"]
    names = ("datapackage.json", "README.txt", "data/processed/editions.csv")
    return Scene("export", home, arguments, dict.fromkeys(names, b"mine"))


def _explore_scene(source: Path, home: Path) -> Scene:
    arguments = ["explore", "--output", str(home / "amcc.html"), "--force", "--no-open"]
    return Scene("explore", home, arguments, {"amcc.html": b"mine"})


def _fill_scene(source: Path, home: Path) -> Scene:
    root = Place.make(home).root
    (root / "texts" / "release.txt").unlink()
    old = {}
    for number in range(5):
        old[f"{SOURCES}/minutes-{number}.toml"] = _MINUTES.format(number).encode()
        text = f"---\ntitle: Minutes {number}\n---\nMinisters met in Singapore.\n"
        (root / f"texts/minutes-{number}.txt").write_text(text, encoding="utf-8")
    arguments = ["verify-sources", str(root / "texts"), "--root", str(root), "--fill"]
    return Scene("fill", root, arguments, old)


def _release_scene(source: Path, home: Path) -> Scene:
    clone, output = home / "clone", home / "out"
    subprocess.run(["git", "clone", "--quiet", str(source), str(clone)], check=True)
    arguments = ["release", "--root", str(clone), "--output", str(output)]
    return Scene("release", output, arguments, {"SHA256SUMS": b"mine"})


SCENES: dict[str, tuple[Callable[[Path, Path], Scene], int]] = {
    "build": (_build_scene, 32),
    "export": (_export_scene, 28),
    "explore": (_explore_scene, 18),
    "verify-sources --fill": (_fill_scene, 20),
    "release": (_release_scene, 2),
}
"""Every command that writes, and its share of the signals in per cent."""

SIGNALS = {
    "killed": [signal.SIGKILL],
    "terminated": [signal.SIGTERM],
    "Ctrl-C": [signal.SIGINT],
    "Ctrl-C twice": [signal.SIGINT, signal.SIGINT],
}

ENDS = {-signal.SIGKILL, -signal.SIGTERM, 128 + signal.SIGTERM, -signal.SIGINT, 128 + signal.SIGINT}
"""The exit codes of a command that a signal ended, by itself or through the command's handler."""


def signalled(scene: Scene, runs: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the signal and the state of the files, for `runs` commands that got one in time.

    A third of the signals come before the first step on the disk, a third before the journal is
    written, and a third after that.
    """
    draw = random.Random(seed)
    put(scene.root, scene.old, scene.trees)
    scene.run_once()
    count = missed = 0
    while count < runs:
        put(scene.root, scene.old, scene.trees)
        process = scene.start()
        part = draw.choice(list(PARTS))
        scene.wait(process, part)
        time.sleep(draw.uniform(0, scene.lasts[part]))
        name = list(SIGNALS)[count % len(SIGNALS)]
        for each in SIGNALS[name]:
            process.send_signal(each)
            time.sleep(draw.uniform(0, 0.01))
        _, said = process.communicate()
        if process.returncode == 0 and held(scene.root, scene.trees) == "new":
            # The command ended before the signal came: it was faster than in the timed run.
            scene.lasts[part] /= 2
            missed += 1
            assert missed < 20 + runs, f"signals {name} come too late"
            continue
        # A signal during the start of Python gives a traceback of Python itself.
        early = b"KeyboardInterrupt" in said and b"amcc_dataset" not in said
        assert process.returncode in ENDS or early, (name, said)
        count += 1
        if name != "killed" and list(scene.root.glob(".amcc-*")):
            yield name, "LEFTOVERS"
        else:
            yield name, judge(scene.root, scene.trees, scene.verb)


def main() -> int:
    """Send the signals from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=500, help="signals")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    parser.add_argument("--markdown", type=Path, help="file whose generated section is replaced")
    options = parser.parse_args()
    heed_ctrl_c()
    found: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory(prefix="amcc-signals-") as name:
        for title, (make, share) in SCENES.items():
            home = Path(name) / title.replace(" ", "")
            home.mkdir()
            scene = make(options.root, home)
            for sent, left in signalled(scene, options.runs * share // 100, options.seed):
                found.setdefault(f"`{title}`, {sent}", Counter())[left] += 1
            report.progress(f"{title}: {found}")
    lost, text = table(f"signals.py --runs {options.runs} --seed {options.seed}", found.items())
    report.show("signals", text, options.markdown)
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
