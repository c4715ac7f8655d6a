"""The controlled vocabularies: which codes a cell may hold and what each one means.

Every vocabulary is a `Vocabulary`, a `StrEnum` whose members have a label and a one-sentence
definition. In an ordinal one the order of the members is a scale; in a nominal one it is only
the order in which they are shown. There is no member `other`: a case that does not fit stops
the build, and the vocabulary is extended on purpose.

Not here: the shape of any table (tables.py), which step may follow which
(lifecycle.py), and how a code is chosen from a text (docs/codebook.md).
"""

from enum import StrEnum
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self


class Vocabulary(StrEnum):
    """A closed list of codes, each with a label and a definition.

    A class declares a description, and `ordinal=True` if its members are on a scale. Only then
    can they be compared, also with the text of a code: by their places, not by the alphabet.

    Examples
    --------
    >>> Act.AGREED > Act.NOTED, Act.NOTED >= "agreed"
    (True, False)
    >>> max(Topic)
    Traceback (most recent call last):
    TypeError: Topic is not a scale: its codes can only be equal or not; to sort them as texts, use key=str
    >>> Format("online")
    Traceback (most recent call last):
    ValueError: format has no code 'online'; write one of: hybrid, in_person, virtual
    """

    label: str
    definition: str
    DESCRIPTION: "ClassVar[str]"
    ORDINAL: "ClassVar[bool]"

    def __init_subclass__(cls, description: str, ordinal: bool = False, **others: "Any") -> None:
        """Store what the members are, and whether their order is a scale."""
        super().__init_subclass__(**others)
        cls.DESCRIPTION = cls.__doc__ = description
        cls.ORDINAL = ordinal

    def __new__(cls, code: str, label: str = "", definition: str = "") -> "Self":
        """Make a member: its value is the code, and it has a label and a definition."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.definition = definition
        return member

    @classmethod
    def _missing_(cls, value: object) -> None:
        """Refuse what is not a code, and list the codes, the nearest first."""
        from amcc_dataset.model.suggest import one_of

        shown = " ".join(repr(value).split())[:60]
        name = NAMES.get(cls, cls.__name__)
        raise ValueError(f"{name} has no code {shown}; {one_of(str(value), cls)}")

    def __lt__(self, other: str) -> bool:
        """Return whether this code is before another one on the scale."""
        return self._place() < self._place(other)

    def __le__(self, other: str) -> bool:
        """Return whether this code is before another one on the scale, or the same."""
        return self._place() <= self._place(other)

    def __gt__(self, other: str) -> bool:
        """Return whether this code is after another one on the scale."""
        return self._place() > self._place(other)

    def __ge__(self, other: str) -> bool:
        """Return whether this code is after another one on the scale, or the same."""
        return self._place() >= self._place(other)

    def _place(self, code: str | None = None) -> int:
        """Return the position of this code, or of another one of the vocabulary."""
        cls = type(self)
        if not cls.ORDINAL:
            what = f"{cls.__name__} is not a scale: its codes can only be equal or not"
            raise TypeError(f"{what}; to sort them as texts, use key=str")
        position = _ranks(cls).get(self if code is None else code)
        if position is None:
            raise TypeError(f"{code!r} is not a code of {cls.__name__}, and cannot be compared")
        return position

    @classmethod
    def __get_pydantic_core_schema__(cls, source: "Any", handler: "Any") -> "Any":
        """Let a row class accept the text of a code, as in files and `rows`, for the member."""
        return handler(source) | {"strict": False}


class Format(Vocabulary, description="How the delegations met."):
    IN_PERSON = "in_person", "in person", "The delegations met in one place."
    VIRTUAL = "virtual", "virtual", "The delegations met by video or teleconference only."
    HYBRID = "hybrid", "hybrid", "Some took part in a room, others by video."


class Roster(Vocabulary, description="How much of an edition's attendance its documents show."):
    NAMED = "named", "named", "Delegations are listed state by state, or people by name."
    BY_GROUP = "by_group", "by group", "Whole groups are named, such as all member states."
    PARTIAL = "partial", "partial", "Some delegations are known, but no group as a whole."
    UNATTESTED = "unattested", "unattested", "No document says who attended."


class Role(Vocabulary, description="The capacity in which somebody took part."):
    CHAIR = "chair", "chair", "The person who, as the document says, chaired the conference."
    MEMBER_STATE = "member_state", "member state", "A delegation of an ASEAN member state."
    ASEAN_SECRETARIAT = (
        "asean_secretariat",
        "ASEAN Secretariat",
        "The Secretary-General, a Deputy Secretary-General or staff of the Secretariat.",
    )
    DIALOGUE_PARTNER = (
        "dialogue_partner",
        "dialogue partner",
        "A state or union that takes part as ASEAN's dialogue partner.",
    )
    PARTNER_ORGANISATION = (
        "partner_organisation",
        "partner organisation",
        "An international organisation that takes part as a partner.",
    )
    GUEST = "guest", "guest", "Somebody who was invited and is in none of the groups above."
    OBSERVER = "observer", "observer", "Somebody whom the document calls an observer."


class Level(
    Vocabulary,
    description="The rank at which a delegation or person took part, the highest first.",
    ordinal=True,
):
    HEAD_OF_ORGANISATION = (
        "head_of_organisation",
        "head of organisation",
        "Secretary-General or executive head of an organisation.",
    )
    MINISTER = "minister", "minister", "A member of a cabinet with the rank of minister."
    VICE_MINISTER = (
        "vice_minister",
        "vice-minister",
        "A deputy or vice-minister, or the deputy head of an international organisation.",
    )
    SENIOR_OFFICIAL = (
        "senior_official",
        "senior official",
        "A senior civil servant, officer or head of an agency.",
    )
    AMBASSADOR = "ambassador", "ambassador", "An ambassador or head of mission."


class Session(
    Vocabulary, description="The part of the conference that a participation belongs to."
):
    MAIN = "main", "main session", "The session of the ASEAN member states."
    PARTNERS = "partners", "session with partners", "The session with dialogue partners."
    OPENING = "opening", "opening", "The opening ceremony."
    UNSPECIFIED = (
        "unspecified",
        "unspecified",
        "The document names only the conference, no part of it.",
    )


class Presence(Vocabulary, description="What a document says about somebody's attendance."):
    ATTENDED = "attended", "attended", "Took part; the document does not say that it was remote."
    REMOTE = "remote", "attended remotely", "Took part by video or teleconference."
    REPRESENTED = "represented", "represented", "Was represented by others."
    EXPECTED = "expected", "expected", "Announced in advance; attendance is not reported."
    ABSENT = "absent", "absent", "The document says that they did not take part."


class Topic(Vocabulary, description="What an outcome is about; one topic each, the main one."):
    NORMS_AND_LAW = (
        "norms_and_law",
        "norms and law",
        "Norms of state behaviour, international law, legislation, confidence-building measures.",
    )
    COORDINATION = (
        "coordination",
        "coordination",
        "Who steers regional cybersecurity and on which platform.",
    )
    CAPACITY_BUILDING = (
        "capacity_building",
        "capacity building",
        "Training, centres and programmes that raise skills.",
    )
    INCIDENT_RESPONSE = (
        "incident_response",
        "incident response",
        "Computer emergency response teams, exchange on incidents, drills.",
    )
    CRITICAL_INFRASTRUCTURE = (
        "critical_infrastructure",
        "critical infrastructure",
        "Protection of critical information infrastructure and operational technology.",
    )
    EMERGING_TECHNOLOGY = (
        "emerging_technology",
        "emerging technology",
        "Security of connected devices, artificial intelligence and other new technology.",
    )
    CYBERCRIME_AND_SCAMS = (
        "cybercrime_and_scams",
        "cybercrime and scams",
        "Crime, scams and ransomware, and the work of law enforcement.",
    )
    DIGITAL_ECONOMY = (
        "digital_economy",
        "digital economy",
        "Cybersecurity as a condition of the digital economy.",
    )
    PARTNERSHIP = (
        "partnership",
        "partnership",
        "Work with dialogue partners, organisations and industry.",
    )


class Act(
    Vocabulary,
    description="The document's own verb, ordered from the weakest commitment to the strongest.",
    ordinal=True,
):
    NOTED = "noted", "noted", "Took note without a judgement."
    REPORTED = "reported", "reported", "Reported on, presented or gave an update of work done."
    DISCUSSED = "discussed", "discussed", "Talked about, considered or exchanged views on."
    RECOGNISED = "recognised", "recognised", "Acknowledged as true or important."
    WELCOMED = "welcomed", "welcomed", "Received with approval, or looked forward to."
    AFFIRMED = "affirmed", "affirmed", "Stated as the conference's position."
    REAFFIRMED = "reaffirmed", "reaffirmed", "Stated again as the conference's position."
    UNDERSCORED = "underscored", "underscored", "Stressed, highlighted or emphasised."
    CALLED_FOR = "called_for", "called for", "Asked others, or the members, to act."
    PROPOSED = "proposed", "proposed", "Put forward for others to decide."
    RECOMMENDED = "recommended", "recommended", "Advised as the course to take."
    TASKED = "tasked", "tasked", "Gave somebody a task."
    ANNOUNCED = "announced", "announced", "Made known as planned or decided by the speaker."
    SUPPORTED = "supported", "supported", "Expressed or pledged support."
    AGREED_IN_PRINCIPLE = (
        "agreed_in_principle",
        "agreed in principle",
        "Agreed with the words 'in principle'.",
    )
    AGREED = "agreed", "agreed", "Agreed, concurred or decided."
    ENDORSED = "endorsed", "endorsed", "Gave formal backing to a text or body."
    ADOPTED = "adopted", "adopted", "Adopted or approved a text as its own."
    LAUNCHED = "launched", "launched", "Put into operation on the occasion of the conference."


class Scope(Vocabulary, description="Whose act it was."):
    COLLECTIVE = (
        "collective",
        "all members together",
        "An act of the conference or of all member states.",
    )
    HOST = "host", "the host", "An act of the host government alone."
    NATIONAL = "national", "another delegation", "An act or position of one other delegation."
    SECRETARIAT = (
        "secretariat",
        "the ASEAN Secretariat",
        "An act of the ASEAN Secretariat's head or staff.",
    )


class InitiativeKind(Vocabulary, description="What sort of thing an initiative is."):
    PROGRAMME = "programme", "programme", "A funded series of activities."
    CENTRE = "centre", "centre", "A standing institution with premises."
    RESPONSE_TEAM = "response_team", "response team", "A computer emergency response team."
    COMMITTEE = "committee", "committee", "A body of representatives that coordinates."
    STRATEGY = "strategy", "strategy", "A strategy or plan for several years."
    FRAMEWORK = "framework", "framework", "A set of norms, rules, measures or a checklist."
    SCHEME = "scheme", "scheme", "A certification or labelling scheme."
    PANEL = "panel", "panel", "A panel of experts that advises."
    EXERCISE = "exercise", "exercise", "A drill or exercise."
    STATEMENT = "statement", "statement", "A declaration or statement of leaders or ministers."


class Relation(Vocabulary, description="How an initiative is tied to the conference."):
    AGREED_BY = (
        "agreed_by",
        "agreed on by",
        "The conference agreed on it, even if only in principle, or endorsed it or a step towards "
        "it; that is less than adopting it.",
    )
    ANNOUNCED_AT = "announced_at", "announced at", "Somebody announced it at the conference."
    FOLLOWED_BY = (
        "followed_by",
        "followed by",
        "It began elsewhere; the conference, or documents about the conference, deal with it.",
    )


class EventKind(
    Vocabulary, description="A dated step in the life of an initiative, in the document's own verb."
):
    PROPOSED = "proposed", "proposed", "Put forward for decision."
    ANNOUNCED = "announced", "announced", "Made known as planned or decided."
    TASKED = "tasked", "tasked", "Somebody was given the task of making it."
    DRAFTED = "drafted", "drafted", "A text of it was written or tabled."
    WELCOMED = "welcomed", "welcomed", "A body welcomed it or its progress."
    SUPPORTED = "supported", "supported", "A body expressed support, or stressed the need for it."
    ENDORSED = (
        "endorsed",
        "endorsed",
        "A body endorsed, agreed to or approved a part or step of it.",
    )
    ADOPTED = "adopted", "adopted", "The competent body adopted or approved it as a whole."
    FUNDED = "funded", "funded", "Money was pledged or set aside."
    ESTABLISHED = "established", "established", "The document says established, set up or formed."
    LAUNCHED = "launched", "launched", "Put into operation; the document says launched or began."
    OPENED = "opened", "opened", "Premises were opened."
    CONVENED = "convened", "convened", "A meeting or round of it was held."
    SIGNED = "signed", "signed", "An arrangement under it was signed."
    PUBLISHED = "published", "published", "A text of it was made public."
    REVIEWED = "reviewed", "reviewed", "Its progress was reviewed or presented."
    UPDATED = "updated", "updated", "It was revised or brought up to date."
    EXTENDED = "extended", "extended", "Its duration or scope was extended."
    RENAMED = "renamed", "renamed", "It got another name."
    MERGED = "merged", "merged", "It became part of something else."
    CONCLUDED = "concluded", "concluded", "It ended."


class Status(
    Vocabulary,
    description="How far an initiative has come, in this order; computed from its events, never coded.",
    ordinal=True,
):
    PROPOSED = "proposed", "proposed", "Somebody has put it forward."
    ANNOUNCED = "announced", "announced", "It is announced as planned or decided."
    IN_PREPARATION = "in_preparation", "in preparation", "It is tasked, drafted or funded."
    ENDORSED = "endorsed", "endorsed", "A body has endorsed it or one of its steps."
    PUBLISHED = "published", "published", "Its text is public."
    ADOPTED = "adopted", "adopted", "The competent body has adopted it."
    OPERATING = "operating", "operating", "It is established, launched or opened, or it meets."
    ENDED = "ended", "ended", "It has ended or become part of something else."


class DatePrecision(
    Vocabulary,
    description="How exactly a date is known, the most exact first; the cell has the first day of the period.",
    ordinal=True,
):
    DAY = "day", "day", "Known to the day."
    MONTH = "month", "month", "Known to the month."
    QUARTER = "quarter", "quarter", "Known to the quarter."
    YEAR = "year", "year", "Known to the year."


class MeetingKind(Vocabulary, description="What sort of meeting it was."):
    CYBER_WEEK = "cyber_week", "cyber week", "The host's week of events around an edition."
    SESSION = "session", "session", "A session of an edition with its own name, number or subject."
    COURTESY_CALL = (
        "courtesy_call",
        "courtesy call",
        "A visit of delegations to a head of state or government.",
    )
    BILATERAL = "bilateral", "bilateral meeting", "A meeting of two states."
    MINISTERS = "ministers", "ministers' meeting", "A meeting of a council of ministers."
    SENIOR_OFFICIALS = (
        "senior_officials",
        "senior officials' meeting",
        "A meeting of senior officials who prepare for ministers.",
    )
    COORDINATING_COMMITTEE = (
        "coordinating_committee",
        "coordinating committee",
        "A meeting of a committee that coordinates across bodies.",
    )
    SUMMIT = "summit", "summit", "A meeting of heads of state or government."
    DIALOGUE = "dialogue", "dialogue", "A dialogue of ASEAN with a partner."
    FORUM = "forum", "forum", "A conference or forum that is not only for governments."


class InstrumentKind(Vocabulary, description="What sort of text an instrument is."):
    REPORT = "report", "report", "The report of a group of experts or a working group."
    RESOLUTION = "resolution", "resolution", "A resolution of an assembly or council."
    DECLARATION = (
        "declaration",
        "declaration",
        "A declaration or statement of leaders or ministers.",
    )
    MASTERPLAN = "masterplan", "masterplan", "A masterplan, vision or work plan for several years."
    AGREEMENT = "agreement", "agreement", "A treaty, agreement or memorandum."
    GUIDELINE = "guideline", "guideline", "Guidelines or principles that are not binding."


class ReferenceRelation(
    Vocabulary,
    description="How an outcome or initiative points to a text, an initiative or a body.",
):
    TAKES_REFERENCE_FROM = (
        "takes_reference_from",
        "takes reference from",
        "It names the text as a reference or guide.",
    )
    SUBSCRIBES_TO = (
        "subscribes_to",
        "subscribes to",
        "It subscribes to the text, even if only in principle.",
    )
    IMPLEMENTS = "implements", "implements", "It puts the text, or a part of it, into practice."
    BUILDS_ON = (
        "builds_on",
        "builds on",
        "It continues, updates or completes the text or initiative.",
    )
    SUBMITTED_TO = "submitted_to", "submitted to", "The paper is submitted to the body."
    CIRCULATED_TO = "circulated_to", "circulated to", "The paper is circulated to the body."
    REPORTED_TO = "reported_to", "reported to", "It is reported to the body."
    CONSIDERED_BY = "considered_by", "considered by", "The body considers or discusses it."
    FOLLOWS_DIRECTION_OF = (
        "follows_direction_of",
        "follows direction of",
        "It is done as the text or the body directs.",
    )


class PartyRole(Vocabulary, description="What a state or body does for an initiative."):
    LEAD = "lead", "lead", "It leads alone, as a document says."
    CO_LEAD = "co_lead", "co-lead", "It leads together with others."
    HOST = "host", "host", "It hosts the premises, the event or the secretariat."
    COORDINATOR = "coordinator", "coordinator", "It coordinates, alone or in turn with others."
    FUNDER = "funder", "funder", "It gives or pledges money."
    IMPLEMENTER = "implementer", "implementer", "It carries out the work."
    CHAMPION = "champion", "champion", "It promotes a part of the work."
    PARTNER = "partner", "partner", "It takes part as a partner."
    COUNTERPARTY = "counterparty", "counterparty", "It is the other side of an arrangement."


class SourceKind(Vocabulary, description="What sort of document a source is."):
    CHAIRMAN_STATEMENT = (
        "chairman_statement",
        "chairman's statement",
        "The chair's statement on a conference.",
    )
    PRESS_RELEASE = "press_release", "press release", "A release or notice of an institution."
    SPEECH = "speech", "speech", "The text of a speech or of remarks."
    GOVERNMENT_STATEMENT = (
        "government_statement",
        "government statement",
        "A statement or page of a government.",
    )
    JOINT_STATEMENT = "joint_statement", "joint statement", "A statement of several governments."
    STRATEGY_DOCUMENT = "strategy_document", "strategy document", "A published strategy or plan."
    NEWS = "news", "news", "A report of a newspaper, agency or news site."
    ANALYSIS = "analysis", "analysis", "A comment, study, legal alert or trade article."
    REFERENCE = "reference", "reference", "A reference page, profile, catalogue or fact sheet."
    LEGAL_TEXT = "legal_text", "legal text", "The text of a declaration or agreement."


class Tier(
    Vocabulary,
    description="How close a source is to the conference, the closest first.",
    ordinal=True,
):
    HOST_PRIMARY = (
        "host_primary",
        "host (primary)",
        "Singapore's Cyber Security Agency, its ministry for communications, its prime minister.",
    )
    OFFICIAL = (
        "official",
        "official",
        "Other governments and ministries, ASEAN and its bodies, the United Nations.",
    )
    SECONDARY = "secondary", "secondary", "News, analyses and everything else."


class Read(
    Vocabulary, description="How much of a document was read, the most first.", ordinal=True
):
    WHOLE = "whole", "in full", "Read to its end; what it does not say can be recorded as silence."
    OPENING = (
        "opening",
        "beginning only",
        "Only the beginning was read; what is not in that part may be in the rest.",
    )


class Standing(Vocabulary, description="Whether a claim is accepted."):
    AGREED = "agreed", "agreed", "Accepted: all claims on the cell say the same."
    PREFERRED = "preferred", "preferred", "Disputed; a decision accepts this claim."
    OVERRULED = "overruled", "overruled", "Disputed; a decision accepts another claim, or none."
    SILENT = "silent", "silent", "The document was read in full and does not give the value."


class Basis(Vocabulary, description="How a claim's value comes from its passage."):
    STATED = "stated", "stated", "The passage says the value."
    CODED = "coded", "coded", "The value is our code or our wording for what the passage says."
    INFERRED = "inferred", "inferred", "The value follows from the passage and its context."
    REFERENCE = "reference", "reference", "The value comes from a reference work, not a report."


class Reason(Vocabulary, description="Why a dispute was settled like this."):
    HOST_OVER_REPORT = (
        "host_over_report",
        "host over report",
        "The host's own document outweighs a report about it.",
    )
    OFFICIAL_OVER_PRESS = (
        "official_over_press",
        "official over press",
        "An official document outweighs news or comment.",
    )
    LATER_CORRECTION = (
        "later_correction",
        "later correction",
        "A later document corrects an earlier one.",
    )
    ORIGINAL_OVER_COPY = (
        "original_over_copy",
        "original over copy",
        "The original outweighs its copy or translation.",
    )
    SPECIFIC_OVER_GENERAL = (
        "specific_over_general",
        "specific over general",
        "The more exact claim outweighs the rounded or summary one.",
    )
    UNIT_SLIP = "unit_slip", "unit slip", "A currency or unit is wrong."
    PUBLICATION_NOT_EVENT = (
        "publication_not_event",
        "publication, not event",
        "A date is that of the publication or of the week, not of the event.",
    )
    TRANSCRIPTION_SLIP = (
        "transcription_slip",
        "transcription slip",
        "A mistake in writing, layout or translation.",
    )
    DEFINITION_DIFFERS = (
        "definition_differs",
        "definition differs",
        "The documents mean different things by the same word.",
    )
    UNSUPPORTED = "unsupported", "unsupported", "No other document supports it."


class ActorKind(Vocabulary, description="What sort of body an actor is."):
    STATE = "state", "state", "A state."
    GOVERNMENT_BODY = (
        "government_body",
        "government body",
        "A ministry, agency or other organ of a state.",
    )
    ASEAN_BODY = "asean_body", "ASEAN body", "ASEAN, one of its meetings, councils or centres."
    INTERNATIONAL_ORGANISATION = (
        "international_organisation",
        "international organisation",
        "An organisation of states, or one of its parts, outside ASEAN.",
    )
    PRIVATE_BODY = "private_body", "private body", "A company, alliance, university or institute."


VOCABULARIES: dict[str, type[Vocabulary]] = {
    "format": Format,
    "roster": Roster,
    "role": Role,
    "level": Level,
    "session": Session,
    "presence": Presence,
    "topic": Topic,
    "act": Act,
    "scope": Scope,
    "initiative_kind": InitiativeKind,
    "relation": Relation,
    "event_kind": EventKind,
    "status": Status,
    "date_precision": DatePrecision,
    "meeting_kind": MeetingKind,
    "instrument_kind": InstrumentKind,
    "reference_relation": ReferenceRelation,
    "party_role": PartyRole,
    "source_kind": SourceKind,
    "tier": Tier,
    "read": Read,
    "standing": Standing,
    "basis": Basis,
    "reason": Reason,
    "actor_kind": ActorKind,
}
"""Every vocabulary by the name under which the codes table lists it."""

NAMES = {vocabulary: name for name, vocabulary in VOCABULARIES.items()}
"""The name of each vocabulary in the table of codes."""


def rank(vocabulary: type[Vocabulary], code: str | None) -> int | None:
    """Return the position of a code in an ordinal vocabulary, from 1; None for null.

    Examples
    --------
    >>> rank(Level, "minister"), rank(Level, None)
    (2, None)
    """
    return _ranks(vocabulary).get(code)


@cache
def _ranks(vocabulary: type[Vocabulary]) -> dict[str | None, int]:
    return {member.value: position for position, member in enumerate(vocabulary, 1)}
