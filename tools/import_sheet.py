"""Reading the first sheet of an Excel workbook."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl

from .import_text import UnreadableFile

LARGEST_UNPACKED = 600_000_000
"""A workbook is packed: so many bytes may come out of it."""
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""With this begin .xls files, and workbooks that are locked by a password."""


def is_workbook(content):
    """Tell whether some bytes are a workbook of Excel, whatever the file is called.

    :raise UnreadableFile: of the old kind, or locked by a password

    >>> is_workbook(b"a;b")
    False
    >>> is_workbook(OLD_EXCEL + b"...")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    UnreadableFile: locked
    """
    if content.startswith(OLD_EXCEL):
        raise UnreadableFile("locked")
    return content.startswith(b"PK\x03\x04")


def sheet_rows(content):
    """Yield the rows of the first sheet: texts, numbers and moments, "" for nothing.

    :param bytes content: the workbook
    :return: pairs of number and cells; empty rows count but are left out
    :raise UnreadableFile: it cannot be read, or is too big
    """
    book = _open(content)
    try:
        sheet = book.worksheets[0]
        # What the file claims about its size is not always true.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = _without_tail([_plain(value) for value in row])
            if cells:
                yield number, cells
    except Exception as error:
        raise UnreadableFile("binary") from error
    finally:
        book.close()


def _open(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise UnreadableFile("huge")
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
    except UnreadableFile:
        raise
    # Whatever else is packed like a workbook fails in ways that nobody can foresee.
    except Exception as error:
        raise UnreadableFile("binary") from error
    if not book.worksheets:
        raise UnreadableFile("empty")
    return book


def _without_tail(cells):
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _plain(value):
    """Return a cell as the other readers do.

    >>> _plain(None), _plain(" a "), _plain(9.0), _plain(True), _plain(time(9, 30))
    ('', 'a', 9, 'True', '09:30:00')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (int, float, datetime)):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return str(value).replace("\0", "").strip()
