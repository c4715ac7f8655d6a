#!/usr/bin/env bash
# Guess:   csvjson --no-inference passes every cell on as the text that it is.
# Happens: the texts none, null, n/a, na and . still become null; only --blanks keeps them,
#          and that option's name speaks of empty cells alone.
# Seen:    2026-11-27, csvkit 2.2.0.
# Matters: a code such as "none" disappears from a codebook even in the run that was told to guess nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install csvkit==2.2.0
printf 'code,label\nnone,No answer\nN/A,Asked in vain\n.,Left out\nok,Given\n' > codes.csv
env/bin/csvjson --no-inference codes.csv > plain.json
env/bin/csvjson --no-inference --blanks codes.csv > blanks.json
env/bin/python - <<'PY'
import json
codes = lambda name: [row["code"] for row in json.load(open(name))]
assert codes("plain.json") == [None, None, None, "ok"], codes("plain.json")
assert codes("blanks.json") == ["none", "N/A", ".", "ok"], codes("blanks.json")
PY
echo "as described: csvkit makes the text none null though inference is off"
