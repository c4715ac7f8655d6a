#!/usr/bin/env bash
# Guess:   PyLD, given JSON-LD with relative identifiers and no base, leaves them relative or leaves them out,
#          as the JavaScript processor does in RDF.
# Happens: it resolves them against http://example.org/base/, an address that is in neither the document nor
#          the call, and writes full IRIs with it, in expanded form, RDF and canonical form.
# Seen:    2026-11-27, PyLD 3.3.0, jsonld (npm) 9.0.0.
# Matters: file names in a Croissant or RO-Crate document become links to a place that nobody owns, and a hash
#          over the canonical form differs from the other processor's.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install PyLD==3.3.0
npm install --silent --no-audit --no-fund --prefix . jsonld@9.0.0
cat > data.json <<'JSON'
{"@context": {"@vocab": "https://schema.org/"}, "@id": "places.csv", "name": "Places"}
JSON
env/bin/python - <<'PY'
import json
from pyld import jsonld
document = json.load(open("data.json"))
expected = '<http://example.org/base/places.csv> <https://schema.org/name> "Places" .\n'
assert jsonld.to_rdf(document, {"format": "application/n-quads"}) == expected
assert jsonld.expand(document)[0]["@id"] == "http://example.org/base/places.csv"
assert jsonld.normalize(document, {"algorithm": "URDNA2015", "format": "application/n-quads"}) == expected
PY
node -e '
const jsonld = require("jsonld"), document = require("./data.json");
(async () => {
  const quads = await jsonld.toRDF(document, { format: "application/n-quads" });
  const [expanded] = await jsonld.expand(document);
  process.exit(quads === "" && expanded["@id"] === "places.csv" ? 0 : 1);
})();'
echo "as described: PyLD makes relative identifiers absolute with a base of its own"
