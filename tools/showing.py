"""How much may be said of so few answers."""

COUNT, FEW, INDICATIVE, FULL = "count", "few", "indicative", "full"
"""Only how many; how many of each kind; a number to be careful with; a number."""

FEWEST_FOR_FULL = 30
_FROM = ((FEWEST_FOR_FULL, FULL), (10, INDICATIVE), (5, FEW), (0, COUNT))


def level(answers):
    """Return what may be shown of a number of answers.

    :return: ``count``, ``few``, ``indicative`` or ``full``

    >>> [level(answers) for answers in (0, 4, 5, 9, 10, 29, 30)]
    ['count', 'count', 'few', 'few', 'indicative', 'indicative', 'full']
    """
    return next(name for least, name in _FROM if answers >= least)


def has_number(answers):
    """Tell whether a score may be shown at all.

    >>> has_number(9), has_number(10)
    (False, True)
    """
    return level(answers) in (INDICATIVE, FULL)


GRADES = ((5, "A"), (10, "B"), (20, "C"))


def grade(low, high):
    """Return how precise a net score is, by half the width of its interval.

    Up to 5 points A, up to 10 B, up to 20 C, above D.

    :param low: lower end of the 95 % interval, in −100…100
    :param high: upper end

    >>> [grade(-half, half) for half in (5, 5.1, 10, 20, 20.1)]
    ['A', 'B', 'B', 'C', 'D']
    """
    half = (high - low) / 2
    return next((name for most, name in GRADES if half <= most), "D")
