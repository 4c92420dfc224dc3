"""When to try again what could not be done now."""

from datetime import timedelta

_MINUTES = (1, 2, 5, 10)
_LONGEST = 15
GIVE_UP_AFTER = timedelta(days=4)
"""How long a mail is tried: as long as mail servers themselves usually try."""


def delay(attempts):
    """Return how long to wait after a number of failed attempts.

    :param int attempts: 1 or more
    :return: from one minute up to a quarter of an hour, so that all is out soon after a
        mail server that was away for long is back

    >>> [delay(attempts) // timedelta(minutes=1) for attempts in (1, 2, 3, 4, 5, 99)]
    [1, 2, 5, 10, 15, 15]
    """
    minutes = _MINUTES[attempts - 1] if attempts <= len(_MINUTES) else _LONGEST
    return timedelta(minutes=minutes)
