"""Where the last answers of one person point."""

from .metrics import SCALES

UP, STEADY, DOWN = "up", "steady", "down"

SHOWN = 5
"""So many answers are looked at and drawn."""
FEWEST = 3
"""With two answers nobody can tell a direction from chance."""
STEP = 0.2
"""A difference of less than a fifth of the scale (two points of 0–10) is steady."""


def direction(metric, scores):
    """Tell where the last answers of one person point, or None with too few.

    The last score is compared with the mean of those before it. It describes; whether
    a customer is at risk is decided by the tests of :mod:`.risk`.

    :param str metric: ``nps``, ``ces`` or ``csat``, the same for all scores
    :param scores: the newest last; only the last :data:`SHOWN` are looked at
    :return: ``up``, ``steady``, ``down``, or None with less than :data:`FEWEST`

    >>> direction("nps", [4, 6, 9]), direction("nps", [9, 10, 6])
    ('up', 'down')
    >>> direction("nps", [9, 8, 9, 10]), direction("csat", [5, 5, 4])
    ('steady', 'down')
    >>> direction("nps", [10, 2]) is None, direction("nps", []) is None
    (True, True)
    """
    *before, last = scores[-SHOWN:] or [None]
    if len(before) + 1 < FEWEST:
        return None
    scale = SCALES[metric]
    change = (last - sum(before) / len(before)) / (scale.highest - scale.lowest)
    # A mean of decimals must not miss the step by its last digit.
    if abs(change) < STEP - 1e-9:
        return STEADY
    return UP if change > 0 else DOWN
