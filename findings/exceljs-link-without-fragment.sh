#!/usr/bin/env bash
# Guess:   ExcelJS gives the whole address of a link in a workbook.
# Happens: of https://example.org/page#part-2 it gives the address up to the #, if XlsxWriter wrote the file: the
#          format has a place of its own for the fragment (location), and ExcelJS does not look there. openpyxl
#          writes both into one place, so that its files come out whole.
# Seen:    2026-11-27, exceljs 4.4.0, XlsxWriter 3.3.1, openpyxl 3.1.5.
# Matters: links to a passage, a page of a PDF or a row in a list lead to the top of the document.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install XlsxWriter==3.3.1 openpyxl==3.1.5
npm install --silent --no-audit --no-fund --prefix . exceljs@4.4.0
env/bin/python - <<'PY'
import openpyxl, xlsxwriter
url = "https://example.org/page#part-2"
book = xlsxwriter.Workbook("xlsxwriter.xlsx")
book.add_worksheet().write_url("A1", url, string="source")
book.close()
book = openpyxl.Workbook()
book.active["A1"] = "source"
book.active["A1"].hyperlink = url
book.save("openpyxl.xlsx")
PY
node -e '
const assert = require("node:assert"), { Workbook } = require("exceljs");
(async () => {
  const link = async (name) => (await new Workbook().xlsx.readFile(name)).worksheets[0].getCell("A1").hyperlink;
  assert.equal(await link("xlsxwriter.xlsx"), "https://example.org/page");
  assert.equal(await link("openpyxl.xlsx"), "https://example.org/page#part-2");
})();'
echo "as described: ExcelJS loses the fragment of a link"
