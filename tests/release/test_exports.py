"""What an export writes is a release: `validate` accepts it as a folder and as a zip file."""

import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

import amcc_dataset as amcc
from amcc_dataset.cli import main
from amcc_dataset.export import formats
from amcc_dataset.release import archive
from amcc_dataset.release.validate import validate

LOAD = """
import json, os, sys
os.environ |= {"HF_HOME": sys.argv[2], "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
import datasets
datasets.disable_progress_bars()
names = datasets.get_dataset_config_names(sys.argv[1])
print(json.dumps({
    name: datasets.load_dataset(sys.argv[1], name, split="train")["id"][:] for name in names
}))
"""


def packed(folder: Path, kind: str) -> Path:
    (place,) = formats.export(folder, [kind], zipped=True)
    return place


@pytest.mark.parametrize("kind", formats.COPIED)
def test_a_zip_file_is_valid(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(packed(tmp_path, kind))]) == 0
    assert f"{len(amcc.tables())} tables" in capsys.readouterr().out


@pytest.mark.parametrize(
    "kinds", [("csv", "jsonl"), ("parquet", "sqlite"), formats.COPIED], ids="+".join
)
def test_a_folder_is_valid_in_any_combination(kinds: tuple[str, ...], tmp_path: Path) -> None:
    formats.export(tmp_path, kinds)
    assert validate(tmp_path).findings == []


def rewritten(place: Path, target: Path, change: dict[str, bytes]) -> Path:
    """Write a zip file again, with other contents of some files."""
    with zipfile.ZipFile(place) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("kind", "path", "rule"),
    [
        ("csv", "data/processed/editions.csv", "hash"),
        ("parquet", "data/processed/editions.parquet", "hash"),
        ("csv", "schemas/croissant.json", "made_of_the_tables"),
        ("csv", "schemas/other.json", "nothing_else"),
        ("csv", "data/processed/editions.parquet", "whole_release"),
        ("csv", "../editions.csv", "readable_release"),
    ],
)
def test_what_is_wrong_in_a_zip_file_is_found(
    kind: str, path: str, rule: str, tmp_path: Path
) -> None:
    place = rewritten(packed(tmp_path, kind), tmp_path / "other.zip", {path: b"other\n"})
    (tmp_path / "inner").mkdir()
    report = validate(place)
    assert rule in {finding.rule for finding in report.findings}
    assert all(finding.remedy for finding in report.findings)
    assert not (tmp_path / "editions.csv").exists()


def test_cells_of_parquet_files_are_read(tmp_path: Path) -> None:
    """A Parquet file of another table is found, even if the descriptor has its hash."""
    place = packed(tmp_path, "parquet")
    release = archive.read(place)
    path, other = (f"data/processed/{name}.parquet" for name in ("people", "actors"))
    descriptor = json.loads(json.dumps(release.descriptor))
    by_path = {entry["path"]: entry for entry in descriptor["resources"]}
    by_path[path]["hash"] = by_path[other]["hash"]
    change = {path: release.files[other], "datapackage.json": json.dumps(descriptor).encode()}
    found = validate(rewritten(place, tmp_path / "other.zip", change)).findings
    assert [(finding.rule, finding.location.path) for finding in found] == [("columns", path)]


@pytest.mark.parametrize("kind", formats.COPIED)
def test_exports_describe_themselves(kind: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed(tmp_path, kind)) as content:
        names = set(content.namelist())
        croissant = json.loads(content.read("schemas/croissant.json"))
        node = json.loads(content.read("schemas/dataset.jsonld"))
    linked = {entry["contentUrl"].removeprefix("../") for entry in croissant["distribution"]}
    assert linked == {name for name in names if name.startswith("data/processed/")}
    assert "README.md" in names
    columns = {f"{table}.{field}" for table in amcc.tables() for field in amcc.rows(table)[0]}
    assert {entry["name"] for entry in node["variableMeasured"]} == columns
    fields = [field for entry in croissant["recordSet"] for field in entry["field"]]
    assert {field["@id"].replace("/", ".") for field in fields} == columns
    sources = [field["source"] for field in fields]
    sources += [field["references"] for field in fields if "references" in field]
    files = {entry["@id"] for entry in croissant["distribution"]}
    assert {source["fileObject"]["@id"] for source in sources} == files


@pytest.mark.parametrize("kind", formats.COPIED)
def test_a_part_has_only_keys_to_its_own_tables(kind: str, tmp_path: Path) -> None:
    formats.export(tmp_path, [kind], ["outcomes", "editions"])
    schema = json.loads((tmp_path / "schemas" / "outcomes.table.json").read_bytes())
    assert [key["fields"] for key in schema["foreignKeys"]] == [["edition_id"], ["follows_id"]]
    node = json.loads((tmp_path / "schemas" / "croissant.json").read_bytes())
    linked = [field["name"] for field in node["recordSet"][1]["field"] if "references" in field]
    assert linked == ["edition_id", "follows_id"]


@pytest.mark.parametrize("kind", [kind for kind in formats.FORMATS if kind not in formats.COPIED])
@pytest.mark.parametrize("zipped", [False, True])
def test_an_export_of_some_tables_is_reported_in_one_sentence(
    kind: str, zipped: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (first, *_) = formats.export(tmp_path, [kind], ["codes"], zipped=zipped)
    place = first if zipped else tmp_path
    assert main(["validate", str(place)]) == 1
    said, count = capsys.readouterr().err.splitlines()
    assert said.endswith(
        ": has no table editions, participants, outcomes and 11 more"
        " -> use the complete release, or export all tables, without --table [whole_release]"
    )
    assert count == "1 problem"


def test_a_folder_of_zip_files_is_reported_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    formats.export(tmp_path, ["csv"], zipped=True)
    assert main(["validate", str(tmp_path)]) == 1
    said, _ = capsys.readouterr().err.splitlines()
    assert said == (
        f"{tmp_path}: has no datapackage.json"
        " -> name the folder or zip file of a release, or of an export [readable_release]"
    )


@pytest.mark.parametrize("kinds", [("csv",), ("parquet",), ("csv", "parquet")], ids="+".join)
def test_the_card_names_every_table(kinds: tuple[str, ...], tmp_path: Path) -> None:
    formats.export(tmp_path, kinds, ["editions", "outcomes"])
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    _, head, text = card.split("---\n", 2)
    found = re.findall(r"^- config_name: (\w+)\n  data_files: (\S+)$", head, re.MULTILINE)
    assert [name for name, _ in found] == ["editions", "outcomes"]
    assert all((tmp_path / path).suffix == f".{kinds[-1]}" for _, path in found)
    assert all((tmp_path / path).is_file() for _, path in found)
    assert "license: cc-by-4.0" in head
    assert "CC BY 4.0" in text
    assert "MIT" in text
    assert "Cite as:" in text


@pytest.mark.parametrize("kind", formats.COPIED)
def test_hugging_face_datasets_loads_every_table(kind: str, tmp_path: Path) -> None:
    """Run datasets with this Python, or with the one that DATASETS_PYTHON names."""
    python = os.environ.get("DATASETS_PYTHON") or sys.executable
    if python == sys.executable and find_spec("datasets") is None:
        pytest.skip("datasets is missing; install it apart and set DATASETS_PYTHON to its Python")
    formats.export(tmp_path / "amcc", [kind])
    done = subprocess.run(
        [python, "-c", LOAD, str(tmp_path / "amcc"), str(tmp_path / "home")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        table: [row["id"] for row in amcc.rows(table)] for table in amcc.tables()
    }
