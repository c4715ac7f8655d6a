"""References can be read back by the libraries that people use."""

import json
import os
import re
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import bibtexparser
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given

import amcc_dataset as amcc
from amcc_dataset.cli import main
from amcc_dataset.model import bibliography
from amcc_dataset.model.tables import Source
from amcc_dataset.model.vocabularies import SourceKind
from amcc_dataset.reading import load, store
from amcc_dataset.testing.strategies import row_strategy

ROOT = Path(__file__).parents[2]
SOURCES = {row["id"]: row for row in load.rows("sources")}
TABLES = store.tables()

each_table = pytest.mark.parametrize("table", TABLES)


def items(table: str | None = None, row: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(amcc.cite(table, row, format="csl-json"))
    return found


@each_table
def test_all_formats_name_the_same_documents(table: str) -> None:
    expected = [item["id"] for item in items(table)]
    assert expected[0] == "amcc-dataset"
    assert len(set(expected)) == len(expected)
    library = bibtexparser.parse_string(amcc.cite(table, format="bibtex"))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == expected
    assert [entry["id"] for entry in rispy.loads(amcc.cite(table, format="ris"))] == expected
    assert len(amcc.cite(table).splitlines()) == len(expected)


def test_the_bibliography_of_everything_is_every_document() -> None:
    assert {item["id"] for item in items("sources")} == {"amcc-dataset", *SOURCES}


def test_a_row_is_cited_by_the_documents_nearest_to_the_conference() -> None:
    assert [item["id"] for item in items("outcomes", "amcc-04-committee")] == [
        "amcc-dataset",
        "csa-2019-10-02-amcc4-press-release",
    ]
    claims = load.rows("provenance")
    for row in load.rows("outcomes")[:20]:
        behind = {
            claim["source_id"]
            for claim in claims
            if (claim["table"], claim["row_id"]) == ("outcomes", row["id"])
            and claim["standing"] in ("agreed", "preferred")
        }
        cited = {item["id"] for item in items("outcomes", row["id"])} - {"amcc-dataset"}
        assert cited <= behind
        assert len({SOURCES[name]["tier"] for name in cited}) == 1
        assert cited


def test_a_table_is_cited_by_the_documents_of_its_rows() -> None:
    rows = {item["id"] for row in load.rows("editions") for item in items("editions", row["id"])}
    assert {item["id"] for item in items("editions")} == rows


def test_tables_without_claims_of_their_own() -> None:
    (decision, *_) = load.rows("decisions")
    named = {decision["preferred_source_id"], decision["against_source_id"]} - {None}
    assert {item["id"] for item in items("decisions", decision["id"])} == {"amcc-dataset", *named}
    assert [item["id"] for item in items("people", "s-iswaran")] == ["amcc-dataset"]
    name = "csa-2019-10-02-amcc4-press-release"
    assert [item["id"] for item in items("sources", name)] == ["amcc-dataset", name]


def test_the_readme_cites_as_the_package_does() -> None:
    words = re.sub(r"[>*\s]+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert amcc.cite() in words


def test_styles_can_format_every_reference() -> None:
    found = items("sources")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        source = CiteProcJSON(found)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for item in found:
            bibliography.register(Citation([CitationItem(item["id"])]))
        lines = [str(line) for line in bibliography.bibliography()]
    assert len(lines) == len(found)
    assert "The amcc-dataset curators (2026)" in lines[0]


@given(row_strategy(Source))
def test_any_document_survives_every_format(row: dict[str, Any]) -> None:
    item = bibliography.document(row)
    assert json.loads(bibliography.FORMATS["csl-json"]([item])) == [item]
    library = bibtexparser.parse_string(bibliography.FORMATS["bibtex"]([item]))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert plain(entry["title"]) == row["title"]
    text = bibliography.FORMATS["ris"]([item])
    assert all(re.match("[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n"))
    (reference,) = rispy.loads(text)
    assert reference["title"] == row["title"]
    assert reference.get("urls", []) == ([row["url"].replace(";", "%3B")] if row["url"] else [])
    assert row["title"] in bibliography.FORMATS["text"]([item])


def plain(text: str) -> str:
    """Return what TeX would print for an escaped text in braces."""
    assert (text[0], text[-1]) == ("{", "}")
    commands = {
        r"\textbackslash{}": "\\",
        r"\textbraceleft{}": "{",
        r"\textbraceright{}": "}",
        r"\textasciitilde{}": "~",
        r"\textasciicircum{}": "^",
    }
    pattern = "|".join(map(re.escape, commands)) + r"|\\[&%$#_]"
    text = text.replace("-{}", "-")
    return re.sub(pattern, lambda found: commands.get(found[0], found[0][1:]), text[1:-1])


def test_bibtex_keeps_the_day_two_hyphens_and_what_to_sort_by() -> None:
    row = SOURCES["csa-2019-10-02-amcc4-press-release"] | {"title": "One -- two --- three"}
    carried = row | {"id": "news", "kind": SourceKind.NEWS, "published_precision": "month"}
    written = bibliography.FORMATS["bibtex"](list(map(bibliography.document, (row, carried))))
    own, news = bibtexparser.parse_string(written).entries
    assert own["title"] == "{One -{}- two -{}-{}- three}"
    assert (own["day"], own["month"], own["year"]) == ("2", "oct", "2019")
    assert own["author"] == f"{{{row['publisher']}}}"
    assert "key" not in own
    assert (news["key"], news["howpublished"]) == (row["publisher"], row["publisher"])
    assert "day" not in news


def test_every_entry_can_be_sorted() -> None:
    for entry in bibtexparser.parse_string(amcc.cite("sources", format="bibtex")).entries:
        assert "author" in entry or "key" in entry, entry.key


def test_the_address_never_ends_a_field() -> None:
    row = SOURCES["csa-2019-10-02-amcc4-press-release"] | {"url": "https://x.org/{a}}\\b%20_&"}
    library = bibtexparser.parse_string(
        bibliography.FORMATS["bibtex"]([bibliography.document(row)])
    )
    assert library.failed_blocks == []
    assert library.entries[0]["url"] == "https://x.org/%7Ba%7D%7D%5Cb%20_&"


@pytest.mark.parametrize(
    ("precision", "parts"), [("day", [2019, 10, 2]), ("month", [2019, 10]), ("year", [2019])]
)
def test_dates_are_as_exact_as_they_are_known(precision: str, parts: list[int]) -> None:
    row = SOURCES["csa-2019-10-02-amcc4-press-release"] | {"published_precision": precision}
    item = bibliography.document(row)
    assert item["issued"] == {"date-parts": [parts]}
    undated = bibliography.document(row | {"published_on": None})
    assert "issued" not in undated
    assert "(n.d.)" in bibliography.FORMATS["text"]([undated])


def test_documents_have_types_that_styles_know() -> None:
    types = {bibliography.document(row)["type"] for row in SOURCES.values()}
    assert types <= {"article-newspaper", "document", "report", "speech", "webpage"}


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["outcome"], "there is no table 'outcome'; write one of: outcomes"),
        (["editions", "amcc-4"], "editions has no row 'amcc-4'; write one of: amcc-04"),
        (["--format", "bibtx"], "there is no format 'bibtx'; write one of: bibtex"),
    ],
)
def test_misuse_is_answered_with_the_nearest(
    arguments: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cite", *arguments]) == 2
    assert answer in capsys.readouterr().err


def test_a_row_without_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="name the table"):
        amcc.cite(row="amcc-04")


