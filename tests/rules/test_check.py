"""Own rows: every form is taken, every fault is found with its row and remedy, and only once."""

import csv
import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import amcc_dataset as amcc
from amcc_dataset import extras
from amcc_dataset.cli import main
from amcc_dataset.model.columns import Column, columns, columns_of
from amcc_dataset.model.tables import TABLES
from amcc_dataset.rules import RULES, given
from amcc_dataset.rules.check import _COMPLETENESS, _TOGETHER, MOST, is_asked
from amcc_dataset.rules.verdict import Verdict

Plain = dict[str, Any]

each_table = pytest.mark.parametrize("table", TABLES)


def cells(verdict: Verdict) -> set[tuple[str | None, str | None]]:
    """Return row and column of each finding."""
    return {(finding.location.row_id, finding.location.field) for finding in verdict.findings}


def says(verdict: Verdict) -> list[str]:
    """Return each finding as position, column, rule and remedy."""
    return [
        f"{each.position} {each.location.field} {each.rule}: {each.remedy}"
        for each in verdict.findings
    ]


def edition(number: int, /, **changes: Any) -> Plain:
    """Return an edition of a user's own."""
    day = dt.date(2015 + number, 10, 1)
    row = dict.fromkeys(columns_of("editions")) | {
        "id": f"amcc-{number}",
        "number": number,
        "year": day.year,
        "date_start": day,
        "date_end": day,
        "roster": "unattested",
        "host_id": "sg",
        "host_name": "Singapore",
        "documents": 0,
        "documents_whole": 0,
    }
    return row | changes


# Every form


FORMS: dict[str, Callable[[str], Any]] = {
    "pandas": lambda table: getattr(amcc, f"load_{table}")(),
    "pandas, of CSV": lambda table: pd.read_csv(
        amcc.path(table), keep_default_na=False, na_values=[""]
    ),
    "pandas, of Arrow types": lambda table: pd.read_csv(
        amcc.path(table), keep_default_na=False, na_values=[""], dtype_backend="pyarrow"
    ),
    "pandas, of objects": lambda table: getattr(amcc, f"load_{table}")().astype(object),
    "polars": lambda table: pl.from_arrow(amcc.table(table)),
    "polars, lazy": lambda table: pl.scan_parquet(amcc.path(table, "parquet")),
    "polars, of pandas": lambda table: pl.from_pandas(getattr(amcc, f"load_{table}")()),
    "Arrow": amcc.table,
    "Arrow, of pandas": lambda table: pa.Table.from_pandas(getattr(amcc, f"load_{table}")()),
    "dicts": amcc.rows,
    "dicts, of pandas": lambda table: getattr(amcc, f"load_{table}")().to_dict("records"),
    "dicts, of JSON": lambda table: json.loads(json.dumps(amcc.rows(table), default=str)),
    "row objects": lambda table: list(amcc.records(table)),
    "CSV": amcc.path,
    "Parquet": lambda table: Path(amcc.path(table, "parquet")),
}


@pytest.mark.parametrize("form", FORMS)
@each_table
def test_own_data_is_right_in_every_form(table: str, form: str) -> None:
    for with_release in (True, False):
        verdict = amcc.check(FORMS[form](table), table, with_release=with_release)
        assert verdict.ok, verdict
        assert verdict.rows == {table: len(amcc.rows(table))}


@pytest.mark.parametrize("form", ["row objects", "CSV", "Parquet"])
def test_some_forms_know_their_table(form: str) -> None:
    assert amcc.check(FORMS[form]("people")).rows == {"people": len(amcc.rows("people"))}


