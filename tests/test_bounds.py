"""Time and memory are limited as SECURITY.md promises.

Each input runs in an interpreter of its own that may take 500 MB more than its libraries, and
20 seconds of the processor. It must end with an answer or with findings. The inputs are made here
and are harmless: they are large, or differ from what they declare.
"""

import importlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sample import RAW, TEXT, Place

from amcc_dataset.disk import parsing, zips
from amcc_dataset.release import archive
from amcc_dataset.release.archive import DESCRIPTOR

ROOT = Path(__file__).parents[1]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
MEGABYTES, SECONDS = 500, 20

LIMITED = f"""
import resource, sys
from pathlib import Path
import amcc_dataset.cli, amcc_dataset.release.diff
if sys.argv[1] != "diff":
    import amcc_dataset.curation.compile, amcc_dataset.release.render, pyarrow.parquet
if sys.argv[1] == "validate":
    import amcc_dataset.release.validate, pandera, frictionless, jsonschema
pages = int(Path("/proc/self/statm").read_text().split()[0])
limit = pages * resource.getpagesize() + {MEGABYTES} * 1_000_000
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
resource.setrlimit(resource.RLIMIT_CPU, (int(used) + {SECONDS},) * 2)
raise SystemExit(amcc_dataset.cli.main(sys.argv[1:]))
"""

needs_linux = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
pytestmark = needs_linux


