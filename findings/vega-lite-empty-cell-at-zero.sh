#!/usr/bin/env bash
# Guess:   a gap is charted alike whether Vega-Lite gets it as an empty CSV cell or as a JSON null.
# Happens: the null is left out of a scatter plot, the empty cell is a point at 0: the filter for invalid
#          values turns the empty text into a number before it looks. With parse: {n: "number"} it is left out.
# Seen:    2026-11-27, vega-lite 6.4.3, vega 6.4.0.
# Matters: gaps in a CSV that a page charts look like measured zeros.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix . vega@6.4.0 vega-lite@6.4.3
cat > draw.mjs <<'JS'
import assert from "node:assert";
import * as vega from "vega";
import { compile } from "vega-lite";
async function points(data) {
  const { spec } = compile({ data, mark: "point", width: 100, height: 100, encoding: {
    x: { field: "day", type: "nominal" }, y: { field: "n", type: "quantitative" } } });
  const svg = await new vega.View(vega.parse(spec), { renderer: "none" }).toSVG();
  return [...svg.matchAll(/aria-roledescription="point" transform="translate\([\d.]+,([\d.]+)\)"/g)].map((m) => Number(m[1]));
}
const csv = "day,n\nMon,5\nTue,\nWed,10\n";
const json = [{ day: "Mon", n: 5 }, { day: "Tue", n: null }, { day: "Wed", n: 10 }];
assert.deepEqual(await points({ values: json }), [50, 0]);
assert.deepEqual(await points({ values: csv, format: { type: "csv" } }), [50, 100, 0]);
assert.deepEqual(await points({ values: csv, format: { type: "csv", parse: { n: "number" } } }), [50, 0]);
JS
node draw.mjs
echo "as described: Vega-Lite draws an empty CSV cell as a point at zero"
