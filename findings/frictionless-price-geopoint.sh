#!/usr/bin/env bash
# Guess:   frictionless describe calls prices with a decimal comma text or numbers.
# Happens: it calls them geopoint, and reads 12,5 as the point [12.0, 5.0], as long as the halves are within 180
#          and 90. The file is an ordinary European CSV with semicolons.
# Seen:    2026-11-27, frictionless 5.21.0.
# Matters: a descriptor made from such a file and published unread describes bread as a place at sea.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install frictionless==5.21.0
printf 'item;price\nbread;12,5\nmilk;1,25\n' > prices.csv
env/bin/python - <<'PY'
from frictionless import Resource
with Resource("prices.csv") as table:
    assert [field.type for field in table.schema.fields] == ["string", "geopoint"], table.schema
    points = [[float(half) for half in row["price"]] for row in table.read_rows()]
    assert points == [[12.0, 5.0], [1.0, 25.0]], points
PY
echo "as described: frictionless takes a price with a decimal comma for a point on the map"
