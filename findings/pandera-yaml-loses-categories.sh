#!/usr/bin/env bash
# Guess:   a pandera schema that was written to YAML or JSON and read back checks what it checked.
# Happens: of a CategoricalDtype only the word "category" is written, its values and its order are not: the schema that
#          is read back accepts a misspelt code that the original refuses. There is no warning.
# Seen:    2026-11-27, pandera 0.35.0, pandas 3.1.1, numpy 2.4.6, PyYAML 6.0.4.
# Matters: the schema file that goes with the data passes every code.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install 'pandera[pandas]==0.35.0' pandas==3.1.1 numpy==2.4.6 PyYAML==6.0.4
env/bin/python -W error - <<'PY'
from pathlib import Path
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

def passes(schema, *codes):
    try:
        schema.validate(pd.DataFrame({"level": codes}))
        return True
    except (SchemaError, SchemaErrors):
        return False

levels = pd.CategoricalDtype(["low", "mid", "high"], ordered=True)
schema = pa.DataFrameSchema({"level": pa.Column(levels, coerce=True)})
schema.to_yaml("schema.yaml")
schema.to_json("schema.json")
assert passes(schema, "low", "high") and not passes(schema, "low", "hihg")
for again in (pa.DataFrameSchema.from_yaml("schema.yaml"), pa.DataFrameSchema.from_json("schema.json")):
    assert passes(again, "low", "high") and passes(again, "low", "hihg")
for name in ("schema.yaml", "schema.json"):
    text = Path(name).read_text()
    assert "category" in text and "mid" not in text and "ordered: true" not in text
PY
echo "as described: a pandera schema in a file no longer knows its categories"
