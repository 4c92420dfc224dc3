"""The periods of reports, in whole days, and what each is compared with."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

ALL = "all"
DEFAULT = "6_months"
PERIODS = (
    "this_month",
    "last_month",
    "this_quarter",
    "last_quarter",
    "this_year",
    "last_year",
    "30_days",
    "90_days",
    DEFAULT,
    "12_months",
    ALL,
)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAY = timedelta(days=1)


def period(key, today):
    """Return the first and the last day of a period, both included, or (None, None).

    What is under way ends today.

    :param str key: one of :data:`PERIODS`
    :param date today: the reader's today
    :return: two dates, or (None, None) for :data:`ALL`
    :raise KeyError: there is no such period

    >>> from datetime import date
    >>> today = date(2026, 11, 28)
    >>> [str(day) for day in period("last_quarter", today)]
    ['2026-07-01', '2026-09-30']
    >>> [str(day) for day in period("this_month", today)]
    ['2026-11-01', '2026-11-28']
    >>> [str(day) for day in period("12_months", today)]
    ['2025-11-29', '2026-11-28']
    >>> [str(day) for day in period("30_days", today)]
    ['2026-10-30', '2026-11-28']
    """
    if key not in PERIODS:
        raise KeyError(key)
    if key == ALL:
        return None, None
    which, name = key.split("_")
    if name == "days":
        return today - (int(which) - 1) * _DAY, today
    if name == "months":
        return today - relativedelta(months=int(which)) + _DAY, today
    first = _first_of(name, today)
    if which == "this":
        return first, today
    return first - relativedelta(months=_MONTHS[name]), first - _DAY


def before(start, end):
    """Return the period of the same length that ends where this one begins.

    Whole months, on whichever day they begin, are compared with as many months, other
    days with as many days.

    >>> from datetime import date
    >>> [str(day) for day in before(date(2026, 3, 1), date(2026, 3, 31))]
    ['2026-02-01', '2026-02-28']
    >>> [str(day) for day in before(date(2026, 11, 1), date(2026, 11, 28))]
    ['2026-10-04', '2026-10-31']
    >>> [str(day) for day in before(date(2026, 5, 29), date(2026, 11, 28))]
    ['2025-11-29', '2026-05-28']
    """
    months = relativedelta(end + _DAY, start)
    if months.days == 0:
        length = relativedelta(years=months.years, months=months.months)
        return start - length, start - _DAY
    return start - (end - start) - _DAY, start - _DAY


def year_before(start, end):
    """Return the same period one year before, or None where the two would overlap.

    >>> from datetime import date
    >>> [str(day) for day in year_before(date(2025, 2, 1), date(2025, 2, 28))]
    ['2024-02-01', '2024-02-29']
    >>> [str(day) for day in year_before(date(2024, 2, 29), date(2025, 2, 28))]
    ['2023-02-28', '2024-02-28']
    >>> year_before(date(2024, 1, 1), date(2025, 1, 1)) is None
    True
    """
    earlier = end - relativedelta(years=1)
    if earlier >= start:
        return None
    if _is_last_of_month(end):
        earlier = min(earlier + relativedelta(day=31), start - _DAY)
    return start - relativedelta(years=1), earlier


def _first_of(name, day):
    months = _MONTHS[name]
    return day.replace(day=1, month=day.month - (day.month - 1) % months)


def _is_last_of_month(day):
    return (day + _DAY).day == 1
