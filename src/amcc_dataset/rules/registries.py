"""The rules on actors and on the table of codes."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from amcc_dataset.model import vocabularies
from amcc_dataset.model.findings import Problem
from amcc_dataset.model.vocabularies import ActorKind
from amcc_dataset.rules.rule import Tables, by_id, problem, rule, upwards


@rule
def only_states_have_iso_codes(tables: Tables) -> Iterator[Problem]:
    """An actor with an ISO 3166 code is a state."""
    for row in tables["actors"]:
        if row["iso2"] is not None and row["kind"] != ActorKind.STATE:
            what = f"{row['iso2']} on an actor of the kind {row['kind']}"
            yield problem("actors", row["id"], "iso2", what, "delete the codes, or correct kind")


@rule
def iso_codes_belong_to_one_state_each(tables: Tables) -> Iterator[Problem]:
    """No two actors share an ISO 3166 code."""
    for field in ("iso2", "iso3"):
        first: dict[str, str] = {}
        for row in tables["actors"]:
            if row[field] is not None and first.setdefault(row[field], row["id"]) != row["id"]:
                what = f"{row[field]} is the code of {first[row[field]]} as well"
                yield problem("actors", row["id"], field, what, "merge or correct the actors")


@rule
def only_states_are_members(tables: Tables) -> Iterator[Problem]:
    """An actor with dates of membership of ASEAN is a state."""
    for row in tables["actors"]:
        for field in ("asean_member_from", "asean_member_attested", "asean_member_to"):
            if row[field] is not None and row["kind"] != ActorKind.STATE:
                what = f"{row[field]} on an actor of the kind {row['kind']}"
                yield problem("actors", row["id"], field, what, "delete it, or correct kind")


@rule
def memberships_begin_before_they_end(tables: Tables) -> Iterator[Problem]:
    """A state accedes, is attested as a member, and leaves, in this order."""
    for row in tables["actors"]:
        fields = ("asean_member_from", "asean_member_attested", "asean_member_to")
        known = [field for field in fields if row[field] is not None]
        for earlier, later in pairwise(known):
            if row[later] < row[earlier]:
                what = f"is {row[later]}, {earlier} is {row[earlier]}"
                yield problem("actors", row["id"], later, what, "correct one of the two")


@rule
def bodies_of_a_government_belong_to_a_state(tables: Tables) -> Iterator[Problem]:
    """A government body has a state above it, and a state has nothing above it."""
    actors = by_id(tables["actors"])
    for row in tables["actors"]:
        above = {actors[actor_id]["kind"] for actor_id in upwards(actors, row["id"])[1:]}
        if row["kind"] == ActorKind.GOVERNMENT_BODY and ActorKind.STATE not in above:
            what = "a government body without a state above it"
            yield problem("actors", row["id"], "parent_id", what, "name the state it belongs to")
        if row["kind"] == ActorKind.STATE and row["parent_id"] is not None:
            what = f"a state that belongs to {row['parent_id']}"
            yield problem(
                "actors", row["id"], "parent_id", what, "delete parent_id, or correct kind"
            )


MISREAD = re.compile(
    "na|n/a|none|null|nan|true|false|yes|no|t|f|on|off"
    "|jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?"
    "|oct(ober)?|nov(ember)?|dec(ember)?"
    "|(mon|tues?|wed(nes)?|thu(r|rs)?|fri|sat(ur)?|sun)(day)?",
    re.IGNORECASE,
)
"""What spreadsheets, YAML, R or pandas take for a gap, a truth value or a date."""


@rule
def no_code_is_read_as_something_else(tables: Tables) -> Iterator[Problem]:
    """No code and no label is a word that programs take for a gap, a truth value or a date."""
    for row in tables["codes"]:
        for field in ("code", "label"):
            if MISREAD.fullmatch(row[field]):
                what = f"{field} is {row[field]!r}, which programs take for something else"
                yield problem("codes", row["id"], field, what, "choose another word")


def _codes() -> Iterable[tuple[str, str, str, int, str, str]]:
    for name, vocabulary in vocabularies.VOCABULARIES.items():
        for ordinal, code in enumerate(vocabulary, 1):
            row_id = f"{name}-{code}".replace("_", "-")
            yield row_id, name, code.value, ordinal, code.label, code.definition


@rule
def codes_are_the_vocabularies(tables: Tables) -> Iterator[Problem]:
    """The table of codes holds every code of every vocabulary, in its order, and no other."""
    fields = ("id", "vocabulary", "code", "ordinal", "label", "definition")
    listed = {tuple([row[field] for field in fields]) for row in tables["codes"]}
    expected = set(_codes())
    remedy = "build the tables again"
    for row_id, *_ in sorted(listed - expected):
        yield problem("codes", row_id, "code", "is not in the vocabularies like this", remedy)
    for row_id, *_ in sorted(expected - listed):
        yield problem("codes", row_id, "code", "is missing or altered", remedy)
