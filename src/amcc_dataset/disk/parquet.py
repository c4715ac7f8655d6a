"""Read Parquet that anybody may have written: the sizes that it declares are checked first.

A file of a few kilobytes may repeat one long text a million times. So its footer is checked
before anything is unpacked, texts are read as a dictionary, and rows come a thousand at a time.
Not here: reading the bytes (files.py), and what the rows mean.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amcc_dataset.disk.parsing import MAX_CELLS, MAX_ROWS, MalformedError

if TYPE_CHECKING:
    import pyarrow as pa

MAX_UNPACKED = 64_000_000
"""Most bytes of all columns of a file after unpacking; ours have 500,000."""

MAX_TEXT = 10_000
"""Longest text of a cell in bytes; our longest has about a thousand."""

_BATCH = 1_000


class OtherColumnsError(MalformedError):
    """A file whose schema is not the expected one."""


def parse_parquet(path: Path, schema: "pa.Schema") -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file that has exactly this schema.

    Raises
    ------
    OtherColumnsError
        If it has another schema.
    MalformedError
        If it is damaged, or has more rows, cells or bytes than the limits allow.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(str(path))
        if not file.schema_arrow.equals(schema, check_metadata=True):
            raise OtherColumnsError("has other columns, types or descriptions than the schema")
        _judge(file.metadata)
        texts = [field.name for field in schema if pa.types.is_string(field.type)]
        for batch in pq.ParquetFile(str(path), read_dictionary=texts).iter_batches(_BATCH):
            yield from _rows(batch)
    except MalformedError:
        raise
    except (OSError, pa.ArrowException, ValueError) as error:
        reason = (str(error).splitlines() or ["damaged"])[0]
        raise MalformedError(f"is not Parquet: {reason}"[:300]) from None


def _judge(footer: "Any") -> None:
    if footer.num_rows > MAX_ROWS or footer.num_rows * footer.num_columns > MAX_CELLS:
        raise MalformedError(f"has more than {MAX_ROWS} rows or {MAX_CELLS} cells")
    unpacked = sum(
        footer.row_group(group).column(column).total_uncompressed_size
        for group in range(footer.num_row_groups)
        for column in range(footer.num_columns)
    )
    if unpacked > MAX_UNPACKED:
        raise MalformedError(f"has more than {MAX_UNPACKED} bytes when it is unpacked")


def _rows(batch: "pa.RecordBatch") -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    for column in batch.columns:
        if isinstance(column, pa.DictionaryArray):
            lengths = pc.call_function("binary_length", [column.dictionary])
            if (pc.max(lengths).as_py() or 0) > MAX_TEXT:
                raise MalformedError(f"has a text of more than {MAX_TEXT} bytes")
    return batch.to_pylist()
