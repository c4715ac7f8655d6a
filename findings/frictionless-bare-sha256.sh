#!/usr/bin/env bash
# Guess:   frictionless knows a bare hash of 64 hex digits for SHA-256, or says that the algorithm is missing.
# Happens: it takes every hash without a prefix for MD5, as the standard has it, also one that cannot be an MD5, and
#          reports a changed file: 64 digits expected, 32 found. The same digits after "sha256:" are right.
# Seen:    2026-11-27, frictionless 5.21.0.
# Matters: whoever pastes the output of sha256sum into a descriptor is told that an intact file is damaged.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install frictionless==5.21.0
printf 'n\n1\n' > numbers.csv
sum=$(sha256sum numbers.csv | cut -d' ' -f1)
env/bin/python - "$sum" <<'PY'
import sys
from frictionless import Resource
def report(digits):
    return Resource.from_descriptor({"name": "numbers", "path": "numbers.csv", "hash": digits}).validate()
assert report("sha256:" + sys.argv[1]).valid
bare = report(sys.argv[1]).flatten(["type", "note"])
assert len(bare) == 1 and bare[0][0] == "hash-count", bare
assert sys.argv[1] in bare[0][1] and len(bare[0][1].rsplit('"', 2)[1]) == 32, bare
PY
echo "as described: frictionless takes a bare SHA-256 for a wrong MD5"
