"""How time and memory grow with size: build, checks, load and evidence of synthetic checkouts.

`python benchmarks/growth.py [--documents 10 100 1000 10000] [--json FILE] [--markdown FILE]`
makes a checkout of each size (synthetic.py) and runs each step in a process of its own. Times
are processor times without imports, so that other work on the machine has little effect; memory
is the peak of the process. The slope is fitted to the logarithms, for 100 documents or more:
1 is linear growth.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import report
import synthetic

from amcc_dataset.reading.evidence import evidence_rows

STEPS = ("build", "checks", "load", "evidence")
MEMORY = 24 * 2**30


def step(name: str, folder: Path) -> dict[str, float]:
    """Run one step over a checkout in this process and measure it."""
    from amcc_dataset import rules as checks
    from amcc_dataset.curation import compile, toml_files
    from amcc_dataset.disk import shipped
    from amcc_dataset.model.dataset import Dataset
    from amcc_dataset.reading import load, store
    from amcc_dataset.reading.tables import load_provenance
    from amcc_dataset.release import place, render

    shipped.root = lambda: str(folder)
    claims = 0
    if name == "build":
        # The build imports this on the way; it is not part of the time.
        import pyarrow.parquet  # noqa: F401

        # The docket of a million claims is larger than the limit for real files.
        toml_files.MAX_BYTES = 10**9
        begin = time.process_time()
        tables = compile.compile_tables(folder)
        place.write(folder, render.render(tables))
        claims = len(tables["provenance"])
    elif name == "checks":
        released = Dataset({table: load.rows(table) for table in store.tables()})
        begin = time.process_time()
        assert not list(checks.run(released))
    elif name == "load":
        import pandas

        assert pandas
        begin = time.process_time()
        load_provenance()
    else:
        # One call takes a millisecond, which varies too much: take the smallest of twenty.
        spent = []
        for _ in range(20):
            begin = time.process_time()
            assert evidence_rows("editions", "amcc-001", "number")
            spent.append(time.process_time() - begin)
        return {"seconds": min(spent), "claims": claims}
    return {"seconds": time.process_time() - begin, "claims": claims}


def measure(documents: int, folder: Path) -> dict[str, Any]:
    """Make a checkout of a size and measure each step over it."""
    synthetic.write(folder, documents)
    found: dict[str, Any] = {"documents": documents}
    for name in STEPS:
        code = f"import growth, json, pathlib\nfound = growth.step({name!r}, pathlib.Path({str(folder)!r}))\nprint(json.dumps(found))"
        paths = [str(report.ROOT / folder) for folder in ("benchmarks", "tools", "src")]
        command = [sys.executable, "-c", f"import sys\nsys.path[:0] = {paths}\n{code}{report.PEAK}"]
        printed, peak = report.run(command)[2].splitlines()
        seconds, claims = json.loads(printed).values()
        found["claims"] = claims or found["claims"]
        found[name] = {"seconds": round(seconds, 4), "mib": round(float(peak))}
        report.progress(f"{documents} documents, {name}: {seconds:.2f} s, {float(peak):.0f} MiB")
    return found


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the slopes, and how many claims fit into memory, from 100 documents on."""
    large = [row for row in rows if row["documents"] >= 100]
    ends = {}
    for name in STEPS[:3]:
        first, last = large[0], large[-1]
        grown = (last[name]["mib"] - first[name]["mib"]) * 2**20
        each = grown / (last["claims"] - first["claims"])
        ends[name] = {"bytes_per_claim": round(each), "claims": round(MEMORY / each)}
    slopes = {}
    for least in (100, 1000):
        of = [row for row in rows if row["documents"] >= least]
        if len(of) > 1:
            sizes = [row["claims"] for row in of]
            slopes[str(least)] = {
                name: round(report.slope(sizes, [row[name]["seconds"] for row in of]), 3)
                for name in STEPS
            }
    return {"slopes": slopes, "ends": ends}


def markdown(rows: list[dict[str, Any]], fitted: dict[str, Any]) -> str:
    """Return the result as Markdown."""
    head = [
        "documents",
        "claims",
        *(f"{name} s" for name in STEPS),
        *(f"{name} MiB" for name in STEPS),
    ]
    lines: list[list[object]] = [
        [
            f"{row['documents']:,}",
            f"{row['claims']:,}",
            *(f"{row[name]['seconds']:.3g}" for name in STEPS),
            *(f"{row[name]['mib']:,}" for name in STEPS),
        ]
        for row in rows
    ]
    for least, found in fitted["slopes"].items():
        cells = [f"**{found[name]:.2f}**" for name in STEPS]
        lines.append([f"slope from {int(least):,}", "", *cells, *[""] * 4])
    ends = "; ".join(
        f"{name} {end['bytes_per_claim']:,} bytes per claim, so 24 GB are full at {end['claims'] / 1e6:.1f} million claims"
        for name, end in fitted["ends"].items()
    )
    return f"{report.table(head, lines)}\n\nExtrapolated from the growth of the peak: {ends}."


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 100, 1000, 10000])
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    options = parser.parse_args()
    measured = []
    for size in options.documents:
        with tempfile.TemporaryDirectory() as temporary:
            measured.append(measure(size, Path(temporary)))
    fitted = summary(measured)
    said = f"{report.machine()}; {report.load()}.\n\n{markdown(measured, fitted)}"
    content = {"machine": report.machine(), "rows": measured, **fitted}
    report.save("growth", content, said, options.json, options.markdown)