def test_no_form_but_its_own_needs_pandas() -> None:
    code = (
        "import sys, amcc_dataset as amcc, polars as pl\n"
        "arrow = amcc.table('outcomes')\n"
        "forms = (arrow, pl.from_arrow(arrow), amcc.rows('outcomes'), amcc.path('outcomes'))\n"
        # pyarrow imports pandas if it is installed.
        "for name in [name for name in sys.modules if name.split('.')[0] == 'pandas']:\n"
        "    del sys.modules[name]\n"
        "for data in forms:\n"
        "    amcc.check(data, 'outcomes').raise_()\n"
        "assert 'pandas' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_numpy_and_pandas_have_for_a_value_is_one() -> None:
    row = amcc.rows("editions")[0] | {
        "number": np.int64(1),
        "year": np.int16(2016),
        "date_start": np.datetime64("2016-10-11", "ns"),
        "date_end": pd.Timestamp("2016-10-11"),
        "city": np.str_("Singapore"),
        "format": amcc.Format.IN_PERSON,
        "theme": np.nan,
    }
    assert amcc.check([row], "editions").ok
    # Missing numbers make floats of the others.
    frame = amcc.load_participants()
    assert amcc.check(frame.astype({"level_rank": "float64"}), "participants").ok


# What is found


def test_three_editions_of_ones_own() -> None:
    mine = [
        edition(11, format="onsite", host_id="Singapore", date_end=dt.date(2026, 9, 30)),
        edition(13, year=2026, chair_id="josephine-teo"),
        edition(14, number="14", city=" Manila", documents=None),
    ]
    assert says(amcc.check(mine, "editions")) == [
        "0 date_end editions_end_when_or_after_they_start: correct one of the two",
        "0 format codes: write one of: hybrid, in_person, virtual",
        "0 host_id foreign_keys_point_at_rows: write sg",
        "1 year keys_are_unique: delete one of the two rows, or change one value",
        "1 year years_increase_with_numbers: correct one of the two",
        "1 date_start editions_meet_in_their_year: correct one of the two",
        "1 date_end editions_meet_in_their_year: correct one of the two",
        "1 chair_name derived_cells_follow_from_others: write Josephine Teo, or correct chair_id",
        "2 number types: write a whole number, not a text or a fraction",
        "2 city values: remove the spaces at its ends",
        "2 documents required: add a value (Number of documents with an accepted claim on a row of the edition, in any table)",
    ]
    fixed = [edition(11, format="hybrid"), edition(12), edition(13, city="Manila")]
    assert amcc.check(fixed, "editions").ok
    assert amcc.check(pd.DataFrame(fixed), "editions").ok
    assert amcc.check(pl.DataFrame(fixed), "editions").ok


def test_a_gap_is_reported_once_and_only_with_the_release() -> None:
    mine = [edition(13), edition(14)]
    (gap,) = amcc.check(mine, "editions").findings
    assert (gap.position, gap.value, gap.what) == (0, 13, "number is 13, but 11 comes next")
    assert amcc.check(mine, "editions", with_release=False).ok


def test_a_shipped_row_is_replaced() -> None:
    last = amcc.rows("editions")[-1]
    assert amcc.check([last | {"city": "Jakarta"}], "editions").ok
    (finding,) = amcc.check([last | {"number": 11}], "editions").findings
    assert finding.rule == "edition_numbers_run_from_one"


def test_a_finding_on_a_row_of_the_release_says_so() -> None:
    (first, *_) = [row for row in amcc.rows("editions") if row["id"] == "amcc-03"]
    moved = first | {"date_start": dt.date(2018, 12, 1), "date_end": dt.date(2018, 12, 1)}
    found = amcc.check([moved], "editions").findings
    beyond = [finding for finding in found if finding.location.table != "editions"]
    assert beyond
    assert all(finding.position is None for finding in beyond)
    assert " of the release, date" in str(beyond[0])


def test_several_tables_see_each_other() -> None:
    person = {"id": "own-person", "name": "Somebody", "actor_id": "sg"}
    own = edition(11, chair_id="own-person", chair_name="Somebody")
    there = amcc.rows("participants")[0] | {"id": "mine-1", "edition_id": "amcc-11"}
    tables = {"editions": [own], "people": pl.DataFrame([person]), "participants": [there]}
    assert amcc.check(tables).ok
    assert cells(amcc.check({"editions": [own]})) == {("amcc-11", "chair_id")}
    assert cells(amcc.check([there], "participants")) == {("mine-1", "edition_id")}
    alone = amcc.check({"participants": [there], "people": [person]}, with_release=False)
    assert alone.ok
    wrong = there | {"person_id": "nobody", "edition_id": "amcc-99"}
    alone = amcc.check({"participants": [wrong], "people": [person]}, with_release=False)
    assert cells(alone) == {("mine-1", "person_id")}


def test_own_rows_need_no_evidence_and_no_others_beside_them() -> None:
    assert RULES.keys() >= _COMPLETENESS | _TOGETHER
    assert not any(is_asked(name) for name in _COMPLETENESS)
    assert all(is_asked(name) for name in _TOGETHER)
    renamed = {
        table: [row | {"id": f"{'c' if table == 'provenance' else 'own'}-{n}"}]
        for table in ("sources", "instruments", "people", "actors", "initiatives")
        for n, row in enumerate(amcc.rows(table)[:1])
    }
    for unique in ("symbol", "iso2", "iso3"):
        for rows in renamed.values():
            rows[0] |= {unique: None} if unique in rows[0] else {}
    renamed["initiatives"][0] |= {"lead_id": None, "relation": "agreed_by"}
    assert amcc.check(renamed).ok, amcc.check(renamed)


WIDEST = max(len(columns(row_class)) for row_class in TABLES.values())

WRONG = {"string": 7, "integer": "four", "date": "yesterday"}


def fails(column: Column, kind: str) -> bool:
    """Return whether a value of this kind does not fit a column."""
    return kind == "type" or bool(not column.nullable if kind == "null" else column.vocabulary)


@pytest.mark.parametrize("kind", ["type", "null", "code"])
@pytest.mark.parametrize("place", range(1, WIDEST))
def test_a_broken_cell_is_all_that_is_found(place: int, kind: str) -> None:
    """No rule repeats a cell that does not fit, or reports its row as missing."""
    mine: dict[str, list[dict[str, Any]]] = {}
    expected = {}
    for table, row_class in TABLES.items():
        if len(columns(row_class)) <= place or not fails(columns(row_class)[place], kind):
            continue
        column = columns(row_class)[place]
        value = {"type": WRONG[column.type], "null": None, "code": "no code"}[kind]
        mine[table] = amcc.rows(table)
        at = next((n for n, row in enumerate(mine[table]) if row[column.name] is not None), 0)
        mine[table][at] = mine[table][at] | {column.name: value}
        expected[table, mine[table][at]["id"], column.name] = (at, value)
    if mine:
        verdict = amcc.check(mine)
        found = {
            (str(at.table), at.row_id, str(at.field)): (each.position, each.value)
            for each in verdict.findings
            for at in [each.location]
        }
        assert found == expected, verdict
        assert len(verdict.findings) == len(expected)


@each_table
def test_a_broken_id_is_found(table: str) -> None:
    mine = amcc.rows(table)
    for value in (7, None):
        mine[0] = mine[0] | {"id": value}
        assert {(each.position, each.value) for each in amcc.check(mine, table).findings} == {
            (0, value)
        }


@pytest.mark.parametrize("place", range(WIDEST))
def test_a_missing_column_is_all_that_is_found(place: int) -> None:
    """No rule blames other cells, or rows of the release, for what only the column could say."""
    gone = {
        table: columns(row_class)[place].name
        for table, row_class in TABLES.items()
        if len(columns(row_class)) > place
    }
    mine = {
        table: [{k: v for k, v in row.items() if k != name} for row in amcc.rows(table)]
        for table, name in gone.items()
    }
    verdict = amcc.check(mine)
    found = {str(each.location.table): each.location.field for each in verdict.findings}
    assert found == gone, verdict
    assert len(verdict.findings) == len(gone)
    assert {each.rule for each in verdict.findings} == {"columns"}


@pytest.mark.parametrize(
    ("table", "column"),
    [("actors", "asean_member_attested"), ("editions", "chair_id"), ("parties", "id")],
)
def test_a_missing_column_is_all_that_is_found_beside_the_release(table: str, column: str) -> None:
    mine = [{k: v for k, v in row.items() if k != column} for row in amcc.rows(table)]
    (finding,) = amcc.check(mine, table).findings
    assert (finding.rule, finding.location.field) == ("columns", column)


def test_the_remedy_for_a_missing_derived_cell_has_its_value() -> None:
    rows = amcc.rows("editions")
    mine = [rows[3] | {"documents": None, "host_name": None}]
    remedies = {each.location.field: each.remedy for each in amcc.check(mine, "editions").findings}
    assert remedies == {
        "documents": f"write {rows[3]['documents']}",
        "host_name": "write Singapore",
    }
    outcomes = amcc.load_outcomes()
    (finding,) = amcc.check(outcomes.drop(columns="act_rank"), "outcomes").findings
    first = ", ".join(
        f"{rank} in {row_id}" for row_id, rank in outcomes[["id", "act_rank"]].head(3).to_numpy()
    )
    assert finding.remedy == f"add it: {first} and so on"
    new = {k: v for k, v in edition(11).items() if k not in ("documents", "chair_name")}
    remedies = {each.location.field: each.remedy for each in amcc.check([new], "editions").findings}
    assert remedies["documents"] == "add it: 0 in amcc-11"
    frame = pd.DataFrame([edition(11), edition(12)]).assign(host_name=None)
    (finding,) = amcc.check(frame, "editions").findings
    assert finding.remedy == "write: Singapore in amcc-11, Singapore in amcc-12"


def test_a_missing_derived_column_has_no_values_if_what_it_comes_from_is_wrong() -> None:
    row = edition(11, host_id="Singapur")
    del row["host_name"], row["documents"]
    found = amcc.check([row], "editions").findings
    remedies = {each.location.field: each.remedy for each in found}
    assert (
        remedies["host_name"]
        == "add it with a value in each row (Name of the host, repeated from actors)"
    )
    assert remedies["documents"].startswith("add it with a value in each row (Number of documents ")
    found = amcc.check([edition(11, host_id="Singapur", host_name=None)], "editions").findings
    (name,) = [each for each in found if each.location.field == "host_name"]
    assert name.remedy == "add a value (Name of the host, repeated from actors)"


@pytest.mark.parametrize("with_release", [True, False])
@pytest.mark.parametrize("written", [None, "{} ", "A{}", 7])
def test_rows_whose_id_does_not_fit_are_not_compared_with_the_rows_that_they_may_be(
    written: Any, with_release: bool
) -> None:
    for table in ("editions", "outcomes", "participants"):
        rows = amcc.rows(table)
        mine = [
            row | {"id": written.format(row["id"]) if isinstance(written, str) else written}
            for row in rows
        ]
        verdict = amcc.check(mine, table, with_release=with_release)
        assert {finding.location.field for finding in verdict.findings} == {"id"}, verdict


def test_findings_on_own_rows_come_before_those_on_rows_of_the_release() -> None:
    mine = [
        row | {"date_start": row["date_start"] - dt.timedelta(1), "city": " a city"}
        for row in amcc.rows("editions")
    ]
    mine[0] |= {"date_end": mine[0]["date_start"]}
    found = [finding.position is None for finding in amcc.check(mine, "editions").findings]
    assert {*found} == {True, False}
    assert found == sorted(found)


def test_a_column_of_the_wrong_type_is_one_finding() -> None:
    rows = [edition(11), edition(12)]
    for row in rows:
        row |= {"number": str(row["number"]), "city": 3}
    found = amcc.check(rows, "editions").findings
    assert [(each.position, each.location.field, each.value) for each in found] == [
        (None, "number", "11"),
        (None, "city", 3),
    ]
    assert "none of the 2 values fits" in found[0].what


def test_days_need_no_time_and_no_zone() -> None:
    frame = pd.DataFrame([edition(11)]).astype({"date_start": "datetime64[ns]"})
    assert amcc.check(frame, "editions").ok
    for wrong in (
        frame["date_start"] + pd.Timedelta("1h"),
        frame["date_start"].dt.tz_localize("Asia/Singapore"),
    ):
        found = amcc.check(frame.assign(date_start=wrong), "editions").findings
        assert [each.remedy for each in found] == ["write only the date"]
    assert amcc.check([edition(11, date_start="2026-10-01")], "editions").ok
    assert cells(amcc.check([edition(11, date_start="1 Oct 2026")], "editions"))


def test_repeated_ids_are_found_where_they_are() -> None:
    mine = [edition(11), edition(12), edition(11, city="Manila"), edition(11)]
    found = amcc.check(mine, "editions").findings
    assert [(each.position, each.location.field, each.what) for each in found] == [
        (2, "id", "id amcc-11 is also in row 0"),
        (3, "id", "id amcc-11 is also in row 0"),
    ]


def test_a_repeated_id_in_a_file_names_the_line_of_the_first(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", [edition(11), edition(12), edition(11)])
    (found,) = amcc.check(path, "editions").findings
    assert (found.location.line, found.what) == (4, "id amcc-11 is also in line 2")


def test_columns_are_named() -> None:
    row = edition(11)
    less = {name: cell for name, cell in row.items() if name not in ("theme", "number")}
    verdict = amcc.check([less | {"nmber": 11}], "editions")
    assert [(each.location.field, each.what, each.remedy) for each in verdict.findings] == [
        (
            "theme",
            "the column theme is missing",
            "add it; its cells may be empty (Theme of the conference itself, "
            "not of the cyber week or of a session)",
        ),
        ("nmber", "editions has no column 'nmber'", "rename it to number"),
    ]
    (finding,) = amcc.check([row | {"nmber": 11}], "editions").findings
    assert finding.remedy.startswith("remove or rename it; write one of: number, ")


@pytest.mark.parametrize("written", ["cities", "City", "city ", "CITY"])
@pytest.mark.parametrize("with_release", [True, False])
def test_a_misspelt_column_is_one_finding_and_its_remedy_keeps_the_cells(
    written: str, with_release: bool
) -> None:
    frame = pd.DataFrame([edition(11, city="Manila"), edition(12, city=" Manila")])
    misspelt = frame.rename(columns={"city": written})
    (finding,) = amcc.check(misspelt, "editions", with_release=with_release).findings
    assert (finding.location.field, finding.position) == (written, None)
    assert finding.what == f"editions has no column {written!r}"
    assert finding.remedy == "rename it to city"
    (finding,) = amcc.check(misspelt.rename(columns={written: "city"}), "editions").findings
    assert finding.value == " Manila"


def test_of_two_misspelt_columns_each_has_its_own() -> None:
    frame = pd.DataFrame([edition(11)]).rename(columns={"host_id": "hostid", "host_name": "host"})
    remedies = {each.location.field: each.remedy for each in amcc.check(frame, "editions").findings}
    assert remedies == {"hostid": "rename it to host_id", "host": "rename it to host_name"}


@pytest.mark.parametrize("data", [[], [{}], pd.DataFrame(), pl.DataFrame(), pa.table({})])
def test_no_columns_is_one_finding(data: Any) -> None:
    (finding,) = amcc.check(data, "editions").findings
    assert finding.what == "there are no columns"
    assert finding.remedy.startswith("add the columns id, number, year")


def test_an_empty_frame_with_its_columns_is_right() -> None:
    for table in TABLES:
        assert amcc.check(getattr(amcc, f"load_{table}")().head(0), table).ok
        assert amcc.check(amcc.table(table).slice(0, 0), table).ok


# Remedies that work when they are followed


def outcomes_of_the_last_edition() -> list[Plain]:
    last = amcc.rows("editions")[-1]["id"]
    return [row for row in amcc.rows("outcomes") if row["edition_id"] == last]


@pytest.mark.parametrize("offset", [-3, 9])
def test_a_wrong_ordinal_gets_the_number_that_comes_next(offset: int) -> None:
    rows = outcomes_of_the_last_edition()
    mine = rows[-1] | {"id": "own-outcome", "ordinal": len(rows) + offset}
    (finding,) = amcc.check([mine], "outcomes").findings
    assert (finding.location.field, finding.remedy) == ("ordinal", f"write {len(rows) + 1}")
    assert amcc.check([mine | {"ordinal": len(rows) + 1}], "outcomes").ok


def test_each_repeated_number_gets_one_of_its_own() -> None:
    mine = [edition(11), edition(12, number=11), edition(13, number=11)]
    found = amcc.check(mine, "editions").findings
    assert [each.remedy for each in found] == ["write 12", "write 13"]


def test_a_repeated_key_names_the_other_row_and_the_columns() -> None:
    other = amcc.rows("participants")[-1]
    (finding,) = amcc.check([other | {"id": "own-row"}], "participants").findings
    names = "edition_id, actor_id, person_id, role and session"
    assert finding.what == f"{other['id']} has the same {names}"
    assert finding.remedy == "delete one of the two rows, or change one of these columns"


def test_a_reference_to_an_own_row_is_right_if_its_row_is_checked_too() -> None:
    mine = outcomes_of_the_last_edition()[0] | {
        **{"id": "own-outcome", "edition_id": "amcc-11", "ordinal": 1},
        **{"scope": "collective", "made_by": None},
    }
    (finding,) = amcc.check([mine], "outcomes").findings
    assert finding.remedy.startswith("write one of: amcc-10, amcc-01, ")
    assert finding.remedy.endswith(", or check the new row of editions together with this one")
    assert amcc.check({"outcomes": [mine], "editions": [edition(11)]}).ok


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("sg ", "remove the spaces at its ends"),
        ("SG", "write sg"),
        ("SGP", "write sg"),
        ("singapore", "write sg, or check the new row of actors together with this one"),
        ("Singapore", "write sg"),
        ("Singapur", "write sg, if 'Singapore' is meant"),
        ("SGG", "write one of "),
        ("sgg", "write sg, if that is meant ("),
    ],
)
def test_a_reference_that_is_nearly_right_gets_the_id(written: str, remedy: str) -> None:
    found = amcc.check([edition(11, host_id=written)], "editions").findings
    (finding,) = [each for each in found if each.location.field == "host_id"]
    assert finding.remedy.startswith(remedy)
    if not remedy.endswith((" ", "(")):
        assert finding.remedy == remedy


