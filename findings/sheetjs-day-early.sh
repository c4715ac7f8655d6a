#!/usr/bin/env bash
# Guess:   SheetJS with cellDates gives the day that the workbook shows, in the reader's own time zone.
# Happens: in Singapore 2 October 2019 is 1 October, 23:59:35 local time: the zone's offset of 1899, which had odd
#          seconds, is used for 2019. In UTC and New York the day is right; the shown text (w) is right everywhere.
# Seen:    2026-11-27, xlsx (SheetJS) 0.18.5, the newest on npm; file written with openpyxl 3.1.5; Node 20.
# Matters: a workbook that was checked in Europe shifts every date by a day on desks in South-East Asia.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install openpyxl==3.1.5
npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5
env/bin/python - <<'PY'
import datetime
import openpyxl
book = openpyxl.Workbook()
book.active["A1"] = datetime.date(2019, 10, 2)
book.save("day.xlsx")
PY
cat > read.js <<'JS'
const { A1 } = Object.values(require("xlsx").readFile("day.xlsx", { cellDates: true }).Sheets)[0];
console.log(A1.v.getMonth() + 1, A1.v.getDate(), A1.w);
JS
test "$(TZ=UTC node read.js)" = "10 2 2019-10-02"
test "$(TZ=America/New_York node read.js)" = "10 2 2019-10-02"
test "$(TZ=Asia/Singapore node read.js)" = "10 1 2019-10-02"
echo "as described: SheetJS reads a day early in Singapore"
