#!/usr/bin/env bash
# Guess:   an ODS file that SheetJS wrote opens wherever ODS files open.
# Happens: SheetJS indents its XML, which OpenDocument allows, and calamine, which polars.read_ods and pandas'
#          engine="calamine" use, stops at the first white space between two cells: Expecting 'table-cell'. pandas'
#          own engine reads the file.
# Seen:    2026-11-27, xlsx 0.18.5 of npm, python-calamine 0.9.1, pandas 3.1.1, odfpy 1.4.1, Node 20.
# Matters: a download that a page makes in the browser is refused as damaged by the reader on the other side.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install python-calamine==0.9.1 pandas==3.1.1 numpy==2.4.6 odfpy==1.4.1
npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5
node -e '
const { utils, writeFile } = require("xlsx"), book = utils.book_new();
utils.book_append_sheet(book, utils.aoa_to_sheet([["name"], ["Ghent"]]), "places");
writeFile(book, "places.ods");'
env/bin/python - <<'PY'
import pandas as pd, python_calamine

assert pd.read_excel("places.ods", engine="odf")["name"].tolist() == ["Ghent"]
try:
    python_calamine.load_workbook("places.ods")
except python_calamine.CalamineError as error:
    assert "Expecting 'table-cell'" in str(error)
else:
    raise SystemExit("calamine reads the file now")
PY
echo "as described: calamine cannot open an ODS file of SheetJS"
