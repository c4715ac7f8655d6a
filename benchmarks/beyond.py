"""Beyond memory: the rules over claims as SQL, over Parquet files, in DuckDB with a limit.

`python benchmarks/beyond.py [--copies 1 10 100] [--memory 500MB 2GB]` builds a synthetic
checkout of 1000 documents, multiplies its tables until there are 10^5, 10^6, 10^7 claims,
and runs every rule of the package that reads claims or decisions, each under the same name,
beside one reading of all columns of the file. `--selftest N` draws N corruptions of a small
checkout instead and compares the verdict of each rule with that of the package.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import report
import synthetic

from amcc_dataset import build, checks, derive, evidence
from amcc_dataset.checks.keys import PAIRS
from amcc_dataset.claims import CLAIMED, COLUMNS
from amcc_dataset.derive import askable, claimable
from amcc_dataset.schema import TABLES, Policy

FIELDS = claimable()
NEEDED = [
    (table, field)
    for table in CLAIMED
    for field in FIELDS[table]
    if COLUMNS[table][field].policy is Policy.CLAIM
]
MOVED = [
    (table, field)
    for table in CLAIMED
    for field, column in COLUMNS[table].items()
    if column.ref in (*CLAIMED, "sources")
]
"""Columns that name a row which is multiplied."""
COUNTED = [("editions", "number"), ("editions", "year")]
"""Columns whose numbers are keys."""


def _pairs(pairs: list[tuple[str, str]]) -> str:
    return "(" + ", ".join(f"('{table}', '{field}')" for table, field in pairs) + ")"


def _keys() -> str:
    """Return a query for repeated keys, in all tables."""
    keys = [
        (name, key, key if key in row_class.TABLE.unique_if_filled else ())
        for name, row_class in TABLES.items()
        for key in (("id",), *row_class.TABLE.unique, *row_class.TABLE.unique_if_filled)
    ]
    return " UNION ALL ".join(
        f"SELECT any_value(id) FROM {name} "
        f"WHERE {' AND '.join(['true', *(f'{_quoted(field)} IS NOT NULL' for field in filled)])} "
        f"GROUP BY {', '.join(map(_quoted, key))} HAVING count(*) > 1"
        for name, key, filled in keys
    )


def _references() -> str:
    """Return a query for references that lead nowhere, in all tables."""
    return " UNION ALL ".join(
        f"SELECT t.id FROM {name} t ANTI JOIN {column.ref} r ON t.{_quoted(column.name)} = r.id "
        f"WHERE t.{_quoted(column.name)} IS NOT NULL"
        for name in TABLES
        for column in COLUMNS[name].values()
        if column.ref
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _cells() -> str:
    """Return a query for the cells that claims may speak of, without those that are null."""
    parts = []
    for table, fields in FIELDS.items():
        texts = ", ".join(f'"{field}"::VARCHAR AS "{field}"' for field in fields)
        parts.append(
            f"SELECT '{table}' AS \"table\", id AS row_id, field, value FROM "
            f"(UNPIVOT (SELECT id, {texts} FROM {table}) ON COLUMNS(* EXCLUDE id) "
            "INTO NAME field VALUE value)"
        )
    return " UNION ALL ".join(parts)


PREPARED = f"""
CREATE TEMP TABLE cell AS
SELECT "table", row_id, field, max(shown) AS shown, bool_or(standing IS NOT NULL) AS said,
       coalesce(bool_or(standing = 'agreed'), false) AS agreed,
       coalesce(bool_or(standing = 'preferred'), false) AS preferred,
       coalesce(bool_or(standing = 'overruled'), false) AS overruled,
       min(coalesce(value, '\\n')) FILTER (standing IN ('agreed', 'preferred')) AS least,
       max(coalesce(value, '\\n')) FILTER (standing IN ('agreed', 'preferred')) AS most,
       list(value) FILTER (standing = 'overruled') AS others
FROM (SELECT "table", row_id, field, value, standing, NULL AS shown FROM provenance
      UNION ALL SELECT "table", row_id, field, NULL, NULL, value FROM ({_cells()}))
GROUP BY ALL;

CREATE TEMP TABLE line AS
SELECT "table", row_id, bool_or(shown IS NOT NULL) AS there, bool_or(said) AS said,
       bool_or(agreed OR preferred) AS stands
FROM cell GROUP BY ALL;

CREATE TEMP TABLE passage AS
SELECT DISTINCT source_id, locator, start, "end", span_sha256, link FROM provenance;

