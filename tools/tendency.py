"""Whether net scores rise or fall along ordered groups: months, or bands of hours."""

from math import sqrt
from typing import NamedTuple

from .chance import normal_chance
from .differences import net_difference
from .intervals import Z95
from .showing import has_number
from .verdicts import adjusted

FEWEST_GROUPS = 3
"""A line through two points always fits."""

ADDED = 3
ADDED_SQUARES = 1.5 * 100**2
"""¾ promoter, 1½ passive, ¾ detractor, as in :func:`~.intervals.adjusted_wald`: where
all answers agree the next one may not."""


class Tendency(NamedTuple):
    """A straight line through the net scores of ordered groups.

    :param slope: points of the net score from one group to the next
    :param low: lower end of its 95 % interval
    :param high: upper end
    :param chance: two-sided p value that there is no slope
    :param answers: of how many answers
    """

    slope: float
    low: float
    high: float
    chance: float
    answers: int


def tendency(groups):
    """Return the line through ordered groups, or None when nothing can be said.

    Least squares over the answers (worth 100, 0, −100), so that a group weighs as much
    as it has answers: the trend test of W. G. Cochran, *Some methods for strengthening
    the common χ² tests*, Biometrics 10 (1954), and P. Armitage (1955), for three values
    instead of two. Where the groups swing around the line more than their answers
    explain, the interval is widened by as much (the dispersion factor of P. McCullagh &
    J. Nelder, *Generalized Linear Models*, 2nd ed. 1989, 4.5).

    :param groups: (place, (promoters, passives, detractors)); places are numbers, such
        as 0, 1, 2, and groups without answers count for nothing
    :return: a :class:`Tendency`; None below ten answers or three groups with answers

    >>> rising = tendency([(0, (20, 40, 40)), (1, (30, 40, 30)), (2, (45, 35, 20))])
    >>> round(rising.slope, 1), rising.low > 0, rising.chance < 0.001
    (22.5, True, True)
    >>> flat = tendency([(0, (30, 40, 30)), (1, (30, 40, 30)), (2, (30, 40, 30))])
    >>> flat.slope, flat.chance
    (0.0, 1.0)
    >>> tendency([(0, (30, 40, 30)), (1, (30, 40, 30))]) is None
    True
    """
    known = [(place, counts) for place, counts in groups if any(counts)]
    answers = sum(sum(counts) for _place, counts in known)
    if len(known) < FEWEST_GROUPS or not has_number(answers):
        return None
    middle = sum(place * sum(counts) for place, counts in known) / answers
    mean = sum(p - d for _place, (p, _s, d) in known) * 100 / answers
    width = sum(sum(counts) * (place - middle) ** 2 for place, counts in known)
    slope = sum((place - middle) * 100 * (p - d) for place, (p, _s, d) in known) / width
    line = [mean + slope * (place - middle) for place, _counts in known]
    error = sqrt(_variance(known, line, answers) / width)
    half = Z95 * error
    chance = normal_chance(slope / error)
    return Tendency(slope, slope - half, slope + half, chance, answers)


def _variance(known, line, answers):
    """Return the variance of an answer around the line, widened by what is over."""
    within, lack = ADDED_SQUARES, 0
    for (_place, counts), expected in zip(known, line, strict=True):
        promoters, _passives, detractors = counts
        size, mean = sum(counts), 100 * (promoters - detractors) / sum(counts)
        within += 100**2 * (promoters + detractors) - size * mean**2
        lack += size * (mean - expected) ** 2
    variance = within / max(1, answers + ADDED - len(known))
    return variance * max(1, lack / (len(known) - 2) / variance)


def standing_out(groups):
    """Return for each group the p value that it differs from the rest by chance.

    Each with ten answers and more is compared with all others together
    (:func:`~.differences.net_difference`); adjusted for looking at so many
    (:func:`~.verdicts.adjusted`).

    :param groups: (promoters, passives, detractors) of each
    :return: a list of p values; None where too few answers are to compare

    >>> groups = [(30, 40, 30)] * 5 + [(5, 20, 75), (1, 0, 0)]
    >>> [p and p < 0.05 for p in standing_out(groups)]
    [False, False, False, False, False, True, None]
    >>> standing_out([(30, 40, 30)]), standing_out([])
    ([None], [])
    """
    total = tuple(map(sum, zip((0, 0, 0), *groups, strict=True)))
    return adjusted([_against_rest(total, group) for group in groups])


def _against_rest(total, group):
    rest = tuple(all_ - own for all_, own in zip(total, group, strict=True))
    if not has_number(sum(group)) or not has_number(sum(rest)):
        return None
    return net_difference(rest, group).p_value
