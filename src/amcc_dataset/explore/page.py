"""The explorer: every table, with the evidence for every cell, as one HTML page.

`render` makes the page from the tables of a release alone, so that the same tables give the
same bytes. The HTML is the only store: all rows and claims stand in it and can be read
without JavaScript; the script only rearranges what is there. The provenance stays small by
two lists: every passage once, with a number, and for every cell what which numbers say.
Layout and wording are in templates/. Not in here: what charts show (reading/).
"""

import base64
import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from amcc_dataset import __version__, extras
from amcc_dataset.export.formats import put
from amcc_dataset.model.cells import text
from amcc_dataset.model.columns import Column, columns
from amcc_dataset.model.dataset import STANDS, Dataset, Row, Rows
from amcc_dataset.model.findings import Problem, Problems
from amcc_dataset.model.tables import TABLES, Policy
from amcc_dataset.model.vocabularies import (
    VOCABULARIES,
    Act,
    EventKind,
    Reason,
    Relation,
    Standing,
    Status,
    Tier,
    Topic,
)
from amcc_dataset.model.words import day, money, number, ordinal, sentence, when
from amcc_dataset.reading import attendance, coverage, status, threads
from amcc_dataset.reading.citation import cite
from amcc_dataset.reading.packaged import dataset

Plain = dict[str, Any]

TOLD = 3
"""An initiative is told of on the first view if at least this many outcomes concern it."""

SHORT = 80
"""Longest headline that puts the values of a dispute side by side."""

_HIDE = 'document.documentElement.className = "js"'
"""What runs before the page is drawn, so that it is drawn with one view only."""


def write(path: Path, *, force: bool = False) -> bool:
    """Write the page to a file; return whether the file changed.

    Raises
    ------
    Problems
        If something else is there and `force` does not allow to replace it, or the file
        cannot be written.
    """
    content = render().encode()
    if path.is_dir():
        raise Problems([Problem(str(path), "is a folder", "name a file with --output")])
    if path.is_file() and path.read_bytes() == content:
        return False
    put(path.parent, {path.name: content}, force=force)
    return True


