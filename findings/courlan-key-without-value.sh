#!/usr/bin/env bash
# Guess:   courlan's clean_url takes tracking parameters off an address and leaves the parameters that choose the page.
# Happens: a key without a value is cut off too: "?OpenDocument", which addresses of Domino servers end in, and "?12".
#          The addresses of two documents, "show?12" and "show?13", become the same one. w3lib's canonicalize_url,
#          made for the same job, writes "?OpenDocument=" and "?12=" and keeps them apart.
# Seen:    2026-11-28, courlan 1.4.0; w3lib 2.5.0.
# Matters: addresses are cleaned to find duplicates, and here two sources are merged into one wrong address.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install courlan==1.4.0 w3lib==2.5.0
env/bin/python - <<'PY'
from courlan import clean_url
from w3lib.url import canonicalize_url
assert clean_url("https://example.org/show?id=12") == "https://example.org/show?id=12"
assert clean_url("https://example.org/a.nsf/0/1A2B?OpenDocument") == "https://example.org/a.nsf/0/1A2B"
two = ["https://example.org/show?12", "https://example.org/show?13"]
assert {clean_url(url) for url in two} == {"https://example.org/show"}
assert [canonicalize_url(url) for url in two] == [url + "=" for url in two]
PY
echo "as described: courlan cuts a key without a value off an address"
