#!/usr/bin/env bash
# Guess:   a category without order that pandas wrote to a Stata file comes back without order.
# Happens: read_stata makes every labelled column ordered, by the numbers behind the labels, which are those of the
#          alphabet: .max() of a column of topics raises before and answers "trade" after, and "arms" < "trade" is True.
#          order_categoricals=False would be needed, and then a true order is lost as well.
# Seen:    2026-11-27, pandas 3.1.1, numpy 2.4.6.
# Matters: ranks, cuts and ordinal models of a nominal column run without complaint.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install pandas==3.1.1 numpy==2.4.6
env/bin/python -W error - <<'PY'
import pandas as pd

frame = pd.DataFrame({
    "topic": pd.Categorical(["trade", "arms", "health"]),
    "level": pd.Categorical(["low", "high", "mid"], ["low", "mid", "high"], ordered=True)})
frame.to_stata("rows.dta", write_index=False)
try:
    frame["topic"].max()
except TypeError:
    pass
else:
    raise SystemExit("a category without order has a greatest value now")

back = pd.read_stata("rows.dta")
assert back["topic"].tolist() == frame["topic"].tolist()
assert back["topic"].cat.ordered and back["level"].cat.ordered
assert back["topic"].max() == "trade"
assert (back["topic"] < "trade").tolist() == [False, True, True]
plain = pd.read_stata("rows.dta", order_categoricals=False)
assert not plain["topic"].cat.ordered and not plain["level"].cat.ordered
PY
echo "as described: a nominal column is ordered after a Stata file"
