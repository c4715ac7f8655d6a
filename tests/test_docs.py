"""What README and docs say about the data is what the data say.

`python tests/test_docs.py` writes the generated parts: in the README the sentence on what was
read in part and the coverage table, and docs/sources.md.
"""

import datetime as dt
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest
from documented import generated

import amcc_dataset as amcc
from amcc_dataset import cli
from amcc_dataset.model.limits import caveat, in_part
from amcc_dataset.reading import load, store
from amcc_dataset.reading.coverage import BASES, coverage_rows, totals
from amcc_dataset.reading.packaged import dataset

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SOURCES = ROOT / "docs" / "sources.md"
NOTES = ROOT.parent / "shared" / "sources"


def said_of_reading() -> str:
    """Return the README's sentences on what was read in part."""
    part, rest = caveat(dataset()).split(". ", 1)
    lines = textwrap.wrap(f"**{part}.** {rest}", 125, break_long_words=False)
    return "\n".join(lines) + "\n"


def coverage_table() -> str:
    """Return the README's table: the cells of each edition, and the rows that belong to it."""
    editions = {row["id"]: row for row in load.rows("editions")}
    lines = [
        "| edition | cells known | silent | unknown | participants | outcomes found | documents (read in full) |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    rows = coverage_rows()
    for row in (row for row in rows if row["table"] == "editions"):
        counts = {
            other["table"]: other["rows"] for other in rows if other["edition"] == row["edition"]
        }
        known, edition = sum(row[basis] for basis in BASES), editions[row["edition"]]
        lines.append(
            f"| {row['edition']} | {known} | {row['silent']} | {row['unknown']} | "
            f"{counts['participants']} | {counts['outcomes']} | "
            f"{edition['documents']} ({edition['documents_whole']}) |"
        )
    return "\n".join([*lines, *elsewhere()]) + "\n"


def elsewhere() -> list[str]:
    """Return for which editions the documents that were read in full are not on the outcomes."""
    lines = []
    for edition in in_part(dataset()):
        count, name = edition["documents_whole"], edition["id"]
        if count == 1:
            lines.append(f"The document on {name} that was read in full is not about its outcomes.")
        elif count:
            lines.append(
                f"Of the documents on {name}, those read in full are not about its outcomes."
            )
    return ["", *lines] if lines else []


GENERATED = {"caveat": said_of_reading, "coverage": coverage_table}
"""The generated parts of the README, by the name in the comments around them."""


def parts(text: str, name: str) -> tuple[str, str, str]:
    """Return what is before, inside and after a generated part of the README."""
    before, _, rest = text.partition(f"<!-- {name} -->\n")
    inside, _, behind = rest.partition(f"<!-- end of {name} -->\n")
    return before, inside, behind


def sources_page() -> str:
    """Return docs/sources.md: how many documents have claims, and why others have none."""
    sources = load.rows("sources")
    count = totals(dataset())
    speaking = {claim["source_id"] for claim in load.rows("provenance")}
    quiet = [source for source in sources if source["id"] not in speaking]
    copies = sum(source["copy_of"] is not None for source in sources)
    lines = [
        "# Documents",
        "",
        f"{count['collected']} documents were collected, {count['whole']} of them read in full; {copies} are copies,",
        f"translations or reprints of another document in the collection. {count['cited']} have claims ({count['independent']} independent originals), {len(quiet)} have none.",
        "All documents are in the table `sources`; these have no claims:",
        "",
        "| document | why |",
        "| --- | --- |",
        *(f"| `{source['id']}` | {source['note']} |" for source in quiet),
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", GENERATED)
def test_the_readme_says_what_the_data_say(name: str) -> None:
    _, written, _ = parts(README.read_text(encoding="utf-8"), name)
    assert written == GENERATED[name](), "run python tests/test_docs.py"


def test_the_documents_page_is_that_of_the_data() -> None:
    assert SOURCES.read_text(encoding="utf-8") == sources_page(), "run python tests/test_docs.py"


def test_documents_are_counted_alike_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    collected = len(load.rows("sources"))
    cited = len({claim["source_id"] for claim in load.rows("provenance")})
    claims = len(load.rows("provenance"))
    assert f"{claims:,} claims from {cited} of {collected} documents" in generated().counts()
    assert cli.main([]) == 0
    printed = capsys.readouterr().out
    assert f"{cited} documents make {claims} claims" in printed
    assert f"sources {collected}" in printed
    assert f"{collected} documents were collected" in sources_page()


def test_an_outcome_is_one_that_was_found() -> None:
    """Nothing says how much happened: only what was found is known."""
    for page in (README, ROOT / "docs" / "index.md"):
        text = page.read_text(encoding="utf-8").replace("it may still have happened", "")
        assert "happened" not in text, page.name
        assert "outcomes found" in f"{text}{generated().editions()}"


def test_the_readme_claims_only_what_was_coded_twice() -> None:
    quality = (ROOT / "docs" / "coding-quality.md").read_text(encoding="utf-8")
    fields = re.findall(
        r"^\| ((?:outcomes|participants|cross_references|parties)\.\w+) \| [0-9]+ \|", quality, re.M
    )
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    said = " ".join(README.read_text(encoding="utf-8").split())
    assert f"{words[len(fields)]} interpretive fields" in said
    assert "all interpretive fields" not in said
    assert {"outcomes.act", "outcomes.topic", "outcomes.scope"} <= set(fields)


def test_every_reading_note_has_a_source_file() -> None:
    if not NOTES.is_dir():
        pytest.skip("the reading notes are missing beside this checkout")
    notes = {path.stem for path in NOTES.glob("*.txt")}
    assert notes == {path.stem for path in (ROOT / "data" / "raw" / "sources").glob("*.toml")}


def answers(line: str) -> list[str]:
    """Run an answer of the README and return its values as texts."""
    result = eval(line, {"amcc": amcc, "date": dt.date})
    return [str(value) for value in result.to_numpy().ravel()]


def readme_answers() -> list[str]:
    section = README.read_text(encoding="utf-8").split("## One question, one line")[1]
    return re.findall(r"`(amcc\..*?)` \|$", section.split("\n## ")[0], re.MULTILINE)


def test_the_answers_of_the_readme() -> None:
    found = list(map(answers, readme_answers()))
    second, fifth, norms, secretariat, pledges, weeks, sessions, report, paper, centre, texts = (
        found
    )
    assert set(second) == {"au", "cn", "jp", "nz", "us"}
    assert set(fifth) == {"au", "ca", "in", "jp", "nz", "us", "kr", "eu"}
    acts = dict(zip(norms[::3], norms[1::3], strict=True))
    assert list(acts) == sorted(acts)
    assert "agreed_in_principle" in norms
    assert "hoang-anh-tuan" in secretariat
    assert "satvinder-singh" in secretariat
    assert {"10000000", "30000000"} <= set(pledges)
    assert "10100000" not in pledges  # the pledge of February 2024, repeated in another currency
    assert "1500000" not in pledges  # a part of the pledge of 2016
    assert [cell for cell in weeks if cell.startswith("amcc-")] == [
        f"amcc-{n:02}" for n in range(1, 11)
    ]
    assert {"amcc-02", "amcc-05"} <= set(sessions)
    moved = dict(zip(report[::2], report[1::2], strict=True))
    assert moved["amcc-02-norms"] == "takes_reference_from"
    assert moved["amcc-03-norms-subscription"] == "subscribes_to"
    assert moved["amcc-04-norms-efforts"] == "implements"
    assert paper[1::3] == ["asean-sectoral-bodies", "telmin", "asean-summit"]
    roles = set(zip(centre[::2], centre[1::2], strict=True))
    assert {("etda", "lead"), ("jica", "lead"), ("mdes-th", "host"), ("jp", "funder")} <= roles
    assert "un-gge-2015-report" in texts


def test_the_status_of_the_regional_cert() -> None:
    early = amcc.status("asean-regional-cert", on=dt.date(2023, 1, 1)).loc[0]
    late = amcc.status("asean-regional-cert", on=dt.date(2025, 1, 1)).loc[0]
    assert early["status"] == "endorsed"
    assert late["status"] == "operating"
    assert str(late["since"])[:10] == "2024-10-16"


@pytest.mark.parametrize(
    ("cell", "accepted"),
    [
        ("editions.amcc-03.venue", None),
        ("editions.amcc-06.chair_id", None),
        ("editions.amcc-08.chair_id", None),
        ("editions.amcc-09.chair_id", None),
        ("editions.amcc-06.theme", None),
        ("editions.amcc-04.date_start", dt.date(2019, 10, 2)),
        ("editions.amcc-04.date_end", dt.date(2019, 10, 2)),
        ("editions.amcc-02.number", 2),
        ("editions.amcc-05.format", "hybrid"),
        ("editions.amcc-10.chair_id", "josephine-teo"),
        ("outcomes.amcc-03-norms-subscription.act", "agreed_in_principle"),
        ("outcomes.amcc-03-singapore-proposal.act", "noted"),
        ("outcomes.amcc-04-committee.act", "endorsed"),
        ("outcomes.amcc-05-host-cls.scope", "host"),
    ],
)
def test_what_must_never_change(cell: str, accepted: object) -> None:
    table, row_id, field = cell.split(".")
    assert load.row(table, row_id)[field] == accepted


def test_versions_agree() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {amcc.__version__}\n" in citation
    assert f"version {amcc.__version__}, {amcc.__released__[:4]})" in README.read_text(
        encoding="utf-8"
    )
    assert f"## [{amcc.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert store.descriptor()["version"] == amcc.__version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"]


def test_the_readme_says_how_much_was_read() -> None:
    sources = {row["id"]: row["read"] for row in amcc.rows("sources")}
    editions = {row["id"]: row["edition_id"] for row in amcc.rows("outcomes")}
    whole = {
        editions.get(claim["row_id"])
        for claim in amcc.rows("provenance")
        if claim["table"] == "outcomes" and sources[claim["source_id"]] == "whole"
    }
    later = sorted(set(editions.values()) - whole)
    first, last = (int(edition.removeprefix("amcc-")) for edition in (later[0], later[-1]))
    openings = sum(read == "opening" for read in sources.values())
    said = (
        f"For {openings} of the {len(sources)} documents, only the beginning was read; of the "
        f"documents on the outcomes of editions {first} to {last}, none was read in full."
    )
    assert said in " ".join(README.read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    "page", [README, ROOT / "docs" / "evidence.md"], ids=lambda page: page.stem
)
def test_a_page_says_how_many_documents_have_digests(page: Path) -> None:
    digested = {claim["source_id"] for claim in amcc.rows("provenance") if claim["span_sha256"]}
    whole = {row["id"] for row in amcc.rows("sources") if row["read"] == "whole"}
    assert digested < whole
    said = f"{len(digested)} of the {len(whole)} documents that were read in full"
    assert said in " ".join(page.read_text(encoding="utf-8").split())


def test_the_agreement_of_the_coders_is_computed_from_their_codings() -> None:
    written = (ROOT / "docs" / "coding-quality.md").read_text(encoding="utf-8")
    printed = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "agreement.py")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed in written


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    for name, written in GENERATED.items():
        before, _, behind = parts(text, name)
        text = f"{before}<!-- {name} -->\n{written()}<!-- end of {name} -->\n{behind}"
    README.write_text(text, encoding="utf-8")
    SOURCES.write_text(sources_page(), encoding="utf-8")
