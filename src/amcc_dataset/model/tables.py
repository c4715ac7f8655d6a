"""The shape of every table: one static pydantic class per table, and nothing else.

A class is a table, a field is a column, in the order of the files. In addition to its type,
a column has markers in `Annotated`: `Cell`, which says how its value must be supported by
claims, and, for a foreign key, `Ref`, the table it points to. Field descriptions are the
codebook's text. Every other form of the schema (Arrow, pandera, Table Schema, JSON Schema,
dictionary) is derived from here.

Not here: rules that need more than one row (rules/), file formats (release/).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from amcc_dataset.model import vocabularies
from amcc_dataset.model.dataset import LONGEST_ID

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# Engines escape characters above \\xff in different ways, so the pattern has them as they are.
_CONTROL = r"\x00-\x1f\x7f-\x9f" + "\u2028\u2029"
_BLANK = r"\x20\xa0" + "\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff"
TEXT = rf"^[^{_CONTROL}{_BLANK}=+\-@]([^{_CONTROL}]*[^{_CONTROL}{_BLANK}])?$"

Slug = Annotated[str, Field(pattern=SLUG, max_length=LONGEST_ID)]
"""An opaque lower-case identifier."""

Text = Annotated[str, Field(pattern=TEXT, max_length=500)]
"""One line of text: not empty, without control characters, without spaces at its ends.

It never begins with =, +, - or @, so that no spreadsheet runs a cell as a formula.
"""

Url = Annotated[str, Field(pattern=r"^https?://[!-~]+$", max_length=1000)]
"""An absolute http or https address in ASCII."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""


class Policy(StrEnum):
    """How a cell's value must be supported."""

    CLAIM = "claim"
    """Every cell that is not null has an accepted claim of its own."""
    ROW = "row"
    """The row has at least one accepted claim."""
    NONE = "none"
    """A key, a registry entry or a derived value: no claim."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The cells that a derived cell comes from, whose claims are its evidence.

    They are the `fields` of its own row. With `table`, they are the `fields` of the rows there
    that name its row in the column `by` and, with `where`, have a given value in a column.
    """

    fields: tuple[str, ...]
    table: str | None = None
    by: str = "id"
    where: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """How the cells of a column are supported, and whether the build fills them."""

    policy: Policy
    derived: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A foreign key: the table whose `id` the column holds."""

    table: str


CLAIM = Cell(Policy.CLAIM)
ROW = Cell(Policy.ROW)
NONE = Cell(Policy.NONE)
DERIVED = Cell(Policy.NONE, derived=True)


def derived_from(
    *fields: str, table: str | None = None, by: str = "id", where: tuple[str, str] | None = None
) -> Cell:
    """Mark a column as computed from other cells, which are its evidence."""
    return Cell(Policy.NONE, derived=True, origin=Origin(fields, table, by, where))


@dataclass(frozen=True, slots=True)
class Table:
    """What a table is, its keys in addition to the primary key `id`, and its order.

    In a key of `unique` null counts as a value. A key of `unique_if_filled` applies to the rows
    in which all its columns are filled. In each group of `exactly_one`, one column is filled.
    """

    name: str
    title: str
    description: str = ""
    unique: tuple[tuple[str, ...], ...] = ()
    unique_if_filled: tuple[tuple[str, ...], ...] = ()
    exactly_one: tuple[tuple[str, ...], ...] = ()
    order: tuple[str, ...] = ("id",)


class Row(BaseModel):
    """A row of any table; `TABLE` names the table."""

    # A validator is built when its class is first used: most users need one class or none.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
    TABLE: ClassVar[Table]

    def __init_subclass__(cls, **others: Any) -> None:
        """Show the description of the table as the docstring of its class."""
        super().__init_subclass__(**others)
        if "TABLE" in cls.__dict__:
            cls.__doc__ = cls.TABLE.description

    if not TYPE_CHECKING:  # A type checker reads the parameters from the columns.

        def __init__(self, /, **cells: Any) -> None:
            """Make a row; say in one line what does not fit, without the terms of pydantic."""
            try:
                super().__init__(**cells)
            except ValidationError as error:
                from amcc_dataset.model.remedies import summary

                raise ValueError(summary(type(self), error.errors())) from None

        # Without this mark, pydantic would call the method for each row that it validates.
        __init__.__pydantic_base_init__ = True

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        for group in self.TABLE.exactly_one:
            if sum(getattr(self, name) is not None for name in group) != 1:
                names = {"names": ", ".join(group)}
                raise PydanticCustomError("exactly_one", "Fill exactly one of {names}", names)
        return self


def misfits(row_class: type[Row], row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return column and message of each cell that does not fit the class of its row.

    Conditions on several columns together are left to the rules (rules/).
    """
    try:
        row_class.model_validate(row)
    except ValidationError as error:
        return [(str(fault["loc"][0]), fault["msg"]) for fault in error.errors() if fault["loc"]]
    return []


