#!/usr/bin/env bash
# Guess:   yarl keeps an address that is well-formed as it is, or changes only what means the same.
# Happens: in a text fragment (#:~:text=) it undoes the escapes of comma, ampersand and hyphen, which are the
#          syntax there: text=10%2C000, the words "10,000", becomes text=10,000, a passage from "10" to "000".
# Seen:    2026-11-27, yarl 1.25.1 (the addresses of aiohttp).
# Matters: a link checker or an export built on it rewrites links to evidence into links that mark another passage.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install yarl==1.25.1
env/bin/python - <<'PY'
from urllib.parse import unquote
from yarl import URL

def terms(address):
    directive = address.partition(":~:text=")[2]
    return [unquote(term) for term in directive.split(",")]

before = "https://example.org/report#:~:text=10%2C000%20people"
after = str(URL(before))
assert terms(before) == ["10,000 people"]
assert after == "https://example.org/report#:~:text=10,000%20people", after
assert terms(after) == ["10", "000 people"]
assert str(URL("https://example.org/#:~:text=R%26D%2D1")) == "https://example.org/#:~:text=R&D-1"
PY
echo "as described: yarl turns the comma inside a quotation into the separator"
