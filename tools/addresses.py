"""Finding an e-mail address in a text."""

import re


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
