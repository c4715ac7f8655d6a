"""`python -m amcc_dataset` is the command `amcc-dataset`."""

import os
import sys

if __name__ == "__main__":
    # `python -m` looks in the current folder first, whose files may have the names of libraries.
    if sys.path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109 - pathlib may be one of them
        del sys.path[0]
    try:
        from amcc_dataset.cli import main

        code = main()
    except KeyboardInterrupt:
        code = 130
    raise SystemExit(code)
