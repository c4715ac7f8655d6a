#!/usr/bin/env bash
# Guess:   mlcroissant, the reference checker, objects to a Croissant file without what the format requires.
# Happens: without url, creator and description it reports exactly what it reports with them, nothing new;
#          for a missing license, also required, it warns "recommended". The format's own list of required
#          properties names all four.
# Seen:    2026-11-27, mlcroissant 1.1.1, Croissant 1.0.
# Matters: "mlcroissant validate" passing is no proof that the metadata can be listed; hold them against the list.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install mlcroissant==1.1.1
env/bin/python -W ignore - <<'PY'
import datetime, json, logging
import mlcroissant as mlc
logging.disable(logging.CRITICAL)

full = mlc.Metadata(
    name="demo", description="Ten numbers.", url="https://example.org/demo", version="1.0.0",
    license=["https://creativecommons.org/licenses/by/4.0/"], cite_as="Doe, J. (2026). Demo.",
    date_published=datetime.datetime(2026, 11, 1), creators=[mlc.Person(name="Jane Doe")]).to_json()

def issues(*without):
    assert all(key in full for key in without)
    json.dump({k: v for k, v in full.items() if k not in without}, open("croissant.json", "w"), default=str)
    found = mlc.Dataset("croissant.json").metadata.ctx.issues
    return sorted(found.errors), sorted(found.warnings)

complete = issues()
assert complete == ([], []), complete
assert issues("url", "creator", "description") == complete
errors, warnings = issues("license")
assert errors == [] and len(warnings) == 1 and "recommended" in warnings[0]
PY
echo "as described: mlcroissant is silent about missing url, creator and description"
