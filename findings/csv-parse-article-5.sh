#!/usr/bin/env bash
# Guess:   csv-parse with cast_date makes dates of cells that are dates.
# Happens: JavaScript's own lenient parser decides: "Article 5" is 1 May 2001, "Room 12" is 1 December 2001 and
#          "meeting 2019" is 1 January 2019. "SDG 13" stays text, as there is no thirteenth month.
# Seen:    2026-11-27, csv-parse 7.0.3, Node 20.
# Matters: titles and labels with a number turn into days, row by row, within one column.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix . csv-parse@7.0.3
TZ=UTC node -e '
const assert = require("node:assert"), { parse } = require("csv-parse/sync");
const text = "name\nArticle 5\nRoom 12\nmeeting 2019\nSDG 13\n";
const rows = parse(text, { columns: true, cast: true, cast_date: true });
const seen = rows.map(({ name }) => (name instanceof Date ? name.toISOString().slice(0, 10) : name));
assert.deepEqual(seen, ["2001-05-01", "2001-12-01", "2019-01-01", "SDG 13"]);'
echo "as described: csv-parse takes Article 5 for a day in May"
