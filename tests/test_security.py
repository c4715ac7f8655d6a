"""The package keeps those promises of SECURITY.md that no other test file checks.

Each command runs in an interpreter of its own, whose audit hook refuses what a promise excludes.
SECURITY.md names the files that check the other promises.
"""

import ast
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from amcc_dataset import cli

ROOT = Path(__file__).parents[1]

REFUSED = 70
"""The exit code of an interpreter that did what is forbidden; no code can catch it."""

GUARDED = f"""
import os, sys

def looks_for_a_system_library():
    # ctypes runs ldconfig for a library that frictionless imports.
    frame = sys._getframe(2)
    while frame is not None and not frame.f_code.co_filename.endswith("ctypes/util.py"):
        frame = frame.f_back
    return frame is not None

NETWORK = ("socket", "urllib", "http", "ftplib", "smtplib", "webbrowser")
PROGRAMS = ("subprocess", "pty", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
            "os.forkpty", "os.startfile")

RAW = os.path.join("data", "raw")
WRITES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link")

def writes_to_raw(event, arguments):
    writes = event in WRITES or (
        event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR)
    )
    return writes and any(RAW in os.fsdecode(a) for a in arguments if isinstance(a, str | bytes | os.PathLike))

def refuse(event, arguments):
    module = event.partition(".")[0]
    program = event in PROGRAMS or module in PROGRAMS
    if module in NETWORK or event == "pickle.find_class" or writes_to_raw(event, arguments) or (
        program and not looks_for_a_system_library()
    ):
        os.write(2, repr((event, arguments)).encode())
        os._exit({REFUSED})

sys.addaudithook(refuse)
"""

COMMANDS = {
    "show": "show editions amcc-04",
    "evidence": "evidence outcomes amcc-04-committee act",
    "status": "status asean-regional-cert --on 2023-01-01",
    "timeline": "timeline asean-regional-cert",
    "thread": "thread norms_and_law",
    "attendance": "attendance",
    "cite": "cite outcomes --format bibtex",
    "export": "export exported --format csv,parquet,xlsx,sqlite,jsonl,duckdb",
    "diff": "diff CHECKOUT CHECKOUT",
    "coverage": "coverage",
    "explore": "explore --no-open",
    "validate": "validate CHECKOUT",
    "build": "build --root CHECKOUT",
    "check": "check CHECKOUT/data/processed/codes.csv --table codes",
    "verify-sources": "verify-sources texts --root CHECKOUT",
    "": "",
}
STARTS_PROGRAMS = {"release"}
"""Exceptions in SECURITY.md: these commands run the build of the wheel."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a checkout and the text of one document."""
    made = tmp_path_factory.mktemp("guarded")
    for part in ("data", "schemas"):
        shutil.copytree(ROOT / part, made / "checkout" / part)
    shutil.copy(ROOT / "datapackage.json", made / "checkout")
    (made / "texts").mkdir()
    (made / "texts" / "mci-2017-amcc2-opening-speech.txt").write_text("x", encoding="utf-8")
    return made


def run(code: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", GUARDED + code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_verb_uses_the_network_or_starts_a_program(command: str, folder: Path) -> None:
    words = shlex.split(COMMANDS[command].replace("CHECKOUT", str(folder / "checkout")))
    done = run(f"from amcc_dataset import cli\nraise SystemExit(cli.main({words!r}))", folder)
    assert done.returncode != REFUSED, done.stderr
    # The text is not that of the document, which is reported with the exit code 1.
    assert done.returncode == (1 if command == "verify-sources" else 0), done.stderr
    assert done.stdout or done.stderr


def test_every_verb_is_guarded_or_an_exception() -> None:
    assert set(cli.COMMANDS) == COMMANDS.keys() - {""} | STARTS_PROGRAMS


FUNCTIONS = """
import amcc_dataset as amcc

for name in dir(amcc):
    if name.startswith("load_") or name in ("attendance", "cite", "panel", "status", "tables"):
        getattr(amcc, name)()
amcc.check(amcc.load_editions(), "editions")
amcc.schema("editions", "pandera")
amcc.plot.editions().to_dict()
"""


def test_no_function_uses_the_network_or_starts_a_program(tmp_path: Path) -> None:
    done = run(FUNCTIONS, tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
        "import os; os.system('true')",
        "import os; os.spawnv(os.P_WAIT, '/bin/true', ['true'])",
        "import os; os.fork()",
        "import os; os.mkdir('data'); os.mkdir('data/raw'); open('data/raw/x', 'w')",
        "import pickle, datetime; pickle.loads(pickle.dumps(datetime.date(2016, 10, 11)))",
    ],
)
def test_the_guard_refuses_what_the_promises_exclude(code: str, tmp_path: Path) -> None:
    hidden = f"try:\n    {code}\nexcept BaseException:\n    pass\n"
    assert run(hidden, tmp_path).returncode == REFUSED


def test_every_promise_names_existing_tests() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    table = text.partition("| promise | checked by |")[2].partition("Not promised")[0]
    for row in table.strip().splitlines()[1:]:
        named = re.findall(r"`(tests/[\w/.]*)`", row)
        assert named, row
        assert all((ROOT / path).exists() for path in named), row


FORBIDDEN = {"eval", "exec", "compile", "__import__", "pickle", "marshal", "shelve", "ctypes"}


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda path: path.name)
def test_no_module_can_run_data_as_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert not (called | imported) & FORBIDDEN
