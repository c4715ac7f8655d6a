"""Find and open the files of the release that came with the package.

They are in the package itself, or in the checkout if the package is an editable install. If the
package is imported from a zip file, they are read from that archive. Not here: what is in them,
and files that somebody else may have written (files.py).
"""

import errno
import io
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

DESCRIPTOR = "datapackage.json"


def _package() -> str:
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _is_checkout(folder: str) -> bool:
    """Return whether a folder is a checkout of this project, not another one around the package."""
    try:
        with open(os.path.join(folder, "pyproject.toml"), encoding="utf-8") as source:
            return '\nname = "amcc-dataset"\n' in source.read()
    except (OSError, UnicodeDecodeError):
        return False


def root() -> str:
    """Return the folder that contains datapackage.json: the package, else its checkout.

    Raises
    ------
    FileNotFoundError
        If there is none: the package is in an archive, or its data are missing.
    """
    package = _package()
    if os.path.exists(os.path.join(package, DESCRIPTOR)):
        return package
    checkout = os.path.dirname(os.path.dirname(package))
    if _is_checkout(checkout):
        return checkout
    if os.path.isdir(package):
        what = "is missing from the package; install amcc-dataset again"
    else:
        what = "is in an archive, where other programs cannot open it; unpack the package"
    raise FileNotFoundError(errno.ENOENT, what, os.path.join(package, DESCRIPTOR))


def open_file(*parts: str) -> "BinaryIO":
    """Open a file of the release by the parts of its path, also from an archive."""
    if os.path.isdir(_package()):
        return open(os.path.join(root(), *parts), "rb")
    # Imported only for an archive, because the import takes longer than reading a file.
    from importlib.resources import files

    return io.BytesIO(files("amcc_dataset").joinpath(*parts).read_bytes())
