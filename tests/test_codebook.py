"""docs/codebook.md agrees with the data: version, codes, examples, quotations.

Every code span of the codebook that names a table is a citation in one of four notations
(row, cell, claim, status) and must agree with the packaged tables. Each section on a column
explains every code of its vocabulary and cites at least two rows.
"""

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from amcc_dataset import __version__
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.columns import columns
from amcc_dataset.model.passages import MAX_WORDS, words
from amcc_dataset.model.tables import TABLES
from amcc_dataset.model.vocabularies import Status
from amcc_dataset.reading import load, status

BOOK = (Path(__file__).parents[1] / "docs" / "codebook.md").read_text(encoding="utf-8")

INTERPRETED = (
    "provenance.basis",
    "provenance.standing",
    "editions.roster",
    "editions.format",
    "participants.role",
    "participants.level",
    "participants.session",
    "participants.presence",
    "outcomes.act",
    "outcomes.topic",
    "outcomes.scope",
    "initiatives.relation",
    "initiative_events.kind",
    "initiative_events.precision",
    "status",
    "parties.role",
    "meetings.kind",
    "instruments.kind",
    "cross_references.relation",
)
"""The headings of the sections in which a code is chosen."""

COLUMNS = {name: {c.name: c for c in columns(row)} for name, row in TABLES.items()}
SLUG = "[a-z0-9-]+"
CELL = re.compile(rf"([a-z_]+)\.({SLUG})\.([a-z_]+)")
ROW = re.compile(rf"([a-z_]+)\.({SLUG})")
COLUMN = re.compile(r"([a-z_]+)\.([a-z_]+)")
CLAIM = re.compile(rf"{CELL.pattern} @ ({SLUG}): (.+)")
VALUE = re.compile(rf"{CELL.pattern} = (.+)")
STATUS = re.compile(rf"status\.({SLUG}) on ([0-9-]{{10}}) = ([a-z_]+)")
OF_A_CLAIM = ("value", "basis", "standing", "locator")


def spans(markdown: str) -> list[str]:
    return re.findall(r"`([^`]+)`", markdown.replace("\n", " "))


