#!/usr/bin/env bash
# Guess:   a line break that stands in a cell of an ODS file is read as a line break, or at least as a space.
# Happens: calamine, which polars.read_ods and pandas' engine="calamine" use, reads past the element text:line-break, so
#          that what pyexcel-ods3 writes for "Main Street" over "Ghent" is read as "Main StreetGhent". pandas' own
#          engine keeps the break in 3.1.1, and calamine keeps one between two paragraphs.
# Seen:    2026-11-27, pyexcel-ods3 0.6.1, python-calamine 0.9.1, polars 2.1.0, fastexcel 0.21.0, pandas 3.1.1,
#          odfpy 1.4.1.
# Matters: the last word of one line and the first of the next are lost to every search and match.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install pyexcel-ods3==0.6.1 python-calamine==0.9.1 polars==2.1.0 fastexcel==0.21.0 \
  pandas==3.1.1 numpy==2.4.6 odfpy==1.4.1
env/bin/python - <<'PY'
import pandas as pd, polars as pl
from pyexcel_ods3 import save_data

save_data("places.ods", {"places": [["address"], ["Main Street\nGhent"]]})
assert pd.read_excel("places.ods", engine="odf")["address"].tolist() == ["Main Street\nGhent"]
assert pd.read_excel("places.ods", engine="calamine")["address"].tolist() == ["Main StreetGhent"]
assert pl.read_ods("places.ods")["address"].to_list() == ["Main StreetGhent"]
PY
echo "as described: calamine joins the lines of an ODS cell"
