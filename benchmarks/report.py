"""What the benchmarks share: fresh processes, a description of the machine, Markdown and JSON.

For each benchmark, the file of figures has one entry, and a page of docs/ has one section
between two comments. Writing one does not change the others.
"""

import json
import math
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PEAK = """
for _line in open("/proc/self/status"):
    if _line.startswith("VmHWM"):
        print(int(_line.split()[1]) / 1024)
"""
"""Prints the peak memory of the process in MiB; getrusage would include that of its parent."""


def run(command: Sequence[str | Path], cwd: Path | None = None) -> tuple[float, float, str]:
    """Run a fresh process; return its wall time and processor time in ms, and what it prints.

    It does not get the PYTHON... variables of this process, so that it runs as for a user.
    """
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        raise SystemExit(f"{command} failed:\n{done.stderr}")
    return 1e3 * wall, 1e3 * spent, done.stdout


def machine() -> str:
    """Return a description of the machine, without its name."""
    model = platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        model = next(iter(names), model)
    return (
        f"{os.cpu_count()} processors ({model}), {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def load() -> str:
    """Return how busy the machine is, in words."""
    return f"load average {os.getloadavg()[0]:.1f}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; all columns except the first have numbers.

    Examples
    --------
    >>> print(table(["what", "ms"], [["import", 1.25]]))
    | what | ms |
    | --- | --: |
    | import | 1.25 |
    """
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the slope of the straight line through the logarithms, by least squares.

    Examples
    --------
    >>> round(slope([10, 100, 1000], [3, 300, 30000]), 3)
    2.0
    """
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in values]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return above / sum((a - mean_x) ** 2 for a in x)


def save(
    name: str, content: dict[str, Any], text: str, json_file: Path | None, page: Path | None
) -> None:
    """Show a result, and write it into the file of figures, if one is given."""
    show(name, text, page)
    if json_file is not None:
        found = json.loads(json_file.read_text(encoding="utf-8")) if json_file.exists() else {}
        found[name] = content
        json_file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def show(name: str, text: str, page: Path | None) -> None:
    """Print a result, and put it between its two comments in a page, if one is given."""
    print(text)
    if page is None:
        return
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, found, rest = page.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f"{page} has no section {begin.strip()} … {end.strip()}")
    page.write_text(f"{before}{begin}\n{text.strip()}\n\n{end}{after}", encoding="utf-8")


def progress(text: str) -> None:
    """Print progress to the standard error output."""
    print(text, file=sys.stderr, flush=True)
