#!/usr/bin/env bash
# Guess:   the pattern a|b of a Table Schema field, which must match the whole cell, allows a and b and nothing else.
# Happens: frictionless puts ^ and $ around it without a group, so that the end binds the last spelling only:
#          the cell "apple pie" is valid, "bad luck" is not. Written as (a|b) both are refused.
# Seen:    2026-11-27, frictionless 5.21.0.
# Matters: a published list of two spellings is not enforced where people check it, and nothing reports it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install frictionless==5.21.0
env/bin/python - <<'PY'
from frictionless import Resource

def valid(pattern, cell):
    field = {"name": "grade", "type": "string", "constraints": {"pattern": pattern}}
    return Resource.from_descriptor({"name": "t", "data": [["grade"], [cell]],
                                     "schema": {"fields": [field]}}).validate().valid

assert valid("a|b", "a") and valid("a|b", "b") and not valid("a|b", "c")
assert valid("a|b", "apple pie") and not valid("a|b", "bad luck")
assert not valid("(a|b)", "apple pie") and not valid("(a|b)", "bad luck")
PY
echo "as described: frictionless does not bind the end of a in a|b"
