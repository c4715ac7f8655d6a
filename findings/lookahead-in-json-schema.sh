#!/usr/bin/env bash
# Guess:   a pattern that is valid in JSON Schema can be used in pydantic, polars and DuckDB without a change.
# Happens: a lookahead, fine for ajv and python-jsonschema, is refused by the other three:
#          pydantic cannot even define the class, polars and DuckDB raise when the column is tested.
# Seen:    2026-11-27, ajv 8.20.0, jsonschema 4.26.0, pydantic 2.14.4, polars 2.1.0, duckdb 2.0.1.
# Matters: the standard's regular expressions are ECMA-262, the new engines are RE2 and Rust's regex; a schema
#          meant for all of them has to stay within what both know.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install jsonschema==4.26.0 pydantic==2.14.4 polars==2.1.0 duckdb==2.0.1
npm install --silent --no-audit --no-fund --prefix . ajv@8.20.0
node -e '
const check = new (require("ajv"))().compile({ type: "string", pattern: "^(?!draft-)[a-z-]+$" });
if (!check("final-one") || check("draft-one")) process.exit(1);'
env/bin/python - <<'PY'
from typing import Annotated
import duckdb, jsonschema, polars
from pydantic import BaseModel, StringConstraints
from pydantic_core import SchemaError

pattern = "^(?!draft-)[a-z-]+$"
check = jsonschema.Draft202012Validator({"pattern": pattern})
assert check.is_valid("final-one") and not check.is_valid("draft-one")

def refused(kind, run):
    try:
        run()
    except kind as error:
        assert "regex" in str(error).lower() or "perl operator" in str(error), error
        return True
    return False

def define():
    class Row(BaseModel):
        name: Annotated[str, StringConstraints(pattern=pattern)]

assert refused(SchemaError, define)
assert refused(polars.exceptions.ComputeError, lambda: polars.Series(["final-one"]).str.contains(pattern))
assert refused(duckdb.Error, lambda: duckdb.execute("select regexp_matches('final-one', ?)", [pattern]).fetchall())
PY
echo "as described: a lookahead passes ajv and jsonschema and stops pydantic, polars and DuckDB"
