"""What a score means: the scales and bands of NPS, CES and CSAT.

The only place that knows a threshold. Everything else asks here.
"""

from typing import NamedTuple

PROMOTER, PASSIVE, DETRACTOR = "promoter", "passive", "detractor"
CATEGORIES = (PROMOTER, PASSIVE, DETRACTOR)

NET_VALUES = {PROMOTER: 100, PASSIVE: 0, DETRACTOR: -100}
"""What one answer adds to a net score: the mean of these values *is* the net score."""


class Scale(NamedTuple):
    """The range of a metric and where its bands begin.

    :param lowest: the worst score
    :param highest: the best score
    :param passive_from: the lowest score that is a passive
    :param promoter_from: the lowest score that is a promoter
    """

    lowest: int
    highest: int
    passive_from: int
    promoter_from: int

    @property
    def scores(self):
        """All scores from the worst to the best.

        >>> list(SCALES["csat"].scores)
        [1, 2, 3, 4, 5]
        """
        return range(self.lowest, self.highest + 1)


SCALES = {
    "nps": Scale(0, 10, passive_from=7, promoter_from=9),
    "ces": Scale(1, 7, passive_from=4, promoter_from=5),
    "csat": Scale(1, 5, passive_from=3, promoter_from=4),
}


def category(metric, score):
    """Return the band of a score.

    NPS: Reichheld, *The One Number You Need to Grow*, HBR 2003.

    :param str metric: ``nps``, ``ces`` or ``csat``
    :param int score: a whole number within the metric's scale
    :return: ``promoter``, ``passive`` or ``detractor``
    :raise ValueError: the score is not on the scale
    :raise KeyError: there is no such metric

    >>> [category("nps", score) for score in (0, 6, 7, 8, 9, 10)]
    ['detractor', 'detractor', 'passive', 'passive', 'promoter', 'promoter']
    >>> [category("ces", score) for score in (1, 3, 4, 5, 7)]
    ['detractor', 'detractor', 'passive', 'promoter', 'promoter']
    >>> [category("csat", score) for score in (1, 2, 3, 4, 5)]
    ['detractor', 'detractor', 'passive', 'promoter', 'promoter']
    """
    scale = SCALES[metric]
    if score not in scale.scores:
        raise ValueError(f"{score!r} is not a score of the metric {metric}")
    if score >= scale.promoter_from:
        return PROMOTER
    return PASSIVE if score >= scale.passive_from else DETRACTOR


def parse_score(metric, text):
    """Return the score that a form or a link carries, or None if it is none.

    Strict on purpose: ``"5.0"``, ``" 5 "``, ``"05"`` or a digit of another script
    were not offered by the page, so nobody pressed them.

    :param str metric: ``nps``, ``ces`` or ``csat``
    :param text: what was sent; anything that is not a plain decimal gives None

    >>> [parse_score("nps", text) for text in ("0", "10", "11", "-1", " 5", "05", "٥")]
    [0, 10, None, None, None, None, None]
    >>> parse_score("csat", "0") is None and parse_score("nps", None) is None
    True
    """
    return {str(score): score for score in SCALES[metric].scores}.get(text)
