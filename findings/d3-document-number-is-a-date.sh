#!/usr/bin/env bash
# Guess:   d3.autoType turns text into a date only if it is one, and leaves other text as it is.
# Happens: it only looks at the form. The document numbers 2019-12 and 2019-13 become 1 December and an Invalid Date,
#          which is null in JSON, so that the text is lost. "2019-02-30" becomes 2 March.
# Seen:    2026-11-28, d3-dsv 3.0.2.
# Matters: many papers and laws are numbered by year and count, and here every number from 13 on disappears.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix . d3-dsv@3.0.2
cat > read.mjs <<'JS'
import assert from "node:assert";
import { autoType, csvParse } from "d3-dsv";
const text = "number,note\n2019-12,a\n2019-13,b\n2019-130,c\n2019-02-30,d\n";
assert.deepEqual(csvParse(text).map((row) => row.number), ["2019-12", "2019-13", "2019-130", "2019-02-30"]);
const found = JSON.parse(JSON.stringify(csvParse(text, autoType))).map((row) => row.number);
assert.deepEqual(found, ["2019-12-01T00:00:00.000Z", null, "2019-130", "2019-03-02T00:00:00.000Z"]);
JS
TZ=UTC node read.mjs
echo "as described: d3.autoType makes an Invalid Date of the document number 2019-13"