@pytest.mark.parametrize(
    ("scope", "made_by", "remedy"),
    [
        (
            "collective",
            "sg",
            "leave made_by empty, or write host, national or secretariat as scope",
        ),
        ("collective", "asean-secretariat", "leave made_by empty, or write host, national or "),
        ("national", None, "write who made it in made_by, or write collective as scope"),
    ],
)
def test_scope_and_maker_that_contradict_each_other_are_one_finding(
    scope: str, made_by: str | None, remedy: str
) -> None:
    row = outcomes_of_the_last_edition()[0] | {"scope": scope, "made_by": made_by}
    (finding,) = amcc.check([row], "outcomes").findings
    assert finding.remedy.startswith(remedy)


def test_a_reference_to_its_own_row_is_one_finding() -> None:
    row = outcomes_of_the_last_edition()[0]
    (finding,) = amcc.check([row | {"follows_id": row["id"]}], "outcomes").findings
    assert finding.what == "follows_id refers to its own row"
    assert finding.remedy == "leave it empty"
    assert amcc.check([row | {"follows_id": None}], "outcomes").ok


@pytest.mark.parametrize(
    ("lost", "column"),
    [
        ({"date_precision"}, "date_precision"),
        ({"date_start"}, "date_start"),
        ({"date_precision", "date_start"}, "date_end"),
    ],
)
def test_a_last_day_without_a_first_is_one_finding(lost: set[str], column: str) -> None:
    row = next(row for row in amcc.rows("meetings") if row["date_end"] and not row["edition_id"])
    (finding,) = amcc.check([row | dict.fromkeys(lost)], "meetings").findings
    assert finding.location.field == column
    assert "None" not in str(finding)


