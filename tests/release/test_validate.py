"""What the validation of a release tree reports, fault by fault."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sample

from amcc_dataset import __version__
from amcc_dataset.curation.compile import compile_tables
from amcc_dataset.release import render
from amcc_dataset.release.validate import validate

EDITIONS = "data/processed/editions.parquet"


@pytest.fixture
def place(tmp_path: Path) -> sample.Place:
    """Return a small checkout with its tree."""
    return sample.Place.make(tmp_path)


def reported(place: sample.Place) -> list[str]:
    return list(map(str, validate(place.root).findings))


def descriptor(place: sample.Place, change: Callable[[dict[str, Any]], object]) -> None:
    package = json.loads((place.root / "datapackage.json").read_bytes())
    change(package)
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    place.put("datapackage.json", text.encode())


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another title": (lambda d: d.update(title="X"), "file made from the tables, at title"),
    "another licence": (
        lambda d: d["licenses"][0].update(name="MIT"),
        "file made from the tables, at licenses.0.name",
    ),
    "a weaker schema": (
        lambda d: d["resources"][0]["schema"]["fields"][0].pop("constraints"),
        "file made from the tables, at resources.0.schema.fields.0",
    ),
    "a number instead of a truth value": (
        lambda d: d["resources"][0]["dialect"].update(header=1),
        "file made from the tables, at resources.0.dialect.header",
    ),
    "another version": (
        lambda d: d.update(version="99.0.0"),
        f"has version 99.0.0, but this is amcc-dataset {__version__}",
    ),
    "a missing table": (lambda d: d["resources"].pop(0), "describes no csv file of editions"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_descriptor_is_reported(place: sample.Place, change: str) -> None:
    function, expected = CHANGES[change]
    descriptor(place, function)
    assert any(expected in line for line in reported(place)), reported(place)


def test_a_descriptor_in_another_notation_is_reported(place: sample.Place) -> None:
    package = json.loads((place.root / "datapackage.json").read_bytes())
    place.put("datapackage.json", json.dumps(package).encode())
    (line,) = reported(place)
    assert line.startswith("datapackage.json: differs from the file made from the tables -> ")


def test_changed_missing_and_surplus_files_are_reported(place: sample.Place) -> None:
    place.put("schemas/editions.schema.json", b"{}")
    (place.root / "schemas/dictionary.md").unlink()
    place.put("data/processed/notes.txt", b"")
    lines = "\n".join(reported(place))
    assert "schemas/editions.schema.json: differs from the file made from the tables" in lines
    assert "schemas/dictionary.md: cannot be read" in lines
    assert "data/processed/notes.txt: is not a file of the release" in lines


OTHER = pa.__version__[:-1] + ("0" if pa.__version__[-1] != "0" else "1")
"""A version of pyarrow that is as long as the installed one."""


def described_again(place: sample.Place) -> None:
    """Make the descriptor again from the files, and all files that follow from it."""
    data = {
        path: (place.root / path).read_bytes() for path in place.tree if path.startswith("data")
    }
    for path, content in render.describe(compile_tables(place.root), data).items():
        place.put(path, content)


def rewritten(
    place: sample.Place, change: Callable[[pa.Table], pa.Table], version: str = pa.__version__
) -> None:
    """Write a table again with a change, and with this version of pyarrow as its writer."""
    sink = pa.BufferOutputStream()
    pq.write_table(change(pq.read_table(str(place.root / EDITIONS))), sink)
    content = sink.getvalue().to_pybytes().replace(pa.__version__.encode(), version.encode())
    place.put(EDITIONS, content)
    described_again(place)


def written_by(place: sample.Place, version: str, only: str = "") -> None:
    """Change the version of pyarrow that Parquet files name as their writer."""
    for path, content in place.tree.items():
        if path.endswith(f"{only}.parquet"):
            place.put(path, content.replace(pa.__version__.encode(), version.encode()))
    described_again(place)


def test_a_release_of_another_version_of_pyarrow_is_valid(place: sample.Place) -> None:
    written_by(place, OTHER)
    assert reported(place) == []


def test_one_version_of_pyarrow_wrote_all_files(place: sample.Place) -> None:
    written_by(place, OTHER, "codes")
    (line,) = reported(place)
    assert "codes.parquet: was written by" in line


def described(table: pa.Table) -> pa.Table:
    field = table.schema.field("city").with_metadata({"description": "Something else."})
    return table.set_column(5, field, table.column("city"))


def another_city(table: pa.Table) -> pa.Table:
    return table.set_column(5, table.schema.field("city"), pa.array(["Malacca"]))


DIFFERENCES: dict[str, Callable[[pa.Table], pa.Table]] = {
    "another value": another_city,
    "no row": lambda table: table.slice(0, 0),
    "no metadata": lambda table: table.replace_schema_metadata({}),
    "another description": described,
}


@pytest.mark.parametrize("version", [pa.__version__, OTHER])
@pytest.mark.parametrize("difference", DIFFERENCES)
def test_any_difference_between_parquet_and_csv_is_reported(
    place: sample.Place, difference: str, version: str
) -> None:
    written_by(place, version)
    rewritten(place, DIFFERENCES[difference], version)
    assert any("editions.parquet" in line for line in reported(place))


def test_false_statistics_of_another_version_are_reported(place: sample.Place) -> None:
    written_by(place, OTHER)
    content = (place.root / EDITIONS).read_bytes()
    day = (dt.date(2016, 10, 11) - dt.date(1970, 1, 1)).days.to_bytes(4, "little")
    before, found, after = content.rpartition(day)
    assert found
    place.put(EDITIONS, before + b"\x01\x00\x00\x00" + after)
    described_again(place)
    assert any("counts or statistics" in line for line in reported(place))


def test_the_bytes_are_compared_if_the_same_version_wrote_them(place: sample.Place) -> None:
    rewritten(place, lambda table: table)
    assert any(
        "differs from the file made from the CSV file of the same table" in line
        for line in reported(place)
    )


def test_a_file_full_of_faults_is_not_read_to_its_end(place: sample.Place) -> None:
    header = place.tree["data/processed/codes.csv"].splitlines(keepends=True)[0]
    place.release("data/processed/codes.csv", header + b"x\n" * 100_000)
    lines = reported(place)
    assert len(lines) < 200
    assert any("has more problems" in line for line in lines)
