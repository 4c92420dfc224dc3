"""When to try again what could not be done now."""

from datetime import timedelta

_MINUTES = (1, 2, 5, 10, 30)
GIVE_UP_AFTER = timedelta(days=4)
"""How long a mail is tried: as long as mail servers themselves usually try."""


def delay(attempts):
    """Return how long to wait after a number of failed attempts.

    :param int attempts: 1 or more
    :return: from one minute up to an hour

    >>> [int(delay(attempts).total_seconds() // 60) for attempts in (1, 2, 5, 6, 99)]
    [1, 2, 30, 60, 60]
    """
    minutes = _MINUTES[attempts - 1] if attempts <= len(_MINUTES) else 60
    return timedelta(minutes=minutes)
