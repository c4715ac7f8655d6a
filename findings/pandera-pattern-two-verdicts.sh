#!/usr/bin/env bash
# Guess:   pandera's Check.str_matches("a|b") gives one verdict, whether the frame is pandas' or polars'.
# Happens: the cell "xb" fails in pandas and passes in polars, and "b" alone passes in both: polars gets ^ set
#          before the whole pattern, which binds the first spelling only.
# Seen:    2026-11-27, pandera 0.35.0, pandas 3.1.1, polars 2.1.0.
# Matters: moving a checked pipeline from one library to the other loosens its rules; put a group around choices.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install 'pandera[pandas,polars]==0.35.0' pandas==3.1.1 polars==2.1.0
env/bin/python -W ignore - <<'PY'
import pandas, polars
import pandera.pandas, pandera.polars

def verdict(pandera_module, frame, pattern):
    rule = pandera_module.Check.str_matches(pattern)
    schema = pandera_module.DataFrameSchema({"grade": pandera_module.Column(str, rule)})
    try:
        schema.validate(frame)
        return True
    except pandera.errors.SchemaError:
        return False

def both(pattern, cell):
    data = {"grade": [cell]}
    return (verdict(pandera.pandas, pandas.DataFrame(data), pattern),
            verdict(pandera.polars, polars.DataFrame(data), pattern))

assert both("a|b", "a") == both("a|b", "b") == (True, True)
assert both("a|b", "xa") == (False, False)
assert both("a|b", "xb") == (False, True)
assert both("(?:a|b)", "xb") == (False, False)
PY
echo "as described: pandera's str_matches judges a|b in two ways"
