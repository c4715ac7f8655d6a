"""Single mistakes in values, lines and rows: one operator for each kind, with a seeded Random.

A raw operator changes one file below data/raw, as a tired curator might. A processed operator
changes one table of the release tree, as a careless user or a forger might. Most operators are
entries of a table: where they apply, and which change they make. The others are functions. An
operator returns None if it finds nothing to change.

`Mutant.contradicts` says why something else in the repository must contradict the mutant, or is
None if nothing does. It is judged from the TOML files alone, without the package's own code for
reading them: for example, another document states the same cell and no decision is about it.

Not here: where values, lines and cells are (spots.py), damage to whole files (damage.py),
running and reporting (mutation.py).
"""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any, TypeVar

from spots import PROCESSED, Repository, Site, Spot, Stretch

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One file with one change; `content` is None if the file was deleted.

    `table` is the mutated table, if cells or rows were changed. `kind` says which kind of value
    was changed.
    """

    path: str
    content: bytes | None
    what: str
    contradicts: str | None = None
    kind: str = ""
    table: str | None = None


Operator = Callable[[Repository, Random], Mutant | None]


# --- changes of a text ----------------------------------------------------------------------

Change = Callable[[Spot, Random], str]
"""Returns a changed text for a spot."""


def other_than(value: T, values: Sequence[T], random: Random) -> T:
    """Return one of the values that differs from `value`, if there is one."""
    rest = [other for other in values if other != value]
    return random.choice(rest) if rest else value


def character(into: str, of: str = ".") -> Change:
    """Return a change that replaces one character that matches a pattern by one of `into`."""

    def change(spot: Spot, random: Random) -> str:
        at = random.choice([found.start() for found in re.finditer(of, spot.text)])
        return spot.text[:at] + other_than(spot.text[at], into, random) + spot.text[at + 1 :]

    return change


misspelt = character("abcdefghij")
digit = character("0123456789", "[0-9]")


def dropped(spot: Spot, random: Random) -> str:
    """Drop one letter."""
    letters = [index for index, letter in enumerate(spot.text) if letter.isalpha()]
    at = random.choice(letters) if letters else 0
    return spot.text[:at] + spot.text[at + 1 :]


def another(spot: Spot, random: Random) -> str:
    """Name something else that exists."""
    return other_than(spot.text, spot.known, random)


def off_by_one(spot: Spot, random: Random) -> str:
    """Add one to a number, or subtract one."""
    return str(int(spot.text) + random.choice((-1, 1)))


def off_by_a_day(spot: Spot, random: Random) -> str:
    """Move a date by a day."""
    return str(dt.date.fromisoformat(spot.text) + dt.timedelta(days=random.choice((-1, 1))))


def off_by_a_month_or_year(spot: Spot, random: Random) -> str:
    """Move a date by a month or a year."""
    day = dt.date.fromisoformat(spot.text)
    month = day.year * 12 + day.month - 1 + random.choice((-12, -1, 1, 12))
    return str(day.replace(year=month // 12, month=month % 12 + 1, day=min(day.day, 28)))


def in_another_unit(spot: Spot, random: Random) -> str:
    """Add zeros to an amount, or remove one."""
    amount = int(spot.text)
    return str(random.choice((amount * 10, amount * 1000, amount // 10)))


def in_another_currency(spot: Spot, random: Random) -> str:
    """Replace the currency."""
    return other_than(spot.text, ("SGD", "USD", "EUR", "JPY"), random)


def words_swapped(spot: Spot, random: Random) -> str:
    """Swap two neighbouring words."""
    words = spot.text.split(" ")
    at = random.randrange(len(words) - 1)
    words[at : at + 2] = words[at + 1], words[at]
    return " ".join(words)


def another_state(spot: Spot, random: Random) -> str:
    """Replace the name of a state by that of another."""
    state = random.choice(_states(spot))
    return spot.text.replace(state, other_than(state, spot.known, random), 1)


def _states(spot: Spot) -> list[str]:
    return [name for name in spot.known if re.search(rf"\b{re.escape(name)}\b", spot.text)]


def another_paragraph(spot: Spot, random: Random) -> str:
    """Move a passage to another paragraph."""
    number = int((re.search("[0-9]+", spot.text) or ["0"])[0])
    return f"p{other_than(number, range(1, number + 4), random)}"


def shorter_quotation(spot: Spot, random: Random) -> str:
    """Drop the first or last word of a quotation that marks a passage, or one letter."""
    words = spot.text.split(" ")
    if len(words) > 1 and random.random() < 0.5:
        # Without its inner word the quotation would still mark the same passage.
        del words[0 if spot.key == "start" else -1]
        return " ".join(words)
    return dropped(spot, random)


def another_mark(spot: Spot, random: Random) -> str:
    """Drop an entry of a list of cells, or put a wrong letter into one."""
    cells: list[str] = json.loads(spot.text)
    at = random.randrange(len(cells))
    lost = random.random() < 0.5
    cells[at : at + 1] = [] if lost else [misspelt(Spot(key=spot.key, text=cells[at]), random)]
    return json.dumps(cells)


# --- values and names in the raw files ------------------------------------------------------

Sites = Callable[[Repository], list[Site]]


def _sites(fits: Callable[[Site], object]) -> Sites:
    return lambda repo: [site for site in repo.sites if fits(site)]


def _under(*keys: str) -> Sites:
    return _sites(lambda site: site.key in keys)


def _like(pattern: str) -> Sites:
    return _sites(lambda site: re.fullmatch(pattern, site.written))


def _is_text(site: Site) -> bool:
    """Return whether a value is a plain text: not a code, a reference or an address."""
    other = ("url", "sha256", "members", "currency", "iso2", "iso3", "language")
    plain = site.quoted and len(site.text) > 2 and site.key not in other
    return plain and site.ref is None and not site.coded


def _has_digit(site: Site) -> bool:
    listed = site.part == "list" or site.key in ("url", "sha256", "inferred", "silent")
    return not listed and re.search("[0-9]", site.text) is not None


_CODES, _REFERENCES = _sites(lambda site: site.coded), _sites(lambda site: site.ref)
_DATES = _like("[0-9]{4}-[0-9]{2}-[0-9]{2}")

VALUES: dict[str, tuple[Sites, Change]] = {
    "letter_dropped": (_sites(_is_text), dropped),
    "words_swapped": (_sites(lambda site: _is_text(site) and " " in site.text), words_swapped),
    "name_of_another_state": (_sites(lambda site: _is_text(site) and _states(site)), another_state),
    "digit_changed": (_sites(_has_digit), digit),
    "number_off_by_one": (_like("[0-9]+"), off_by_one),
    "date_off_by_a_day": (_DATES, off_by_a_day),
    "date_off_by_a_month_or_year": (_DATES, off_by_a_month_or_year),
    "amount_in_another_unit": (_under("amount"), in_another_unit),
    "another_currency": (_under("currency"), in_another_currency),
    "another_code": (_CODES, another),
    "misspelt_code": (_CODES, misspelt),
    "another_row": (_REFERENCES, another),
    "misspelt_row": (_REFERENCES, misspelt),
    "another_address": (_under("url"), dropped),
    "another_locator": (_under("at"), another_paragraph),
    "quotation_changed": (_under("start", "end"), shorter_quotation),
    "digest_changed": (_under("sha256"), character("0123456789abcdef")),
    "mark_changed": (_under("inferred", "silent"), another_mark),
    "key_misspelt": (Repository.keys, dropped),
    "header_of_another_row": (Repository.claimed_rows, another),
    "header_misspelt": (Repository.rows, misspelt),
}
"""Operators on values and names: where they apply, and how they change one."""

WRONG = {
    "misspelt_code": "no such code",
    "misspelt_row": "no such row",
    "key_misspelt": "no such key",
}
"""Why the repository contradicts a value that is not one of the known ones."""


def _in_a_value(
    repo: Repository, random: Random, where: Sites, change: Change, wrong: str | None
) -> Mutant | None:
    site = random.choice(where(repo))
    text = change(site, random)
    unknown = None if text in site.known else wrong
    return _set(repo, site, f'"{text}"' if site.quoted else text, unknown)


def _set(repo: Repository, site: Site, value: str, contradicts: str | None = None) -> Mutant | None:
    """Give a site another value; look for a second document that contradicts the change."""
    if value == site.written:
        return None
    lines = list(repo.lines[site.path])
    lines[site.number] = lines[site.number].replace(site.written, value, 1)
    return Mutant(
        site.path,
        "".join(lines).encode(),
        f"{site.place}: {f'{site.key} = ' if site.key else ''}{_becomes(site.written, value)}",
        contradicts or repo.second(site),
        repo.sort(site) if site.key else "",
    )


def _becomes(before: str, after: str) -> str:
    """Show where two values differ.

    Examples
    --------
    >>> _becomes('"The first conference of all"', '"The fist conference of all"')
    '"The first conference of all" becomes "The fist conference of all"'
    """
    if len(before) <= 60 and len(after) <= 60:
        return f"{before} becomes {after}"
    pairs = enumerate(zip(before, after, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    begin = max(0, at - 20)
    return f"… {before[begin : at + 30]} … becomes … {after[begin : at + 30]} …"


def wrong_type(repo: Repository, random: Random) -> Mutant | None:
    """Put quotation marks around a number or a date, or remove them from a text."""
    site = random.choice([site for site in repo.sites if site.written[0] not in "[{"])
    bare = site.text if re.fullmatch("[0-9-]+", site.text) else "0"
    return _set(repo, site, bare if site.quoted else f'"{site.text}"', "the type is wrong")


def values_swapped(repo: Repository, random: Random) -> Mutant | None:
    """Swap two lines of a file that have the same key."""
    site = random.choice(repo.sites)
    alike = [each for each in repo.sites if (each.path, each.key) == (site.path, site.key)]
    others = [each for each in alike if each.written != site.written]
    if not others:
        return None
    other = random.choice(others)
    lines = list(repo.lines[site.path])
    lines[site.number], lines[other.number] = lines[other.number], lines[site.number]
    return Mutant(
        site.path,
        "".join(lines).encode(),
        f"{site.path}: {site.key} swapped between lines {site.number + 1} and {other.number + 1}",
        repo.second(site) or repo.second(other),
        repo.sort(site),
    )


def silence_on_a_stated_cell(repo: Repository, random: Random) -> Mutant | None:
    """Say that a document is silent on a cell that it states."""
    site = random.choice([site for site in repo.sites if site.part == "claim"])
    lines = [line for line in repo.lines[site.path] if not line.startswith("silent = ")]
    cell = f"{site.table}.{site.row}.{site.key}"
    content = "".join([f'silent = ["{cell}"]\n', *lines]).encode()
    return Mutant(site.path, content, f"{site.path}: silent on {cell}", "the document states it")


# --- lines and blocks of the raw files ------------------------------------------------------

Edit = Callable[[list[T], Random], list[T]]
"""Returns changed lines or rows for some that follow each other."""


def deleted(part: list[T], random: Random) -> list[T]:
    """Delete them."""
    return []


def doubled(part: list[T], random: Random) -> list[T]:
    """Repeat them."""
    return part * 2


LINES: dict[str, tuple[Callable[[Repository], list[Stretch]], Edit[str], str | None]] = {
    "line_deleted": (Repository.keyed, deleted, None),
    "line_doubled": (Repository.keyed, doubled, "a key appears twice"),
    # The lines below it then belong to the header before.
    "header_deleted": (Repository.headers, deleted, None),
    "block_deleted": (Repository.blocks, deleted, None),
    "block_doubled": (Repository.blocks, doubled, "it is said twice"),
}
"""Operators on lines: where they apply, the change, and why the repository contradicts it."""


def _in_lines(
    repo: Repository,
    random: Random,
    where: Callable[[Repository], list[Stretch]],
    edit: Edit[str],
    wrong: str | None,
) -> Mutant | None:
    path, begin, end, name, kind = random.choice(where(repo))
    lines = list(repo.lines[path])
    lines[begin:end] = edit(lines[begin:end], random)
    what = f"{path}:{begin + 1}: {name} {edit.__name__}"
    return Mutant(path, "".join(lines).encode(), what, wrong, kind)


RAW_SLIPS: dict[str, Operator] = {
    **{
        name: partial(_in_a_value, where=where, change=change, wrong=WRONG.get(name))
        for name, (where, change) in VALUES.items()
    },
    "wrong_type": wrong_type,
    "values_swapped": values_swapped,
    "silence_on_a_stated_cell": silence_on_a_stated_cell,
    **{
        name: partial(_in_lines, where=where, edit=edit, wrong=wrong)
        for name, (where, edit, wrong) in LINES.items()
    },
}


# --- cells and rows of the release ----------------------------------------------------------


def to_csv(rows: Sequence[Sequence[str]], **dialect: Any) -> bytes:
    """Return rows as CSV."""
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n", **dialect).writerows(rows)
    return sink.getvalue().encode()


def _with_rows(table: str, rows: list[list[str]], what: str, kind: str) -> Mutant:
    path = f"{PROCESSED}/{table}.csv"
    return Mutant(path, to_csv(rows), f"{path}: {what}", kind=kind, table=table)


def _with_cell(repo: Repository, table: str, number: int, index: int, text: str) -> Mutant | None:
    rows = list(repo.cells[table])
    key, before, column = rows[number][0], rows[number][index], rows[0][index]
    if before == text:
        return None
    rows[number] = [*rows[number][:index], text, *rows[number][index + 1 :]]
    what = f"{key}.{column} {before[:50]!r} becomes {text[:50]!r}"
    return _with_rows(table, rows, what, f"{table}.{column}")


def emptied(spot: Spot, random: Random) -> str:
    """Empty the cell."""
    return ""


def blank_added(spot: Spot, random: Random) -> str:
    """Put a blank, a tab or a line end at the end."""
    return spot.text + random.choice(" \t\n\u00a0")


def _typed(name: str, fits: Callable[[str], object] = bool) -> Callable[[Spot], object]:
    return lambda cell: cell.column and cell.column.type == name and fits(cell.text)


CELLS: dict[str, tuple[Callable[[Spot], object], Change]] = {
    "cell_letter_dropped": (_typed("string", lambda text: any(map(str.isalpha, text))), dropped),
    "cell_digit_changed": (lambda cell: re.search("[0-9]", cell.text), digit),
    "cell_number_off_by_one": (_typed("integer"), off_by_one),
    "cell_date_off_by_a_day": (_typed("date"), off_by_a_day),
    "cell_another_code": (lambda cell: cell.coded, another),
    "cell_another_reference": (lambda cell: cell.ref, another),
    "cell_emptied": (lambda cell: True, emptied),
    "blank_added": (lambda cell: True, blank_added),
}
"""Operators on cells that are not empty: where they apply, and how they change one."""


def _in_a_cell(
    repo: Repository, random: Random, fits: Callable[[Spot], object], change: Change
) -> Mutant | None:
    table = repo.table(random)
    number = random.randrange(1, len(repo.cells[table]))
    cells = repo.row(table, number)
    fields = [index for index, cell in enumerate(cells) if cell.text and fits(cell)]
    if not fields:
        return None
    index = random.choice(fields)
    return _with_cell(repo, table, number, index, change(cells[index], random))


def cell_filled(repo: Repository, random: Random) -> Mutant | None:
    """Fill an empty cell with the value of another row."""
    table = repo.table(random)
    _, *rows = repo.cells[table]
    filled = [list(filter(None, column)) for column in zip(*rows, strict=True)]
    empty = [
        (number, index)
        for number, row in enumerate(rows, 1)
        for index, text in enumerate(row)
        if not text and filled[index]
    ]
    if not empty:
        return None
    number, index = random.choice(empty)
    return _with_cell(repo, table, number, index, random.choice(filled[index]))


def cells_swapped(repo: Repository, random: Random) -> Mutant | None:
    """Swap the values of a column between two rows."""
    table = repo.table(random)
    rows = [list(row) for row in repo.cells[table]]
    index = random.randrange(1, len(rows[0]))
    one, other = random.sample(rows[1:], 2)
    if one[index] == other[index]:
        return None
    one[index], other[index] = other[index], one[index]
    what = f"{rows[0][index]} swapped between {one[0]} and {other[0]}"
    return _with_rows(table, rows, what, f"{table}.{rows[0][index]}")


def copied(part: list[list[str]], random: Random) -> list[list[str]]:
    """Repeat a row under a new id."""
    ((key, *cells),) = part
    return [[misspelt(Spot(key="id", text=key), random), *cells], *part]


def turned(part: list[T], random: Random) -> list[T]:
    """Reverse their order."""
    return part[::-1]


ROWS: dict[str, tuple[int, Edit[list[str]], str]] = {
    "row_deleted": (1, deleted, "row"),
    "row_doubled": (1, doubled, "row"),
    "row_copied_under_a_new_id": (1, copied, "row"),
    "rows_in_another_order": (2, turned, "order"),
}
"""Operators on rows: how many neighbouring rows, the change, and what it changes."""


def _in_rows(
    repo: Repository, random: Random, size: int, edit: Edit[list[str]], kind: str
) -> Mutant | None:
    table = repo.table(random)
    rows = list(repo.cells[table])
    at = random.randrange(1, len(rows) - size + 1)
    before, after = rows[at : at + size], edit(rows[at : at + size], random)
    rows[at : at + size] = after
    what = " becomes ".join(", ".join(row[0] for row in part) for part in (before, after))
    return _with_rows(table, rows, what, f"{kind} of {table}")


RELEASE_SLIPS: dict[str, Operator] = {
    **{
        name: partial(_in_a_cell, fits=fits, change=change)
        for name, (fits, change) in CELLS.items()
    },
    "cell_filled": cell_filled,
    "cells_swapped": cells_swapped,
    **{
        name: partial(_in_rows, size=size, edit=edit, kind=kind)
        for name, (size, edit, kind) in ROWS.items()
    },
}
