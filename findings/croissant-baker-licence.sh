#!/usr/bin/env bash
# Guess:   a folder whose licence nobody named gets Croissant metadata without a licence, or with that of its LICENSE.
# Happens: croissant-baker declares CC BY 4.0. The LICENSE file beside the data, here CC0, is not read, the result
#          counts as "validated", and the exit code is 0. A warning says that --license was not given and that
#          defaults were used, not which licence this is.
# Seen:    2026-11-28, croissant-baker 0.8.0 with mlcroissant 1.1.1.
# Matters: a catalogue that reads the file offers other people's data under terms that nobody granted.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install croissant-baker==0.8.0 mlcroissant==1.1.1 pandas==3.1.1 numpy==2.4.6
mkdir data
printf 'id,name\n1,Ghent\n' > data/places.csv
printf 'CC0 1.0 Universal\n' > data/LICENSE
env/bin/croissant-baker --input data --output croissant.json --name places --description 'Places with harbours' \
  --creator 'Example Office' --url https://example.org/places --date-published 2026-11-28 > log.txt 2>&1
grep -q 'Generated validated Croissant metadata' log.txt
test "$(grep -c -i 'CC.BY\|by/4.0' log.txt)" = 0
env/bin/python - <<'PY'
import json
licence = json.load(open("croissant.json"))["license"]
assert licence == "https://creativecommons.org/licenses/by/4.0/", licence
PY
echo "as described: croissant-baker declares CC BY 4.0 for data whose LICENSE says CC0"