_CYBER_WEEK: dict[str, Any] = {
    "table": "meetings",
    "by": "edition_id",
    "where": ("kind", vocabularies.MeetingKind.CYBER_WEEK.value),
}


class Edition(Row):
    TABLE: ClassVar[Table] = Table(
        "editions",
        "Editions of the conference",
        unique=(("number",), ("year",)),
        description=(
            "One conference: when and where it met, who hosted and chaired it.\n\n"
            "Null means that no document in the collection establishes the value, never that\n"
            "there was none."
        ),
    )

    id: Annotated[Slug, NONE, Field(description="Key of the edition, for example amcc-04.")]
    number: Annotated[
        int,
        Field(ge=1, le=999, description="Ordinal of the edition: 1 is the conference of 2016."),
        CLAIM,
    ]
    year: Annotated[
        int, Field(ge=2016, le=2999, description="Calendar year in which it met."), CLAIM
    ]
    date_start: Annotated[
        dt.date,
        CLAIM,
        Field(description="First day of the conference itself, not of the cyber week around it."),
    ]
    date_end: Annotated[dt.date, CLAIM, Field(description="Last day of the conference itself.")]
    city: Annotated[
        Text | None, CLAIM, Field(description="City in which it met, or from which it was hosted.")
    ]
    venue: Annotated[
        Text | None,
        CLAIM,
        Field(description="Building or hotel; null if only the venue of the cyber week is known."),
    ]
    format: Annotated[
        vocabularies.Format | None, CLAIM, Field(description="How the delegations met.")
    ]
    host_name: Annotated[
        Text, derived_from("host_id"), Field(description="Name of the host, repeated from actors.")
    ]
    chair_name: Annotated[
        Text | None,
        derived_from("chair_id"),
        Field(description="Name of the chair, repeated from people."),
    ]
    umbrella_event: Annotated[
        Text | None,
        derived_from("name", "edition_id", **_CYBER_WEEK),
        Field(description="Cyber week of which the conference was part, repeated from meetings."),
    ]
    theme: Annotated[
        Text | None,
        CLAIM,
        Field(description="Theme of the conference itself, not of the cyber week or of a session."),
    ]
    roster: Annotated[
        vocabularies.Roster,
        ROW,
        Field(description="How much of the attendance the documents show."),
    ]
    host_id: Annotated[
        Slug, CLAIM, Ref("actors"), Field(description="State that hosted the conference.")
    ]
    chair_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("people"),
        Field(
            description="Person who, as a document says, chaired; an opening address is not chairing."
        ),
    ]
    principal_source_id: Annotated[
        Slug | None,
        NONE,
        Ref("sources"),
        Field(description="Document nearest to an official record of the edition."),
    ]
    umbrella_theme: Annotated[
        Text | None,
        derived_from("theme", "edition_id", **_CYBER_WEEK),
        Field(description="Theme of that cyber week, repeated from meetings."),
    ]
    documents: Annotated[
        int,
        DERIVED,
        Field(
            ge=0,
            le=99999,
            description="Number of documents with an accepted claim on a row of the edition, in any table.",
        ),
    ]
    documents_whole: Annotated[
        int,
        DERIVED,
        Field(
            ge=0,
            le=99999,
            description="How many of them were read to their end; of the others only the beginning was read.",
        ),
    ]


