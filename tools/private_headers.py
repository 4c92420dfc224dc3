"""What every answer behind a personal link carries: a secret stays private."""

import re

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}

_PRIVATE = re.compile(r"/+(?:[a-z]{2,3}(?:[_-][a-z]+)?(?:@[a-z]+)?/+)?nps(?:/|$)", re.I)


def is_private_path(path):
    """Tell whether an address is one of the customer's pages, or was one before.

    Also with doubled slashes, other letters or a language in front: people and proxies
    bend addresses, and the secret stands in them all the same.

    >>> [is_private_path(p) for p in ("/nps/x", "/NPS", "//nps/x", "/en_US/nps/x")]
    [True, True, True, True]
    >>> [is_private_path(p) for p in ("/nps-faq", "/shop/nps/x", "/")]
    [False, False, False]
    """
    return bool(_PRIVATE.match(path))
