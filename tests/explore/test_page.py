"""The page as a text: a reader without JavaScript gets all of it."""

import csv
import datetime as dt
import gzip
import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pages import Page

from amcc_dataset import cli
from amcc_dataset.explore import page as explore
from amcc_dataset.explore import store
from amcc_dataset.explore.names import Names
from amcc_dataset.explore.voices import Voices
from amcc_dataset.model import limits
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import Status
from amcc_dataset.reading import coverage, load, status
from amcc_dataset.reading.packaged import dataset
from amcc_dataset.reading.store import fields, path, tables

ROOT = Path(__file__).parents[2]


def test_the_page_is_one_small_file_and_the_same_each_time(html: str) -> None:
    assert len(html.encode()) <= 1_400_000
    assert len(gzip.compress(html.encode(), 9)) <= 320_000
    assert html == explore.render()


def test_the_page_loads_nothing(html: str, page: Page) -> None:
    loading = {"img", "iframe", "object", "embed", "video", "audio", "base", "image"}
    for tag, attributes in page.elements:
        assert tag not in loading
        assert not attributes.keys() & {"src", "action", "formaction", "xlink:href"}
        assert tag != "link" or attributes["href"] == "data:,"
        assert tag != "use" or attributes["href"].startswith("#")
        assert not any(name.startswith("on") for name in attributes)
    style = html[html.index("<style>") : html.index("</style>")]
    assert set(re.findall(r"url\([^)]*\)", style)) <= {"url(#hatch)"}
    assert "@import" not in style


