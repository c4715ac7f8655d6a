#!/usr/bin/env bash
# Guess:   tablib loads a JSON list of objects by their keys.
# Happens: the first object's keys become the headings, every later object gives its values by position:
#          {"b": 3, "a": 4} after {"a": 1, "b": 2} is loaded as a=3, b=4, and other keys of the same number too.
# Seen:    2026-11-27, tablib 3.10.0.
# Matters: JSON objects have no order and writers differ in it; here numbers land under the wrong heading unseen.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install tablib==3.10.0
env/bin/python -W error - <<'PY'
import tablib
load = lambda text: tablib.Dataset().load(text, format="json").dict
assert load('[{"a": 1, "b": 2}, {"b": 3, "a": 4}]') == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
assert load('[{"a": 1, "b": 2}, {"b": 3, "c": 4}]') == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
PY
echo "as described: tablib reads JSON objects by the order of their keys"
