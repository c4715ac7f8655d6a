#!/usr/bin/env bash
# Guess:   a variable name of plain letters, digits and underscores survives a workbook.
# Happens: in XLSX "_x2019_" is the escape for the character U+2019, and the same seven characters as text are to be
#          escaped in turn (_x005F_x2019_). openpyxl does not do that, and SheetJS and read-excel-file undo the escape:
#          "sites_x2019_total" that pandas wrote by openpyxl is read as "sites’total". A file of XlsxWriter is read
#          right. openpyxl reads its own file back as it was, so that a round trip in Python shows nothing.
# Seen:    2026-11-28, openpyxl 3.1.5, pandas 3.1.1, XlsxWriter 3.3.1, xlsx (SheetJS) 0.18.5, read-excel-file 9.3.17.
# Matters: the suffix _x of a pandas merge before a year makes such names, and the header no longer matches the schema.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install openpyxl==3.1.5 pandas==3.1.1 numpy==2.4.6 XlsxWriter==3.3.1
npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5 read-excel-file@9.3.17
env/bin/python -W ignore - <<'PY'
import pandas as pd
frame = pd.DataFrame({"sites_x2019_total": [3]})
for engine in "openpyxl", "xlsxwriter":
    frame.to_excel(engine + ".xlsx", index=False, engine=engine)
    assert pd.read_excel(engine + ".xlsx", engine="openpyxl").columns.tolist() == ["sites_x2019_total"]
PY
cat > read.mjs <<'JS'
import assert from "node:assert";
import XLSX from "xlsx";
import readSheets from "read-excel-file/node";
async function names(file) {
  const [sheet] = Object.values(XLSX.readFile(file).Sheets);
  const [{ data }] = await readSheets(file);
  return [sheet.A1.v, data[0][0]];
}
assert.deepEqual(await names("openpyxl.xlsx"), ["sites\u2019total", "sites\u2019total"]);
assert.deepEqual(await names("xlsxwriter.xlsx"), ["sites_x2019_total", "sites_x2019_total"]);
JS
node read.mjs
echo "as described: a name with _x2019_ that openpyxl wrote has an apostrophe in JavaScript"
