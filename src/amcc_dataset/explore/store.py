"""Claims and passages as data for the script of the page, each stored once.

Every passage has a number. Every row has lines that say which passages support which columns,
by their positions. A value is stored only if it differs from the one in the table. The id of a
claim is not stored: it is a hash of the rest (model/passages.py). The script makes the rows of
provenance from this on demand. Not here: how documents are named (voices.py).
"""

import json
from collections import defaultdict

from amcc_dataset.explore.names import columns_of
from amcc_dataset.explore.voices import Voices, passage_of
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.dataset import Dataset, Row

Line = list[str]


def content(data: Dataset, voices: Voices) -> str:
    """Return claims and passages as JSON that is safe inside an HTML element."""
    passages: dict[str, list[Line]] = defaultdict(list)
    for source_id, *where in voices.numbers:
        passages[source_id].append(_short([to_text(part) for part in where]))
    content = {
        "passages": passages,
        "claims": {table: _claims(data, voices, table) for table in data},
    }
    dense = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return dense.replace("<", "\\u003c")


def _claims(data: Dataset, voices: Voices, table: str) -> dict[str, list[Line]]:
    """Return the lines of the rows of a table, those of rejected rows at the end."""
    known, claims = data.by_id(table), data.support(table)
    rows = [row_id for row_id in known if row_id in claims]
    rows += sorted(row_id for row_id in claims if row_id not in known)
    return {row_id: _lines(data, voices, table, row_id) for row_id in rows}


def _lines(data: Dataset, voices: Voices, table: str, row_id: str) -> list[Line]:
    """Return the claims on a row: columns, passages with the letter of the basis, standing, value.

    Columns with the same passages and standing share a line.
    """
    row, fields = data.row(table, row_id) or {}, list(columns_of(table))
    cells: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for claim in data.claims_on(table, row_id):
        same = claim["value"] == to_text(row.get(claim["field"]))
        value = "" if same else to_text(claim["value"])
        cells[claim["field"], str(claim["standing"]), value].append(claim)
    shared: dict[tuple[str, str, str], list[str]] = {}
    for key in sorted(cells, key=lambda key: (fields.index(key[0]), key[1:])):
        field, standing, value = key
        said = " ".join(
            f"{voices.numbers[passage_of(claim)]}{to_text(claim['basis'])[:1]}"
            for claim in cells[key]
        )
        standing = "" if standing == "agreed" else standing
        shared.setdefault((said, standing, value), []).append(str(fields.index(field)))
    return [_short([" ".join(named), *rest]) for rest, named in shared.items()]


def _short(line: Line) -> Line:
    """Remove the empty texts at the end of a line."""
    while line and not line[-1]:
        line.pop()
    return line
