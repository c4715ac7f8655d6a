"""The synthetic checkouts that benchmarks measure are valid, small as they may be."""

from collections import Counter
from pathlib import Path

import pytest
import synthetic

from amcc_dataset import rules as checks
from amcc_dataset.curation.compile import compile_tables


@pytest.mark.parametrize("seed", [1, 2])
def test_a_synthetic_checkout_builds_and_breaks_no_rule(tmp_path: Path, seed: int) -> None:
    synthetic.write(tmp_path, documents=30, claims_per_document=40, seed=seed)
    tables = compile_tables(tmp_path)
    assert list(checks.run(tables)) == []
    assert len(tables["sources"]) == 30
    assert len(tables["editions"]) == 2
    assert len(tables["provenance"]) == pytest.approx(30 * 40, rel=0.2)
    standings = Counter(claim["standing"] for claim in tables["provenance"])
    assert set(standings) == {"agreed", "preferred", "overruled", "silent"}


def test_the_same_arguments_give_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        synthetic.write(tmp_path / name, documents=3, claims_per_document=30)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.toml")}
        for name in ("one", "two")
    )
    assert one == two
