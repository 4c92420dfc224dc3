"""What may be said of many differences at once, in words."""

NOISE, PROBABLE, REAL, FEW = "noise", "probable", "real", "few"
"""It could be chance; it is probably real; it is real; there are too few to say."""

_LIMITS = ((0.01, REAL), (0.05, PROBABLE), (1.0, NOISE))


def adjusted(p_values):
    """Return the p-values of one table, corrected for how many were looked at.

    Of twenty rows in which nothing happened one looks as if something had. The false
    discovery rate keeps the share of such rows among all that are called real: Y.
    Benjamini & Y. Hochberg, *Controlling the False Discovery Rate*, J. R. Stat. Soc. B
    57 (1995); as adjusted p-values after D. Yekutieli & Y. Benjamini, J. Stat. Plan.
    Inference 82 (1999).

    :param p_values: numbers in 0…1, or None where nothing could be tested
    :return: a list in the same order; None stays None

    >>> [round(p, 3) for p in adjusted([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.053, 0.053, 0.5]
    >>> adjusted([None, 0.02]), adjusted([])
    ([None, 0.02], [])
    """
    tested = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    found, least = [None] * len(p_values), 1.0
    for rank in range(len(tested), 0, -1):
        p, place = tested[rank - 1]
        least = min(least, p * len(tested) / rank)
        found[place] = least
    return found


def verdict(p_value):
    """Return what a p-value allows to say.

    Below 1 % it is ``real``, below 5 % ``probable``, else it may be ``noise``.

    :param p_value: in 0…1, or None where nothing could be tested
    :return: :data:`REAL`, :data:`PROBABLE`, :data:`NOISE` or :data:`FEW`

    >>> [verdict(p) for p in (0.009, 0.01, 0.05, 1.0, None)]
    ['real', 'probable', 'noise', 'noise', 'few']
    """
    if p_value is None:
        return FEW
    return next((name for limit, name in _LIMITS if p_value < limit), NOISE)


def verdicts(differences):
    """Return what may be said of each of several differences of one table.

    :param differences: :class:`~.differences.Difference` or None each

    >>> from odoo.addons.nps.tools.differences import net_difference
    >>> moved = net_difference((20, 60, 20), (80, 10, 10))
    >>> verdicts([moved, None, net_difference((5, 4, 1), (5, 4, 1))])
    ['real', 'few', 'noise']
    """
    p_values = [difference and difference.p_value for difference in differences]
    return [verdict(p) for p in adjusted(p_values)]
