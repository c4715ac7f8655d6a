"""A release as a database: tables with their keys, and views that answer common questions.

The statements are made from the descriptor, so that a database has the columns, keys and
descriptions of its release. SQLite needs only Python, DuckDB needs the extra ``duckdb``. Not
here: which tables are written (formats.py).
"""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from amcc_dataset import extras
from amcc_dataset.release.archive import Release

SQLITE_TYPES = {"integer": "INTEGER", "date": "TEXT", "string": "TEXT"}
DUCKDB_TYPES = {"integer": "BIGINT", "date": "DATE", "string": "VARCHAR"}

DUCKDB_CONFIG: dict[str, Any] = {
    # With the default block size every index would take 256 KiB.
    "default_block_size": 16384,
    # Other programs cannot yet open the default format of DuckDB 2.
    "storage_compatibility_version": "v1.0.0",
}

VIEWS: dict[str, tuple[frozenset[str], str]] = {
    "editions_named": (
        frozenset({"editions", "codes", "sources"}),
        """
        SELECT e.id, e.number, e.year, e.date_start, e.date_end, e.city, e.venue,
               f.label AS format, e.host_name AS host, e.chair_name AS chair,
               e.umbrella_event, e.umbrella_theme, e.theme, r.label AS roster,
               s.publisher AS principal_publisher, s.title AS principal_title,
               s.url AS principal_url
        FROM editions e
        LEFT JOIN codes f ON f.vocabulary = 'format' AND f.code = e.format
        LEFT JOIN codes r ON r.vocabulary = 'roster' AND r.code = e.roster
        LEFT JOIN sources s ON s.id = e.principal_source_id
        ORDER BY e.number
        """,
    ),
    "participants_named": (
        frozenset({"participants", "editions", "actors", "people"}),
        """
        SELECT p.id, e.number, e.year, a.name AS actor, n.name AS person, p.title_stated,
               p.role, p.level, p.session, p.presence
        FROM participants p
        JOIN editions e ON e.id = p.edition_id
        JOIN actors a ON a.id = p.actor_id
        LEFT JOIN people n ON n.id = p.person_id
        ORDER BY e.number, p.role, a.name, n.name, p.id
        """,
    ),
    "outcomes_named": (
        frozenset({"outcomes", "editions", "actors", "initiatives", "codes"}),
        """
        SELECT o.id, e.number, e.year, o.ordinal, o.topic, o.act, c.ordinal AS commitment,
               o.scope, a.name AS made_by, o.title, o.summary, i.name AS initiative,
               o.follows_id, f.title AS follows
        FROM outcomes o
        JOIN editions e ON e.id = o.edition_id
        LEFT JOIN codes c ON c.vocabulary = 'act' AND c.code = o.act
        LEFT JOIN actors a ON a.id = o.made_by
        LEFT JOIN initiatives i ON i.id = o.initiative_id
        LEFT JOIN outcomes f ON f.id = o.follows_id
        ORDER BY e.number, o.ordinal
        """,
    ),
    "meetings_named": (
        frozenset({"meetings", "editions", "actors", "people"}),
        """
        SELECT m.id, m.kind, m.name, b.name AS body, m.ordinal, m.date_start, m.date_end,
               m.date_precision, m.city, m.venue, h.name AS host, c.name AS chair, m.theme,
               m.subject, e.number, e.year
        FROM meetings m
        LEFT JOIN actors b ON b.id = m.body_id
        LEFT JOIN actors h ON h.id = m.host_id
        LEFT JOIN people c ON c.id = m.chair_id
        LEFT JOIN editions e ON e.id = m.edition_id
        ORDER BY m.date_start IS NULL, m.date_start, m.id
        """,
    ),
    "cross_references_named": (
        frozenset(
            {"cross_references", "outcomes", "editions", "initiatives", "instruments", "actors"}
        ),
        """
        SELECT r.id, e.number, e.year, o.act, COALESCE(o.title, f.name) AS refers, r.relation,
               COALESCE(t.name, i.name, a.name) AS referred_to, t.symbol, r.step,
               r.from_outcome_id, r.from_initiative_id, r.to_instrument_id, r.to_initiative_id,
               r.to_actor_id
        FROM cross_references r
        LEFT JOIN outcomes o ON o.id = r.from_outcome_id
        LEFT JOIN editions e ON e.id = o.edition_id
        LEFT JOIN initiatives f ON f.id = r.from_initiative_id
        LEFT JOIN instruments t ON t.id = r.to_instrument_id
        LEFT JOIN initiatives i ON i.id = r.to_initiative_id
        LEFT JOIN actors a ON a.id = r.to_actor_id
        ORDER BY e.number IS NULL, e.number, o.ordinal, r.from_initiative_id, r.step, r.id
        """,
    ),
    "parties_named": (
        frozenset({"parties", "initiatives", "actors"}),
        """
        SELECT p.id, i.name AS initiative, a.name AS actor, p.role, p.initiative_id, p.actor_id
        FROM parties p
        JOIN initiatives i ON i.id = p.initiative_id
        JOIN actors a ON a.id = p.actor_id
        ORDER BY i.name, p.role, a.name, p.id
        """,
    ),
    "evidence": (
        frozenset({"provenance", "sources", "decisions"}),
        """
        SELECT p."table", p.row_id, p.field, p.value, p.standing, p.basis, s.publisher,
               s.title, s.published_on, s.published_precision, s.tier, s.copy_of, p.locator,
               p.link, d.reason, d.note, p.id AS claim_id, p.source_id
        FROM provenance p
        JOIN sources s ON s.id = p.source_id
        LEFT JOIN decisions d ON d."table" = p."table" AND d.row_id = p.row_id
                             AND (d.field = p.field OR d.field IS NULL)
        ORDER BY p."table", p.row_id, p.field, p.standing, p.source_id, p.id
        """,
    ),
    "disputes": (
        frozenset({"provenance", "sources", "decisions"}),
        """
        SELECT d.id, d."table", d.row_id, p.field, d.value AS accepted, p.value AS claimed,
               p.standing, s.publisher, s.title, p.link, d.reason, d.note, d.decided_on,
               p.source_id
        FROM decisions d
        JOIN provenance p ON p."table" = d."table" AND p.row_id = d.row_id
                         AND (p.field = d.field OR d.field IS NULL)
                         AND p.standing IN ('preferred', 'overruled')
        JOIN sources s ON s.id = p.source_id
        ORDER BY d.id, p.field, p.standing DESC, p.source_id, p.id
        """,
    ),
}
"""Every view: the tables that it needs, and its query in SQL that both engines understand."""


