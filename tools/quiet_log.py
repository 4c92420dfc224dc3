"""Keeps the telephone numbers of callers out of the log of requests."""

import logging
import re

_NUMBER = re.compile(
    r"(nps(?:/|-|%2F)call[^\s\"]*?number(?:=|%3D)).*?(?=&|%26| HTTP/|\"|$)", re.I
)


def mask(line):
    """Return a line of the log of requests without the number of a caller.

    >>> mask("GET /nps/call?number=%2B49301234567&x=1 HTTP/1.1")
    'GET /nps/call?number=…&x=1 HTTP/1.1'
    >>> mask("GET /nps/call?number=+49 30 1234567 HTTP/1.1")
    'GET /nps/call?number=… HTTP/1.1'
    >>> mask("GET /web/login?redirect=%2Fnps%2Fcall%3Fnumber%3D0301234567 HTTP/1.1")
    'GET /web/login?redirect=%2Fnps%2Fcall%3Fnumber%3D… HTTP/1.1'
    >>> mask("GET /web/login?redirect=%2fnps%2fcall%3fnumber%3d0301234567 HTTP/1.1")
    'GET /web/login?redirect=%2fnps%2fcall%3fnumber%3d… HTTP/1.1'
    >>> mask("GET /shop?number=3 HTTP/1.1")
    'GET /shop?number=3 HTTP/1.1'
    """
    return _NUMBER.sub(r"\1…", line)


class CallerMask(logging.Filter):
    """Masks the numbers of callers in the addresses that are logged."""

    def filter(self, record):
        if isinstance(record.msg, str) and "call" in record.getMessage():
            record.msg, record.args = mask(record.getMessage()), ()
        return True


def install():
    """Mask the numbers of callers in werkzeug's log, which notes every address."""
    logger = logging.getLogger("werkzeug")
    if not any(type(f).__name__ == CallerMask.__name__ for f in logger.filters):
        logger.addFilter(CallerMask())
