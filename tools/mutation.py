"""How many single mistakes are caught, and by which check: figures for docs/integrity.md.

`python tools/mutation.py --size 5000 --seed 1 [--texts DIR] [--markdown FILE]` makes copies
with one mistake each (mutants.py), half of raw files and half of the release tree, and runs
the checks of the project on each mutant, in this process. A raw mutant is compiled with all
rules and compared with the committed tree; if no rule reports it, it is also compared with
the texts. A mutant of the release tree is validated as it is, and then with its hash in the
descriptor updated. If cells or rows were changed, the rules also run on the mutated table
alone, as in a tree whose files were all made from it. Documents are read once; only the
mutated one is read again.

`--markdown FILE` replaces the generated section of FILE. `--survivors FILE` writes the raw
mutants that nothing caught, as CSV.
"""

import argparse
import contextlib
import csv
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from multiprocessing import Pool, cpu_count
from pathlib import Path
from random import Random

import damage
import mutants
import report
from mutants import Mutant, Operator
from spots import Repository

from amcc_dataset import rules as checks
from amcc_dataset.curation import compile, toml_files
from amcc_dataset.curation.documents import Documents, join, read_document
from amcc_dataset.curation.texts import verify
from amcc_dataset.curation.texts.exceptions import UNGROUNDED
from amcc_dataset.curation.toml_files import TomlFile
from amcc_dataset.model.dataset import Dataset
from amcc_dataset.model.findings import Failed, Findings
from amcc_dataset.model.tables import TABLES
from amcc_dataset.release import archive, place, render, validate

ROOT = Path(__file__).parents[1]
TRIES = 50

OPERATORS: dict[str, dict[str, Operator]] = {
    "raw": mutants.RAW_SLIPS | damage.RAW_DAMAGE,
    "processed": mutants.RELEASE_SLIPS | damage.RELEASE_DAMAGE,
}
"""All operators, by side and name."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one mutant: for each check, the first problem that it reported, or None.

    `equal` says that a raw mutant gives the same release tree as the original.
    """

    side: str
    operator: str
    mutant: Mutant
    reported: dict[str, str | None]
    equal: bool = False


class Bench:
    """A working copy of the checkout in which one file at a time is mutated."""

    def __init__(self, root: Path, texts: Path | None, folder: Path) -> None:
        self.repo = Repository.read(root)
        self.root, self.texts = folder, texts
        for name in ("data", "schemas"):
            shutil.copytree(root / name, folder / name)
        shutil.copy(root / archive.DESCRIPTOR, folder)
        found = Findings()
        self.files = dict(found.take(toml_files.read_all(folder)))
        exceptions = found.take(toml_files.read(folder, UNGROUNDED))
        assert exceptions is not None
        self.files[UNGROUNDED] = exceptions
        self.parts = {
            path: found.take(read_document(file))
            for path, file in self.files.items()
            if path.startswith(toml_files.SOURCES)
        }
        self.tables = compile.compile_tables(folder)
        self.committed = render.render(self.tables)
        stale = place.stale(root, self.committed)
        if stale:
            raise SystemExit(f"{stale[0]}\nthe release tree is stale: run amcc-dataset build")

    def run(self, side: str, operator: str, seed: str) -> Outcome | None:
        """Draw one mutant and check it; return None if the operator finds nothing to change."""
        mutant = None
        random = Random(seed)
        for _ in range(TRIES):
            mutant = OPERATORS[side][operator](self.repo, random)
            before = self.root / mutant.path if mutant else None
            if mutant and before and (not before.exists() or before.read_bytes() != mutant.content):
                break
        if mutant is None:
            return None
        reported, equal = self._raw(mutant) if side == "raw" else (self._processed(mutant), False)
        return Outcome(side, operator, replace(mutant, content=None), reported, equal)

    def _raw(self, mutant: Mutant) -> tuple[dict[str, str | None], bool]:
        reported: dict[str, str | None] = {"rules": None, "tree": None}
        try:
            files, documents, tables = self._compiled(mutant)
        except Failed as failed:
            reported["rules"] = reported["tree"] = str(failed.findings[0])
            return reported, False
        equal = tables == self.tables
        if not equal:
            reported["tree"] = next(self._stale(tables), None)
        if self.texts is not None:
            # A claim depends only on the text of its own document.
            only = [Path(mutant.path).stem] if mutant.path in self.parts else None
            only = only and [name for name in only if name in documents.files]
            compared = verify.compare(documents, files, self.texts, only=only)
            reported["texts"] = next(map(str, compared), None)
        return reported, equal

    def _compiled(self, mutant: Mutant) -> tuple[dict[str, TomlFile], Documents, Dataset]:
        """Compile the raw files with the mutated one; only that one is read again."""
        found = Findings()
        files, parts = dict(self.files), dict(self.parts)
        files.pop(mutant.path, None)
        parts.pop(mutant.path, None)
        if mutant.content is not None or not mutant.path.startswith(toml_files.SOURCES):
            with self._in_place({mutant.path: mutant.content}):
                file = found.take(toml_files.read(self.root, mutant.path))
            found.check()
            assert file is not None
            files[mutant.path] = file
            if mutant.path.startswith(toml_files.SOURCES):
                parts[mutant.path] = found.take(read_document(file))
        documents = found.take(join(part for _, part in sorted(parts.items())))
        return files, documents, compile.compile_documents(documents, files, found)

    def _stale(self, tables: checks.Tables) -> Iterator[str]:
        for name, row_class in TABLES.items():
            path = f"data/processed/{name}.csv"
            if tables[name] != self.tables[name] and (
                render.to_csv(row_class, tables[name]) != self.committed[path]
            ):
                yield f"{path}: generated file is stale"

    def _processed(self, mutant: Mutant) -> dict[str, str | None]:
        reported: dict[str, str | None] = {}
        with self._in_place({mutant.path: mutant.content}):
            reported["as it is"] = self._validate()
            reported["build --check"] = self._differs()
        updated = damage.with_hashes(self.committed[archive.DESCRIPTOR], mutant)
        if updated is not None:
            with self._in_place({mutant.path: mutant.content, archive.DESCRIPTOR: updated}):
                reported["hash updated"] = self._validate()
        if mutant.table is not None and mutant.content is not None:
            reported["rules"] = self._rules(mutant.table, mutant.content)
        return reported

    def _validate(self) -> str | None:
        found = validate.validate(self.root).findings
        return str(found[0]) if found else None

    def _differs(self) -> str | None:
        found = place.stale(self.root, self.committed)
        return str(found[0]) if found else None

    def _rules(self, table: str, content: bytes) -> str | None:
        """Check a mutated table by schema and rules only, as if all files had been made from it."""
        report = validate.Report()
        rows = list(validate._read_csv(TABLES[table], f"{table}.csv", content, report))
        found = report.findings or checks.run(self.tables.replaced({table: rows}))
        return next(map(str, found), None)

    @contextlib.contextmanager
    def _in_place(self, files: Mapping[str, bytes | None]) -> Iterator[None]:
        """Put files in place; at the end, restore what was there before."""
        before = {
            path: (self.root / path).read_bytes() if (self.root / path).exists() else None
            for path in files
        }
        self._put(files)
        try:
            yield
        finally:
            self._put(before)

    def _put(self, files: Mapping[str, bytes | None]) -> None:
        for path, content in files.items():
            if content is None:
                (self.root / path).unlink(missing_ok=True)
            else:
                (self.root / path).write_bytes(content)


