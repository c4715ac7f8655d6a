#!/usr/bin/env bash
# Guess:   pybtex reads back what it wrote: parse_string and to_string("bibtex") are each other's reverse.
# Happens: each writing puts a backslash before &, %, _ and # that reading does not take away, also where one
#          is there already: \& becomes \\&, then \\\&, and the DOI 10.1234/a_b gets one more with each pass.
# Seen:    2026-11-27, pybtex 0.26.1.
# Matters: a bibliography that a script cleans at every release grows a little more broken with each one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install pybtex==0.26.1
env/bin/python - <<'PY'
from pybtex.database import parse_string
text = r'@misc{k, title = {Food \& Drink}, doi = {10.1234/a_b}}'
for writings in range(4):
    library = parse_string(text, "bibtex")
    fields = library.entries["k"].fields
    assert fields["title"] == "Food " + "\\" * (writings + 1) + "& Drink", fields
    assert fields["doi"] == "10.1234/a" + "\\" * writings + "_b", fields
    text = library.to_string("bibtex")
PY
echo "as described: pybtex adds a backslash with every writing"
