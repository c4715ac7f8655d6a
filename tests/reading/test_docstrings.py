"""What `help()` says about the public functions is what they return and raise.

Not here: whether each parameter is documented, which pydoclint checks.
"""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import amcc_dataset as amcc
from amcc_dataset import plot
from amcc_dataset.export.formats import export
from amcc_dataset.model.findings import Failed

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: made for name in dir(amcc) if inspect.isfunction(made := getattr(amcc, name))},
    **{f"plot.{name}": getattr(plot, name) for name in plot.__all__},
    "export": export,
    "Verdict.frame": amcc.Verdict.frame,
}

ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "describe": ("editions",),
    "evidence_for": ("editions", "amcc-05"),
    "thread": ("norms_and_law",),
    "timeline": ("accp",),
    "Verdict.frame": (amcc.check([{"id": "amcc-01"}], "editions", with_release=False),),
}
"""The arguments for functions that return a frame; none for a function that is not listed."""

NO_PLACE = Path(__file__) / "no-folder"
"""A path at which no file or folder can exist."""

MISUSED: list[tuple[str, type[Exception], tuple[Any, ...]]] = [
    ("check", ValueError, ([], "edition")),
    ("check", OSError, (NO_PLACE, "editions")),
    ("cite", ValueError, ("outcomes", "amcc-99")),
    ("describe", ValueError, ("edition",)),
    ("evidence_for", ValueError, ("editions", "amcc-99")),
    ("evidence_rows", ValueError, ("editions", "amcc-01", "day")),
    ("export", Failed, (NO_PLACE,)),
    ("export", ValueError, (NO_PLACE, ["pdf"])),
    ("panel", ValueError, ("everybody",)),
    ("path", ValueError, ("editions", "pdf")),
    ("plot.lifelines", ValueError, ("accps",)),
    ("plot.thread", ValueError, ("norms",)),
    ("records", ValueError, ("edition",)),
    ("rows", ValueError, ("edition",)),
    ("schema", ValueError, ("editions", "xml")),
    ("status", ValueError, ("accp", "soon")),
    ("table", ValueError, ("edition",)),
    ("thread", ValueError, ("norms",)),
    ("timeline", ValueError, ("accps",)),
]
"""Calls that go wrong: function, error and arguments."""

LACKING: list[tuple[str, tuple[Any, ...]]] = [
    ("check", (amcc.path("people", "parquet"),)),
    ("export", (NO_PLACE, ["xlsx"])),
    *((f"plot.{name}", ()) for name in ("attendance", "editions", "lifelines", "timeline")),
    ("plot.save_figures", (NO_PLACE,)),
    ("plot.thread", ("coordination",)),
    ("schema", ("editions", "pyarrow")),
    ("table", ("editions",)),
]
"""Calls that need a library that may be missing."""

ELSEWHERE = {("path", "FileNotFoundError")}
"""Errors of a package in an archive, which test_store.py causes."""


def section(name: str, title: str) -> str:
    """Return a section of the docstring of a function; empty without it."""
    words = inspect.getdoc(FUNCTIONS[name]) or ""
    found = re.search(rf"^{title}\n-+\n(.*?)(?=^\w+\n---|\Z)", words, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_has_its_sections(name: str) -> None:
    parameters = [word for word in inspect.signature(FUNCTIONS[name]).parameters if word != "self"]
    assert bool(section(name, "Parameters")) == bool(parameters)
    assert section(name, "Returns")
    assert ">>> " in section(name, "Examples")


def kind(column: "pd.Series[Any]") -> str:
    """Return the type of a column as docstrings name it."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return "ordered category" if column.dtype.ordered else "category"
    return {"str": "text", "object": "text"}.get(str(column.dtype), str(column.dtype))


FRAMES = [
    name
    for name in FUNCTIONS
    if inspect.signature(FUNCTIONS[name]).return_annotation == "pd.DataFrame"
]


@pytest.mark.parametrize("name", FRAMES)
def test_the_columns_of_a_frame_are_documented_with_their_types(name: str) -> None:
    words = " ".join(section(name, "Returns").split())
    documented = {
        column: said
        for columns, said in re.findall(r"((?:`\w+`,? )+)\(([\w\[\] ]+)\)", words)
        for column in re.findall(r"`(\w+)`", columns)
    }
    frame = FUNCTIONS[name](*ARGUMENTS.get(name, ()))
    # The columns of the editions are documented together.
    columns = [column for column in frame.columns if not column.startswith("amcc-")]
    assert documented == {column: kind(frame[column]) for column in columns}


def _named(value: object) -> str:
    """Return a name for a case, without its arguments, which may contain a path."""
    return value if isinstance(value, str) else getattr(value, "__name__", "")


@pytest.mark.parametrize(("name", "error", "given"), MISUSED, ids=_named)
def test_an_error_is_documented(name: str, error: type[Exception], given: tuple[Any, ...]) -> None:
    with pytest.raises(error):
        FUNCTIONS[name](*given)
    assert re.search(rf"^{error.__name__}$", section(name, "Raises"), re.MULTILINE)


@pytest.mark.parametrize(("name", "given"), LACKING, ids=_named)
def test_a_missing_library_is_documented(
    name: str, given: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amcc_dataset.extras.find_spec", lambda library: None)
    with pytest.raises(ImportError, match="pip install"):
        FUNCTIONS[name](*given)
    assert "ImportError" in section(name, "Raises")


def test_every_documented_error_is_tested() -> None:
    tested = {(name, error.__name__) for name, error, _ in MISUSED}
    tested |= {(name, "ImportError") for name, _ in LACKING} | ELSEWHERE
    documented = {
        (name, error)
        for name in FUNCTIONS
        for error in re.findall(r"^(\w+)$", section(name, "Raises"), re.MULTILINE)
    }
    assert documented == tested