class Participant(Row):
    TABLE: ClassVar[Table] = Table(
        "participants",
        "Who took part",
        unique=(("edition_id", "actor_id", "person_id", "role", "session"),),
        description="One participation: a delegation, or a named person, in one session of one edition.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the participation.")]
    edition_id: Annotated[
        Slug, CLAIM, Ref("editions"), Field(description="Edition in which they took part.")
    ]
    actor_id: Annotated[
        Slug,
        CLAIM,
        Ref("actors"),
        Field(description="State or organisation that took part or that the person represented."),
    ]
    person_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("people"),
        Field(description="Named official; null for a delegation."),
    ]
    role: Annotated[
        vocabularies.Role, CLAIM, Field(description="Capacity in which they took part.")
    ]
    level: Annotated[
        vocabularies.Level | None,
        CLAIM,
        Field(description="Rank of the person or delegation; null if no document gives it."),
    ]
    session: Annotated[
        vocabularies.Session,
        CLAIM,
        Field(description="Part of the conference that the document names."),
    ]
    presence: Annotated[
        vocabularies.Presence,
        CLAIM,
        Field(description="What the document says about their attendance."),
    ]
    title_stated: Annotated[
        Text | None,
        CLAIM,
        Field(description="Office as printed that year, in English or translated."),
    ]
    named_by: Annotated[
        int,
        DERIVED,
        Field(
            ge=0,
            le=99999,
            description=(
                "Documents that name the person or delegation; 0 if documents only name a group "
                "that it belongs to, such as all member states."
            ),
        ),
    ]
    level_rank: Annotated[
        int | None,
        derived_from("level"),
        Field(
            ge=1,
            le=99,
            description="Position of the level, 1 is the highest; null where the level is null.",
        ),
    ]


class Outcome(Row):
    TABLE: ClassVar[Table] = Table(
        "outcomes",
        "What was agreed, noted, announced",
        unique=(("edition_id", "ordinal"),),
        order=("edition_id", "ordinal"),
        description="One act of a conference, of its host, of a delegation or of the Secretariat.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the outcome.")]
    edition_id: Annotated[
        Slug, CLAIM, Ref("editions"), Field(description="Edition at which the act was done.")
    ]
    ordinal: Annotated[
        int,
        DERIVED,
        Field(
            ge=1,
            le=9999,
            description="Position among the edition's outcomes, in the order of the documents.",
        ),
    ]
    topic: Annotated[vocabularies.Topic, CLAIM, Field(description="Main subject.")]
    act: Annotated[
        vocabularies.Act,
        CLAIM,
        Field(description="The document's own verb, ordered by commitment."),
    ]
    scope: Annotated[vocabularies.Scope, CLAIM, Field(description="Whose act it was.")]
    made_by: Annotated[
        Slug | None,
        CLAIM,
        Ref("actors"),
        Field(
            description="State or body whose act it was; null if and only if the scope is collective."
        ),
    ]
    title: Annotated[Text, ROW, Field(max_length=120, description="Short name, in our words.")]
    summary: Annotated[Text, ROW, Field(max_length=300, description="What was done, in our words.")]
    initiative_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("initiatives"),
        Field(description="Initiative that the act concerns."),
    ]
    follows_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("outcomes"),
        Field(description="Outcome of an earlier edition that this one follows."),
    ]
    act_rank: Annotated[
        int,
        derived_from("act"),
        Field(
            ge=1,
            le=99,
            description="Position of the act, 1 is the weakest commitment.",
        ),
    ]


class Initiative(Row):
    TABLE: ClassVar[Table] = Table(
        "initiatives",
        "Initiatives",
        description="A lasting programme, body or text that the conference adopted or follows.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the initiative.")]
    name: Annotated[Text, CLAIM, Field(description="Official name.")]
    short_name: Annotated[
        Text | None, CLAIM, Field(description="Abbreviation or short form in use.")
    ]
    kind: Annotated[
        vocabularies.InitiativeKind, CLAIM, Field(description="What sort of thing it is.")
    ]
    lead_id: Annotated[
        Slug | None,
        derived_from("actor_id", "role", "initiative_id", table="parties", by="initiative_id"),
        Ref("actors"),
        Field(
            description="State or body that leads it: the one with the role lead in parties, if there is only one."
        ),
    ]
    relation: Annotated[
        vocabularies.Relation, CLAIM, Field(description="How it is tied to the conference.")
    ]
    first_edition_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("editions"),
        Field(
            description="First edition at which it was dealt with, in an outcome, a step or a speech."
        ),
    ]


