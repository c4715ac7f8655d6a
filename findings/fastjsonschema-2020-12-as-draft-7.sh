#!/usr/bin/env bash
# Guess:   a validator that does not know the draft named by $schema says so.
# Happens: fastjsonschema reads a 2020-12 schema by the rules of draft-07 and is silent: dependentRequired, prefixItems,
#          minContains, unevaluatedProperties and whatever stands beside a $ref are skipped, so that wrong rows pass;
#          and "items": false after prefixItems refuses every right one.
# Seen:    2026-11-27, fastjsonschema 2.22.3, jsonschema 4.26.0.
# Matters: the fast check and the careful one read one file and disagree both ways.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install fastjsonschema==2.22.3 jsonschema==4.26.0
env/bin/python -W error - <<'PY'
import fastjsonschema
from jsonschema import Draft202012Validator

def verdicts(value, **schema):
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    try:
        fastjsonschema.validate(schema, value)
        fast = True
    except fastjsonschema.JsonSchemaValueException:
        fast = False
    return fast, Draft202012Validator(schema).is_valid(value)

for wrong in (
    verdicts({"time": "12:00"}, dependentRequired={"time": ["day"]}),
    verdicts([1, "a"], prefixItems=[{"type": "string"}]),
    verdicts([1], contains={"const": 1}, minContains=2),
    verdicts({"label": "a"}, properties={"name": {}}, unevaluatedProperties=False),
    verdicts({"code": "abc"}, properties={"code": {"$ref": "#/$defs/text", "maxLength": 2}},
             **{"$defs": {"text": {"type": "string"}}}),
):
    assert wrong == (True, False)
assert verdicts([1, "a"], prefixItems=[{"type": "integer"}, {"type": "string"}], items=False) == (False, True)
PY
echo "as described: fastjsonschema reads a 2020-12 schema as draft-07 and is silent"
