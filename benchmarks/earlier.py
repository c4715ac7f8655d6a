"""Today's code compared with an earlier commit: verbs, evidence, load, build and page.

`python benchmarks/earlier.py COMMIT [--rounds 15] [--json FILE] [--markdown FILE]` unpacks both
commits into a temporary folder and runs each case from both in turns, in fresh processes of
this interpreter. A ratio is taken within each round, so that both of a pair run on the machine
in the same state; the median of the ratios counts. The page is opened in headless Chromium,
also with the processor slowed down six times. Each commit reads its own data, which have grown
since; only calls in a running process read today's tables with the code of both commits.

Not here: other packages (rivals.py), and growth with size (growth.py).
"""

import argparse
import gzip
import io
import random
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import report

SIDES = ("earlier", "today")
VERBS: dict[str, tuple[str, ...]] = {
    "show editions": ("show", "editions"),
    "show of a row": ("show", "editions", "amcc-04"),
    "status": ("status",),
    "attendance": ("attendance",),
    "timeline": ("timeline", "asean-regional-cert"),
    "thread": ("thread", "norms_and_law"),
    "coverage": ("coverage",),
    "evidence": ("evidence", "editions", "amcc-04"),
    "cite": ("cite", "outcomes"),
    "overview": (),
    "--help": ("--help",),
}
"""Verbs that only read, with arguments that both commits know."""

FIND = "amcc.load_editions  # fails early if the package cannot be imported\n" + (
    "try:\n    from amcc_dataset import evidence_rows\n"
    "except ImportError:\n    from amcc_dataset.load import evidence_rows\n"
)
CALLS = {
    "one cell's evidence": "evidence_rows('editions', 'amcc-04', 'number')",
    "second load_editions()": "amcc.load_editions()",
    "load_provenance()": "amcc.load_provenance()",
}
"""Calls inside a running process, timed after a first call that does not count."""

TIMED = """
import time
{call}
begin, times = time.perf_counter(), 0
while times < 10 or time.perf_counter() - begin < 0.2:
    {call}
    times += 1
print(1e3 * (time.perf_counter() - begin) / times)
"""
PAGE = """
const [page] = performance.getEntriesByType("navigation");
const [paint] = performance.getEntriesByName("first-contentful-paint");
return paint && page.domContentLoadedEventEnd ? [page.domContentLoadedEventEnd, paint.startTime] : null;
"""
LIMITS = {
    "one cell's evidence": 0.1,
    "second load_editions()": 1.0,
    "load_provenance()": 0.6,
    "build of 1,000 documents, processor": 0.5,
    "build of 1,000 documents, MiB": 0.6,
    "page, DOM ready": 1.0,
    "page, first paint": 1.0,
    "page, DOM ready, 6 × slower": 1.0,
    "page, first paint, 6 × slower": 1.0,
}
"""The highest value allowed today, as a multiple of the earlier one."""

BESIDE = dict.fromkeys(VERBS, 1.5) | {"cite": 2.0, "overview": 2.0}
"""The highest value allowed for a verb, as a multiple of `show editions` of the same commit."""

Figures = dict[str, dict[str, list[float]]]


