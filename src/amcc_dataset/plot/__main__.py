"""`python -m amcc_dataset.plot DIR` writes the figures of the README into a folder."""

import sys
from pathlib import Path

from amcc_dataset.plot import save_figures

if len(sys.argv) != 2:
    raise SystemExit("python -m amcc_dataset.plot DIR")
for written in save_figures(Path(sys.argv[1])):
    print(written)
