#!/usr/bin/env bash
# Guess:   load_dataset on a folder of CSV files of the same columns loads them all.
# Happens: if one name has the word test, dev, eval or the like in it, that file alone is loaded, as its own split,
#          and every file whose name has no such word is left out without a warning.
# Seen:    2026-11-27, datasets 5.2.0, offline.
# Matters: "blood-test.csv" beside "patients.csv" hides the patients; name tables with this in mind or ship a card.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install datasets==5.2.0
mkdir plain hidden
printf 'id,value\n1,5\n' | tee plain/patients.csv hidden/patients.csv > /dev/null
printf 'id,value\n2,6\n' | tee plain/blood.csv hidden/blood-test.csv > /dev/null
HF_HOME="$dir/home" HF_HUB_OFFLINE=1 env/bin/python - <<'PY' 2> log || { cat log; exit 1; }
import datasets
datasets.disable_progress_bars()
ids = lambda folder: {split: sorted(table["id"]) for split, table in datasets.load_dataset(folder).items()}
assert ids("plain") == {"train": [1, 2]}
assert ids("hidden") == {"test": [2]}, ids("hidden")
PY
if grep -i patients log; then echo "it warns now"; exit 1; fi
echo "as described: a file named ...-test.csv makes load_dataset drop the others"
