#!/usr/bin/env bash
# Guess:   cohen_kappa_score(weights="linear") on the words low, mid, high weighs by that scale, or refuses words.
# Happens: it sorts the labels and weighs by the alphabet, high, low, mid: here -0.25 instead of 0.36, without a
#          warning. labels=["low", "mid", "high"] fixes it.
# Seen:    2026-11-27, scikit-learn 1.9.1.
# Matters: the codes of a shipped scale are words, so that the first thing tried gives a wrong figure.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install scikit-learn==1.9.1
env/bin/python -W error - <<'PY'
from sklearn.metrics import cohen_kappa_score
scale = ["low", "mid", "high"]
one = ["low", "low", "high", "mid", "mid", "low"]
two = ["low", "low", "mid", "low", "high", "low"]
kappa = lambda a, b, **options: round(float(cohen_kappa_score(a, b, weights="linear", **options)), 3)
assert kappa(one, two) == -0.25
assert kappa(one, two, labels=scale) == 0.357
assert kappa(*([scale.index(code) for code in coder] for coder in (one, two))) == 0.357
PY
echo "as described: scikit-learn's weighted kappa goes by the alphabet"
