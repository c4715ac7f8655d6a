#!/usr/bin/env bash
# Guess:   the DCAT that dplib makes of a Data Package has its files as dcat:Distribution, which catalogues look for.
# Happens: they are of the class dcat:distribution, in lower case, which is the name of a property. A query for
#          dcat:Distribution finds none.
# Seen:    2026-11-27, dplib-py 1.1.0, rdflib 7.6.0.
# Matters: harvesters import a data set without files, and the RDF is well-formed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install dplib-py==1.1.0 rdflib==7.6.0
cat > datapackage.json <<'JSON'
{"id": "https://example.org/visits", "name": "visits", "title": "Visits",
 "resources": [{"name": "visits", "path": "https://example.org/visits.csv", "format": "csv"}]}
JSON
env/bin/python -W ignore - <<'PY'
from dplib.models import Package
from dplib.plugins.dcat.models import DcatPackage
from rdflib import RDF, Graph, Namespace, URIRef
dcat = Namespace("http://www.w3.org/ns/dcat#")
graph = Graph().parse(data=DcatPackage.from_dp(Package.from_path("datapackage.json")).to_text(format="turtle"))
assert len(list(graph.subjects(RDF.type, dcat.Dataset))) == 1
assert not list(graph.subjects(RDF.type, dcat.Distribution))
(file,) = graph.subjects(RDF.type, dcat.distribution)
assert list(graph.objects(file, dcat.downloadURL)) == [URIRef("https://example.org/visits.csv")]
PY
echo "as described: dplib writes files of a class that DCAT does not have"
