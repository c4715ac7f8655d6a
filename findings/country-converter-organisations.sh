#!/usr/bin/env bash
# Guess:   country_converter finds the countries among names, and "not found" stands for the rest.
# Happens: a name that contains a country is that country: "Bank of Thailand" is TH, "Georgia State University" is the
#          Georgia of Tbilisi, and an embassy is two countries, a list inside the list. Words of two or three letters
#          are codes in any case: no, in, and, are, can are Norway, India, Andorra, the Emirates and Canada.
#          src="regex" cures the short words only.
# Seen:    2026-11-27, country_converter 1.3.2, pandas 2.3.3, numpy 1.26.4.
# Matters: a column of members mixes states with organisations, and "not found" was to tell them apart.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install country_converter==1.3.2 pandas==2.3.3 numpy==1.26.4
env/bin/python - <<'PY'
import logging
import country_converter as coco

logging.disable(logging.WARNING)
names = ["Thailand", "Bank of Thailand", "Georgia State University", "Embassy of Japan in Kenya", "World Bank"]
assert coco.convert(names, to="ISO2") == ["TH", "TH", "GE", ["JP", "KE"], "not found"]
assert coco.convert(names, to="ISO2", src="regex") == ["TH", "TH", "GE", ["JP", "KE"], "not found"]
words = ["no", "in", "and", "are", "can"]
assert coco.convert(words, to="ISO2") == ["NO", "IN", "AD", "AE", "CA"]
assert coco.convert(words, to="ISO2", src="regex") == ["not found"] * 5
PY
echo "as described: a bank is a state, and so is the word no"
