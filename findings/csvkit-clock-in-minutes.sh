#!/usr/bin/env bash
# Guess:   csvkit leaves an opening time such as 10:30 alone, or reads it as half past ten.
# Happens: it reads a duration of 10 minutes and 30 seconds: csvjson, csvsort and csvlook write 0:10:30, while
#          csvsql declares the same column DATETIME. Times with seconds, 10:30:00, are right.
# Seen:    2026-11-28, csvkit 2.2.0 with agate 1.14.2, pytimeparse 1.1.10.
# Matters: a timetable or a column of opening hours leaves the command line in another unit, sixty times smaller.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install csvkit==2.2.0 agate==1.14.2 pytimeparse==1.1.10
printf 'room,opens\nA,10:30\nB,08:05\n' > rooms.csv
test "$(env/bin/csvjson rooms.csv)" = '[{"room": "A", "opens": "0:10:30"}, {"room": "B", "opens": "0:08:05"}]'
test "$(env/bin/csvsort -c room rooms.csv | tail -n 2 | head -n 1)" = 'A,0:10:30'
env/bin/csvsql rooms.csv | grep -q 'opens DATETIME'
sed 's/\(:[0-9]*\)$/\1:00/' rooms.csv > seconds.csv
test "$(env/bin/csvjson seconds.csv)" = '[{"room": "A", "opens": "10:30:00"}, {"room": "B", "opens": "8:05:00"}]'
echo "as described: csvkit reads 10:30 as ten minutes and thirty seconds"
