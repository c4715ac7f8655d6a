#!/usr/bin/env bash
# Guess:   z.fromJSONSchema enforces what it accepts: it raises on keywords that it cannot express.
# Happens: "a DOI or a URL", written as anyOf with one "required" each beside "type": "object", is dropped in silence:
#          a record with neither is valid. Keywords in a branch without a "type" of its own count for nothing, and so
#          do keywords beside a $ref and a required name that is not under properties. Ajv finds all three.
# Seen:    2026-11-28, zod 4.6.7, ajv 8.20.0.
# Matters: a web form that takes its rules from the published schema accepts records that the schema forbids.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix . zod@4.6.7 ajv@8.20.0
cat > judge.mjs <<'JS'
import assert from "node:assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as z from "zod";
function verdicts(schema, value) {
  const whole = { $schema: "https://json-schema.org/draft/2020-12/schema", ...schema };
  return [new Ajv2020({ strict: false }).validate(whole, value), z.fromJSONSchema(whole).safeParse(value).success];
}
const text = { type: "string" };
const either = {
  type: "object",
  properties: { title: text, doi: text, url: text },
  anyOf: [{ required: ["doi"] }, { required: ["url"] }],
};
const beside = {
  $defs: { count: { type: "integer" } },
  type: "object",
  properties: { sites: { $ref: "#/$defs/count", minimum: 1 } },
};
const undeclared = { type: "object", properties: { title: text }, required: ["licence"] };
assert.deepEqual(verdicts(either, { title: "Sites" }), [false, true]);
assert.deepEqual(verdicts(beside, { sites: -3 }), [false, true]);
assert.deepEqual(verdicts(undeclared, { title: "Sites" }), [false, true]);
assert.deepEqual(verdicts(either, { title: 7, doi: "10.5555/1" }), [false, false]);
assert.throws(() => z.fromJSONSchema({ type: "object", not: { required: ["doi"] } }), /not supported/);
JS
node judge.mjs
echo "as described: zod drops required inside anyOf without a word"
