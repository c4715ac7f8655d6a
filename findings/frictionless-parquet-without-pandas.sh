#!/usr/bin/env bash
# Guess:   pip install "frictionless[parquet]" brings what frictionless needs to read a Parquet file.
# Happens: it brings pyarrow alone, and reading stops with source-error, "No module named 'pandas'". With pandas
#          beside it the file is read.
# Seen:    2026-11-27, frictionless 5.21.0, pyarrow 26.0.1, pandas 3.1.1.
# Matters: the error speaks of "not supported or inconsistent contents", so that the file is suspected.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install 'frictionless[parquet]==5.21.0' pyarrow==26.0.1
python3 -m venv writer
writer/bin/pip --quiet --quiet install pandas==3.1.1 pyarrow==26.0.1
writer/bin/python -c 'import pandas; pandas.DataFrame({"city": ["Bonn"], "count": [3]}).to_parquet("visits.parquet")'
cat > read.py <<'PY'
from frictionless import Resource
print([row.to_dict() for row in Resource("visits.parquet").read_rows()])
PY
if env/bin/python read.py > out 2> log; then
  echo "the extra is enough now" >&2
  exit 1
fi
grep --quiet "No module named 'pandas'" log
grep --quiet 'not supported or has inconsistent contents' log
env/bin/pip --quiet --quiet install pandas==3.1.1
test "$(env/bin/python read.py)" = "[{'city': 'Bonn', 'count': 3}]"
echo "as described: the extra for Parquet lacks pandas"
