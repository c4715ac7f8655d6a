#!/usr/bin/env bash
# Guess:   load_dataset on a folder with one CSV and its datapackage.json loads the CSV.
# Happens: it loads the descriptor: one row whose columns are the package's name and resources. Of file kinds
#          that are equally many in the folder the loader takes one, and that is JSON; with a second CSV
#          beside them the tables win.
# Seen:    2026-11-27, datasets 5.2.0, offline.
# Matters: the smallest possible Data Package is misread without an error; a card with configs settles it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install datasets==5.2.0
mkdir one two
printf 'id,city\n1,Hanoi\n2,Lima\n' | tee one/a.csv two/a.csv > two/b.csv
echo '{"name": "demo", "resources": [{"name": "a", "path": "a.csv"}]}' | tee one/datapackage.json > two/datapackage.json
HF_HOME="$dir/home" HF_HUB_OFFLINE=1 env/bin/python -W ignore - <<'PY'
import datasets
datasets.disable_progress_bars()
one = datasets.load_dataset("one")["train"]
assert one.column_names == ["name", "resources"] and one.num_rows == 1, one
two = datasets.load_dataset("two")["train"]
assert two.column_names == ["id", "city"] and two.num_rows == 4, two
PY
echo "as described: load_dataset takes the descriptor for the data"
