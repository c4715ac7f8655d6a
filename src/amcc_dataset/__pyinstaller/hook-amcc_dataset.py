"""What a frozen program needs of this package: its data, and the modules loaded by name.

Not here: libraries, which PyInstaller finds by itself.
"""

import pkgutil
from pathlib import Path

import amcc_dataset
from amcc_dataset.disk.shipped import DESCRIPTOR, root

_PACKAGE = Path(__file__).parents[1]

datas = [
    (str(Path(root(), DESCRIPTOR)), "amcc_dataset"),
    (str(Path(root(), "data", "processed")), "amcc_dataset/data/processed"),
    (str(Path(root(), "schemas")), "amcc_dataset/schemas"),
    (str(_PACKAGE / "explore" / "templates"), "amcc_dataset/explore/templates"),
]
hiddenimports = [
    module.name for module in pkgutil.walk_packages(amcc_dataset.__path__, "amcc_dataset.")
]
