"""A release as one Excel workbook: a readme, a sheet for each table, and the dictionary.

Dates are dates, numbers are numbers, addresses are links that open the passage, and every text
is written as text, so that Excel never runs anything in the data as a formula. The same release
gives the same bytes. Needs the extra ``xlsx``. Not here: which tables are written (formats.py).
"""

import datetime as dt
import io
import warnings
from collections.abc import Sequence
from typing import Any

from amcc_dataset import extras
from amcc_dataset.release.archive import Release

MAX_LINK = 2079
"""The longest address that Excel accepts as a link; a longer one stays plain text."""

_WIDEST = 60
_DICTIONARY = ("table", "column", "type", "may be empty", "description")


def workbook(release: Release, readme: Sequence[str], made: dt.datetime) -> bytes:
    """Return the workbook of a release.

    Parameters
    ----------
    release
        The tables to write.
    readme
        The lines of the first sheet; the first line is its title.
    made
        Time stamp of the file.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    ImportError
        If XlsxWriter is not installed.
    """
    extras.need("xlsx", "xlsxwriter")
    import xlsxwriter  # type: ignore[import-untyped]

    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "max_url_length": MAX_LINK})
    book.set_properties(
        {"title": readme[0], "comments": f"Version {release.version}", "created": made}
    )
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "link": book.add_format({"font_color": "#0563C1", "underline": 1}),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _readme(book.add_worksheet("readme"), release, readme, formats)
        for table, resource in release.tables.items():
            names = [field["name"] for field in resource["schema"]["fields"]]
            rows = [list(row.values()) for row in release.rows(table)]
            _sheet(book.add_worksheet(table), names, rows, formats)
        _sheet(book.add_worksheet("dictionary"), _DICTIONARY, list(_columns(release)), formats)
        book.close()
    return sink.getvalue()


def _readme(sheet: Any, release: Release, lines: Sequence[str], formats: dict[str, Any]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, lines[0], formats["title"])
    for number, line in enumerate(lines[1:], 2):
        sheet.merge_range(number, 0, number, 1, "", formats["wrap"])
        sheet.write_string(number, 0, line, formats["wrap"])
        sheet.set_row(number, 15 * (1 + len(line) // 105))
    first = len(lines) + 2
    for number, (table, resource) in enumerate(release.tables.items(), first):
        sheet.write_url(number, 0, f"internal:'{table}'!A1", formats["link"], table)
        sheet.write_string(number, 1, str(resource.get("title", "")))
    sheet.write_url(first + len(release.tables), 0, "internal:'dictionary'!A1", None, "dictionary")
    sheet.write_string(first + len(release.tables), 1, "A description of every column")


def _columns(release: Release) -> Any:
    for table in release.tables:
        for field in release.fields(table):
            required = field.get("constraints", {}).get("required", False)
            empty = None if required else "yes"
            yield table, field["name"], field.get("type"), empty, field.get("description")


def _sheet(
    sheet: Any, names: Sequence[str], rows: Sequence[Sequence[Any]], formats: dict[str, Any]
) -> None:
    sheet.freeze_panes(1, 1)
    last = max(1, len(rows)), len(names) - 1
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, formats["head"])
        longest = max((len(str(row[column])) for row in rows if row[column] is not None), default=0)
        sheet.set_column(column, column, min(_WIDEST, max(longest, len(name) + 2) + 1))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, formats)
    sheet.autofilter(0, 0, *last)
    # A text such as 2019 or 4 is what a document says, not a number entered as text by mistake.
    sheet.ignore_errors({"number_stored_as_text": _area(*last)})


def _area(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_range  # type: ignore[import-untyped]

    return str(xl_range(1, 0, row, column))


def _cell(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value.startswith(("https://", "http://")) and len(value) <= MAX_LINK:
        sheet.write_url(row, column, value, formats["link"], value)
    else:
        sheet.write_string(row, column, value)
