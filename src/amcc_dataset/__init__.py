"""Every edition of the ASEAN Ministerial Conference on Cybersecurity, with its evidence.

>>> import amcc_dataset as amcc
>>> amcc.load_editions().loc[3, "chair_name"]
'S Iswaran'

Tables    load_editions() … load_codes() as frames, rows(), records(), table() for Arrow,
          tables(), path(), describe(), descriptor(), schema()
Evidence  evidence_for(), evidence_rows(), cite()
Answers   attendance(), panel(), status(), thread(), timeline(), and plot for figures
Your rows check(), which returns a Verdict
Classes   a row class for each table (Edition …), a vocabulary for each code (Act …)

The names are loaded when they are first used, so that importing the package costs next to
nothing.
"""

__version__ = "1.0.0"
__released__ = "2026-11-27"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from amcc_dataset import plot as plot
    from amcc_dataset.model.schemas import schema as schema
    from amcc_dataset.model.tables import Actor as Actor
    from amcc_dataset.model.tables import Claim as Claim
    from amcc_dataset.model.tables import Code as Code
    from amcc_dataset.model.tables import CrossReference as CrossReference
    from amcc_dataset.model.tables import Decision as Decision
    from amcc_dataset.model.tables import Edition as Edition
    from amcc_dataset.model.tables import Initiative as Initiative
    from amcc_dataset.model.tables import InitiativeEvent as InitiativeEvent
    from amcc_dataset.model.tables import Instrument as Instrument
    from amcc_dataset.model.tables import Meeting as Meeting
    from amcc_dataset.model.tables import Outcome as Outcome
    from amcc_dataset.model.tables import Participant as Participant
    from amcc_dataset.model.tables import Party as Party
    from amcc_dataset.model.tables import Person as Person
    from amcc_dataset.model.tables import Source as Source
    from amcc_dataset.model.vocabularies import Act as Act
    from amcc_dataset.model.vocabularies import ActorKind as ActorKind
    from amcc_dataset.model.vocabularies import Basis as Basis
    from amcc_dataset.model.vocabularies import DatePrecision as DatePrecision
    from amcc_dataset.model.vocabularies import EventKind as EventKind
    from amcc_dataset.model.vocabularies import Format as Format
    from amcc_dataset.model.vocabularies import InitiativeKind as InitiativeKind
    from amcc_dataset.model.vocabularies import InstrumentKind as InstrumentKind
    from amcc_dataset.model.vocabularies import Level as Level
    from amcc_dataset.model.vocabularies import MeetingKind as MeetingKind
    from amcc_dataset.model.vocabularies import PartyRole as PartyRole
    from amcc_dataset.model.vocabularies import Presence as Presence
    from amcc_dataset.model.vocabularies import Read as Read
    from amcc_dataset.model.vocabularies import Reason as Reason
    from amcc_dataset.model.vocabularies import ReferenceRelation as ReferenceRelation
    from amcc_dataset.model.vocabularies import Relation as Relation
    from amcc_dataset.model.vocabularies import Role as Role
    from amcc_dataset.model.vocabularies import Roster as Roster
    from amcc_dataset.model.vocabularies import Scope as Scope
    from amcc_dataset.model.vocabularies import Session as Session
    from amcc_dataset.model.vocabularies import SourceKind as SourceKind
    from amcc_dataset.model.vocabularies import Standing as Standing
    from amcc_dataset.model.vocabularies import Status as Status
    from amcc_dataset.model.vocabularies import Tier as Tier
    from amcc_dataset.model.vocabularies import Topic as Topic
    from amcc_dataset.reading.attendance import attendance as attendance
    from amcc_dataset.reading.citation import cite as cite
    from amcc_dataset.reading.evidence import evidence_for as evidence_for
    from amcc_dataset.reading.evidence import evidence_rows as evidence_rows
    from amcc_dataset.reading.load import describe as describe
    from amcc_dataset.reading.load import records as records
    from amcc_dataset.reading.load import rows as rows
    from amcc_dataset.reading.load import table as table
    from amcc_dataset.reading.panel import panel as panel
    from amcc_dataset.reading.status import status as status
    from amcc_dataset.reading.status import timeline as timeline
    from amcc_dataset.reading.store import descriptor as descriptor
    from amcc_dataset.reading.store import path as path
    from amcc_dataset.reading.store import tables as tables
    from amcc_dataset.reading.tables import load_actors as load_actors
    from amcc_dataset.reading.tables import load_codes as load_codes
    from amcc_dataset.reading.tables import load_cross_references as load_cross_references
    from amcc_dataset.reading.tables import load_decisions as load_decisions
    from amcc_dataset.reading.tables import load_editions as load_editions
    from amcc_dataset.reading.tables import load_initiative_events as load_initiative_events
    from amcc_dataset.reading.tables import load_initiatives as load_initiatives
    from amcc_dataset.reading.tables import load_instruments as load_instruments
    from amcc_dataset.reading.tables import load_meetings as load_meetings
    from amcc_dataset.reading.tables import load_outcomes as load_outcomes
    from amcc_dataset.reading.tables import load_participants as load_participants
    from amcc_dataset.reading.tables import load_parties as load_parties
    from amcc_dataset.reading.tables import load_people as load_people
    from amcc_dataset.reading.tables import load_provenance as load_provenance
    from amcc_dataset.reading.tables import load_sources as load_sources
    from amcc_dataset.reading.threads import thread as thread
    from amcc_dataset.rules.check import check as check
    from amcc_dataset.rules.verdict import Verdict as Verdict

_MODULES = {
    "model.schemas": ("schema",),
    "model.tables": (
        "Actor", "Claim", "Code", "CrossReference", "Decision", "Edition", "Initiative",
        "InitiativeEvent", "Instrument", "Meeting", "Outcome", "Participant", "Party", "Person",
        "Source",
    ),
    "model.vocabularies": (
        "Act", "ActorKind", "Basis", "DatePrecision", "EventKind", "Format", "InitiativeKind",
        "InstrumentKind", "Level", "MeetingKind", "PartyRole", "Presence", "Read", "Reason",
        "ReferenceRelation", "Relation", "Role", "Roster", "Scope", "Session", "SourceKind",
        "Standing", "Status", "Tier", "Topic",
    ),
    "plot": ("plot",),
    "reading.attendance": ("attendance",),
    "reading.citation": ("cite",),
    "reading.evidence": ("evidence_for", "evidence_rows"),
    "reading.store": ("descriptor", "path", "tables"),
    "reading.load": ("describe", "records", "rows", "table"),
    "reading.panel": ("panel",),
    "reading.status": ("status", "timeline"),
    "reading.tables": (
        "load_actors", "load_codes", "load_cross_references", "load_decisions", "load_editions",
        "load_initiative_events", "load_initiatives", "load_instruments", "load_meetings",
        "load_outcomes", "load_participants", "load_parties", "load_people", "load_provenance",
        "load_sources",
    ),
    "reading.threads": ("thread",),
    "rules.check": ("check",),
    "rules.verdict": ("Verdict",),
}  # fmt: skip
_PUBLIC = {name: module for module, names in _MODULES.items() for name in names}
__all__ = ("__version__", *_PUBLIC)


def __getattr__(name: str) -> object:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _PUBLIC:
        from amcc_dataset.model.suggest import one_of

        raise AttributeError(f"amcc_dataset has no {name!r}; {one_of(name, _PUBLIC)}", name=name)
    from importlib import import_module

    module = import_module(f"amcc_dataset.{_PUBLIC[name]}")
    return module if name == "plot" else getattr(module, name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
