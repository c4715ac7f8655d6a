#!/usr/bin/env bash
# Guess:   polars read_excel raises, or reads the column as text, if a text cell comes after many number cells.
# Happens: with the default engine a text after the first 100 rows, the sample, is null, without a warning: at row 100
#          the column is text, one row on the cell is lost. infer_schema_length=None reads it.
# Seen:    2026-11-27, polars 2.1.0, fastexcel 0.21.0 (file written with XlsxWriter 3.3.1).
# Matters: "about 40" far down in a column of counts is exactly the cell that somebody typed with care.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install polars==2.1.0 fastexcel==0.21.0 XlsxWriter==3.3.1
env/bin/python -W error - <<'PY'
import polars as pl
import xlsxwriter

def last(numbers, **options):
    book = xlsxwriter.Workbook("counts.xlsx")
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["id", *range(numbers + 1)])
    sheet.write_column(0, 1, ["guests", *range(numbers), "about 40"])
    book.close()
    return pl.read_excel("counts.xlsx", **options)["guests"][-1]

assert last(99) == "about 40"
assert last(100) is None
assert last(100, infer_schema_length=None) == "about 40"
PY
echo "as described: polars reads a late text cell of a workbook as null"
