"""How sure a number is: net scores, shares, means and their 95 % intervals."""

from math import sqrt

Z95 = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution."""

FEWEST_FOR_WALD = 10
FEWEST_FOR_MEAN = 5


def net_score(promoters, passives, detractors):
    """Return 100 × (promoters − detractors) / answers, or None without answers.

    :return: a float in −100…100

    >>> round(net_score(162, 108, 54), 1)
    33.3
    >>> net_score(0, 0, 0) is None
    True
    """
    answers = promoters + passives + detractors
    if not answers:
        return None
    return 100 * (promoters - detractors) / answers


def net_interval(promoters, passives, detractors, strict=False):
    """Return the 95 % interval of a net score as (low, high), or None without answers.

    Adjusted Wald (add ¾ promoter, 1½ passive, ¾ detractor, clip to ±100) after
    B. Rocks, *Interval Estimation for the Net Promoter Score*, The American
    Statistician 2016, arXiv 1601.07235. Below ten answers, or when ``strict``,
    the Tango score interval, which keeps its level in small samples.

    :return: two floats in −100…100

    >>> [round(end, 1) for end in net_interval(162, 108, 54)]
    [24.9, 41.1]
    >>> net_interval(0, 0, 0) is None
    True
    """
    answers = promoters + passives + detractors
    if not answers:
        return None
    if strict or answers < FEWEST_FOR_WALD:
        return _tango_interval(promoters, answers, detractors)
    return adjusted_wald(promoters, passives, detractors)


def adjusted_wald(promoters, passives, detractors):
    """Return the adjusted Wald interval as (low, high) in −100…100.

    Meant for one answer and more; see :func:`net_interval`.

    >>> [round(end, 1) for end in adjusted_wald(9, 0, 2)]
    [8.0, 92.0]
    """
    total = promoters + passives + detractors + 3
    up, down = (promoters + 0.75) / total, (detractors + 0.75) / total
    half = Z95 * sqrt((up + down - (up - down) ** 2) / total)
    return 100 * max(-1, up - down - half), 100 * min(1, up - down + half)


def _tango_interval(promoters, answers, detractors):
    """Return the Tango score interval as (low, high) in −100…100.

    All t with |P − D − n·t| ≤ z·√(n·(2q + t(1 − t))): T. Tango, *Equivalence test
    and confidence interval for the difference in proportions*, Stat. Med. 1998.

    >>> [round(end, 1) for end in _tango_interval(5, 5, 0)]
    [13.1, 100]
    """
    middle = (promoters - detractors) / answers
    low = high = middle
    if detractors == answers:
        low = -1
    else:
        low = _bisect(
            lambda t: _tango_holds(promoters, answers, detractors, t), -1, middle
        )
    if promoters == answers:
        high = 1
    else:
        high = _bisect(
            lambda t: _tango_holds(promoters, answers, detractors, t), 1, middle
        )
    return 100 * low, 100 * high


def _tango_holds(promoters, answers, detractors, t):
    b = -promoters - detractors + (2 * answers - promoters + detractors) * t
    c = -detractors * t * (1 - t)
    q = (sqrt(max(0, b * b - 8 * answers * c)) - b) / (4 * answers)
    spread = sqrt(max(0, answers * (2 * q + t * (1 - t))))
    return abs(promoters - detractors - answers * t) <= Z95 * spread


def _bisect(holds, outside, inside):
    """Return the border between a point that fails and one where ``holds`` holds."""
    for _step in range(60):
        middle = (outside + inside) / 2
        if holds(middle):
            inside = middle
        else:
            outside = middle
    return inside


def wilson(hits, total):
    """Return the 95 % interval of a share as (low, high) in percent, or None of none.

    Wilson's score interval: E. B. Wilson, *Probable Inference, the Law of Succession,
    and Statistical Inference*, J. Am. Stat. Assoc. 22 (1927).

    :param hits: how often it happened, 0…total; need not be whole
    :param total: of how many; need not be whole, for an effective number
    :return: two floats in 0…100

    >>> [round(end, 1) for end in wilson(31, 48)]
    [50.4, 76.6]
    >>> [round(end, 1) for end in wilson(0, 10)], wilson(0, 0) is None
    ([0.0, 27.8], True)
    """
    if not total:
        return None
    share, square = hits / total, Z95**2 / total
    middle = (share + square / 2) / (1 + square)
    half = sqrt(square * (share * (1 - share) + square / 4)) / (1 + square)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def mean_interval(answers, mean, deviation):
    """Return the 95 % interval of a mean as (low, high), or None below five values.

    Student's t: mean ± t · deviation / √answers.

    :param int answers: how many values the mean is of
    :param float deviation: their standard deviation, as a sample (divided by n − 1)

    >>> [round(end, 2) for end in mean_interval(25, 1.2, 2.0)]
    [0.37, 2.03]
    >>> mean_interval(4, 1.2, 2.0) is None
    True
    """
    if answers < FEWEST_FOR_MEAN:
        return None
    half = t95(answers - 1) * deviation / sqrt(answers)
    return mean - half, mean + half


T95_TERMS = (
    (Z95**3 + Z95) / 4,
    (5 * Z95**5 + 16 * Z95**3 + 3 * Z95) / 96,
    (3 * Z95**7 + 19 * Z95**5 + 17 * Z95**3 - 15 * Z95) / 384,
    (79 * Z95**9 + 776 * Z95**7 + 1482 * Z95**5 - 1920 * Z95**3 - 945 * Z95) / 92160,
)
"""What :func:`t95` adds to the normal quantile, for each power of 1/freedom."""


def t95(freedom):
    """Return the 97.5 % quantile of Student's t distribution.

    Abramowitz & Stegun, *Handbook of Mathematical Functions*, 26.7.5. Too small by
    less than 0.001 from 4 degrees of freedom on, by less than 0.0001 from 7 on.

    :param int freedom: degrees of freedom; meant for 4 and more

    >>> [round(t95(freedom), 3) for freedom in (4, 9, 29, 99)]
    [2.776, 2.262, 2.045, 1.984]
    """
    terms = enumerate(T95_TERMS, 1)
    return Z95 + sum(term / freedom**power for power, term in terms)