def test_a_derived_cell_names_the_cells_that_it_is_computed_from() -> None:
    name, lead = (
        amcc.check([amcc.rows(table)[0] | {column: value}], table).findings[0]
        for table, column, value in (
            ("editions", "host_name", "Manila"),
            ("initiatives", "lead_id", "my"),
        )
    )
    assert name.what == "host_name is 'Manila'; computed from host_id, it is 'Singapore'"
    assert name.remedy == "write Singapore, or correct host_id"
    assert "; computed from actor_id and role in parties, it is " in lead.what


# Bad input


@pytest.mark.parametrize(
    ("data", "table", "message"),
    [
        ([], "edition", "there is no table 'edition'; write one of: editions, "),
        ([], ["editions"], r"there is no table \['editions'\]; write one of: editions, "),
        (
            [],
            None,
            r'the table of these rows is not named; name it as in check\(rows, "editions"\)',
        ),
        ({"edition": []}, None, "there is no table 'edition'; write one of: editions, "),
        ({}, None, "give one table as a frame"),
        ({"editions": []}, "editions", "give one table as a frame"),
        (edition(11), None, r"give one table as a frame or a list of dicts, one row as \[row\]"),
        (amcc.records("editions"), "outcomes", "a row is of editions, not of outcomes"),
        (None, "editions", "data of the type NoneType cannot be checked; give a pandas or polars"),
        (b"id", "editions", "data of the type bytes cannot be checked; give "),
        (pd.Series([1]), "editions", "data of the type Series cannot be checked: "),
        ([edition(11), "amcc-12"], "editions", "row 1 is of the type str, not a dict"),
        (pd.DataFrame([[1, 2]], columns=["id", "id"]), "editions", "column 'id' appears twice"),
        (pa.table([pa.array([1])] * 2, names=["id", "id"]), "editions", "column 'id' appears"),
        ([{1: 2, "1": 3}], "editions", "column '1' appears twice"),
    ],
)
def test_misuse_is_one_clear_line(data: Any, table: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}") as error:
        amcc.check(data, table)
    assert "\n" not in str(error.value)


