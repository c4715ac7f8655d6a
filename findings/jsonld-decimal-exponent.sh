#!/usr/bin/env bash
# Guess:   the JSON number 1.5 of a term typed xsd:decimal becomes the decimal 1.5.
# Happens: PyLD, jsonld.js and pyoxigraph, as the JSON-LD algorithm says, write "1.5E0" with the type xsd:decimal,
#          and decimals have no exponent. Such a literal has no value for pyoxigraph: a query for prices above 1 does
#          not find it. rdflib writes "1.5". The JSON text "1.5" works everywhere.
# Seen:    2026-11-28, PyLD 3.3.0, jsonld 9.0.0, pyoxigraph 0.5.13, rdflib 7.6.0.
# Matters: prices and shares in JSON-LD are in the graph and still cannot be found, and no tool says so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install PyLD==3.3.0 pyoxigraph==0.5.13 rdflib==7.6.0
npm install --silent --no-audit --no-fund --prefix . jsonld@9.0.0
cat > price.json <<'JSON'
{"@context": {"@vocab": "urn:x:", "price": {"@type": "http://www.w3.org/2001/XMLSchema#decimal"}},
 "@id": "urn:x:tea", "price": 1.5}
JSON
sed 's/1\.5/"1.5"/' price.json > text.json
cat > write.cjs <<'JS'
const document = JSON.parse(require("node:fs").readFileSync("price.json"));
require("jsonld").toRDF(document, { format: "application/n-quads" }).then((quads) => process.stdout.write(quads));
JS
node write.cjs > js.nq
env/bin/python - <<'PY'
import json
from pathlib import Path
from pyld import jsonld
from pyoxigraph import RdfFormat, Store
from rdflib import Graph
TYPE = "<http://www.w3.org/2001/XMLSchema#decimal>"
def quads(name):
    return jsonld.to_rdf(json.loads(Path(name).read_text()), {"format": "application/n-quads"})
def found(text, form):
    store = Store()
    store.load(text.encode(), format=form)
    return len(list(store.query("SELECT ?s { ?s <urn:x:price> ?price FILTER (?price > 1) }")))
number, text = quads("price.json"), quads("text.json")
assert number == Path("js.nq").read_text() == f'<urn:x:tea> <urn:x:price> "1.5E0"^^{TYPE} .\n', number
assert [found(number, RdfFormat.N_QUADS), found(text, RdfFormat.N_QUADS)] == [0, 1]
assert [found(Path(n).read_text(), RdfFormat.JSON_LD) for n in ("price.json", "text.json")] == [0, 1]
[triple] = Graph().parse("price.json", format="json-ld")
assert str(triple[2]) == "1.5"
PY
echo "as described: the number 1.5 of a decimal term becomes 1.5E0, which is not a decimal"