class InitiativeEvent(Row):
    TABLE: ClassVar[Table] = Table(
        "initiative_events",
        "Steps of the initiatives",
        order=("initiative_id", "date", "id"),
        description="One dated step of an initiative; its status on any day follows from its events.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the event.")]
    initiative_id: Annotated[
        Slug, CLAIM, Ref("initiatives"), Field(description="Initiative whose step it is.")
    ]
    kind: Annotated[
        vocabularies.EventKind,
        CLAIM,
        Field(description="What happened, in the document's own verb."),
    ]
    date: Annotated[
        dt.date,
        CLAIM,
        Field(description="Day of the event, or first day of the period that the precision names."),
    ]
    precision: Annotated[
        vocabularies.DatePrecision, CLAIM, Field(description="How exactly the date is known.")
    ]
    edition_id: Annotated[
        Slug | None, CLAIM, Ref("editions"), Field(description="Edition at which it happened.")
    ]
    actor_id: Annotated[
        Slug | None, CLAIM, Ref("actors"), Field(description="State or body that did it.")
    ]
    amount: Annotated[
        int | None,
        Field(
            ge=1,
            le=10**12,
            description="Money pledged or set aside, in whole units of the currency.",
        ),
        CLAIM,
    ]
    currency: Annotated[
        str | None, Field(pattern=r"^[A-Z]{3}$", description="Currency, ISO 4217."), CLAIM
    ]
    summary: Annotated[Text, ROW, Field(max_length=300, description="What happened, in our words.")]
    meeting_id: Annotated[
        Slug | None, CLAIM, Ref("meetings"), Field(description="Meeting at which it happened.")
    ]
    restates_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("initiative_events"),
        Field(
            description=(
                "First pledge of the same money, if this one repeats it, also in another currency "
                "or year, or sets a part of it aside; in a sum, count only the first."
            )
        ),
    ]


class Meeting(Row):
    TABLE: ClassVar[Table] = Table(
        "meetings",
        "Meetings around the conference",
        unique_if_filled=(("body_id", "ordinal"),),
        order=("date_start", "id"),
        description="A meeting around the conference or inside it: its cyber week, a session, a council.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the meeting.")]
    name: Annotated[
        Text,
        CLAIM,
        Field(description="Name as printed; in square brackets if it is our wording."),
    ]
    kind: Annotated[
        vocabularies.MeetingKind, CLAIM, Field(description="What sort of meeting it was.")
    ]
    body_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("actors"),
        Field(description="Standing body that met, such as the ministers for digital affairs."),
    ]
    ordinal: Annotated[
        int | None,
        CLAIM,
        Field(ge=1, le=999, description="Which meeting of the body or series it was, from 1."),
    ]
    date_start: Annotated[
        dt.date | None,
        CLAIM,
        Field(description="First day, or first day of the period that the precision names."),
    ]
    date_end: Annotated[
        dt.date | None, CLAIM, Field(description="Last day; only where the days are known.")
    ]
    date_precision: Annotated[
        vocabularies.DatePrecision | None,
        CLAIM,
        Field(description="How exactly the date is known."),
    ]
    city: Annotated[
        Text | None, CLAIM, Field(description="City in which it met, or from which it was hosted.")
    ]
    venue: Annotated[Text | None, CLAIM, Field(description="Building or hotel.")]
    host_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("actors"),
        Field(description="State or body that hosted it; null if several did."),
    ]
    chair_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("people"),
        Field(description="Person who, as a document says, chaired; null for joint chairs."),
    ]
    theme: Annotated[Text | None, CLAIM, Field(description="Theme of the meeting.")]
    subject: Annotated[
        Text | None, ROW, Field(max_length=300, description="What it was about, in our words.")
    ]
    edition_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("editions"),
        Field(description="Edition that it was a part of, or that it was held around."),
    ]