HEADER = ",".join(columns_of("codes"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER.encode("utf-16-le"), "has NUL bytes; save it as CSV in UTF-8"),
        (
            HEADER.encode() + b"\n\xe9,a,a,a,a,1\n",
            "line 2 has a character that is not UTF-8; save it as CSV",
        ),
        (HEADER.encode() + b'\n"a', "quotation mark in line 2 or below that is not closed"),
        (
            HEADER.encode() + b"\na,b\n",
            ": line 2 has 2 cells, not 6; add what is missing, and a comma for each empty cell",
        ),
        (
            HEADER.replace(",", ";").encode(),
            "has ';' between its cells, not a comma; save it as CSV",
        ),
        (b"id,ID\n", "has the column name 'ID' twice, ignoring case; rename one of the two"),
        (b"PAR1 and no more", "is not a valid Parquet file: "),
    ],
)
def test_a_file_that_is_none_is_one_clear_line(
    content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message.replace("[", r"\[")) as error:
        amcc.check(path, "codes")
    assert "\n" not in str(error.value)
    assert main(["check", str(path), "--table", "codes"]) == 2
    assert message in capsys.readouterr().err


def test_what_is_no_file_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, message in (
        ("pipe", "not a regular file"),
        (".", "not a regular file"),
        ("no", "No such"),
    ):
        with pytest.raises(OSError, match=message):
            amcc.check(tmp_path / name, "editions")
        assert main(["check", str(tmp_path / name), "--table", "editions"]) == 2
        assert message in capsys.readouterr().err
    with pytest.raises(ValueError, match="cannot be the path of a file"):
        amcc.check("a\0b", "editions")
    monkeypatch.setattr(given, "MAX_BYTES", 10)
    with pytest.raises(OSError, match="is larger than 10 bytes"):
        amcc.check(amcc.path("editions"))


