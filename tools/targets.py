"""Whether a target is reached, as far as the answers can tell."""

REACHED, MISSED, OPEN = "reached", "missed", "open"


def verdict(target, interval):
    """Tell whether a score reached its target, or None where there is no interval.

    A score that is above its target by luck has not reached it: the whole interval
    has to lie on one side.

    :param float target: the net score that was aimed at, −100…100
    :param interval: ends of the 95 % interval as (low, high), or None
    :return: ``reached``, ``missed``, or ``open`` when the target lies within

    >>> verdict(40, (41.0, 52.0)), verdict(40, (20.0, 39.0)), verdict(40, (35.0, 48.0))
    ('reached', 'missed', 'open')

    A target at the very end of the interval is one that the score may still have:

    >>> verdict(40, (40.0, 52.0)), verdict(40, (20.0, 40.0)), verdict(40, None)
    ('reached', 'open', None)
    """
    if interval is None:
        return None
    low, high = interval
    if low >= target:
        return REACHED
    return MISSED if high < target else OPEN
