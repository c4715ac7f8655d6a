#!/usr/bin/env bash
# Guess:   sqlite-utils declares a column of a CSV file an integer if its cells are integers for SQLite.
# Happens: it asks Python, for which 2026_1 is the integer 20261: a column of such keys is declared INTEGER and holds
#          text, nan and inf make a text column REAL, and a strict table is refused. As types are detected without
#          being asked for, 007 is 7 and version 1.10 is 1.1 as well; --no-detect-types keeps all.
# Seen:    2026-11-27, sqlite-utils 4.2.1.
# Matters: readers that trust the declared type, and checks that compare it, fail on a file that looks right.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install sqlite-utils==4.2.1
printf 'key,word,code,version\n2026_1,nan,007,1.10\n2026_2,inf,010,1.9\n' > rows.csv
env/bin/sqlite-utils insert rows.db rows rows.csv --csv > log 2>&1
env/bin/sqlite-utils insert rows.db plain rows.csv --csv --no-detect-types >> log 2>&1
env/bin/sqlite-utils insert strict.db rows rows.csv --csv --strict > strict 2>&1 && exit 1
grep -q 'cannot store TEXT value in INTEGER column' strict
env/bin/python - <<'PY'
import sqlite3

database = sqlite3.connect("rows.db")
def types(table):
    return [kind for _, _, kind, *_ in database.execute(f"PRAGMA table_info ({table})")]
assert types("rows") == ["INTEGER", "REAL", "INTEGER", "REAL"]
assert database.execute("SELECT * FROM rows").fetchall() == [("2026_1", "nan", 7, 1.1), ("2026_2", "inf", 10, 1.9)]
assert types("plain") == ["TEXT"] * 4
assert database.execute("SELECT * FROM plain").fetchone() == ("2026_1", "nan", "007", "1.10")
PY
echo "as described: sqlite-utils declares keys such as 2026_1 an integer"
