#!/usr/bin/env bash
# Guess:   a CSV column of ISO days is a column of days in chDB, whichever days they are.
# Happens: it is one while all days lie from 1970 to 2149. With one of 1969 all are moments with nine digits of
#          fraction, so that max(day) - min(day) counts seconds and day + 1 is a second later; with an open end such
#          as 9999-12-31 all are text, and the question is refused.
# Seen:    2026-11-27, chdb 4.4.0.
# Matters: one row changes the unit of an answer, and the query that is right for this year's file is wrong for
#          the next by the factor 86,400.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install chdb==4.4.0 chdb-core==26.9.0
printf 'day\n2026-01-01\n2026-01-31\n' > plain.csv
printf 'day\n1969-12-31\n1970-01-30\n' > early.csv
printf 'day\n2026-01-01\n9999-12-31\n' > open.csv
env/bin/python - <<'PY'
import chdb

def ask(question, name):
    return str(chdb.query(f"SELECT {question} FROM file('{name}.csv', 'CSVWithNames')", "TSV")).strip()

span = "max(day) - min(day)"
kinds = [ask("toTypeName(any(day))", name) for name in ("plain", "early", "open")]
assert kinds == ["Nullable(Date)", "Nullable(DateTime64(9))", "Nullable(String)"]
assert ask(span, "plain") == "30"
assert float(ask(span, "early")) == 30 * 86400
assert ask("max(day + 1)", "plain") == "2026-02-01"
assert ask("max(day + 1)", "early") == "1970-01-30 00:00:01.000000000"
try:
    ask(span, "open")
except RuntimeError as error:
    assert "Illegal types String" in str(error)
else:
    raise SystemExit("an open end leaves the days days now")
PY
echo "as described: one early or late day turns chDB's days into moments or text"
