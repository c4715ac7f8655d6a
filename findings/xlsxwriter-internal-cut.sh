#!/usr/bin/env bash
# Guess:   a text cell written to XLSX is the text, whatever its first word is.
# Happens: XlsxWriter takes a text that begins with "internal:", "external:" or "mailto:" for a link and writes it
#          without that word: "internal:audit" is the cell "audit". pandas uses XlsxWriter as soon as it is installed,
#          polars always, and both lose the word when they read the file again. openpyxl keeps it.
# Seen:    2026-11-28, XlsxWriter 3.3.1, pandas 3.1.1, polars 2.1.0, fastexcel 0.21.0, openpyxl 3.1.5.
# Matters: whether a code such as external:survey arrives whole depends on a package that is installed by chance.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install XlsxWriter==3.3.1 pandas==3.1.1 numpy==2.4.6 polars==2.1.0 fastexcel==0.21.0 \
  openpyxl==3.1.5
env/bin/python -W ignore - <<'PY'
import pandas as pd, polars as pl

scope = ["internal:audit", "external: survey", "public"]
cut = ["audit", " survey", "public"]

pd.DataFrame({"scope": scope}).to_excel("pandas.xlsx", index=False)
assert pd.read_excel("pandas.xlsx")["scope"].tolist() == cut
pl.DataFrame({"scope": scope}).write_excel("polars.xlsx")
assert pl.read_excel("polars.xlsx")["scope"].to_list() == cut
pd.DataFrame({"scope": scope}).to_excel("openpyxl.xlsx", index=False, engine="openpyxl")
assert pd.read_excel("openpyxl.xlsx")["scope"].tolist() == scope
PY
echo "as described: XlsxWriter cuts internal: and external: off the beginning of a text"
