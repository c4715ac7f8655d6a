"""Where the release is, and how rows are found in its sorted files without reading all lines."""

import csv
import io
import math
import os
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import amcc_dataset
from amcc_dataset import __pyinstaller as amcc_pyinstaller
from amcc_dataset.disk import shipped
from amcc_dataset.model.tables import TABLES
from amcc_dataset.reading import load, store
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.reading.store import KEYS, Ordered

ROOT = Path(__file__).parents[2]
TREE = ("datapackage.json", "data/processed", "schemas")

each_ordered = pytest.mark.parametrize("table", KEYS)


@each_ordered
def test_the_key_of_a_file_is_the_order_that_the_release_promises(table: str) -> None:
    names = [field["name"] for field in store.fields(table)]
    key = tuple(names[place] for place in KEYS[table])
    assert TABLES[table].TABLE.order[: len(key)] == key


@each_ordered
def test_every_key_and_part_of_a_key_finds_its_lines(table: str) -> None:
    wanted: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for line in store.lines(table):
        key = tuple(line[place] for place in KEYS[table])
        for length in range(1, len(key) + 1):
            wanted[key[:length]].append(line)
    ordered = Ordered(table)
    for key, lines in wanted.items():
        assert list(ordered.lines(*key)) == lines
        assert list(ordered.beginnings(7, *key)) == [line[:7] for line in lines]
        for other in (f"{key[-1]}-", key[-1][:-1], f"{key[-1]}0", "", "~", "a"):
            if (*key[:-1], other) not in wanted:
                assert list(ordered.lines(*key[:-1], other)) == []


slugs = st.text("a0-_", min_size=1, max_size=4)
words = st.text('a",;\u2028é -', max_size=6)


@given(st.dictionaries(slugs, words), slugs)
def test_a_row_is_found_in_any_ordered_file(texts: dict[str, str], absent: str) -> None:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(["id", "text"])
    writer.writerows(sorted(texts.items()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shipped, "open_file", lambda *_: io.BytesIO(sink.getvalue().encode()))
        ordered = Ordered("sources")
    for key, text in texts.items():
        assert list(ordered.lines(key)) == [[key, text]]
    if absent not in texts:
        assert list(ordered.lines(absent)) == []


def test_finding_a_row_reads_few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    get = Ordered.__getitem__

    def look(ordered: Ordered, place: int) -> tuple[bytes, ...]:
        looked.append(place)
        return get(ordered, place)

    monkeypatch.setattr(Ordered, "__getitem__", look)
    ordered = Ordered("provenance")
    assert list(ordered.lines("editions", "amcc-04", "date_start"))
    assert len(looked) < 2 * math.log2(len(ordered))


@pytest.mark.parametrize("table", ["editions", "provenance"])
def test_rows_are_counted_without_reading_them(table: str) -> None:
    assert store.count(table) == len(load.rows(table))


def test_the_packaged_dataset_answers_as_its_rows_do() -> None:
    found, whole = dataset(), dataset()
    assert len(whole["provenance"]) == store.count("provenance")
    for table in ("editions", "participants", "parties"):
        for row in found[table]:
            assert found.claims_on(table, row["id"]) == whole.claims_on(table, row["id"])
        support = {row: list(claims) for row, claims in found.support(table).items()}
        assert support == {row: list(claims) for row, claims in whole.support(table).items()}
    for table in ("sources", "decisions"):
        for row in whole[table]:
            assert dataset().row(table, row["id"]) == row
        assert dataset().row(table, "no-such-row") is None
    assert list(found) == store.tables()
    assert len(found) == len(TABLES)


@pytest.mark.parametrize("format", store._PATHS)
def test_every_file_of_a_table_has_a_path(format: str) -> None:
    for table in store.tables():
        assert Path(store.path(table, format)).is_file()
    with pytest.raises(ValueError, match="write one of: editions"):
        store.path("edition", format)


# --- where the data are -------------------------------------------------------------------


def run(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**kept, **environment},
    )


