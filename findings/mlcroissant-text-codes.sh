#!/usr/bin/env bash
# Guess:   a CSV column declared sc:Text in Croissant comes out as the text in the file.
# Happens: the file is parsed first and typed after: the code 00123 arrives as b'123', and in a column with
#          an empty cell the code 7 arrives as b'7.0' (the gap made it a float on the way).
# Seen:    2026-11-27, mlcroissant 1.1.1 with pandas 3.1.1.
# Matters: declared text does not protect postal codes, ISO numbers or hashes of digits; the Parquet file does.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install mlcroissant==1.1.1 pandas==3.1.1
printf 'code,ward\n00123,7\n00124,\n' > places.csv
env/bin/python -W ignore - <<'PY'
import hashlib, json, logging
import mlcroissant as mlc
logging.disable(logging.CRITICAL)

digest = hashlib.sha256(open("places.csv", "rb").read()).hexdigest()
field = lambda name: mlc.Field(id="places/" + name, name=name, data_types=[mlc.DataType.TEXT], source=mlc.Source(
    file_object="csv", extract=mlc.Extract(column=name)))
metadata = mlc.Metadata(
    name="demo", distribution=[mlc.FileObject(
        id="csv", name="csv", content_url="places.csv", encoding_formats=["text/csv"], sha256=digest)],
    record_sets=[mlc.RecordSet(id="places", name="places", fields=[field("code"), field("ward")])])
json.dump(metadata.to_json(), open("croissant.json", "w"), default=str)
rows = [tuple(row.values()) for row in mlc.Dataset("croissant.json").records("places")]
assert rows == [(b"123", b"7.0"), (b"124", None)], rows
PY
echo "as described: mlcroissant changes codes of digits declared as text"
