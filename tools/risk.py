"""When a customer may be leaving: the arithmetic of the stated rules.

One unhappy answer is a case; these rules look at several facts together. Each keeps
the share of customers that it flags by mere chance low, and says how.
"""

from functools import lru_cache
from math import comb, sqrt
from typing import NamedTuple

from .intervals import Z95
from .metrics import DETRACTOR, PASSIVE, PROMOTER, category

RULES = ("case_overdue", "unhappy_twice", "falling", "silent")
"""The rules, the gravest first: it is the one that is shown as the main reason."""

LOOK_BACK_DAYS = 730
"""Answers and asks older than two years say nothing about now."""

FEWEST_FOR_TREND, MOST_FOR_TREND = 4, 8
"""A trend is looked for in the last eight answers. Four is the fewest of which it can
be told at all: three that fall do so by chance once in six times."""

TREND_CHANCE = 0.05
"""So rarely a customer who did not change would look like one who falls."""

RECENT_DAYS, BEFORE_DAYS = 90, 365
FEWEST_FOR_CHANGE = 10
"""Of a company the last 90 days are compared with the year before them; each needs ten
answers. A company with so many is not judged by its last two answers."""

FEWEST_ANSWERED = 2
SILENCE_CHANCE = 0.1
"""So rarely asks in random order would end with so many that were not answered."""


class Counts(NamedTuple):
    """Answers by category, each 0 or more."""

    promoters: int
    passives: int
    detractors: int

    @property
    def total(self):
        """How many answers there are.

        >>> Counts(3, 2, 1).total
        6
        """
        return sum(self)


def is_unhappy_twice(categories):
    """Tell whether the last two answers are detractors.

    It happens by chance with the square of the customer's share of such answers.

    :param categories: of the counted answers, the newest last

    >>> is_unhappy_twice(["promoter", "detractor", "detractor"])
    True
    >>> is_unhappy_twice(["detractor", "promoter", "detractor"])
    False
    >>> is_unhappy_twice(["detractor"])
    False
    """
    return list(categories[-2:]) == [DETRACTOR, DETRACTOR]


def is_falling(metric, scores):
    """Tell whether the answers of one person fall, by more than chance explains.

    The newest score lies in a lower category than the oldest, and Kendall's test for a
    downward trend (exact, one-sided) gives less than :data:`TREND_CHANCE`.

    :param str metric: ``nps``, ``ces`` or ``csat``, the same for all scores
    :param scores: the newest last; only the last :data:`MOST_FOR_TREND` are looked at

    >>> is_falling("nps", [10, 9, 7, 4])
    True
    >>> is_falling("nps", [10, 9, 7]), is_falling("nps", [10, 9, 4, 7])
    (False, False)
    >>> is_falling("nps", [6, 5, 3, 1])
    False
    """
    scores = tuple(scores[-MOST_FOR_TREND:])
    if len(scores) < FEWEST_FOR_TREND:
        return False
    bands = (DETRACTOR, PASSIVE, PROMOTER)
    first, last = (bands.index(category(metric, scores[end])) for end in (0, -1))
    return last < first and fall_chance(scores) < TREND_CHANCE


def fall_chance(scores):
    """Return the chance that scores in random order fall as much as these, or more.

    How much they fall is the number of pairs of which the later one is lower. The test
    of M. Kendall, *Rank Correlation Methods*, 1948 (for time series: H. Mann, 1945),
    exact also with equal scores: the number of such pairs in all orders is counted by
    the Gaussian multinomial coefficient (P. MacMahon, 1915).

    :param scores: whole numbers, the newest last
    :return: a float in 0…1; 1 for fewer than two scores

    >>> [round(fall_chance(scores), 4) for scores in ([4, 3, 2, 1], [3, 2, 1])]
    [0.0417, 0.1667]
    >>> round(fall_chance([9, 9, 6, 6]), 4), fall_chance([5, 5, 5]), fall_chance([])
    (0.1667, 1.0, 1.0)
    """
    scores = tuple(scores)
    falls = sum(
        later < score
        for place, score in enumerate(scores)
        for later in scores[place + 1 :]
    )
    orders = _orders_by_falls(tuple(sorted(scores.count(s) for s in set(scores))))
    return sum(orders[falls:]) / sum(orders)


