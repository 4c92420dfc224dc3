"""E-mail addresses: as they are compared, and found in a text."""

import re

_PLAIN = re.compile(
    r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+",
    re.ASCII | re.IGNORECASE,
).fullmatch


def plain(text):
    """Return an address without a name in lower case, None of any other text.

    So Odoo compares it, too, by way of a parser that takes ten times as long.

    >>> plain("Ann@X.example"), plain("Ann Lee <ann@x.example>"), plain("")
    ('ann@x.example', None, None)
    """
    return text.lower() if _PLAIN(text) else None


def whole(address):
    """Return a pattern of an address that is no part of a longer one.

    Python and PostgreSQL understand it alike.

    :param str address: in lower case

    >>> bool(re.search(whole("ann@x.example"), "ann lee <ann@x.example>, b@x.example"))
    True
    >>> bool(re.search(whole("ann@x.example"), "joann@x.example"))
    False
    >>> bool(re.search(whole("ann@x.example"), "ann@x.example.org"))
    False
    """
    return rf"(?<![\w.+%-]){re.escape(address)}(?!\.?[\w-])"
