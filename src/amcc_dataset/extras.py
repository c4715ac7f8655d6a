"""Optional libraries: one error message for all that are needed and not installed."""

from importlib.util import find_spec


def need(extra: str, *libraries: str) -> None:
    """Make sure that the libraries of an extra are installed.

    Parameters
    ----------
    extra
        Name of the extra.
    *libraries
        Names of its modules, as they are imported.

    Raises
    ------
    ImportError
        If one of them is not installed; the message says what to install.

    Examples
    --------
    >>> need("xlsx", "no_such_library")
    Traceback (most recent call last):
    ImportError: no_such_library is missing; pip install "amcc-dataset[xlsx]"
    """
    for library in libraries:
        if find_spec(library) is None:
            raise ImportError(f'{library} is missing; pip install "amcc-dataset[{extra}]"')
