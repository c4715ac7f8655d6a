"""Agreement of two coders, from docs/double-coding.csv.

`python tools/agreement.py` prints for each field how many cells were coded twice, the percentage
that got the same code, and, if there are at least thirty cells, Krippendorff's alpha for nominal
data.
"""

import csv
from collections import defaultdict
from pathlib import Path

import krippendorff

CODING = Path(__file__).parents[1] / "docs" / "double-coding.csv"
FEW = 30
"""With fewer cells than this, alpha says too little to be printed."""


def codings() -> dict[str, list[tuple[str, str]]]:
    """Return both codes of every cell, by table and field."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with CODING.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            found[f"{row['table']}.{row['field']}"].append((row["first"], row["second"]))
    return found


def agreement(pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """Return the share of cells with the same code twice, and Krippendorff's alpha."""
    codes = sorted({code for pair in pairs for code in pair})
    data = [[codes.index(pair[coder]) for pair in pairs] for coder in (0, 1)]
    alpha = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    return sum(one == two for one, two in pairs) / len(pairs), float(alpha)


if __name__ == "__main__":
    for name, pairs in codings().items():
        alike, alpha = agreement(pairs)
        shown = f"{alpha:.3f}" if len(pairs) >= FEW else "too few"
        print(f"| {name} | {len(pairs)} | {alike:.1%} | {shown} |")