def section(heading: str) -> str:
    parts = re.split(r"^#{2,3} (.+)$", BOOK, flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return found[f"`{heading}`"]


@cache
def rows(table: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in load.rows(table)}


@cache
def claims() -> dict[tuple[str, str, str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str, str, str], list[dict[str, Any]]] = {}
    for claim in load.rows("provenance"):
        key = claim["table"], claim["row_id"], claim["field"], claim["source_id"]
        found.setdefault(key, []).append(claim)
    return found


def fault(span: str) -> str | None:
    """Return what is wrong with a citation, None if it is right or the span is not one."""
    if match := STATUS.fullmatch(span):
        initiative, day, expected = match.groups()
        [reached] = status.status_rows(initiative, dt.date.fromisoformat(day))
        return None if reached["status"] == expected else f"is {reached['status']}"
    if match := CLAIM.fullmatch(span):
        *cell, stated = match.groups()
        wanted = dict(part.split(" = ", 1) for part in stated.split(", "))
        if unknown := wanted.keys() - {*OF_A_CLAIM}:
            return f"a claim has no {sorted(unknown)}"
        made = claims().get((cell[0], cell[1], cell[2], cell[3]), [])
        alike = [c for c in made if all(to_text(c[key]) == wanted[key] for key in wanted)]
        return None if alike else f"none of its {len(made)} claims on the cell is like this"
    if match := VALUE.fullmatch(span):
        table, row_id, field, expected = match.groups()
        if table not in TABLES or row_id not in rows(table) or field not in COLUMNS[table]:
            return "no such table, row or column"
        value = to_text(rows(table)[row_id][field]) or "null"
        return None if value == expected else f"is {value}"
    if match := ROW.fullmatch(span):
        table, row_id = match.groups()
        known = table in TABLES and (row_id in rows(table) or row_id in COLUMNS[table])
        return None if known else "no such table, row or column"
    if match := COLUMN.fullmatch(span):
        table, field = match.groups()
        return None if field in COLUMNS.get(table, ()) else "no such table or column"
    looks_like_one = " @ " in span or re.match(r"[a-z_]+\.[a-z0-9_-]+[.\s]", span)
    return "is not in one of the four notations" if looks_like_one else None


def codes(heading: str) -> list[str]:
    if heading == "status":
        return [str(code) for code in Status]
    table, field = heading.split(".")
    vocabulary = COLUMNS[table][field].vocabulary
    assert vocabulary is not None
    return [str(code) for code in vocabulary]


def in_use(heading: str) -> set[str]:
    """Return the codes in a column of the data, or those that any initiative reaches."""
    if heading == "status":
        days = {event["date"] for event in load.rows("initiative_events")} | {None}
        return {str(row["status"]) for day in days for row in status.status_rows(on=day)}
    table, field = heading.split(".")
    return {str(row[field]) for row in rows(table).values()}


def test_the_codebook_is_of_this_version() -> None:
    assert re.findall(r"version ([0-9.]+[0-9])", BOOK) == [__version__]


@pytest.mark.parametrize("span", sorted(set(spans(BOOK))))
def test_what_is_cited_is_in_the_tables(span: str) -> None:
    assert fault(span) is None, f"{span}: {fault(span)}"


@pytest.mark.parametrize(
    "span",
    [
        "outcomes.amcc-04-committee.act = agreed",
        "outcomes.amcc-04-comittee.act = endorsed",
        "outcomes.amcc-04-comittee",
        "outcome.amcc-04-committee",
        "outcome.amcc-04-committee.act = endorsed",
        "outcomes.amcc-04-committee.verb = endorsed",
        "outcomes.amcc-04-committee.act: endorsed",
        "outcomes.verb",
        "outcomes.amcc-04-committee.act @ csa-2019-10-02-amcc4-press-release: basis = stated",
        "outcomes.amcc-04-committee.act @ csa-2019-10-02-amcc4-press-release: bias = coded",
        "outcomes.amcc-04-committee.act @ nobody: basis = coded",
        "status.otcep on 2020-12-31 = operating",
    ],
)
def test_a_wrong_citation_is_found(span: str) -> None:
    assert fault(span) is not None


@pytest.mark.parametrize("heading", INTERPRETED)
def test_each_section_explains_every_code(heading: str) -> None:
    explained = set(spans(section(heading)))
    assert [code for code in codes(heading) if code not in explained] == []


@pytest.mark.parametrize("heading", INTERPRETED)
def test_each_section_has_two_examples(heading: str) -> None:
    cited = set()
    for span in spans(section(heading)):
        if heading == "status":
            cited |= {match[1] for match in [STATUS.fullmatch(span)] if match}
        elif heading.startswith("provenance."):
            match = CLAIM.fullmatch(span)
            if match and f"{heading.partition('.')[2]} = " in match[5]:
                cited.add(match.groups()[:3])
        elif (match := VALUE.fullmatch(span)) and f"{match[1]}.{match[3]}" == heading:
            cited.add(match[2])
    assert len(cited) >= 2


@pytest.mark.parametrize("heading", INTERPRETED)
def test_codes_said_to_have_no_case_have_none(heading: str) -> None:
    lines = [line for line in section(heading).splitlines() if "no case" in line]
    without = {
        code for line in lines for code in codes(heading) if line.startswith(f"| `{code}` |")
    }
    assert without & in_use(heading) == set()


def test_no_more_than_a_few_words_are_quoted() -> None:
    quoted = re.findall(r'["“]([^"”`]+)["”]', re.sub(r"`[^`]*`", "", BOOK.replace("\n", " ")))
    assert quoted
    assert [words_ for words_ in quoted if words(words_) > MAX_WORDS] == []
