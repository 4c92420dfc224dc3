"""What those who did not answer could make of a net score."""

EARLY_HOURS = 24
"""Who answers within so many hours answers early."""


def bounds(promoters, passives, detractors, silent):
    """Return the net score if all who were silent were detractors, or promoters.

    Nothing is assumed of the silent, so the truth about everybody who was asked lies
    within: C. F. Manski, *Nonparametric Bounds on Treatment Effects*, Am. Economic
    Review 80 (1990). They say nothing of chance: that is what the interval is for.

    :param int silent: how many were asked and did not answer, 0 or more
    :return: two floats in −100…100; None when nobody was asked

    >>> bounds(50, 30, 20, 100)
    (-35.0, 65.0)
    >>> bounds(50, 30, 20, 0), bounds(0, 0, 0, 4), bounds(0, 0, 0, 0) is None
    ((30.0, 30.0), (-100.0, 100.0), True)
    """
    asked = promoters + passives + detractors + silent
    if not asked:
        return None
    known = promoters - detractors
    return 100 * (known - silent) / asked, 100 * (known + silent) / asked


def turning_point(promoters, detractors, silent):
    """Return which net score of the silent would make that of all asked customers 0.

    :return: a float in −100…100; None when no answers of theirs could do it

    >>> turning_point(50, 20, 100)
    -30.0
    >>> turning_point(50, 20, 10) is None, turning_point(50, 20, 0) is None
    (True, True)
    """
    known = promoters - detractors
    if not silent or abs(known) > silent:
        return None
    return -100 * known / silent