def run(*words: object) -> "subprocess.CompletedProcess[str]":
    """Run a command within the limits; it must not show a traceback or be stopped."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), (done.returncode, done.stderr[-2000:])
    assert "Traceback" not in done.stderr
    return done


def release(folder: Path, cell: Callable[[int], str], rows: int, columns: int = 4) -> Path:
    """Write a release of one table with made-up cells."""
    names = ["id", *(f"c{number}" for number in range(1, columns))]
    table = io.StringIO()
    table.write(",".join(names) + "\n")
    for number in range(rows):
        table.write(",".join([str(number), *[cell(number)] * (columns - 1)]) + "\n")
    folder.mkdir()
    (folder / "t.csv").write_text(table.getvalue(), encoding="utf-8")
    fields = [{"name": name, "type": "string"} for name in names]
    package = {
        "name": "made-up",
        "version": "1.0.0",
        "resources": [{"name": "t", "path": "t.csv", "schema": {"fields": fields}}],
    }
    (folder / DESCRIPTOR).write_text(json.dumps(package), encoding="utf-8")
    return folder


def packed(folder: Path, method: int = zipfile.ZIP_DEFLATED) -> Path:
    target = folder.with_suffix(".zip")
    with zipfile.ZipFile(target, "w", method) as sink:
        for path in folder.iterdir():
            sink.write(path, path.name)
    return target


def test_two_large_releases_are_compared(tmp_path: Path) -> None:
    """As many cells as are allowed, all of them different."""
    rows = parsing.MAX_ROWS - 1
    old = release(tmp_path / "old", lambda n: f"cell {n}", rows, 9)
    new = release(tmp_path / "new", lambda n: "", rows, 9)
    assert "differs from" in run("diff", old, new).stderr
    assert "nothing differs" in run("diff", packed(old), old).stdout


def test_as_many_changes_as_are_reported(tmp_path: Path) -> None:
    old = release(tmp_path / "old", lambda n: f"cell {n}", 12_000, 5)
    new = release(tmp_path / "new", lambda n: f"other {n}", 12_000, 5)
    assert run("diff", old, new, "--json").stdout.count("cell changed") == 48_000


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"id\n" + b"\n" * 2_000_000, "more than 1000000 commas"),
        (b"id" + b"," * 900_000, "has more than 100 columns"),
        (b"id\n" + "𝟙".encode() * 7_000_000, "t.csv: "),
        (b'id\n"' + b"x" * 31_000_000, "t.csv: "),
        (b"\0" * (archive.MAX_BYTES + 1), "is larger than"),
    ],
    ids=["rows", "columns", "one wide cell", "one long cell", "bytes"],
)
def test_tables_that_are_large_in_one_way(content: bytes, answer: str, tmp_path: Path) -> None:
    one = release(tmp_path / "one", str, 1, 1)
    (one / "t.csv").write_bytes(content)
    assert answer in run("diff", one, one).stderr


@pytest.mark.parametrize(
    "content",
    [
        b'{"resources": [' + b"[]," * 330_000 + b"0]}",
        b'{"resources": [{"a":' + b'{"a":' * 100_000,
        b"[" * 1_000_000,
        b'{"resources": "' + b"x" * 900_000 + b'"}',
        b'{"a' + b'": 1, "a'.join(str(n).encode() for n in range(90_000)) + b'": 1}',
    ],
    ids=["list", "depth", "brackets", "text", "keys"],
)
def test_descriptors_that_are_large_in_one_way(content: bytes, tmp_path: Path) -> None:
    (tmp_path / DESCRIPTOR).write_bytes(content)
    assert run("diff", tmp_path, tmp_path).stderr.endswith("1 problem\n")


def test_archives_that_declare_something_else(tmp_path: Path) -> None:
    one = release(tmp_path / "one", str, 1)
    (one / "t.csv").write_bytes(b"\0" * 3_000_000)
    for method, answer in ((zipfile.ZIP_BZIP2, "neither stored nor"), (zipfile.ZIP_DEFLATED, "t")):
        content = packed(one, method).read_bytes()
        for size in (0, 10, 2**31):
            at = content.rindex(b"PK\x01\x02") + 24
            lying = content[:at] + size.to_bytes(4, "little") + content[at + 4 :]
            (tmp_path / "lying.zip").write_bytes(lying)
            assert answer in run("diff", tmp_path / "lying.zip", one).stderr
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as sink:
        for number in range(20 * zips.MAX_ENTRIES):
            sink.writestr(str(number), b"")
    assert "many.zip: has a directory" in run("diff", tmp_path / "many.zip", one).stderr


BLOCKS = [
    f"[[passage]]\nat='p{number}'\nstart='Singapore announced'\n[passage.editions.amcc-01]\nyear=2016\n"
    for number in range(1, 10_000)
]
RAW_FILES = {
    "people": b"".join(b"[a%d]\n" % number for number in range(110_000)),
    "actors": b"\n" * 900_000 + b"[a]\n" * 2,
    "retired": b"a." * 400_000 + b"a = 1\n",
    "decisions": b"[[decision]]\n" * 70_000,
    "sources/report": b"x = 0x" + b"f" * 900_000,
    "sources/release": (RAW["sources/release"] + "".join(BLOCKS)).encode(),
}


@pytest.mark.parametrize("name", RAW_FILES)
def test_raw_files_that_are_large_in_one_way(name: str, tmp_path: Path) -> None:
    place = Place.make(tmp_path)
    place.put(f"data/raw/{name}.toml", RAW_FILES[name])
    assert "data/raw" in run("build", "--root", place.root).stderr


def test_the_size_of_raw_files_is_limited(tmp_path: Path) -> None:
    place = Place.make(tmp_path)
    for name in RAW_FILES:
        place.put(f"data/raw/{name}.toml", b"#" * 1_000_001)
    said = run("build", "--root", place.root).stderr
    assert said.count("is larger than 1000000 bytes") == len(RAW_FILES)


TEXTS = {
    "blanks": TEXT.replace("title:", "title:" + " " * 900_000, 1),
    "lines": TEXT + "\n" * 900_000,
    "sentences": TEXT.replace("body: digest\n", "").replace("Singapore announced", "")
    + "\n\nSingapore said." * 45_000
    + "\n\nSingapore announced.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_that_are_large_in_one_way(name: str, tmp_path: Path) -> None:
    place = Place.make(tmp_path)
    place.put("texts/release.txt", TEXTS[name].encode())
    run("verify-sources", place.root / "texts", "--root", place.root)


def test_a_large_text_with_many_passages(tmp_path: Path) -> None:
    place = Place.make(tmp_path)
    place.put("texts/release.txt", TEXTS["sentences"].encode())
    source = RAW["sources/release"] + "".join(BLOCKS)
    place.put("data/raw/sources/release.toml", source.encode())
    run("verify-sources", place.root / "texts", "--root", place.root)


def test_the_real_release_is_far_from_every_ceiling() -> None:
    found = archive.read(ROOT)
    assert sum(map(len, found.files.values())) < archive.MAX_BYTES / 4
    assert len(json.dumps(found.descriptor)) < archive.MAX_DESCRIPTOR / 4
    assert len(found.files) < archive.MAX_FILES / 4
    for table in found.tables:
        assert len(found.texts(table)) < parsing.MAX_ROWS / 4
        assert len(found.texts(table)) * len(found.fields(table)) < parsing.MAX_CELLS / 4


def test_a_tree_with_a_large_table_is_validated(tmp_path: Path) -> None:
    place = Place.make(tmp_path)
    rows = place.tree["data/processed/codes.csv"]
    place.release("data/processed/codes.csv", rows + rows.splitlines(keepends=True)[1] * 45_000)
    assert "codes" in run("validate", place.root).stderr


def test_the_ceilings_are_those_that_the_documentation_names() -> None:
    rows = re.findall(
        r"^\| [^|]+ \| ([0-9,]+)[^|]*\| [0-9,]* *\| `([\w.]+)` \|$", SECURITY, re.MULTILINE
    )
    assert len(rows) == 21
    for number, name in rows:
        module, _, constant = name.rpartition(".")
        ceiling = getattr(importlib.import_module(f"amcc_dataset.{module}"), constant)
        assert f"{ceiling:,}" == number, name
