"""Tables broken on purpose: the mutants of every rule, in a module named like that of the rule.

A mutant is a function that yields corruptions of the real tables, each so small that every
row still fits the schema. Not here: whether a rule catches its mutants (rules/test_rules.py).
"""

from broken import (
    claims,
    derived,
    docket,
    documents,
    editions,
    initiatives,
    keys,
    meetings,
    order,
    outcomes,
    participants,
    references,
    registries,
    texts,
)
from broken.corruption import MUTANTS, Corruption, Mutant, change, corrupted

__all__ = [
    "MUTANTS", "Corruption", "Mutant", "change", "claims", "corrupted", "derived", "docket", "documents",
    "editions", "initiatives", "keys", "meetings", "order", "outcomes", "participants", "references",
    "registries", "texts",
]  # fmt: skip
