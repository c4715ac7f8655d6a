"""Every pattern means the same in the engines of Python, JavaScript, Rust and RE2.

The reference is a full match by Python. The others are tested through programs that readers
use: ajv, pydantic, polars and DuckDB. Not here: other constraints (test_schemas.py).
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import duckdb
import jsonschema
import polars as pl
import pytest
from pydantic import Field, TypeAdapter, ValidationError

from amcc_dataset.model import schemas
from amcc_dataset.model.columns import columns
from amcc_dataset.model.tables import TABLES

Verdicts = list[bool]

SPECS = {
    spec["pattern"]: {"type": "string", "pattern": spec["pattern"], "not": spec["not"]}
    for row_class in TABLES.values()
    for spec in schemas.json_schema(row_class)["properties"].values()
    if "pattern" in spec
}
"""The constraints of a text in JSON Schema, by its pattern."""

WORDS = (
    *("asean-cert", "https://example.org/a?b=c", "0f" * 32, "SGD", "SG", "SGP", "en", "zh-Hant"),
    *("c0123456789abcde", "date_start", "p0", "p10", "printed 3", "printed 3.1", "headline"),
    *("Dato’ Seri", "การประชุม", "部长级会议", "Peña", "Pen\u0303a", "𝔸𝕊𝔼𝔸ℕ", "a b", "a", "9"),
)
CHARACTERS = (
    *"\n\r\t\0\x0b\x1f\x7f\x85\u2028\u2029 \xa0\u1680\u200b\u202f\u3000\ufeff\xad\u200f",
    *"=+-@#'\"|^$.p9Aé٢ß\U0001d538",
)
TEXTS = list(
    dict.fromkeys(
        ["", *CHARACTERS, *WORDS]
        + [text for word in WORDS for c in CHARACTERS for text in (c + word, word + c)]
        + [f"{word}{c}{word}" for word in WORDS[:3] for c in CHARACTERS]
    )
)

AJV = """
const { default: Ajv } = require("ajv/dist/2020.js");
const { specs, texts } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const once = spec => { const holds = new Ajv().compile(spec); return texts.map(holds); };
console.log(JSON.stringify(specs.map(once)));
"""


def expected(pattern: str) -> Verdicts:
    return [re.fullmatch(pattern, text) is not None for text in TEXTS]


def by_jsonschema(pattern: str) -> Verdicts:
    checker = jsonschema.Draft202012Validator(SPECS[pattern])
    return [checker.is_valid(text) for text in TEXTS]


def by_pydantic(pattern: str) -> Verdicts:
    """Test Rust's regex crate, which pydantic uses."""
    cell = TypeAdapter(Annotated[str, Field(pattern=pattern)])

    def holds(text: str) -> bool:
        try:
            cell.validate_python(text)
        except ValidationError:
            return False
        return True

    return list(map(holds, TEXTS))


def by_polars(pattern: str) -> Verdicts:
    return pl.Series(TEXTS).str.contains(pattern, strict=True).to_list()


def by_duckdb(pattern: str) -> Verdicts:
    """Test RE2, which DuckDB uses."""
    query = "select regexp_matches(text, ?) from (select unnest(?::varchar[]) as text)"
    return [bool(row[0]) for row in duckdb.execute(query, [pattern, TEXTS]).fetchall()]


@pytest.mark.parametrize("engine", [by_jsonschema, by_pydantic, by_polars, by_duckdb])
@pytest.mark.parametrize("pattern", SPECS)
def test_engines_give_the_same_verdicts(engine: Callable[[str], Verdicts], pattern: str) -> None:
    wanted = expected(pattern)
    assert True in wanted
    verdicts = zip(TEXTS, engine(pattern), wanted, strict=True)
    assert [text for text, verdict, right in verdicts if verdict != right] == []


def test_ajv_gives_the_same_verdicts(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is missing; install Node")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "ajv@8"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"ajv cannot be installed: {done.stderr[:200]}")
    (tmp_path / "ask.js").write_text(AJV, encoding="utf-8")
    asked = json.dumps({"specs": list(SPECS.values()), "texts": TEXTS})
    done = subprocess.run(
        ["node", "ask.js"], cwd=tmp_path, input=asked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for pattern, verdicts in zip(SPECS, json.loads(done.stdout), strict=True):
        found = zip(TEXTS, verdicts, expected(pattern), strict=True)
        assert [text for text, verdict, right in found if verdict != right] == [], pattern


@pytest.mark.parametrize("row_class", TABLES.values(), ids=TABLES)
def test_a_pattern_may_be_wrapped_in_anchors_without_a_group(row_class: type) -> None:
    """Programs such as frictionless and pandera do that: `a|b` would become `^a|b$`."""
    for column in columns(row_class):
        if column.pattern is not None:
            flat = column.pattern
            while (inner := re.sub(r"\[[^]]*\]|\([^()]*\)", "", flat)) != flat:
                flat = inner
            assert "|" not in flat, column.name
            assert "(?" not in column.pattern, "no lookaround, no flags"
