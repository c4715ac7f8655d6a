"""What the documentation site says of the package and its tables, made from them.

Every function returns Markdown; `fill` puts it in place of a comment like
``<!-- generated: codes standing -->``. Not in here: anything that a person writes.
"""

import argparse
import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import amcc_dataset as amcc
from amcc_dataset import cli
from amcc_dataset import rules as checks
from amcc_dataset.model import limits
from amcc_dataset.model.columns import columns
from amcc_dataset.model.tables import TABLES, Row
from amcc_dataset.model.vocabularies import VOCABULARIES
from amcc_dataset.reading import coverage, load, store
from amcc_dataset.reading.evidence import evidence_rows
from amcc_dataset.reading.packaged import dataset

Plain = dict[str, Any]
DOCS = Path(__file__).parent

_COMMENT = re.compile(r"<!-- generated: ([a-z_]+)((?: [\w-]+)*) -->")


def fill(text: str) -> str:
    """Return a page with its comments replaced by what they name."""
    return _COMMENT.sub(lambda match: PARTS[match[1]](*match[2].split()), text)


def plain(text: object) -> str:
    r"""Return a text so that Markdown shows it as it is, also in a table; dates stay whole.

    Examples
    --------
    >>> print(plain("[1] a|b"))
    \[1\] a\|b
    """
    shown = re.sub(r"([\\`*_\[\]<>&|#~$])", r"\\\1", str(text))
    return re.sub(r"\b([0-9]{4}-[0-9]{2}-[0-9]{2})\b", r'<span class="whole">\1</span>', shown)


