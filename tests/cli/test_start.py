"""The command starts, ends and reacts to Ctrl-C without a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
COMMAND = f"{sys.executable} -m amcc_dataset"


def shell(line: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        line, shell=True, cwd=folder, env=ENVIRONMENT, capture_output=True, check=False
    )


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("show editions >&-", 0, b""),
        ("show editions >&- 2>&-", 0, b""),
        ("show nothing 2>&-", 2, b""),
        ("show editions | head -n 1 >/dev/null", 0, b""),
        ("show provenance >/dev/full", 1, b"the output: No space left on device"),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_closed_and_full_streams(line: str, code: int, said: bytes, tmp_path: Path) -> None:
    done = shell(f"{COMMAND} {line}", tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_folder_name_that_is_not_utf_8(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/name-\xe9"))
    folder.mkdir()
    for words, code in (("diff {0} {0}", 1), ("export {} --table codes", 0), ("validate {}", 1)):
        done = shell(f"{COMMAND} {words.format('name-*')}", tmp_path)
        assert done.returncode == code, done.stderr
        assert b"Traceback" not in done.stderr
        assert b"name-\\udce9" in done.stdout + done.stderr or words.startswith("validate")
    assert (folder / "data/processed/codes.csv").exists()


@pytest.mark.parametrize("library", ["dataclasses", "argparse", "json", "pandas", "signal"])
def test_a_library_in_the_current_folder_is_not_run(library: str, tmp_path: Path) -> None:
    (tmp_path / f"{library}.py").write_text("raise SystemExit('this ran')", encoding="utf-8")
    done = shell(f"{COMMAND} show editions amcc-01", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


INTERRUPTED = """
import sys
from amcc_dataset.cli import main

class Interrupt:
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupt())
raise SystemExit(main(["show", "editions"]))
"""


@pytest.mark.parametrize(
    "module", ["amcc_dataset.cli.output", "argparse", "amcc_dataset.cli.show", "csv", "json"]
)
def test_ctrl_c_while_something_is_imported(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED.format(module=module)],
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 130
    assert done.stderr.startswith(b"amcc-dataset: stopped; no file was lost")
    assert b"Traceback" not in done.stderr


STOPPED = """
import os, tempfile
from amcc_dataset.cli import attendance, main

def run(options):
    with tempfile.TemporaryDirectory():
        os.kill(os.getpid(), {number})
        while True:
            pass

attendance.run = run
raise SystemExit(main(["attendance"]))
"""


@pytest.mark.skipif(os.name != "posix", reason="needs the signals of POSIX")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_command_clears_its_temporary_files(
    sent: signal.Signals, code: int, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STOPPED.format(number=int(sent))],
        env={**ENVIRONMENT, "TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
