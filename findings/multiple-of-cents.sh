#!/usr/bin/env bash
# Guess:   with "multipleOf": 0.01 every validator accepts the price 19.99 and refuses 19.999.
# Happens: ajv and python-jsonschema refuse 19.99 (and 0.07 and 8.2), since they divide binary fractions; they accept
#          1.1. jsonschema-rs, fastjsonschema and pydantic accept all of these. All five refuse 19.999.
# Seen:    2026-11-28, ajv 8.20.0, jsonschema 4.26.0; jsonschema-rs 0.61.0, fastjsonschema 2.22.3, pydantic 2.14.4.
# Matters: a rule for prices in cents depends on the validator, and a valid file is refused.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install jsonschema==4.26.0 jsonschema-rs==0.61.0 fastjsonschema==2.22.3 pydantic==2.14.4
npm install --silent --no-audit --no-fund --prefix . ajv@8.20.0
cat > check.cjs <<'JS'
const { deepEqual } = require("node:assert");
const Ajv = require("ajv");
const check = new Ajv().compile({ type: "number", multipleOf: 0.01 });
deepEqual([19.99, 0.07, 8.2, 1.1, 19.999].map((price) => check(price)), [false, false, false, true, false]);
JS
node check.cjs
env/bin/python - <<'PY'
from typing import Annotated
import fastjsonschema, jsonschema, jsonschema_rs
from pydantic import Field, TypeAdapter
schema = {"$schema": "http://json-schema.org/draft-07/schema#", "type": "number", "multipleOf": 0.01}
def passes(check, price):
    try:
        check(price)
    except ValueError:
        return False
    return True
def verdicts(check):
    return [passes(check, price) for price in (19.99, 0.07, 8.2, 1.1, 19.999)]
def judge(price):
    if not jsonschema.Draft7Validator(schema).is_valid(price):
        raise ValueError(price)
assert verdicts(judge) == [False, False, False, True, False]
for check in (jsonschema_rs.validator_for(schema).validate, fastjsonschema.compile(schema),
              TypeAdapter(Annotated[float, Field(multiple_of=0.01)]).validate_python):
    assert verdicts(check) == [True, True, True, True, False], check
PY
echo "as described: 19.99 is a multiple of 0.01 for three validators of five"
