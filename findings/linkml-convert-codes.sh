#!/usr/bin/env bash
# Guess:   linkml-convert takes a CSV cell as the schema says: the range string gives the text in the file.
# Happens: it guesses numbers first and turns them into text after: the identifier 00123 becomes '123', the part 1e5
#          becomes '100000.0'. The output is valid, and so is the file for linkml-validate, which reads the text.
# Seen:    2026-11-28, linkml 1.12.1 with linkml-runtime 1.12.1, json-flattener 0.1.9.
# Matters: identifiers change on the way from the table to YAML, JSON or RDF, after the check has passed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install linkml==1.12.1 linkml-runtime==1.12.1 json-flattener==0.1.9
cat > places.yaml <<'YAML'
id: https://example.org/places
name: places
prefixes: {linkml: https://w3id.org/linkml/}
imports: [linkml:types]
default_range: string
classes:
  Place:
    attributes:
      code: {identifier: true, pattern: "^[0-9]+$"}
      part: {}
  Places:
    tree_root: true
    attributes:
      places: {range: Place, multivalued: true, inlined_as_list: true}
YAML
printf 'code,part\n00123,1e5\n00124,7\n' > places.csv
env/bin/linkml-validate -s places.yaml -C Place places.csv | grep -q 'No issues found'
env/bin/linkml-convert -s places.yaml -C Places -S places -o out.json places.csv
env/bin/python - <<'PY'
import json
rows = [(row["code"], row["part"]) for row in json.load(open("out.json"))["places"]]
assert rows == [("123", "100000.0"), ("124", "7")], rows
PY
echo "as described: linkml-convert changes codes of digits declared as string"
