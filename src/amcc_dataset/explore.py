"""The explorer: every table, with the evidence for every cell, as one HTML page.

`render` makes the page from the tables of a release alone, so that the same tables give the
same bytes. The HTML is the only store: all rows and claims stand in it and can be read
without JavaScript; the script only rearranges what is there. The provenance stays small by
two lists: every passage once, with a number, and for every cell what which numbers say.
Layout and wording are in templates/. Not in here: what charts show (figures.py).
"""

import base64
import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from amcc_dataset import __version__, figures, load
from amcc_dataset.citation import cite
from amcc_dataset.derive import Column, columns
from amcc_dataset.figures import Plain, Tables, by_id
from amcc_dataset.problems import Problem, Problems
from amcc_dataset.schema import TABLES, Policy
from amcc_dataset.vocab import VOCABULARIES, Act, Presence, Relation, Standing, Status, Topic

TOLD = 3
"""An initiative is told of on the first view if at least this many outcomes concern it."""

SHORT = 80
"""Longest headline that puts the values of a dispute side by side."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def write(path: Path, *, force: bool = False) -> bool:
    """Write the page to a file; return whether the file changed.

    Raises
    ------
    Problems
        If another file stands there and `force` does not allow to replace it.
    """
    content = render().encode()
    if path.exists():
        if path.read_bytes() == content:
            return False
        if not force:
            remedy = "add --force to replace it, or name another file with --output"
            raise Problems([Problem(str(path), "another file of this name is there", remedy)])
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return True


def render(tables: Tables | None = None) -> str:
    """Return the page, made from the tables given or from the release's.

    Raises
    ------
    ImportError
        If Jinja is not installed.
    """
    try:
        import jinja2
        from markupsafe import Markup
    except ImportError:
        raise ImportError("jinja2 is missing; pip install 'amcc-dataset[explore]'") from None
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("amcc_dataset"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, when=when, money=money, ordinal=ordinal, number=number)
    folder = Path(__file__).parent / "templates"
    style, script = (
        _dense((folder / name).read_text(encoding="utf-8")) for name in ("style.css", "script.js")
    )
    html = environment.get_template("page.html").render(
        Content(tables or figures.read()).views(),
        style=Markup(style),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return _dense(html)


def _dense(text: str) -> str:
    """Drop indentation and empty lines; texts of the tables have no line break."""
    return re.sub(r"\n[ \n]+", "\n", text.strip()) + "\n"


# --- words --------------------------------------------------------------------------------


def day(date: dt.date) -> str:
    """Return a date in words.

    Examples
    --------
    >>> day(dt.date(2019, 10, 2))
    '2 October 2019'
    """
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def when(date: dt.date, precision: str) -> str:
    """Return a date as exactly as it is known.

    Examples
    --------
    >>> when(dt.date(2019, 10, 1), "quarter")
    'fourth quarter of 2019'
    """
    quarter = ("first", "second", "third", "fourth")[(date.month - 1) // 3]
    return {
        "day": day(date),
        "month": f"{_MONTHS[date.month - 1]} {date.year}",
        "quarter": f"{quarter} quarter of {date.year}",
        "year": str(date.year),
    }[precision]


def number(value: int) -> str:
    """Return a number with its thousands apart.

    Examples
    --------
    >>> number(5334)
    '5,334'
    """
    return f"{value:,}"


def money(amount: int) -> str:
    """Return an amount in words.

    Examples
    --------
    >>> money(10_100_000), money(500_000)
    ('10.1 million', '500,000')
    """
    return f"{amount / 10**6:g} million" if amount >= 10**6 else number(amount)


def ordinal(value: int) -> str:
    """Return an ordinal number.

    Examples
    --------
    >>> [ordinal(value) for value in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    teens = 10 < value % 100 < 14
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def text(value: object) -> str:
    """Return a value as it stands in the CSV file."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


@cache
def _columns(table: str) -> dict[str, Column]:
    return {column.name: column for column in columns(TABLES[table])}


# --- content ------------------------------------------------------------------------------


class Content:
    """What the views show, from the tables of one release."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.rows = {name: by_id(rows) for name, rows in tables.items()}
        self.originals = figures.originals(tables)
        self.claims: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for claim in tables["provenance"]:
            self.claims[claim["table"], claim["row_id"]].append(claim)
        self.axis = Axis(tables)

    def views(self) -> Plain:
        """Return what the templates need, by name."""
        docket = self.docket()
        return {
            "version": __version__,
            "counts": {name: len(rows) for name, rows in self.tables.items()},
            "cited": len({claim["source_id"] for claim in self.tables["provenance"]}),
            "voices": len(
                {self.originals[claim["source_id"]] for claim in self.tables["provenance"]}
            ),
            "standing": {
                standing: sum(row["standing"] == standing for row in self.tables["provenance"])
                for standing in Standing
            },
            "timeline": [
                {**row, "at": round((row["date_start"].timetuple().tm_yday - 1) / 3.66, 1)}
                for row in figures.timeline(self.tables)
            ],
            "stories": self.stories(docket),
            "threads": list(self.threads()),
            "axis": self.axis,
            "lifelines": self.lifelines(),
            "attendance": self.attendance(),
            "tables": [self.table(name) for name in self.tables if name != "provenance"],
            "provenance": self.provenance(),
            "documents": self.documents(),
            "docket": docket,
            "vocabularies": VOCABULARIES,
            "vocabulary_names": {vocabulary: name for name, vocabulary in VOCABULARIES.items()},
            "titles": {row["id"]: row["title"] for row in self.tables["outcomes"]},
            "names": {row["id"]: row["name"] for row in self.tables["initiatives"]},
            "actors": {row["id"]: row["name"] for row in self.tables["actors"]},
            "disputed": {subject["id"] for subject in docket},
            "citation": cite(),
        }

    # Names and values in words.

    def name(self, table: str, row_id: str) -> str:
        """Return what to call a row."""
        row = self.rows[table].get(row_id)
        if row is None:
            return row_id
        if table == "editions":
            return f"{ordinal(row['number'])} AMCC, {row['year']}"
        if table == "participants":
            who = ("people", row["person_id"]) if row["person_id"] else ("actors", row["actor_id"])
            return f"{self.name(*who)} at the {self.name('editions', row['edition_id'])}"
        if table == "initiative_events":
            return f"{_columns(table)['kind'].vocabulary(row['kind']).label}, {when(row['date'], row['precision'])}"  # type: ignore[misc]
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
        """Return a document as it is named in a line of text, with a passage's number."""
        source = self.rows["sources"][source_id]
        published = source["published_on"]
        return {
            "source_id": source_id,
            "passage": passage,
            "publisher": source["publisher"],
            "tier": source["tier"],
            "published": when(published, source["published_precision"]) if published else "undated",
            "is_copy": source["copy_of"] is not None,
        }

    def voices(self, claims: Iterable[Mapping[str, Any]]) -> list[Plain]:
        """Return claims with their documents: the nearest to the conference first, once each."""
        tiers = list(VOCABULARIES["tier"])
        sources = self.rows["sources"]
        first: dict[str, Mapping[str, Any]] = {}
        for claim in claims:
            first.setdefault(claim["source_id"], claim)

        def order(claim: Mapping[str, Any]) -> tuple[object, ...]:
            source = sources[claim["source_id"]]
            tier = tiers.index(source["tier"])
            return tier, source["copy_of"] is not None, text(source["published_on"]) or "9"

        return [
            self.voice(claim["source_id"], self.numbers[_passage(claim)])
            for claim in sorted(first.values(), key=order)
        ]

    def standing(self, table: str, row_id: str, field: str) -> list[Plain]:
        """Return who says what stands in a cell."""
        return self.voices(
            claim
            for claim in self.claims[table, row_id]
            if claim["field"] == field and claim["standing"] in figures.STANDS
        )

    # Views.

    def stories(self, docket: list[Plain]) -> list[Plain]:
        """Return what became of the initiatives that the conference spoke of most."""
        events: dict[str, list[Plain]] = defaultdict(list)
        for event in figures.events(self.tables):
            events[event["initiative_id"]].append(event)
        concern: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for outcome in self.tables["outcomes"]:
            concern[outcome["initiative_id"]].append(outcome)
        further = defaultdict(list)
        for row in figures.carried_on(self.tables):
            further[row["initiative_id"]].append(row["carried_on_id"])
        disputes = {subject["id"]: subject for subject in docket}
        lines = self.lines()
        found = []
        for initiative in self.tables["initiatives"]:
            name = initiative["id"]
            if len(concern[name]) < TOLD:
                continue
            now = lines[name][-1]["status"] if lines[name] else None
            reached = [event for event in events[name] if now and event["stage"] == now]
            after = [event for event in events[name] if reached and event["start"] > reached[-1]["end"]]
            said = (
                self.standing("initiative_events", reached[-1]["event_id"], "kind") if reached else []
            )
            found.append(
                {
                    "initiative": initiative,
                    "outcomes": len(concern[name]),
                    "editions": len({row["edition_id"] for row in concern[name]}),
                    "status": Status(now) if now else None,
                    "reached": reached[-1] if reached else None,
                    "after": after[-1] if after else None,
                    "voices": said,
                    "further": [
                        {
                            "initiative": self.rows["initiatives"][other],
                            "line": lines[other][-1] if lines[other] else None,
                            "event": next(
                                (
                                    event
                                    for event in events[other]
                                    if lines[other] and event["event_id"] == lines[other][-1]["event_id"]
                                ),
                                None,
                            ),
                        }
                        for other in dict.fromkeys(further[name])
                    ],
                    "disputes": disputes.get(name),
                    "lines": lines[name],
                    "events": [self.axis.placed(event) for event in events[name]],
                }
            )
        return sorted(found, key=lambda story: (-story["outcomes"], -len(story["events"])))

    def threads(self) -> Iterator[Plain]:
        """Yield each topic with its outcomes and the chart of their acts."""
        years = [row["year"] for row in self.tables["editions"]]
        first, span = min(years) - 0.5, max(years) - min(years) + 1
        for topic in Topic:
            outcomes = figures.thread(topic, self.tables)
            if not outcomes:
                continue
            acts = [act for act in reversed(Act) if any(row["act"] == act for row in outcomes)]
            for row in outcomes:
                row["left"] = round((row["x"] - first) / span * 100, 2)
                row["top"] = round((acts.index(row["act"]) + 0.5) / len(acts) * 100, 2)
                row["voices"] = self.standing("outcomes", row["outcome_id"], "act")
            known = {row["outcome_id"]: row for row in outcomes}
            yield {
                "topic": topic,
                "acts": acts,
                "years": [
                    (year, round((year - first) / span * 100, 2))
                    for year in range(min(years), max(years) + 1)
                ],
                "outcomes": outcomes,
                "links": [
                    (known[link["follows_id"]], known[link["outcome_id"]])
                    for link in figures.links(outcomes)
                ],
            }

    def lines(self) -> dict[str, list[Plain]]:
        """Return the stretches of status of each initiative, placed on the axis."""
        found: dict[str, list[Plain]] = defaultdict(list)
        for row in figures.lifelines(self.tables):
            left = self.axis.place(row["start"])
            right = self.axis.place(row["end"]) if row["end"] else 100
            found[row["initiative_id"]].append({**row, "left": left, "width": round(right - left, 2)})
        return found

    def lifelines(self) -> list[tuple[Relation, list[Plain]]]:
        """Return the initiatives by their relation to the conference."""
        lines = self.lines()
        events: dict[str, list[Plain]] = defaultdict(list)
        for event in figures.events(self.tables):
            events[event["initiative_id"]].append(self.axis.placed(event))
        groups = []
        for relation in Relation:
            rows = [
                {
                    "initiative": row,
                    "lines": lines[row["id"]],
                    "status": Status(lines[row["id"]][-1]["status"]) if lines[row["id"]] else None,
                    "events": events[row["id"]],
                }
                for row in self.tables["initiatives"]
                if row["relation"] == relation
            ]
            if rows:
                groups.append((relation, sorted(rows, key=lambda row: -len(row["events"]))))
        return groups

    def attendance(self) -> Plain:
        """Return the matrix: groups of actors, and for each actor one cell per edition."""
        groups: dict[str, dict[str, dict[str, list[Plain]]]] = {}
        for row in figures.attendance(self.tables):
            cells = groups.setdefault(row["group"], {}).setdefault(row["actor_id"], {})
            taken = cells.setdefault(row["edition_id"], [])
            if row["presence"]:
                taken.append(row)
        presences = list(Presence)
        return {
            "groups": [
                (
                    VOCABULARIES["role"](group),
                    [
                        {
                            "actor": self.rows["actors"][actor],
                            "cells": [
                                {
                                    "edition_id": edition,
                                    "taken": taken,
                                    "presences": sorted(
                                        {row["presence"] for row in taken}, key=presences.index
                                    ),
                                    "chair": any(row["role"] == "chair" for row in taken),
                                    "sessions": sorted(
                                        {row["session"] for row in taken} - {"unspecified"}
                                    ),
                                }
                                for edition, taken in cells.items()
                            ],
                        }
                        for actor, cells in actors.items()
                    ],
                )
                for group, actors in groups.items()
            ],
            "named": sorted(
                (
                    row
                    for row in figures.attendance(self.tables)
                    if row["person"] and row["presence"]
                ),
                key=lambda row: (row["number"], row["actor"], row["person"], row["session"]),
            ),
        }

    def table(self, name: str) -> Plain:
        """Return a table as texts, with its columns."""
        row_class = TABLES[name]
        return {
            "name": name,
            "title": row_class.TABLE.title,
            "description": " ".join((row_class.__doc__ or "").split()),
            "columns": list(_columns(name).values()),
            "rows": [
                [text(row[column]) for column in _columns(name)] for row in self.tables[name]
            ],
            "claimed": any(column.policy != Policy.NONE for column in _columns(name).values()),
        }

    def documents(self) -> dict[str, list[Plain]]:
        """Return the passages of each document that speaks, with their numbers."""
        found: dict[str, list[Plain]] = defaultdict(list)
        for (source_id, locator, start, end, digest), place in self.numbers.items():
            found[source_id].append(
                {"number": place, "locator": locator, "start": start, "end": end, "digest": digest}
            )
        return found

    @cached_property
    def numbers(self) -> dict[tuple[Any, ...], int]:
        """The number of every passage, in the order of the documents."""

        def order(key: tuple[Any, ...]) -> list[tuple[int, str]]:
            parts = re.split(r"([0-9]+)", " ".join(map(text, key)))
            return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]

        keys = {_passage(claim) for claim in self.tables["provenance"]}
        return {key: place for place, key in enumerate(sorted(keys, key=order), 1)}

    def provenance(self) -> Plain:
        """Return the provenance by table and row: which columns which passages speak of.

        Columns with the same passages and the same standing share a line. A value is given
        only where it is not the one that stands in the table.
        """
        lines: dict[str, list[tuple[str, list[Plain]]]] = {}
        for name, rows in self.tables.items():
            order = [row["id"] for row in rows]
            rejected = sorted({row for table, row in self.claims if table == name} - set(order))
            found = [
                (row_id, self._lines(name, row_id))
                for row_id in [*order, *rejected]
                if (name, row_id) in self.claims
            ]
            if found:
                lines[name] = found
        return {**self.table("provenance"), "lines": lines}

    def _lines(self, table: str, row_id: str) -> list[Plain]:
        row, fields = self.rows[table].get(row_id, {}), list(_columns(table))
        cells: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for claim in self.claims[table, row_id]:
            value = "" if claim["value"] == text(row.get(claim["field"])) else claim["value"] or ""
            cells[claim["field"], claim["standing"], value].append(claim)
        shared: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {}
        for key in sorted(cells, key=lambda key: (fields.index(key[0]), key[1:])):
            field, standing, value = key
            said = " ".join(
                f"{self.numbers[_passage(claim)]}{(claim['basis'] or '')[:1]}"
                for claim in cells[key]
            )
            names, ids = shared.setdefault((said, standing, value), ([], []))
            names.append(field)
            ids.extend(_short(claim["id"]) for claim in cells[key])
        return [
            {"fields": names, "said": said, "standing": standing, "value": value, "ids": ids}
            for (said, standing, value), (names, ids) in shared.items()
        ]

    # Disputes.

    def docket(self) -> list[Plain]:
        """Return the disputes by subject: what stands, what is overruled, who says so, and why."""
        disputes: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for decision in self.tables["decisions"]:
            disputes[decision["table"], decision["row_id"]].append(decision)
        subjects: dict[str, Plain] = {}
        for (table, row_id), decisions in disputes.items():
            place, subject = self._subject(table, row_id)
            fields = list(_columns(table))
            decisions.sort(key=lambda row: fields.index(row["field"]) if row["field"] else -1)
            points = [self._point(decision) for decision in decisions]
            for earlier, later in zip(points, points[1:], strict=False):
                later["same"] = earlier["decision"]["note"] == later["decision"]["note"]
            row = self.rows[table].get(row_id)
            entry = subjects.setdefault(
                subject,
                {
                    "id": subject,
                    "table": place,
                    "title": self.name(place, subject),
                    "points": 0,
                    "disputes": [],
                },
            )
            entry["points"] += len(points)
            entry["disputes"].append(
                {
                    "table": table,
                    "row_id": row_id,
                    "name": self.name(table, row_id) if row else None,
                    "summary": row and row.get("summary"),
                    "question": points[0]["question"],
                    "points": points,
                }
            )
        for entry in subjects.values():
            entry["disputes"].sort(
                key=lambda dispute: (
                    (True, "")
                    if dispute["name"]
                    else (False, self._claimed(dispute["table"], dispute["row_id"], "date") or "")
                )
            )
        return sorted(
            subjects.values(),
            key=lambda entry: (entry["table"] == "editions", entry["table"] != "editions" and -entry["points"], entry["id"]),
        )

    def _claimed(self, table: str, row_id: str, field: str) -> str | None:
        """Return the value of a cell, of a rejected row the value that was claimed for it."""
        row = self.rows[table].get(row_id)
        if row is not None:
            return text(row.get(field)) or None
        return next(
            (claim["value"] for claim in self.claims[table, row_id] if claim["field"] == field), None
        )

    def _subject(self, table: str, row_id: str) -> tuple[str, str]:
        """Return the initiative that a row belongs to, else its edition, as table and id."""
        if table in ("initiatives", "editions"):
            return table, row_id
        for field in ("initiative_id", "edition_id"):
            if field in _columns(table):
                subject = self._claimed(table, row_id, field)
                if subject:
                    return _columns(table)[field].ref or "", subject
        return table, row_id

    def _point(self, decision: Mapping[str, Any]) -> Plain:
        """Return one decision with the claims on both sides."""
        table, row_id, field = decision["table"], decision["row_id"], decision["field"]
        claims = [claim for claim in self.claims[table, row_id] if field in (None, claim["field"])]
        summary = self._claimed(table, row_id, "summary") or ""
        overruled: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for claim in claims:
            if claim["standing"] == Standing.OVERRULED:
                said = self.say(table, claim["field"], claim["value"]) if field else summary
                overruled[said].append(claim)
        stands = self.say(table, field, decision["value"]) if field else None
        against = decision["against_source_id"]
        return {
            "decision": decision,
            "same": False,
            "field": field,
            "label": field.removesuffix("_id").replace("_", " ") if field else "the step",
            "question": self._question(decision, stands, list(overruled)),
            "stands": stands,
            "voices": self.voices(claim for claim in claims if claim["standing"] in figures.STANDS),
            "against": self.voice(against) if against else None,
            "overruled": [(value, self.voices(said)) for value, said in overruled.items()],
            "reason": VOCABULARIES["reason"](decision["reason"]),
        }

    def _question(
        self, decision: Mapping[str, Any], stands: str | None, overruled: list[str]
    ) -> str:
        """Return a headline: the values side by side, or what is asked."""
        table, row_id, field = decision["table"], decision["row_id"], decision["field"]
        if field is None:
            kind, date, precision = (
                self._claimed(table, row_id, name) for name in ("kind", "date", "precision")
            )
            if kind and date and precision:
                said = f"{self.say(table, 'kind', kind)}, {when(dt.date.fromisoformat(date), precision)}"
                return f"{said[0].upper()}{said[1:]}?"
            return "Did it happen?"
        values = ", or ".join([stands or "", *overruled])
        if len(values) <= SHORT:
            return f"{values[0].upper()}{values[1:]}?"
        return f"Which {field.removesuffix('_id').replace('_', ' ')}?"


