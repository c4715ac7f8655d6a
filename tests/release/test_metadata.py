"""The metadata for search engines and machine learning: derived, linked and loadable."""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import csvw  # type: ignore[import-untyped]
import pytest
import rdflib

from amcc_dataset.disk import shipped
from amcc_dataset.export import formats
from amcc_dataset.reading import load, store
from amcc_dataset.release import metadata, render

ROOT = Path(shipped.root())
DESCRIPTOR = store.descriptor()

SCHEMA = rdflib.Namespace("https://schema.org/")

READ_BACK = """
import csv, json, sys
import mlcroissant
import pandas as pd

def text(value):
    if isinstance(value, bytes):
        return value.decode()
    if value is None or value is pd.NaT or value != value:
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(int(value))

dataset = mlcroissant.Dataset(sys.argv[1])
issues = dataset.metadata.ctx.issues
found = {}
for records in dataset.metadata.record_sets:
    rows = [
        {name.split("/")[1]: text(value) for name, value in row.items()}
        for row in dataset.records(records.id)
    ]
    found[records.id] = sorted(sorted(row.items()) for row in rows)
print(json.dumps({"errors": sorted(map(str, issues.errors)),
                  "warnings": sorted(map(str, issues.warnings)), "records": found}))
"""


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
    return found


def test_all_are_derived_from_the_descriptor() -> None:
    assert read("dataset.jsonld") == metadata.schema_org(DESCRIPTOR)
    assert read("croissant.json") == metadata.croissant(DESCRIPTOR)
    assert read("csv-metadata.json") == metadata.csvw(DESCRIPTOR)
    assert render.GENERATED[-1] == "schemas"


def test_schema_org_says_what_the_descriptor_says() -> None:
    node = metadata.schema_org(DESCRIPTOR)
    assert (node["@context"]["@vocab"], node["@type"]) == ("https://schema.org/", "Dataset")
    assert node["identifier"] == DESCRIPTOR["id"]
    assert node["version"] == DESCRIPTOR["version"]
    # Search engines require at least 50 characters and read at most 5000.
    assert 50 <= len(node["description"]) <= 5000
    assert node["license"] == DESCRIPTOR["licenses"][0]["path"]
    named = {entry["name"] for entry in node["variableMeasured"]}
    assert named == {
        f"{table}.{field['name']}" for table in store.tables() for field in store.fields(table)
    }


def test_every_file_is_where_the_address_leads() -> None:
    for node in (metadata.schema_org(DESCRIPTOR), metadata.croissant(DESCRIPTOR)):
        paths = [
            (ROOT / "schemas" / entry["contentUrl"]).resolve() for entry in node["distribution"]
        ]
        assert {path.relative_to(ROOT.resolve()).as_posix() for path in paths} == {
            entry["path"] for entry in DESCRIPTOR["resources"]
        }
        assert all(path.is_file() for path in paths)


def test_schema_org_is_read_without_the_network() -> None:
    graph = rdflib.Graph().parse(ROOT / "schemas" / "dataset.jsonld")
    (dataset,) = graph.subjects(rdflib.RDF.type, SCHEMA.Dataset)
    assert graph.value(dataset, SCHEMA.identifier) == rdflib.Literal(DESCRIPTOR["id"])
    assert graph.value(dataset, SCHEMA.license) == rdflib.URIRef(DESCRIPTOR["licenses"][0]["path"])
    addresses = set(graph.objects(None, SCHEMA.contentUrl))
    assert {Path(str(address).removeprefix("file://")) for address in addresses} == {
        (ROOT / entry["path"]).resolve() for entry in DESCRIPTOR["resources"]
    }


def test_croissant_has_what_the_standard_requires() -> None:
    """Check the list of the specification itself, because mlcroissant checks only a part of it."""
    node = metadata.croissant(DESCRIPTOR)
    required = ["@context", "@type", "conformsTo", "name", "description", "license", "url"]
    required += ["creator", "datePublished"]
    assert [name for name in required if not node.get(name)] == []
    for entry in node["distribution"]:
        names = ("@id", "name", "contentUrl", "encodingFormat", "sha256")
        assert [name for name in names if not entry.get(name)] == []


