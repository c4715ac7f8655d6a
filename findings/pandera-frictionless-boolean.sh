#!/usr/bin/env bash
# Guess:   pandera's from_frictionless_schema lets the cells of a boolean field be empty, as the Table Schema does.
# Happens: the column may be null by name, but it is coerced to plain bool first: an empty cell that pandas'
#          read_csv made NaN becomes True. An integer field with a gap raises instead.
# Seen:    2026-11-27, pandera 0.35.0 (pandera.io.pandas_io), frictionless 4.40.8 that its extra pins, pandas 3.1.1.
# Matters: "not known" turns into "yes" in the very frame that the validator hands back as good.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install 'pandera[pandas]==0.35.0' frictionless==4.40.8 pandas==3.1.1
printf 'name,member,age\nAnn,true,40\nBob,,41\nCy,false,42\n' > people.csv
printf 'name,member,age\nAnn,true,\nCy,false,42\n' > gap.csv
env/bin/python -W ignore - <<'PY'
import pandas as pd
from pandera.errors import SchemaErrors
from pandera.io.pandas_io import from_frictionless_schema

schema = from_frictionless_schema({"fields": [
    {"name": "name", "type": "string"}, {"name": "member", "type": "boolean"}, {"name": "age", "type": "integer"}]})
assert all(column.nullable for column in schema.columns.values())
people = pd.read_csv("people.csv")
assert people["member"].isna().tolist() == [False, True, False]
assert schema.validate(people)["member"].tolist() == [True, True, False]
try:
    schema.validate(pd.read_csv("gap.csv"), lazy=True)
except SchemaErrors as error:
    assert "int64" in str(error)
else:
    raise SystemExit("an integer with a gap passes now")
PY
echo "as described: an empty boolean cell is True after pandera's Table Schema"
