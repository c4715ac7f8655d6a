#!/usr/bin/env bash
# Guess:   offline, load_dataset reads a member of a zip file that is on the disk: zip://visits.csv::visits.zip.
# Happens: with HF_HUB_OFFLINE=1 it stops with OfflineModeIsEnabled, "Tried to reach zip://…": the address counts as
#          one in the network. Without the variable the member is read, and once it is in the cache also with it.
# Seen:    2026-11-27, datasets 5.2.0.
# Matters: clusters without a network set the variable; the same line works on the desk and fails in the job.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install datasets==5.2.0
printf 'city,count\nBonn,3\n' > visits.csv
env/bin/python -m zipfile -c visits.zip visits.csv
cat > load.py <<'PY'
import datasets
datasets.disable_progress_bars()
print(datasets.load_dataset("csv", data_files="zip://visits.csv::visits.zip", split="train")["city"][0])
PY
test "$(HF_HOME="$dir/one" env/bin/python load.py 2> log)" = Bonn
if HF_HOME="$dir/two" HF_HUB_OFFLINE=1 env/bin/python load.py > out 2> log; then
  echo "the member is read offline now" >&2
  exit 1
fi
grep --quiet 'OfflineModeIsEnabled' log
grep --quiet 'Tried to reach zip://' log
echo "as described: datasets takes a local zip file for an address in the network"
