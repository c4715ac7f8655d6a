"""Statements, docket and member groups: the real files, and a small checkout with one fault."""

import datetime as dt
import random
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from amcc_dataset import rules as checks
from amcc_dataset.curation import compile
from amcc_dataset.curation.compile import compile_tables
from amcc_dataset.curation.decisions import DOCKET, read_docket
from amcc_dataset.curation.documents import read_documents
from amcc_dataset.curation.members import expand
from amcc_dataset.curation.registries import read_registries
from amcc_dataset.curation.settle import settle
from amcc_dataset.curation.toml_files import read_all
from amcc_dataset.model.cells import to_text
from amcc_dataset.model.columns import claimable
from amcc_dataset.model.findings import Failed, Findings

ROOT = Path(__file__).parents[2]

RELEASE = """
[source]
title = "A release"
publisher = "Host"
kind = "press_release"
tier = "host_primary"
published_on = 2016-10-11
language = "en"
url = "https://example.org/release"
read = "whole"
noted_on = 2026-11-23
principal_of = "amcc-01"

[[passage]]
at = "p1"
start = "Ministers and officials"
end = "in one place"
[passage.editions.amcc-01]
number = 1
year = 2016
date_start = 2016-10-11
date_end = 2016-10-11
host_id = "sg"
roster = "by_group"
[[passage.roster]]
edition = "amcc-01"
members = "all"
role = "member_state"
session = "unspecified"
presence = "attended"
"""

REPORT = """
[source]
title = "A report"
publisher = "Paper"
kind = "news"
tier = "secondary"
language = "en"
url = "https://example.org/report"
read = "opening"
noted_on = 2026-11-23

[[passage]]
at = "p2"
start = "The conference met"
[passage.editions.amcc-01]
date_start = 2016-10-11
city = "Singapore"
"""

DECISION = """
[[decision]]
cell = "editions.amcc-01.date_start"
prefer = "release"
reason = "host_over_report"
note = "The host's release names the day."
decided_on = 2026-11-23
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a small checkout that builds: one edition, a release and a report."""
    raw = tmp_path / "data" / "raw"
    (raw / "sources").mkdir(parents=True)
    for name in ("actors", "people"):
        shutil.copy(ROOT / "data" / "raw" / f"{name}.toml", raw)
    (raw / "people.toml").write_text("", encoding="utf-8")
    for name in ("decisions", "retired"):
        (raw / f"{name}.toml").write_text("", encoding="utf-8")
    (raw / "sources" / "release.toml").write_text(RELEASE, encoding="utf-8")
    (raw / "sources" / "report.toml").write_text(REPORT, encoding="utf-8")
    return tmp_path


def write(checkout: Path, name: str, content: str) -> None:
    (checkout / "data" / "raw" / f"{name}.toml").write_text(content, encoding="utf-8")


def found(checkout: Path) -> list[str]:
    """Return the findings of a build as they are printed, or none if it succeeds."""
    try:
        compile_tables(checkout)
    except Failed as failed:
        return [str(finding) for finding in failed.findings]
    return []


def test_the_small_checkout_builds(checkout: Path) -> None:
    tables = compile_tables(checkout)
    assert [row["city"] for row in tables["editions"]] == ["Singapore"]
    assert len(tables["participants"]) == 10


def test_order_of_files_and_entries_is_irrelevant() -> None:
    findings = Findings()
    files = findings.take(read_all(ROOT))
    documents = findings.take(read_documents(files))
    decisions = findings.take(read_docket(files[DOCKET]))
    actors = findings.take(read_registries(files)).rows["actors"]
    dates = compile.first_days(documents.statements, decisions)
    whole = documents.statements + findings.take(expand(documents.groups, actors, dates))
    rows = findings.take(settle(whole, decisions))
    assert not findings
    shuffled = random.Random(1)
    for _ in range(3):
        statements, entries = list(whole), list(decisions)
        shuffled.shuffle(statements)
        shuffled.shuffle(entries)
        again = Findings().take(settle(statements, entries))
        assert again.rows == rows.rows
        assert {each.id: standing for each, standing in again.standings} == {
            each.id: standing for each, standing in rows.standings
        }


