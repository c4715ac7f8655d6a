#!/usr/bin/env bash
# Guess:   a column that passes ExpectColumnValuesToBeOfType passes ExpectColumnValuesToBeInTypeList with that type.
# Happens: for dtypes of pandas itself the two disagree. A column of text (dtype str of pandas 3) is of type "str", but
#          not in ["str"]; a column Int64 is of type "int64", but in the list only as "Int64Dtype", and by neither of
#          type "Int64". NumPy's int64 passes both.
# Seen:    2026-11-28, great_expectations 1.24.1, pandas 3.1.1.
# Matters: since pandas 3 every text column has such a dtype, and a suite with type lists fails on correct data.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install great_expectations==1.24.1 pandas==3.1.1
GX_ANALYTICS_ENABLED=false env/bin/python -W ignore - 2> log.txt <<'PY' || { cat log.txt >&2; exit 1; }
import great_expectations as gx
import pandas as pd
from great_expectations.expectations import ExpectColumnValuesToBeInTypeList, ExpectColumnValuesToBeOfType
source = gx.get_context(mode="ephemeral").data_sources.add_pandas("frames")
frame = pd.DataFrame({"name": ["a", "b"], "gaps": pd.array([1, None], dtype="Int64"), "whole": [1, 2]})
batch = source.add_dataframe_asset("t").add_batch_definition_whole_dataframe("t").get_batch({"dataframe": frame})
def verdicts(column, kind):
    one = ExpectColumnValuesToBeOfType(column=column, type_=kind)
    other = ExpectColumnValuesToBeInTypeList(column=column, type_list=[kind])
    return [batch.validate(one).success, batch.validate(other).success]
assert verdicts("whole", "int64") == [True, True]
assert verdicts("name", "str") == [True, False]
assert verdicts("gaps", "int64") == [True, False]
assert verdicts("gaps", "Int64Dtype") == [False, True]
assert verdicts("gaps", "Int64") == [False, False]
PY
echo "as described: Great Expectations' two type checks disagree on text and on integers with gaps"
