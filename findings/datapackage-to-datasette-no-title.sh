#!/usr/bin/env bash
# Guess:   datapackage-to-datasette writes metadata that Datasette shows beside the database of the same command.
# Happens: it files title, description and licence under the name of the file, "sites.db"; Datasette looks them up
#          under the name of the database, "sites", and shows none of them. There is no message on either side. With
#          the key renamed they appear.
# Seen:    2026-11-28, datapackage-to-datasette 0.5.0 with frictionless 5.21.0, datasette 0.65.5.
# Matters: the database goes online without its licence, though it was in the package and in the metadata.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install datapackage-to-datasette==0.5.0 frictionless==5.21.0 datasette==0.65.5
printf 'id,name\n1,Ghent\n' > sites.csv
cat > datapackage.json <<'JSON'
{"name": "sites", "title": "Old harbours",
 "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
 "resources": [{"name": "sites", "path": "sites.csv", "schema": {"primaryKey": ["id"], "fields": [
   {"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]}}]}
JSON
env/bin/datapackage-to-datasette sites.db datapackage.json metadata.json
page() { env/bin/datasette sites.db -m "$1" --get /sites; }
test "$(page metadata.json | grep -c -E 'Old harbours|CC-BY-4.0')" = 0
sed 's/"sites.db"/"sites"/' metadata.json > renamed.json
page renamed.json | grep -q 'Old harbours'
page renamed.json | grep -q 'CC-BY-4.0'
echo "as described: Datasette shows nothing of the metadata of datapackage-to-datasette"
