"""Which quotations some browser does not mark, as tried in three engines."""

import pytest

from amcc_dataset.curation.statements import Passage
from amcc_dataset.curation.texts.quotations import unmarked

PAGE = """
The “ASEAN\u00a0Ministers” met in
Singapore’s centre: a plan of 2021–2025 … for 10,000 officials, 30.5 hours and co\u00adoperation.
Straße nach dem Plan. 东盟网络安全部长级会议在新加坡举行。ประเทศไทยสนับสนุนแผน

제4차 장관회의는 싱가포르에서 열렸다. The norms3 of 2015
"""

MARKED = [
    ("the", None),
    ('The "ASEAN Ministers" met', None),
    ("met in Singapore’s", "officials, 30.5 hours"),
    ("10,000 OFFICIALS", "and cooperation."),
    ("plan of 2021–2025", None),
    ("东盟网络安全", "在新加坡举行"),
    ("ประเทศไทยสนับสนุนแผน", None),
    ("제4차 장관회의는", "norms3 of 2015"),
]

UNMARKED = [
    ("ประเทศไทยสนับสนุนแผน 제4차", None, ("start", "runs over two paragraphs")),
    ("제4차 장관회의", None, ("start", "ends within a word")),
    ("The norms", "of 2015", ("start", "ends within a word")),
    ("plan of 2021-2025", None, ("start", "is not in the characters of the page")),
    ("2021–2025 ...", None, ("start", "is not in the characters of the page")),
    ("Strasse nach", None, ("start", "is not in the characters of the page")),
    ("met in Singapore", None, ("start", "ends before ’s")),
    ("for 10", None, ("start", "ends within a number")),
    ("000 officials", None, ("start", "begins within a number")),
    ("a plan", "30", ("end", "ends within a number")),
    ("inisters” met", None, ("start", "begins within a word")),
    ("a plan of", "offic", ("end", "ends within a word")),
    ("网络安全部长级会议在新加坡举行", None, ("start", "begins within a run of words")),
    ("东盟网络安全", "在新加坡", ("end", "ends within a run of words")),
    ("ministers” met in", "met in Singapore’s", ("end", "shares a word with start")),
    ("a plan of", "no such words", ("end", "is not in the characters of the page")),
]


@pytest.mark.parametrize(("start", "end"), MARKED)
def test_what_every_browser_marks_is_accepted(start: str, end: str | None) -> None:
    assert list(unmarked(PAGE, Passage("p1", start, end))) == []


@pytest.mark.parametrize(("start", "end", "reason"), UNMARKED)
def test_what_some_browser_does_not_mark_is_reported(
    start: str, end: str | None, reason: tuple[str, str]
) -> None:
    assert list(unmarked(PAGE, Passage("p1", start, end))) == [reason]
