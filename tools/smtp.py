"""What the words of a mail server mean."""

import re

_PERMANENT = re.compile(r"(?:^|[(\s])5\d\d[\s,-]")


def is_permanent(reason):
    """Tell whether a mail server refused for good: a reply code 5xx (RFC 5321).

    :param str reason: the server's words as they reach us, with or without a code;
        without one the failure counts as temporary

    >>> is_permanent("SMTPRecipientsRefused: {'a@b.example': (550, b'No mailbox')}")
    True
    >>> is_permanent("451 try again later"), is_permanent(""), is_permanent(None)
    (False, False, False)
    """
    return bool(_PERMANENT.search(reason or ""))
