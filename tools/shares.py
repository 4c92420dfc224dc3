"""How sure a share is: its value and its 95 % interval."""

from math import sqrt

from .intervals import Z95


def share(hits, answers):
    """Return a share in percent, or None without answers.

    >>> share(3, 12), share(0, 0) is None
    (25.0, True)
    """
    return 100 * hits / answers if answers else None


def share_interval(hits, answers):
    """Return the 95 % interval of a share as (low, high), or None without answers.

    The score interval of E. B. Wilson, *Probable Inference*, JASA 1927.

    :return: two floats in 0…100

    >>> [round(end, 1) for end in share_interval(81, 263)]
    [25.5, 36.6]
    >>> [round(end, 1) for end in share_interval(0, 20)]
    [0.0, 16.1]
    >>> share_interval(0, 0) is None
    True
    """
    if not answers:
        return None
    part, square = hits / answers, Z95**2
    middle = (part + square / (2 * answers)) / (1 + square / answers)
    spread = part * (1 - part) / answers + square / (4 * answers**2)
    half = Z95 * sqrt(spread) / (1 + square / answers)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)
