"""What every answer behind a personal link carries: a secret stays private."""

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


def is_private_path(path):
    """Tell whether an address belongs to the customer's pages, in any case of letters.

    >>> is_private_path("/nps/x"), is_private_path("/NPS"), is_private_path("/nps-faq")
    (True, True, False)
    """
    start = path.lower()
    return start == "/nps" or start.startswith("/nps/")
