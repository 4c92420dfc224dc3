"""Whether one number is better than another, or only chance plays with them.

Never by looking whether two intervals overlap: intervals of two equal size overlap
long after their difference is clear.
"""

from math import erfc, sqrt
from typing import NamedTuple

from .intervals import Z95


class Difference(NamedTuple):
    """How much a number moved.

    :param points: the raw difference, in −200…200 for a net score, −100…100 for a share
    :param low: lower end of its 95 % interval, around the adjusted difference
    :param high: upper end
    """

    points: float
    low: float
    high: float

    @property
    def is_clear(self):
        """Whether the interval leaves out 0: a z test at 5 %, two-sided.

        >>> Difference(10, 2, 18).is_clear, Difference(10, -1, 21).is_clear
        (True, False)
        """
        return self.low > 0 or self.high < 0

    @property
    def p_value(self):
        """How likely chance alone makes a difference as large: z test, two-sided.

        >>> round(Difference(10, 0, 20).p_value, 3), Difference(0, -9, 9).p_value
        (0.05, 1.0)
        """
        z = Z95 * abs(self.low + self.high) / (self.high - self.low)
        return erfc(z / sqrt(2))


def net_difference(before, now):
    """Return how a net score moved, or None when one of them has no answer.

    The same ¾ promoter, 1½ passive, ¾ detractor are added on both sides as for
    :func:`~.intervals.adjusted_wald`, then z: B. Rocks, *Interval Estimation for the
    Net Promoter Score*, The American Statistician 2016, arXiv 1601.07235.

    :param before: (promoters, passives, detractors) of the first
    :param now: the same of the second
    :return: a :class:`Difference`; positive is better

    From −20 to −10 is an improvement of ten points, and not of minus half:

    >>> moved = net_difference((20, 40, 40), (25, 40, 35))
    >>> moved.points, moved.is_clear
    (10.0, False)
    >>> net_difference((2000, 4000, 4000), (2500, 4000, 3500)).is_clear
    True
    >>> net_difference((0, 0, 0), (1, 0, 0)) is None
    True
    """
    if not sum(before) or not sum(now):
        return None
    points = _net(*now, 0) - _net(*before, 0)
    adjusted = _net(*now, 3) - _net(*before, 3)
    half = Z95 * sqrt(_net_variance(*before) + _net_variance(*now))
    return _difference(points, adjusted, half)


def share_difference(before, now):
    """Return how a share moved, or None when one of them has no answer.

    One hit and one miss more on both sides, then z: A. Agresti & B. Caffo, *Simple and
    Effective Confidence Intervals for Proportions*, The American Statistician 2000.

    :param before: (hits, answers) of the first
    :param now: the same of the second
    :return: a :class:`Difference`; positive is more

    >>> share_difference((10, 20), (12, 20)).is_clear
    False
    >>> round(share_difference((10, 100), (30, 100)).points, 1)
    20.0
    """
    if not before[1] or not now[1]:
        return None
    points = now[0] / now[1] - before[0] / before[1]
    sides = [((hits + 1) / (n + 2), n + 2) for hits, n in (before, now)]
    adjusted = sides[1][0] - sides[0][0]
    half = Z95 * sqrt(sum(part * (1 - part) / total for part, total in sides))
    return _difference(points, adjusted, half)


def _net(promoters, passives, detractors, added):
    return (promoters - detractors) / (promoters + passives + detractors + added)


def _net_variance(promoters, passives, detractors):
    """Return the variance of an adjusted net score, on the scale −1…1."""
    total = promoters + passives + detractors + 3
    up, down = (promoters + 0.75) / total, (detractors + 0.75) / total
    return (up + down - (up - down) ** 2) / total


def _difference(points, adjusted, half):
    return Difference(100 * points, 100 * (adjusted - half), 100 * (adjusted + half))
