"""Keeping the words of strangers from becoming formulas."""

_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(value):
    """Return a cell that no spreadsheet takes for a formula.

    A text that begins with ``= + - @``, a tab or a line break gets an apostrophe in
    front, as OWASP's page *CSV Injection* advises; everything else stays.

    >>> inert("=HYPERLINK(0)"), inert("@SUM"), inert("\\tx"), inert("good"), inert(-5)
    ("'=HYPERLINK(0)", "'@SUM", "'\\tx", 'good', -5)
    """
    dangerous = isinstance(value, str) and value.startswith(_STARTERS)
    return f"'{value}" if dangerous else value
