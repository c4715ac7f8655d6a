"""Every example of README, CONTRIBUTING and docs/ runs and prints what the text says.

The recipes have their own tests (test_recipes.py). Commands in running text are not run, but
each has to be one that the command line accepts.
"""

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from documented import ROOT, check, examples, generated, lay_out

from amcc_dataset import cli

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "docs" / "recipes" / "index.md",
]
EVERY_PAGE = sorted({*PAGES, *(ROOT / "docs" / "recipes").glob("*.md")})
RUN = ("python", "console")
parsers = generated().parsers


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def spans(page: Path) -> list[str]:
    """Return the code spans of a page, without its fenced blocks."""
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    return [" ".join(span.split()) for span in re.findall(r"(?<!`)`([^`]+)`(?!`)", text)]


def is_accepted(arguments: list[str]) -> bool:
    if not arguments or arguments[0] not in cli.COMMANDS:
        return arguments == ["--version"]
    try:
        cli.make_parser(arguments[0]).parse_args(arguments[1:])
    except SystemExit:
        return False
    return True


@pytest.mark.parametrize("page", [page for page in PAGES if examples(page, *RUN)], ids=name)
def test_the_examples_of_a_page(page: Path, tmp_path: Path) -> None:
    lay_out(page, tmp_path)
    assert check(page, tmp_path, *RUN)


@pytest.mark.parametrize("page", EVERY_PAGE, ids=name)
def test_commands_in_running_text_are_commands(page: Path) -> None:
    known = {"amcc-dataset", *(parser.prog for parser in parsers())}
    for span in spans(page):
        words = shlex.split(span.replace("VERB", "show")) if "amcc-dataset " in span else []
        if words and words[0].rpartition("/")[2] == "amcc-dataset" and " ".join(words) not in known:
            assert "--help" in words or is_accepted(words[1:]), f"`{span}` is not a command"


@pytest.mark.parametrize("page", EVERY_PAGE, ids=name)
def test_examples_of_raw_files_are_toml(page: Path) -> None:
    for example in examples(page, "toml"):
        tomllib.loads(example.code)
    for example in examples(page, "json"):
        json.loads(example.code)


def test_extras_that_the_text_names_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].keys()
    for page in [*EVERY_PAGE, *(ROOT / "src").rglob("*.py")]:
        for named in re.findall(r"amcc-dataset\[([a-z,]+)\]", page.read_text(encoding="utf-8")):
            assert set(named.split(",")) <= extras, f"{name(page)}: there is no extra [{named}]"


def test_the_language_of_every_block_is_known() -> None:
    """A mistyped language must not take an example out of the tests."""
    known = {*RUN, "toml", "text", "sql", "r", "sh", "json"}
    for page in EVERY_PAGE:
        for language in re.findall(r"^ *`{3}([a-z]\w*)$", page.read_text(encoding="utf-8"), re.M):
            assert language in known, f"{name(page)}: nothing runs a block of {language}"
