#!/usr/bin/env bash
# Guess:   csvjoin matches the keys of two files and writes them as they are.
# Happens: it guesses types first: a key column that holds only 1 and 0 is written as True and False. Also 01 in
#          the one file and 1 in the other are joined as equal. With --no-inference neither happens.
# Seen:    2026-11-27, csvkit 2.2.0.
# Matters: a small join, such as one group of a larger file, gives keys that fit nothing else.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install csvkit==2.2.0
printf 'id,name\n1,Ann\n0,Bob\n' > people.csv
printf 'id,city\n01,Lima\n' > places.csv
test "$(env/bin/csvjoin -c id people.csv places.csv | tail -n +2)" = 'True,Ann,Lima'
test "$(env/bin/csvjoin --left -c id people.csv places.csv | tail -n +2)" = $'True,Ann,Lima\nFalse,Bob,'
test -z "$(env/bin/csvjoin --no-inference -c id people.csv places.csv | tail -n +2)"
echo "as described: csvjoin writes the keys 1 and 0 as True and False"