def test_parquet_names_the_extra_that_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    with pytest.raises(ImportError) as missing:
        amcc.check(amcc.path("editions", "parquet"))
    assert str(missing.value) == 'pyarrow is missing; pip install "amcc-dataset[arrow]"'


# CSV files, and the command


def write(path: Path, rows: list[Plain]) -> str:
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def test_a_file_is_checked_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "mine.csv", [edition(11), edition(12, format="onsite", number="x")])
    assert main(["check", path, "--table", "editions"]) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("2 rows of editions checked with release ")
    assert lines == [
        f"{path}:3 (editions.amcc-12.number): 'x' is not a whole number -> "
        "write a whole number, not a text or a fraction [types]",
        f"{path}:3 (editions.amcc-12.format): 'onsite' is not a code of format -> "
        "write one of: hybrid, in_person, virtual [codes]",
    ]
    assert main(["check", path, "--table", "editions", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(each["position"], each["line"], each["field"], each["value"]) for each in found] == [
        (1, 3, "number", "x"),
        (1, 3, "format", "onsite"),
    ]
    assert main(["check", write(tmp_path / "editions.csv", [edition(11)])]) == 0
    assert capsys.readouterr().out.endswith(": no problems\n")
    assert main(["check", path, "--table", "edition"]) == 2
    assert "there is no table 'edition'; write one of: editions" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "year", "remedies"),
    [
        (-1, 2026, ["write a number from 1 to 999"]),
        (11, 20255, ["write a number from 2016 to 2999"]),
        (1000, 1, ["write a number from 1 to 999", "write a number from 2016 to 2999"]),
    ],
)
def test_a_number_out_of_range_gets_the_same_remedy_in_a_file(
    tmp_path: Path, number: int, year: int, remedies: list[str]
) -> None:
    rows = [edition(11, number=number, year=year)]
    for data in (rows, write(tmp_path / "mine.csv", rows)):
        found = amcc.check(data, "editions", with_release=False).findings
        assert [each.remedy for each in found] == remedies


