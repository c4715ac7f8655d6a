"""What a file is that should be CSV, by its first bytes, and what to do with it.

Not here: reading it (parsing.py).
"""

_UNPACK = "unpack it"
_AS_CSV = "save it as CSV in UTF-8, or as Parquet"
_EXPORT = "export the table as CSV or Parquet"
_ROWS = "read it with json, and check the list of its rows"

_KINDS = {
    b"\x1f\x8b": ("is compressed with gzip", _UNPACK),
    b"BZh": ("is compressed with bzip2", _UNPACK),
    b"\xfd7zXZ\0": ("is compressed with xz", _UNPACK),
    b"\x28\xb5\x2f\xfd": ("is compressed with zstandard", _UNPACK),
    b"\xd0\xcf\x11\xe0": ("is a workbook of an old Excel", "save the sheet as CSV in UTF-8"),
    b"SQLite format 3\0": ("is an SQLite database", _EXPORT),
    b"ARROW1": ("is a Feather or Arrow file", _AS_CSV),
    b"\xff\xfe": ("is in UTF-16", _AS_CSV),
    b"\xfe\xff": ("is in UTF-16", _AS_CSV),
    b"%PDF": ("is a PDF document", _AS_CSV),
    b"<": ("is HTML or XML", _AS_CSV),
    b"{": ("is JSON", _ROWS),
    b"[": ("is JSON", _ROWS),
}


def other_than_csv(content: bytes) -> tuple[str, str] | None:
    r"""Return what a file is if it is of a known kind other than CSV, and the remedy.

    Parameters
    ----------
    content
        The content of the file.

    Examples
    --------
    >>> other_than_csv(b"\x1f\x8b\x08")
    ('is compressed with gzip', 'unpack it')
    >>> other_than_csv(b"id,name\n")
    """
    if content.startswith(b"PK\x03\x04"):
        if b"xl/workbook" in content:
            return "is an Excel workbook", "save the sheet as CSV in UTF-8"
        return "is a zip file", _UNPACK
    if content[8:12] == b"DUCK":
        return "is a DuckDB database", _EXPORT
    begins = content.startswith
    return next((kind for first, kind in _KINDS.items() if begins(first)), None)
