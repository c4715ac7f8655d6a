#!/usr/bin/env bash
# Guess:   a Parquet file that pandas wrote with its pyarrow engine reads back alike with its fastparquet engine.
# Happens: a date column comes back as an object column of integers, nanoseconds since 1970, without an error.
#          The file says date32; the pandas block in its footer says "object", and fastparquet trusts the block.
# Seen:    2026-11-27, pandas 3.1.1, pyarrow 26.0.1, fastparquet 2026.9.0.
# Matters: days written from Python date objects reach some readers as 19-digit numbers. The same table
#          written without the pandas block reads as datetime64, so leave the block out of shipped files.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install pandas==3.1.1 pyarrow==26.0.1 fastparquet==2026.9.0
env/bin/python -W ignore - <<'PY'
import datetime as dt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

days = [dt.date(2019, 10, 2), None, dt.date(1970, 1, 2)]
pd.DataFrame({"day": days}).to_parquet("pandas.parquet", engine="pyarrow")
assert pq.read_schema("pandas.parquet").field("day").type == pa.date32()
got = pd.read_parquet("pandas.parquet", engine="fastparquet")["day"].tolist()
assert got == [1569974400000000000, None, 86400000000000], got

pq.write_table(pa.table({"day": pa.array(days, pa.date32())}), "plain.parquet")
plain = pd.read_parquet("plain.parquet", engine="fastparquet")["day"]
assert str(plain.dtype).startswith("datetime64"), plain.dtype
PY
echo "as described: fastparquet gives pandas' own date column as integers"
