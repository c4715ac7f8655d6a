#!/usr/bin/env bash
# Guess:   bibtexparser's LatexDecodingMiddleware turns LaTeX in titles and names into Unicode and leaves an address alone.
# Happens: the middleware is run over every field: a percent sign in url begins a LaTeX comment, and all that follows
#          it is cut; & becomes three blanks. "...?q=1&page=50%25" is "...?q=1   page=50" afterwards.
# Seen:    2026-11-27, bibtexparser 2.1.0.
# Matters: links to pages with non-Latin names are full of percent signs, and each leads elsewhere after cleaning.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install bibtexparser==2.1.0
env/bin/python - <<'PY'
import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware
entry = r'@misc{k, title = {Caf\'{e}}, url = {https://example.org/?q=1&page=50%25}}'
def fields(*middleware):
    library = bibtexparser.parse_string(entry, append_middleware=list(middleware))
    return {field.key: field.value for field in library.entries[0].fields}
assert fields()["url"] == "https://example.org/?q=1&page=50%25"
decoded = fields(LatexDecodingMiddleware())
assert decoded["title"] == "Café", decoded
assert decoded["url"] == "https://example.org/?q=1   page=50", decoded
PY
echo "as described: bibtexparser cuts an address at its percent sign when it decodes LaTeX"
