"""The data dictionary: every table and vocabulary in Markdown.

Not here: the descriptions themselves (tables.py, vocabularies.py).
"""

from collections.abc import Iterable, Iterator

from amcc_dataset.model.columns import Column, columns, support
from amcc_dataset.model.tables import TABLES, Row
from amcc_dataset.model.vocabularies import VOCABULARIES


def dictionary() -> str:
    """Return the data dictionary of all tables and vocabularies in Markdown."""
    return "\n".join(_dictionary_lines())


def _dictionary_lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "An empty cell means that nothing is established, never zero and never no. The column"
    yield "*support* says what supports a cell: with *claim*, every value has a claim of its own"
    yield "in [provenance](#provenance); with *row*, the row has at least one; *derived* is computed"
    yield "from other cells; without an entry it is a key or a note on the collection itself."
    for row_class in TABLES.values():
        yield from _table(row_class)
    for name, vocabulary in VOCABULARIES.items():
        yield from ("", f"## Vocabulary {name}", "", vocabulary.DESCRIPTION, "")
        yield from _markdown_table(
            ("code", "label", "definition"),
            ((f"`{code.value}`", code.label, code.definition) for code in vocabulary),
        )
    yield ""


def _table(row_class: type[Row]) -> Iterator[str]:
    table = row_class.TABLE
    yield from ("", f"## {table.name}", "", f"**{table.title}.** {table.description}", "")
    yield f"Keys: {_names((('id',), *table.unique))}."
    if table.unique_if_filled:
        yield f"Keys of the rows in which they are filled: {_names(table.unique_if_filled)}."
    for group in table.exactly_one:
        yield f"Exactly one is filled of {', '.join(f'`{name}`' for name in group)}."
    yield ""
    yield from _markdown_table(
        ("column", "type", "may be empty", "support", "points to", "description"),
        (
            (
                f"`{column.name}`",
                _type_in_words(column),
                "yes" if column.nullable else "",
                support(column).replace("none", ""),
                f"[{column.ref}](#{column.ref})" if column.ref else "",
                column.description,
            )
            for column in columns(row_class)
        ),
    )


def _names(keys: Iterable[tuple[str, ...]]) -> str:
    return "; ".join(" + ".join(f"`{name}`" for name in key) for key in keys)


def _type_in_words(column: Column) -> str:
    if column.vocabulary is not None:
        name = next(name for name in VOCABULARIES if VOCABULARIES[name] is column.vocabulary)
        return f"[{name}](#vocabulary-{name})"
    if column.type == "integer":
        return f"integer, {column.minimum} to {column.maximum}"
    if column.max_length is not None:
        return f"{column.type}, at most {column.max_length} characters"
    return column.type


def _markdown_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
