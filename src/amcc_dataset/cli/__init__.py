"""The command `amcc-dataset`: one module for each command, found by its name.

`main` runs a command and turns its errors into a message and an exit code: 0 if all is well, 1 if
something was found or could not be read, 2 if the command was used wrongly, such as `check` for a
file that is not there. A command's module has `arguments`, which describes its arguments, and `run`,
which prints and returns the exit code.
It is imported when the command is used, and imports what it needs when it runs, so that almost
nothing is imported before `main` can react to Ctrl-C. How lines reach the terminal is in
output.py. Not here: any computation; that is in the modules which the commands call.
"""

import sys

from amcc_dataset import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import ModuleType

EXIT_FINDINGS, EXIT_MISUSE, EXIT_INTERRUPTED = 1, 2, 130

DESCRIPTION = (
    "Every edition of the ASEAN Ministerial Conference on Cybersecurity, with the evidence for\n"
    "every cell. Without a command, it shows what is in the package."
)
COMMANDS = {
    "show": "Print a table, or one of its rows in full.",
    "evidence": "Print who says what about a row or cell, and who disagrees.",
    "status": "Print how far initiatives had come on a day.",
    "timeline": "Print the steps of an initiative, the earliest first.",
    "thread": "Print the outcomes on a topic, and the texts they refer to.",
    "attendance": "Print who was at which edition, as far as a document shows.",
    "coverage": "Print how much of each edition is known, and from how many documents.",
    "cite": "Print how to cite the dataset, a table or some of its rows.",
    "check": "Check rows of your own against the schema and the rules of their table.",
    "export": "Write the tables into a folder, in the formats that you need.",
    "explore": "Write everything as one page for the browser, and open it.",
    "diff": "Print what changed between two releases, cell by cell.",
    "validate": "Check a release or an export: the packaged one, a folder or a file.",
    "build": "Make the tables and schemas of a clone from data/raw.",
    "release": "Make every file of a release from a clone of the repository.",
    "verify-sources": "Compare the claims of a clone with the texts of the documents.",
}
"""Every command and what it does, in the order of the help."""


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run the command and return its exit code.

    Parameters
    ----------
    arguments
        The words after the name of the command; by default those of the process.

    Returns
    -------
    int
        The exit code.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        from amcc_dataset.cli import output

        output.prepare()
        code = _ended_by_sigterm(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The program that reads the output has closed it, like `head`.
        output.discard()
        return 0
    except KeyboardInterrupt:
        said = "amcc-dataset: stopped; no file was lost; run the command again to finish the work"
        print(said, file=sys.stderr)
        return EXIT_INTERRUPTED
    except Exception as error:
        try:
            return _explained(error, as_json="--json" in words)
        except BrokenPipeError:
            output.discard()
            return EXIT_FINDINGS
    return code


def _ended_by_sigterm(arguments: list[str]) -> int:
    """Run a command; SIGTERM ends it as Ctrl-C does, so that temporary folders are cleared."""
    import signal
    from threading import current_thread, main_thread

    if current_thread() is not main_thread():
        return _run(arguments)
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        return _run(arguments)
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(arguments: list[str]) -> int:
    from amcc_dataset.cli import output

    if not arguments:
        from amcc_dataset.cli import overview

        return overview.run()
    command, *rest = arguments
    if command in ("-h", "--help"):
        output.line(help_text(), wrap=True)
        return 0
    if command == "--version":
        output.line(f"amcc-dataset {__version__}")
        return 0
    if command not in COMMANDS:
        from amcc_dataset.model.suggest import one_of

        if command.startswith("-"):
            what = f"there is no option {command!r} before the command"
            raise ValueError(f"{what}; write --help or --version, or options after the command")
        raise ValueError(
            f"there is no command {command!r}; {one_of(command, COMMANDS)}, or use --help"
        )
    code: int = _module(command).run(make_parser(command).parse_args(rest))
    return code


def help_text() -> str:
    """Return the help of the command itself: the commands, each in one line."""
    lines = [f"  {command:<16}{text}" for command, text in COMMANDS.items()]
    return "\n".join(
        (
            "usage: amcc-dataset [-h] [--version] [COMMAND ...]",
            "",
            DESCRIPTION,
            "",
            "commands:",
            *lines,
            "",
            "options:",
            "  -h, --help      show this help; amcc-dataset COMMAND --help shows that of a command",
            "  --version       show the version",
        )
    )


def make_parser(command: str) -> "argparse.ArgumentParser":
    """Return the parser of a command's arguments."""
    import argparse

    parser = argparse.ArgumentParser(prog=f"amcc-dataset {command}", description=COMMANDS[command])
    _module(command).arguments(parser)
    return parser


def _module(command: str) -> "ModuleType":
    from importlib import import_module

    return import_module(f"amcc_dataset.cli.{command.replace('-', '_')}")


def _explained(error: Exception, *, as_json: bool) -> int:
    """Print what went wrong and return the exit code; re-raise an error of the program itself."""
    from amcc_dataset.cli import output
    from amcc_dataset.model.findings import Failed

    if isinstance(error, Failed) and as_json:
        output.json([finding.plain() for finding in error.findings])
        return EXIT_FINDINGS
    if isinstance(error, Failed):
        for text in (text for finding in error.findings for text in finding.lines):
            output.line(text, file=sys.stderr)
        count = len(error.findings) + error.hidden
        more = f", of which {error.hidden} are not shown" if error.hidden else ""
        output.line(f"{count} problem{'s' * (count != 1)}{more}", file=sys.stderr)
        return EXIT_FINDINGS
    if isinstance(error, OSError):
        where, remedy = error.filename or "the output", getattr(error, "remedy", "check the path")
        output.error(f"{where}: {error.strerror or error}; {remedy}")
        output.discard()
        return EXIT_FINDINGS
    if isinstance(error, MemoryError | RecursionError):
        output.error("the input is too large or nested too deeply for this machine")
        return EXIT_FINDINGS
    if isinstance(error, ValueError | ImportError):
        output.error(str(error))
        return EXIT_MISUSE
    raise error