@lru_cache(maxsize=256)
def _orders_by_falls(sizes):
    """Return how many orders have 0, 1, 2… falling pairs.

    :param tuple sizes: how often each different score occurs

    >>> _orders_by_falls((1, 1, 1)), _orders_by_falls((2, 2)), _orders_by_falls(())
    ((1, 2, 2, 1), (1, 1, 2, 1, 1), (1,))
    """
    orders, placed = (1,), 0
    for size in sizes:
        placed += size
        orders = _product(orders, _choices_by_falls(placed, size))
    return orders


@lru_cache(maxsize=256)
def _choices_by_falls(n, k):
    """Return the coefficients of the Gaussian binomial coefficient of n and k.

    >>> _choices_by_falls(4, 2)
    (1, 1, 2, 1, 1)
    """
    if k in (0, n):
        return (1,)
    without = _choices_by_falls(n - 1, k)
    with_it = (0,) * (n - k) + _choices_by_falls(n - 1, k - 1)
    length = max(len(without), len(with_it))
    pad = [(*part, *(0,) * (length - len(part))) for part in (without, with_it)]
    return tuple(map(sum, zip(*pad, strict=True)))


def _product(left, right):
    """Multiply two polynomials, given by their coefficients."""
    result = [0] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            result[i + j] += a * b
    return tuple(result)


def net_change(before, now):
    """Return (change of the net score, its z value) between two groups of answers.

    Each group gets ¾ promoter, 1½ passive and ¾ detractor more, as in
    :func:`~.intervals.adjusted_wald`; then the z test of the difference of two means.

    :param Counts before: with one answer or more
    :param Counts now: the same
    :return: the change of the raw net scores, −200…200, and z; negative: it fell

    >>> [round(x, 2) for x in net_change(Counts(30, 12, 8), Counts(3, 4, 8))]
    [-77.33, -3.26]
    >>> net_change(Counts(5, 5, 5), Counts(5, 5, 5))
    (0.0, 0.0)
    """
    means, variances = zip(
        *(_adjusted(counts) for counts in (before, now)), strict=True
    )
    raw = [100 * (c.promoters - c.detractors) / c.total for c in (before, now)]
    z = (means[1] - means[0]) / sqrt(sum(variances))
    return raw[1] - raw[0], z


def _adjusted(counts):
    """Return the adjusted mean of the net values (−1…1) and its variance."""
    total = counts.total + 3
    up, down = (counts.promoters + 0.75) / total, (counts.detractors + 0.75) / total
    return up - down, (up + down - (up - down) ** 2) / total


def has_fallen(before, now):
    """Tell whether the net score of a company fell, by more than chance explains.

    z ≤ −1.96, so once in forty times by chance, and :data:`FEWEST_FOR_CHANGE` answers
    or more in both groups.

    :param Counts before: of the year before the last 90 days
    :param Counts now: of the last 90 days

    >>> has_fallen(Counts(12, 5, 3), Counts(2, 3, 5))
    True
    >>> has_fallen(Counts(12, 5, 3), Counts(2, 2, 5))
    False
    >>> has_fallen(Counts(12, 5, 3), Counts(4, 4, 2))
    False
    """
    if min(before.total, now.total) < FEWEST_FOR_CHANGE:
        return False
    return net_change(before, now)[1] <= -Z95


def silence_chance(asks, answered, ignored):
    """Return the chance that random order puts so many ignored asks at the end.

    All ways to spread the answers over the asks are equally likely: the share of those
    that leave the last ``ignored`` asks without one (hypergeometric).

    :param int asks: all asks of the person, 1 or more
    :param int answered: how many of them he answered
    :param int ignored: how many he did not answer since his last answer
    :return: a float in 0…1

    >>> round(silence_chance(5, 2, 3), 3), round(silence_chance(13, 2, 3), 3)
    (0.1, 0.577)
    """
    return comb(asks - ignored, answered) / comb(asks, answered)


def is_silent(asks, answered, ignored, limit):
    """Tell whether somebody who used to answer does so no more.

    He answered twice or more, ignored ``limit`` asks or more since, and that is rarer
    than :data:`SILENCE_CHANCE` for somebody who answers as often as he did: who hardly
    ever answered is not silent now.

    :param int limit: a setting of the company; 0: there is no such rule

    >>> is_silent(5, 2, 3, limit=3), is_silent(4, 2, 2, limit=3)
    (True, False)
    >>> is_silent(13, 2, 3, limit=3), is_silent(4, 1, 3, limit=3)
    (False, False)
    >>> is_silent(9, 2, 7, limit=0)
    False
    """
    if not limit or ignored < limit or answered < FEWEST_ANSWERED:
        return False
    return silence_chance(asks, answered, ignored) <= SILENCE_CHANCE
