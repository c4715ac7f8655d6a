"""`amcc-dataset thread`: print the outcomes on a topic, and the texts they refer to."""

import argparse

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("topic", metavar="TOPIC", help="code of the topic, like norms_and_law")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the outcomes on a topic, and the texts they refer to."""
    from amcc_dataset.model.limits import caveat, in_part
    from amcc_dataset.reading import threads
    from amcc_dataset.reading.packaged import dataset

    rows = threads.thread_rows(options.topic)
    if options.json:
        output.json(rows)
        return 0
    output.table(rows, threads.THREAD, keep=["act", "scope", "title"])
    data, found = dataset(), {row["edition_id"] for row in rows}
    missing = [edition["id"] for edition in in_part(data) if edition["id"] not in found]
    if missing:
        output.note(f"no outcome found for {', '.join(missing)}, whose documents were read in part")
    output.note(caveat(data))
    return 0
