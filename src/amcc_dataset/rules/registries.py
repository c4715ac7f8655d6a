"""The rules on actors and on the table of codes."""

import re
from collections.abc import Iterable
from itertools import pairwise

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.vocabularies import ActorKind
from amcc_dataset.rules.rule import Breaches, row_rule, rule


@row_rule
def only_states_have_iso_codes(data: Dataset) -> Breaches:
    """An actor with an ISO 3166 code is a state."""
    for row in data["actors"]:
        if row["iso2"] is not None and row["kind"] != ActorKind.STATE:
            what = f"iso2 is {row['iso2']}, but kind is {row['kind']}"
            yield "actors", row["id"], "iso2", what, "delete the codes, or correct kind"


@row_rule
def iso_codes_belong_to_one_state_each(data: Dataset) -> Breaches:
    """No two actors share an ISO 3166 code."""
    for field in ("iso2", "iso3"):
        first: dict[str, str] = {}
        for row in data["actors"]:
            if row[field] is not None and first.setdefault(row[field], row["id"]) != row["id"]:
                what = f"{field} {row[field]} is also the code of {first[row[field]]}"
                yield "actors", row["id"], field, what, "merge or correct the actors"


@row_rule
def only_states_are_members(data: Dataset) -> Breaches:
    """An actor with dates of membership of ASEAN is a state."""
    for row in data["actors"]:
        for field in ("asean_member_from", "asean_member_attested", "asean_member_to"):
            if row[field] is not None and row["kind"] != ActorKind.STATE:
                what = f"{field} is {row[field]}, but kind is {row['kind']}"
                yield "actors", row["id"], field, what, "delete it, or correct kind"


@row_rule
def memberships_begin_before_they_end(data: Dataset) -> Breaches:
    """A state joins ASEAN, is documented as a member, and leaves, in this order."""
    for row in data["actors"]:
        fields = ("asean_member_from", "asean_member_attested", "asean_member_to")
        known = [field for field in fields if row[field] is not None]
        for earlier, later in pairwise(known):
            if row[later] < row[earlier]:
                what = f"{later} is {row[later]}, but {earlier} is {row[earlier]}"
                yield "actors", row["id"], later, what, "correct one of the two"


@rule
def bodies_of_a_government_belong_to_a_state(data: Dataset) -> Breaches:
    """A government body belongs to a state, and a state belongs to nothing."""
    for row in data["actors"]:
        above = {data.by_id("actors")[above]["kind"] for above in data.upwards(row["id"])[1:]}
        if row["kind"] == ActorKind.GOVERNMENT_BODY and ActorKind.STATE not in above:
            what = "kind is government_body, but no state is above it"
            yield "actors", row["id"], "parent_id", what, "write its state, or the body above it"
        if row["kind"] == ActorKind.STATE and row["parent_id"] is not None:
            what = f"kind is state, but parent_id is {row['parent_id']}"
            yield "actors", row["id"], "parent_id", what, "delete parent_id, or correct kind"


MISREAD = re.compile(
    "na|n/a|none|null|nan|true|false|yes|no|t|f|on|off"
    "|jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?"
    "|oct(ober)?|nov(ember)?|dec(ember)?"
    "|(mon|tues?|wed(nes)?|thu(r|rs)?|fri|sat(ur)?|sun)(day)?",
    re.IGNORECASE,
)
"""Words that spreadsheets, YAML, R or pandas read as missing, true, false or a date."""


@row_rule
def no_code_is_read_as_something_else(data: Dataset) -> Breaches:
    """No code or label is a word that programs read as missing, true, false or a date."""
    for row in data["codes"]:
        for field in ("code", "label"):
            if MISREAD.fullmatch(row[field]):
                what = f"{field} is {row[field]!r}, which programs read as something else"
                yield "codes", row["id"], field, what, "choose another word"


def _codes() -> Iterable[tuple[str, str, str, int, str, str]]:
    for name, vocabulary in vocabularies.VOCABULARIES.items():
        for ordinal, code in enumerate(vocabulary, 1):
            row_id = f"{name}-{code}".replace("_", "-")
            yield row_id, name, code.value, ordinal, code.label, code.definition


@rule
def codes_are_the_vocabularies(data: Dataset) -> Breaches:
    """The table of codes holds every code of every vocabulary, in its order, and no other."""
    fields = ("id", "vocabulary", "code", "ordinal", "label", "definition")
    listed = {tuple([row[field] for field in fields]) for row in data["codes"]}
    expected = set(_codes())
    remedy = "build the tables again, or copy the row from the release"
    for row_id, *_ in sorted(listed - expected):
        yield "codes", row_id, "code", "the row differs from the vocabularies", remedy
    for row_id, *_ in sorted(expected - listed):
        yield "codes", row_id, "code", "the row of this code is missing or changed", remedy
