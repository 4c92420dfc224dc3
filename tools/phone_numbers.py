"""What a telephone system says about who is calling: a number, or why there is none."""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

HIDDEN = frozenset(
    "anonymous anonym anonyme blocked hidden invisible nonumber noname notavailable "
    "outofarea private privatenumber restricted secret unavailable unknown "
    "unknownnumber unterdrueckt unterdrückt withheld none null".split()
)
"""Words for a withheld number, letters alone: from SIP, Q.931, Asterisk and others."""

LONGEST_TEXT = 128
"""Characters: a SIP address with its parameters, and nothing longer than that."""
LONGEST_EXTENSION = 5
"""Digits of a telephone in one's own house; public numbers are longer."""
SHORTEST_PUBLIC = 6
LONGEST_E164 = 15
"""Digits behind the +, country code included (ITU-T E.164, 6.2)."""
LONGEST_DIALLED = 19
"""Digits without a +: E.164 with an exit code such as 00, 011 or 0011 before it."""
SHOWN = 40
"""Characters that are shown of what is no number."""

_ADDRESS = re.compile(r"<([^<>]*)>\s*(?:;.*)?$")
_SCHEME = re.compile(r"(?:sips?|tel|callto|phone):(?://)?", re.I)
_WITHHOLD = re.compile(r"(?:\*\d\d|[*#]+\d\d#)\s*(?=[+\d(])")
_EXTENSION = re.compile(r"\s*(?:ext\.?|x|#)\s*\d{1,6}$", re.I)
_NUMBER = re.compile(r"\+?[\d\s\-‐-―./()]+")


class Heard(NamedTuple):
    """What was heard of a caller.

    :ivar kind: ``number``, ``internal`` (a short one), ``hidden`` or ``malformed``
    :ivar text: the number, digits with a + where it had one; a piece of what is no
        number, fit to be shown; '' for ``hidden``
    """

    kind: str
    text: str


def listen(text):
    """Return what a telephone system says about the caller.

    Nothing is looked up: whether a number exists, and in which country, is the part of
    Odoo's ``phone_validation``.

    >>> def texts(*heard):
    ...     return [listen(text).text for text in heard]
    >>> texts("+49 (0)30 12345-67", "0049.30.1234567", "(+49)301234567")
    ['+49301234567', '0049301234567', '+49301234567']

    A + that was not encoded arrives from an address as a space, one that was encoded
    twice as a %:

    >>> texts(" 49301234567", "%2B49%2030%201234567", " 0301234567")
    ['+49301234567', '+49301234567', '0301234567']

    Addresses of SIP and of links, codes that the caller dialled, extensions:

    >>> texts("sip:0301234567@pbx.example:5060;user=phone", "tel:030-1234567;ext=12")
    ['0301234567', '0301234567']
    >>> texts('"Carla" <sip:0301234567@10.0.0.1>', "*67 0301234567", "#31#0301234567")
    ['0301234567', '0301234567', '0301234567']
    >>> texts("0301234567 ext. 12", "0301234567x12")
    ['0301234567', '0301234567']

    Who withholds his number is not one who has none:

    >>> hidden = "anonymous", "Out of area", "<unknown>", "null", "", "  ", None
    >>> {listen(text).kind for text in (*hidden, "sip:anonymous@anonymous.invalid")}
    {'hidden'}
    >>> listen("123"), listen("sip:4711@pbx.example")
    (Heard(kind='internal', text='123'), Heard(kind='internal', text='4711'))

    Everything else is no number, whatever its type, and is made harmless to show:

    >>> listen("<script>alert(1)</script>")
    Heard(kind='malformed', text='<script>alert(1)</script>')
    >>> listen("0301\\x00234567")
    Heard(kind='malformed', text='0301 234567')
    >>> bad = "call me", "+123", "---", "30+1234567", "9" * 5000, "+49" + "1" * 14
    >>> {listen(text).kind for text in (*bad, True, 4.5, ["030"])}
    {'malformed'}
    """
    if text is None or text is False:
        return Heard("hidden", "")
    if isinstance(text, bool) or not isinstance(text, (str, int)):
        return Heard("malformed", "")
    text = "".join(map(_as_typed, str(text)))
    if len(text) > LONGEST_TEXT or not text.isprintable():
        return Heard("malformed", _showable(text))
    return _understand(text)


def _as_typed(character):
    """Return a character as a person would type it.

    Marks of writing direction and blanks that break no line come along when a number
    is copied.

    >>> "".join(map(_as_typed, "\u202d030\u00a0123"))
    '030 123'
    """
    kind = unicodedata.category(character)
    return {"Cf": "", "Zs": " "}.get(kind, character)


def _understand(text):
    bare = _undress(unquote(text) if "%" in text else text)
    if re.sub(r"\W|\d|_", "", bare).lower() in HIDDEN or not bare.strip("<> "):
        return Heard("hidden", "")
    withhold = _WITHHOLD.match(bare)
    number = _EXTENSION.sub("", bare[withhold.end() :] if withhold else bare)
    if not _NUMBER.fullmatch(number):
        return Heard("malformed", _showable(text))
    if re.match(r"\+|00", number):
        number = number.replace("(0)", "")
    digits = "".join(str(unicodedata.digit(c)) for c in number if c.isdecimal())
    plus = "+" if number.startswith("+") else ""
    kind = _kind_of(digits, plus)
    return Heard(kind, _showable(text) if kind == "malformed" else plus + digits)


def _kind_of(digits, plus):
    """Return the kind of a row of digits, by its length."""
    if plus:
        is_possible = SHORTEST_PUBLIC <= len(digits) <= LONGEST_E164
        return "number" if is_possible else "malformed"
    if 1 <= len(digits) <= LONGEST_EXTENSION:
        return "internal"
    return "number" if 1 <= len(digits) <= LONGEST_DIALLED else "malformed"


def _undress(text):
    """Take a number out of the address or link in which it stands."""
    if re.match(r" [1-9]", text):
        # No number begins with a space: it was a + in an address.
        text = f"+{text[1:]}"
    text = text.strip()
    inner = _ADDRESS.search(text)
    text = inner[1] if inner else text
    scheme = _SCHEME.match(text)
    if scheme:
        text = text[scheme.end() :]
    text = text.partition("@")[0].partition(";")[0]
    if scheme and scheme[0].lower().startswith("sip"):
        text = text.partition(":")[0]
    return text.strip().replace("(+", "+(", 1)


def _showable(text):
    """Return the beginning of a text without what cannot be printed."""
    printable = "".join(c if c.isprintable() else " " for c in text[: SHOWN + 1])
    return printable[:SHOWN] + ("…" if len(text) > SHOWN else "")
