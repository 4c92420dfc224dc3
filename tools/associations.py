"""Whether net scores of several groups differ by more than chance makes them."""

from .chance import chi_square_chance
from .tendency import tendency


def groups_chance(groups):
    """Return the p value that all groups have one net score, or None of too few.

    The mean score test: (N − 1) · (squares between the groups) / (all squares) is χ²
    with one degree of freedom less than there are groups; J. R. Landis, E. R. Heyman &
    G. G. Koch, *Average Partial Association in Three-Way Contingency Tables*, Int.
    Stat. Review 46 (1978). An answer is worth 100, 0 or −100.

    :param groups: (promoters, passives, detractors) of each; empty ones do not count
    :return: a float in 0…1; None when less than two groups have answers

    >>> groups_chance([(50, 30, 20), (20, 30, 50)]) < 0.001
    True
    >>> round(groups_chance([(5, 3, 2), (2, 3, 5)]), 4)
    0.1181
    >>> groups_chance([(5, 3, 2), (5, 3, 2)]), groups_chance([(5, 3, 2)]) is None
    (1.0, True)
    >>> groups_chance([(5, 0, 0), (7, 0, 0)])
    1.0
    """
    known = [tuple(group) for group in groups if any(group)]
    if len(known) < 2:
        return None
    answers = sum(map(sum, known))
    values = [p - d for p, _s, d in known]
    mean = sum(values) / answers
    everything = sum(p + d for p, _s, d in known) - answers * mean**2
    if everything <= 1e-12:
        return 1.0
    between = sum(
        sum(group) * (value / sum(group) - mean) ** 2
        for group, value in zip(known, values, strict=True)
    )
    return chi_square_chance((answers - 1) * between / everything, len(known) - 1)


def bands_chance(groups):
    """Return the p value that the net score neither rises nor falls along the bands.

    The trend test of :func:`~.tendency.tendency`, which finds what rises or falls with
    fewer answers than :func:`groups_chance`; of two bands the latter.

    :param groups: (promoters, passives, detractors) of each band, in their order
    :return: a float in 0…1; None when too few answers or bands are to compare

    >>> bands_chance([(50, 30, 20), (40, 30, 30), (20, 30, 50)]) < 0.001
    True
    >>> bands_chance([(5, 3, 2), (0, 0, 0)]) is None
    True
    """
    line = tendency(enumerate(groups))
    return line.chance if line else groups_chance(groups)
