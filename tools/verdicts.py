"""How sure a difference is, in three words."""

from .exact_test import false_discovery

NOISE, PROBABLE, REAL = "noise", "probable", "real"
"""Could be noise; probably real; real."""

PROBABLE_BELOW = 0.05
REAL_BELOW = 0.01


def verdict(p):
    """Return what to call a difference with this p value.

    :param p: two-sided, in 0…1; adjusted by :func:`corrected` where there are several
    :return: ``noise``, ``probable`` or ``real``; None when nothing was tested

    >>> [verdict(p) for p in (0.05, 0.049, 0.01, 0.009, None)]
    ['noise', 'probable', 'probable', 'real', None]
    """
    if p is None:
        return None
    if p < REAL_BELOW:
        return REAL
    return PROBABLE if p < PROBABLE_BELOW else NOISE


def corrected(ps):
    """Return p values adjusted for looking at so many differences.

    Benjamini and Hochberg, see :func:`~.exact_test.false_discovery`. What was not
    tested stays None and does not count.

    >>> corrected([0.01, None, 0.04])
    [0.02, None, 0.04]
    >>> corrected([])
    []
    """
    adjusted = iter(false_discovery([p for p in ps if p is not None]))
    return [None if p is None else next(adjusted) for p in ps]
