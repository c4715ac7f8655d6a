#!/usr/bin/env bash
# Guess:   cffconvert turns a list of licences, which CITATION.cff 1.2.0 allows, into two licence addresses.
# Happens: schema.org and CodeMeta get one address with a Python list in it:
#          https://spdx.org/licenses/['MIT', 'CC-BY-4.0'] . One licence alone gives a right address.
# Seen:    2026-11-27, cffconvert 2.0.0.
# Matters: code under one licence and data under another is the usual case for a data set's repository.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install cffconvert==2.0.0
cat > CITATION.cff <<'CFF'
cff-version: 1.2.0
message: Please cite it.
title: Visits
license: [MIT, CC-BY-4.0]
authors:
  - name: The Curators
CFF
env/bin/cffconvert -i CITATION.cff --validate > /dev/null
sed 's/\[MIT, CC-BY-4.0\]/MIT/' CITATION.cff > one.cff
for format in schema.org codemeta; do
  env/bin/cffconvert -i CITATION.cff -f "$format" | grep -qF "\"license\": \"https://spdx.org/licenses/['MIT', 'CC-BY-4.0']\""
  env/bin/cffconvert -i one.cff -f "$format" | grep -qF '"license": "https://spdx.org/licenses/MIT"'
done
echo "as described: cffconvert writes a Python list into a licence's address"
