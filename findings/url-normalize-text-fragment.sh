#!/usr/bin/env bash
# Guess:   url-normalize leaves the colons of a fragment alone, as a fragment may hold them as they are.
# Happens: it writes #:~:text= as #%3A~%3Atext= , which is no fragment directive any more but a plain anchor.
#          furl does the same and turns %20 into + as well, which is a plus sign in a fragment.
# Seen:    2026-11-27, url-normalize 3.1.0, furl 2.1.4.
# Matters: addresses "cleaned" for comparison and then published lose the passage that they pointed at.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install url-normalize==3.1.0 furl==2.1.4
env/bin/python - <<'PY'
from furl import furl
from url_normalize import url_normalize
address = "https://example.org/report#:~:text=ten%20people"
assert url_normalize(address) == "https://example.org/report#%3A~%3Atext=ten%20people", url_normalize(address)
assert furl(address).url == "https://example.org/report#%3A~%3Atext=ten+people", furl(address).url
PY
echo "as described: url-normalize and furl break a text fragment"
