"""Make the files of a release, all from one commit, and the record of what was released.

`make` takes the commit of a checkout that has no other changes, checks that it can be
released, and builds from it: wheel and sdist, an archive of the CSV and one of the Parquet
files, the workbook, the database, the explorer page and the digests of all these. Nothing in
them depends on the clock or the machine. So the same commit and the same versions of the tools
give the same bytes, and anybody who doubts a file can build it again. Not here: how a format is
written (export/), and which version a change of the data requires (release/diff.py).
"""

import datetime as dt
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from amcc_dataset import __released__, __version__, extras
from amcc_dataset.curation.compile import compile_tables
from amcc_dataset.disk import files as disk
from amcc_dataset.disk import writer
from amcc_dataset.export import formats as export
from amcc_dataset.model.findings import Failed, Finding, Location, worded
from amcc_dataset.release import archive, render
from amcc_dataset.release.archive import DESCRIPTOR, Release
from amcc_dataset.release.place import stale
from amcc_dataset.release.versions import RECORDS, last_release, shortfall

PAPERS = ("LICENSE-DATA", "CITATION.cff", "docs/codebook.md")
"""The files that go into the archives in addition to the release tree."""

DIGESTS = "SHA256SUMS"

RECORD = f"{RECORDS}/{__version__}.json"
"""The descriptor of this release, kept so that the next one can be compared with it."""

MAX_PAPER = 1_000_000


def make(
    root: Path,
    output: Path,
    progress: export.Progress = lambda done, steps, what: None,
) -> list[Path]:
    """Make every file of the release of a checkout; return their paths.

    All are made from the commit that is checked out. After they are written, the descriptor
    is saved in data/releases.

    Parameters
    ----------
    root
        The checkout.
    output
        The folder for the files; files of the same names there are replaced.
    progress
        Called before each step: how many steps are done, how many there are, and its name.

    Raises
    ------
    Failed
        If the checkout cannot be released; nothing is written then.
    ImportError
        If a library is not installed.
    """
    extras.need("release", "build", "hatchling", "xlsxwriter", "jinja2")
    steps = ["checks", "wheel and sdist", "archives", "workbook", "database", "explorer page"]

    def begin(step: str) -> None:
        progress(steps.index(step), len(steps), step)

    begin("checks")
    with TemporaryDirectory(prefix="amcc-") as name:
        commit = Path(name) / "commit"
        _check_out(root, commit)
        if found := faults(commit):
            raise Failed(found)
        release = archive.read(commit)
        record = (commit / DESCRIPTOR).read_bytes()
        (commit / RECORD).parent.mkdir(parents=True, exist_ok=True)
        (commit / RECORD).write_bytes(record)
        begin("wheel and sdist")
        files = _distributions(commit, release)
        begin("archives")
        papers = {path: disk.read(commit, commit / path, MAX_PAPER) for path in PAPERS}
    stem = f"{release.descriptor['name']}-{release.version}"
    for kind in export.COPIED:
        part = export.render(export.subset(release, list(release.tables), (kind,)), (kind,))
        files[f"{stem}-{kind}.zip"] = export.pack({**part, **papers}, export.stamp(release))
    begin("workbook")
    files |= export.render(release, ("xlsx",))
    begin("database")
    files |= export.render(release, ("sqlite",))
    begin("explorer page")
    files[f"{stem}.html"] = _page(release)
    files[DIGESTS] = digests(files)
    export.put(output, files, "release", force=True)
    with worded("writable_record", "make data/releases writable, then run release again"):
        writer.write(root, {RECORD: record}, "record", RECORD.__eq__)
    return [output / path for path in files]


# What is released.


_UNTRACKED = "is not tracked by git", "commit it, add it to .gitignore, or remove it"
_CHANGED = "is changed since the last commit", "commit or undo the change"
"""What is wrong with a file, and the remedy."""


