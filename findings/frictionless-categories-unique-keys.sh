#!/usr/bin/env bash
# Guess:   frictionless checks the categories and uniqueKeys of a Table Schema 2.0, or says that it does not.
# Happens: it reads both and checks neither: a misspelt category and a row that is there twice are valid. What else is
#          new in 2.0 raises (exclusiveMinimum, lists), so silence looks like support; the older enum is checked.
# Seen:    2026-11-27, frictionless 5.18.1.
# Matters: "valid" by the usual tool says nothing on codes and doubles that were stated in the new words only.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install frictionless==5.18.1
printf 'place,level\nGhent,low\nGhent,hgih\nGhent,hgih\n' > rows.csv
env/bin/python -W ignore - <<'PY'
from frictionless import FrictionlessException, Resource, Schema

def valid(level, **more):
    fields = [{"name": "place", "type": "string"}, {"name": "level", "type": "string", **level}]
    schema = Schema.from_descriptor({"fields": fields, **more})
    return Resource(path="rows.csv", schema=schema).validate().valid

levels = ["low", "mid", "high"]
assert not valid({"constraints": {"enum": levels}})
assert valid({"categories": levels, "categoriesOrdered": True})
assert valid({}, uniqueKeys=[["place", "level"]])
assert not valid({}, primaryKey=["place", "level"])
try:
    Schema.from_descriptor({"fields": [{"name": "n", "type": "integer", "constraints": {"exclusiveMinimum": 1}}]})
except FrictionlessException:
    pass
else:
    raise SystemExit("exclusiveMinimum is known now")
PY
echo "as described: frictionless checks neither categories nor uniqueKeys"