class Instrument(Row):
    TABLE: ClassVar[Table] = Table(
        "instruments",
        "Texts that are referred to",
        unique_if_filled=(("symbol",),),
        description="A text that outcomes and initiatives refer to, and that is not an initiative itself.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the text.")]
    name: Annotated[Text, CLAIM, Field(description="Title as printed.")]
    short_name: Annotated[
        Text | None, CLAIM, Field(description="Abbreviation or short form in use.")
    ]
    symbol: Annotated[
        Text | None,
        CLAIM,
        Field(max_length=40, description="Symbol of the document, for example A/70/174."),
    ]
    kind: Annotated[
        vocabularies.InstrumentKind, CLAIM, Field(description="What sort of text it is.")
    ]
    issued_by: Annotated[
        Slug | None, CLAIM, Ref("actors"), Field(description="Body that adopted or issued it.")
    ]
    issued_on: Annotated[
        dt.date | None,
        CLAIM,
        Field(description="Day of issue, or first day of the period that the precision names."),
    ]
    issued_precision: Annotated[
        vocabularies.DatePrecision | None,
        CLAIM,
        Field(description="How exactly the date of issue is known."),
    ]


class CrossReference(Row):
    TABLE: ClassVar[Table] = Table(
        "cross_references",
        "What refers to what",
        unique=(
            (
                *("from_outcome_id", "from_initiative_id", "relation"),
                *("to_instrument_id", "to_initiative_id", "to_actor_id"),
            ),
        ),
        exactly_one=(
            ("from_outcome_id", "from_initiative_id"),
            ("to_instrument_id", "to_initiative_id", "to_actor_id"),
        ),
        description=(
            "What the words of an outcome or initiative point to, or where a paper goes next.\n\n"
            "Exactly one column that begins with from is filled, and exactly one that begins with to."
        ),
    )

    id: Annotated[Slug, NONE, Field(description="Key of the reference.")]
    from_outcome_id: Annotated[
        Slug | None, CLAIM, Ref("outcomes"), Field(description="Outcome whose words point to it.")
    ]
    from_initiative_id: Annotated[
        Slug | None,
        CLAIM,
        Ref("initiatives"),
        Field(description="Initiative whose text or description points to it."),
    ]
    relation: Annotated[
        vocabularies.ReferenceRelation,
        CLAIM,
        Field(description="How it points, in the document's verb."),
    ]
    to_instrument_id: Annotated[
        Slug | None, CLAIM, Ref("instruments"), Field(description="Text that it points to.")
    ]
    to_initiative_id: Annotated[
        Slug | None, CLAIM, Ref("initiatives"), Field(description="Initiative that it points to.")
    ]
    to_actor_id: Annotated[
        Slug | None, CLAIM, Ref("actors"), Field(description="Body that it points or goes to.")
    ]
    step: Annotated[
        int | None,
        CLAIM,
        Field(
            ge=1,
            le=99,
            description="Position on the route of a paper, from 1; null for other references.",
        ),
    ]


class Party(Row):
    TABLE: ClassVar[Table] = Table(
        "parties",
        "Parties to the initiatives",
        unique=(("initiative_id", "actor_id", "role"),),
        description="A state or body that leads, hosts, funds or otherwise takes part in an initiative, in one role.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the party.")]
    initiative_id: Annotated[
        Slug, CLAIM, Ref("initiatives"), Field(description="Initiative that it takes part in.")
    ]
    actor_id: Annotated[
        Slug, CLAIM, Ref("actors"), Field(description="State or body that the document names.")
    ]
    role: Annotated[
        vocabularies.PartyRole, CLAIM, Field(description="What it does for the initiative.")
    ]


