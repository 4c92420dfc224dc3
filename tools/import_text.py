"""Reading a text file of which nobody knows how it was written."""

import codecs
import csv
import io

import chardet

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 200_000
"""So many bytes or characters are looked at to find out how a file was written."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableFile(ValueError):
    """A file that is no table; ``args[0]`` is a key that says why.

    Keys: ``empty``, ``binary``, ``encoding``, ``broken``, ``locked``, ``huge``,
    ``no_header``, ``no_rows``, ``columns``.
    """


def encoding_of(content):
    """Return by which encoding some bytes are text.

    A byte order mark decides; then UTF-8, which other text hardly ever is by accident;
    then what chardet believes, and Windows-1252 where it does not know.

    :param bytes content: the whole file
    :return: a name that Python knows
    :raise UnreadableFile: the bytes are no text

    >>> encoding_of("süß".encode()), encoding_of("süß".encode("utf-8-sig"))
    ('utf-8', 'utf-8-sig')
    >>> encoding_of("süß".encode("utf-16")), encoding_of("Größe;Süß".encode("latin-1"))
    ('utf-16', 'cp1252')
    >>> encoding_of(b"PK\\0\\0\\1\\2")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    UnreadableFile: binary
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if b"\0" in content[:SAMPLE]:
        return _unmarked_utf16(content)
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return _guess(content[:SAMPLE])


def _unmarked_utf16(content):
    """Return which UTF-16 it is: every other byte of western text is 0 then."""
    sample = content[:SAMPLE]
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(content) % 2 == 0 and zeros.count(0) > 0.4 * len(zeros):
            return name
    raise UnreadableFile("binary")


def _guess(sample):
    found = chardet.detect(sample)
    name = (found["encoding"] or "").lower()
    western = name in ("", "ascii", "iso-8859-1", "windows-1252")
    # Below that chardet names rare encodings for a few accents in a western text.
    return "cp1252" if western or found["confidence"] < 0.8 else name


def decode(content, encoding):
    """Return the text of some bytes, without a byte order mark.

    :raise UnreadableFile: they are not written in that encoding, or nobody knows it

    >>> decode(b"gr\\xfcn", "cp1252"), decode(b"\\xef\\xbb\\xbfa", "utf-8-sig")
    ('grün', 'a')
    >>> decode(b"gr\\xfcn", "utf-8")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    UnreadableFile: encoding
    """
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise UnreadableFile("encoding") from error
    return text.removeprefix("\ufeff")


def delimiter_of(text):
    """Return what most likely separates the columns of a table.

    The candidate that gives the first rows the same number of columns, and most of
    them; a comma where there is one column.

    >>> delimiter_of("a;b;c\\n1,5;2,5;3,5"), delimiter_of("a\\tb\\n1\\t2")
    (';', '\\t')
    >>> delimiter_of("score"), delimiter_of('a,b\\n"x;y;z",2')
    (',', ',')
    """
    lines = text[:SAMPLE]
    return max(DELIMITERS, key=lambda candidate: _fitness(lines, candidate))


def _fitness(text, delimiter):
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row, _n in zip(rows, range(50), strict=False) if row]
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] == 1:
        return (0, 0)
    return (widths.count(widths[0]) / len(widths), widths[0])


def csv_rows(text, delimiter):
    """Yield the rows of a text as lists of stripped texts; the first one is 1.

    :return: pairs of number and cells; empty rows count but are left out
    :raise UnreadableFile: a row cannot be read

    >>> list(csv_rows('a;b\\n\\n"x\\ny"; 2 ', ";"))
    [(1, ['a', 'b']), (3, ['x\\ny', '2'])]
    """
    text = text.replace("\0", "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        raise UnreadableFile("broken", number + 1) from error
