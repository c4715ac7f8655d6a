#!/usr/bin/env bash
# Guess:   one list of class names gives the same labels for the CSV and the Parquet file of the same table.
# Happens: with ClassLabel names 1 to 5, a CSV cell 1 is the class named "1"; the integer 1 of Parquet or JSON Lines is
#          the position 1, the class named "2". Every rating moves up by one, and nothing is raised when the file is
#          loaded. class_encode_column takes the integers for names again.
# Seen:    2026-11-28, datasets 5.2.0 with pandas 3.1.1, pyarrow 26.0.1.
# Matters: a dataset that changes from CSV to Parquet shifts all its labels under an unchanged card.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install datasets==5.2.0 pandas==3.1.1 numpy==2.4.6 pyarrow==26.0.1
export HF_HOME="$dir/home" HF_HUB_OFFLINE=1
env/bin/python -W ignore - <<'PY'
import pandas as pd
from datasets import ClassLabel, Features, Value, disable_progress_bars, load_dataset
disable_progress_bars()

frame = pd.DataFrame({"review": ["poor", "fair", "good"], "stars": [1, 2, 3]})
frame.to_csv("reviews.csv", index=False)
frame.to_parquet("reviews.parquet", index=False)
frame.to_json("reviews.jsonl", orient="records", lines=True)
features = Features({"review": Value("string"), "stars": ClassLabel(names=["1", "2", "3", "4", "5"])})

def stars(kind, path):
    table = load_dataset(kind, data_files=path, features=features, split="train")
    return [table.features["stars"].int2str(place) for place in table["stars"]]

assert stars("csv", "reviews.csv") == ["1", "2", "3"]
assert stars("parquet", "reviews.parquet") == ["2", "3", "4"]
assert stars("json", "reviews.jsonl") == ["2", "3", "4"]
encoded = load_dataset("parquet", data_files="reviews.parquet", split="train").class_encode_column("stars")
assert encoded.features["stars"].int2str(encoded["stars"]) == ["1", "2", "3"]
PY
echo "as described: datasets labels 1 as class 1 from CSV and as class 2 from Parquet"
