#!/usr/bin/env bash
# Guess:   a BibTeX entry that pandoc reads and writes again as BibTeX keeps its DOI.
# Happens: doi, version, day and urldate are read and not written, for an article as for a data set, without a warning;
#          the writer "biblatex" keeps all four.
# Seen:    2026-11-27, pandoc 3.9 (pypandoc-binary 1.17).
# Matters: a .bib file made from CSL-JSON with pandoc -t bibtex lacks the one field that resolves; use -t biblatex.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install pypandoc-binary==1.17
env/bin/python - <<'PY'
import json
import pypandoc
assert pypandoc.get_pandoc_version() == "3.9"
for kind in ("article", "dataset"):
    entry = """@%s{k, author = {Doe, Jane}, title = {Visits}, year = 2025, month = nov, day = 25,
        doi = {10.1234/abc}, version = {1.2}, url = {https://example.org}, urldate = {2026-01-31}}""" % kind
    item = json.loads(pypandoc.convert_text(entry, "csljson", format="bibtex"))[0]
    assert item["DOI"] == "10.1234/abc" and item["version"] == "1.2"
    assert item["issued"] == {"date-parts": [[2025, 11, 25]]}, item
    old = pypandoc.convert_text(entry, "bibtex", format="bibtex")
    assert "Visits" in old and not any(text in old for text in ("10.1234", "1.2", "day", "2026")), old
    new = pypandoc.convert_text(entry, "biblatex", format="bibtex")
    assert all(text in new for text in ("10.1234/abc", "{1.2}", "2025-11-25", "2026-01-31")), new
PY
echo "as described: pandoc's BibTeX writer drops the DOI that its reader took in"
