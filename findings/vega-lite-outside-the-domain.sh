#!/usr/bin/env bash
# Guess:   a bar whose category is missing from the explicit domain of an ordinal scale is not drawn, or drawn apart.
# Happens: it is drawn at offset 0, over the first category, within a pixel of its bar; so is a bar whose category is
#          null. No warning, and the bar's label still names the category that it is not over.
# Seen:    2026-11-27, vega-lite 6.4.3, vega 6.4.0.
# Matters: a code that a new release adds is charted as more of the first one until somebody extends the domain.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix . vega@6.4.0 vega-lite@6.4.3
cat > draw.mjs <<'JS'
import assert from "node:assert";
import * as vega from "vega";
import { compile } from "vega-lite";
const values = [{ kind: "low", n: 1 }, { kind: "high", n: 2 }, { kind: "unknown", n: 3 }, { kind: null, n: 4 }];
const { spec } = compile({
  data: { values }, mark: "bar",
  encoding: {
    x: { field: "kind", type: "ordinal", scale: { domain: ["low", "high"] } },
    y: { field: "n", type: "quantitative" },
  },
}, { logger: { warn: (text) => assert.fail(text), error: assert.fail, info() {}, debug() {}, level() {} } });
const svg = await new vega.View(vega.parse(spec), { renderer: "none" }).toSVG();
const bars = [...svg.matchAll(/aria-label="kind: (\w+); n: \d"[^>]* d="M(\d+),/g)];
const left = Object.fromEntries(bars.map(([, kind, x]) => [kind, Number(x)]));
assert.deepEqual(left, { low: 1, high: 21, unknown: 0, null: 0 });
JS
node draw.mjs
echo "as described: a bar outside the domain is drawn over the first category"
