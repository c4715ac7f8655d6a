"""The sizes that a Parquet file declares are checked before it is unpacked."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from amcc_dataset.disk import parquet
from amcc_dataset.disk.parquet import OtherColumnsError, parse_parquet
from amcc_dataset.disk.parsing import MAX_ROWS, MalformedError

COLUMNS: dict[str, pa.DataType] = {
    "id": pa.string(),
    "number": pa.int64(),
    "day": pa.date32(),
}
SCHEMA = pa.schema(COLUMNS)


def written(path: Path, ids: list[str | None], schema: pa.Schema = SCHEMA) -> Path:
    table = pa.table({"id": ids, "number": [None] * len(ids), "day": [None] * len(ids)}, schema)
    pq.write_table(table, path, compression="zstd")
    return path


def test_rows_are_read_in_their_order(tmp_path: Path) -> None:
    ids = [f"row {number}" for number in range(2_500)] + [None]
    rows = list(parse_parquet(written(tmp_path / "a.parquet", ids), SCHEMA))
    assert [row["id"] for row in rows] == ids
    assert rows[0] == {"id": "row 0", "number": None, "day": None}
    assert list(parse_parquet(written(tmp_path / "b.parquet", []), SCHEMA)) == []


@pytest.mark.parametrize(
    ("ids", "answer"),
    [
        (["x"] * (MAX_ROWS + 1), "has more than 50000 rows"),
        (["x" * 20_000] * 2_000, "has a text of more than 10000 bytes"),
        ([f"{number}" + "x" * 9_000 for number in range(9_000)], "when it is unpacked"),
    ],
    ids=["rows", "one long text", "many long texts"],
)
def test_a_small_file_that_is_large(ids: list[str | None], answer: str, tmp_path: Path) -> None:
    file = written(tmp_path / "a.parquet", ids)
    assert file.stat().st_size < 500_000
    with pytest.raises(MalformedError, match=answer):
        list(parse_parquet(file, SCHEMA))


def test_another_schema_is_reported_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "a.parquet", ["x"])
    monkeypatch.setattr(parquet, "_judge", None)
    with pytest.raises(OtherColumnsError):
        list(parse_parquet(file, SCHEMA.remove(2)))


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1"])
def test_what_is_not_parquet(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    with pytest.raises(MalformedError, match="is not Parquet"):
        list(parse_parquet(tmp_path / "a.parquet", SCHEMA))
