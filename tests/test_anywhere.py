"""The package on other systems and interpreters: line ends, optimised Python, odd files."""

import copy
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import amcc_dataset as amcc
from amcc_dataset import cli
from amcc_dataset.disk.files import RefusedError
from amcc_dataset.model.findings import Failed, Finding, Location

ROOT = Path(__file__).parents[1]


def test_a_clone_with_the_line_ends_of_windows_is_the_same_tree(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    command = ["git", "clone", "--quiet", "-c", "core.autocrlf=true", str(ROOT), str(clone)]
    subprocess.run(command, check=True)
    for path in (*clone.glob("data/processed/*.csv"), clone / "datapackage.json"):
        assert b"\r" not in path.read_bytes(), path.name


EACH = f"""
import json, sys
sys.path.insert(0, {str(ROOT / "src")!r})
from amcc_dataset.cli import main

# These programs, which `validate` runs last, would take most of the time and are not ours.
sys.modules |= dict.fromkeys(("pandera", "frictionless", "jsonschema"))
for words in json.loads(sys.argv[1]):
    print(words, main(words), flush=True)
"""
COMMANDS = [["show", "codes"], ["validate"], ["build", "--check", "--root", str(ROOT)]]


@pytest.mark.parametrize(
    ("flag", "commands"),
    # -OO also removes everything that -O removes.
    [("-O", COMMANDS[:1]), ("-OO", COMMANDS)],
)
def test_an_optimised_python_says_the_same(flag: str, commands: list[list[str]]) -> None:
    plain, optimised = (
        subprocess.run(
            [sys.executable, *flags, "-c", EACH, json.dumps(commands)],
            capture_output=True,
            text=True,
            check=True,
        )
        for flags in ((), (flag,))
    )
    assert optimised.stdout == plain.stdout
    assert all(f"{words} 0\n" in plain.stdout for words in commands), plain.stdout


READ_ONLY = """
import errno, os, sys

def refuse(event, arguments):
    place = arguments[0] if arguments else None
    writes = event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link") or (
        event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR)
    )
    if writes and isinstance(place, str | bytes | os.PathLike):
        path = os.path.abspath(os.fsdecode(place))
        if not path.startswith(os.getcwd()) and path != os.devnull:
            raise OSError(errno.EROFS, "is on a read-only file system", path)

sys.addaudithook(refuse)
"""


def test_an_install_that_is_read_only_and_isolated_and_a_strict_python(tmp_path: Path) -> None:
    """No command writes next to the package, needs the environment, or causes a warning of Python."""
    folder = str(ROOT)
    commands = [
        ["show", "codes"],
        ["evidence", "editions", "amcc-04"],
        ["status"],
        ["cite", "outcomes"],
        ["check", f"{folder}/data/processed/codes.csv", "--table", "codes"],
        ["export", "out", "--format", "csv,sqlite,jsonl"],
        ["diff", "out", folder],
        ["validate", folder],
        ["build", "--check", "--root", folder],
    ]
    strict = ("-I", "-W", "error", "-X", "dev", "-X", "warn_default_encoding")
    done = subprocess.run(
        [sys.executable, *strict, "-c", READ_ONLY + EACH, json.dumps(commands)],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    ends = [line for line in done.stdout.splitlines() if line.startswith("['")]
    # The export has fewer formats than the checkout; `diff` accepts that.
    assert ends == [f"{words} 0" for words in commands]


def test_the_read_only_file_system_refuses_a_write(tmp_path: Path) -> None:
    code = f"{READ_ONLY}\nopen({str(tmp_path / 'x')!r}, 'w')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=ROOT)
    assert b"read-only file system" in done.stderr


AT = Location("data/raw/people.toml", 3, "people", "a", "name")
COPIED = {
    "a finding": lambda: Finding("rule", AT, "is wrong", "correct it", ("one", "two")),
    "findings": lambda: Failed(
        Finding("rule", Location("a.toml", line), "is wrong", "correct it") for line in range(500)
    ),
    "a file that is refused": lambda: RefusedError("is a pipe", "a.csv", "remove it"),
    "a verdict": lambda: amcc.check([{"id": "amcc-99"}], "editions"),
    "records": lambda: amcc.records("editions"),
    "a row": lambda: amcc.rows("outcomes")[0],
    "a descriptor": amcc.descriptor,
    "evidence": lambda: amcc.evidence_rows("editions", "amcc-04"),
}


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))])
@pytest.mark.parametrize("made", COPIED.values(), ids=COPIED.keys())
def test_what_is_returned_or_raised_can_be_copied_and_sent(
    made: Callable[[], object], copied: Callable[[object], object]
) -> None:
    original = made()
    copied_one = copied(original)
    assert type(copied_one) is type(original)
    assert str(copied_one) == str(original)
    if isinstance(original, BaseException):
        assert vars(copied_one) == vars(original)
    else:
        assert copied_one == original


def test_threads_get_the_same_answers() -> None:
    def ask(_: int) -> object:
        return (
            amcc.load_outcomes().to_csv(),
            amcc.evidence_rows("editions", "amcc-04", "number"),
            amcc.status().to_csv(),
            amcc.check(amcc.rows("codes"), "codes").ok,
        )

    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(ask, range(8))
    assert all(other == first for other in others)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def hole(path: Path) -> None:
    with path.open("wb") as sink:
        sink.truncate(10**12)


ODD: dict[str, Callable[[Path], object]] = {
    "a pipe": fifo,
    "a terabyte": hole,
    "a folder": Path.mkdir,
    "a file in UTF-16": lambda path: path.write_text("id,number\n", encoding="utf-16"),
    "a file of NUL": lambda path: path.write_bytes(bytes(100)),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "words",
    [
        ["validate", "ODD"],
        ["diff", "ODD", "ODD"],
        ["export", "ODD/below"],
        ["explore", "--no-open", "--output", "ODD"],
        ["build", "--check", "--root", "ODD"],
        ["build", "--root", "ODD"],
        ["release", "--root", "ODD"],
        ["check", "ODD", "--table", "codes"],
        ["verify-sources", "ODD", "--root", str(ROOT)],
        ["verify-sources", str(ROOT / "docs"), "--root", "ODD"],
    ],
    ids=" ".join,
)
def test_an_odd_file_gets_one_clear_answer(
    words: list[str], odd: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd"
    ODD[odd](path)
    code = cli.main([word.replace("ODD", str(path)) for word in words])
    said = capsys.readouterr().err
    if odd == "a folder" and words[0] == "export":
        assert code == 0
    else:
        assert code in (1, 2), said
        assert said.strip()
        assert "Traceback" not in said
