#!/usr/bin/env bash
# Guess:   polars' write_database refuses a column of lists for SQLite, as it refuses a struct, or writes JSON.
# Happens: it reports two rows written. The column is declared TEXT, and each cell is a blob with 8 bytes for each
#          text of the list. The texts are not in it and are lost. pandas refuses a column of lists.
# Seen:    2026-11-28, polars 2.1.0, SQLAlchemy 2.1.9, pandas 3.1.1.
# Matters: tags, authors and sources are lists, and the loss is only seen when somebody reads the database.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install polars==2.1.0 SQLAlchemy==2.1.9 pandas==3.1.1 pyarrow==26.0.1
env/bin/python - <<'PY'
import sqlite3
import pandas as pd
import polars as pl
rows = {"id": ["a", "b"], "tags": [["red", "green"], ["blue"]]}
assert pl.DataFrame(rows).write_database("items", "sqlite:///items.db") == 2
base = sqlite3.connect("items.db")
assert [row[1:3] for row in base.execute("PRAGMA table_info(items)")] == [("id", "TEXT"), ("tags", "TEXT")]
found = base.execute("SELECT id, typeof(tags), length(tags) FROM items ORDER BY id").fetchall()
assert found == [("a", "blob", 16), ("b", "blob", 8)], found
assert not any(b"red" in tags or b"blue" in tags for [tags] in base.execute("SELECT tags FROM items"))
for refused in (lambda: pl.DataFrame({"id": ["a"], "size": [{"x": 1}]}).write_database("sizes", "sqlite:///items.db"),
                lambda: pd.DataFrame(rows).to_sql("frame", base)):
    try:
        refused()
    except Exception as error:
        assert "type" in str(error) or "Execution failed" in str(error), error
    else:
        raise SystemExit("written now")
PY
echo "as described: polars writes a list of texts to SQLite as bytes without the texts"
