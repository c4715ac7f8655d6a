#!/usr/bin/env bash
# Guess:   citation.js takes the day of a RIS record from DA, whatever its type.
# Happens: of a report or journal article the day is there; of a newspaper article, which has hardly anything
#          but its day, only the year.
# Seen:    2026-11-27, @citation-js/core 0.8.2, @citation-js/plugin-ris 0.8.2.
# Matters: articles of one paper from one year can no longer be told apart; the same file gives days for other types.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
cat > ask.js <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-ris");
const record = type => `TY  - ${type}\nTI  - Visits\nPY  - 2025\nDA  - 2025/11/25\nER  - \n`;
console.log(["RPRT", "JOUR", "NEWS"].map(type => new Cite(record(type)).data[0].issued["date-parts"][0].join("-")).join(" "));
JS
found=$(node ask.js)
test "$found" = "2025-11-25 2025-11-25 2025" || { echo "$found" >&2; exit 1; }
echo "as described: citation.js drops the day of newspaper articles"