def copied(package: Path, *, data: bool) -> Path:
    """Copy the package into a folder, with or without its data."""
    shutil.copytree(
        ROOT / "src" / "amcc_dataset", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in TREE if data else ():
        place = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (package / name).parent.mkdir(exist_ok=True)
        place(ROOT / name, package / name)
    return package


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a zip file from which the package is imported."""
    package = copied(tmp_path_factory.mktemp("zip") / "amcc_dataset", data=True)
    path = package.parent / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for file in package.rglob("*"):
            target.write(file, file.relative_to(package.parent))
    return path


ASKED = """
import amcc_dataset as amcc
assert ARCHIVE in amcc.__file__, amcc.__file__
print(len(amcc.rows("editions")), len(amcc.load_editions()), len(amcc.tables()))
print(amcc.evidence_rows("editions", "amcc-04", "number")[0]["value"])
print(amcc.attendance().shape[0] > 20, amcc.status("ajccbc")["status"].item())
print(amcc.cite("editions", "amcc-04").count("http"), amcc.table("editions").num_rows)
"""


def test_questions_are_answered_from_a_zip_file(archive: Path) -> None:
    done = run(f"ARCHIVE = {archive.name!r}\n{ASKED}", PYTHONPATH=str(archive))
    assert done.stderr == ""
    editions = str(len(load.rows("editions")))
    tables = str(len(store.tables()))
    assert done.stdout.split() == [
        *(editions, editions, tables, "4", "True", "operating", "3", editions)
    ]


def test_an_error_says_that_a_file_in_a_zip_has_no_path(archive: Path) -> None:
    code = "import amcc_dataset as amcc\ntry: amcc.path('editions')\nexcept OSError as e: print(e)"
    done = run(code, PYTHONPATH=str(archive))
    assert "is in an archive" in done.stdout
    assert "unpack the package" in done.stdout
    assert str(archive / "amcc_dataset") in done.stdout


def test_another_data_package_is_not_mistaken_for_ours(tmp_path: Path) -> None:
    package = copied(tmp_path / "src" / "amcc_dataset", data=False)
    stranger = '{"name": "cheeses", "resources": [{"name": "brie", "schema": {}}]}'
    (tmp_path / "datapackage.json").write_text(stranger, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "cheeses"\n', encoding="utf-8")
    code = "import amcc_dataset as amcc\ntry: print(amcc.tables())\nexcept OSError as e: print(e)"
    done = run(code, PYTHONPATH=str(package.parent))
    assert "brie" not in done.stdout
    assert f"install amcc-dataset again: '{package / 'datapackage.json'}'" in done.stdout


def test_a_frozen_program_includes_the_data_and_the_modules_loaded_by_name() -> None:
    (folder,) = amcc_pyinstaller.hook_dirs()
    hook = runpy.run_path(str(Path(folder) / "hook-amcc_dataset.py"))
    taken = {Path(place) / Path(path).name for path, place in hook["datas"]}
    taken |= {
        Path(place) / file.name
        for path, place in hook["datas"]
        if Path(path).is_dir()
        for file in Path(path).iterdir()
    }
    for table in store.tables():
        for parts in store._PATHS.values():
            assert Path("amcc_dataset", *(part.format(table) for part in parts)) in taken
    assert Path("amcc_dataset", shipped.DESCRIPTOR) in taken
    loaded = {f"amcc_dataset.{module}" for module in amcc_dataset._MODULES}
    assert loaded | {"amcc_dataset.cli.status"} <= set(hook["hiddenimports"])


@pytest.mark.parametrize("table", TABLES)
def test_long_tables_become_the_same_frames_as_short_ones(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = []
    for many in (0, 10**9):
        monkeypatch.setattr(load, "_LONG", many)
        frames.append(load.load(table))
    assert frames[0].equals(frames[1])
    assert (frames[0].dtypes == frames[1].dtypes).all()
