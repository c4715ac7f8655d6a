"""The oldest DuckDB that the extra allows opens the DuckDB file, and DuckDB can export it."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest

from amcc_dataset.export import databases
from amcc_dataset.reading import load, store
from amcc_dataset.release import archive

ROOT = Path(__file__).parents[2]
ASK = """
import json, sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    ask = lambda query: connection.execute(query).fetchall()
    print(json.dumps({
        "version": duckdb.__version__,
        "ids": [row[0] for row in ask("select id from outcomes")],
        "views": sorted(row[0] for row in ask("select view_name from duckdb_views() where not internal")),
        "chair": ask("select chair from editions_named where number = 4")[0][0],
        "remarks": ask("select count(*) from duckdb_columns() where comment is not null")[0][0],
        "keys": ask("select count(*) from duckdb_constraints() "
                    "where constraint_type = 'FOREIGN KEY'")[0][0],
    }))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("duckdb") / "release.duckdb"
    path.write_bytes(databases.duckdb(archive.read(ROOT)))
    return path


def oldest() -> str:
    """Return the oldest version that the extra allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (requirement,) = project["optional-dependencies"]["duckdb"]
    found = re.fullmatch(r"duckdb>=(\d+\.\d+)", requirement)
    assert found is not None
    return f"{found[1]}.0"


def test_the_oldest_duckdb_opens_the_file(database: Path, tmp_path: Path) -> None:
    where = tmp_path / "old"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(where)]
    done = subprocess.run([*pip, f"duckdb=={oldest()}"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"DuckDB {oldest()} cannot be installed here: {done.stderr.decode()[-200:]}")
    found = []
    for path in (where, None):
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        environment |= {"PYTHONPATH": str(path)} if path else {}
        command = [sys.executable, "-c", ASK, str(database)]
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        found.append(json.loads(done.stdout))
    versions = [answers.pop("version") for answers in found]
    assert versions == [oldest(), duckdb.__version__]
    assert found[0] == found[1]
    assert found[0]["views"] == sorted(databases.VIEWS)
    assert found[0]["remarks"] == sum(len(store.fields(table)) for table in store.tables())


def test_rows_have_the_order_of_the_csv(database: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        for table in store.tables():
            found = connection.execute(f'SELECT id FROM "{table}"').fetchall()
            assert [row[0] for row in found] == [row["id"] for row in load.rows(table)], table


def test_the_file_can_be_exported_and_copied(database: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"EXPORT DATABASE '{tmp_path / 'exported'}' (FORMAT parquet)")
        connection.execute(f"ATTACH '{tmp_path / 'copy.duckdb'}' AS copy")
        # DuckDB 1 copies a row before the row of the same table that it points to, and fails.
        if not duckdb.__version__.startswith("1."):
            connection.execute("COPY FROM DATABASE release TO copy")
            for table in store.tables():
                found = connection.execute(f'SELECT count(*) FROM copy."{table}"')
                assert found.fetchone() == (len(load.rows(table)),)
    with duckdb.connect() as connection:
        connection.execute(f"IMPORT DATABASE '{tmp_path / 'exported'}'")
        assert connection.execute("SELECT count(*) FROM editions").fetchone() == (
            len(load.rows("editions")),
        )
