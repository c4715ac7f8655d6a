"""The wheel in a clean environment, and the release tree checked by other programs."""

import json
import shutil
import subprocess
import sys
import venv
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from amcc_dataset import extras
from amcc_dataset.cli import main
from amcc_dataset.model.tables import TABLES
from amcc_dataset.release import render
from amcc_dataset.release.validate import validate

ROOT = Path(__file__).parents[1]


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment that has the wheel, and nothing of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    run(sys.executable, *build, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    assert wheel.stat().st_size < 1_500_000
    # pandas and pydantic come from this environment; the package itself from the wheel alone.
    venv.create(folder / "env", system_site_packages=False, with_pip=False)
    packages = next((folder / "env").glob("lib/python*/site-packages"))
    pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(packages))
    run(sys.executable, *pip, str(wheel), cwd=folder)
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "dependencies.pth").write_text(here + "\n", encoding="utf-8")
    return folder / "env" / "bin" / "python"


def test_the_installed_wheel_loads_every_table(installed: Path) -> None:
    code = (
        "import amcc_dataset as amcc, json\n"
        "assert 'site-packages' in amcc.__file__, amcc.__file__\n"
        "print(json.dumps({name: [len(amcc.rows(name)), len(amcc.load.load(name)),"
        " amcc.table(name).num_rows] for name in amcc.tables()}))"
    ).replace("amcc.load.load(name)", "getattr(amcc, f'load_{name}')()")
    counts = json.loads(run(str(installed), "-c", code, cwd=installed.parent))
    assert set(counts) == set(TABLES)
    assert all(len(set(count)) == 1 and count[0] > 0 for count in counts.values())


def test_the_installed_command_validates_its_own_tree(installed: Path) -> None:
    out = run(str(installed), "-m", "amcc_dataset", "validate", cwd=installed.parent)
    assert f"{len(TABLES)} tables" in out
    assert "no problems" in out
    assert "site-packages" in out


def test_pyinstaller_finds_the_hook_of_the_wheel(installed: Path) -> None:
    code = (
        "from importlib.metadata import entry_points\n"
        "found = entry_points(group='pyinstaller40', name='hook-dirs')\n"
        "(entry,) = {one for one in found if one.module.startswith('amcc_dataset')}\n"
        "print(*__import__('os').listdir(entry.load()()[0]))"
    )
    assert "hook-amcc_dataset.py" in run(str(installed), "-I", "-c", code, cwd=installed.parent)


def test_the_tree_of_the_wheel_is_that_of_the_repository(installed: Path) -> None:
    package = next(installed.parent.parent.glob("lib/python*/site-packages/amcc_dataset"))
    for folder in render.GENERATED:
        for path in (ROOT / folder).iterdir():
            assert (package / folder / path.name).read_bytes() == path.read_bytes()
    assert (package / render.DESCRIPTOR).read_bytes() == (ROOT / render.DESCRIPTOR).read_bytes()


def test_the_release_tree_is_valid_for_every_engine() -> None:
    report = validate(ROOT)
    assert report.findings == []
    assert report.engines == ["amcc-dataset", "pyarrow", "pandera", "jsonschema", "frictionless"]


def test_the_csv_files_alone_are_a_valid_release(tmp_path: Path) -> None:
    assert main(["export", str(tmp_path), "--format", "csv"]) == 0
    report = validate(tmp_path)
    assert report.findings == []
    assert report.engines == ["amcc-dataset", "pandera", "jsonschema", "frictionless"]
    (tmp_path / "data" / "processed" / "codes.csv").write_text("id\n", encoding="utf-8")
    assert validate(tmp_path).findings


def test_the_descriptor_meets_the_profile_of_data_package_2() -> None:
    profile = files("dplib") / "profiles" / "2.0" / "datapackage.json"
    jsonschema.validate(
        json.loads((ROOT / render.DESCRIPTOR).read_text(encoding="utf-8")),
        json.loads(profile.read_text(encoding="utf-8")),
    )


def test_a_build_names_the_missing_extra(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "pyarrow" else name)
    assert main(["build", "--root", str(tmp_path)]) == 2
    assert 'pyarrow is missing; pip install "amcc-dataset[build]"' in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import amcc_dataset, sys; print(*sys.modules)"
    modules = run(sys.executable, "-c", code, cwd=ROOT).split()
    heavy = {"pandas", "pydantic", "pyarrow", "typing", "pathlib", "json", "csv", "argparse"}
    bare = run(sys.executable, "-c", "import sys; print(*sys.modules)", cwd=ROOT).split()
    assert not (heavy & (set(modules) - set(bare)))