def sqlite(release: Release) -> bytes:
    """Return an SQLite database of a release; the same release gives the same bytes."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("BEGIN")
        for table in release.tables:
            connection.execute(create_table(release, table, SQLITE_TYPES))
            places = ", ".join("?" * len(release.fields(table)))
            connection.executemany(
                f"INSERT INTO {_quoted(table)} VALUES ({places})",
                (
                    [None if cell is None or cell == "" else cell for cell in row.values()]
                    for row in _plain(release, table)
                ),
            )
        for statement in _about(release):
            connection.execute(*statement)
        for statement_of_view in create_views(release):
            connection.execute(statement_of_view)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _plain(release: Release, table: str) -> Iterator[dict[str, Any]]:
    """Yield rows with numbers as numbers and dates as texts."""
    types = {field["name"]: field.get("type") for field in release.fields(table)}
    for row in release.texts(table):
        yield {
            name: int(text) if types[name] == "integer" and text else text
            for name, text in row.items()
        }


def duckdb(release: Release) -> bytes:
    """Return a DuckDB database of a release.

    Parameters
    ----------
    release
        The tables to write.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    ImportError
        If DuckDB is not installed.
    """
    extras.need("duckdb", "duckdb")
    import duckdb as engine

    with TemporaryDirectory(prefix="amcc-") as folder:
        path = Path(folder) / "release.duckdb"
        with engine.connect(str(path), config=DUCKDB_CONFIG) as connection:
            connection.begin()
            for table in _parents_first(release):
                content = Path(folder) / "table.csv"
                content.write_bytes(release.files[release.resource(table)["path"]])
                connection.execute(create_table(release, table, DUCKDB_TYPES, to_itself=False))
                types = {
                    field["name"]: DUCKDB_TYPES[field.get("type", "string")]
                    for field in release.fields(table)
                }
                connection.execute(
                    f"INSERT INTO {_quoted(table)} FROM read_csv({_text(str(content))}, "
                    f"header = true, nullstr = '', delim = ',', quote = '\"', escape = '\"', "
                    f"columns = {types}, parallel = false)"
                )
                for field in release.fields(table):
                    described = _text(str(field.get("description", "")))
                    name = f"{_quoted(table)}.{_quoted(field['name'])}"
                    connection.execute(f"COMMENT ON COLUMN {name} IS {described}")
            for statement in _about(release):
                connection.execute(*statement)
            for statement_of_view in create_views(release):
                connection.execute(statement_of_view)
            connection.commit()
        return path.read_bytes()


def _parents_first(release: Release) -> list[str]:
    """Return the tables in an order in which each comes after those that it refers to."""
    ordered: list[str] = []
    waiting = {
        table: {
            key["reference"].get("resource") or table
            for key in resource["schema"].get("foreignKeys", [])
        }
        - {table}
        for table, resource in release.tables.items()
    }
    while waiting:
        ready = [table for table, parents in waiting.items() if not parents - {*ordered}]
        if not ready:
            raise ValueError(f"the tables {', '.join(waiting)} refer to each other in a circle")
        ordered.extend(ready)
        for table in ready:
            del waiting[table]
    return ordered


def create_table(
    release: Release, table: str, types: Mapping[str, str], *, to_itself: bool = True
) -> str:
    """Return the statement that creates a table, with its keys and its descriptions.

    Parameters
    ----------
    release
        The release that describes the table.
    table
        Its name.
    types
        The types of the database, by those of the descriptor.
    to_itself
        Whether to declare foreign keys of the table to itself. DuckDB can neither export nor
        copy a table that has one.

    Returns
    -------
    str
        The statement, in SQL.

    Examples
    --------
    >>> release = Release("here", {"resources": [{"name": "codes", "path": "codes.csv", "schema": {
    ...     "fields": [{"name": "id", "type": "string", "constraints": {"required": True},
    ...                 "description": "Key of the code."}], "primaryKey": ["id"]}}]}, {})
    >>> print(create_table(release, "codes", SQLITE_TYPES))
    CREATE TABLE "codes" (
      "id" TEXT NOT NULL, -- Key of the code.
      PRIMARY KEY ("id")
    )
    """
    schema = release.resource(table)["schema"]
    lines: list[tuple[str, str]] = []
    for field in release.fields(table):
        required = " NOT NULL" if field.get("constraints", {}).get("required") else ""
        kind = types[field.get("type", "string")]
        lines.append((f"{_quoted(field['name'])} {kind}{required}", field.get("description", "")))
    for word, keys in (
        ("PRIMARY KEY", [schema["primaryKey"]] if "primaryKey" in schema else []),
        ("UNIQUE", [*_unique_fields(release, table), *schema.get("uniqueKeys", [])]),
    ):
        lines.extend((f"{word} ({_names(key)})", "") for key in keys)
    for group in schema.get("amcc:exactlyOne", []):
        filled = " + ".join(
            f"CASE WHEN {_quoted(name)} IS NULL THEN 0 ELSE 1 END" for name in group
        )
        lines.append((f"CHECK ({filled} = 1)", ""))
    for key in schema.get("foreignKeys", []):
        target = key["reference"]
        if target.get("resource", table) == table and not to_itself:
            continue
        other = _quoted(target.get("resource") or table)
        lines.append(
            (
                f"FOREIGN KEY ({_names(key['fields'])}) REFERENCES {other} "
                f"({_names(target['fields'])})",
                "",
            )
        )
    written = [
        f"  {line}{',' if number < len(lines) else ''}"
        + (f" -- {' '.join(remark.split())}" if remark else "")
        for number, (line, remark) in enumerate(lines, 1)
    ]
    return f"CREATE TABLE {_quoted(table)} (\n" + "\n".join(written) + "\n)"


def _unique_fields(release: Release, table: str) -> Iterator[list[str]]:
    primary = release.resource(table)["schema"].get("primaryKey")
    for field in release.fields(table):
        if field.get("constraints", {}).get("unique") and [field["name"]] != primary:
            yield [field["name"]]


def create_views(release: Release) -> Iterator[str]:
    """Yield the statements that create the views whose tables the release has."""
    for name, (needed, query) in VIEWS.items():
        if needed <= release.tables.keys():
            lines = (line[8:] for line in query.strip("\n").splitlines())
            yield f"CREATE VIEW {name} AS\n" + "\n".join(lines).rstrip()


def _about(release: Release) -> Iterator[tuple[str, list[str]] | tuple[str]]:
    yield ("CREATE TABLE about (key VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL)",)
    said = {name: release.descriptor.get(name) for name in ("title", "version", "description")}
    licences = release.descriptor.get("licenses") or [{}]
    for key, value in {**said, "licence": licences[0].get("path")}.items():
        if value:
            yield "INSERT INTO about VALUES (?, ?)", [key, str(value)]


def _names(names: list[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
