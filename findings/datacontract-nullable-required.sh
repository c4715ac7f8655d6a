#!/usr/bin/env bash
# Guess:   datacontract import jsonschema keeps that a property may be null.
# Happens: every key in the schema's "required" becomes a property that must not be null, though its
#          type says ["integer", "null"]. JSON Schema's word means that the key is there, the contract's
#          word means that the value is; the importer takes one for the other and drops the null.
# Seen:    2026-11-27, datacontract-cli 1.2.8 (writes Open Data Contract Standard 3.2.0).
# Matters: schemas made from typed models list all keys as required, so each gap in honest data breaks the contract.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install datacontract-cli==1.2.8
cat > schema.json <<'JSON'
{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "visit", "type": "object",
 "properties": {"id": {"type": "string"}, "guests": {"type": ["integer", "null"]}, "note": {"type": "string"}},
 "required": ["id", "guests"]}
JSON
env/bin/datacontract import jsonschema --source schema.json --output contract.yaml > /dev/null
env/bin/python - <<'PY'
import yaml
contract = yaml.safe_load(open("contract.yaml"))
required = {p["name"]: p.get("required", False) for p in contract["schema"][0]["properties"]}
assert required == {"id": True, "guests": True, "note": False}, required
assert "null" not in open("contract.yaml").read()
PY
echo "as described: a nullable key of a JSON Schema becomes a value that must not be null"
