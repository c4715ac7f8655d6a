#!/usr/bin/env bash
# Guess:   an RO-Crate with a title in two languages, or with a typed date, is the same after reading and writing.
# Happens: ro-crate for JavaScript takes each JSON-LD value object for an entity without identifier: the title becomes
#          [{"@id": "entity-1"}, {"@id": "entity-2"}], no such entity is written, and the words are gone. rocrate for
#          Python keeps the words, but not which of them is English, nor that "2019-10" is a gYearMonth.
# Seen:    2026-11-28, ro-crate (npm) 3.7.2, rocrate (PyPI) 0.16.0.
# Matters: one pass through a tool empties or flattens the titles of a crate that is valid JSON-LD.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install rocrate==0.16.0
npm install --silent --no-audit --no-fund --prefix . ro-crate@3.7.2
mkdir crate
cat > crate/ro-crate-metadata.json <<'JSON'
{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
  {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
   "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
  {"@id": "./", "@type": "Dataset", "datePublished": "2019",
   "name": [{"@value": "Places", "@language": "en"}, {"@value": "Orte", "@language": "de"}],
   "temporalCoverage": {"@value": "2019-10", "@type": "http://www.w3.org/2001/XMLSchema#gYearMonth"}}]}
JSON
cat > pass.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { ROCrate } from "ro-crate";
const crate = new ROCrate(JSON.parse(fs.readFileSync("crate/ro-crate-metadata.json", "utf8")));
const out = crate.toJSON()["@graph"];
const { name, temporalCoverage } = out.find((entity) => entity["@id"] === "./");
assert.deepEqual(name, [{ "@id": "entity-1" }, { "@id": "entity-2" }]);
assert.deepEqual(temporalCoverage, { "@id": "entity-3" });
assert.equal(out.length, 2);
assert.ok(!/Places|Orte|2019-10/.test(JSON.stringify(out)));
JS
node pass.mjs
env/bin/python - <<'PY'
import json
from rocrate.rocrate import ROCrate
ROCrate("crate").write("out")
graph = json.load(open("out/ro-crate-metadata.json"))["@graph"]
root = next(entity for entity in graph if entity["@id"] == "./")
assert root["name"] == ["Places", "Orte"], root
assert root["temporalCoverage"] == "2019-10", root
PY
echo "as described: ro-crate for JavaScript loses titles that name their language"
