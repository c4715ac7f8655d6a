#!/usr/bin/env bash
# Guess:   a RIS file that cffconvert writes can be read by programs that read RIS.
# Happens: its last line is "ER", not "ER  - ", so the record never ends: rispy returns an empty list without a
#          word, pandoc stops with a parse error. With the line fixed both read one record.
# Seen:    2026-11-27, cffconvert 2.0.0, rispy 0.10.0, pandoc 3.9 (pypandoc-binary 1.17).
# Matters: the file that a repository offers for reference managers can be one that yields nothing.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install cffconvert==2.0.0 rispy==0.10.0 pypandoc-binary==1.17
cat > CITATION.cff <<'CFF'
cff-version: 1.2.0
message: Please cite it.
type: dataset
title: Visits
date-released: 2025-11-25
authors:
  - name: The Curators
CFF
env/bin/cffconvert -i CITATION.cff -f ris > visits.ris
env/bin/python - <<'PY'
import pypandoc, rispy
text = open("visits.ris").read()
assert text.splitlines()[-1] == "ER", text
assert rispy.loads(text) == []
try:
    pypandoc.convert_text(text, "csljson", format="ris")
except RuntimeError as error:
    assert "unexpected" in str(error), error
else:
    raise SystemExit("pandoc reads it now")
fixed = text.rstrip() + "  - \n"
assert rispy.loads(fixed)[0]["title"] == "Visits"
assert "Visits" in pypandoc.convert_text(fixed, "csljson", format="ris")
PY
echo "as described: rispy and pandoc cannot read cffconvert's RIS"
