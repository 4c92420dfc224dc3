"""How many answers of each kind: what every number of a report is computed from."""

from math import sqrt
from typing import NamedTuple

from . import intervals


class Counts(NamedTuple):
    """The answers of one metric, counted; counts of disjoint rows may be added.

    :param promoters: answers in the best band, see :mod:`.metrics`
    :param passives: answers in the middle band
    :param detractors: answers in the worst band
    :param invited: how many customers were asked
    :param responded: how many of these answered. More than :attr:`answers` where only
        the latest answer of each customer counts, or where answers are withheld
    :param score_sum: the sum of the scores of the answers
    :param score_squares: the sum of their squares
    :param withheld: how many of those who responded gave an answer that the reader
        does not see

    >>> half = Counts(2, 1, 1, invited=10, responded=4, score_sum=31, score_squares=255)
    >>> both = half + half
    >>> both.answers, both.net, both.rate, both.mean
    (8, 25.0, 40.0, 7.75)
    >>> Counts().net is None, Counts().rate is None, Counts().mean is None
    (True, True, True)
    """

    promoters: int = 0
    passives: int = 0
    detractors: int = 0
    invited: int = 0
    responded: int = 0
    score_sum: int = 0
    score_squares: int = 0
    withheld: int = 0

    def __add__(self, other):
        """Return the counts of both together; they must not share a row."""
        return Counts(*map(sum, zip(self, other, strict=True)))

    @property
    def bands(self):
        """The (promoters, passives, detractors), as :mod:`.intervals` takes them."""
        return self[:3]

    @property
    def answers(self):
        """How many answers count."""
        return sum(self.bands)

    @property
    def unknown(self):
        """Of how many who were asked no answer is known: silent ones and withheld.

        >>> Counts(2, 1, 1, invited=10, responded=6, withheld=2).unknown
        6
        """
        return self.invited - self.responded + self.withheld

    @property
    def net(self):
        """The net score in −100…100, or None without answers."""
        return intervals.net_score(*self.bands)

    @property
    def interval(self):
        """The 95 % interval of the net score, or None without answers."""
        return intervals.net_interval(*self.bands)

    @property
    def share(self):
        """The share of the best band in percent, or None without answers."""
        return 100 * self.promoters / self.answers if self.answers else None

    @property
    def share_interval(self):
        """The 95 % interval of the share (Wilson), or None without answers."""
        return intervals.wilson(self.promoters, self.answers)

    @property
    def mean(self):
        """The mean score, or None without answers."""
        return self.score_sum / self.answers if self.answers else None

    @property
    def mean_interval(self):
        """The 95 % interval of the mean (Student's t), or None below five answers.

        >>> scores = [1, 4, 5, 6, 7]
        >>> squares = sum(score**2 for score in scores)
        >>> counts = Counts(3, 1, 1, 5, 5, sum(scores), squares)
        >>> [round(end, 1) for end in counts.mean_interval]
        [1.7, 7.5]
        """
        if self.answers < intervals.FEWEST_FOR_MEAN:
            return None
        spread = self.score_squares - self.score_sum**2 / self.answers
        deviation = sqrt(max(0, spread) / (self.answers - 1))
        return intervals.mean_interval(self.answers, self.mean, deviation)

    @property
    def rate(self):
        """The response rate in percent, or None where nobody was asked."""
        return 100 * self.responded / self.invited if self.invited else None

    @property
    def rate_interval(self):
        """The 95 % interval of the response rate (Wilson), or None."""
        return intervals.wilson(self.responded, self.invited)
