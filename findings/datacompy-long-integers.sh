#!/usr/bin/env bash
# Guess:   with tolerance 0, the default, two tables match only if every integer is the same.
# Happens: datacompy compares integers as floats: 1234567890123456789 and 1234567890123456788 are equal, matches() is
#          True and the report counts no unequal row, for pandas and polars alike. pandas and polars themselves find
#          the difference.
# Seen:    2026-11-28, datacompy 1.1.0 with pandas 3.0.6, polars 1.44.2.
# Matters: the check that a new release changed nothing passes when long identifiers were damaged on the way.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install datacompy==1.1.0 pandas==3.0.6 numpy==2.4.6 polars==1.44.2 pyarrow==26.0.1
env/bin/python -W ignore - <<'PY'
import datacompy, pandas as pd, polars as pl

old = {"site": ["A", "B"], "record": [1234567890123456789, 7]}
new = {"site": ["A", "B"], "record": [1234567890123456788, 7]}
for frame, compare in (pd.DataFrame, datacompy.PandasCompare), (pl.DataFrame, datacompy.PolarsCompare):
    assert not frame(old).equals(frame(new))
    result = compare(frame(old), frame(new), join_columns=["site"])
    assert result.matches() and result.count_matching_rows() == 2
    assert not compare(frame(old), frame({**new, "record": [8, 7]}), join_columns=["site"]).matches()
PY
echo "as described: datacompy finds no difference between two long integers"
