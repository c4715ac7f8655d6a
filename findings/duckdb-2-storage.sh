#!/usr/bin/env bash
# Guess:   a database file of DuckDB 2 opens in the release before, as files went back and forth in the 1.x line
#          (1.5.6 still writes by default what 1.1.3 opens).
# Happens: 1.5.6 refuses a default file of 2.0.1. With STORAGE_VERSION 'v1.0.0' at the ATTACH that makes
#          the file, both it and 1.1.3 read it.
# Seen:    2026-11-27, duckdb 2.0.1, 1.5.6, 1.1.3.
# Matters: clients in other languages lag by months; a file to be shipped has to be made for the old ones.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
for v in 2.0.1 1.5.6 1.1.3; do env/bin/pip --quiet --quiet install --target "duckdb-$v" "duckdb==$v"; done
cat > make.py <<'PY'
import duckdb
db = duckdb.connect()
for name, option in (("new", ""), ("old", "(STORAGE_VERSION 'v1.0.0')"), ("plain", "")):
    db.execute(f"ATTACH '{name}-{duckdb.__version__}.duckdb' AS db_{name} {option}")
    db.execute(f"CREATE TABLE db_{name}.t AS SELECT 42 AS n")
    db.execute(f"DETACH db_{name}")
PY
cat > read.py <<'PY'
import sys
import duckdb
print(duckdb.connect(sys.argv[1], read_only=True).execute("SELECT n FROM t").fetchone()[0])
PY
run() { PYTHONPATH="duckdb-$1" env/bin/python "${@:2}" 2> error; }
run 2.0.1 make.py
sed -i 's/("old"[^)]*)"), //' make.py
run 1.5.6 make.py
test "$(run 2.0.1 read.py new-2.0.1.duckdb)" = 42
if run 1.5.6 read.py new-2.0.1.duckdb; then echo "1.5.6 reads it now"; exit 1; fi
grep -q 'version number' error
test "$(run 1.5.6 read.py old-2.0.1.duckdb)" = 42
test "$(run 1.1.3 read.py old-2.0.1.duckdb)" = 42
test "$(run 1.1.3 read.py plain-1.5.6.duckdb)" = 42
echo "as described: DuckDB 1.5.6 cannot open a default file of 2.0.1"
