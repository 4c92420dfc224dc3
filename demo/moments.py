"""When customers get in touch: weekdays, office hours, and a company that grows."""

from datetime import datetime, time, timedelta

DAYS = 365
GROWTH = 0.3
"""How much busier the last day is than the first."""
WEEKDAYS = (1.25, 1.1, 1.02, 1.0, 0.88, 0.3, 0.12)
"""How busy a day is, from Monday to Sunday."""
HOURS = {8: 8, 9: 12, 10: 13, 11: 12, 12: 7, 13: 8, 14: 10, 15: 10, 16: 8, 17: 6, 18: 3}
"""How busy an hour of the day is."""


def invent(rng, now, number):
    """Return the moments of about ``number`` interactions in the year up to now.

    :param rng: a seeded ``random.Random``
    :param now: local time without zone; so is the result, oldest first
    """
    days = [now.date() - timedelta(days=age) for age in range(DAYS, -1, -1)]
    found = []
    owed = 0.0
    for day, share in zip(days, _shares(days), strict=True):
        owed += number * share
        found += sorted(within(rng, day) for _index in range(round(owed)))
        owed -= round(owed)
    return [moment for moment in found if moment < now]


def _shares(days):
    """Return the share of the year's work of each day."""
    weights = [
        WEEKDAYS[day.weekday()] * (1 + GROWTH * index / len(days))
        for index, day in enumerate(days)
    ]
    return [weight / sum(weights) for weight in weights]


def within(rng, day):
    """Return a moment within the office hours of a day."""
    hour = rng.choices(list(HOURS), list(HOURS.values()))[0]
    minutes = time(hour, rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, minutes)