def test_a_second_differing_claim_always_stops(checkout: Path) -> None:
    write(checkout, "sources/report", REPORT.replace("2016-10-11", "2016-10-12"))
    (line,) = found(checkout)
    assert "editions.amcc-01.date_start is disputed" in line
    assert line.splitlines()[1:8] == [
        "    '2016-10-11' by release (data/raw/sources/release.toml:21)",
        "    '2016-10-12' by report (data/raw/sources/report.toml:16)",
        "",
        "    [[decision]]",
        '    cell = "editions.amcc-01.date_start"',
        '    prefer = ""          # one of: release, report',
        '    reason = ""          # host_over_report, official_over_press, later_correction …',
    ]


def test_a_decision_removes_exactly_that_problem(checkout: Path) -> None:
    report = REPORT.replace("2016-10-11", "2016-10-12") + "number = 2\n"
    write(checkout, "sources/report", report)
    before = found(checkout)
    write(checkout, "decisions", DECISION)
    after = found(checkout)
    assert len(before) == 2
    assert after == [line for line in before if "date_start" not in line]
    write(checkout, "sources/report", report.replace("number = 2\n", ""))
    tables = compile_tables(checkout)
    assert tables["editions"][0]["date_start"] == dt.date(2016, 10, 11)
    standings = {
        row["source_id"]: row["standing"]
        for row in tables["provenance"]
        if row["field"] == "date_start"
    }
    assert standings == {"release": "preferred", "report": "overruled"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('reason = "host_over_report"', 'reason = "because"'),
        ('note = "The host\'s release names the day."\n', ""),
        ('prefer = "release"', "prefer = 1"),
    ],
)
def test_a_decision_with_a_fault_is_not_offered_again(
    checkout: Path, right: str, wrong: str
) -> None:
    write(checkout, "sources/report", REPORT.replace("2016-10-11", "2016-10-12"))
    write(checkout, "decisions", DECISION.replace(right, wrong))
    (line,) = found(checkout)
    assert line.startswith("data/raw/decisions.toml")


def test_a_wrong_id_is_not_a_dispute(checkout: Path) -> None:
    write(checkout, "sources/report", REPORT + 'host_id = "Singapur"\n')
    (line,) = found(checkout)
    assert line.startswith("data/raw/sources/report.toml:18 (editions.amcc-01.host_id): ")
    assert "'Singapur' is not an id in actors -> write \"sg\", if that is meant, or add it" in line
    # Two ids of rows are a dispute.
    write(checkout, "sources/report", REPORT + 'host_id = "my"\n')
    (line,) = found(checkout)
    assert "editions.amcc-01.host_id is disputed: 2 values" in line


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ("SGP", '-> write its id, "sg" ['),
        ("sgx", ", or add it to data/raw/actors.toml: ["),
        ("zzq", "-> add it to data/raw/actors.toml: ["),
        ('Ministry of \\"X\\"', "add it to data/raw/actors.toml: ["),
        ("新加坡", "write one of "),
    ],
)
def test_a_wrong_id_gets_no_other_state(checkout: Path, wrong: str, remedy: str) -> None:
    write(checkout, "sources/report", REPORT + f'host_id = "{wrong}"\n')
    (text,) = found(checkout)
    assert remedy in text.splitlines()[0]
    entry = "\n".join(line.strip() for line in text.splitlines()[1:])
    tomllib.loads(entry)


@pytest.mark.parametrize(
    ("cell", "line", "what"),
    [
        ("editions.amcc-01.", 'stands = "none"', "cell is 'editions.amcc-01.' -> write table.row"),
        ("edition.amcc-01.city", 'stands = "none"', "for table, write one of: editions"),
        ("editions.amcc-01.host_name", 'stands = "none"', "write host_id: host_name is computed"),
        ("people.x.name", 'stands = "none"', "no document makes claims on people"),
        (
            "editions.amcc-01.date_start",
            'stands = "none"\nvalue = 2016-10-11',
            "the decision accepts no claim, but has a value -> delete value, or write prefer",
        ),
    ],
)
def test_a_decision_that_would_be_misread_stops(
    checkout: Path, cell: str, line: str, what: str
) -> None:
    write(checkout, "sources/report", REPORT.replace("2016-10-11", "2016-10-12"))
    wrong = DECISION.replace("editions.amcc-01.date_start", cell)
    write(checkout, "decisions", wrong.replace('prefer = "release"', line))
    (text,) = found(checkout)
    assert what in text


