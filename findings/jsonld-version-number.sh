#!/usr/bin/env bash
# Guess:   two JSON-LD processors make the same triples of the same small document, a version given as the number 2.0.
# Happens: rdflib writes "2.0"^^xsd:double, PyLD "2"^^xsd:integer (the rule of the standard: a number without a
#          fraction is an integer). The version has changed its text, and the two graphs are not equal.
# Seen:    2026-11-27, rdflib 7.6.0, PyLD 3.3.0.
# Matters: versions belong in quotes in dataset.jsonld and Croissant, or they arrive as 2.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install rdflib==7.6.0 PyLD==3.3.0
env/bin/python - <<'PY'
import json
import rdflib
from pyld import jsonld

def both(version):
    document = {"@context": {"@vocab": "https://schema.org/"}, "@id": "https://example.org/d", "version": version}
    one = rdflib.Graph().parse(data=json.dumps(document), format="json-ld").serialize(format="nt").strip()
    two = jsonld.to_rdf(document, {"format": "application/n-quads"}).strip()
    return [line.split("version> ")[1] for line in (one, two)]

xsd = "^^<http://www.w3.org/2001/XMLSchema#"
assert both(2.0) == [f'"2.0"{xsd}double> .', f'"2"{xsd}integer> .'], both(2.0)
assert both("2.0") == ['"2.0" .', '"2.0" .']
PY
echo "as described: rdflib and PyLD disagree on the number 2.0"
