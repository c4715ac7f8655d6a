#!/usr/bin/env bash
# Guess:   a Croissant file gives a Parquet file its registered media type, application/vnd.apache.parquet, and it is read.
# Happens: the metadata pass without a word on it, and then no record can be read: mlcroissant knows Parquet as
#          application/x-parquet only, with which the same file is read.
# Seen:    2026-11-27, mlcroissant 1.1.1, pyarrow 26.0.1.
# Matters: IANA registered the name in 2024 and Data Packages have it; metadata made from a catalogue's media types
#          are valid and cannot be loaded.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install mlcroissant==1.1.1 pyarrow==26.0.1
env/bin/python - <<'PY' 2> log
import hashlib, json
import mlcroissant, pandas
pandas.DataFrame({"name": ["a", "b"]}).to_parquet("t.parquet")
words = "citeAs extract field fileObject column recordSet source".split()
context = {"@language": "en", "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
           "sc": "https://schema.org/", "conformsTo": "http://purl.org/dc/terms/conformsTo",
           "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, **{word: f"cr:{word}" for word in words}}
def records(media_type):
    file = {"@type": "cr:FileObject", "@id": "t.parquet", "name": "t.parquet", "contentUrl": "t.parquet",
            "encodingFormat": media_type, "sha256": hashlib.sha256(open("t.parquet", "rb").read()).hexdigest()}
    field = {"@type": "cr:Field", "@id": "t/name", "name": "name", "dataType": "sc:Text",
             "source": {"fileObject": {"@id": "t.parquet"}, "extract": {"column": "name"}}}
    made = {"@context": context, "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": "t", "description": "T.", "url": "https://example.org/", "citeAs": "A.",
            "license": "https://creativecommons.org/licenses/by/4.0/", "datePublished": "2026-01-01",
            "creator": {"@type": "Person", "name": "A"}, "version": "1.0.0", "distribution": [file],
            "recordSet": [{"@type": "cr:RecordSet", "@id": "t", "name": "t", "field": [field]}]}
    open("c.json", "w").write(json.dumps(made))
    dataset = mlcroissant.Dataset("c.json")
    issues = dataset.metadata.ctx.issues
    assert not issues.errors and not issues.warnings, (issues.errors, issues.warnings)
    return [row["t/name"] for row in dataset.records("t")]
assert records("application/x-parquet") == [b"a", b"b"]
try:
    records("application/vnd.apache.parquet")
except Exception as error:
    assert "Read(t.parquet)" in str(error), error
else:
    raise SystemExit("the registered name is read now")
PY
echo "as described: mlcroissant reads Parquet under its old name only"
