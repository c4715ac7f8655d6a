#!/usr/bin/env bash
# Guess:   cffconvert writes an entity author so that BibTeX readers take it as one author.
# Happens: the name is written without braces, and "and" separates authors in BibTeX: of "Ministry of Science and
#          Technology" pybtex and bibtexparser make two authors, pybtex even a person with the last name "of Science".
#          In the other formats of cffconvert the name is whole.
# Seen:    2026-11-28, cffconvert 2.0.0; pybtex 0.26.1, bibtexparser 2.1.0.
# Matters: the bodies that publish data often have "and" in their names, and the citation then credits somebody else.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install cffconvert==2.0.0 pybtex==0.26.1 bibtexparser==2.1.0
cat > CITATION.cff <<'CFF'
cff-version: 1.2.0
message: Please cite these data.
title: Sites
type: dataset
authors:
  - name: Ministry of Science and Technology
date-released: 2019-10-02
version: "1.0"
CFF
env/bin/cffconvert --validate > /dev/null
env/bin/cffconvert --format bibtex > sites.bib
env/bin/cffconvert --format apalike | grep -q '^Ministry of Science and Technology (2019)'
env/bin/python - <<'PY'
import bibtexparser
import pybtex.database
from bibtexparser.middlewares import SeparateCoAuthors
[entry] = pybtex.database.parse_file("sites.bib").entries.values()
assert [str(author) for author in entry.persons["author"]] == ["of Science, Ministry", "Technology"]
library = bibtexparser.parse_file("sites.bib", append_middleware=[SeparateCoAuthors()])
assert library.entries[0]["author"] == ["Ministry of Science", "Technology"]
PY
echo "as described: a ministry with \"and\" in its name is two authors after cffconvert"
