"""Is a difference more than chance: an exact test and a rule for many of them."""

from math import exp, lgamma


def fisher_greater(hits, total, other_hits, other_total):
    """Return the one-sided p value that the first group's share is the greater one.

    Fisher's exact test: the chance of ``hits`` or more in the first group, were the
    hits of both groups dealt out at random. R. A. Fisher, *The Design of
    Experiments*, 1935. By logarithms of the gamma function, so that counts of
    hundreds of thousands neither overflow nor take long.

    :param int hits: how often it happened in the first group, 0…total
    :param int total: how large the first group is, 0 or more
    :param other_hits: the same of the second group
    :param other_total: the same of the second group
    :return: a float in 0…1; 1 when a group is empty

    >>> round(fisher_greater(3, 4, 1, 4), 6)
    0.242857
    >>> round(fisher_greater(12, 20, 3, 80) * 1e8, 2)
    4.18
    >>> fisher_greater(0, 20, 9, 80), fisher_greater(5, 5, 0, 0)
    (1.0, 1.0)
    >>> 0 < fisher_greater(30_200, 100_000, 90_000, 300_000) < 0.2
    True
    """
    drawn = hits + other_hits
    if hits <= max(0, drawn - other_total):
        return 1.0
    chances = _chances(total, other_total, drawn)
    return min(1.0, sum(chance for k, chance in chances if k >= hits))


def attainable(p, total, other_total, drawn):
    """Return the largest p value up to ``p`` that two groups can give at all.

    Counts are whole, so an exact test reaches few values: the chance to get ``p`` or
    less is this one, often much less than ``p``, and 0 when nothing is that rare.

    :param float p: a p value in 0…1
    :param int drawn: the hits of both groups together

    >>> [round(attainable(p, 4, 4, 4), 6) for p in (0.25, 0.2, 0.01)]
    [0.242857, 0.014286, 0.0]
    """
    reached = 0.0
    for _k, chance in _chances(total, other_total, drawn):
        # A hair wider, so that rounding does not lose the value itself.
        if reached + chance > p * (1 + 1e-9):
            break
        reached += chance
    return reached


def _chances(total, other_total, drawn):
    """Yield (hits, chance) of the first group, the most hits first."""
    everything = _log_choose(total + other_total, drawn)
    fewest = max(0, drawn - other_total)
    for k in range(min(total, drawn), fewest - 1, -1):
        ways = _log_choose(total, k) + _log_choose(other_total, drawn - k)
        yield k, exp(ways - everything)


def _log_choose(n, k):
    """Return the logarithm of the number of ways to choose k of n.

    >>> round(exp(_log_choose(5, 2)), 9)
    10.0
    """
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def false_discovery(p_values):
    """Return the adjusted p values: mark those up to q, and the share of false marks
    among all marks is at most q on average.

    Y. Benjamini, Y. Hochberg, *Controlling the False Discovery Rate*, J. R. Stat.
    Soc. B 57 (1995); adjusted as ``p.adjust(method="BH")`` of R does.

    :param p_values: floats in 0…1, in any order
    :return: a list of floats in 0…1, in the same order; empty for none

    >>> p_values = [0.01, 0.04, 0.03, 0.005, 0.9]
    >>> [round(p, 4) for p in false_discovery(p_values)]
    [0.025, 0.05, 0.05, 0.025, 0.9]
    >>> false_discovery([])
    []
    """
    count = len(p_values)
    adjusted = [1.0] * count
    lowest = 1.0
    order = sorted(range(count), key=p_values.__getitem__, reverse=True)
    for rank, index in zip(range(count, 0, -1), order, strict=True):
        lowest = min(lowest, p_values[index] * count / rank)
        adjusted[index] = lowest
    return adjusted
