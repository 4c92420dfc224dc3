"""What a cell of an imported table means: scores, names, keys."""

import hashlib
import re
import unicodedata

from . import metrics

LONGEST_CELL = 10_000
"""How many characters a comment may have."""
LONGEST_NAME = 500
"""How many characters every other cell may have."""


def read_score(metric, value):
    """Return the score that a cell holds, or None if it is not on the scale.

    Programs write whole numbers as decimals too. Nothing is rounded and nothing
    converted from another scale: 8.5 is nobody's answer.

    :param str metric: ``nps``, ``ces`` or ``csat``
    :param value: a text or a number

    >>> [read_score("nps", value) for value in ("9", "9.0", "9,00", 9, 9.0, "09", "0")]
    [9, 9, 9, 9, 9, 9, 0]
    >>> [read_score("nps", value) for value in ("11", "8.5", "-1", "", "ten", "9/10")]
    [None, None, None, None, None, None]
    >>> read_score("csat", "0") is read_score("ces", 8) is None
    True
    """
    found = re.fullmatch(r"0*(\d{1,2})(?:[.,]0+)?", str(value).strip(), re.ASCII)
    return metrics.parse_score(metric, found[1]) if found else None


def words(value):
    """Return the text of a cell.

    >>> words(12), words("a"), words(None)
    ('12', 'a', '')
    """
    return "" if value is None else str(value)


def plain(text):
    """Return a name or header as it is compared: without case, accents and signs.

    >>> plain(" Kunden-E-Mail "), plain("Équipe_1"), plain("ß")
    ('kunden e mail', 'equipe 1', 'ss')
    """
    text = unicodedata.normalize("NFKD", str(text).casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


def checksum(content):
    """Return the SHA-256 of a file: two files with the same one are the same.

    >>> checksum(b"")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(content).hexdigest()