_bench: Bench | None = None
_folder: tempfile.TemporaryDirectory[str] | None = None


def _start(root: Path, texts: Path | None) -> None:
    global _bench, _folder
    _folder = tempfile.TemporaryDirectory(prefix="amcc-mutation-")
    _bench = Bench(root, texts, Path(_folder.name))


def _run(task: tuple[str, str, str]) -> Outcome | None:
    assert _bench is not None
    return _bench.run(*task)


def tasks(size: int, seed: int) -> list[tuple[str, str, str]]:
    """Return side, operator and seed of every mutant: half raw, half processed."""
    made = []
    for side, operators in OPERATORS.items():
        names = list(operators)
        made += [
            (side, name, f"{seed}-{name}-{number}")
            for index, name in enumerate(names)
            for number in range(size // 2 // len(names) + (index < size // 2 % len(names)))
        ]
    return made


def run(
    size: int, seed: int, texts: Path | None, root: Path = ROOT, jobs: int | None = None
) -> list[Outcome]:
    """Run the mutants and return their outcomes; a mutant that is drawn twice counts once."""
    todo = tasks(size, seed)
    if jobs == 1:
        _start(root, texts)
        done = [_run(task) for task in todo]
    else:
        with Pool(jobs or cpu_count(), _start, (root, texts)) as pool:
            done = pool.map(_run, todo, chunksize=8)
    distinct = {(o.operator, o.mutant.what): o for o in done if o is not None}
    return list(distinct.values())


# --- report ---------------------------------------------------------------------------------


def holes(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the mutants that had to be caught but were not."""
    return [outcome for outcome in outcomes if _is_hole(outcome)]


def _is_hole(outcome: Outcome) -> bool:
    reported = outcome.reported
    if outcome.side == "processed":
        return reported["as it is"] is None or reported.get("hash updated", "") is None
    if outcome.mutant.contradicts and reported["rules"] is None:
        # Only `verify-sources` reads the list of exceptions.
        return not (outcome.mutant.path.endswith("ungrounded.toml") and reported.get("texts", "-"))
    return reported["tree"] is None and not outcome.equal


def section(outcomes: list[Outcome], size: int, seed: int, texts: bool) -> str:
    """Return the generated section of a page."""
    raw = [outcome for outcome in outcomes if outcome.side == "raw"]
    done = [outcome for outcome in outcomes if outcome.side == "processed"]
    return "\n\n".join(
        [
            f"`python tools/mutation.py --size {size} --seed {seed}"
            f"{' --texts DIR' if texts else ''}`: {len(outcomes):,} "
            f"different mutants, {len(raw):,} raw and {len(done):,} of the release tree; "
            f"{len(holes(outcomes))} that had to be caught were not.",
            "### Raw files",
            _raw_table(raw, texts),
            "### Release tree",
            _processed_table(done),
            "### Raw mutants that only the texts can catch",
            _consistent_table(raw, texts),
            "### Cells that no rule ties to another",
            _forged_table(done),
        ]
    )


def _by_operator(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    grouped = defaultdict(list)
    for outcome in outcomes:
        grouped[outcome.operator].append(outcome)
    return dict(grouped)


def _is_consistent(outcome: Outcome) -> bool:
    """Return whether a raw mutant changes the tree and no rule reports it."""
    return outcome.side == "raw" and outcome.reported["rules"] is None and not outcome.equal


def survivors(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the raw mutants that neither a rule nor the texts (if compared) catch."""
    return [o for o in outcomes if _is_consistent(o) and o.reported.get("texts") is None]


def _raw_table(outcomes: list[Outcome], texts: bool) -> str:
    head = ["operator", "mutants", "contradicted", "caught", "others", "caught by a rule"]
    head += ["without effect", "consistent", *(["caught by the texts", "left"] if texts else [])]
    rows: list[list[object]] = []
    for name, group in [*_by_operator(outcomes).items(), ("**all**", outcomes)]:
        known = [o for o in group if o.mutant.contradicts]
        others = [o for o in group if not o.mutant.contradicts]
        consistent = [o for o in others if _is_consistent(o)]
        cells = [
            len(group),
            len(known),
            sum(not _is_hole(o) for o in known),
            len(others),
            sum(o.reported["rules"] is not None for o in others),
            sum(o.equal for o in others),
            len(consistent),
        ]
        if texts:
            left = len(survivors(consistent))
            cells += [len(consistent) - left, left]
        rows.append([_words(name), *cells])
    return report.table(head, rows)


def _processed_table(outcomes: list[Outcome]) -> str:
    columns = ("as it is", "hash updated", "rules", "build --check")
    head = ["operator", "mutants", "caught", "hash updated", "caught", "made anew", "caught"]
    rows: list[list[object]] = []
    for name, group in [*_by_operator(outcomes).items(), ("**all**", outcomes)]:
        cells: list[object] = []
        for column in columns:
            ran = [o.reported[column] for o in group if column in o.reported]
            cells += [len(ran) or "", sum(reported is not None for reported in ran) if ran else ""]
        rows.append([_words(name), *cells[:6], cells[7]])
    return report.table([*head, "build --check"], rows)


def _words(operator: str) -> str:
    return operator.replace("_", " ")


def _consistent_table(outcomes: list[Outcome], texts: bool) -> str:
    consistent = [o for o in outcomes if _is_consistent(o)]
    tried = Counter(o.mutant.kind or _words(o.operator) for o in consistent)
    left = Counter(o.mutant.kind or _words(o.operator) for o in survivors(consistent))
    head = ["what was changed", "mutants", *(["caught by the texts"] if texts else [])]
    rows = [
        [kind, count, *([count - left[kind]] if texts else [])]
        for kind, count in sorted(tried.items())
    ]
    return report.table(head, rows)


def _forged_table(outcomes: list[Outcome]) -> str:
    tried = Counter(o.mutant.kind for o in outcomes if "rules" in o.reported)
    left = Counter(o.mutant.kind for o in outcomes if o.reported.get("rules", "") is None)
    rows = [[kind, tried[kind], count] for kind, count in sorted(left.items())]
    return report.table(["cell or row", "mutants", "not caught by a rule"], rows)


def main() -> int:
    """Run the mutants from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=6000, help="number of mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, help="folder with the texts of the documents")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    parser.add_argument("--jobs", type=int, help="processes (default: one per core)")
    parser.add_argument("--markdown", type=Path, help="file whose generated section is replaced")
    parser.add_argument("--survivors", type=Path, help="CSV file for the mutants not caught")
    options = parser.parse_args()
    begun = time.monotonic()
    outcomes = run(options.size, options.seed, options.texts, options.root, options.jobs)
    text = section(outcomes, options.size, options.seed, options.texts is not None)
    report.show("mutation", text, options.markdown)
    missed = holes(outcomes)
    for hole in missed:
        print(f"NOT CAUGHT {hole.side} {hole.operator}: {hole.mutant.what} {hole.reported}")
    if options.survivors:
        listed = sorted((o.operator, o.mutant.what) for o in survivors(outcomes))
        with options.survivors.open("w", encoding="utf-8", newline="") as sink:
            csv.writer(sink, lineterminator="\n").writerows([("operator", "change"), *listed])
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
