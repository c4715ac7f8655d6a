"""Tasks for developers: `nox -l` lists them, `nox -s test` runs one.

Each task installs what it needs into an environment of its own, except `refresh`, which runs in
the environment of nox itself.
"""

import sys
from pathlib import Path

import nox

nox.options.sessions = ["lint", "test"]
nox.options.reuse_existing_virtualenvs = True

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
LOWEST = (
    *("pandas==2.2.*", "pydantic==2.9.*", "pyarrow==18.*", "polars==1.20.*", "duckdb==1.2.*"),
    *("pandera==0.24.*", "frictionless==5.21.*"),
)


@nox.session(python=PYTHONS)
def test(session: nox.Session) -> None:
    """Run the tests on each Python version that is installed."""
    session.install("-e", ".[dev]")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests of the rooms that use these libraries, with the lowest allowed versions."""
    session.install("-e", ".[dev]")
    session.install(*LOWEST)
    rooms = ("model", "reading", "rules", "export", "release")
    session.run("pytest", "src", *(f"tests/{room}" for room in rooms), *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, docstrings, types, spelling, and which modules import which."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("pydoclint", "--quiet", "src")
    session.run("mypy")
    session.run("lint-imports")
    session.run("codespell")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site into site/; warnings are errors."""
    session.install("-e", ".[dev]")
    session.run("sphinx-build", "-W", "docs", "site")


@nox.session(venv_backend="none")
def refresh(session: nox.Session) -> None:
    """Write everything that is generated: tables, figures, and outputs in the docs."""
    python = sys.executable
    tests = Path("tests")
    session.run(python, "-m", "amcc_dataset", "build")
    session.run(python, "-m", "amcc_dataset.plot", "docs/figures")
    session.run(python, str(tests / "test_docs.py"))
    session.run(python, str(tests / "documented.py"))
