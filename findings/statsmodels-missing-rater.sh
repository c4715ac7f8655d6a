#!/usr/bin/env bash
# Guess:   statsmodels' aggregate_raters leaves a missing judgement out of its table, or refuses it.
# Happens: NaN becomes a category of its own, so that fleiss_kappa counts two missing judgements on one subject as
#          agreement: here 0.74, and 0.47 over the subjects that somebody judged. None among texts raises.
# Seen:    2026-11-27, statsmodels 0.15.0, numpy 2.4.6.
# Matters: the more the raters skip the same hard cases, the better the published agreement looks.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install statsmodels==0.15.0 numpy==2.4.6
env/bin/python -W error - <<'PY'
import numpy as np
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

ratings = np.array([[1, 1], [2, 2], [1, 2], [1, 1], [np.nan, np.nan], [np.nan, np.nan]])
table, categories = aggregate_raters(ratings)
assert np.isnan(categories[-1]) and table[-1].tolist() == [0, 0, 2], (table, categories)
assert round(fleiss_kappa(table), 2) == 0.74
assert round(fleiss_kappa(aggregate_raters(ratings[:4])[0]), 2) == 0.47
PY
echo "as described: statsmodels counts missing judgements as agreement"