def test_a_document_with_two_values_is_asked_for_one(checkout: Path) -> None:
    """The printed lines, with a reason and a note, settle the dispute."""
    passage = '[[passage]]\nat = "p3"\nstart = "Later"\n[passage.editions.amcc-01]\n'
    write(checkout, "sources/report", f'{REPORT}{passage}city = "Singapura"\n')
    (line,) = found(checkout)
    pasted = "\n".join(text.strip() for text in line.splitlines()[4:])
    assert 'prefer = ""          # one of: report\n' in pasted
    assert '\nvalue = "Singapore"     # keep one of these lines\nvalue = "Singapura"\n' in pasted
    filled = pasted.replace('""', '"report"', 1).replace('""', '"later_correction"', 1)
    filled = filled.replace('""', '"?"')
    chosen = filled.replace('value = "Singapore"     # keep one of these lines\n', "")
    write(checkout, "decisions", chosen)
    assert compile_tables(checkout)["editions"][0]["city"] == "Singapura"
    write(checkout, "decisions", chosen.replace('value = "Singapura"\n', ""))
    (line,) = found(checkout)
    assert "report has 2 values of editions.amcc-01.city -> add value = …" in line


def test_a_stale_decision_stops(checkout: Path) -> None:
    write(checkout, "decisions", DECISION)
    (line,) = found(checkout)
    assert line.startswith(
        "data/raw/decisions.toml:3 (decisions.editions-amcc-01-date-start.field)"
    )
    assert "overrules no claim -> delete the decision" in line


def test_a_row_that_the_docket_rejects_leaves_its_claims(checkout: Path) -> None:
    claimed = '[passage.participants.amcc-01-au]\nedition_id = "amcc-01"\nactor_id = "au"\n'
    write(checkout, "sources/report", REPORT + claimed)
    reject = 'cell = "participants.amcc-01-au"\nstands = "none"\nreason = "unsupported"\n'
    write(
        checkout,
        "decisions",
        f'[[decision]]\n{reject}note = "Nobody else has it."\ndecided_on = 2026-11-23\n',
    )
    tables = compile_tables(checkout)
    assert "amcc-01-au" not in {row["id"] for row in tables["participants"]}
    claims = [row for row in tables["provenance"] if row["row_id"] == "amcc-01-au"]
    assert {row["standing"] for row in claims} == {"overruled"}


def test_a_roster_follows_dated_membership() -> None:
    actors = [
        {"id": "old", "asean_member_attested": dt.date(2016, 1, 1)},
        {
            "id": "gone",
            "asean_member_from": dt.date(1990, 1, 1),
            "asean_member_to": dt.date(2020, 1, 1),
        },
        {"id": "new", "asean_member_from": dt.date(2025, 10, 26)},
    ]
    assert [checks.is_member(actor, dt.date(2025, 10, 22)) for actor in actors] == [
        True,
        False,
        False,
    ]


Change = Callable[[str], str]

