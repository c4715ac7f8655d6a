#!/usr/bin/env bash
# Guess:   pandoc reads the author of a RIS record as one name if the name has no comma.
# Happens: the last words become the family name: "Department of Foreign Affairs and Trade" is family "Foreign
#          Affairs and Trade", given "Department", particle "of". The same name in double braces in BibTeX stays whole.
# Seen:    2026-11-27, pandoc 3.9 (pypandoc-binary 1.17).
# Matters: data sets have bodies for authors, and a RIS file has no way to say so; CSL-JSON has.
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
def author(text, kind):
    return json.loads(pypandoc.convert_text(text, "csljson", format=kind))[0]["author"]
name = "Department of Foreign Affairs and Trade"
ris = author(f"TY  - DATA\nAU  - {name}\nTI  - Visits\nPY  - 2025\nER  - \n", "ris")
assert ris == [{"family": "Foreign Affairs and Trade", "given": "Department", "dropping-particle": "of"}], ris
bib = author("@misc{k, author = {{%s}}, title = {Visits}, year = 2025}" % name, "bibtex")
assert bib == [{"literal": name}], bib
PY
echo "as described: pandoc makes a person of a department in RIS"
