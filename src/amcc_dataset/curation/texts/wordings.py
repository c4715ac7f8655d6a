"""Check that stated values are in the words of their passage, and our wordings add nothing.

Not here: the written forms of a value (forms.py), and what is left out (omissions.py).
"""

from collections import Counter
from collections.abc import Iterator

from amcc_dataset.curation.documents import Documents
from amcc_dataset.curation.statements import COLUMNS, Passage, Statement
from amcc_dataset.curation.texts import forms
from amcc_dataset.curation.texts.forms import Names
from amcc_dataset.curation.texts.text import Difference, Text
from amcc_dataset.model import passages
from amcc_dataset.model.tables import Policy
from amcc_dataset.model.vocabularies import Basis


def compare_values(
    part: Documents, text: Text, names: Names, tally: Counter[str]
) -> Iterator[Difference]:
    """Yield the stated values and verbs, and our numbers and names, that are not in the text."""
    printed = [text.header.get(name, "") for name in ("title", "publisher", "published")]
    whole = f"{passages.normalise(' '.join(printed))} {text.words}"
    title = passages.normalise(printed[0])
    words_of: dict[Passage | None, str] = {
        passage: f"{title}\n{text.passage(passage) or ''}"
        for passage in {statement.passage for statement in part.statements}
        if passage is not None
    }
    for statement in part.statements:
        rule, lacking = "values_are_in_the_text", None
        if statement.basis is Basis.STATED:
            words = whole if _is_name(statement) else words_of[statement.passage]
            lacking = None if forms.is_in(statement, words, names) else str(statement.value)
            tally["values"] += lacking is None
        elif statement.basis is Basis.CODED and forms.is_verb(statement):
            found = forms.is_in(statement, words_of[statement.passage], names)
            rule, lacking = (
                "verbs_are_in_the_text",
                None if found else f"the verb {statement.value}",
            )
            tally["verbs"] += found
        elif statement.basis is Basis.CODED and _is_wording(statement):
            rule = "wordings_bring_nothing_new"
            lacking = next(forms.additions(str(statement.value), whole, names), None)
            tally["wordings"] += lacking is None
        if lacking is not None:
            what = f"has {lacking!r}, which is not in"
            yield Difference(rule, ".".join(statement.cell), statement.place, what)


def _is_name(statement: Statement) -> bool:
    """Return whether a statement is on a name, which a document may give only once."""
    return (
        COLUMNS[statement.table][statement.field].ref is not None
        or statement.table == "initiatives"
    )


def _is_wording(statement: Statement) -> bool:
    column = COLUMNS[statement.table][statement.field]
    return column.policy is Policy.ROW and column.vocabulary is None