CREATE TEMP TABLE published AS
SELECT id, CASE WHEN published_on IS NULL OR published_precision IS NULL THEN DATE '9999-12-31'
  WHEN published_precision = 'day' THEN published_on ELSE (published_on - INTERVAL 1 DAY
  + CASE published_precision WHEN 'month' THEN INTERVAL 1 MONTH
    WHEN 'quarter' THEN INTERVAL 3 MONTH ELSE INTERVAL 1 YEAR END)::DATE END AS day
FROM sources;
"""
"""What several rules look at: a cell with all its claims, a row, a passage, a last day."""

RULES = {
    "keys_are_unique": _keys(),
    "foreign_keys_point_at_rows": _references(),
    "cells_of_a_pair_are_filled_together": " UNION ALL ".join(
        f'SELECT id FROM {table} WHERE ("{one}" IS NULL) <> ("{other}" IS NULL)'
        for table, one, other in PAIRS
    ),
    "principal_documents_speak_of_their_edition": """
        SELECT id FROM editions e ANTI JOIN (SELECT row_id, source_id FROM provenance
          WHERE "table" = 'editions' AND standing <> 'silent') p
          ON p.row_id = e.id AND p.source_id = e.principal_source_id
        WHERE principal_source_id IS NOT NULL""",
    "a_document_gives_a_person_one_title": """
        SELECT any_value(p.id) FROM provenance p JOIN participants t ON t.id = p.row_id
        WHERE p."table" = 'participants' AND p.field = 'title_stated' AND p.value IS NOT NULL
          AND t.person_id IS NOT NULL
        GROUP BY p.source_id, t.person_id HAVING min(p.value) <> max(p.value)""",
    "documents_carry_claims_or_a_note": """
        SELECT id FROM sources s ANTI JOIN provenance p ON p.source_id = s.id
        WHERE note IS NULL""",
    "what_happened_is_reported_not_foretold": """
        WITH told AS (
          SELECT p."table", p.row_id, max(coalesce(s.day, DATE '9999-12-31')) AS day
          FROM provenance p LEFT JOIN published s ON s.id = p.source_id
          WHERE p.standing IN ('agreed', 'preferred') AND (p."table", p.field) IN
            (('participants', 'presence'), ('outcomes', 'act'), ('initiative_events', 'kind'))
          GROUP BY ALL),
        happened AS (
          SELECT 'participants' AS "table", r.id AS row_id, e.date_start AS day
          FROM participants r JOIN editions e ON e.id = r.edition_id
          WHERE r.presence <> 'expected'
          UNION ALL SELECT 'outcomes', r.id, e.date_start
          FROM outcomes r JOIN editions e ON e.id = r.edition_id
          UNION ALL SELECT 'initiative_events', id, date FROM initiative_events)
        SELECT row_id FROM happened JOIN told USING ("table", row_id)
        WHERE told.day < happened.day""",
    "claims_speak_of_cells": f"""
        SELECT row_id FROM cell WHERE (agreed OR preferred OR overruled)
          AND ("table", field) NOT IN
          {_pairs([(table, field) for table in FIELDS for field in FIELDS[table]])}
        UNION ALL SELECT row_id FROM cell WHERE said AND ("table", field) NOT IN
          {_pairs([(table, field) for table in FIELDS for field in askable()[table]])}
        UNION ALL SELECT row_id FROM line l ANTI JOIN decisions d
          ON d."table" = l."table" AND d.row_id = l.row_id AND d.field IS NULL
        WHERE l.said AND NOT l.there""",
    "claims_on_a_cell_agree_or_were_settled": """
        SELECT row_id FROM cell
        WHERE agreed AND (preferred OR overruled) OR preferred AND NOT overruled""",
    "cells_say_what_the_claims_that_stand_say": """
        SELECT row_id FROM cell WHERE least <> coalesce(shown, '') OR most <> coalesce(shown, '')
          OR list_contains(others, coalesce(shown, ''))""",
    "cells_have_a_claim_that_stands": f"""
        SELECT row_id FROM cell WHERE shown IS NOT NULL AND least IS NULL
          AND ("table", field) IN {_pairs(NEEDED)}""",
    "rows_have_a_claim_that_stands": "SELECT row_id FROM line WHERE there AND NOT stands",
    "claims_say_something_and_silence_nothing": """
        SELECT id FROM provenance WHERE CASE WHEN standing = 'silent'
          THEN coalesce(value, basis, locator, start, "end", span_sha256) IS NOT NULL
          ELSE value IS NULL OR basis IS NULL OR locator IS NULL END""",
    "silence_is_noted_of_whole_readings_only": """
        SELECT p.id FROM provenance p JOIN sources s ON s.id = p.source_id
        WHERE p.standing = 'silent' AND s.read <> 'whole'""",
    "no_document_is_silent_on_what_it_states": """
        SELECT p.id FROM provenance p SEMI JOIN
          (SELECT * FROM provenance WHERE standing = 'silent') q
          ON q.source_id = p.source_id AND q."table" = p."table"
          AND q.row_id = p.row_id AND q.field = p.field
        WHERE p.standing <> 'silent'""",
    "claim_ids_are_content_hashes": """
        SELECT id FROM provenance WHERE id <> 'c' || sha256(concat_ws(chr(31), "table", row_id,
          field, coalesce(value, ''), source_id, coalesce(locator, '')))[:15]""",
    "locators_quote_few_words": f"""
        SELECT source_id FROM passage
        WHERE len(string_split_regex(trim(start), '\\s+')) > {evidence.MAX_WORDS}
          OR len(string_split_regex(trim("end"), '\\s+')) > {evidence.MAX_WORDS}""",
    "passages_are_quoted": """
        SELECT source_id FROM passage WHERE start IS NULL
          AND ("end" IS NOT NULL OR coalesce(locator, 'headline') <> 'headline')""",
    "links_open_the_passage": """
        SELECT p.source_id FROM passage p JOIN sources s ON s.id = p.source_id
        WHERE CASE WHEN p.link IS NULL OR s.url IS NULL THEN p.link IS DISTINCT FROM s.url
          WHEN p.start IS NULL THEN p.link <> s.url OR p."end" IS NOT NULL
          ELSE split_part(p.link, '#:~:text=', 1) <> split_part(s.url, '#', 1)
            OR url_decode(split_part(split_part(p.link, '#:~:text=', 2), ',', 1)) <> p.start
            OR nullif(url_decode(split_part(split_part(p.link, '#:~:text=', 2), ',', 2)), '')
              IS DISTINCT FROM p."end" END""",
    "digests_are_of_whole_readings_only": """
        SELECT p.source_id FROM passage p JOIN sources s ON s.id = p.source_id
        WHERE p.span_sha256 IS NOT NULL AND s.read <> 'whole'""",
    "a_passage_has_one_digest": """
        SELECT source_id FROM passage GROUP BY source_id, locator, start, "end"
        HAVING count(DISTINCT coalesce(span_sha256, '')) > 1""",
    "overruled_claims_were_decided": """
        SELECT row_id FROM cell c WHERE overruled
          AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d."table" = c."table"
            AND d.row_id = c.row_id AND d.field = c.field)
          AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d."table" = c."table"
            AND d.row_id = c.row_id AND d.field IS NULL)""",
    "decisions_settle_a_dispute": """
        WITH disputed AS (SELECT "table", row_id, field FROM cell WHERE overruled)
        SELECT id FROM decisions d WHERE NOT EXISTS (SELECT 1 FROM disputed c
          WHERE c."table" = d."table" AND c.row_id = d.row_id AND c.field = d.field)
          AND NOT (field IS NULL AND EXISTS (SELECT 1 FROM disputed c
          WHERE c."table" = d."table" AND c.row_id = d.row_id))""",
    "decisions_name_what_stands": """
        WITH said AS (
          SELECT d.id, p.source_id, p.value FROM decisions d JOIN provenance p
          ON p."table" = d."table" AND p.row_id = d.row_id
          WHERE p.field = coalesce(d.field, p.field) AND p.standing IN ('agreed', 'preferred'))
        SELECT id FROM decisions d WHERE CASE WHEN preferred_source_id IS NULL
          THEN EXISTS (SELECT 1 FROM said WHERE said.id = d.id)
          ELSE NOT EXISTS (SELECT 1 FROM said WHERE said.id = d.id
            AND said.source_id = d.preferred_source_id
            AND said.value IS NOT DISTINCT FROM d.value) END""",
    "rejected_rows_stay_out": """
        SELECT id FROM decisions d SEMI JOIN line l ON l."table" = d."table"
          AND l.row_id = d.row_id AND l.there
        WHERE field IS NULL""",
    "decisions_are_made_after_the_notes_that_they_weigh": """
        SELECT d.id FROM decisions d JOIN sources s
          ON s.id IN (d.preferred_source_id, d.against_source_id)
        WHERE d.decided_on < s.noted_on""",
    "documents_speak_against_where_nothing_stands": """
        SELECT id FROM decisions
        WHERE against_source_id IS NOT NULL AND preferred_source_id IS NOT NULL""",
}
"""Every rule that reads claims or decisions: a query for the ids of what breaks it."""

KEYS = {"keys_are_unique", "foreign_keys_point_at_rows"}


def broken(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, int, float]]:
    """Yield every rule with the number of its problems and the seconds that it took."""
    begin = time.perf_counter()
    connection.execute(PREPARED)
    yield "", 0, time.perf_counter() - begin
    for name, query in RULES.items():
        begin = time.perf_counter()
        (count,) = connection.execute(f"SELECT count(*) FROM ({query})").fetchone() or (0,)
        yield name, count, time.perf_counter() - begin


def open_tables(folder: Path, memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """Open the Parquet files of a folder as tables."""
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
    if memory:
        connection.execute(f"SET memory_limit = '{memory}'")
        connection.execute(f"SET temp_directory = '{folder / 'spilled'}'")
    for name in TABLES:
        path = folder / f"{name}.parquet"
        if path.exists():
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{path}')")
    return connection


def multiply(folder: Path, target: Path, copies: int) -> None:
    """Write the tables `copies` times under new ids; claims get the ids that they should have."""
    connection = open_tables(folder)
    moved, counted = (f'("table", field) IN {_pairs(pairs)}' for pairs in (MOVED, COUNTED))
    for name in TABLES:
        if name in ("actors", "people", "codes"):
            shutil.copy(folder / f"{name}.parquet", target)
            continue
        changes = {"id": "id || '-' || k"}
        for field, column in COLUMNS[name].items():
            if (name, field) in MOVED or column.ref == "sources":
                changes[field] = f"{_quoted(field)} || '-' || k"
            elif (name, field) in COUNTED:
                changes[field] = f"{field} + 1000 * k"
        if name in ("provenance", "decisions"):
            changes["row_id"] = "row_id || '-' || k"
            changes["value"] = (
                f"CASE WHEN {moved} THEN value || '-' || k "
                f"WHEN {counted} THEN (value::BIGINT + 1000 * k)::VARCHAR ELSE value END"
            )
        new = ", ".join(f'{code} AS "{field}"' for field, code in changes.items())
        query = f"SELECT * EXCLUDE k REPLACE ({new}) FROM {name}, range({copies}) AS copy(k)"
        if name == "provenance":
            query = f"""SELECT * REPLACE ('c' || sha256(concat_ws(chr(31), "table", row_id, field,
              coalesce(value, ''), source_id, coalesce(locator, '')))[:15] AS id) FROM ({query})"""
        path = target / f"{name}.parquet"
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def measure(folder: Path, memory: str) -> dict[str, Any]:
    """Read the claims once, then run all rules; return seconds and problems."""
    connection = open_tables(folder, memory)
    begin = time.perf_counter()
    connection.execute("SELECT bit_xor(hash(COLUMNS(*))) FROM provenance").fetchall()
    read = time.perf_counter() - begin
    rules = list(broken(connection))
    return {
        "read": round(read, 3),
        "prepared": round(rules[0][2], 3),
        "rules": round(sum(seconds for _, _, seconds in rules), 3),
        "problems": sum(count for _, count, _ in rules),
        "slowest": sorted(((round(s, 2), name) for name, _, s in rules[1:]), reverse=True)[:5],
    }


def run(copies: list[int], limits: list[str], documents: int) -> list[dict[str, Any]]:
    """Measure every size under every limit, each in a process of its own."""
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        checkout = Path(temporary) / "checkout"
        synthetic.write(checkout, documents)
        tables = build.compile_tables(checkout)
        for name, found in tables.items():
            arrow = pa.Table.from_pylist(found, schema=derive.arrow_schema(TABLES[name]))
            pq.write_table(arrow, checkout / f"{name}.parquet")
        for number in copies:
            folder = Path(temporary) / f"copies-{number}"
            folder.mkdir()
            multiply(checkout, folder, number)
            size = (folder / "provenance.parquet").stat().st_size
            for limit in limits:
                paths = [str(report.ROOT / "benchmarks"), str(report.ROOT / "src")]
                code = f"import sys\nsys.path[:0] = {paths}\nimport beyond, json, pathlib\n"
                code += f"found = beyond.measure(pathlib.Path({str(folder)!r}), {limit!r})\n"
                code += f"print(json.dumps(found)){report.PEAK}"
                told, peak = report.run([sys.executable, "-c", code])[2].splitlines()
                row = {"claims": number * len(tables["provenance"]), "mb": round(size / 1e6, 1)}
                rows.append({**row, "limit": limit, **json.loads(told), "mib": round(float(peak))})
                report.progress(str(rows[-1]))
    return rows


def markdown(rows: list[dict[str, Any]]) -> str:
    """Return the result as Markdown."""
    head = ["claims", "file MB", "limit", "read once s", "all rules s", "÷ read"]
    head += ["claims per s", "peak MiB", "problems"]
    lines = [
        [
            f"{row['claims']:,}",
            f"{row['mb']:,}",
            row["limit"],
            f"{row['read']:.2f}",
            f"{row['rules']:.2f}",
            f"{row['rules'] / row['read']:.1f}",
            f"{row['claims'] / row['rules']:,.0f}",
            f"{row['mib']:,}",
            row["problems"],
        ]
        for row in rows
    ]
    slowest = ", ".join(f"`{name}` {seconds:.1f} s" for seconds, name in rows[-1]["slowest"])
    return (
        f"{report.table(head, lines)}\n\nIn the last line {rows[-1]['prepared']:.1f} s go into "
        f"putting the claims of each cell together; then the longest rules are {slowest}."
    )


def told(tables: checks.Tables) -> set[str]:
    """Return which rules the queries find broken."""
    with duckdb.connect() as connection:
        for name, rows in tables.items():
            schema = derive.arrow_schema(TABLES[name])
            loose = pa.schema([field.with_nullable(True) for field in schema])
            connection.register(name, pa.Table.from_pylist(rows, schema=loose))
        return {name for name, problems, _ in broken(connection) if problems}


def differing(tables: checks.Tables, found: set[str]) -> set[str]:
    """Return where the rules of the package say otherwise; broken keys speak alone in both."""
    expected = {name for name in KEYS if any(checks.RULES[name](tables))}
    expected = expected or {name for name in RULES if any(checks.RULES[name](tables))}
    return (found & KEYS or found) ^ expected


def selftest(count: int) -> None:
    """Corrupt a small checkout `count` times; each query has to say what its rule says."""
    random = Random(1)
    with tempfile.TemporaryDirectory() as temporary:
        synthetic.write(Path(temporary), 60, claims_per_document=40)
        tables = build.compile_tables(Path(temporary))
    caught: dict[str, int] = dict.fromkeys(RULES, 0)
    for number in range(count + 1):
        mutant = deepcopy(tables)
        if number:
            corrupt(mutant, random)
        found = told(mutant)
        if different := differing(mutant, found):
            raise SystemExit(f"corruption {number}: {different} differ")
        for name in found:
            caught[name] += 1
    print(report.table(["rule", "corruptions that it told"], caught.items()))


def corrupt(tables: checks.Tables, random: Random) -> None:
    """Do one thing that should not be done to a row that claims or decisions are about."""
    filled = [name for name in CLAIMED if tables[name]]
    name = random.choice(["provenance"] * 4 + ["decisions"] * 2 + ["sources", *filled])
    rows = tables[name]
    some = [row for row in rows if row.get("standing") != "agreed"] or rows
    row = random.choice(random.choice([rows, some]))
    how = random.choice(["delete", "repeat", "null", "swap", "swap", "swap"])
    if how == "delete":
        rows.remove(row)
    elif how == "repeat":
        rows.append(dict(row))
    else:
        keys = {field for key in TABLES[name].TABLE.unique for field in key}
        keys -= {"row_id", "field"}
        fields = [field for field in row if field not in {"id", "noted_on", "decided_on"} | keys]
        how = how if fields else "swap"
        field = random.choice(["id", *fields] if how == "swap" else fields)
        keep = {"date", "date_start", "precision", "published_precision"}
        if how == "swap":
            row[field] = random.choice(rows)[field]
        elif field not in keep | {
            "table",
            "row_id",
            "source_id",
            "standing",
            "reason",
            "read",
            "field",
        }:
            row[field] = None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--memory", nargs="+", default=["500MB", "2GB"])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--selftest", type=int, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.selftest:
        selftest(options.selftest)
    else:
        result = run(options.copies, options.memory, options.documents)
        said = f"{report.machine()}; DuckDB {duckdb.__version__}; {report.load()}.\n\n"
        said += markdown(result)
        content = {"machine": report.machine(), "duckdb": duckdb.__version__, "rows": result}
        report.save("beyond", content, said, options.json, options.markdown)
