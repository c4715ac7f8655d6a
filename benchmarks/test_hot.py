"""The most expensive functions, one by one: `pytest benchmarks/test_hot.py`, with pytest-benchmark.

They are not part of the tests: a time says nothing about a change unless you compare it with
another one (`--benchmark-autosave`, then `--benchmark-compare`). `python benchmarks/test_hot.py
[--json FILE] [--markdown FILE]` writes the medians into a section of the page.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import report

from amcc_dataset import rules as checks
from amcc_dataset.curation import compile, settle, toml_files
from amcc_dataset.curation.decisions import DOCKET, read_docket
from amcc_dataset.curation.documents import read_document, read_documents
from amcc_dataset.model import passages
from amcc_dataset.model.columns import columns
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.findings import Findings
from amcc_dataset.model.tables import Claim, Edition
from amcc_dataset.reading import load
from amcc_dataset.reading.evidence import evidence_rows

pytest.importorskip("pytest_benchmark")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def files() -> Mapping[str, toml_files.TomlFile]:
    """Read data/raw once."""
    return Findings().take(toml_files.read_all(ROOT))


def test_settle(benchmark: Any, files: Mapping[str, toml_files.TomlFile]) -> None:
    """Settle all statements with the docket."""
    statements = Findings().take(read_documents(files)).statements
    decisions = Findings().take(read_docket(files[DOCKET]))
    settled = benchmark(lambda: Findings().take(settle.settle(statements, decisions)))
    assert settled.rows["editions"]


def test_read_a_document(benchmark: Any, files: Mapping[str, toml_files.TomlFile]) -> None:
    """Read the longest source file."""
    sources = [file for path, file in files.items() if path.startswith(toml_files.SOURCES)]
    longest = max(sources, key=lambda file: len(file.text))

    def read() -> Any:
        file = Findings().take(toml_files.read(ROOT, longest.path))
        assert file is not None
        return Findings().take(read_document(file)).statements

    assert benchmark(read)


def test_rules(benchmark: Any) -> None:
    """Run every rule over the real tables."""
    tables = dict(compile.compile_tables(ROOT))
    assert benchmark(lambda: list(checks.run(Dataset(tables)))) == []


def test_normalise(benchmark: Any) -> None:
    """Normalise a passage of about two thousand characters."""
    text = "The  “ASEAN” Ministers—at their meeting—re\u00adaffirmed\n what they had said. " * 30
    assert benchmark(passages.normalise, text).startswith('The "ASEAN" Ministers-at')


@pytest.mark.parametrize("row_class", [Edition, Claim])
def test_columns(benchmark: Any, row_class: Any) -> None:
    """Derive the columns of a table, without the cache."""
    assert benchmark(columns.__wrapped__, row_class)


def test_evidence(benchmark: Any) -> None:
    """Look up the claims on one cell."""
    assert benchmark(evidence_rows, "editions", "amcc-04", "date_start")


def test_rows(benchmark: Any) -> None:
    """Read the table of claims as plain rows."""
    assert benchmark(load.rows, "provenance")


def main() -> None:
    """Run all benchmarks of this module and write the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        pytest.main(["-q", "-p", "no:xdist", f"--benchmark-json={result}", __file__])
        measured = json.loads(result.read_text(encoding="utf-8"))["benchmarks"]
    documented = {name: function.__doc__ for name, function in globals().items()}
    rows: list[list[object]] = [
        [
            str(documented[entry["name"].partition("[")[0]]).rstrip("."),
            entry["param"] or "",
            f"{1e3 * entry['stats']['median']:.3g}",
            f"{1e3 * entry['stats']['min']:.3g}",
            f"{entry['stats']['rounds'] * entry['stats']['iterations']:,}",
        ]
        for entry in measured
    ]
    text = report.table(["what", "table", "median ms", "smallest ms", "runs"], rows)
    content = {"machine": report.machine(), "rows": rows}
    report.save("hot", content, f"{report.machine()}.\n\n{text}", options.json, options.markdown)


if __name__ == "__main__":
    main()
