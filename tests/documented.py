"""The examples of README, CONTRIBUTING and docs/: found, run, compared with what the text says.

An example is a fenced block of Python, console, SQL or R; a block of text right after it is
what it prints. The examples of a page run one after the other in one folder, as a reader
would run them. White space is compared loosely, and `...` matches any text.

`python tests/documented.py` writes what the examples print into the pages, except where the
text has `...` in it. Not here: which pages there are (test_examples.py, test_recipes.py).
"""

import ast
import contextlib
import doctest
import importlib.util
import io
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from amcc_dataset import cli

ROOT = Path(__file__).parents[1]
_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)\n(?P<code>.*?)^(?P=indent)```$"
    r"(?:\n\s*\n(?P=indent)```text\n(?P<shown>.*?)^(?P=indent)```$)?",
    re.MULTILINE | re.DOTALL,
)
_LOOSE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Example:
    """A block of code in a page, and what the page says it prints, if it says so."""

    page: Path
    line: int
    language: str
    code: str
    shown: str | None
    span: tuple[int, int]
    indent: str


def generated() -> ModuleType:
    """Return docs/generated.py, which writes parts of the site."""
    path = ROOT / "docs" / "generated.py"
    spec = importlib.util.spec_from_file_location("generated", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def examples(page: Path, *languages: str) -> list[Example]:
    """Return the examples of a page in these languages, in their order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        if match["language"] in languages:
            shown = None if match["shown"] is None else textwrap.dedent(match["shown"])
            line = text.count("\n", 0, match.start()) + 1
            code = textwrap.dedent(match["code"])
            found.append(
                Example(
                    page, line, match["language"], code, shown, match.span("shown"), match["indent"]
                )
            )
    return found


def lay_out(page: Path, folder: Path) -> None:
    """Put what a page refers to into a folder: a release, and archives of releases by name."""
    quiet = contextlib.redirect_stdout(io.StringIO())
    with quiet, contextlib.redirect_stderr(io.StringIO()):
        assert cli.main(["export", str(folder), "--format", "csv"]) == 0
        named = set(re.findall(r"amcc-dataset-[0-9.]+-csv\.zip", page.read_text(encoding="utf-8")))
        if named:
            assert cli.main(["export", str(folder / "zip"), "--format", "csv", "--zip"]) == 0
            (archive,) = (folder / "zip").iterdir()
            for name in named:
                shutil.copy(archive, folder / name)


def commands(code: str) -> Iterator[list[str]]:
    """Yield the arguments of every `amcc-dataset` command of a console block."""
    for line in code.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["amcc-dataset"]:
            yield words[1:]


class Reader:
    """Runs the examples of one page in one session and one folder, as a reader would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def run(self, example: Example) -> str:
        """Run an example and return what it prints."""
        with contextlib.chdir(self.folder):
            return str(getattr(self, example.language)(example.code))

    def python(self, code: str) -> str:
        """Run Python as a notebook does: the value of the last line is shown."""
        import pandas as pd

        tree = ast.parse(code)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        wide = ("display.width", 120, "display.max_columns", 20)
        with contextlib.redirect_stdout(io.StringIO()) as printed, pd.option_context(*wide):
            exec(compile(tree, "<example>", "exec"), self.names)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "<example>", "eval"), self.names)
                if value is not None:
                    print(repr(value))
        return printed.getvalue()

    def console(self, code: str) -> str:
        """Run the commands of the package, and no others."""
        shown = ""
        for words in commands(code):
            end = words.index(">") if ">" in words else len(words)
            arguments, target = words[:end], words[end + 1 :]
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                try:
                    exit_code = cli.main(arguments)
                except SystemExit as misuse:
                    exit_code = int(misuse.code or 0)
            assert exit_code == 0, f"amcc-dataset {shlex.join(arguments)} ends with {exit_code}"
            if target:
                Path(target[0]).write_text(printed.getvalue(), encoding="utf-8")
            else:
                shown += printed.getvalue()
        return shown

    def sql(self, code: str) -> str:
        """Query the SQLite database that the page has written, and print as its shell does."""
        (database,) = self.folder.rglob("*.sqlite")
        with contextlib.closing(sqlite3.connect(database)) as connection:
            rows = connection.execute(code).fetchall()
        return "".join(
            "|".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows
        )

    def r(self, code: str) -> str:
        """Run R; a block runs in a new session, after the blocks before it."""
        before = self.names.setdefault("R", "")
        self.names["R"] = before + code
        script = self.folder / "example.R"
        script.write_text(f"{before}cat('\\f')\n{code}", encoding="utf-8")
        rscript = shutil.which("Rscript")
        assert rscript is not None
        done = subprocess.run([rscript, str(script)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.rpartition("\f")[2]


def differs(example: Example, printed: str) -> str | None:
    """Return how the output of an example differs from the page, None if it does not."""
    if example.shown is None:
        return None
    checker, case = doctest.OutputChecker(), doctest.Example(example.code, example.shown)
    if checker.check_output(example.shown, printed, _LOOSE):
        return None
    difference = checker.output_difference(case, printed, _LOOSE)
    where = f"{example.page.relative_to(ROOT)}:{example.line}"
    return (
        f"{where} prints something else; run python tests/documented.py to update it\n{difference}"
    )


def check(page: Path, folder: Path, *languages: str) -> int:
    """Run the examples of a page and compare them; return how many there are."""
    reader = Reader(folder)
    found = examples(page, *languages)
    for example in found:
        fault = differs(example, reader.run(example))
        assert fault is None, fault
    return len(found)


def update(page: Path, folder: Path, *languages: str) -> None:
    """Write what the examples of a page print into the page."""
    reader = Reader(folder)
    text, kept = page.read_text(encoding="utf-8"), ""
    start = 0
    for example in examples(page, *languages):
        printed = reader.run(example)
        if example.shown is not None and "..." not in example.shown:
            shown = textwrap.indent(printed.expandtabs(1).rstrip("\n") + "\n", example.indent)
            kept += text[start : example.span[0]] + shown
            start = example.span[1]
    page.write_text(kept + text[start:], encoding="utf-8")


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    languages = ["python", "console", "sql", *(["r"] if shutil.which("Rscript") else [])]
    for page_name in sys.argv[1:] or sorted(map(str, (ROOT / "docs").rglob("*.md"))):
        page = Path(page_name).resolve()
        with TemporaryDirectory() as place:
            if page.parent.name != "recipes":
                lay_out(page, Path(place))
            try:
                update(page, Path(place), *languages)
            except ImportError as error:
                print(f"{page_name} stays as it is: {error}")