def grid(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"


def pages(*names: str) -> str:
    """Return those of these pages that are there, for a table of contents."""
    return "\n".join(name for name in names if (DOCS / f"{name}.md").exists())


# The tables.


def counts() -> str:
    """Return one sentence with the size of the dataset."""
    size = {name: f"{len(load.rows(name)):,}" for name in store.tables()}
    languages = len({row["language"] for row in load.rows("sources")})
    documents = coverage.totals(dataset())
    return (
        f"{size['editions']} conferences, {size['outcomes']} outcomes found, {size['participants']} "
        f"participations and {size['initiatives']} initiatives. Behind them: {size['provenance']} "
        f"claims from {documents['cited']} of {documents['collected']} documents in {languages} "
        f"languages, and a reason for each of the {size['decisions']} decisions where documents "
        "disagree."
    )


def caveat() -> str:
    """Return how much of the documents was read, and what that means."""
    return f"**{limits.caveat(dataset()).replace('. ', '.** ', 1)}"


def editions() -> str:
    """Return the conferences, with the number of their outcomes."""
    outcomes = Counter(row["edition_id"] for row in load.rows("outcomes"))
    labels = {row["code"]: row["label"] for row in load.rows("codes")}
    return grid(
        ["", "first day", "format", "chair", "outcomes found", "venue"],
        (
            [
                f"**{row['number']}**",
                plain(row["date_start"]),
                labels.get(row["format"], ""),
                plain(row["chair_name"] or ""),
                outcomes[row["id"]],
                plain(row["venue"] or ""),
            ]
            for row in load.rows("editions")
        ),
    )


def tables() -> str:
    """Return the tables with what a row is and how many there are."""
    rows = []
    for name, row_class in TABLES.items():
        said = inspect.getdoc(row_class) or ""
        rows.append(
            [f"[`{name}`](dictionary.md#{name})", _first(said), f"{len(load.rows(name)):,}"]
        )
    return grid(["table", "one row is", "rows"], rows)


def keys() -> str:
    """Return which columns lead from one table to another."""
    rows = []
    for name, row_class in TABLES.items():
        leads = [f"`{cell.name}` → `{cell.ref}`" for cell in columns(row_class) if cell.ref]
        if leads:
            rows.append([f"`{name}`", ", ".join(leads)])
    return grid(["table", "column → table"], rows)


def codes(vocabulary: str) -> str:
    """Return a vocabulary with its labels and definitions."""
    return grid(
        ["code", "what it means"],
        (
            [f"`{row['code']}`", plain(row["definition"])]
            for row in load.rows("codes")
            if row["vocabulary"] == vocabulary
        ),
    )


def _first(text: str) -> str:
    """Return the first sentence of a docstring without its full stop."""
    return " ".join(text.split("\n\n")[0].split()).removesuffix(".")


# The docket.


def reasons() -> str:
    """Return why disputes were settled as they were, and how often."""
    found = Counter(row["reason"] for row in load.rows("decisions"))
    rows = [row for row in load.rows("codes") if row["vocabulary"] == "reason"]
    return grid(
        ["reason", "what it means", "decisions"],
        (
            [f"`{row['code']}`", plain(row["definition"]), found[row["code"]]]
            for row in rows
            if found[row["code"]]
        ),
    )


def disputes() -> str:
    """Return every decision of the docket with the documents on either side."""
    parts = []
    for table, row_class in TABLES.items():
        decisions = [row for row in load.rows("decisions") if row["table"] == table]
        if decisions:
            parts.append(f"## {row_class.TABLE.title} ({len(decisions)})")
        above: Plain = {}
        for decision in decisions:
            cell = decision["row_id"]
            if decision["field"] is not None:
                cell += f", {decision['field']}"
            parts += [f"### {cell}", _about(decision), _dispute(decision, above)]
            above = decision
    return "\n\n".join(parts)


def _about(decision: Plain) -> str:
    """Return what the row of a dispute is about, in the words of the table, if it has any."""
    for row in load.rows(decision["table"]):
        if row["id"] == decision["row_id"]:
            said = row.get("summary") or row.get("title_stated") or row.get("name")
            return f"*{plain(said)}*" if said else ""
    return "The row is rejected and in no table."


def dispute(table: str, row_id: str, field: str) -> str:
    """Return one decision of the docket with the documents on either side."""
    cell = (table, row_id, field)
    for row in load.rows("decisions"):
        if (row["table"], row["row_id"], row["field"]) == cell:
            return _dispute(row)
    raise ValueError(f"the docket has nothing on {'.'.join(cell)}")


def _dispute(decision: Plain, above: Plain | None = None) -> str:
    """Return a decision; a note that is also that of the decision above is not repeated."""
    claims = evidence_rows(decision["table"], decision["row_id"], decision["field"])
    sides: dict[tuple[str, str], dict[str, str]] = {}
    for claim in claims:
        if claim["standing"] in ("preferred", "overruled"):
            value = "this row" if decision["field"] is None else claim["value"]
            side = sides.setdefault((claim["standing"], value), {})
            side.setdefault(claim["source_id"], _document(claim))
    if decision["against_source_id"] is not None:
        against = load.row("sources", decision["against_source_id"])
        sides["speaks against it", "–"] = {against["id"]: _document(against)}
    label = load.row("codes", f"reason-{decision['reason'].replace('_', '-')}")["label"]
    same = above is not None and above.get("note") == decision["note"]
    return (
        grid(
            ["says", "standing", "documents"],
            (
                [plain(value), standing, _number(found) + "; ".join(found.values())]
                for (standing, value), found in sides.items()
            ),
        )
        + f"\n**Why ({label}):** {'As above.' if same else plain(decision['note'])}"
    )


def _number(documents: dict[str, str]) -> str:
    return f"{len(documents)} documents: " if len(documents) > 1 else ""


def _document(source: Plain) -> str:
    when = f" ({source['published_on'].year})" if source["published_on"] else ""
    name = plain(source["publisher"]) + when
    address = source.get("link") or source.get("url")
    return f"[{name}](<{address}>)" if address else name


# The package.


def functions(wanted: str) -> str:
    """Return the functions of the package: `load` those that load a table, `other` the rest."""
    names = [
        name
        for name in dir(amcc)
        if inspect.isfunction(getattr(amcc, name))
        and name.startswith("load_") == (wanted == "load")
    ]
    directives = (f".. autofunction:: amcc_dataset.{name}" for name in names)
    return "```{eval-rst}\n" + "\n\n".join(directives) + "\n```"


def modules() -> str:
    """Return the modules of the package that a user may load, with their functions."""
    found = [name for name in dir(amcc) if inspect.ismodule(getattr(amcc, name))]
    directives = (f".. automodule:: amcc_dataset.{name}\n   :members:" for name in found)
    return "```{eval-rst}\n" + "\n\n".join(directives) + "\n```"


def classes() -> str:
    """Return the typed rows with the table of each."""
    found = [getattr(amcc, name) for name in dir(amcc)]
    return grid(
        ["class", "table", "one object is"],
        (
            [
                f"`amcc_dataset.{row.__name__}`",
                f"[`{row.TABLE.name}`](dictionary.md#{row.TABLE.name})",
                _first(inspect.getdoc(row) or ""),
            ]
            for row in found
            if inspect.isclass(row) and issubclass(row, Row)
        ),
    )


def vocabularies() -> str:
    """Return the vocabularies with the columns that hold their codes."""
    holders: dict[str, list[str]] = {}
    for table, row_class in TABLES.items():
        for column in columns(row_class):
            if column.vocabulary is not None:
                cell = f"`{table}.{column.name}`"
                holders.setdefault(column.vocabulary.__name__, []).append(cell)
    return grid(
        ["class", "its codes say", "scale", "columns"],
        (
            [
                f"`amcc_dataset.{vocabulary.__name__}`",
                _first(inspect.getdoc(vocabulary) or ""),
                "yes" if vocabulary.ORDINAL else "",
                ", ".join(holders.get(vocabulary.__name__, [])),
            ]
            for vocabulary in VOCABULARIES.values()
        ),
    )


def commands() -> str:
    """Return every command of the command line with its arguments and options."""
    whole = f"## amcc-dataset\n\n{plain(cli.DESCRIPTION)}\n\n```text\n{cli.help_text()}\n```"
    return "\n\n".join((whole, *map(_command, parsers())))


def parsers() -> Iterator[argparse.ArgumentParser]:
    """Yield the parser of each command, in the order of the help."""
    yield from map(cli.make_parser, cli.COMMANDS)


def spelled(action: argparse.Action) -> str:
    """Return how an argument or option is written.

    Examples
    --------
    >>> spelled(cli.make_parser("show")._actions[1])
    'TABLE'
    """
    shown = action.metavar if isinstance(action.metavar, str) else (action.dest or "").upper()
    if not action.option_strings:
        return shown
    value = "" if action.nargs == 0 else f" {shown}"
    return ", ".join(action.option_strings) + value


def _command(parser: argparse.ArgumentParser) -> str:
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=88)
    parser.color = False  # type: ignore[attr-defined]
    usage = parser.format_usage().removeprefix("usage: ").rstrip()
    shown = [
        action
        for action in parser._actions
        if action.help != argparse.SUPPRESS and "--help" not in action.option_strings
    ]
    parts = [f"## {parser.prog}", plain(parser.description or ""), f"```text\n{usage}\n```"]
    if shown:
        meanings = (
            [f'<span class="whole">`{spelled(action)}`</span>', plain(_meaning(action))]
            for action in shown
        )
        parts.append(grid(["argument", "meaning"], meanings))
    if parser.epilog:
        parts.append(plain(parser.epilog))
    return "\n\n".join(parts)


def _meaning(action: argparse.Action) -> str:
    meaning = action.help or ""
    if action.choices and not any(str(choice) in meaning for choice in action.choices):
        meaning += f": {', '.join(map(str, action.choices))}"
    return meaning


def rules() -> str:
    """Return every rule across rows, by the module of what it is about."""
    lines = [
        [function.__module__.rpartition(".")[2], f"`{name}`", plain(inspect.getdoc(function))]
        for name, function in checks.RULES.items()
    ]
    return grid(["on", "rule", "what holds"], lines)


PARTS: dict[str, Callable[..., str]] = {
    part.__name__: part
    for part in (
        *(pages, counts, caveat, editions, tables, keys, codes, reasons, disputes, dispute),
        *(functions, modules, classes, vocabularies, commands, rules),
    )
}
"""What a comment can name."""
