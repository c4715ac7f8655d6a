"""Figures for papers, as Altair charts that need no network.

Each function draws what the modules of reading/ compute and the explorer page shows, and takes
a title, a caption and a width. A notebook shows a chart as SVG; `chart.save("name.svg")` or
`.png` saves it; you can change it like any Altair chart. `python -m amcc_dataset.plot DIR`
writes the figures of the README; the same tables and tools give the same bytes. Needs the extra
``plot``. Not here: computing any number (reading/).
"""

from pathlib import Path

from amcc_dataset.plot.conferences import editions, timeline
from amcc_dataset.plot.lives import lifelines
from amcc_dataset.plot.seats import attendance
from amcc_dataset.plot.topics import thread

__all__ = ("attendance", "editions", "lifelines", "save_figures", "thread", "timeline")

FIGURES = ("timeline", "norms_and_law")
"""The figures of the README, by the names of their files."""


def save_figures(folder: Path) -> list[Path]:
    """Write the figures of the README as SVG.

    Parameters
    ----------
    folder
        The folder; it is made if it does not exist.

    Returns
    -------
    list of Path
        The files, in the order of `FIGURES`.

    Raises
    ------
    ImportError
        If the extra ``plot`` is not installed; the message says what to install.

    Examples
    --------
    >>> save_figures(Path("figures"))  # doctest: +SKIP
    """
    charts = {"timeline": editions()} | {name: thread(name) for name in FIGURES[1:]}
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, chart in charts.items():
        paths.append(folder / f"{name}.svg")
        chart.save(str(paths[-1]))
    return paths
