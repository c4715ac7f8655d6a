#!/usr/bin/env bash
# Guess:   a descriptor that satisfies the official Data Package 2.0 profile also loads in frictionless, and the
#          other way round.
# Happens: no value of fieldsMatch satisfies both. The profile, here the copy in dplib-py, wants an array,
#          the tool (like the text of the standard) a string.
# Seen:    2026-11-27, frictionless 5.21.0, dplib-py 1.1.0, jsonschema 4.26.0.
# Matters: who checks a package with both has to leave the property out and keep to its default.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install frictionless==5.21.0 dplib-py==1.1.0 jsonschema==4.26.0
printf 'n\n1\n' > numbers.csv
env/bin/python -W ignore - <<'PY'
import json
from importlib.resources import files
from frictionless import FrictionlessException, Package
from jsonschema import Draft7Validator

profile = Draft7Validator(json.loads((files("dplib") / "profiles/2.0/datapackage.json").read_text()))

def verdicts(**schema):
    schema["fields"] = [{"name": "n", "type": "integer"}]
    package = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "demo",
               "resources": [{"name": "numbers", "type": "table", "path": "numbers.csv", "schema": schema}]}
    try:
        tool = Package.from_descriptor(package).validate().valid
    except FrictionlessException as error:
        assert "fieldsMatch" in str(error), error
        tool = False
    return profile.is_valid(package), tool

assert verdicts() == (True, True)
assert verdicts(fieldsMatch="exact") == (False, True)
assert verdicts(fieldsMatch=["exact"]) == (True, False)
PY
echo "as described: no fieldsMatch pleases both the 2.0 profile and frictionless"
