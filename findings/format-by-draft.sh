#!/usr/bin/env bash
# Guess:   "format": "date" is checked, or not, by a validator's options, the same for each version of JSON Schema.
# Happens: jsonschema-rs checks it under draft-07 and not under 2020-12, so that changing only $schema lets
#          2026-02-30 pass; python-jsonschema checks it under neither, fastjsonschema under both, and ajv will
#          not compile the schema at all without a plug-in.
# Seen:    2026-11-27, jsonschema-rs 0.61.0, jsonschema 4.26.0, fastjsonschema 2.22.3, ajv 8.20.0, all as they come.
# Matters: a schema's new version can loosen it without a line about dates; state a date by a pattern as well.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install jsonschema-rs==0.61.0 jsonschema==4.26.0 fastjsonschema==2.22.3
npm install --silent --no-audit --no-fund --prefix . ajv@8.20.0
env/bin/python - <<'PY'
import fastjsonschema, jsonschema, jsonschema_rs

def fast(schema, value):
    try:
        fastjsonschema.compile(schema)(value)
        return True
    except fastjsonschema.JsonSchemaValueException:
        return False

def verdicts(draft):
    schema = {"$schema": draft, "type": "string", "format": "date"}
    checker = jsonschema.validators.validator_for(schema)(schema)
    return [(jsonschema_rs.is_valid(schema, day), checker.is_valid(day), fast(schema, day))
            for day in ("2026-02-28", "2026-02-30")]

good = (True, True, True)
assert verdicts("http://json-schema.org/draft-07/schema#") == [good, (False, True, False)]
assert verdicts("https://json-schema.org/draft/2020-12/schema") == [good, (True, True, False)]
PY
node -e '
try { new (require("ajv"))().compile({ type: "string", format: "date" }); }
catch (error) { process.exit(/unknown format "date"/.test(error.message) ? 0 : 1); }
process.exit(1);'
echo "as described: whether format: date is checked hangs on the draft and the validator"
