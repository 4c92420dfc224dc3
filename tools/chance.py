"""How likely chance alone makes a difference: two-sided p values without tables."""

from math import erfc, exp, gamma, sqrt


def normal_chance(z):
    """Return the two-sided p value of a standard normal value, in 0…1.

    >>> [round(normal_chance(z), 4) for z in (0, 1.959964, -2.575829)]
    [1.0, 0.05, 0.01]
    """
    return erfc(abs(z) / sqrt(2))


def chi_square_chance(value, freedom):
    """Return the chance of so large a χ² value or a larger one, in 0…1.

    The finite sums of Abramowitz & Stegun, *Handbook of Mathematical Functions*,
    26.4.4 (odd) and 26.4.5 (even degrees of freedom).

    :param float value: 0 or more
    :param int freedom: degrees of freedom; 0: there is nothing to compare, 1

    >>> [round(chi_square_chance(x, k), 3) for x, k in ((3.841, 1), (5.991, 2))]
    [0.05, 0.05]
    >>> round(chi_square_chance(14.067, 7), 3), chi_square_chance(3, 0)
    (0.05, 1.0)
    """
    if freedom < 1 or value <= 0:
        return 1.0
    half = value / 2
    if freedom % 2:
        powers = (number + 0.5 for number in range(freedom // 2))
        chance = erfc(sqrt(half))
    else:
        powers = range(freedom // 2)
        chance = 0.0
    return min(1.0, chance + exp(-half) * sum(half**p / gamma(p + 1) for p in powers))
