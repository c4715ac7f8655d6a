"""Tells PyInstaller where the hook is that puts the data into a frozen program.

PyInstaller finds this through the entry point `pyinstaller40`. Not here: what is taken along
(hook-amcc_dataset.py).
"""

from pathlib import Path


def hook_dirs() -> list[str]:
    """Return the folder of the hook."""
    return [str(Path(__file__).parent)]