class Source(Row):
    TABLE: ClassVar[Table] = Table(
        "sources",
        "Documents",
        description="One document that was read for the dataset.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the document.")]
    kind: Annotated[
        vocabularies.SourceKind, NONE, Field(description="What sort of document it is.")
    ]
    tier: Annotated[
        vocabularies.Tier,
        NONE,
        Field(description="How close it is to the conference; by itself it settles no dispute."),
    ]
    title: Annotated[
        Text,
        NONE,
        Field(description="Title as printed; in square brackets if it is our wording."),
    ]
    publisher: Annotated[Text, NONE, Field(description="Who published the page that was read.")]
    published_on: Annotated[
        dt.date | None,
        NONE,
        Field(
            description="Date of publication, or first day of the period that the precision names."
        ),
    ]
    published_precision: Annotated[
        vocabularies.DatePrecision | None,
        NONE,
        Field(description="How exactly the date of publication is known."),
    ]
    language: Annotated[
        str,
        NONE,
        Field(
            pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            description="Language of the document, BCP 47.",
        ),
    ]
    url: Annotated[Url | None, NONE, Field(description="Address of the page that was read.")]
    read: Annotated[vocabularies.Read, NONE, Field(description="How much of it was read.")]
    copy_of: Annotated[
        Slug | None,
        NONE,
        Ref("sources"),
        Field(description="Document of which this is a copy, translation or reprint."),
    ]
    noted_on: Annotated[
        dt.date, NONE, Field(description="Day on which the reading note was taken.")
    ]
    note: Annotated[
        Text | None,
        NONE,
        Field(
            max_length=400, description="Why it has no claims, or what a user should know about it."
        ),
    ]


class Claim(Row):
    TABLE: ClassVar[Table] = Table(
        "provenance",
        "Who says so, where, and who disagrees",
        order=("table", "row_id", "field", "source_id", "locator", "id"),
        description="One claim of one document on one cell, or its recorded silence.",
    )

    id: Annotated[
        str, NONE, Field(pattern=r"^c[0-9a-f]{15}$", description="Content hash of the claim.")
    ]
    table: Annotated[str, NONE, Field(pattern=r"^[a-z_]+$", description="Table of the cell.")]
    row_id: Annotated[Slug, NONE, Field(description="Row of the cell.")]
    field: Annotated[str, NONE, Field(pattern=r"^[a-z_]+$", description="Column of the cell.")]
    value: Annotated[
        Text | None,
        NONE,
        Field(
            description="What the document says, as the text of the CSV cell; null for a silence."
        ),
    ]
    standing: Annotated[
        vocabularies.Standing, NONE, Field(description="Whether the claim is accepted.")
    ]
    basis: Annotated[
        vocabularies.Basis | None, NONE, Field(description="How the value comes from the passage.")
    ]
    source_id: Annotated[Slug, NONE, Ref("sources"), Field(description="Document that says it.")]
    locator: Annotated[
        str | None,
        NONE,
        Field(
            pattern=r"^(p(0|[1-9][0-9]*)|printed [1-9][0-9]*([.][1-9][0-9]*)?|heading [1-9][0-9]*|headline|standfirst|salutation|summary|caption)$",
            max_length=40,
            description="Where in the document: p1 is its first paragraph, p0 what comes before it, printed 3 the paragraph with the printed number 3, heading 1 the text under its first heading; or headline, standfirst, salutation, summary, caption. Null for a silence, which concerns the document as a whole.",
        ),
    ]
    start: Annotated[
        Text | None,
        NONE,
        Field(max_length=120, description="First words of the passage, at most four."),
    ]
    end: Annotated[
        Text | None,
        NONE,
        Field(max_length=120, description="Last words of the passage, at most four."),
    ]
    span_sha256: Annotated[
        Sha256 | None,
        NONE,
        Field(
            description="SHA-256 digest of the normalised passage, if the document's own text was read in full."
        ),
    ]
    link: Annotated[
        Url | None,
        NONE,
        Field(max_length=2000, description="Address that opens the passage in a browser."),
    ]


