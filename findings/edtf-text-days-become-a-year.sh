#!/usr/bin/env bash
# Guess:   edtf's text_to_edtf reads a text as the date it states, or gives None where it cannot.
# Happens: "2 to 4 October 2019" is 4 October 2002: the days 2 and 4 become parts of the year and the day, and 2019 is
#          gone. "4th conference in 2019" is April 2019 and "May or June 2019" May of an unknown year, all without a
#          mark of doubt; "2 October 2019" is right.
# Seen:    2026-11-27, edtf 5.0.2.
# Matters: meetings last some days, and the wrong year is valid EDTF, which no later check can find.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install edtf==5.0.2
env/bin/python - <<'PY'
from edtf import text_to_edtf

assert text_to_edtf("2 October 2019") == "2019-10-02"
assert text_to_edtf("2 to 4 October 2019") == "2002-10-04"
assert text_to_edtf("2-4 October 2019") == "2002-10-04"
assert text_to_edtf("4th conference in 2019") == "2019-04"
assert text_to_edtf("May or June 2019") == "XXXX-05"
PY
echo "as described: edtf takes 2 to 4 October 2019 for a day in 2002"
