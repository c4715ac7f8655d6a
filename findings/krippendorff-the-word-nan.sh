#!/usr/bin/env bash
# Guess:   krippendorff.alpha on text codes takes every text for a category.
# Happens: the text "nan" is a gap, while the empty text and "NaN" are categories: the same judgements give
#          0.67, or 0.49 with "" in the place of "nan". None, the usual gap among texts, raises.
# Seen:    2026-11-27, krippendorff 0.9.0, numpy 2.4.6.
# Matters: a CSV read with empty cells as '' counts missing judgements as disagreement, and the figure looks fine.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install krippendorff==0.9.0 numpy==2.4.6
env/bin/python - <<'PY'
import krippendorff

def alpha(gap):
    coders = [["low", "mid", "high", "low", "low"], ["low", "mid", "high", gap, "mid"]]
    return round(krippendorff.alpha(coders, level_of_measurement="nominal"), 3)

assert alpha("nan") == 0.667
assert alpha("") == alpha("NaN") == alpha("gap") == 0.486, (alpha(""), alpha("NaN"))
try:
    alpha(None)
except ValueError as error:
    assert "domain" in str(error), error
else:
    raise SystemExit("None is taken now")
PY
echo "as described: krippendorff skips the word nan and counts the empty text"