def test_a_file_without_names_of_columns_is_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("hi\nthere\n", encoding="utf-8")
    (finding,) = amcc.check(path, "editions").findings
    assert finding.what == "the first line names no column of editions: 'hi'"
    assert finding.remedy.startswith(
        "add a first line with the names, or rename these: id, number,"
    )


def test_a_file_that_is_not_named_after_a_table_needs_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = write(tmp_path / "mine.csv", [edition(11)])
    people = write(tmp_path / "people.csv", amcc.rows("people")[:1])
    workbook = tmp_path / "book.xlsx"
    workbook.write_bytes(b"PK\x03\x04...xl/workbook.xml")
    with pytest.raises(ValueError, match=r"mine[.]csv is not named after a table; name it as in "):
        amcc.check(mine)
    with pytest.raises(ValueError, match="is an Excel workbook; save the sheet as CSV in UTF-8"):
        amcc.check(workbook)
    for words, message in (
        ([mine], f"{mine} is not named after a table; add --table and the name of its table: "),
        ([mine, people], f"{mine} is not named after a table; rename it to one of: editions.csv, "),
        ([str(workbook)], f"{workbook}: is an Excel workbook; save the sheet as CSV in UTF-8"),
        (
            [mine, str(workbook)],
            f"{workbook}: is an Excel workbook; save the sheet as CSV in UTF-8",
        ),
    ):
        assert main(["check", *words]) == 2
        assert message in capsys.readouterr().err
    assert main(["check", mine, "--table", "editions"]) == 0