@pytest.mark.filterwarnings("ignore:Field name:UserWarning")
def test_catalogues_get_what_they_need() -> None:
    """Convert the descriptor with dplib to DCAT, Zenodo and DataCite."""
    from dplib.models.package.package import Package
    from dplib.plugins.datacite.models import DatacitePackage
    from dplib.plugins.dcat.models import DcatPackage
    from dplib.plugins.zenodo.models import ZenodoPackage

    package = Package.from_path(str(ROOT / "datapackage.json"))
    graph = rdflib.Graph().parse(data=DcatPackage.from_dp(package).to_text(format="turtle"))
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    assert list(graph.subjects(rdflib.RDF.type, dcat.Dataset)) == [rdflib.URIRef(DESCRIPTOR["id"])]
    paths = {entry["path"] for entry in DESCRIPTOR["resources"]}
    assert set(map(str, graph.objects(None, dcat.downloadURL))) == paths
    zenodo = ZenodoPackage.from_dp(package)
    assert {entry.key for entry in zenodo.files.entries.values()} == {
        Path(path).name for path in paths
    }
    assert zenodo.metadata.title == DESCRIPTOR["title"]
    datacite = DatacitePackage.from_dp(package)
    assert [title.title for title in datacite.titles] == [DESCRIPTOR["title"]]
    assert [one.name for one in datacite.creators] == [DESCRIPTOR["contributors"][0]["title"]]


def test_csvw_reads_every_cell() -> None:
    path = str(ROOT / "schemas" / "csv-metadata.json")
    described = csvw.CSVW(path, validate=True, strict=False)
    assert described.is_valid, described.warnings
    group = csvw.TableGroup.from_file(path)
    assert [Path(str(table.url)).stem for table in group.tables] == store.tables()
    for table in group.tables:
        name = Path(str(table.url)).stem
        rows = [
            {
                key: cell.date() if isinstance(cell, dt.datetime) else cell
                for key, cell in row.items()
            }
            for row in table
        ]
        assert rows == load.rows(name)
    converted = described.to_json()
    assert [len(table["row"]) for table in converted["tables"]] == [
        len(load.rows(name)) for name in store.tables()
    ]


def test_csvw_finds_what_is_wrong(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copytree(ROOT / "data" / "processed", tmp_path / "data" / "processed")
    path = tmp_path / "data" / "processed" / "editions.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("amcc-03,3,2018", "amcc-03,3,1066"), encoding="utf-8")
    group = csvw.TableGroup.from_file(str(tmp_path / "schemas" / "csv-metadata.json"))
    with pytest.raises(ValueError, match="must be >= 2016"):
        list(group.tables[0])


def test_croissant_has_every_column_and_every_foreign_key() -> None:
    node = metadata.croissant(DESCRIPTOR)
    files = {entry["@id"] for entry in node["distribution"]}
    records = {entry["@id"]: entry for entry in node["recordSet"]}
    assert list(records) == store.tables()
    for table, entry in records.items():
        assert [field["name"] for field in entry["field"]] == [
            field["name"] for field in store.fields(table)
        ]
        linked = {
            field["name"]: field["references"]["fileObject"]["@id"]
            for field in entry["field"]
            if "references" in field
        }
        assert set(linked.values()) <= files
        schema = next(each for each in DESCRIPTOR["resources"] if each["name"] == table)["schema"]
        keys = {
            key["fields"][0]: f"{key['reference'].get('resource', table)}.csv"
            for key in schema.get("foreignKeys", [])
        }
        assert linked == keys


def test_no_two_things_in_croissant_have_the_same_name() -> None:
    node = metadata.croissant(DESCRIPTOR)
    names = [entry["@id"] for entry in (*node["distribution"], *node["recordSet"])]
    names += [field["@id"] for entry in node["recordSet"] for field in entry["field"]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", formats.COPIED)
def test_mlcroissant_loads_every_record(kind: str, tmp_path: Path) -> None:
    """Run mlcroissant (330 MB) with this Python, or with the one that CROISSANT_PYTHON names."""
    python = os.environ.get("CROISSANT_PYTHON") or sys.executable
    if python == sys.executable and find_spec("mlcroissant") is None:
        pytest.skip('mlcroissant is missing; pip install "amcc-dataset[croissant]"')
    formats.export(tmp_path, [kind])
    done = subprocess.run(
        [python, "-c", READ_BACK, str(tmp_path / "schemas" / "croissant.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["errors"] == []
    assert found["warnings"] == []
    assert set(found["records"]) == set(store.tables())
    for table, rows in found["records"].items():
        expected = sorted(
            sorted((name, "" if value is None else str(value)) for name, value in row.items())
            for row in load.rows(table)
        )
        assert [[tuple(cell) for cell in row] for row in rows] == expected, table
