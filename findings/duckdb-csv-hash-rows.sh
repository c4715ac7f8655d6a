#!/usr/bin/env bash
# Guess:   DuckDB's read_csv returns every row of a valid CSV.
# Happens: rows that begin with # are taken for comments if the rest then looks better: with #1 and #2 above a
#          plain number, those two rows are gone. comment = '' brings them back.
# Seen:    2026-11-27, duckdb 2.0.1 (the same in 1.5.6 and 1.1.3).
# Matters: rankings, issue numbers and hash tags in a first column cost rows, and the count is all that shows it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install duckdb==2.0.1
printf 'rank,name\n#1,Ann\n#2,Bob\n3,Cy\n' > ranks.csv
env/bin/python - <<'PY'
import csv, duckdb
assert len(list(csv.DictReader(open("ranks.csv")))) == 3
rows = lambda options="": duckdb.execute(f"SELECT * FROM read_csv('ranks.csv'{options})").fetchall()
assert rows() == [(3, "Cy")], rows()
assert rows(", comment = ''") == [("#1", "Ann"), ("#2", "Bob"), ("3", "Cy")]
PY
echo "as described: DuckDB drops CSV rows that begin with #"
