#!/usr/bin/env bash
# Guess:   DataFrame.to_markdown prints the cells, and a text cell as its text.
# Happens: tabulate, which it calls, takes a column of text for numbers if it can: the codes 00123, 12E3 and 1_000
#          are printed as 123, 12000 and 1000, aligned to the right. Numbers with a fraction keep six digits:
#          1234567.89 is printed as 1.23457e+06. With disable_numparse=True the texts and the numbers are as they are.
# Seen:    2026-11-28, pandas 3.1.1, tabulate 0.10.0.
# Matters: the table in a README or data dictionary shows keys that the data do not have, and rounded sums.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install pandas==3.1.1 numpy==2.4.6 tabulate==0.10.0
env/bin/python - <<'PY'
import pandas as pd
frame = pd.DataFrame({"code": ["00123", "12E3", "1_000"], "budget": [1234567.89, 2.5, 3.0]})

def cells(**options):
    lines = frame.to_markdown(index=False, **options).splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]

assert frame["code"].dtype == "str"
assert cells() == [["123", "1.23457e+06"], ["12000", "2.5"], ["1000", "3"]], cells()
plain = cells(disable_numparse=True)
assert plain == [["00123", "1234567.89"], ["12E3", "2.5"], ["1_000", "3.0"]], plain
PY
echo "as described: pandas prints the code 00123 as 123 in Markdown"
