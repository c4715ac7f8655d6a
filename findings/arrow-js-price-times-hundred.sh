#!/usr/bin/env bash
# Guess:   0.29 in a decimal column of an Arrow file is 0.29 in JavaScript, or an object that knows its scale.
# Happens: apache-arrow for JavaScript gives the digits without the point: Number(), String() and JSON make 29 of 0.29
#          and -150 of -1.50; only the schema knows the two places. pyarrow reads the same file as it should be.
# Seen:    2026-11-27, apache-arrow 21.2.0 of npm, pyarrow 26.0.1, Node 20.
# Matters: charts in the browser show prices and rates a hundred times too high, with no word about it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install pyarrow==26.0.1
npm install --silent --no-audit --no-fund --prefix . apache-arrow@21.2.0
env/bin/python - <<'PY'
from decimal import Decimal
import pyarrow as pa

prices = [Decimal("0.29"), Decimal("-1.50")]
table = pa.table({"price": pa.array(prices, pa.decimal128(9, 2))})
with pa.ipc.new_file("prices.arrow", table.schema) as sink:
    sink.write(table)
assert pa.ipc.open_file("prices.arrow").read_all()["price"].to_pylist() == prices
PY
node -e '
const assert = require("node:assert"), { tableFromIPC } = require("apache-arrow");
const table = tableFromIPC(require("node:fs").readFileSync("prices.arrow"));
const prices = [...table].map(({ price }) => price);
assert.deepEqual(prices.map(Number), [29, -150]);
assert.deepEqual(prices.map(String), ["29", "-150"]);
assert.match(JSON.stringify(table.toArray()[0]), /29/);
assert.doesNotMatch(JSON.stringify(table.toArray()[0]), /0\.29/);
assert.equal(table.schema.fields[0].type.scale, 2);'
echo "as described: a price of 0.29 is 29 in Arrow for JavaScript"
