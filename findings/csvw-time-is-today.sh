#!/usr/bin/env bash
# Guess:   a CSVW column of datatype time gives times, or at least the same value whenever the file is read.
# Happens: csvw gives a datetime on the day of reading: 09:30:00 is half past nine today, and tomorrow
#          the same cell is another value. (A date column gives datetimes too, at midnight.)
# Seen:    2026-11-27, csvw 4.1.1.
# Matters: two runs over the same file differ, and opening hours stored from it carry the date of the import.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install csvw==4.1.1
printf 'opens\n09:30:00\n' > hours.csv
cat > metadata.json <<'JSON'
{"@context": "http://www.w3.org/ns/csvw",
 "tables": [{"url": "hours.csv", "tableSchema": {"columns": [{"name": "opens", "datatype": "time"}]}}]}
JSON
env/bin/python - <<'PY'
import datetime
from csvw import TableGroup
before = datetime.date.today()
value = next(iter(TableGroup.from_file("metadata.json").tables[0].iterdicts(strict=True)))["opens"]
assert isinstance(value, datetime.datetime) and value.time() == datetime.time(9, 30), value
assert before <= value.date() <= datetime.date.today(), value
PY
echo "as described: csvw puts a time on the day on which the file is read"
