"""The same comparison on a scale gives the same rows in every format and every engine."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

import amcc_dataset as amcc
from amcc_dataset.export.formats import export

QUERY = """
    select id from outcomes
    where act_rank >= (select ordinal from codes where vocabulary = 'act' and code = 'agreed')
"""


def agreed() -> int:
    """Return the place of *agreed* on the scale, as in the table of codes."""
    (code,) = [
        row for row in amcc.rows("codes") if (row["vocabulary"], row["code"]) == ("act", "agreed")
    ]
    return int(code["ordinal"])


def by_pandas(folder: Path) -> list[str]:
    outcomes = amcc.load_outcomes()
    return list(outcomes[outcomes["act"] >= "agreed"]["id"])


def by_polars(folder: Path) -> list[str]:
    outcomes = pl.read_parquet(amcc.path("outcomes", "parquet"))
    return outcomes.filter(pl.col("act_rank") >= agreed())["id"].to_list()


def by_polars_csv(folder: Path) -> list[str]:
    outcomes = pl.read_csv(amcc.path("outcomes"))
    return outcomes.filter(pl.col("act_rank") >= agreed())["id"].to_list()


def by_duckdb(folder: Path) -> list[str]:
    with duckdb.connect(str(next(folder.glob("*.duckdb"))), read_only=True) as connection:
        return [row[0] for row in connection.execute(QUERY).fetchall()]


def by_sqlite(folder: Path) -> list[str]:
    connection = sqlite3.connect(next(folder.glob("*.sqlite")))
    found = [row[0] for row in connection.execute(QUERY)]
    connection.close()
    return found


def by_workbook(folder: Path) -> list[str]:
    head, *rows = openpyxl.load_workbook(next(folder.glob("*.xlsx")))["outcomes"].values
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    return [
        str(row["id"])
        for row in cells
        if isinstance(row["act_rank"], int) and row["act_rank"] >= agreed()
    ]


def by_spark(folder: Path) -> list[str]:
    if not (find_spec("pyspark") and shutil.which("java")):
        pytest.skip("Spark is missing: install the extra spark, and Java 17 or later")
    spark = import_module("pyspark.sql").SparkSession.builder.master("local[1]").getOrCreate()
    for table in ("outcomes", "codes"):
        spark.read.parquet(amcc.path(table, "parquet")).createOrReplaceTempView(table)
    return [row["id"] for row in spark.sql(QUERY).collect()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("order")
    export(made, ["sqlite", "duckdb", "xlsx"])
    return made


@pytest.mark.parametrize(
    "ask", [by_pandas, by_polars, by_polars_csv, by_duckdb, by_sqlite, by_workbook, by_spark]
)
def test_every_format_gives_the_same_rows(ask: Callable[[Path], list[str]], folder: Path) -> None:
    expected = [row["id"] for row in amcc.rows("outcomes") if row["act_rank"] >= agreed()]
    assert sorted(ask(folder)) == sorted(expected)


def test_the_recipes_show_the_number_of_rows() -> None:
    count = sum(row["act_rank"] >= agreed() for row in amcc.rows("outcomes"))
    pages = Path(__file__).parents[1] / "docs" / "recipes"
    for name in ("pandas", "polars", "duckdb", "sql", "spark", "r", "excel", "spreadsheet"):
        text = (pages / f"{name}.md").read_text(encoding="utf-8")
        question = text.index("Which outcomes went as far")
        assert re.search(rf"(?<![0-9]){count}(?![0-9])", text[question:]), name
        assert "act_rank" in text
    for name in ("excel", "spreadsheet"):
        text = (pages / f"{name}.md").read_text(encoding="utf-8")
        (rank,) = re.findall(r"(?:than or equal to\*|at least) ([0-9]+), the `ordinal` of", text)
        assert int(rank) == agreed()
