"""Agreement of the two coders of act, topic and scope, from docs/double-coding.csv.

`python benchmarks/agreement.py` prints, per field, how many outcomes were coded twice, the
percentage coded alike, and Krippendorff's alpha for nominal data.
"""

import csv
from pathlib import Path

import krippendorff

CODING = Path(__file__).parents[1] / "docs" / "double-coding.csv"
FIELDS = ("act", "topic", "scope")


def agreement(field: str) -> tuple[int, float, float]:
    """Return the number of outcomes, the share coded alike, and Krippendorff's alpha."""
    with CODING.open(encoding="utf-8", newline="") as source:
        pairs = [(row[f"{field}_first"], row[f"{field}_second"]) for row in csv.DictReader(source)]
    codes = sorted({code for pair in pairs for code in pair})
    data = [[codes.index(pair[coder]) for pair in pairs] for coder in (0, 1)]
    alpha = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    return len(pairs), sum(one == two for one, two in pairs) / len(pairs), float(alpha)


if __name__ == "__main__":
    for name in FIELDS:
        count, alike, alpha = agreement(name)
        print(f"| {name} | {count} | {alike:.1%} | {alpha:.3f} |")
