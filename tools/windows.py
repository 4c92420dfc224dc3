"""When a mail may leave: weekdays and hours on the customer's own clock."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

import pytz

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Window(NamedTuple):
    """Weekdays and hours in which mails may leave.

    :param days: numbers of weekdays, 0 is Monday
    :param hour_from: 0…24, as 9.5 for half past nine
    :param hour_to: above ``hour_from``, up to 24; a mail leaves before it
    """

    days: tuple
    hour_from: float
    hour_to: float


def next_open(window, moment, zone):
    """Return the first moment from ``moment`` on at which a window is open.

    :param Window window: None: always open
    :param datetime moment: UTC, without zone; so is the result
    :param str zone: name of a time zone
    :return: ``moment`` itself when the window is open then

    Friday noon is open, Friday night waits for Monday:

    >>> office = Window((0, 1, 2, 3, 4), 9, 17)
    >>> next_open(office, datetime(2026, 3, 6, 12), "UTC")
    datetime.datetime(2026, 3, 6, 12, 0)
    >>> next_open(office, datetime(2026, 3, 6, 22), "UTC")
    datetime.datetime(2026, 3, 9, 9, 0)

    The hours are those of the customer, and the end is outside:

    >>> next_open(office, datetime(2026, 3, 6, 0, 0), "Asia/Tokyo")
    datetime.datetime(2026, 3, 6, 0, 0)
    >>> next_open(office, datetime(2026, 3, 6, 17), "UTC")
    datetime.datetime(2026, 3, 9, 9, 0)

    When the clock is put forward on Sunday, nine o'clock comes an hour earlier:

    >>> next_open(Window((5, 6), 9, 20), datetime(2026, 3, 28, 6), "Europe/Berlin")
    datetime.datetime(2026, 3, 28, 8, 0)
    >>> next_open(Window((5, 6), 9, 20), datetime(2026, 3, 28, 20), "Europe/Berlin")
    datetime.datetime(2026, 3, 29, 7, 0)

    An opening that this night does not have is an hour later on the clock; one that
    the autumn night has twice is the first, and a closing the last:

    >>> next_open(Window((6,), 2.5, 5), datetime(2026, 3, 29), "Europe/Berlin")
    datetime.datetime(2026, 3, 29, 1, 30)
    >>> night = Window((6,), 2.5, 2.75)
    >>> next_open(night, datetime(2026, 10, 25), "Europe/Berlin")
    datetime.datetime(2026, 10, 25, 0, 30)
    >>> next_open(night, datetime(2026, 10, 25, 1, 40), "Europe/Berlin")
    datetime.datetime(2026, 10, 25, 1, 40)

    A whole day ends at midnight, without a gap to the next:

    >>> weekend = Window((5, 6), 0, 24)
    >>> next_open(weekend, datetime(2026, 3, 7, 23, 59), "UTC")
    datetime.datetime(2026, 3, 7, 23, 59)
    >>> next_open(weekend, datetime(2026, 3, 9), "UTC")
    datetime.datetime(2026, 3, 14, 0, 0)
    >>> next_open(None, datetime(2026, 3, 9), "UTC")
    datetime.datetime(2026, 3, 9, 0, 0)
    """
    if window is None:
        return moment
    clock = pytz.timezone(zone)
    today = pytz.utc.localize(moment).astimezone(clock).date()
    for ahead in range(8):
        day = today + timedelta(days=ahead)
        if day.weekday() in window.days:
            opens = local_to_utc(clock, day, window.hour_from, first=True)
            closes = local_to_utc(clock, day, window.hour_to, first=False)
            if moment < closes:
                return max(moment, opens)
    # Only a window without days, or one that the changed clock swallowed whole.
    return moment


def local_to_utc(clock, day, hour, first):
    """Return an hour of a local day as UTC without zone.

    :param clock: a time zone of ``pytz``
    :param float hour: 0…24, as 9.5 for half past nine
    :param bool first: of an hour that the clock shows twice
    """
    local = datetime.combine(day, time()) + timedelta(minutes=round(hour * 60))
    moment = clock.localize(local, is_dst=first).astimezone(pytz.utc)
    if moment.astimezone(clock).replace(tzinfo=None) != local:
        # The clock jumps over it.
        moment = clock.localize(local, is_dst=False).astimezone(pytz.utc)
    return moment.replace(tzinfo=None)


def zone_of(own, country_code, fallback):
    """Return the name of the time zone in which somebody most likely lives.

    Odoo gives a new contact the time zone of the colleague who typed him in: his own
    counts only where it can be true in his country.

    :param str own: the time zone of the contact, or nothing
    :param str country_code: two letters, or nothing
    :param str fallback: when nothing is known

    >>> zone_of("Europe/Brussels", "JP", "UTC")
    'Asia/Tokyo'
    >>> zone_of("America/Chicago", "US", "UTC")
    'America/Chicago'
    >>> zone_of("Europe/Paris", None, "UTC"), zone_of(None, None, "UTC")
    ('Europe/Paris', 'UTC')
    >>> zone_of("Nowhere/Else", "XX", "UTC")
    'UTC'
    """
    zones = pytz.country_timezones.get((country_code or "").upper(), ())
    if own in pytz.all_timezones_set and (own in zones or not zones):
        return own
    return zones[0] if zones else fallback
