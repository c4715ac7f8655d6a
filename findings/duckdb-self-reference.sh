#!/usr/bin/env bash
# Guess:   a DuckDB table with a foreign key to itself can be exported and copied like any other.
# Happens: EXPORT DATABASE refuses ("self-referencing ... not supported"), COPY FROM DATABASE says that the key
#          of the parent row does not exist, and so does an INSERT of parent and child in one statement,
#          which SQLite takes even with the child first.
# Seen:    2026-11-27, duckdb 2.0.1, SQLite of Python 3.
# Matters: a hierarchy (a place in a place, a body under a body) that is declared honestly locks the file's own
#          export; files to be shipped do better with the rule in the schema beside them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install duckdb==2.0.1
env/bin/python - <<'PY'
import duckdb, sqlite3
table = "CREATE TABLE place (id INTEGER PRIMARY KEY, part_of INTEGER REFERENCES place (id))"
lite = sqlite3.connect(":memory:")
lite.execute("PRAGMA foreign_keys = ON")
lite.execute(table)
lite.execute("INSERT INTO place VALUES (2, 1), (1, NULL)")

db = duckdb.connect("places.duckdb")
def stops(kind, statement, words):
    try:
        db.execute(statement)
    except kind as error:
        assert words in str(error), error
    else:
        raise SystemExit("accepted now: " + statement)

db.execute(table)
stops(duckdb.ConstraintException, "INSERT INTO place VALUES (1, NULL), (2, 1)", "does not exist")
db.execute("INSERT INTO place VALUES (1, NULL)")
db.execute("INSERT INTO place VALUES (2, 1)")
stops(duckdb.BinderException, "EXPORT DATABASE 'out'", "self-referencing")
db.execute("ATTACH 'copy.duckdb' AS copy")
stops(duckdb.ConstraintException, "COPY FROM DATABASE places TO copy", "does not exist")
PY
echo "as described: DuckDB neither exports nor copies a table that refers to itself"
