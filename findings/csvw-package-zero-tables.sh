#!/usr/bin/env bash
# Guess:   csvw turns a Data Package that lists one CSV with a schema into a table group of one table.
# Happens: zero tables and no word, unless the resource also says "scheme": "file" and "format": "csv",
#          two properties the standard leaves out of most descriptors (format only repeats the file's ending).
# Seen:    2026-11-27, csvw 4.1.1.
# Matters: a conversion to CSVW that looks done holds no columns, no keys and no types.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install csvw==4.1.1
env/bin/python -W error - <<'PY'
import json
from csvw import TableGroup

def tables(**more):
    resource = {"name": "places", "path": "places.csv",
                "schema": {"fields": [{"name": "id", "type": "integer"}]}, **more}
    package = json.dumps({"name": "demo", "resources": [resource]})
    return len(TableGroup.from_frictionless_datapackage(package).tables)

assert tables() == 0
assert tables(format="csv") == 0
assert tables(scheme="file") == 0
assert tables(scheme="file", format="csv") == 1
PY
echo "as described: csvw converts a package to zero tables without scheme and format"