def _short(claim_id: str) -> str:
    """Return the key of a claim in ten characters of base 64 instead of fifteen of base 16."""
    return base64.b64encode(bytes.fromhex(claim_id[1:] + "0")).decode()[:10]


def _passage(claim: Mapping[str, Any]) -> tuple[Any, ...]:
    names = ("source_id", "locator", "start", "end", "span_sha256")
    return tuple(claim[name] for name in names)


class Axis:
    """The axis of the lifelines: whole years of equal width, in percent."""

    def __init__(self, tables: Tables) -> None:
        ends = [event["end"].year for event in figures.events(tables)]
        first = min(row["year"] for row in tables["editions"])
        self.years = list(range(first - 1, max([first, *ends]) + 1))

    @property
    def months(self) -> int:
        """The number of months on the axis."""
        return 12 * len(self.years)

    def place(self, date: dt.date) -> float:
        """Return where a day stands, 0 for what is before the first year."""
        into = (date - dt.date(date.year, 1, 1)).days / 366
        return round(max(0.0, (date.year - self.years[0] + into) / len(self.years) * 100), 2)

    def placed(self, event: Plain) -> Plain:
        """Return an event with its place and the width of its period."""
        left = self.place(event["start"])
        right = self.place(event["end"])
        early = event["start"].year < self.years[0]
        return {**event, "left": left, "width": round(right - left, 2), "early": early}
