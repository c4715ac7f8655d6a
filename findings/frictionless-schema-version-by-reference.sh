#!/usr/bin/env bash
# Guess:   a Table Schema file that names the 2.0 profile in its own $schema is read by that standard wherever it stands.
# Happens: alone it loads; named by path from a package that has no $schema the same file is refused, because
#          exclusiveMinimum "requires datapackage v2": the package's silence outvotes the schema's word.
# Seen:    2026-11-27, frictionless 5.21.0.
# Matters: a schema shared by several packages, each valid on its own, breaks in those that are older than it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install frictionless==5.21.0
printf 'share\n0.5\n' > shares.csv
cat > schema.json <<'JSON'
{"$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
 "fields": [{"name": "share", "type": "number", "constraints": {"exclusiveMinimum": 0}}]}
JSON
env/bin/python - <<'PY'
from frictionless import FrictionlessException, Package, Schema

assert Schema.from_descriptor("schema.json").get_field("share")
package = {"name": "demo", "resources": [{"name": "shares", "path": "shares.csv", "schema": "schema.json"}]}
named = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", **package}
assert Package.from_descriptor(named).validate().valid
try:
    Package.from_descriptor(package).validate()
except FrictionlessException as error:
    assert "requires datapackage v2" in str(error), error
else:
    raise SystemExit("accepted now")
PY
echo "as described: frictionless heeds a package's missing \$schema above the schema's own"
