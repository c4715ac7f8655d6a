#!/usr/bin/env bash
# Guess:   SQLAlchemy's automap gives a table with two foreign keys to one other table two relationships.
# Happens: one only, without a warning, and which of the two changes from run to run with Python's hash seed: the same
#          code walks from a match to its host today and to its guest tomorrow.
# Seen:    2026-11-27, SQLAlchemy 2.1.9.
# Matters: home and away, from and to, place and country: pairs of keys are usual in a shipped SQLite file.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install SQLAlchemy==2.1.9
cat > read.py <<'PY'
import os, sqlite3
from sqlalchemy import create_engine, inspect
from sqlalchemy.ext.automap import automap_base
if not os.path.exists("games.db"):
    with sqlite3.connect("games.db") as db:
        db.executescript("""CREATE TABLE team (id TEXT PRIMARY KEY);
            CREATE TABLE game (id TEXT PRIMARY KEY, host TEXT REFERENCES team (id), guest TEXT REFERENCES team (id));""")
base = automap_base()
base.prepare(autoload_with=create_engine("sqlite:///games.db"))
ends = [column.name for relation in inspect(base.classes.game).relationships for column in relation.local_columns]
print(*ends)
PY
for seed in $(seq 1 10); do PYTHONHASHSEED=$seed env/bin/python -W error read.py; done | sort -u > ends
test "$(cat ends)" = $'guest\nhost'
echo "as described: automap keeps one of two foreign keys, now this one, now that"
