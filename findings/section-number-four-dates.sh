#!/usr/bin/env bash
# Guess:   the section number 1-2-3 stays text, or is at least the same date in all readers that take it for one.
# Happens: it is 0001-02-03 in DuckDB's read_csv, 2001-02-03 in its read_json, 0003-02-01 in polars with
#          try_parse_dates, and 2 January 2003 in pandas with parse_dates. DuckDB guesses without being asked, and only
#          pandas warns.
# Seen:    2026-11-28, duckdb 2.0.1, polars 2.1.0, pandas 3.1.1.
# Matters: sections and agenda items are numbered like this, and each tool gives a different valid date.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install duckdb==2.0.1 polars==2.1.0 pandas==3.1.1
printf 'section,pages\n1-2-3,5\n4-5-6,7\n' > text.csv
printf '[{"section": "1-2-3", "pages": 5}, {"section": "4-5-6", "pages": 7}]' > text.json
env/bin/python -W ignore - <<'PY'
import duckdb
import pandas as pd
import polars as pl
def first(value):
    return value.isoformat()[:10]
duck = [duckdb.sql(f"SELECT section FROM '{name}'").fetchall() for name in ("text.csv", "text.json")]
bears = pl.read_csv("text.csv", try_parse_dates=True)["section"].to_list()
panda = pd.read_csv("text.csv", parse_dates=["section"])["section"].tolist()
found = [first(duck[0][0][0]), first(duck[1][0][0]), first(bears[0]), first(panda[0])]
assert found == ["0001-02-03", "2001-02-03", "0003-02-01", "2003-01-02"], found
assert pl.read_csv("text.csv")["section"].to_list() == pd.read_csv("text.csv")["section"].tolist() == ["1-2-3", "4-5-6"]
PY
echo "as described: the section number 1-2-3 is four different dates in three tools"