class Decision(Row):
    TABLE: ClassVar[Table] = Table(
        "decisions",
        "Disputes and how they were settled",
        unique=(("table", "row_id", "field"),),
        description="One dispute between claims, and how and why it was settled.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the decision.")]
    table: Annotated[
        str, NONE, Field(pattern=r"^[a-z_]+$", description="Table of the disputed cell.")
    ]
    row_id: Annotated[Slug, NONE, Field(description="Row of the disputed cell.")]
    field: Annotated[
        str | None,
        NONE,
        Field(
            pattern=r"^[a-z_]+$",
            description="Column of the disputed cell; null if the decision rejects a row.",
        ),
    ]
    value: Annotated[
        Text | None,
        NONE,
        Field(description="Accepted value, as the text of the CSV cell; null if none is accepted."),
    ]
    preferred_source_id: Annotated[
        Slug | None,
        NONE,
        Ref("sources"),
        Field(description="Document whose claim is accepted; null if none is."),
    ]
    against_source_id: Annotated[
        Slug | None,
        NONE,
        Ref("sources"),
        Field(
            description="Document that contradicts a rejected claim without making a claim of its own."
        ),
    ]
    reason: Annotated[vocabularies.Reason, NONE, Field(description="Why it was settled like this.")]
    note: Annotated[Text, NONE, Field(max_length=500, description="The reason in our words.")]
    decided_on: Annotated[dt.date, NONE, Field(description="Day of the decision.")]


class Actor(Row):
    TABLE: ClassVar[Table] = Table(
        "actors",
        "States and bodies",
        description="A state, ministry, body or organisation; membership of ASEAN is a range of dates.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the actor.")]
    kind: Annotated[vocabularies.ActorKind, NONE, Field(description="What sort of body it is.")]
    name: Annotated[Text, NONE, Field(description="Name in English.")]
    short_name: Annotated[Text | None, NONE, Field(description="Abbreviation in use.")]
    iso2: Annotated[
        str | None,
        NONE,
        Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2, states only."),
    ]
    iso3: Annotated[
        str | None,
        NONE,
        Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3, states only."),
    ]
    parent_id: Annotated[
        Slug | None, NONE, Ref("actors"), Field(description="State or body that it belongs to.")
    ]
    asean_member_from: Annotated[
        dt.date | None,
        NONE,
        Field(description="Day of accession to ASEAN, if a document in the collection gives it."),
    ]
    asean_member_attested: Annotated[
        dt.date | None,
        NONE,
        Field(
            description="Earliest date on which it was a member, as a document in the collection says; it joined on or before that day."
        ),
    ]
    asean_member_to: Annotated[dt.date | None, NONE, Field(description="Last day of membership.")]
    successor_id: Annotated[
        Slug | None, NONE, Ref("actors"), Field(description="Actor that took its place.")
    ]


class Person(Row):
    TABLE: ClassVar[Table] = Table(
        "people",
        "People",
        description="A person whom a document names as the holder of an office; nothing private.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the person.")]
    name: Annotated[Text, NONE, Field(description="One printed form of the name, without title.")]
    actor_id: Annotated[
        Slug | None,
        NONE,
        Ref("actors"),
        Field(description="State or body that the person represented."),
    ]


class Code(Row):
    TABLE: ClassVar[Table] = Table(
        "codes",
        "Vocabularies",
        unique=(("vocabulary", "code"), ("vocabulary", "ordinal")),
        order=("vocabulary", "ordinal"),
        description="One member of one vocabulary.",
    )

    id: Annotated[Slug, NONE, Field(description="Key of the code.")]
    vocabulary: Annotated[str, NONE, Field(pattern=r"^[a-z_]+$", description="Vocabulary.")]
    code: Annotated[
        str, NONE, Field(pattern=r"^[a-z_]+$", description="Code as it is written in the cells.")
    ]
    label: Annotated[Text, NONE, Field(description="What to print.")]
    definition: Annotated[Text, NONE, Field(description="What it means.")]
    ordinal: Annotated[
        int,
        NONE,
        Field(ge=1, le=999, description="Position in the vocabulary, which may be a scale."),
    ]


TABLES: dict[str, type[Row]] = {
    row.TABLE.name: row
    for row in (
        Edition,
        Participant,
        Outcome,
        Initiative,
        InitiativeEvent,
        Meeting,
        Instrument,
        CrossReference,
        Party,
        Source,
        Claim,
        Decision,
        Actor,
        Person,
        Code,
    )
}
"""Every table's row class by the table's name, in the order of the release."""


def fits(table: str, field: str, value: object) -> bool:
    """Return whether a single cell of a table may have a value, as strictly as in a whole row."""
    try:
        _adapter(table, field).validate_python(value)
    except ValidationError:
        return False
    return True


@cache
def _adapter(table: str, field: str) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(TABLES[table], include_extras=True)[field])