def test_the_policy_allows_no_other_file_and_no_form(page: Page) -> None:
    (policy,) = [
        attributes["content"]
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    parts = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == ["'none'"]
    assert len(parts["script-src"]) == 2
    assert all(source.startswith("'sha256-") for source in parts["script-src"])


def test_every_table_is_in_the_page_cell_by_cell(page: Page) -> None:
    for table in tables():
        with Path(path(table)).open(encoding="utf-8", newline="") as source:
            head, *rows = csv.reader(source)
        assert page.tables[table] == [head, *(rows if table != "provenance" else [])], table


def test_every_claim_is_in_the_page() -> None:
    """The script makes the rows of provenance from the store; this test does the same."""
    data = dataset()
    content = json.loads(store.content(data, Voices(data)))
    passages: list[list[str]] = [
        [source_id, *passage, "", "", "", ""][:5]
        for source_id, found in content["passages"].items()
        for passage in found
    ]
    made = set()
    for table, rows in content["claims"].items():
        names = [field["name"] for field in fields(table)]
        for row_id, lines in rows.items():
            row = data.row(table, row_id) or {}
            for places, said, standing, other in ([*line, "", ""][:4] for line in lines):
                for field in (names[int(place)] for place in places.split()):
                    same = "" if row.get(field) is None else str(row[field])
                    value = "" if standing == "silent" else other or same
                    for one in said.split():
                        passage = passages[int(one.rstrip("scir")) - 1]
                        made.add((table, row_id, field, value, standing or "agreed", *passage))
    wanted = {
        tuple(
            str(claim[name] or "")
            for name in (
                *("table", "row_id", "field", "value", "standing", "source_id", "locator"),
                *("start", "end", "span_sha256"),
            )
        )
        for claim in data["provenance"]
    }
    assert made == wanted


def test_every_dispute_is_shown_in_full(page: Page) -> None:
    ids = {attributes.get("id") for _, attributes in page.elements}
    for decision in load.rows("decisions"):
        assert f"disputes/{decision['id']}" in ids
        assert page.said.count(decision["note"]) >= 2, "in the table and among the disputes"


def test_a_rejected_row_has_a_heading_that_says_what_it_claims() -> None:
    from amcc_dataset.explore.disputes import Docket

    data = dataset()
    rejected = {
        (dispute["table"], dispute["row_id"]): dispute["points"][0]["question"]
        for subject in Docket(data, Names(data), Voices(data)).subjects()
        for dispute in subject["disputes"]
        if dispute["name"] is None
    }
    wanted = {(row["table"], row["row_id"]) for row in data["decisions"] if row["field"] is None}
    assert rejected.keys() == wanted
    assert not any(question == "Is it so?" for question in rejected.values())


@pytest.mark.parametrize(
    ("table", "claimed", "heading"),
    [
        (
            "parties",
            {"initiative_id": "accp", "actor_id": "my", "role": "lead"},
            "Malaysia as lead?",
        ),
        (
            "cross_references",
            {"from_initiative_id": "accp", "relation": "submitted_to", "to_actor_id": "admm"},
            "Submitted to ASEAN Defence Ministers' Meeting?",
        ),
    ],
)
def test_a_rejected_party_or_reference_is_named(
    table: str, claimed: dict[str, str], heading: str
) -> None:
    from amcc_dataset.explore.disputes import Docket

    real = dataset()
    claim = next(row for row in real["provenance"] if row["basis"] == "stated")
    decision = {**real["decisions"][0], "table": table, "row_id": "no-row", "field": None}
    claims = [
        {**claim, "table": table, "row_id": "no-row", "field": field, "value": value}
        | {"standing": "overruled"}
        for field, value in claimed.items()
    ]
    changed = Dataset(
        {**real, "decisions": [decision], "provenance": [*real["provenance"], *claims]}
    )
    (subject,) = Docket(changed, Names(changed), Voices(changed)).subjects()
    assert subject["title"] == "ASEAN Cyber Capacity Programme"
    assert subject["disputes"][0]["points"][0]["question"] == heading


def test_every_address_in_the_page_leads_somewhere(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    known = {table: {row["id"] for row in load.rows(table)} for table in tables()}
    for claim in load.rows("provenance"):
        known[claim["table"]].add(claim["row_id"])
    columns = {table: {field["name"] for field in fields(table)} for table in tables()}
    pairs = {(row["edition_id"], row["actor_id"]) for row in load.rows("participants")}
    years = {str(row["year"]) for row in load.rows("editions")}
    for tag, attributes in page.elements:
        href = attributes.get("href", "")
        if tag != "a" or not href.startswith("#") or href[1:] in ids:
            continue
        address, _, asked = href[1:].partition("?")
        head, *rest = address.split("/")
        if asked:
            assert address in ids, href
            assert asked.removeprefix("year=") in years or asked.startswith("vocabulary="), href
        elif head == "attendance":
            assert tuple(rest) in pairs, href
        elif head == "initiatives" and rest[0] not in known[head]:
            dt.date.fromisoformat(rest[0])
        elif head == "search":
            assert rest, href
        else:
            assert rest[0] in known[head], href
            assert len(rest) == 1 or rest[1] in columns[head], href


def test_each_svg_is_described_or_hidden(html: str) -> None:
    described = 0
    for found in re.finditer(
        r"<svg([^>]*)>\s*(<title[^>]*>[^<]+</title>\s*<desc[^>]*>[^<]+</desc>|)", html
    ):
        attributes = found[1]
        hidden = 'aria-hidden="true"' in attributes or "overflow" in attributes
        assert hidden or (found[2] and 'role="img"' in attributes), found[0]
        described += not hidden
        if "aria-labelledby" in attributes:
            title, description = re.findall(r'aria-labelledby="(\S+) (\S+)"', attributes)[0]
            assert f'<title id="{title}">' in found[2]
            assert f'<desc id="{description}">' in found[2]
    assert described > len(load.rows("initiatives")), "the line of each initiative, and the charts"


def test_titles_of_documents_say_their_language(html: str) -> None:
    languages = {row["title"]: row["language"] for row in load.rows("sources")}
    titled = re.findall(r'<td lang="([^"]+)">([^<]+)', html)
    assert len(titled) == len(load.rows("sources"))
    unescaped = {"&amp;": "&", "&#34;": '"', "&lt;": "<", "&gt;": ">"}
    for language, title in titled:
        for entity, character in unescaped.items():
            title = title.replace(entity, character)
        assert languages[title.strip("\n")] in language, title


def test_texts_of_the_tables_cannot_become_markup(tables: Dataset) -> None:
    hostile = """</script><script>alert("1")</script><!--<img src=x onerror='x'>&amp;{{ 7 * 7 }}"""
    changed: dict[str, Any] = deepcopy(dict(tables))
    targets = {
        "outcomes": ("title", "summary"),
        "initiatives": ("name", "short_name"),
        "initiative_events": ("summary",),
        "meetings": ("name", "theme", "subject", "city"),
        "instruments": ("name", "symbol"),
        "sources": ("title", "publisher", "note"),
        "people": ("name",),
        "actors": ("name", "short_name"),
        "decisions": ("note",),
        "participants": ("title_stated",),
        "editions": ("theme", "venue", "chair_name", "host_name", "umbrella_theme"),
        "provenance": ("start", "end", "locator"),
    }
    for table, named in targets.items():
        for row in changed[table]:
            row.update({field: hostile for field in named if row[field] is not None})
    html = explore.render(changed)
    page = Page(html)
    assert [tag for tag, _ in page.elements].count("script") == 3
    assert not any(tag == "img" for tag, _ in page.elements)
    assert "49" not in re.findall(r"onerror='x'&gt;&amp;amp;(..)", html)
    store_text = html[html.index('id="store">') :].partition("</script>")[0]
    assert hostile in store_text.replace("\\u003c", "<").replace('\\"', '"')
    first = changed["outcomes"][0]
    row = next(row for row in page.tables["outcomes"] if row[0] == first["id"])
    assert row.count(hostile) == 2


def test_a_release_without_disputes_or_initiatives_makes_a_page(tables: Dataset) -> None:
    empty = (
        *("decisions", "initiatives", "initiative_events", "participants", "outcomes"),
        *("meetings", "instruments", "cross_references", "parties"),
    )
    bare = {name: [] if name in empty else rows for name, rows in tables.items()}
    bare["provenance"] = [row for row in tables["provenance"] if row["table"] == "editions"]
    assert "<main" in explore.render(bare)


def test_the_numbers_of_the_page_are_those_of_the_tables(html: str) -> None:
    rows = {table: load.rows(table) for table in tables()}
    figures = re.search(r'<dl class="figures">(.*?)</dl>', html, re.S)
    assert figures
    shown = [int(text.replace(",", "")) for text in re.findall(r">([0-9,]+)</a>", figures[1])]
    cited = {claim["source_id"] for claim in rows["provenance"]}
    assert shown == [
        *(len(rows["outcomes"]), len(rows["initiatives"]), len(rows["sources"])),
        *(len(cited), len(rows["provenance"]), len(rows["decisions"])),
    ]
    for table in tables():
        (count,) = re.findall(rf'href="#tables/{table}">[^<]*<small>([0-9,]+)', html)
        assert int(count.replace(",", "")) == len(rows[table])
    for topic, count in re.findall(r'href="#threads/([a-z_]+)">[^<]*<small>([0-9]+)', html):
        assert int(count) == sum(row["topic"] == topic for row in rows["outcomes"])
    subjects = re.findall(r'href="#disputes/[a-z0-9-]+">[^<]*<small>([0-9]+)', html)
    assert sum(map(int, subjects)) == len(rows["decisions"])
    for row in coverage.editions(dataset()):
        assert f"{row['known']} of {row['known'] + row['silent'] + row['unknown']} facts" in html
        assert f"{row['collective']} joint, {row['single']} individual" in html


def test_what_was_read_in_part_is_said_at_the_top_and_shaded(
    html: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = dataset()
    said = limits.caveat(data)
    main = html[html.index("<main") :]
    assert said in main[: main.index("<h1")]
    years = {
        data.by_id("editions")[row["edition"]]["year"]
        for row in coverage.coverage_rows(data)
        if row["table"] == "outcomes" and row["documents_whole"] == 0
    }
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert said in " ".join(readme.replace("**", "").split()), "the README says the same"
    assert cli.main([]) == 0
    assert said in " ".join(capsys.readouterr().out.split()), "and so does the command"
    chart = html[html.index('data-figure="editions"') : html.index('<ol class="timeline"')]
    assert chart.count('<rect class="part"') == len(years)
    for year in years:
        assert re.search(rf"{year}: [^.]*from documents read in part", chart)
    for chart in re.findall(r'<figure class="chart".*?</figure>', html, re.S):
        assert chart.count('<rect class="part"') == len(years)


def test_the_first_view_says_what_became_of_the_main_initiatives(page: Page) -> None:
    said = page.said
    story = said[
        said.index("What became of the main initiatives") : said.index("Editions: one conference")
    ]
    for initiative in ("coordination-mechanism", "asean-regional-cert", "ascce"):
        name = load.row("initiatives", initiative)["name"]
        (reached,) = status.status_rows(initiative)
        part = story[story.index(name) :]
        part = part[
            : part.index("outcomes found at", 1) if "outcomes found at" in part[1:] else None
        ]
        assert f"{Status(reached['status']).label} since" in part
        assert str(reached["since"].year) in part
        assert "Latest step:" in part
        assert "According to" in part
        assert "Disputed" in part
    centre = story[story.index("Centre of Excellence") :]
    assert "operating since 2 October 2019" in centre
    mechanism = story[story.index("Coordination Mechanism") :]
    assert "Continued by: ASEAN Cybersecurity Coordinating Committee" in mechanism


def test_the_command_never_replaces_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    path = tmp_path / "page.html"
    assert cli.main(["explore", "--output", str(path)]) == 0
    assert opened == [path.as_uri()]
    assert cli.main(["explore", "--output", str(path), "--no-open"]) == 0
    assert "up to date" in capsys.readouterr().out
    path.write_text("mine", encoding="utf-8")
    assert cli.main(["explore", "--output", str(path), "--no-open"]) == 1
    assert "--force" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "mine"
    assert cli.main(["explore", "--output", str(path), "--no-open", "--force"]) == 0
    assert path.read_text(encoding="utf-8") == explore.render()
    assert len(opened) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]
    assert cli.main(["explore", "--output", str(tmp_path), "--no-open", "--force"]) == 1


def test_a_missing_extra_is_answered_with_its_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    assert cli.main(["explore", "--no-open"]) == 2
    assert "amcc-dataset[explore]" in capsys.readouterr().err