def render(tables: Mapping[str, Rows] | None = None) -> str:
    """Return the page, made from the tables given or from the release's.

    Raises
    ------
    ImportError
        If Jinja is not installed.
    """
    extras.need("explore", "jinja2")
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("amcc_dataset.explore"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=day, when=when, money=money, ordinal=ordinal, number=number, sentence=sentence
    )
    folder = Path(__file__).parent / "templates"
    style, script = (
        _dense((folder / name).read_text(encoding="utf-8")) for name in ("style.css", "script.js")
    )
    html = environment.get_template("page.html").render(
        Content(Dataset(tables) if tables else dataset()).views(),
        style=Markup(style),
        scripts=[
            {
                "text": Markup(script),
                "hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            }
            for script in (_HIDE, script)
        ],
    )
    return _dense(html)


def _dense(text: str) -> str:
    """Drop indentation and empty lines; texts of the tables have no line break."""
    return re.sub(r"\n[ \n]+", "\n", text.strip()) + "\n"


@cache
def _columns(table: str) -> dict[str, Column]:
    return {column.name: column for column in columns(TABLES[table])}


# --- content ------------------------------------------------------------------------------


class Content:
    """What the views show, from the tables of one release."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.axis = Axis(data)

    def views(self) -> Plain:
        """Return what the templates need, by name."""
        docket, initiatives = self.docket(), self.initiatives()
        return {
            "version": __version__,
            "citation": cite(),
            "vocabularies": VOCABULARIES,
            "vocabulary_names": {vocabulary: name for name, vocabulary in VOCABULARIES.items()},
            "counts": {name: len(rows) for name, rows in self.data.items()},
            "standings": Counter(claim["standing"] for claim in self.data["provenance"]),
            **coverage.totals(self.data),
            "hosts": list(dict.fromkeys(row["host_name"] for row in self.data["editions"])),
            "titles": {row["id"]: row["title"] for row in self.data["outcomes"]},
            "initiatives": {row["id"]: row["name"] for row in self.data["initiatives"]},
            "actors": {row["id"]: row["name"] for row in self.data["actors"]},
            "axis": self.axis,
            "timeline": [
                {**row, "at": round((row["date_start"].timetuple().tm_yday - 1) / 3.66, 1)}
                for row in coverage.editions(self.data)
            ],
            "stories": self.stories(initiatives, docket),
            "threads": list(self.threads()),
            "lifelines": [
                (relation, [row for row in initiatives if row["relation"] == relation])
                for relation in Relation
            ],
            "attendance": self.attendance(),
            "docket": docket,
            "disputed": {subject["id"] for subject in docket},
            "tables": [self.table(name) for name in self.data if name != "provenance"],
            "provenance": {**self.table("provenance"), "lines": self.provenance()},
            "documents": self.documents(),
        }

    # Names and values in words.

    def name(self, table: str, row_id: str) -> str:
        """Return what to call a row."""
        row = self.data.row(table, row_id)
        if row is None:
            return row_id
        if table == "editions":
            return f"{ordinal(row['number'])} AMCC, {row['year']}"
        if table == "participants":
            person = row["person_id"]
            who = self.name("people", person) if person else self.name("actors", row["actor_id"])
            return f"{who} at the {self.name('editions', row['edition_id'])}"
        if table == "initiative_events":
            return f"{EventKind(row['kind']).label}, {when(row['date'], row['precision'])}"
        if table == "sources":
            return str(row["publisher"])
        return str(row.get("title") or row.get("name") or row_id)

    def say(self, table: str, field: str, value: str | None) -> str:
        """Return the value of a cell in words, given as the text of the CSV file."""
        column = _columns(table)[field]
        if value is None:
            return "not established"
        if column.vocabulary:
            return column.vocabulary(value).label
        if column.ref:
            return self.name(column.ref, value)
        if column.type == "date":
            return day(dt.date.fromisoformat(value))
        return money(int(value)) if field == "amount" else value

    def voice(self, source_id: str, passage: int | None = None) -> Plain:
        """Return a document as a line of text names it, with the number of its passage."""
        source = self.data.by_id("sources")[source_id]
        published = source["published_on"]
        return {
            "source_id": source_id,
            "passage": passage,
            "publisher": source["publisher"],
            "is_host": source["tier"] == Tier.HOST_PRIMARY,
            "is_copy": source["copy_of"] is not None,
            "published": when(published, source["published_precision"]) if published else "undated",
        }

    def voices(self, claims: Iterable[Row]) -> list[Plain]:
        """Return the documents of claims, once each, the nearest to the conference first."""
        tiers, sources = list(Tier), self.data.by_id("sources")
        first: dict[str, Row] = {}
        for claim in claims:
            first.setdefault(claim["source_id"], claim)

        def order(source_id: str) -> tuple[object, ...]:
            source = sources[source_id]
            published = text(source["published_on"]) or "undated"
            return tiers.index(source["tier"]), source["copy_of"] is not None, published

        return [
            self.voice(source_id, self.numbers[_passage(first[source_id])])
            for source_id in sorted(first, key=order)
        ]

    def standing(self, table: str, row_id: str, field: str) -> list[Plain]:
        """Return the documents that say what stands in a cell."""
        return self.voices(self.data.standing(table, row_id, field))

    # Views.

    def initiatives(self) -> list[Plain]:
        """Return the initiatives with their steps and stretches of status, most steps first."""
        lines, events = defaultdict(list), defaultdict(list)
        for line in status.stretches(self.data):
            lines[line["initiative_id"]].append(self.axis.span(line, line["start"], line["end"]))
        for event in status.events(self.data):
            support = self.data.witnesses("initiative_events", event["event_id"])
            shown = {**event, "documents": len(support)}
            events[event["initiative_id"]].append(
                self.axis.span(shown, event["start"], event["end"])
            )
        found = [
            {
                **row,
                "lines": lines[row["id"]],
                "events": events[row["id"]],
                "status": Status(lines[row["id"]][-1]["status"]) if lines[row["id"]] else None,
            }
            for row in self.data["initiatives"]
        ]
        return sorted(found, key=lambda row: -len(row["events"]))

    def stories(self, initiatives: list[Plain], docket: list[Plain]) -> list[Plain]:
        """Return what became of the initiatives that the conference spoke of most."""
        outcomes: dict[str, list[Row]] = defaultdict(list)
        for outcome in self.data["outcomes"]:
            outcomes[outcome["initiative_id"]].append(outcome)
        further = threads.successors(self.data)
        disputes = {subject["id"]: subject["disputes"] for subject in docket}
        known = {row["id"]: row for row in initiatives}
        found = []
        for row in initiatives:
            concern = outcomes[row["id"]]
            if len(concern) < TOLD:
                continue
            reaching = [event for event in row["events"] if event["stage"] == row["status"]]
            reached = reaching[-1] if row["status"] else None
            after = [
                event for event in row["events"] if reached and event["start"] > reached["end"]
            ]
            found.append(
                {
                    **row,
                    "outcomes": len(concern),
                    "editions": len({outcome["edition_id"] for outcome in concern}),
                    "reached": reached,
                    "after": after[-1] if after else None,
                    "voices": self.standing("initiative_events", reached["event_id"], "kind")
                    if reached
                    else [],
                    "further": [
                        {**known[other], "since": self._since(known[other])}
                        for other in further.get(row["id"], ())
                    ],
                    "disputes": disputes.get(row["id"], []),
                }
            )
        return sorted(found, key=lambda story: -story["outcomes"])

    def _since(self, initiative: Plain) -> str | None:
        """Return since when an initiative has its status."""
        if not initiative["lines"]:
            return None
        event = self.data.by_id("initiative_events")[initiative["lines"][-1]["event_id"]]
        return when(event["date"], event["precision"])

    def threads(self) -> Iterator[Plain]:
        """Yield each topic with its outcomes and the chart of their acts."""
        years = [row["year"] for row in self.data["editions"]]
        first, count = min(years), max(years) - min(years) + 1

        def left(x: float) -> float:
            return float(round((x - first + 0.5) / count * 100, 2))

        for topic in Topic:
            outcomes = threads.outcomes(self.data, topic)
            acts = [act for act in reversed(Act) if any(row["act"] == act for row in outcomes)]
            for row in outcomes:
                row["left"] = left(row["x"])
                row["top"] = round((acts.index(row["act"]) + 0.5) / len(acts) * 100, 2)
                row["voices"] = self.standing("outcomes", row["outcome_id"], "act")
            known = {row["outcome_id"]: row for row in outcomes}
            if outcomes:
                yield {
                    "topic": topic,
                    "acts": acts,
                    "years": [(year, left(year)) for year in range(first, first + count)],
                    "outcomes": outcomes,
                    "links": [
                        (known[link["follows_id"]], known[link["outcome_id"]])
                        for link in threads.links(outcomes)
                    ],
                }

    def attendance(self) -> Plain:
        """Return the matrix by groups and actors, and the persons named."""
        rows = attendance.seats(self.data)
        matrix: dict[str, dict[str, dict[str, list[Plain]]]] = {}
        for row in rows:
            actors = matrix.setdefault(row["group"], {})
            cells = actors.setdefault(row["actor_id"], {})
            taken = cells.setdefault(row["edition_id"], [])
            if row["presence"]:
                taken.append(row)
        named = [row for row in rows if row["person"]]
        return {
            "matrix": matrix,
            "named": sorted(named, key=lambda row: (row["number"], row["actor"], row["person"])),
        }

    def table(self, name: str) -> Plain:
        """Return a table as texts, with its columns."""
        row_class, columns_ = TABLES[name], _columns(name)
        return {
            "name": name,
            "title": row_class.TABLE.title,
            "description": " ".join(row_class.TABLE.description.split()),
            "columns": list(columns_.values()),
            "rows": [[text(row[field]) for field in columns_] for row in self.data[name]],
            "claimed": any(column.policy != Policy.NONE for column in columns_.values()),
        }

    # Provenance.

    @cached_property
    def numbers(self) -> dict[tuple[Any, ...], int]:
        """The number of every passage, in the order of the documents."""

        def order(passage: tuple[Any, ...]) -> list[tuple[int, str]]:
            parts = re.split(r"([0-9]+)", " ".join(map(text, passage)))
            return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]

        passages = {_passage(claim) for claim in self.data["provenance"]}
        return {passage: place for place, passage in enumerate(sorted(passages, key=order), 1)}

    def documents(self) -> dict[str, list[Plain]]:
        """Return the passages of each document that speaks, with their numbers."""
        found: dict[str, list[Plain]] = defaultdict(list)
        for passage, place in self.numbers.items():
            known = dict(zip(_PASSAGE, passage, strict=True))
            found[known["source_id"]].append({**known, "number": place})
        return found

    def provenance(self) -> dict[str, list[tuple[str, list[Plain]]]]:
        """Return by table and row which columns which passages speak of."""
        found = {}
        for name, rows in self.data.items():
            order, claims = [row["id"] for row in rows], self.data.support(name)
            rejected = sorted(claims.keys() - set(order))
            spoken = [row for row in [*order, *rejected] if row in claims]
            if spoken:
                found[name] = [(row_id, self._lines(name, row_id)) for row_id in spoken]
        return found

    def _lines(self, table: str, row_id: str) -> list[Plain]:
        """Return the claims on a row; columns with the same passages and standing share a line.

        A value is given only where it is not the one that stands in the table.
        """
        row, fields = (self.data.row(table, row_id) or {}), list(_columns(table))
        cells: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for claim in self.data.claims_on(table, row_id):
            same = claim["value"] == text(row.get(claim["field"]))
            value = "" if same else text(claim["value"])
            cells[claim["field"], claim["standing"], value].append(claim)
        shared: dict[tuple[str, str, str], Plain] = {}
        for key in sorted(cells, key=lambda key: (fields.index(key[0]), key[1:])):
            field, standing, value = key
            said = " ".join(
                f"{self.numbers[_passage(claim)]}{text(claim['basis'])[:1]}" for claim in cells[key]
            )
            line = shared.setdefault(
                (said, standing, value),
                {"fields": [], "said": said, "standing": standing, "value": value, "ids": []},
            )
            line["fields"].append(field)
            line["ids"].extend(_short(claim["id"]) for claim in cells[key])
        return list(shared.values())

    # Disputes.

    def docket(self) -> list[Plain]:
        """Return the disputes by subject: initiatives, the most disputed first, then editions."""
        decided: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for decision in self.data["decisions"]:
            decided[decision["table"], decision["row_id"]].append(decision)
        subjects: dict[tuple[str, str], list[Plain]] = defaultdict(list)
        for (table, row_id), decisions in decided.items():
            fields = [None, *_columns(table)]
            points = [
                self._point(decision)
                for decision in sorted(decisions, key=lambda row: fields.index(row["field"]))
            ]
            for earlier, later in pairwise(points):
                later["same"] = earlier["note"] == later["note"]
            row = self.data.row(table, row_id)
            name = self.name(table, row_id)
            date = self._claimed(table, row_id, "date") or ""
            subjects[self._subject(table, row_id)].append(
                {
                    "table": table,
                    "row_id": row_id,
                    "name": sentence(name) if row else None,
                    "summary": row.get("summary") if row else None,
                    "points": points,
                    # Whole steps that are rejected come first, by their dates.
                    "order": (row is not None, date if row is None else ""),
                }
            )
        found = [
            {
                "id": row_id,
                "title": self.name(table, row_id),
                "points": sum(len(dispute["points"]) for dispute in disputes),
                "disputes": sorted(disputes, key=lambda dispute: dispute["order"]),
                "order": (table == "editions", row_id if table == "editions" else ""),
            }
            for (table, row_id), disputes in subjects.items()
        ]
        return sorted(found, key=lambda subject: (subject["order"], -subject["points"]))

    def _claimed(self, table: str, row_id: str, field: str) -> str | None:
        """Return the value of a cell, or of a rejected row what was claimed for it."""
        row = self.data.row(table, row_id)
        if row is not None:
            return text(row.get(field)) or None
        return next((claim["value"] for claim in self.data.claims_on(table, row_id, field)), None)

    def _subject(self, table: str, row_id: str) -> tuple[str, str]:
        """Return the table and key of the initiative that a row is about, else its edition's."""
        for field, subjects in (("initiative_id", "initiatives"), ("edition_id", "editions")):
            subject = self._claimed(table, row_id, field)
            if subject:
                return subjects, subject
        return table, row_id

    def _point(self, decision: Row) -> Plain:
        """Return one decision with the documents on both sides."""
        table, row_id, field = decision["table"], decision["row_id"], decision["field"]
        claims = self.data.claims_on(table, row_id, field)
        summary = self._claimed(table, row_id, "summary") or "The whole row"
        overruled: dict[str, list[Row]] = defaultdict(list)
        for claim in claims:
            if claim["standing"] == Standing.OVERRULED:
                said = self.say(table, field, claim["value"]) if field else summary
                overruled[said].append(claim)
        stands = self.say(table, field, decision["value"]) if field else None
        against = decision["against_source_id"]
        label = field.removesuffix("_id").replace("_", " ") if field else "step"
        values = ", or ".join(filter(None, [stands, *overruled]))
        if field is None:
            headline = self._step(table, row_id)
        elif len(values) <= SHORT:
            headline = values
        else:
            headline = f"which {label}"
        return {
            **decision,
            "label": label,
            "question": f"{sentence(headline)}?",
            "stands": stands,
            "voices": self.voices(claim for claim in claims if claim["standing"] in STANDS),
            "overruled": [(value, self.voices(said)) for value, said in overruled.items()],
            "against": self.voice(against) if against else None,
            "reason": Reason(decision["reason"]),
            "same": False,
        }

    def _step(self, table: str, row_id: str) -> str:
        """Return what a rejected row claims to have happened, and when."""
        names = ("kind", "date", "precision")
        kind, date, precision = (self._claimed(table, row_id, name) for name in names)
        if not (kind and date and precision):
            return "did it happen"
        return f"{EventKind(kind).label}, {when(dt.date.fromisoformat(date), precision)}"


_PASSAGE = ("source_id", "locator", "start", "end", "span_sha256")


def _passage(claim: Row) -> tuple[Any, ...]:
    return tuple(claim[name] for name in _PASSAGE)


def _short(claim_id: str) -> str:
    """Return the key of a claim in ten characters of base 64 instead of fifteen of base 16."""
    return base64.b64encode(bytes.fromhex(claim_id[1:] + "0")).decode()[:10]


class Axis:
    """The axis of the lifelines: whole years of equal width, in percent."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        first = min(row["year"] for row in tables["editions"]) - 1
        last = max(
            [row["year"] for row in tables["editions"]]
            + [row["date"].year for row in tables["initiative_events"]]
        )
        self.years = list(range(first, last + 1))

    def place(self, date: dt.date) -> float:
        """Return where a day stands, 0 for what is before the first year."""
        into = (date - dt.date(date.year, 1, 1)).days / 366
        return round(max(0.0, (date.year - self.years[0] + into) / len(self.years) * 100), 2)

    def span(self, row: Plain, start: dt.date, end: dt.date | None) -> Plain:
        """Return a row with its place and width; without an end it reaches the axis's."""
        left = self.place(start)
        right = self.place(end) if end else 100
        early = start.year < self.years[0]
        return {**row, "left": left, "width": round(right - left, 2), "early": early}
