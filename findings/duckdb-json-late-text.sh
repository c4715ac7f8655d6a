#!/usr/bin/env bash
# Guess:   a JSON Lines key that is null for many rows and text after them is read as text, or an error is raised.
# Happens: past the 20,480 rows of the sample the text is read as null, without a word: the column gets the
#          type "NULL" that DuckDB 2 has, and what does not fit is dropped. 1.5.6 gives the text (as JSON).
# Seen:    2026-11-27, duckdb 2.0.1 (and 1.5.6 for comparison).
# Matters: a seldom used note or end date vanishes from a long export; give the columns or sample_size = -1.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install duckdb==2.0.1
env/bin/pip --quiet --quiet install --target before duckdb==1.5.6
cat > read.py <<'PY'
import duckdb, json, sys
with open("rows.jsonl", "w") as out:
    for n in range(30000):
        out.write(json.dumps({"id": n, "note": "moved" if n == 29999 else None}) + "\n")
last = lambda options: duckdb.execute(
    f"SELECT note FROM read_json('rows.jsonl'{options}) WHERE id = 29999").fetchone()[0]
got = last(""), last(", sample_size = -1")
assert got == ((None, "moved") if sys.argv[1] == "new" else ('"moved"', "moved")), got
PY
env/bin/python read.py new
PYTHONPATH=before env/bin/python read.py old
echo "as described: DuckDB 2 reads late text of a JSON key as null"
