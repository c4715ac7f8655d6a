#!/usr/bin/env bash
# Guess:   where pybtex sets \& and \% of a title as & and %, it sets \$ as $.
# Happens: the backslash stays: "Fund of \$10m & 5%". Neither {\$} nor \textdollar{} helps; of the latter the
#          whole command is left.
# Seen:    2026-11-27, pybtex 0.26.1, latexcodec 3.0.1.
# Matters: amounts of money are usual in titles of news and reports, and other readers of BibTeX (pandoc, bibtexparser,
#          citation.js) set them rightly, so that nobody looks.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install pybtex==0.26.1 latexcodec==3.0.1
env/bin/python - <<'PY'
from pybtex.database import parse_string
from pybtex.plugin import find_plugin
style = find_plugin("pybtex.style.formatting", "plain")()
backend = find_plugin("pybtex.backends", "plaintext")()
def set_title(title):
    (entry,) = style.format_bibliography(parse_string("@misc{k, title = {{%s}}, year = 2020}" % title, "bibtex"))
    return entry.text.render(backend).removesuffix(". 2020.")
assert set_title(r"Fund of \$10m \& 5\%") == r"Fund of \$10m & 5%", set_title(r"Fund of \$10m \& 5\%")
assert set_title(r"Fund of \textdollar{}10m") == r"Fund of \textdollar 10m"
assert set_title(r"Fund of {\$}10m") == r"Fund of \$10m"
PY
echo "as described: pybtex leaves the backslash before a dollar sign"
