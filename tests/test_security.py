"""Whether the package keeps the promises of SECURITY.md that no other test file holds.

Each verb runs in an interpreter of its own whose audit hook refuses what the promise rules
out. Escaping is tested where the output is made (test_explore.py, test_export.py,
test_roundtrip.py), paths and sizes in test_fuzz.py and test_faults.py.
"""

import ast
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from amcc_dataset import cli

ROOT = Path(__file__).parents[1]

REFUSED = 70
"""How a guarded interpreter ends that did what it must not; nothing can catch that."""

GUARDED = f"""
import os, sys

def looks_for_a_system_library():
    # ctypes does, with ldconfig, for a library that frictionless imports.
    frame = sys._getframe(2)
    while frame is not None and not frame.f_code.co_filename.endswith("ctypes/util.py"):
        frame = frame.f_back
    return frame is not None

NETWORK = ("socket", "urllib", "http", "ftplib", "smtplib", "webbrowser")
PROGRAMS = ("subprocess", "pty", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
            "os.forkpty", "os.startfile")

def refuse(event, arguments):
    module = event.partition(".")[0]
    program = event in PROGRAMS or module in PROGRAMS
    if module in NETWORK or event == "pickle.find_class" or (
        program and not looks_for_a_system_library()
    ):
        os.write(2, repr((event, arguments)).encode())
        os._exit({REFUSED})

sys.addaudithook(refuse)
"""

VERBS = {
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
"""Verbs that SECURITY.md excepts: they run the build of the wheel."""


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


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_asks_for_the_network_or_starts_a_program(verb: str, folder: Path) -> None:
    words = shlex.split(VERBS[verb].replace("CHECKOUT", str(folder / "checkout")))
    done = run(f"from amcc_dataset import cli\nraise SystemExit(cli.main({words!r}))", folder)
    assert done.returncode != REFUSED, done.stderr
    # The text is none of the document's: that is told, by code 1.
    assert done.returncode == (1 if verb == "verify-sources" else 0), done.stderr
    assert done.stdout or done.stderr


def test_every_verb_is_guarded_or_excepted() -> None:
    assert set(cli.VERBS) == VERBS.keys() - {""} | STARTS_PROGRAMS


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
        "import os; os.system('true')",
        "import os; os.spawnv(os.P_WAIT, '/bin/true', ['true'])",
        "import os; os.fork()",
        "import pickle, datetime; pickle.loads(pickle.dumps(datetime.date(2016, 10, 11)))",
    ],
)
def test_the_guard_refuses_what_the_promises_rule_out(code: str, tmp_path: Path) -> None:
    hidden = f"try:\n    {code}\nexcept BaseException:\n    pass\n"
    assert run(hidden, tmp_path).returncode == REFUSED


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
