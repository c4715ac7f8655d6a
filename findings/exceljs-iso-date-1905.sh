#!/usr/bin/env bash
# Guess:   a date that a workbook holds as an ISO date (cell type d) is read at least as well as a serial number.
# Happens: exceljs reads the year of the text as the serial number of a day: 2 October 2019, written by openpyxl with
#          iso_dates, is 11 July 1905, and so is every other day of 2019. Nothing is raised. The cell type is in the
#          standard (ISO/IEC 29500), and openpyxl and calamine read the right day.
# Seen:    2026-11-28, exceljs 4.4.0; openpyxl 3.1.5, python-calamine 0.9.1.
# Matters: a column of days of one year comes out as one and the same valid date.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund --prefix . exceljs@4.4.0
env/bin/python - <<'PY'
import datetime
import openpyxl, python_calamine
days = [datetime.date(2019, 10, 2), datetime.date(2019, 12, 24)]
book = openpyxl.Workbook()
book.iso_dates = True
book.active.append(days)
book.save("days.xlsx")
assert python_calamine.load_workbook("days.xlsx").get_sheet_by_index(0).to_python() == [days]
assert [cell.value for cell in openpyxl.load_workbook("days.xlsx").active[1]] == days
PY
cat > read.cjs <<'JS'
const assert = require("node:assert");
const { Workbook } = require("exceljs");
(async () => {
  const book = new Workbook();
  await book.xlsx.readFile("days.xlsx");
  const days = book.worksheets[0].getRow(1).values.slice(1).map((day) => day.toISOString().slice(0, 10));
  assert.deepEqual(days, ["1905-07-11", "1905-07-11"]);
})();
JS
node read.cjs
echo "as described: exceljs reads an ISO date of 2019 as 11 July 1905"
