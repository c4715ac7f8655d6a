"""The files of a release, all made from one checkout, and the record of what was released.

`make` builds them after it has checked that the checkout is fit to be released: wheel and
sdist, an archive of the CSV and one of the Parquet files, the workbook, the database, the
explorer page and the digests of them all. Nothing in them comes from the clock or from the
machine, so that the same checkout gives the same bytes with the same versions of the tools.
Not in here: how a format is written (export.py), and what a change of the data means for
the version (diff.py).
"""

import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from amcc_dataset import __released__, __version__, extras
from amcc_dataset.curation.compile import compile_tables
from amcc_dataset.export import formats as export
from amcc_dataset.model.findings import Problem, Problems
from amcc_dataset.release import archive, render
from amcc_dataset.release.archive import DESCRIPTOR, Release
from amcc_dataset.release.place import stale
from amcc_dataset.release.versions import RECORDS, last_release, shortfall

PAPERS = ("LICENSE-DATA", "CITATION.cff", "docs/codebook.md")
"""What goes into the archives besides the files of the release tree."""

DIGESTS = "SHA256SUMS"


def make(
    root: Path,
    output: Path,
    progress: export.Progress = lambda done, steps, what: None,
) -> list[Path]:
    """Make every file of the release of a checkout; return their paths.

    The descriptor is kept in data/releases, for the next release to be held against.

    Parameters
    ----------
    root
        The checkout.
    output
        The folder for the files; files of the same names there are replaced.
    progress
        Is told what is being done.

    Raises
    ------
    Problems
        If the checkout is not fit to be released; nothing is written then.
    ImportError
        If a library is not installed.
    """
    extras.need("release", "build", "hatchling", "xlsxwriter", "jinja2")
    steps = ["checks", "wheel and sdist", "archives", "workbook", "database", "explorer page"]

    def begin(step: str) -> None:
        progress(steps.index(step), len(steps), step)

    begin("checks")
    problems = faults(root)
    if problems:
        raise Problems(problems)
    release = archive.read(root)
    record = root / RECORDS / f"{release.version}.json"
    recorded = record.exists()
    try:
        if not recorded:
            record.parent.mkdir(exist_ok=True)
            record.write_bytes((root / DESCRIPTOR).read_bytes())
        begin("wheel and sdist")
        files = _distributions(root, release)
        begin("archives")
        papers = {path: (root / path).read_bytes() for path in PAPERS}
        stem = f"{release.descriptor['name']}-{release.version}"
        for name in export.COPIED:
            part = export.render(export.subset(release, list(release.tables), (name,)), (name,))
            files[f"{stem}-{name}.zip"] = export.pack({**part, **papers}, export.stamp(release))
        begin("workbook")
        files |= export.render(release, ("xlsx",))
        begin("database")
        files |= export.render(release, ("sqlite",))
        begin("explorer page")
        files[f"{stem}.html"] = _page(release)
        files[DIGESTS] = digests(files)
        return export.put(output, files, force=True)
    except BaseException:
        if not recorded:
            record.unlink(missing_ok=True)
        raise


def faults(root: Path) -> list[Problem]:
    """Return why a checkout is not fit to be released: all reasons at once."""
    # Asking all outside engines takes its time; only a release and `validate` do it.
    from amcc_dataset.release.validate import validate

    if not (root / "pyproject.toml").exists():
        return [Problem(str(root), "is no checkout", "name its root with --root")]
    problems = [
        Problem(path, "is missing", "a release has it: write it")
        for path in PAPERS
        if not (root / path).exists()
    ]
    problems += _unnamed(root)
    problems += stale(root, render.render(compile_tables(root)))
    if not problems:
        problems += validate(root).problems
    if not problems:
        last = last_release(root)
        if last is not None:
            problems += shortfall(last, archive.parse((root / DESCRIPTOR).read_bytes(), DESCRIPTOR))
    return problems


def _unnamed(root: Path) -> list[Problem]:
    """Return which files do not name the version and the day that the package has."""
    wanted = {
        "CITATION.cff": (
            rf"^version: {re.escape(__version__)}$",
            rf"^date-released: {__released__}$",
        ),
        "CHANGELOG.md": (rf"^## \[{re.escape(__version__)}\] - {__released__}$",),
    }
    problems = []
    for path, patterns in wanted.items():
        text = (root / path).read_text(encoding="utf-8") if (root / path).exists() else ""
        if not all(re.search(pattern, text, re.MULTILINE) for pattern in patterns):
            what = f"does not name version {__version__} of {__released__}"
            remedy = "make it agree with __version__ and __released__ in __init__.py"
            problems.append(Problem(path, what, remedy))
    return problems


def digests(files: dict[str, bytes]) -> bytes:
    """Return the digests of files in the form that `sha256sum --check` reads."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def _distributions(root: Path, release: Release) -> export.Files:
    """Build wheel and sdist with the tools that are installed; nothing is downloaded."""
    epoch = str(int(export.stamp(release).replace(tzinfo=dt.UTC).timestamp()))
    with TemporaryDirectory(prefix="amcc-") as folder:
        command = ["-m", "build", "--no-isolation", "--outdir", folder, str(root.resolve())]
        done = subprocess.run(
            [sys.executable, *command],
            env={**os.environ, "SOURCE_DATE_EPOCH": epoch},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            lines = ["no reason given", *done.stdout.splitlines(), *done.stderr.splitlines()]
            reason = next((line for line in reversed(lines) if "Error: " in line), lines[-1])
            what = f"wheel and sdist cannot be built: {reason.strip()}"
            raise Problems([Problem("pyproject.toml", what, "try python -m build")])
        return {
            path.name: path.read_bytes()
            for path in sorted(Path(folder).iterdir())
            if path.suffix in (".whl", ".gz")
        }


def _page(release: Release) -> bytes:
    from amcc_dataset.explore.page import render

    return render({name: release.rows(name) for name in release.tables}).encode()
