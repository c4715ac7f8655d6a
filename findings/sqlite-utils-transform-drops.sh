#!/usr/bin/env bash
# Guess:   sqlite-utils transform changes what it is asked to change, here the type of one column.
# Happens: it builds the table anew: a generated column and its values are gone, and so is COLLATE NOCASE of another
#          column, so that a query for 'a1' no longer finds A1. CHECK, the primary key and STRICT are kept.
# Seen:    2026-11-28, sqlite-utils 4.2.1.
# Matters: transform is used to clean up tables before they are published, and nothing is printed or raised.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install sqlite-utils==4.2.1
env/bin/python - <<'PY'
import sqlite3
with sqlite3.connect("people.db") as base:
    base.execute("CREATE TABLE people (id TEXT PRIMARY KEY COLLATE NOCASE, first TEXT, last TEXT, age TEXT CHECK (age > '0'),"
                 " full TEXT GENERATED ALWAYS AS (first || ' ' || last)) STRICT")
    base.execute("INSERT INTO people VALUES ('A1', 'Ann', 'Lee', '40')")
PY
people() { env/bin/sqlite-utils rows people.db people; }
upper() { env/bin/sqlite-utils query people.db "select count(*) as n from people where id = 'a1'"; }
test "$(people)" = '[{"id": "A1", "first": "Ann", "last": "Lee", "age": "40", "full": "Ann Lee"}]' || { people >&2; exit 1; }
test "$(upper)" = '[{"n": 1}]'
test -z "$(env/bin/sqlite-utils transform people.db people --type age integer 2>&1)"
test "$(people)" = '[{"id": "A1", "first": "Ann", "last": "Lee", "age": 40}]' || { people >&2; exit 1; }
test "$(upper)" = '[{"n": 0}]' || { upper >&2; exit 1; }
schema=$(env/bin/sqlite-utils schema people.db people)
grep -q CHECK <<< "$schema"
grep -q 'PRIMARY KEY' <<< "$schema"
grep -q STRICT <<< "$schema"
echo "as described: sqlite-utils transform drops a generated column and a collation"
