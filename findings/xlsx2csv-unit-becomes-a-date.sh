#!/usr/bin/env bash
# Guess:   xlsx2csv writes the number of a cell, or the number with its unit as the sheet shows it.
# Happens: the letters of a quoted unit are read as parts of a date, and the number is lost: 5 in the format 0 "days"
#          becomes 0 "04ays", and 7 in 0" members" becomes text that begins with 0"" and has no 7. A rounding
#          format rounds what is written: 0.125 as 0% is 13%, 19.99 as 0.0 is 20.0.
# Seen:    2026-11-27, xlsx2csv 0.8.6, XlsxWriter 3.3.1, openpyxl 3.1.5.
# Matters: the values of a column hang on how it was dressed; openpyxl reads 5, 7, 0.125 and 19.99.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install xlsx2csv==0.8.6 XlsxWriter==3.3.1 openpyxl==3.1.5
env/bin/python - <<'PY'
import csv, openpyxl, xlsxwriter
from xlsx2csv import Xlsx2csv

cells = [(5, '0 "days"'), (7, '0" members"'), (0.125, "0%"), (19.99, "0.0"), (5, "General")]
with xlsxwriter.Workbook("rows.xlsx") as book:
    sheet = book.add_worksheet()
    for column, (number, style) in enumerate(cells):
        sheet.write_number(0, column, number, book.add_format({"num_format": style}))
Xlsx2csv("rows.xlsx").convert("rows.csv")
with open("rows.csv", newline="", encoding="utf-8") as file:
    days, members, share, price, plain = next(csv.reader(file))
assert [cell.value for cell in openpyxl.load_workbook("rows.xlsx").active[1]] == [number for number, _ in cells]
assert days == '0 "04ays"'
assert members.startswith('0"') and "7" not in members
assert (share, price, plain) == ("13%", "20.0", "5")
PY
echo "as described: xlsx2csv makes a date of the word days"
