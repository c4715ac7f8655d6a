#!/usr/bin/env bash
# Guess:   csv-diff without a key compares two tables row by row and reports a row that was added or removed.
# Happens: rows are looked up by a hash of their cells, so equal rows count once: a table with three equal rows and one
#          with a single such row have no differences. A row that differs is reported. daff, given the same two files,
#          reports the two lines.
# Seen:    2026-11-28, csv-diff 1.2; daff 1.4.2.
# Matters: rows are often doubled or lost in a merge, and this comparison then says that nothing has changed.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install csv-diff==1.2 daff==1.4.2
printf 'item,price\ntea,2\ntea,2\ntea,2\ncake,3\n' > old.csv
printf 'item,price\ntea,2\ncake,3\n' > new.csv
printf 'item,price\ntea,2\n' > other.csv
env/bin/python - <<'PY'
import csv
import daff
from csv_diff import compare, load_csv
def found(one, two):
    return {kind: part for kind, part in compare(load_csv(open(one)), load_csv(open(two))).items() if part}
assert found("old.csv", "new.csv") == {}, found("old.csv", "new.csv")
assert found("new.csv", "other.csv") == {"removed": [{"item": "cake", "price": "3"}]}
one, two = (daff.PythonTableView(list(csv.reader(open(name)))) for name in ("old.csv", "new.csv"))
lines = []
flags = daff.CompareFlags()
daff.TableDiff(daff.Coopy.compareTables(one, two, flags).align(), flags).hilite(daff.PythonTableView(lines))
assert [line for line in lines if line[0] == "---"] == [["---", "tea", "2"]] * 2, lines
PY
echo "as described: csv-diff sees no difference between one and three equal rows"