FAULTS: dict[str, tuple[str, Change, str, str]] = {
    "malformed TOML": (
        "sources/report",
        lambda _: "title = \n",
        "report.toml:1: malformed TOML",
        "quotation marks",
    ),
    "not UTF-8": ("people", lambda _: "\udcff", "people.toml", "UTF-8"),
    "unknown table": (
        "sources/report",
        lambda s: s + "[passage.edition.x]\na = 1\n",
        "report.toml:18: unknown key or table 'edition'",
        "editions",
    ),
    "unknown field": (
        "sources/report",
        lambda s: s + "citty = 'x'\n",
        "report.toml:18: unknown key 'citty'",
        "city",
    ),
    "unknown code": (
        "sources/report",
        lambda s: s + 'format = "online"\n',
        "report.toml:18: format is 'online'",
        "virtual",
    ),
    "wrong type: date in quotes": (
        "sources/report",
        lambda s: s.replace("date_start = 2016-10-11", 'date_start = "2016-10-11"'),
        "report.toml:16: date_start is '2016-10-11'",
        "without quotation marks",
    ),
    "wrong type: number in quotes": (
        "sources/report",
        lambda s: s + 'number = "1"\n',
        "report.toml:18: number is '1'",
        "whole number",
    ),
    "out of range": (
        "sources/report",
        lambda s: s + "number = 0\n",
        "report.toml:18: number is 0",
        "from 1 to 999",
    ),
    "formula": (
        "sources/report",
        lambda s: s.replace('"Singapore"', '"=1+1"'),
        "report.toml:17: city is '=1+1'",
        "begin with a letter",
    ),
    "bad id": (
        "sources/report",
        lambda s: s.replace("editions.amcc-01", 'editions."AMCC 1"'),
        "report.toml:15: 'AMCC 1' is not an id",
        "lower-case",
    ),
    "unknown actor": (
        "sources/release",
        lambda s: s.replace('"sg"', '"sgp"'),
        "'sgp' is not an id in actors",
        "sg",
    ),
    "unknown edition of a principal": (
        "sources/release",
        lambda s: s.replace('principal_of = "amcc-01"', 'principal_of = "amcc-1"'),
        "release.toml:12: principal_of is 'amcc-1', and no passage is on that edition",
        "amcc-01",
    ),
    "five words": (
        "sources/report",
        lambda s: s.replace("The conference met", "one two three four five"),
        "report.toml:14: start quotes 5 words",
        "at most 4",
    ),
    "no locator": (
        "sources/report",
        lambda s: s.replace('at = "p2"\n', ""),
        "report.toml:12: the passage has no locator",
        "at =",
    ),
    "silence from an opening": (
        "sources/report",
        lambda s: 'silent = ["editions.amcc-01.theme"]\n' + s,
        "report.toml:1: a silence is noted on editions.amcc-01.theme, but report was not read in full",
        "delete",
    ),
    "silence on what is stated": (
        "sources/release",
        lambda s: 'silent = ["editions.amcc-01.number"]\n' + s,
        "release.toml:1: release is silent on editions.amcc-01.number, but gives it in p1",
        "delete",
    ),
    "silence on nothing": (
        "sources/release",
        lambda s: 'silent = ["editions.amcc-01.colour"]\n' + s,
        "release.toml:1: silent lists",
        "table.row.field",
    ),
    "a derived cell stated": (
        "sources/report",
        lambda s: s + '[passage.initiatives.accp]\nlead_id = "sg"\n',
        "report.toml:19: lead_id is computed by the build",
        "write actor_id, role, initiative_id of parties",
    ),
    "silence on a derived cell": (
        "sources/release",
        lambda s: 'silent = ["editions.amcc-01.host_name"]\n' + s,
        "release.toml:1: editions.amcc-01.host_name cannot have a silence",
        "host_id",
    ),
    "inferred without claim": (
        "sources/report",
        lambda s: s.replace('at = "p2"\n', 'at = "p2"\ninferred = ["editions.amcc-01.venue"]\n'),
        "report.toml:14: inferred lists 'editions.amcc-01.venue'",
        "table.row",
    ),
    "incomplete row": (
        "sources/release",
        lambda s: s.replace("year = 2016\n", ""),
        "release.toml:18 (editions.amcc-01.year): no claim gives year",
        "add year = … below [passage.editions.amcc-01]",
    ),
    "roster of an unknown edition": (
        "sources/release",
        lambda s: s.replace('edition = "amcc-01"', 'edition = "amcc-09"'),
        "release.toml:25: [[passage.roster]] is of 'amcc-09'",
        "add date_start below",
    ),
    "roster of some": (
        "sources/release",
        lambda s: s.replace('members = "all"', 'members = "most"'),
        "members is 'most'",
        "all",
    ),
    "said twice": (
        "sources/report",
        lambda s: s + '[[passage]]\nat = "p2"\n[passage.editions.amcc-01]\ncity = "Singapore"\n',
        "there are two claims",
        "delete",
    ),
    "nothing to say": (
        "sources/report",
        lambda s: s.split("[[passage]]")[0],
        "report.toml:2 (sources.report.note): the document has no claim and no note",
        "note",
    ),
    "no source": (
        "sources/report",
        lambda s: "[[passage]]" + s.split("[[passage]]")[1],
        "report.toml:1: has no [source]",
        "what the document is",
    ),
    "unknown original": (
        "sources/report",
        lambda s: s.replace('read = "opening"', 'read = "opening"\ncopy_of = "relase"'),
        "'relase' is not an id in sources",
        "release",
    ),
    "retired id": (
        "retired",
        lambda _: 'amcc-01 = "a trial"\n',
        "'amcc-01' is retired (a trial)",
        "new id",
    ),
    "decision on an unknown cell": (
        "decisions",
        lambda _: DECISION.replace("date_start", "day"),
        "decisions.toml:3: cell is 'editions.amcc-01.day'",
        "for 'day', write one of: chair_id",
    ),
    "decision without a reason": (
        "decisions",
        lambda _: DECISION.replace('reason = "host_over_report"\n', ""),
        "decisions.toml:2: the decision has no reason",
        "add reason",
    ),
    "decision for a silent source": (
        "decisions",
        lambda _: DECISION.replace('"release"', '"paper"'),
        "decisions.toml:4 (decisions.editions-amcc-01-date-start.preferred_source_id): 'paper'",
        "data/raw/sources/paper.toml",
    ),
    "malformed registry": (
        "actors",
        lambda s: s.replace('kind = "state"', 'kind = "country"', 1),
        "actors.toml",
        "state",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_one_message_with_line_value_and_remedy(checkout: Path, fault: str) -> None:
    name, change, expected, remedy = FAULTS[fault]
    path = checkout / "data" / "raw" / f"{name}.toml"
    changed = change(path.read_text(encoding="utf-8"))
    path.write_bytes(changed.encode("utf-8", "surrogateescape"))
    lines = found(checkout)
    assert len(lines) == 1, lines
    what, _, cure = lines[0].partition(" -> ")
    assert expected in what, lines
    assert remedy in cure, lines


def test_what_cannot_be_read_is_reported_together_and_first(checkout: Path) -> None:
    """What rules and decisions miss may be missing only because it could not be read."""
    report = REPORT.replace("The conference met", "one two three four five")
    wrong = report + 'format = "online"\nnumber = "1"\ncitty = "x"\n'
    write(checkout, "sources/report", wrong)
    write(checkout, "decisions", DECISION.replace('"release"', '"paper"') + "why = 1\n")
    rules = [line.rpartition(" ")[2] for line in found(checkout)]
    keys, values = "[known_keys]", "[value_fits_column]"
    assert sorted(rules) == [keys, keys, values, values]
    write(checkout, "sources/report", report)
    write(checkout, "decisions", DECISION.replace('"release"', '"paper"'))
    rules = [line.rpartition(" ")[2] for line in found(checkout)]
    assert rules == ["[foreign_keys_point_at_rows]", "[locators_quote_few_words]"]


def test_a_decision_is_called_needless_only_if_nothing_else_is_wrong(checkout: Path) -> None:
    """Otherwise the claims that it settles may be in the wrong place, and it must stay."""
    write(checkout, "sources/report", REPORT.replace("2016-10-11", "2016-10-12"))
    write(checkout, "decisions", DECISION)
    assert found(checkout) == []
    moved = RELEASE.replace("[passage.editions.amcc-01]", "[passage.editions.amcc-1]")
    write(checkout, "sources/release", moved)
    write(checkout, "sources/report", "\n".join(REPORT.splitlines()[:-2]))
    assert not [line for line in found(checkout) if "delete the decision" in line]
    write(checkout, "sources/release", RELEASE.replace("date_start = 2016-10-11\n", ""))
    write(checkout, "sources/report", REPORT)
    write(checkout, "decisions", DECISION.replace("date_start", "theme"))
    write(checkout, "sources/release", RELEASE)
    (line,) = found(checkout)
    assert "no document has a claim on editions.amcc-01.theme -> correct the cell; delete" in line


def test_a_decision_on_a_cell_of_a_rejected_row_is_needless(checkout: Path) -> None:
    claimed = '[passage.participants.amcc-01-au]\nedition_id = "amcc-01"\nactor_id = "au"\n'
    write(checkout, "sources/report", REPORT + claimed)
    rest = 'reason = "unsupported"\nnote = "Nobody else has it."\ndecided_on = 2026-11-23\n'
    row = f'[[decision]]\ncell = "participants.amcc-01-au"\nstands = "none"\n{rest}'
    cell = f'[[decision]]\ncell = "participants.amcc-01-au.actor_id"\nprefer = "report"\n{rest}'
    write(checkout, "decisions", row + cell)
    (line,) = found(checkout)
    assert "participants.amcc-01-au is rejected by another decision (data/raw/decisions" in line


def test_a_wrong_id_is_one_problem_with_all_its_places(checkout: Path) -> None:
    write(checkout, "sources/report", REPORT + 'host_id = "sgg"\n')
    twice = RELEASE.replace('host_id = "sg"', 'host_id = "sgg"')
    claimed = '\n[[passage]]\nat = "p9"\nstart = "In"\n[passage.participants.amcc-01-x]\n'
    claimed += 'edition_id = "amcc-01"\nactor_id = "sgg"\nrole = "chair"\nsession = "main"\n'
    write(checkout, "sources/release", f'{twice}{claimed}presence = "attended"\n')
    (line,) = found(checkout)
    assert "release.toml:23 (editions.amcc-01.host_id): 'sgg' is not an id in actors; also" in line
    assert re.search(r"also at data/raw/sources/re[a-z]+.toml:\d+ ", line)
    assert "(participants.amcc-01-x.actor_id)" in line


def test_a_file_that_cannot_be_read_is_the_only_finding(checkout: Path) -> None:
    write(checkout, "sources/report", REPORT.replace("2016-10-11", "2016-10-12"))
    write(checkout, "decisions", DECISION)
    assert found(checkout) == []
    write(checkout, "sources/report", REPORT + "title = \n")
    (line,) = found(checkout)
    assert line.startswith("data/raw/sources/report.toml:18: malformed TOML")


def test_a_file_name_that_is_not_an_id_is_the_only_finding(checkout: Path) -> None:
    folder = checkout / "data/raw/sources"
    (folder / "report.toml").rename(folder / "My report 1.toml")
    (line,) = found(checkout)
    assert "'My report 1' is not an id -> rename it to my-report-1.toml" in line


def test_a_missing_key_points_at_its_table(checkout: Path) -> None:
    lines = RELEASE.replace('language = "en"\n', "").replace('session = "unspecified"\n', "")
    write(checkout, "sources/release", lines)
    (line,) = found(checkout)
    assert line.startswith("data/raw/sources/release.toml:24: [[passage.roster]] has no session")
    write(checkout, "sources/release", RELEASE.replace('language = "en"\n', ""))
    (line,) = found(checkout)
    place = "data/raw/sources/release.toml:2 (sources.release.language)"
    assert line.startswith(f"{place}: language is missing -> add language = …")


def test_a_name_in_place_of_an_id_is_answered_with_the_id(checkout: Path) -> None:
    write(checkout, "sources/release", RELEASE.replace('host_id = "sg"', 'host_id = "Singapore"'))
    (line,) = found(checkout)
    assert line.startswith(
        "data/raw/sources/release.toml:23 (editions.amcc-01.host_id): 'Singapore'"
    )
    assert '-> write its id, "sg" [' in line


def test_the_sign_of_a_currency_is_answered_with_its_code(tmp_path: Path) -> None:
    """Use the real files, which contain a pledge."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    path = tmp_path / "data" / "raw" / "sources" / "today-2016-10-11-s10m-kitty.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count('currency = "SGD"') == 1
    path.write_text(text.replace('currency = "SGD"', 'currency = "S$"'), encoding="utf-8")
    with pytest.raises(Failed) as failed:
        compile_tables(tmp_path)
    (finding,) = failed.value.findings
    assert (finding.what, finding.remedy) == ("currency is 'S$'", "write SGD")


def test_an_unknown_person_comes_with_what_to_add(checkout: Path) -> None:
    write(checkout, "sources/report", REPORT + 'chair_id = "Tan Ah Kow"\n')
    (text,) = found(checkout)
    first, *lines = text.splitlines()
    assert "-> add it to data/raw/people.toml: [foreign_keys_point_at_rows]" in first
    assert lines[:2] == ["    [tan-ah-kow]", '    name = "Tan Ah Kow"']
    people = "\n".join(line.strip() for line in lines).replace('actor_id = ""', 'actor_id = "sg"')
    write(checkout, "people", people)
    write(checkout, "sources/report", REPORT + 'chair_id = "tan-ah-kow"\n')
    (line,) = found(checkout)
    assert "chairs_took_part_in_the_chair" in line


def test_what_is_wrong_is_not_reported_as_missing_too(checkout: Path) -> None:
    path = checkout / "data" / "raw" / "sources" / "release.toml"
    release = path.read_text(encoding="utf-8")
    wrong = release.replace("date_end = 2016-10-11", 'date_end = "2016-10-11"')
    wrong = wrong.replace('kind = "press_release"', 'kind = "release"')
    path.write_text(wrong, encoding="utf-8")
    lines = found(checkout)
    assert len(lines) == 2, lines
    assert any("date_end is '2016-10-11' -> write a date" in line for line in lines)
    assert any("kind is 'release' -> write one of: press_release" in line for line in lines)


WEEK = """
[[passage]]
at = "p3"
start = "The week"
[passage.meetings.sicw-2016]
name = "The Week 2016"
kind = "cyber_week"
edition_id = "amcc-01"
theme = "Trust"
[passage.meetings.amcc-01-call]
name = "[Call on the president]"
kind = "courtesy_call"
edition_id = "amcc-01"
"""


def test_derived_cells_come_from_the_claims_on_others(checkout: Path) -> None:
    silent = 'silent = ["editions.amcc-01.umbrella_theme", "initiatives.none.lead_id"]\n'
    write(checkout, "sources/report", REPORT + WEEK)
    write(checkout, "sources/release", silent.replace(', "initiatives.none.lead_id"', "") + RELEASE)
    tables = compile_tables(checkout)
    (edition,) = tables["editions"]
    assert (edition["umbrella_event"], edition["umbrella_theme"]) == ("The Week 2016", "Trust")
    basis = {(row["row_id"], row["field"]): row["basis"] for row in tables["provenance"]}
    assert basis["sicw-2016", "name"] == basis["sicw-2016", "theme"] == "stated"
    assert basis["amcc-01-call", "name"] == basis["sicw-2016", "edition_id"] == "coded"
    assert ("amcc-01", "umbrella_theme") in basis
    write(checkout, "sources/release", silent + RELEASE)
    (line,) = found(checkout)
    assert "'none' is not an id in initiatives" in line


HIDDEN = {
    "a text": ("sources/report", REPORT.replace('"A report"', '"A re\u202eport"'), 3),
    "an escape": ("sources/report", REPORT.replace('"A report"', '"A re\\u202Eport"'), 3),
    "a comment": ("sources/report", REPORT + "# \u2066 isolated\n", 18),
    "a key": ("people", '["a\u00adb"]\nname = "A B"\n', 1),
    "an alias": ("people", '[a-b]\nname = "A B"\naliases = ["S\u0456ng"]\n', 3),
    "a reason": ("retired", 'a-b = "S\u0456ng"\n', 1),
    "a decision": ("decisions", DECISION.replace("host's", "h\u043est's"), 6),
}


@pytest.mark.parametrize("where", HIDDEN)
def test_nothing_that_a_curator_writes_may_deceive(checkout: Path, where: str) -> None:
    name, content, line = HIDDEN[where]
    write(checkout, name, content)
    (found_,) = found(checkout)
    assert found_.startswith(f"data/raw/{name}.toml:{line}: ")
    assert "[texts_show_what_they_are]" in found_


def test_every_claimable_cell_may_be_stated() -> None:
    assert "date_start" in claimable()["editions"]
    assert "ordinal" not in claimable()["outcomes"]
    assert to_text(None) == ""
