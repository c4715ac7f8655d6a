"""`python -m amcc_dataset` is the command `amcc-dataset`."""

from amcc_dataset.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
