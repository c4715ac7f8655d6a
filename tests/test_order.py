"""The same comparison on a scale gives the same rows in every format and every engine."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

import amcc_dataset as amcc
from amcc_dataset.export.formats import export


@dataclass(frozen=True)
class Scale:
    """A question on a scale: which rows have this code or a later one."""

    table: str
    column: str
    code: str

    @property
    def rank(self) -> str:
        """Name of the column with the places."""
        return f"{self.column}_rank"

    @property
    def place(self) -> int:
        """The place of the code on the scale, as in the table of codes."""
        (code,) = [
            row
            for row in amcc.rows("codes")
            if (row["vocabulary"], row["code"]) == (self.column, self.code)
        ]
        return int(code["ordinal"])

    @property
    def query(self) -> str:
        """The question in SQL."""
        return f"""
            select id from {self.table} where {self.rank} >=
            (select ordinal from codes where vocabulary = '{self.column}' and code = '{self.code}')
        """


AGREED = Scale("outcomes", "act", "agreed")
SCALES = [AGREED, Scale("participants", "level", "senior_official")]


def by_pandas(scale: Scale, folder: Path) -> list[str]:
    frame = getattr(amcc, f"load_{scale.table}")()
    return list(frame[frame[scale.column] >= scale.code]["id"])


def by_row_objects(scale: Scale, folder: Path) -> list[str]:
    rows = [row.model_dump() for row in amcc.records(scale.table)]
    return [row["id"] for row in rows if (code := row[scale.column]) and code >= scale.code]


def by_polars(scale: Scale, folder: Path) -> list[str]:
    frame = pl.read_parquet(amcc.path(scale.table, "parquet"))
    return frame.filter(pl.col(scale.rank) >= scale.place)["id"].to_list()


def by_polars_csv(scale: Scale, folder: Path) -> list[str]:
    frame = pl.read_csv(amcc.path(scale.table))
    return frame.filter(pl.col(scale.rank) >= scale.place)["id"].to_list()


def by_duckdb(scale: Scale, folder: Path) -> list[str]:
    with duckdb.connect(str(next(folder.glob("*.duckdb"))), read_only=True) as connection:
        return [row[0] for row in connection.execute(scale.query).fetchall()]


def by_sqlite(scale: Scale, folder: Path) -> list[str]:
    connection = sqlite3.connect(next(folder.glob("*.sqlite")))
    found = [row[0] for row in connection.execute(scale.query)]
    connection.close()
    return found


def by_workbook(scale: Scale, folder: Path) -> list[str]:
    head, *rows = openpyxl.load_workbook(next(folder.glob("*.xlsx")))[scale.table].values
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    ranks = [(str(row["id"]), row[scale.rank]) for row in cells]
    return [row_id for row_id, rank in ranks if isinstance(rank, int) and rank >= scale.place]


def by_spark(scale: Scale, folder: Path) -> list[str]:
    if not (find_spec("pyspark") and shutil.which("java")):
        pytest.skip("Spark is missing: install the extra spark, and Java 17 or later")
    spark = import_module("pyspark.sql").SparkSession.builder.master("local[1]").getOrCreate()
    for table in (scale.table, "codes"):
        spark.read.parquet(amcc.path(table, "parquet")).createOrReplaceTempView(table)
    return [row["id"] for row in spark.sql(scale.query).collect()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("order")
    export(made, ["sqlite", "duckdb", "xlsx"])
    return made


EACH = [
    by_pandas,
    by_row_objects,
    by_polars,
    by_polars_csv,
    by_duckdb,
    by_sqlite,
    by_workbook,
    by_spark,
]


@pytest.mark.parametrize("scale", SCALES, ids=[scale.column for scale in SCALES])
@pytest.mark.parametrize("ask", EACH)
def test_every_format_gives_the_same_rows(
    ask: Callable[[Scale, Path], list[str]], scale: Scale, folder: Path
) -> None:
    rows = amcc.rows(scale.table)
    expected = [row["id"] for row in rows if (row[scale.rank] or 0) >= scale.place]
    assert 0 < len(expected) < len(rows) / 2
    assert sorted(ask(scale, folder)) == sorted(expected)


def test_every_rank_is_the_last_column_of_its_table() -> None:
    for scale in SCALES:
        assert list(amcc.rows(scale.table)[0])[-1] == scale.rank


def test_the_recipes_show_the_number_of_rows() -> None:
    count = sum(row["act_rank"] >= AGREED.place for row in amcc.rows("outcomes"))
    pages = Path(__file__).parents[1] / "docs" / "recipes"
    for name in ("pandas", "polars", "duckdb", "sql", "spark", "r", "excel", "spreadsheet"):
        text = (pages / f"{name}.md").read_text(encoding="utf-8")
        question = text.index("Which outcomes were at least")
        assert re.search(rf"(?<![0-9]){count}(?![0-9])", text[question:]), name
        assert "act_rank" in text
    for name in ("excel", "spreadsheet"):
        text = (pages / f"{name}.md").read_text(encoding="utf-8")
        (rank,) = re.findall(r"(?:than or equal to\*|at least) ([0-9]+), the `ordinal` of", text)
        assert int(rank) == AGREED.place
