"""tools/readers.py judges cells rightly; the readers themselves are asked outside CI."""

import datetime as dt
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
import reader_list
import readers

from amcc_dataset.export.formats import export

DAY = dt.date(2019, 10, 2)


@pytest.mark.parametrize(
    ("cell", "expected", "verdict"),
    [
        (("integer", "4"), 4, "whole"),
        (("text", "4"), 4, "text"),
        (("float", "4.0"), 4, "float"),
        (("float", "4.5"), 4, "other"),
        (("date", "2019-10-02"), DAY, "whole"),
        (("text", "2019-10-02"), DAY, "text"),
        (("time", "2019-10-01T16:00:00.000Z"), DAY, "other"),
        (("text", "a"), "a", "whole"),
        (("date", "2019-10-02"), "2019-10-02", "other"),
        (("text", ""), None, "empty"),
        (None, None, "whole"),
        (None, "none", "lost"),
    ],
)
def test_a_cell_is_judged(cell: readers.Cell, expected: object, verdict: str) -> None:
    assert readers.judge(cell, expected, converts=False) == verdict
    assert readers.judge(("text", "4"), 4, converts=True) == "whole"


def test_a_reader_that_is_here_is_asked(tmp_path: Path) -> None:
    export(tmp_path / "release", ["sqlite"])
    (reader,) = [one for one in reader_list.READERS if one.name == "sqlite3"]
    ours = readers.own_rows()
    result = readers.ask(reader, [sys.executable], tmp_path, tmp_path / "release", ours)
    assert not result.failure
    assert result.counts.keys() == {"whole", "text"}
    assert result.counts.total() == sum(map(len, ours.values()))
    broken = reader_list.python("broken", "", "[{'id': 'amcc-04', 'year': None}]")
    result = readers.ask(broken, [sys.executable], tmp_path, tmp_path / "release", ours)
    assert result.failure


def test_the_page_has_every_reader_and_nothing_else() -> None:
    table, _, missing = (
        readers.PAGE.read_text(encoding="utf-8").partition("| reader | version |")[2]
    ).partition("\nNot to be had")
    shown = [line.split(" | ") for line in table.splitlines()[2:]]
    asked = [(cells[0].removeprefix("| "), cells[2]) for cells in shown if len(cells) > 2]
    had = [
        (one.name, f"`{one.call}`") for one in reader_list.READERS if f"{one.name} (" not in missing
    ]
    assert asked == had


def test_a_page_that_says_something_else_is_noticed() -> None:
    first = next(one for one in reader_list.READERS if one.call == "read_parquet(path)")
    version = re.findall(r"\| pandas \| (.+?) \|", readers.PAGE.read_text(encoding="utf-8"))[0]
    assert readers.unsaid([(first, readers.Result(version))]) == []
    lossy = readers.Result(version, Counter(lost=1))
    assert readers.unsaid([(first, lossy)]) == [readers.row(first, lossy)]
