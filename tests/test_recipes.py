"""Each page of docs/recipes/ works as it says, with the tool that it is about."""

import contextlib
import csv
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import openpyxl
import pytest
from documented import ROOT, Reader, check, examples

RECIPES = ROOT / "docs" / "recipes"
CLICKED = {"excel", "spreadsheet"}
"""Pages that say what to click; tests below do the same steps."""


def r_is_here() -> bool:
    rscript = shutil.which("Rscript")
    asked = [rscript or "Rscript", "-e", "library(readr)"]
    return bool(rscript) and subprocess.run(asked, capture_output=True, check=False).returncode == 0


def needed(tool: str) -> None:
    """Skip a page whose tool is not installed."""
    if tool == "spark" and not (find_spec("pyspark") and shutil.which("java")):
        pytest.skip("Spark is missing: install the extra spark, and Java 17 or later")
    if tool == "r" and not r_is_here():
        pytest.skip("R is missing: install Rscript, and its package readr")


@pytest.mark.parametrize(
    "tool", sorted({p.stem for p in RECIPES.glob("*.md")} - {*CLICKED, "index"})
)
def test_a_recipe_prints_what_the_page_says(tool: str, tmp_path: Path) -> None:
    needed(tool)
    languages = ("console", "python", "sql", "r")
    page = RECIPES / f"{tool}.md"
    assert check(page, tmp_path, *languages) >= 2
    shown = [
        example.shown for example in examples(page, *languages) if example.language != "console"
    ]
    assert all(shown), "a recipe shows what each example prints"


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that makes the files for the commands of a page, once for each page."""

    @cache
    def make(page: str) -> Path:
        folder = tmp_path_factory.mktemp(page)
        reader = Reader(folder)
        for example in examples(RECIPES / f"{page}.md", "console"):
            reader.run(example)
        with contextlib.chdir(folder):
            reader.console("amcc-dataset export . --format csv --zip")
        return folder

    return make


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (page.stem, line)
        for page in sorted(RECIPES.glob("*.md"))
        if page.stem not in CLICKED
        for example in examples(page, "sh")
        for line in example.code.splitlines()
    ],
)
def test_a_command_of_another_program_runs(
    page: str, line: str, laid_out: Callable[[str], Path]
) -> None:
    """Run installed programs; tools/readers.py compares cell by cell what they make."""
    command, *arguments = shlex.split(line)
    if shutil.which(command) is None:
        pytest.skip(f"{command} is missing")
    folder = laid_out(page)
    before = {*folder.rglob("*")}
    done = subprocess.run(
        [command, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout or {*folder.rglob("*")} - before


def test_datasette_labels_the_editions(tmp_path: Path) -> None:
    if shutil.which("datasette") is None:
        pytest.skip("datasette is missing")
    page = RECIPES / "sql.md"
    (export, *_) = examples(page, "console")
    Reader(tmp_path).run(export)
    (settings,) = examples(page, "json")
    (tmp_path / "metadata.json").write_text(settings.code, encoding="utf-8")
    (database,) = (tmp_path / "amcc").glob("*.sqlite")
    address = f"/{database.stem.replace('.', '~2E')}/outcomes.json?_labels=on&_shape=array&_size=1"
    labels = []
    for options in ([], ["--metadata", "metadata.json"]):
        done = subprocess.run(
            ["datasette", str(database), *options, "--get", address],
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        labels.append(json.loads(done.stdout)[0]["edition_id"])
    assert labels == [
        {"value": "amcc-01", "label": "amcc-01"},
        {"value": "amcc-01", "label": 1},
    ]


def test_libreoffice_keeps_the_cells_of_the_claims(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is missing")
    with contextlib.chdir(tmp_path):
        Reader(tmp_path).console("amcc-dataset export amcc --format csv")
    (example,) = examples(RECIPES / "spreadsheet.md", "sh")
    command, *arguments = shlex.split(example.code)
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run([command, own, *arguments], cwd=tmp_path, capture_output=True, check=True)
    head, *rows = openpyxl.load_workbook(tmp_path / "provenance.xlsx").active.values
    with (tmp_path / "amcc/data/processed/provenance.csv").open(encoding="utf-8") as opened:
        expected = list(csv.reader(opened))
    assert [list(head), *([cell or "" for cell in row] for row in rows)] == expected


def steps(tool: str, folder: Path) -> tuple[dict[str, str], int, str]:
    """Run a page's commands; return what to choose, how many rows are left, and their standing."""
    reader, text = Reader(folder), (RECIPES / f"{tool}.md").read_text(encoding="utf-8")
    for example in examples(RECIPES / f"{tool}.md", "console"):
        reader.run(example)
    choose = dict(re.findall(r"^ *\| `(\w+)` \| `([^`]+)` \|$", text, re.MULTILINE))
    left = re.search(r"(\d+) rows are left, all of them `(\w+)`", text)
    assert choose.keys() == {"table", "row_id", "field", "value"}
    assert left is not None
    return choose, int(left[1]), left[2]


def test_the_steps_in_a_spreadsheet(tmp_path: Path) -> None:
    choose, count, standing = steps("spreadsheet", tmp_path)
    folder = tmp_path / "amcc" / "data" / "processed"

    def sheet(name: str) -> list[dict[str, str]]:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))

    rows = [row for row in sheet("provenance") if choose.items() <= row.items()]
    assert (len(rows), {row["standing"] for row in rows}) == (count, {standing})
    assert all(re.match(r"https?://[!-~]+$", row["link"]) for row in rows)
    assert any("#:~:text=" in row["link"] for row in rows)
    sources = {row["id"]: row for row in sheet("sources")}
    assert all(sources[row["source_id"]]["title"] for row in rows)
    cell = {name: choose[name] for name in ("table", "row_id", "field")}
    (why,) = [row for row in sheet("decisions") if cell.items() <= row.items()]
    assert why["note"]
    assert [row["date_start"] for row in sheet("editions")][-3:] > ["2023"]


def test_the_steps_in_excel(tmp_path: Path) -> None:
    choose, count, standing = steps("excel", tmp_path)
    (path,) = (tmp_path / "amcc").glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["provenance"]
    assert sheet.freeze_panes is not None
    assert sheet.auto_filter.ref == sheet.dimensions
    head, *lines = sheet.iter_rows()
    names = [cell.value for cell in head]
    rows = [dict(zip(names, line, strict=True)) for line in lines]
    left = [row for row in rows if all(row[name].value == choose[name] for name in choose)]
    assert (len(left), {row["standing"].value for row in left}) == (count, {standing})
    for row in left:
        assert row["link"].hyperlink.target + "#" + (row["link"].hyperlink.location or "") in (
            row["link"].value,
            row["link"].value + "#",
        )
    editions = book["editions"]
    column = [cell.value for cell in editions[1]].index("date_start")
    assert all(line[column].is_date for line in editions.iter_rows(min_row=2))
    cell = [choose[name] for name in ("table", "row_id", "field")]
    assert cell in [[line[1].value, line[2].value, line[3].value] for line in book["decisions"]]
