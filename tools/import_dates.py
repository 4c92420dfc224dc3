"""Moments as other programs write them."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytz

ORDERS = ("ymd", "dmy", "mdy")
"""In which order day, month and year may stand."""
EARLIEST = datetime(1990, 1, 1)
EXCEL_EPOCH = datetime(1899, 12, 30)
NOON = timedelta(hours=12)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun")
_MONTHS += ("jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(
    r"[T,\s]*(?:at )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*"
    r"(z|utc|gmt|[+-]\d{2}:?(?:\d{2})?)?(?: ?utc| ?gmt)?$",
    re.IGNORECASE,
)
_ISO = re.compile(r"[1-9]\d{3}-\d\d-\d\d[T ]\d\d:\d\d:\d\d", re.ASCII).fullmatch
_NUMBERS = re.compile(r"(\d{1,4})([-./ ])(\d{1,2})\2(\d{1,4})(?!\d)")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d").match
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(?!\d)")


class Moment(NamedTuple):
    """When something was.

    :param at: UTC, without zone
    :param local: on the clock of the place
    :param has_time: False: only the day is known
    """

    at: datetime
    local: datetime
    has_time: bool


def read_moment(value, order, zone):
    """Return the :class:`Moment` that a cell means, or None if it means none.

    A day without a time is taken as its noon, so that it stays the same day in most
    time zones. A moment that says how far it is from UTC is taken by its word.

    :param value: a text, a number (days as Excel counts them, or seconds since 1970),
        or a ``datetime``
    :param str order: one of :data:`ORDERS`; a year of four digits in front is always
        the year
    :param zone: the time zone of ``pytz`` in which the moments were written

    >>> berlin = pytz.timezone("Europe/Berlin")
    >>> read_moment("03.04.2025 09:30", "dmy", berlin).at.isoformat()
    '2025-04-03T07:30:00'
    >>> read_moment("3/4/25 9:30 PM", "mdy", berlin).local.isoformat()
    '2025-03-04T21:30:00'
    >>> read_moment("2025-03-04T09:30:00.123Z", "dmy", berlin).local.isoformat()
    '2025-03-04T10:30:00'
    >>> read_moment("2025-03-04 09:30:00", "dmy", berlin).at.isoformat()
    '2025-03-04T08:30:00'
    >>> read_moment("4.3.2025 09:30:15", "dmy", berlin).local.isoformat()
    '2025-03-04T09:30:15'
    >>> read_moment("Mar 4, 2025", "dmy", berlin)[1:]
    (datetime.datetime(2025, 3, 4, 12, 0), False)
    >>> read_moment(45720.5, "dmy", berlin).local.isoformat()
    '2025-03-04T12:00:00'
    >>> read_moment(1741080600, "dmy", berlin).at.isoformat()
    '2025-03-04T09:30:00'
    >>> [read_moment(x, "dmy", berlin) for x in ("", "31.02.2025", "04/13/2025", "x")]
    [None, None, None, None]
    >>> some = ("2025-02-29 09:30:00", "2025-02-28T24:00:00")
    >>> [read_moment(text, "dmy", berlin) for text in some]
    [None, None]
    """
    try:
        if isinstance(value, str) and not value.replace(".", "", 1).isdigit():
            return _read_text(value.strip(), order, zone)
        if isinstance(value, str) and _COMPACT.fullmatch(value):
            return _read_text(value, order, zone)
        if isinstance(value, datetime):
            return _of_sheet(value, zone)
        return _read_number(float(value), zone)
    except (ValueError, OverflowError):
        return None


def orders_of(values):
    """Return by which orders some texts are dates, the best first; may be none.

    :param values: cells; what is no text or tells no order fits every order

    >>> orders_of(["13.04.2025", "01.02.2025"]), orders_of(["04/13/25"])
    (['dmy'], ['mdy'])
    >>> orders_of(["01/02/2025"]), orders_of(["2025-04-13"]), orders_of(["soon"])
    (['dmy', 'mdy'], ['ymd', 'dmy', 'mdy'], [])

    Nobody who separates by dots writes the month first:

    >>> orders_of(["01.02.2025 10:00"])
    ['dmy']
    """
    texts = [value for value in values if value != ""]
    dotted = any(_DOTTED(text) for text in texts if isinstance(text, str))
    orders = [order for order in ORDERS if not (dotted and order == "mdy")]
    fits = {order: _share(texts, order) for order in orders}
    best = max(fits.values(), default=0)
    return [order for order in orders if fits[order] == best and best > 0.5]


def _share(texts, order):
    read = [text for text in texts if read_moment(text, order, pytz.utc)]
    return len(read) / len(texts) if texts else 1


def _read_number(number, zone):
    if number > 10_000_000_000:
        number /= 1000
    if number > 100_000_000:
        at = datetime.fromtimestamp(number, UTC)
        return Moment(at.replace(tzinfo=None), _on(at, zone), True)
    if 20_000 < number < 100_000:
        return _of_sheet(EXCEL_EPOCH + timedelta(days=number), zone)
    return None


def _of_sheet(local, zone):
    """Return the moment of a cell that holds a date; at midnight it is only a day."""
    local = local.replace(tzinfo=None)
    local = (local + timedelta(microseconds=500_000)).replace(microsecond=0)
    has_time = bool(local - datetime.combine(local.date(), datetime.min.time()))
    return _local_moment(local if has_time else local + NOON, zone, has_time)


def _read_text(text, order, zone):
    # So most programs write; the general way takes several times as long.
    if _ISO(text):
        return _local_moment(datetime.fromisoformat(text), zone, True)
    day, rest = _read_day(text, order)
    if not rest.strip():
        return _local_moment(day + NOON, zone, False)
    clock = _CLOCK.match(rest)
    if not clock:
        return None
    hour, minute, second = (int(part or 0) for part in clock.group(1, 2, 3))
    local = day.replace(hour=_hour(hour, clock[4]), minute=minute, second=second)
    if not clock[5]:
        return _local_moment(local, zone, True)
    at = (local - _offset(clock[5].lower())).replace(tzinfo=UTC)
    return Moment(at.replace(tzinfo=None), _on(at, zone), True)


def _read_day(text, order):
    """Return the day at the beginning of a text, and what is left of it."""
    if found := _NUMBERS.match(text):
        order = "ymd" if len(found[1]) == 4 else order
        texts = dict(zip(order, found.group(1, 3, 4), strict=True))
        named = {part: int(digits) for part, digits in texts.items()}
        if len(texts["y"]) == 2:
            named["y"] += 2000
        if named["y"] < 1000:
            raise ValueError(text)
    elif found := _COMPACT.match(text):
        named = dict(zip("ymd", map(int, found.groups()), strict=True))
    elif found := _DAY_FIRST.match(text):
        named = {"d": int(found[1]), "m": _month(found[2]), "y": int(found[3])}
    elif found := _MONTH_FIRST.match(text):
        named = {"m": _month(found[1]), "d": int(found[2]), "y": int(found[3])}
    else:
        raise ValueError(text)
    return datetime(named["y"], named["m"], named["d"]), text[found.end() :]


def _month(word):
    return _MONTHS.index(word[:3].lower()) + 1


def _hour(hour, half):
    """Return an hour of 24.

    >>> _hour(12, "AM"), _hour(12, "pm"), _hour(9, "p.m."), _hour(21, None)
    (0, 12, 21, 21)
    """
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower().startswith("p") else 0)


def _offset(text):
    """Return how far a place is ahead of UTC.

    >>> _offset("z"), _offset("-0530")
    (datetime.timedelta(0), datetime.timedelta(days=-1, seconds=66600))
    """
    if text in ("z", "utc", "gmt"):
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -ahead if text[0] == "-" else ahead


def _local_moment(local, zone, has_time):
    at = zone.localize(local, is_dst=False).astimezone(pytz.utc)
    return Moment(at.replace(tzinfo=None), local, has_time)


def _on(at, zone):
    return at.astimezone(zone).replace(tzinfo=None)
