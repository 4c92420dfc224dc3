"""Net scores of groups, each drawn towards the mean of all by as much as it is unsure.

Who ranks raw scores puts the groups with the fewest answers on top and at the bottom:
those are where chance throws the numbers farthest.
"""

from math import exp, log, sqrt
from typing import NamedTuple

from .intervals import Z95

SPREAD = 25
"""How far apart net scores of groups are before anything is known: the scale of the
half-Cauchy prior of their standard deviation, in points of the net score."""

SPREADS = range(0, 121, 2)
"""The standard deviations between groups over which is averaged."""

ADDED = 3
ADDED_SQUARES = 1.5 * 100**2
"""¾ promoter, 1½ passive and ¾ detractor, as in :func:`~.intervals.adjusted_wald`: even
where all answers agree, the next one may not."""


class Shrunken(NamedTuple):
    """What may be expected of a group.

    :param score: the shrunken net score, in −100…100
    :param low: lower end of its 95 % credible interval, in −100…100
    :param high: upper end
    :param deviation: its standard deviation, above 0
    :param answers: of how many answers
    """

    score: float
    low: float
    high: float
    deviation: float
    answers: int

    def with_own(self, group, variance):
        """Return what may be expected in one case of which some answers are known.

        An agent may be better with one customer than with the others, or worse: by as
        much as groups differ before anything is known of them, :data:`SPREAD`. So the
        customer's own answers weigh more than those of others.

        :param group: (promoters, passives, detractors) of that case; all 0: nothing is
            known of it, and what is expected stays as it is
        :param variance: the variance of one answer, see :class:`Shrinkage`

        >>> expected = Shrunken(40, 20, 60, 10, 30)
        >>> round(expected.with_own((0, 0, 4), 5000).score)
        -11
        >>> expected.with_own((0, 0, 0), 5000) == expected
        True
        """
        if not any(group):
            return self
        own, known = variance / sum(group), self.deviation**2 + SPREAD**2
        drawn = own / (own + known)
        score = drawn * self.score + (1 - drawn) * _mean(group)
        return _shrunken(score, sqrt(drawn * known), self.answers)

    def is_tied_with(self, other):
        """Tell whether chance may explain which of two is the better one.

        A z test at 5 %, two-sided, on the difference of the shrunken scores.

        >>> good, better, far = shrink([(9, 4, 2), (10, 4, 1), (0, 20, 180)]).groups
        >>> good.is_tied_with(better), good.is_tied_with(far)
        (True, False)
        """
        spread = sqrt(self.deviation**2 + other.deviation**2)
        return abs(self.score - other.score) < Z95 * spread


class Shrinkage(NamedTuple):
    """The groups and what they are drawn towards.

    :param mean: the mean of the groups, in −100…100, or None without an answer
    :param variance: the variance of one answer around the mean of its group
    :param groups: a :class:`Shrunken` for each group, in their order; None for each
        where nothing is known of any
    """

    mean: float
    variance: float
    groups: list


def shrink(groups):
    """Return what may be expected of each of several groups.

    An answer is worth 100, 0 or −100. The mean of a group's answers is taken for
    normal around what may be expected of it, and that for normal around the mean of all
    groups. Nobody knows how far the groups are apart, so it is averaged over all
    distances, each as likely as the answers make it: A. Gelman et al., *Bayesian Data
    Analysis*, 3rd ed. 2013, section 5.4, with the half-Cauchy prior of A. Gelman,
    *Prior distributions for variance parameters in hierarchical models*, Bayesian
    Analysis 2006. An estimate of the distance alone would often be 0 and make few
    groups look all the same.

    :param groups: (promoters, passives, detractors) of each; all 0: nothing is known
        of the group and the mean of the others is expected of it
    :return: a :class:`Shrinkage`; without a single answer nothing is expected of any

    Three promoters of three are a weaker sign than 34 of 40:

    >>> few, many, rest = shrink([(3, 0, 0), (34, 5, 1), (120, 80, 100)]).groups
    >>> [round(group.score) for group in (few, many, rest)]
    [75, 79, 7]

    The fewer the answers, the nearer to the mean; one group alone is its own mean:

    >>> mean, _variance, (alone,) = shrink([(6, 2, 2)])
    >>> round(mean), round(alone.score), round(alone.low), round(alone.high)
    (40, 40, -10, 90)
    >>> shrink([]).groups, shrink([(0, 0, 0)]).groups, shrink([]).mean is None
    ([], [None], True)
    """
    groups = [tuple(group) for group in groups]
    known = [(_mean(group), sum(group)) for group in groups if any(group)]
    variance = _variance_within(groups)
    if not known:
        return Shrinkage(None, variance, [None for _group in groups])
    worlds = _weighted([_world(known, variance, spread) for spread in SPREADS])
    mean = sum(weight * world.mean for weight, world in worlds)
    expected = [_expect(group, variance, worlds) for group in groups]
    return Shrinkage(mean, variance, expected)


class _World(NamedTuple):
    """How it would be if the groups were so far apart."""

    spread: float
    mean: float
    mean_variance: float
    likelihood: float


def _mean(group):
    promoters, _passives, detractors = group
    return 100 * (promoters - detractors) / sum(group)


def _variance_within(groups):
    """Return the variance of one answer around the mean of its group."""
    squares, free = ADDED_SQUARES, ADDED
    for group in filter(any, groups):
        promoters, _passives, detractors = group
        squares += 100**2 * (promoters + detractors) - sum(group) * _mean(group) ** 2
        free += sum(group) - 1
    return squares / free


def _world(known, variance, spread):
    """Return the mean of all groups at a distance and how well it fits (eq. 5.21)."""
    parts = [(score, variance / answers + spread**2) for score, answers in known]
    precision = sum(1 / total for _score, total in parts)
    mean = sum(score / total for score, total in parts) / precision
    fit = sum(log(total) + (score - mean) ** 2 / total for score, total in parts)
    prior = -log(1 + (spread / SPREAD) ** 2)
    return _World(spread, mean, 1 / precision, prior - (log(precision) + fit) / 2)


def _weighted(worlds):
    """Return (probability, world) of each."""
    best = max(world.likelihood for world in worlds)
    weights = [exp(world.likelihood - best) for world in worlds]
    total = sum(weights)
    return [(w / total, world) for w, world in zip(weights, worlds, strict=True)]


def _expect(group, variance, worlds):
    """Return the shrunken score of a group, averaged over all worlds."""
    parts = [(weight, *_expect_in(world, group, variance)) for weight, world in worlds]
    score = sum(weight * mean for weight, mean, _spread in parts)
    square = sum(weight * (spread + mean**2) for weight, mean, spread in parts)
    return _shrunken(score, sqrt(max(0, square - score**2)), sum(group))


def _shrunken(score, deviation, answers):
    half = Z95 * deviation
    ends = (max(-100, min(100, end)) for end in (score, score - half, score + half))
    return Shrunken(*ends, deviation, answers)


def _expect_in(world, group, variance):
    """Return mean and variance of what to expect of a group in a world."""
    if not any(group):
        return world.mean, world.spread**2 + world.mean_variance
    own = variance / sum(group)
    drawn = own / (own + world.spread**2)
    mean = (1 - drawn) * _mean(group) + drawn * world.mean
    return mean, drawn * world.spread**2 + drawn**2 * world.mean_variance
