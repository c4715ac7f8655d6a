"""The package on other systems and interpreters: line ends, optimised Python, odd files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from amcc_dataset import cli

ROOT = Path(__file__).parents[1]


def test_a_clone_with_the_line_ends_of_windows_is_the_same_tree(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    command = ["git", "clone", "--quiet", "-c", "core.autocrlf=true", str(ROOT), str(clone)]
    subprocess.run(command, check=True)
    for path in (*clone.glob("data/processed/*.csv"), clone / "datapackage.json"):
        assert b"\r" not in path.read_bytes(), path.name


EACH = """
import json, sys
from amcc_dataset.cli import main

# The programs that are asked last would take most of the time, and are not ours.
sys.modules |= dict.fromkeys(("pandera", "frictionless", "jsonschema"))
for words in json.loads(sys.argv[1]):
    print(words, main(words), flush=True)
"""
VERBS = [["show", "codes"], ["validate"], ["build", "--check", "--root", str(ROOT)]]


@pytest.mark.parametrize(
    ("flag", "verbs"),
    # What -O strips, -OO strips as well.
    [("-O", VERBS[:1]), ("-OO", VERBS)],
)
def test_an_optimised_python_says_the_same(flag: str, verbs: list[list[str]]) -> None:
    plain, optimised = (
        subprocess.run(
            [sys.executable, *flags, "-c", EACH, json.dumps(verbs)],
            capture_output=True,
            text=True,
            check=True,
        )
        for flags in ((), (flag,))
    )
    assert optimised.stdout == plain.stdout
    assert all(f"{words} 0\n" in plain.stdout for words in verbs), plain.stdout


def fifo(path: Path) -> None:
    os.mkfifo(path)


ODD = {
    "a pipe": fifo,
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
        ["verify-sources", "ODD", "--root", str(ROOT)],
    ],
    ids=lambda words: words[0],
)
def test_an_odd_file_gets_one_clear_answer(
    words: list[str], odd: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd"
    ODD[odd](path)  # type: ignore[operator]
    code = cli.main([word.replace("ODD", str(path)) for word in words])
    told = capsys.readouterr().err
    if odd == "a folder" and words[0] == "export":
        assert code == 0
    else:
        assert code in (1, 2), told
        assert told.strip()
        assert "Traceback" not in told
