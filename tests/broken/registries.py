"""Mutants of the rules on registries and codes."""

import calendar
import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.rules import registries
from broken.corruption import (
    ABSENT,
    DAY,
    Corruption,
    add,
    change,
    mutant,
    remove,
)


@mutant(registries.only_states_have_iso_codes)
def a_code_on_what_is_not_a_state(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["actors"]:
        if row["iso2"] is None:
            yield change("actors", row, iso2="XX", iso3="XXX")
        else:
            yield change("actors", row, kind=vocabularies.ActorKind.INTERNATIONAL_ORGANISATION)


@mutant(registries.iso_codes_belong_to_one_state_each)
def a_code_of_two_states(tables: Dataset) -> Iterator[Corruption]:
    states = [row for row in tables["actors"] if row["iso2"] is not None]
    for row, other in pairwise(states):
        yield change("actors", row, iso2=other["iso2"])
        yield change("actors", row, iso3=other["iso3"])


@mutant(registries.only_states_are_members)
def a_membership_of_what_is_not_a_state(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["actors"]:
        if row["kind"] != vocabularies.ActorKind.STATE:
            for field in ("asean_member_from", "asean_member_attested", "asean_member_to"):
                yield change("actors", row, **{field: dt.date(2020, 1, 1)})


@mutant(registries.memberships_begin_before_they_end)
def a_membership_that_ended_before_it_began(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["actors"]:
        began = row["asean_member_from"] or row["asean_member_attested"]
        if began is not None:
            yield change("actors", row, asean_member_to=began - DAY)
        if row["asean_member_attested"] is not None:
            yield change("actors", row, asean_member_from=row["asean_member_attested"] + DAY)


@mutant(registries.bodies_of_a_government_belong_to_a_state)
def a_body_without_its_state(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["actors"]:
        if row["kind"] == vocabularies.ActorKind.GOVERNMENT_BODY:
            yield change("actors", row, parent_id=None)
            yield change("actors", row, parent_id="asean")
        if row["kind"] == vocabularies.ActorKind.STATE:
            yield change("actors", row, parent_id="asean")


@mutant(registries.codes_are_the_vocabularies)
def a_code_lost_altered_or_added(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["codes"]:
        yield remove("codes", row)
        yield change("codes", row, label=f"{row['label']} or so")
        yield change("codes", row, definition=f"{row['definition']} Or so.")
        yield change("codes", row, ordinal=row["ordinal"] + 100)
        yield change("codes", row, id=ABSENT)
        yield add("codes", row, id=ABSENT, code="other", ordinal=999)


MISREAD = (
    *("na", "n/a", "none", "null", "nan", "true", "false", "yes", "no", "t", "f", "on", "off"),
    *(
        name.lower()
        for names in (calendar.month_name, calendar.month_abbr)
        for name in names
        if name
    ),
    *(name.lower() for names in (calendar.day_name, calendar.day_abbr) for name in names),
)
"""Words that csvkit, DuckDB, R or a spreadsheet read as missing, true, false or a date."""


@mutant(registries.no_code_is_read_as_something_else)
def a_code_that_programs_misread(tables: Dataset) -> Iterator[Corruption]:
    for row in tables["codes"]:
        for word in filter(str.isalpha, MISREAD):
            yield change("codes", row, code=word)
            yield change("codes", row, label=word.title())