@pytest.mark.parametrize("name", bibliography.FORMATS)
def test_the_command_prints_what_the_function_returns(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cite", "editions", "amcc-04", "--format", name]) == 0
    assert capsys.readouterr().out == amcc.cite("editions", "amcc-04", format=name) + "\n"
    rows = ["amcc-04-committee", "amcc-03-norms-subscription"]
    assert main(["cite", "outcomes", *rows, "--format", name]) == 0
    assert capsys.readouterr().out == amcc.cite("outcomes", rows, format=name) + "\n"


# CITATION.cff


def test_citation_cff_says_the_same() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    item = bibliography.dataset(store.descriptor())
    assert f'\ntitle: "{item["title"]}"\n' in text
    assert f"\nversion: {item['version']}\n" in text
    assert f"\ndate-released: {amcc.__released__}\n" in text
    assert f"  - name: {item['author'][0]['literal']}\n" in text
    keywords = re.findall("^  - ([A-Za-z]+)$", text, re.MULTILINE)
    assert keywords == store.descriptor()["keywords"]


def test_citation_cff_is_valid() -> None:
    """Run cffconvert; it needs its own environment, with another jsonschema than frictionless."""
    command = os.environ.get("CFFCONVERT") or shutil.which("cffconvert")
    if command is None:
        pytest.skip("cffconvert is missing; install it apart and set CFFCONVERT to its command")
    done = subprocess.run(
        [command, "--validate", "--infile", str(ROOT / "CITATION.cff")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "valid according to schema version 1.2.0" in done.stdout + done.stderr


def test_the_dataset_is_cited_with_its_year_and_its_doi_if_it_has_one() -> None:
    released = store.descriptor()
    assert f"version {released['version']}, {released['created'][:4]})" in amcc.cite()
    assert "doi" not in amcc.cite(format="bibtex")
    item = bibliography.dataset({**released, "id": "https://doi.org/10.5281/zenodo.1"})
    assert item["DOI"] == "10.5281/zenodo.1"
    texts = {name: write([item]) for name, write in bibliography.FORMATS.items()}
    assert texts["text"].endswith(" https://doi.org/10.5281/zenodo.1")
    (entry,) = bibtexparser.parse_string(texts["bibtex"]).entries
    assert entry["doi"] == "10.5281/zenodo.1"
    assert rispy.loads(texts["ris"])[0]["doi"] == "10.5281/zenodo.1"


SEVERAL = ["amcc-04-committee", "amcc-01-norms"]


@pytest.mark.parametrize(
    "rows",
    [
        SEVERAL,
        tuple(SEVERAL),
        pd.Series(SEVERAL),
        pd.DataFrame({"id": SEVERAL}),
        pl.Series(SEVERAL),
        pl.DataFrame({"id": SEVERAL}),
        pa.table({"id": SEVERAL}),
    ],
    ids=lambda rows: f"{type(rows).__module__}.{type(rows).__name__}",
)
def test_several_rows_are_cited_together_each_document_once(rows: Any) -> None:
    found = amcc.cite("outcomes", rows, format="csl-json")
    documents = [item["id"] for item in json.loads(found)]
    single = {item["id"] for row in SEVERAL for item in items("outcomes", row)}
    assert set(documents) == single
    assert len(documents) == len(single)


def test_the_rows_of_a_frame_are_cited() -> None:
    norms = amcc.load_outcomes().query("topic == 'norms_and_law'")
    by_rows = amcc.cite("outcomes", norms["id"])
    assert amcc.cite("outcomes", norms) == by_rows
    assert amcc.cite("outcomes", amcc.thread("norms_and_law")["outcome_id"]) == by_rows
    assert amcc.cite("outcomes", norms[:0]) == amcc.cite()
    rows = [row for row in amcc.rows("outcomes") if row["topic"] == "norms_and_law"]
    assert amcc.cite("outcomes", rows) == by_rows
    one = amcc.cite("outcomes", rows[0]["id"])
    assert amcc.cite("outcomes", rows[0]) == amcc.cite("outcomes", norms.iloc[0]) == one
    assert amcc.cite("outcomes", amcc.Outcome(**rows[0])) == one
    with pytest.raises(ValueError, match="no column 'id'"):
        amcc.cite("outcomes", amcc.thread("norms_and_law"))
    with pytest.raises(ValueError, match="write amcc-01-norms, if that is meant"):
        amcc.cite("outcomes", ["amcc-01-norm"])
