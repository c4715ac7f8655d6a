"""`amcc-dataset attendance`: print who was at which edition.

In a terminal each edition is a column of marks, so that all editions fit into a narrow window;
a legend below explains the marks. A program gets codes, and standard error explains them. Not
here: who was where (reading/attendance.py).
"""

import argparse

from amcc_dataset.cli import output

MARKS = {
    "attended": ("A", "attended, named in a document"),
    "attended_in_group": ("g", "attended, counted in a group such as all member states"),
    "remote": ("r", "by video"),
    "remote_in_group": ("rg", "by video, counted in a group"),
    "represented": ("R", "represented by others"),
    "represented_in_group": ("Rg", "represented by others, counted in a group"),
    "expected": ("e", "only expected"),
    "expected_in_group": ("eg", "only expected, counted in a group"),
    "absent": ("x", "absent"),
    "absent_in_group": ("xg", "absent, counted in a group"),
}
"""The marks in a terminal and their meanings, by the codes of the answer."""

NOTES = (
    "each cell has the strongest presence that a document shows; empty: unknown, never absent",
    "attended_in_group: documents only count the actor in a group, such as all member states",
    "expected: announced beforehand, no document reports the attendance",
)
"""What the codes mean, for those who see no legend."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print who was at which edition."""
    from amcc_dataset.reading.attendance import attendance_rows

    rows = attendance_rows()
    columns = list(rows[0]) if rows else []
    if options.json:
        output.json(rows)
    elif output.is_terminal():
        _print_marks(rows, [name for name in columns if name not in ("actor_id", "actor", "role")])
    else:
        output.table(rows, columns)
        for text in NOTES:
            output.note(text)
    return 0


def _print_marks(rows: list[dict[str, str | None]], editions: list[str]) -> None:
    short = {name: name.rpartition("-")[2] for name in editions}
    output.table(
        [
            {
                "actor": row["actor"],
                **{short[name]: row[name] and MARKS[str(row[name])][0] for name in editions},
            }
            for row in rows
        ],
        ["actor", *short.values()],
    )
    used = {row[name] for row in rows for name in editions}
    output.line("")
    for code, (mark, meaning) in MARKS.items():
        if code in used:
            output.line(f"{mark:<2} {meaning}")
    output.line("   blank: unknown; it never means absent")
    output.line(
        f"The columns are the editions {editions[0]} to {editions[-1]}; --json has the codes."
    )
