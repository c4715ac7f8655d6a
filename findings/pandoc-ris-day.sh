#!/usr/bin/env bash
# Guess:   pandoc takes the day of a RIS record from DA, or from PY where that has one: both are in the standard.
# Happens: DA is passed over, so that only the year of PY is left; and a full day in PY gives no date at all,
#          not even the year.
# Seen:    2026-11-27, pandoc 3.9 (pypandoc-binary 1.17).
# Matters: news are told apart by their day; the reference is complete in the file and "n.d." in the list.
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
def issued(*lines):
    text = "\n".join(["TY  - NEWS", "TI  - Visits", *lines, "ER  - ", ""])
    (item,) = json.loads(pypandoc.convert_text(text, "csljson", format="ris"))
    return item.get("issued", {}).get("date-parts", [])
found = [issued("PY  - 2025", "DA  - 2025/11/25"), issued("DA  - 2025/11/25"), issued("PY  - 2025/11/25/")]
assert found == [[[2025]], [], []], found
PY
echo "as described: pandoc reads no day from RIS"
