"""A small checkout for tools and tests to damage: two documents, three registries, one dispute.

Not here: the damage.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from amcc_dataset.curation import compile
from amcc_dataset.export import formats
from amcc_dataset.release import archive, render

SOURCE = """\
silent = ["editions.amcc-01.theme"]

[source]
title = "A release"
publisher = "Host"
kind = "press_release"
tier = "host_primary"
published_on = 2016-10-11
language = "en"
url = "https://example.org/release"
read = "whole"
noted_on = 2026-11-23
principal_of = "amcc-01"

[[passage]]
at = "p1"
start = "Ministers and officials"
end = "in one place"
inferred = ["editions.amcc-01.date_start"]
[passage.editions.amcc-01]
number = 1
year = 2016
date_start = 2016-10-11
date_end = 2016-10-11
host_id = "sg"
city = "Singapore"
roster = "by_group"
[passage.participants.amcc-01-chair]
edition_id = "amcc-01"
actor_id = "sg"
role = "member_state"
level = "minister"
session = "main"
presence = "attended"
[[passage.roster]]
edition = "amcc-01"
members = "all"
role = "member_state"
session = "unspecified"
presence = "attended"

[[passage]]
at = "p2"
start = "Singapore announced"
[passage.initiatives.accp]
name = "ASEAN Cyber Capacity Programme"
kind = "programme"
relation = "announced_at"
first_edition_id = "amcc-01"
[passage.parties.accp-sg-lead]
initiative_id = "accp"
actor_id = "sg"
role = "lead"
[passage.initiative_events.accp-announced]
initiative_id = "accp"
kind = "announced"
date = 2016-10-11
precision = "day"
edition_id = "amcc-01"
actor_id = "sg"
amount = 10_000_000
currency = "SGD"
summary = "Singapore announces the programme."
[passage.outcomes.amcc-01-accp]
edition_id = "amcc-01"
topic = "capacity_building"
act = "announced"
scope = "host"
made_by = "sg"
title = "A programme"
summary = "The host announces a programme."
initiative_id = "accp"
"""
LINES = SOURCE.replace('"in one place"\n', '"""\nin one place"""\n')
"""A source that quotes the end of a passage on a line of its own."""
REPORT = """\
[source]
title = "A report"
publisher = "Paper"
kind = "news"
tier = "secondary"
language = "en"
url = "https://example.org/report"
read = "opening"
copy_of = "release"
noted_on = 2026-11-23

[[passage]]
at = "p2"
start = "The conference met"
[passage.editions.amcc-01]
city = "Malacca"
date_start = 2016-10-11
[passage.participants.amcc-01-guest]
edition_id = "amcc-01"
actor_id = "csa"
"""
ACTORS = """\
[sg]
kind = "state"
name = "Singapore"
iso2 = "SG"
iso3 = "SGP"
asean_member_attested = 2016-10-11
aliases = ["Republic of Singapore"]

[csa]
kind = "government_body"
name = "Cyber Security Agency of Singapore"
short_name = "CSA"
parent_id = "sg"
"""
PEOPLE = '[s-iswaran]\nname = "S Iswaran"\nactor_id = "sg"\n'
DECISIONS = """\
[[decision]]
cell = "editions.amcc-01.city"
prefer = "release"
value = "Singapore"
reason = "host_over_report"
note = "The host knows."
decided_on = 2026-11-23

[[decision]]
cell = "participants.amcc-01-guest"
stands = "none"
against = "release"
reason = "unsupported"
note = "Nobody else has it."
decided_on = 2026-11-23
"""
RETIRED = 'amcc-00 = "A trial, 2026."\n'
UNGROUNDED = """\
[[claim]]
cell = "editions.amcc-01.city"
source = "report"
reason = "Looked at."
"""
TEXT = """\
---
source_id: release
url: https://example.org/release
title: A release
publisher: Host (A. Writer)
source_type: press_release
published: 2016-10-11
language: en
editions: [1]
read: whole
body: digest
---
[p1] start "Ministers and officials" end "in one place"
- The first conference met on 11 October 2016 in Singapore, in one place.
[p2] start "Singapore announced"
- Singapore announced on 11 October 2016 the ASEAN Cyber Capacity Programme, S$10 million.
"""
RAW = {
    "sources/release": SOURCE,
    "sources/report": REPORT,
    "actors": ACTORS,
    "people": PEOPLE,
    "decisions": DECISIONS,
    "retired": RETIRED,
    "ungrounded": UNGROUNDED,
}


@dataclass(slots=True)
class Place:
    """A small checkout with its release tree, restored for every input."""

    root: Path
    tree: dict[str, bytes]
    exports: dict[str, dict[str, bytes]] = field(default_factory=dict)

    @classmethod
    def make(cls, folder: Path) -> "Place":
        """Make the checkout; its decision settles the one dispute."""
        made = cls(folder / "checkout", {})
        made.restore()
        made.tree = render.render(compile.compile_tables(made.root))
        made.restore()
        return made

    def export(self, name: str) -> dict[str, bytes]:
        """Return the files of the tree in another format, the largest last."""
        if name not in self.exports:
            release = archive.Release(
                "sample", json.loads(self.tree[archive.DESCRIPTOR]), self.tree
            )
            files = formats.render(release, [name])
            largest = sorted(files, key=lambda path: len(files[path]))
            self.exports[name] = {path: files[path] for path in largest}
        return self.exports[name]

    def restore(self) -> None:
        """Restore every file."""
        shutil.rmtree(self.root, ignore_errors=True)
        for name, content in RAW.items():
            self.put(f"data/raw/{name}.toml", content.encode())
        self.put("texts/release.txt", TEXT.encode())
        for path, rendered in self.tree.items():
            self.put(path, rendered)

    def put(self, path: str, content: bytes) -> None:
        """Write one file."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(content)

    def release(self, path: str, content: bytes) -> None:
        """Write one file of the tree, and its hash into the descriptor."""
        self.put(path, content)
        package = json.loads(self.tree[archive.DESCRIPTOR])
        for entry in package["resources"]:
            if entry["path"] == path:
                entry["hash"] = "sha256:" + hashlib.sha256(content).hexdigest()
                if "bytes" in entry:
                    entry["bytes"] = len(content)
        self.put(archive.DESCRIPTOR, json.dumps(package, indent=2, ensure_ascii=False).encode())
