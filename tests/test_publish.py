"""A release is complete, valid after unpacking, and the same every time."""

import email
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from importlib.resources import files as package_files
from pathlib import Path

import frictionless
import jsonschema
import openpyxl
import pyarrow.parquet as pq
import pytest

from amcc_dataset import __released__, __version__, cli, extras
from amcc_dataset import publish as release
from amcc_dataset.model import schemas
from amcc_dataset.model.findings import Failed
from amcc_dataset.model.tables import TABLES
from amcc_dataset.reading import load, store
from amcc_dataset.release import archive, diff, render, versions

ROOT = Path(__file__).parents[1]
STEM = f"amcc-dataset-{__version__}"
NAMES = {
    f"amcc_dataset-{__version__}-py3-none-any.whl",
    f"amcc_dataset-{__version__}.tar.gz",
    f"{STEM}-csv.zip",
    f"{STEM}-parquet.zip",
    f"{STEM}.xlsx",
    f"{STEM}.sqlite",
    f"{STEM}.html",
    "SHA256SUMS",
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the files of a checkout, without its history and the files of tools."""
    folder = tmp_path_factory.mktemp("release") / "checkout"
    dropped = shutil.ignore_patterns(".*", "__pycache__", "dist", "site", "*.egg-info")
    shutil.copytree(ROOT, folder, ignore=dropped)
    for name in (".gitignore", ".gitattributes"):
        shutil.copy(ROOT / name, folder)
    return committed(folder)


def committed(folder: Path) -> Path:
    """Make a folder a repository, with one commit of everything in it."""
    shutil.rmtree(folder / ".git", ignore_errors=True)
    somebody = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*somebody, "commit", "-q", "-m", "All")):
        subprocess.run(["git", "-C", str(folder), *words], check=True)
    return folder


@pytest.fixture(scope="module")
def dist(checkout: Path) -> Path:
    release.make(checkout, checkout / "dist")
    return checkout / "dist"


def test_a_release_has_all_its_files(dist: Path) -> None:
    assert {path.name for path in dist.iterdir()} == NAMES


def test_the_digests_are_right(dist: Path) -> None:
    lines = (dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert listed == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in dist.iterdir()
        if path.name != "SHA256SUMS"
    }
    assert list(listed) == sorted(listed)


def test_a_second_run_elsewhere_gives_the_same_bytes(
    dist: Path, checkout: Path, tmp_path: Path
) -> None:
    """Run it as another process, with another folder, time zone, umask and hash order."""
    again = tmp_path / "again"
    shutil.copytree(checkout, again, ignore=shutil.ignore_patterns("dist"))
    (again / release.RECORD).unlink()
    for path in again.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    committed(again)
    code = "import os, sys; os.umask(0o077); from amcc_dataset.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "release", "--root", str(again), "--output", "elsewhere"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(again / "src"),
            "PYTHONHASHSEED": "7",
            "TZ": "Asia/Singapore",
            "SOURCE_DATE_EPOCH": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for path in sorted(dist.iterdir()):
        assert (tmp_path / "elsewhere" / path.name).read_bytes() == path.read_bytes(), path.name
    assert {path.name for path in (tmp_path / "elsewhere").iterdir()} == NAMES


def unpacked(path: Path, folder: Path) -> Path:
    """Unpack a zip file after a check of its entries."""
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        entries = packed.infolist()
        assert [entry.filename for entry in entries] == sorted(packed.namelist())
        assert {entry.date_time[:3] for entry in entries} == {
            tuple(int(part) for part in __released__.split("-"))
        }
        assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
        packed.extractall(folder)
    return folder


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_an_archive_is_valid_after_unpacking(kind: str, dist: Path, tmp_path: Path) -> None:
    folder = unpacked(dist / f"{STEM}-{kind}.zip", tmp_path)
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    data = {f"data/processed/{name}.{kind}" for name in TABLES}
    described = {path for path in held if path.startswith("schemas/")}
    beside = {"datapackage.json", "README.txt", "README.md"}
    assert {"schemas/dictionary.md", "schemas/croissant.json"} <= described
    assert held <= data | described | beside | {*release.PAPERS}
    assert data | {*release.PAPERS, "datapackage.json"} <= held
    for path in held - beside - described:
        assert (folder / path).read_bytes() == (ROOT / path).read_bytes()
    assert set(archive.read(folder).files) == data
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    profile = package_files("dplib") / "profiles" / "2.0" / "datapackage.json"
    jsonschema.validate(descriptor, json.loads(profile.read_text(encoding="utf-8")))
    if kind == "csv":
        report = frictionless.Package(str(folder / "datapackage.json")).validate()
        assert report.valid, report.flatten(["name", "rowNumber", "message"])
        return
    for name, row_class in TABLES.items():
        table = pq.read_table(str(folder / f"data/processed/{name}.parquet"))
        assert table.schema == schemas.arrow_schema(row_class)
        assert table.to_pylist() == load.rows(name)


def test_the_archive_says_how_to_check_a_cell(dist: Path, tmp_path: Path) -> None:
    """Which document says that the fifth conference was virtual? README and CSV files suffice."""
    folder = unpacked(dist / f"{STEM}-csv.zip", tmp_path)
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    found = re.search(r"table (\w+), the row_id ([\w-]+) and the field (\w+) show", readme)
    assert found is not None
    claims = archive.read(folder).texts("provenance")
    answers = [
        claim
        for claim in claims
        if (claim["table"], claim["row_id"], claim["field"]) == found.groups()
    ]
    assert any(claim["value"] == "virtual" and claim["link"] for claim in answers)


def test_the_wheel_and_the_sdist_contain_the_release(dist: Path, checkout: Path) -> None:
    tree_files = [render.DESCRIPTOR, *archive.read(ROOT).files]
    with zipfile.ZipFile(dist / f"amcc_dataset-{__version__}-py3-none-any.whl") as wheel:
        assert wheel.testzip() is None
        for path in tree_files:
            assert wheel.read(f"amcc_dataset/{path}") == (ROOT / path).read_bytes()
        about = f"amcc_dataset-{__version__}.dist-info"
        metadata = email.message_from_bytes(wheel.read(f"{about}/METADATA"))
        assert (metadata["Name"], metadata["Version"]) == ("amcc-dataset", __version__)
        assert metadata["License-Expression"] == "MIT AND CC-BY-4.0"
        assert f"{about}/licenses/LICENSE-DATA" in wheel.namelist()
    with tarfile.open(dist / f"amcc_dataset-{__version__}.tar.gz") as sdist:
        names = sdist.getnames()
        assert {name.partition("/")[0] for name in names} == {f"amcc_dataset-{__version__}"}
        for path in (*tree_files, *release.PAPERS, f"{versions.RECORDS}/{__version__}.json"):
            content = sdist.extractfile(f"amcc_dataset-{__version__}/{path}")
            assert content is not None
            assert content.read() == (checkout / path).read_bytes()
    read = archive.read(dist / f"amcc_dataset-{__version__}-py3-none-any.whl")
    assert diff.compare(read, archive.read(ROOT)) == []


def test_the_other_files_open(dist: Path) -> None:
    book = openpyxl.load_workbook(dist / f"{STEM}.xlsx", read_only=True)
    assert book.sheetnames == ["readme", *TABLES, "dictionary"]
    connection = sqlite3.connect(dist / f"{STEM}.sqlite")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    count = connection.execute("SELECT count(*) FROM provenance").fetchone()
    connection.close()
    assert count == (len(load.rows("provenance")),)
    page = (dist / f"{STEM}.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html")
    assert __version__ in page


# What cannot be released


def test_all_reasons_are_reported_at_once(checkout: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(checkout, broken)
    (broken / "docs/codebook.md").unlink()
    (broken / "CITATION.cff").write_text("version: 9.9.9\n", encoding="utf-8")
    (broken / "data/processed/codes.csv").write_text("id\n", encoding="utf-8")
    committed(broken)
    with pytest.raises(Failed) as found:
        release.make(broken, tmp_path / "out")
    faults = {finding.location.path: finding.what for finding in found.value.findings}
    assert faults["docs/codebook.md"] == "is missing"
    assert faults["CITATION.cff"] == f"does not have version {__version__} with date {__released__}"
    assert "data/processed/codes.csv" in faults
    assert not (tmp_path / "out").exists()


def test_only_a_checkout_can_be_released(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="is not a clone"):
        release.make(tmp_path, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("notes.txt", "is not tracked by git"),
        ("src/amcc_dataset/scratch.py", "is not tracked by git"),
        ("a folder/über.txt", "is not tracked by git"),
        (release.RECORD, "is changed since the last commit"),
        ("README.md", "is changed since the last commit"),
    ],
)
def test_a_checkout_with_changes_is_not_released(
    path: str, what: str, checkout: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(checkout, changed, ignore=shutil.ignore_patterns("dist"))
    (changed / release.RECORD).parent.mkdir(exist_ok=True)
    (changed / release.RECORD).write_bytes((changed / "datapackage.json").read_bytes())
    committed(changed)
    (changed / path).parent.mkdir(exist_ok=True)
    (changed / path).write_text("private", encoding="utf-8")
    with pytest.raises(Failed, match=f"{re.escape(path)}: {what}"):
        release.make(changed, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_only_what_is_committed_is_packed(checkout: Path, tmp_path: Path) -> None:
    """Files that git ignores are left out, and so is the record of this same release."""
    private = tmp_path / "private"
    shutil.copytree(checkout, private, ignore=shutil.ignore_patterns("dist", "releases"))
    committed(private)
    (private / "site").mkdir()
    (private / "site" / "private.txt").write_text("private", encoding="utf-8")
    (private / ".git" / "info" / "exclude").write_text("scratch.py\n", encoding="utf-8")
    (private / "src/amcc_dataset/scratch.py").write_text("private", encoding="utf-8")
    (private / release.RECORD).parent.mkdir(parents=True)
    (private / release.RECORD).write_bytes((private / "datapackage.json").read_bytes())
    copy = tmp_path / "copy"
    release._check_out(private, copy)
    assert not (copy / "site").exists()
    assert not (copy / "src/amcc_dataset/scratch.py").exists()
    assert not (copy / release.RECORD).exists()


@pytest.mark.parametrize("target", ["/etc/hostname", "../outside"])
def test_a_link_out_of_the_checkout_is_not_packed(target: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "LICENSE-DATA").symlink_to(target)
    committed(root)
    with pytest.raises(Failed, match="LICENSE-DATA: is a link out of the checkout"):
        release.make(root, tmp_path / "out")


def test_a_link_named_dist_is_only_followed_if_it_is_the_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "dist").symlink_to(tmp_path / "outside")
    assert cli.main(["release", "--root", str(tmp_path / "root")]) == 1
    assert (
        "dist: is a link, which is only followed if you name it; name it with --output"
        in capsys.readouterr().err
    )
    assert list((tmp_path / "outside").iterdir()) == []


def test_the_record_is_written_last(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release that fails to write leaves no files, and no record that blocks the next one."""
    fresh = tmp_path / "fresh"
    shutil.copytree(checkout, fresh, ignore=shutil.ignore_patterns("releases", "dist"))
    committed(fresh)
    monkeypatch.setattr(release, "faults", lambda root: [])
    monkeypatch.setattr(release, "_distributions", lambda root, made: {"a.whl": b""})
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(Failed, match="is not a folder"):
        release.make(fresh, tmp_path / "out")
    assert not (fresh / release.RECORD).exists()
    (tmp_path / "out").unlink()
    release.make(fresh, tmp_path / "out")
    release.make(fresh, tmp_path / "out")
    assert (fresh / release.RECORD).read_bytes() == (fresh / "datapackage.json").read_bytes()


def test_a_failure_leaves_neither_files_nor_a_record(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = tmp_path / "fresh"
    shutil.copytree(checkout, fresh, ignore=shutil.ignore_patterns("releases", "dist"))
    monkeypatch.setattr(release, "faults", lambda root: [])
    (fresh / "pyproject.toml").write_text("[build-system]\nrequires = 1\n", encoding="utf-8")
    committed(fresh)
    with pytest.raises(Failed, match="cannot be built"):
        release.make(fresh, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert list((fresh / versions.RECORDS).glob("*")) == []


@pytest.mark.parametrize("library", ["build", "hatchling", "xlsxwriter", "jinja2"])
def test_a_missing_library_is_named_first(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == library else name)
    with pytest.raises(ImportError, match=rf'{library} is missing; pip install "amcc-dataset\[rel'):
        release.make(ROOT, tmp_path / "out")


# The version


def test_the_version_has_risen_since_the_last_release() -> None:
    last = versions.last_release(ROOT)
    if last is None:
        pytest.skip("nothing has been released yet")
    assert versions.shortfall(last, store.descriptor()) == []


def test_the_record_is_the_descriptor(dist: Path, checkout: Path) -> None:
    assert versions.last_release(checkout) == store.descriptor()
    record = checkout / versions.RECORDS / f"{__version__}.json"
    assert record.read_bytes() == (checkout / render.DESCRIPTOR).read_bytes()


def test_the_last_release_has_the_highest_version(tmp_path: Path) -> None:
    folder = tmp_path / versions.RECORDS
    folder.mkdir(parents=True)
    for version in ("0.9.0", "0.10.0", "0.2.0"):
        text = json.dumps({"version": version, "resources": []})
        (folder / f"{version}.json").write_text(text, encoding="utf-8")
    found = versions.last_release(tmp_path)
    assert found is not None
    assert found["version"] == "0.10.0"


@pytest.mark.parametrize(
    ("change", "too_low", "enough"),
    [
        ("nothing", "0.0.9", "0.1.0"),
        ("a value", "0.1.0", "0.1.1"),
        ("a row", "0.1.1", "0.2.0"),
        ("a trailing column", "0.1.9", "0.2.0"),
        ("a column removed", "0.9.0", "1.0.0"),
    ],
)
def test_a_version_that_is_too_low_is_found(change: str, too_low: str, enough: str) -> None:
    last, current = (json.loads(json.dumps(store.descriptor())) for _ in range(2))
    last["version"] = "0.1.0"
    outcomes = next(entry for entry in current["resources"] if entry["name"] == "outcomes")
    if change == "a value":
        outcomes["hash"] = "sha256:other"
    elif change == "a row":
        outcomes["rows"] += 1
    elif change == "a trailing column":
        outcomes["schema"]["fields"].append({"name": "new", "type": "string"})
    elif change == "a column removed":
        outcomes["schema"]["fields"].pop()
    (problem,) = versions.shortfall(last, current | {"version": too_low})
    assert f"version {too_low} is too low after 0.1.0" in problem.what
    assert f"set __version__ to {enough} or higher" in problem.remedy
    assert versions.shortfall(last, current | {"version": enough}) == []
