"""How small a change so many answers can show, and how many answers a change takes."""

from math import ceil, sqrt

from .intervals import Z95

Z80 = 0.8416212335729143
"""The 80 % quantile of the standard normal distribution: the power asked for."""

_SHOWS = Z95 + Z80
"""A change so many standard errors large is found four times in five, at 5 %."""


def answer_variance(promoters, passives, detractors):
    """Return the variance of one answer that is worth 100, 0 or −100.

    With the ¾ promoter, 1½ passive and ¾ detractor of
    :func:`~.intervals.adjusted_wald`, so that it is above 0 where all agree.

    :return: a float in 0…10,000; 5,000 without an answer

    >>> round(answer_variance(50, 30, 20)), round(answer_variance(0, 0, 0))
    (6093, 5000)
    >>> round(answer_variance(10, 0, 0))
    2929
    """
    total = promoters + passives + detractors + 3
    up, down = (promoters + 0.75) / total, (detractors + 0.75) / total
    return 100**2 * (up + down - (up - down) ** 2)


def smallest_change(variance, before, now):
    """Return the smallest change of a net score that so many answers can show.

    Found with 80 % power by a two-sided test at 5 %: (1.96 + 0.84) ·
    √(variance / before + variance / now). J. Cohen, *Statistical Power Analysis for
    the Behavioral Sciences*, 2nd ed. 1988, chapter 2.

    :param float variance: of one answer, see :func:`answer_variance`
    :param before: number of answers of the first period; need not be whole
    :param now: number of answers of the second
    :return: points, above 0; None when one period has no answer

    >>> round(smallest_change(6095, 200, 200), 1)
    21.9
    >>> smallest_change(6095, 0, 200) is None
    True
    """
    if before <= 0 or now <= 0:
        return None
    return _SHOWS * sqrt(variance / before + variance / now)


def answers_needed(variance, points):
    """Return how many answers each of two periods needs to show a change.

    The inverse of :func:`smallest_change` for two periods of one size.

    :param float points: of the net score, above 0
    :return: a whole number, 1 or more

    >>> answers_needed(6095, 10), answers_needed(6095, 5)
    (957, 3828)
    """
    return max(1, ceil(2 * variance * (_SHOWS / points) ** 2))


def periods_needed(variance, points, answers):
    """Return how many periods on each side it takes to show a change.

    :param float answers: how many answers one period brings; need not be whole
    :return: a whole number, 1 or more; None when there are no answers

    >>> periods_needed(6095, 10, 200), periods_needed(6095, 10, 0) is None
    (5, True)
    """
    if answers <= 0:
        return None
    return ceil(answers_needed(variance, points) / answers)
