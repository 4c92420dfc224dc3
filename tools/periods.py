"""When a regular mail is due, and which time it tells of."""

from datetime import timedelta
from typing import NamedTuple

import pytz

from .windows import local_to_utc

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


class Rhythm(NamedTuple):
    """Weekdays and the hour at which a regular mail is due.

    :param days: numbers of weekdays, 0 is Monday
    :param hour: 0…24, as 8.5 for half past eight; 24 is the midnight that ends the day
    """

    days: tuple
    hour: float


def next_due(rhythm, moment, zone):
    """Return the first moment after ``moment`` at which the mail is due.

    :param datetime moment: UTC, without zone; so is the result
    :param str zone: name of the reader's time zone

    >>> from datetime import datetime
    >>> daily, mondays = Rhythm(EVERY_DAY, 8), Rhythm((0,), 8)
    >>> next_due(daily, datetime(2026, 3, 6, 8), "UTC")
    datetime.datetime(2026, 3, 7, 8, 0)
    >>> next_due(mondays, datetime(2026, 3, 6, 8), "Asia/Tokyo")
    datetime.datetime(2026, 3, 8, 23, 0)

    Eight o'clock stays eight o'clock when the clock is changed:

    >>> next_due(daily, datetime(2026, 3, 28, 7), "Europe/Berlin")
    datetime.datetime(2026, 3, 29, 6, 0)

    An hour that the night does not have is due an hour later on the clock, and one that
    it has twice is due once:

    >>> night = Rhythm(EVERY_DAY, 2.5)
    >>> next_due(night, datetime(2026, 3, 28, 12), "Europe/Berlin")
    datetime.datetime(2026, 3, 29, 1, 30)
    >>> next_due(night, datetime(2026, 10, 25, 0, 30), "Europe/Berlin")
    datetime.datetime(2026, 10, 26, 1, 30)
    """
    return next(due for due in _moments(rhythm, moment, zone, 1) if due > moment)


def last_due(rhythm, moment, zone):
    """Return the last moment up to ``moment`` at which the mail was due.

    >>> from datetime import datetime
    >>> last_due(Rhythm((0,), 8), datetime(2026, 3, 6, 8), "UTC")
    datetime.datetime(2026, 3, 2, 8, 0)
    >>> last_due(Rhythm((0,), 8), datetime(2026, 3, 2, 8), "UTC")
    datetime.datetime(2026, 3, 2, 8, 0)
    """
    return next(due for due in _moments(rhythm, moment, zone, -1) if due <= moment)


def next_first_of_month(hour, moment, zone):
    """Return the first moment after ``moment`` at an hour of the first of a month.

    :param float hour: 0…24 on the reader's clock
    :param datetime moment: UTC, without zone; so is the result
    :param str zone: name of the reader's time zone

    >>> from datetime import datetime
    >>> next_first_of_month(7, datetime(2026, 12, 1, 5), "Europe/Berlin")
    datetime.datetime(2026, 12, 1, 6, 0)
    >>> next_first_of_month(7, datetime(2026, 12, 1, 6), "Europe/Berlin")
    datetime.datetime(2027, 1, 1, 6, 0)
    """
    clock = pytz.timezone(zone)
    day = pytz.utc.localize(moment).astimezone(clock).date().replace(day=1)
    while (due := local_to_utc(clock, day, hour, first=True)) <= moment:
        day = (day + timedelta(days=32)).replace(day=1)
    return due


def period_before(rhythm, start, end, zone):
    """Return where the period before one began: as many mails long as that one.

    >>> from datetime import datetime
    >>> daily = Rhythm(EVERY_DAY, 8)
    >>> period_before(daily, datetime(2026, 3, 5, 8), datetime(2026, 3, 6, 8), "UTC")
    datetime.datetime(2026, 3, 4, 8, 0)

    After three days without a mail the three days before are what it is compared with:

    >>> period_before(daily, datetime(2026, 3, 5, 8), datetime(2026, 3, 8, 8), "UTC")
    datetime.datetime(2026, 3, 2, 8, 0)
    """
    reached = start
    while reached < end:
        reached = next_due(rhythm, reached, zone)
        start = last_due(rhythm, start - timedelta(microseconds=1), zone)
    return start


def _moments(rhythm, moment, zone, step):
    """Yield the moments of the days around ``moment``, forwards or backwards."""
    clock = pytz.timezone(zone)
    today = pytz.utc.localize(moment).astimezone(clock).date()
    for ahead in range(-1, 9):
        day = today + step * timedelta(days=ahead)
        if day.weekday() in rhythm.days:
            yield local_to_utc(clock, day, rhythm.hour, first=True)
