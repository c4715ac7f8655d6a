#!/usr/bin/env bash
# Guess:   the JavaScript Table Schema library reads 2019-10-02T00:00:00Z, a moment in UTC, as that moment.
# Happens: it takes the figures for local time and drops the Z: in Singapore the Date is 2019-10-01T16:00:00Z, in New
#          York 04:00:00Z of the 2nd. The default format of datetime allows no other ending than Z.
# Seen:    2026-11-27, tableschema (npm) 1.12.6, which datapackage (npm) 1.1.10 uses; Node 20.
# Matters: moments that a package states without any doubt differ by the reader's desk.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix . tableschema@1.12.6
cat > read.js <<'JS'
const { Field } = require("tableschema");
const field = new Field({ name: "at", type: "datetime" });
console.log(field.castValue("2019-10-02T00:00:00Z").toISOString(), field.testValue("2019-10-02T00:00:00"));
JS
test "$(TZ=UTC node read.js)" = "2019-10-02T00:00:00.000Z false"
test "$(TZ=Asia/Singapore node read.js)" = "2019-10-01T16:00:00.000Z false"
test "$(TZ=America/New_York node read.js)" = "2019-10-02T04:00:00.000Z false"
echo "as described: tableschema reads a UTC moment as local time"
