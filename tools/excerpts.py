"""Shortening somebody's words without changing them."""

import re

_GAP = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.")
_BLANK = re.compile(r"\s+")


def unsaid(text, original):
    """Return the first part of a shortened text that the original does not say.

    A text may leave words out and mark the gap by "…", "..." or "[…]". What stands
    between the gaps has to occur in the original, in whole words and in the same order.
    Blank space and line breaks do not matter.

    :return: the part, or None when everything was said

    >>> original = "Quick and kind. I am not unhappy with\\nthe printer."
    >>> unsaid(original, original) is None
    True
    >>> unsaid("Quick … the printer.", original) is None
    True
    >>> unsaid("Quick [...] with the printer …", original) is None
    True
    >>> unsaid("Quick and very kind", original)
    'Quick and very kind'

    Not backwards, and no word cut out of a word:

    >>> unsaid("the printer … Quick", original), unsaid("… happy with", original)
    ('Quick', 'happy with')
    """
    rest = _BLANK.sub(" ", original or "").strip()
    for part in _parts(text):
        place = _find_words(part, rest)
        if place is None:
            return part
        rest = rest[place:]
    return None


def says_something(text):
    """Tell whether a text has a letter or a figure.

    >>> says_something("10/10"), says_something(" … :-) "), says_something(None)
    (True, False, False)
    """
    return any(character.isalnum() for character in text or "")


def _parts(text):
    parts = (_BLANK.sub(" ", part).strip() for part in _GAP.split(text or ""))
    return [part for part in parts if part]


def _find_words(part, text):
    """Return where the text goes on after a part of it, or None."""
    before = r"(?<!\w)" if part[0].isalnum() else ""
    after = r"(?!\w)" if part[-1].isalnum() else ""
    found = re.search(before + re.escape(part) + after, text)
    return found and found.end()
