#!/usr/bin/env bash
# Guess:   polars keeps the order of an ordered category that Arrow, Parquet or pandas hands it, as it writes
#          its own Enum to Parquet as an ordered dictionary.
# Happens: the order is gone without a word: an ordered dictionary becomes Categorical, which sorts
#          and compares by the alphabet, so that "high" < "low" < "mid".
# Seen:    2026-11-27, polars 2.1.0, pyarrow 26.0.1, pandas 3.1.1.
# Matters: a scale shipped as an ordered category gives wrong maxima and wrong filters; cast to Enum after reading.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install polars==2.1.0 pyarrow==26.0.1 pandas==3.1.1
env/bin/python - <<'PY'
import pandas as pd
import polars as pl
import pyarrow.parquet as pq

scale = ["low", "mid", "high"]
frame = pd.DataFrame({"grade": pd.Categorical(["low", "high", "mid"], scale, ordered=True)})
assert frame["grade"].max() == "high"
frame.to_parquet("pandas.parquet")
assert pq.read_schema("pandas.parquet").field("grade").type.ordered
for column in (pl.read_parquet("pandas.parquet")["grade"], pl.from_pandas(frame)["grade"],
               pl.from_arrow(pq.read_table("pandas.parquet"))["grade"]):
    assert column.dtype == pl.Categorical
    assert column.sort().to_list() == ["high", "low", "mid"], column.sort().to_list()
    assert (column > "low").to_list() == [False, False, True]

pl.Series("grade", ["low", "high"], dtype=pl.Enum(scale)).to_frame().write_parquet("enum.parquet")
assert pq.read_schema("enum.parquet").field("grade").type.ordered
PY
echo "as described: polars reads an ordered category in the order of the alphabet"
