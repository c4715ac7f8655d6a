"""Which columns and cells of a user's own rows do not fit the schema of their table.

A column is checked as a whole: first its types, then each distinct value, so that a million
rows take seconds. Not here: reading the rows (given.py), and rules on more than one cell (the
other modules).
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from amcc_dataset.model.cells import from_text
from amcc_dataset.model.columns import TYPES, Column, columns_of
from amcc_dataset.model.remedies import instead
from amcc_dataset.model.suggest import near, one_of
from amcc_dataset.model.vocabularies import NAMES
from amcc_dataset.rules.foreign import HalfText
from amcc_dataset.rules.given import Columns, Given

Words = Callable[[Any], tuple[str, str]]
"""Returns what is wrong with a value, and the remedy."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with cells of one column; `whole` if it is one fault of the whole column."""

    rule: str
    column: str | None
    positions: Sequence[int]
    words: Words
    whole: bool = False


@dataclass(slots=True)
class Fit:
    """The columns of a table as values of their types, and what does not fit."""

    columns: Columns
    faults: list[Fault] = field(default_factory=list)


def fit(table: str, given: Given, followed: Collection[str] = ()) -> Fit:
    """Compare rows with the schema of a table.

    Parameters
    ----------
    table
        The table.
    given
        The rows.
    followed
        The tables in which references are looked up: the form of such references is not checked.
    """
    known, cells = columns_of(table), typed(table, given)
    found = Fit({name: cells[name] for name in known if name in cells})
    if not known.keys() & given.columns.keys():
        return Fit({}, [Fault("columns", None, (), _no_column(table, given), True)])
    missing = known.keys() - cells.keys()
    for name in given.columns:
        if name not in known:
            what = f"{table} has no column {name[:60]!r}"
            meant = next((other for other in near(name[:60], known) if other in missing), None)
            missing.discard(meant or "")
            remedy = f"rename it to {meant}"
            if meant is None:
                remedy = f"remove or rename it; {one_of(name[:60], known)}"
            # Each row lacks the column that was meant.
            at = range(given.size if meant else 0)
            found.faults.append(Fault("columns", name, at, _always(what, remedy), True))
    for name, column in known.items():
        if name in cells:
            found.faults += _faults(column, cells[name], column.ref in followed)
        elif name in missing:
            empty = "; its cells may be empty" if column.nullable else " with a value in each row"
            remedy = f"add it{empty} {_meaning(column)}"
            words = _always(f"the column {name} is missing", remedy)
            found.faults.append(Fault("columns", name, range(given.size), words, True))
    return found


def _no_column(table: str, given: Given) -> Words:
    """Return the words for rows that have no column of the table."""
    known = ", ".join(columns_of(table))
    names = ", ".join(repr(name[:40]) for name in list(given.columns)[:8])
    if not given.columns:
        return _always("there are no columns", f"add the columns {known}")
    if given.path is None:
        return _always(f"no column of {table} is there, only {names}", f"add the columns {known}")
    what = f"the first line names no column of {table}: {names}"
    return _always(what, f"add a first line with the names, or rename these: {known}")


def _meaning(column: Column) -> str:
    return f"({column.description.rstrip('.')})"


def _always(what: str, remedy: str) -> Words:
    return lambda _: (what, remedy)


def typed(table: str, given: Given) -> Columns:
    """Return the columns, with texts that mean a date, or in a file a number, as such."""
    made = dict(given.columns)
    for name, column in columns_of(table).items():
        written = column.type == "date" or (column.type == "integer" and given.path is not None)
        if name in made and written:
            meant = {cell: _meant(column, cell) for cell in set(made[name]) if type(cell) is str}
            made[name] = [meant[cell] if type(cell) is str else cell for cell in made[name]]
    return made


def _meant(column: Column, text: str) -> object:
    try:
        return from_text(column.type, text)
    except ValueError:
        return text


def _faults(column: Column, values: Sequence[Any], is_followed: bool) -> Iterator[Fault]:
    wanted = TYPES[column.type].python
    types = set(map(type, values))
    wrong = types - {wanted, type(None)}
    if wrong:
        at = [position for position, value in enumerate(values) if type(value) in wrong]
        whole = len(at) > 1 and wanted not in types
        yield Fault("types", column.name, at, lambda value: _type(column, value), whole)
    if type(None) in types and not column.nullable:
        at = [position for position, value in enumerate(values) if value is None]
        what = f"{column.name} is null, but must have a value"
        words = _always(what, f"add a value {_meaning(column)}")
        yield Fault("required", column.name, at, words, len(at) == len(values) > 1)
    distinct = {cell for cell in values if type(cell) is wanted} if wrong else {*values} - {None}
    for test in _tests(column) if distinct and not is_followed else ():
        if not test.holds(distinct):
            bad = set(filter(test.fails, distinct))
            at = [n for n, cell in enumerate(values) if type(cell) is wanted and cell in bad]
            yield Fault(test.rule, column.name, at, test.words)
            distinct -= bad


def _type(column: Column, value: object) -> tuple[str, str]:
    shown = repr(value)[:60]
    match column.type, value:
        case "date", dt.datetime():
            return f"{value} has a time of day or a time zone", "write only the date"
        case "date", _:
            return f"{shown} is not a date", "write a date like 2019-10-02"
        case "integer", str() if re.fullmatch("-?[0-9]{1,18}[.]0+", value):
            remedy = f"write {value.partition('.')[0]}, without a decimal point"
            return f"{shown} is not written as a whole number", remedy
        case "integer", _:
            what = f"{shown} is not a whole number"
            return what, "write a whole number, not a text or a fraction"
        case _, HalfText():
            return f"{shown} is not valid Unicode", "write it again: it has half of a character"
        case _, bytes():
            return f"{shown} is bytes, not a text", "decode them; text in Arrow has to be UTF-8"
    return f"{shown} is not a text", "write a text"


class _Test(NamedTuple):
    """A test of values of the right type: of all together, and of each one."""

    rule: str
    holds: Callable[[Collection[Any]], bool]
    fails: Callable[[Any], bool]
    words: Words


def _tests(column: Column) -> Iterator[_Test]:
    def words(value: Any) -> tuple[str, str]:
        if column.type == "integer" and isinstance(value, str):  # As it is in a file.
            value = _meant(column, value)
        shown = repr(value[:60]) if isinstance(value, str) else value
        return f"{column.name} is {shown}", instead(column, value)

    if column.vocabulary is not None:
        codes = frozenset(code.value for code in column.vocabulary)
        name = NAMES[column.vocabulary]
        yield _Test(
            "codes",
            codes.issuperset,
            lambda value: value not in codes,
            lambda value: (f"{value[:60]!r} is not a code of {name}", one_of(value[:60], codes)),
        )
    if (least := column.minimum) is not None and (most := column.maximum) is not None:
        yield _Test(
            "values",
            lambda values: least <= min(values) and max(values) <= most,
            lambda value: not least <= value <= most,
            words,
        )
    if (longest := column.max_length) is not None:
        yield _Test(
            "values",
            lambda values: max(map(len, values)) <= longest,
            lambda value: len(value) > longest,
            words,
        )
    if column.pattern is not None:
        matches = re.compile(column.pattern).fullmatch
        yield _Test(
            "values",
            lambda values: all(map(matches, values)),
            lambda value: matches(value) is None,
            words,
        )