def unpack(commit: str, folder: Path) -> Path:
    """Unpack a commit into a folder and return it."""
    packed = subprocess.run(
        ["git", "archive", commit], cwd=report.ROOT, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def python(root: Path, code: str) -> list[str]:
    """Return the command that runs code with the package from a checkout."""
    start = f"import sys; sys.path.insert(0, {str(root / 'src')!r})\n"
    return [sys.executable, "-c", start + code]


def verb(root: Path, *arguments: str) -> list[str]:
    """Return the command that runs a verb of the package from a checkout."""
    code = "import contextlib\nfrom amcc_dataset.cli import main\n"
    code += f"with contextlib.suppress(SystemExit): main({list(arguments)!r})\n"
    return python(root, code)


def peak(command: list[str]) -> float:
    """Return the peak memory of a command in MiB."""
    *start, code = command
    return float(report.run([*start, code + report.PEAK])[2].splitlines()[-1])


def verbs(roots: dict[str, Path], rounds: int) -> Figures:
    """Time the verbs and the empty interpreter."""
    cases = {
        (name, side): verb(roots[side], *arguments)
        for name, arguments in VERBS.items()
        for side in SIDES
    }
    cases |= {("empty interpreter", side): python(roots[side], "pass\n") for side in SIDES}
    found: Figures = defaultdict(lambda: {side: [] for side in SIDES})
    for number in range(rounds + 1):
        report.progress(f"verbs, round {number} of {rounds}")
        order = list(cases)
        random.Random(number).shuffle(order)
        for name, side in order:
            wall = report.run(cases[name, side])[0]
            if number:
                found[name][side].append(wall)
    for name, side in cases:
        found[f"{name}, MiB"][side].append(peak(cases[name, side]))
    return found


def same_tables(roots: dict[str, Path], folder: Path) -> dict[str, Path]:
    """Return the checkouts, the earlier one as a copy with today's tables."""
    copy = shutil.copytree(roots["earlier"], folder / "same")
    for name in ("data/processed", "schemas"):
        shutil.rmtree(copy / name)
        shutil.copytree(roots["today"] / name, copy / name)
    shutil.copy(roots["today"] / "datapackage.json", copy)
    return {"earlier": copy, "today": roots["today"]}


def calls(roots: dict[str, Path], rounds: int) -> Figures:
    """Time calls in a running process."""
    found: Figures = defaultdict(lambda: {side: [] for side in SIDES})
    for number in range(rounds):
        report.progress(f"calls, round {number + 1} of {rounds}")
        for name, call in CALLS.items():
            code = f"import amcc_dataset as amcc\n{FIND}{TIMED.format(call=call)}"
            for side in SIDES if number % 2 else reversed(SIDES):
                found[name][side].append(float(report.run(python(roots[side], code))[2]))
    return found


def builds(roots: dict[str, Path], rounds: int, folder: Path) -> Figures:
    """Measure the build of the real data and of 1,000 synthetic documents."""
    found: Figures = defaultdict(lambda: {side: [] for side in SIDES})
    for side, root in roots.items():
        (program,) = root.glob("*/synthetic.py")
        code = f"import sys; sys.path[:0] = [{str(program.parent)!r}]\nimport synthetic, pathlib\n"
        target = folder / f"synthetic-{side}"
        report.run(python(root, f"{code}synthetic.write(pathlib.Path({str(target)!r}), 1000)"))
    for number in range(rounds):
        report.progress(f"builds, round {number + 1} of {rounds}")
        for side in SIDES if number % 2 else reversed(SIDES):
            real = verb(roots[side], "build", "--root", str(roots[side]))
            found["build of the real data"][side].append(report.run(real)[0])
            large = verb(roots[side], "build", "--root", str(folder / f"synthetic-{side}"))
            *start, code = large
            _, spent, printed = report.run([*start, code + report.PEAK])
            found["build of 1,000 documents, processor"][side].append(spent)
            memory = float(printed.splitlines()[-1])
            found["build of 1,000 documents, MiB"][side].append(memory)
    return found


def pages(roots: dict[str, Path], rounds: int, folder: Path) -> Figures:
    """Measure the page in headless Chromium: its size, and how fast it loads."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    found: Figures = defaultdict(lambda: {side: [] for side in SIDES})
    files = {side: folder / f"{side}.html" for side in SIDES}
    for side in SIDES:
        report.run(verb(roots[side], "explore", "--no-open", "--output", str(files[side])))
        content = files[side].read_bytes()
        found["page, MB"][side].append(len(content) / 1e6)
        found["page, MB gzipped"][side].append(len(gzip.compress(content, 9)) / 1e6)
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    for number in range(rounds + 1):
        report.progress(f"page, round {number} of {rounds}")
        for rate, words in ((1, ""), (6, ", 6 × slower")):
            driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": rate})
            for side in SIDES if number % 2 else reversed(SIDES):
                driver.get(files[side].as_uri())
                while (times := driver.execute_script(PAGE)) is None:
                    pass
                if number:
                    found[f"page, DOM ready{words}"][side].append(times[0])
                    found[f"page, first paint{words}"][side].append(times[1])
    driver.quit()
    return found


def ratio(above: list[float], below: list[float]) -> float:
    """Return the median of the ratios of each round."""
    return statistics.median(one / other for one, other in zip(above, below, strict=True))


def markdown(found: Figures) -> str:
    """Return the figures as Markdown."""
    judged = {True: "met", False: "**not met**"}
    first: list[list[object]] = []
    base, empty = found["show editions"], found["empty interpreter"]
    base_memory = found["show editions, MiB"]["today"][0]
    for name in VERBS:
        today = found[name]["today"]
        memory = found[f"{name}, MiB"]["today"][0]
        of, limit = (empty, 2.2) if name == "--help" else (base, BESIDE[name])
        measured = ratio(today, of["today"])
        good = measured <= limit and (name == "--help" or memory <= limit * base_memory)
        first.append(
            [
                name if name != "--help" else "`--help`, ÷ empty interpreter",
                f"{statistics.median(found[name]['earlier']):.0f}",
                f"{statistics.median(today):.0f}",
                f"{found[f'{name}, MiB']['earlier'][0]:.0f}",
                f"{memory:.0f}",
                f"{measured:.2f}",
                "" if name == "--help" else f"{memory / base_memory:.2f}",
                f"{limit:g}",
                judged[good],
            ]
        )
    second: list[list[object]] = []
    for name, figures in found.items():
        if name.removesuffix(", MiB") in (*VERBS, "empty interpreter"):
            continue
        share, most = ratio(figures["today"], figures["earlier"]), LIMITS.get(name)
        second.append(
            [
                name,
                *(f"{statistics.median(figures[side]):.3g}" for side in SIDES),
                f"{share:.3f}",
                "" if most is None else f"{most:g}",
                "" if most is None else judged[share <= most],
            ]
        )
    of_show = ["verb", "earlier ms", "ms", "earlier MiB", "MiB"]
    of_show += ["÷ `show editions`", "its memory ÷", "limit", ""]
    head = ["what (in ms unless a unit is given)", *SIDES, "today ÷ earlier", "limit", ""]
    return f"{report.table(of_show, first)}\n\n{report.table(head, second)}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("commit", help="the earlier commit")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    options = parser.parse_args()
    busy = report.load()
    measured: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        both = {"earlier": options.commit, "today": "HEAD"}
        trees = {side: unpack(commit, place / side) for side, commit in both.items()}
        measured |= verbs(trees, options.rounds)
        measured |= calls(same_tables(trees, place), options.rounds)
        measured |= builds(trees, max(3, options.rounds // 5), place)
        measured |= pages(trees, options.rounds, place)
    said = f"Earlier is {options.commit}. {report.machine()}; {busy} at the start; "
    said += f"medians of {options.rounds} rounds.\n\n{markdown(measured)}"
    content = {"machine": report.machine(), "commit": options.commit, "figures": measured}
    report.save("earlier", content, said, options.json, options.markdown)
