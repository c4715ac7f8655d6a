"""Whether something has become slower: ratios of processor times, compared with stored ones.

`python benchmarks/check_baseline.py` runs each case and its reference in turns, in fresh
processes, and compares the ratio of their smallest processor times with baseline.json. A slow
or busy machine changes such a ratio only a little. If a ratio is still beyond the tolerance,
it is measured again, up to three more times, before it counts. `--update` stores the ratios.
"""

import argparse
import json
import math
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import report
import synthetic

BASELINE = Path(__file__).with_name("baseline.json")
TOLERANCE, ROUNDS, TRIES = 1.3, 5, 4
SMALL, LARGE = 40, 400
"""Documents in two synthetic checkouts; their ratio shows whether time grows faster than size."""

CALL = "from pathlib import Path; from amcc_dataset.curation.compile import compile_tables; compile_tables"
CODES = {
    "empty": "pass",
    "pandas": "import pandas",
    "import": "import amcc_dataset",
    "help": "import contextlib; from amcc_dataset.cli import main\n"
    "with contextlib.suppress(SystemExit): main(['--help'])",
    "rows": "import amcc_dataset as amcc; amcc.rows('editions')",
    "evidence": "import amcc_dataset as amcc; amcc.evidence_rows('editions', 'amcc-04')",
    "records": "import amcc_dataset as amcc; amcc.records(amcc.Edition)",
    "load": "import amcc_dataset as amcc; amcc.load_editions()",
    "load of all claims": "import amcc_dataset as amcc; amcc.load_provenance()",
    "compile": f"{CALL}(Path({str(report.ROOT)!r}))",
    "small": f"{CALL}(Path(FOLDER) / 'small')",
    "large": f"{CALL}(Path(FOLDER) / 'large')",
}
RATIOS = [
    ("import", "empty"),
    ("help", "empty"),
    ("rows", "empty"),
    ("evidence", "empty"),
    ("records", "pandas"),
    ("load", "pandas"),
    ("load of all claims", "pandas"),
    ("compile", "pandas"),
    ("large", "small"),
]


def measure(least: dict[str, float], folder: Path) -> dict[str, float]:
    """Run some rounds, keep the smallest processor times in `least`, and return the ratios."""
    for number in range(ROUNDS + 1):
        for name, code in CODES.items():
            start = f"import sys; sys.path.insert(0, {str(report.ROOT / 'src')!r})\n"
            start += f"FOLDER = {str(folder)!r}\n"
            spent = report.run([sys.executable, "-c", start + code])[1]
            if number:
                least[name] = min(least[name], spent)
    return {f"{name} / {base}": round(least[name] / least[base], 3) for name, base in RATIOS}


def slower(ratios: dict[str, float], stored: dict[str, float]) -> list[str]:
    """Return the names of the ratios that are beyond the tolerance."""
    return [name for name in stored if ratios[name] > TOLERANCE * stored[name]]


def main() -> int:
    """Measure, then store the ratios or compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--update", action="store_true", help="store the measured ratios")
    update = parser.parse_args().update
    least: dict[str, float] = defaultdict(lambda: math.inf)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        synthetic.write(folder / "small", SMALL)
        synthetic.write(folder / "large", LARGE)
        stored = {} if update else json.loads(BASELINE.read_bytes())["ratios"]
        for _ in range(TRIES):
            ratios = measure(least, folder)
            if not update and not slower(ratios, stored):
                break
    if update:
        content = {"machine": report.machine(), "tolerance": TOLERANCE, "ratios": ratios}
        BASELINE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    worse = slower(ratios, stored)
    rows = [
        [name, stored.get(name, ""), ratio, "**slower**" if name in worse else ""]
        for name, ratio in ratios.items()
    ]
    print(report.table(["ratio", "stored", "now", ""], rows))
    return 1 if worse else 0


if __name__ == "__main__":
    raise SystemExit(main())