def test_a_file_as_programs_write_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    written = Path(amcc.path("codes")).read_text(encoding="utf-8")
    lines = written.replace("\n", "\r\n") + "\r\n" * 1200 + "act-own,act,own,own,Mine.,20\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + lines.encode())
    (finding,) = amcc.check(path, "codes").findings
    assert (finding.location.row_id, finding.rule) == ("act-own", "codes_are_the_vocabularies")
    assert finding.location.line == len(lines.splitlines())


# The verdict


def test_a_verdict_prints_well() -> None:
    verdict = amcc.check([edition(11, id="<b>\n", format="onsite")], "editions")
    head, *lines = str(verdict).splitlines()
    assert head.startswith("1 row of editions checked with release ")
    assert head.endswith(": 2 problems")
    assert lines[1] == (
        r"editions, row 0 ('<b>\n'), format: 'onsite' is not a code of format -> "
        "write one of: hybrid, in_person, virtual [codes]"
    )
    assert repr(verdict) == str(verdict)
    page = verdict._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert page.count("<tr>") == 3
    assert not verdict
    with pytest.raises(ValueError, match="is not a code of format"):
        verdict.raise_()
    right = amcc.check([edition(11)], "editions")
    assert right
    right.raise_()
    assert "<table></table>" in right._repr_html_()


def test_the_frame_of_a_verdict_has_its_types_also_without_rows() -> None:
    some = amcc.check([edition(11, format="onsite", city=3)], "editions").frame()
    none = amcc.check([edition(11)], "editions").frame()
    assert some.dtypes.equals(none.dtypes)
    assert some[["position", "row_id", "column", "value", "rule"]].to_numpy().tolist() == [
        [0, "amcc-11", "city", "3", "types"],
        [0, "amcc-11", "format", "onsite", "codes"],
    ]


def test_what_is_cut_is_reported() -> None:
    rows = [edition(11, id=f"mine-{n}", number=11 + n, year=2026 + n) for n in range(MOST + 500)]
    verdict = amcc.check([row | {"format": "onsite"} for row in rows[:900]], "editions")
    assert sum(each.rule == "codes" for each in verdict.findings) == 900
    frame = pd.DataFrame(rows).assign(city="-", format=None)
    verdict = amcc.check(frame, "editions")
    assert "values" in verdict.cut
    assert sum(each.location.field == "city" for each in verdict.findings) == MOST
    assert "These rules found more problems than are listed: " in str(verdict)
    assert f"{len(verdict.findings) - 25} more" in str(verdict)


def test_time_grows_with_the_rows_only() -> None:
    """Even with wrong keys, codes, texts and numbers in each of many rows."""
    base = amcc.rows("outcomes")[0]
    size = 50_000
    rows = [
        base
        | {"id": f"mine-{n}", "ordinal": n, "follows_id": f"no-{n}", "made_by": f"who-{n}"}
        | {"title": f" {n}", "act": f"act {n}", "act_rank": -n, "initiative_id": f"what-{n}"}
        for n in range(size)
    ]
    begin = time.process_time()
    verdict = amcc.check(rows, "outcomes")
    assert verdict.rows == {"outcomes": size}
    assert {"codes", "values", "foreign_keys_point_at_rows"} <= set(verdict.cut)
    assert time.process_time() - begin < 30