def _check_out(root: Path, target: Path) -> None:
    """Copy the commit of a checkout into another folder.

    Raises
    ------
    Failed
        If there is no commit, or if files are changed, or untracked and not ignored by git.
    """
    status = _git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all")
    entries = [entry for entry in os.fsdecode(status).split("\0") if entry]
    found = [
        Finding("clean_checkout", Location(entry[3:]), what, remedy)
        for entry in entries
        if not _is_own_record(root, entry)
        for what, remedy in [_UNTRACKED if entry.startswith("??") else _CHANGED]
    ]
    if found:
        raise Failed(found)
    content = io.BytesIO(_git(root, "archive", "--format=tar", "HEAD"))
    with tarfile.open(fileobj=content) as packed:
        try:
            packed.extractall(target, filter="data")
        except tarfile.FilterError as error:
            what, remedy = "is a link out of the checkout", "commit the file itself instead"
            at = Location(error.tarinfo.name)
            raise Failed([Finding("clean_checkout", at, what, remedy)]) from None


def _is_own_record(root: Path, entry: str) -> bool:
    """Return whether an untracked file is the record that this same release wrote before."""
    if entry != f"?? {RECORD}":
        return False
    with worded("readable_record", f"remove {RECORD}"):
        return disk.holds(root, RECORD, disk.read(root, root / DESCRIPTOR, archive.MAX_DESCRIPTOR))


def _git(root: Path, *arguments: str) -> bytes:
    """Return what git prints in a checkout; no command that the checkout configures is run."""
    remedy = "give the folder of a clone with --root, and install git"
    command = ["git", "-C", str(root), "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        what = f"git cannot be run: {error.strerror}"
        raise Failed([Finding("clean_checkout", Location(str(root)), what, remedy)]) from None
    if done.returncode:
        lines = ["no reason given", *done.stderr.decode(errors="replace").splitlines()]
        what = f"is not a clone of the repository: {lines[-1]}"
        raise Failed([Finding("clean_checkout", Location(str(root)), what, remedy)])
    return done.stdout


def faults(root: Path) -> list[Finding]:
    """Return all reasons why a checkout cannot be released."""
    # Imported here, because only a release and `validate` need the outside engines.
    from amcc_dataset.release.validate import validate

    if not (root / "pyproject.toml").exists():
        what, remedy = "is missing", "give the folder of a clone with --root"
        return [Finding("checkout", Location("pyproject.toml"), what, remedy)]
    found = [
        Finding("papers", Location(path), "is missing", "write this file: every release has it")
        for path in PAPERS
        if not (root / path).exists()
    ]
    found += _unnamed(root)
    found += stale(root, render.render(compile_tables(root)))
    if not found:
        found += validate(root).findings
    if not found:
        last = last_release(root)
        if last is not None:
            found += shortfall(last, archive.parse((root / DESCRIPTOR).read_bytes(), DESCRIPTOR))
    return found


def _unnamed(root: Path) -> Iterator[Finding]:
    """Yield the files that do not have the version and release date of the package."""
    wanted = {
        "CITATION.cff": (
            rf"^version: {re.escape(__version__)}$",
            rf"^date-released: {__released__}$",
        ),
        "CHANGELOG.md": (rf"^## \[{re.escape(__version__)}\] - {__released__}$",),
    }
    for path, patterns in wanted.items():
        text = (root / path).read_text(encoding="utf-8") if (root / path).exists() else ""
        if not all(re.search(pattern, text, re.MULTILINE) for pattern in patterns):
            what = f"does not have version {__version__} with date {__released__}"
            remedy = "make it agree with __version__ and __released__ in __init__.py"
            yield Finding("named_version", Location(path), what, remedy)


# The files.


def digests(files: dict[str, bytes]) -> bytes:
    """Return the digests of files in the format that `sha256sum --check` reads."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def _distributions(root: Path, release: Release) -> export.Files:
    """Build wheel and sdist with the installed tools; nothing is downloaded."""
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
            remedy = "run python -m build --no-isolation to see all messages"
            raise Failed([Finding("buildable", Location("pyproject.toml"), what, remedy)])
        return {
            path.name: path.read_bytes()
            for path in sorted(Path(folder).iterdir())
            if path.suffix in (".whl", ".gz")
        }


def _page(release: Release) -> bytes:
    from amcc_dataset.explore.page import render

    return render({name: release.rows(name) for name in release.tables}).encode()
