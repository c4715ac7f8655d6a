#!/usr/bin/env bash
# Guess:   Python code that quicktype makes of a JSON Schema gives back what it has read.
# Happens: "format": "date" and "time" both become datetime. The day 2019-10-02 is written as 2019-10-02T00:00:00, and
#          the time 10:30:00 gets today's date. Neither fits the schema that the code was made of.
# Seen:    2026-11-28, quicktype 26.0.0, jsonschema 4.26.0 with its format checker, python-dateutil 2.9.0.post0.
# Matters: a file that was only read and written is invalid afterwards, and one with times differs every day.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install jsonschema==4.26.0 python-dateutil==2.9.0.post0
npm install --silent --no-audit --no-fund --prefix . quicktype@26.0.0
cat > row.json <<'JSON'
{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "required": ["day"],
 "properties": {"day": {"type": "string", "format": "date"}, "opens": {"type": "string", "format": "time"}}}
JSON
node_modules/.bin/quicktype --src-lang schema --lang python --src row.json --out row.py
env/bin/python - <<'PY'
import datetime
import json
import jsonschema
import row
schema = json.load(open("row.json"))
valid = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER).is_valid
before = {"day": "2019-10-02", "opens": "10:30:00"}
days = [datetime.date.today()]
after = row.row_to_dict(row.row_from_dict(before))
days.append(datetime.date.today())
assert after["day"] == "2019-10-02T00:00:00", after
assert after["opens"] in [f"{day}T10:30:00" for day in days], after
assert valid({"day": before["day"]}) and not valid({"day": after["day"]})
PY
echo "as described: a day becomes a moment, and a time a moment of today, in Python code of quicktype"
