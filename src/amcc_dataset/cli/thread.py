"""`amcc-dataset thread`: print the outcomes on a topic, and the texts they refer to."""

import argparse

from amcc_dataset.cli import output


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("topic", metavar="TOPIC", help="code of the topic, like norms_and_law")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the outcomes on a topic, and the texts they refer to."""
    from amcc_dataset.reading import threads

    rows = threads.thread_rows(options.topic)
    if options.json:
        output.json(rows)
    else:
        output.table(rows, threads.THREAD, keep=["act", "title", "instruments"])
    return 0
