"""Places in an order that admits where chance may decide."""


def ranks(groups):
    """Return the best and the worst place that each of several groups may have.

    The best place is after all that are clearly better, the worst one before all that
    are clearly worse. Who is tied with everybody may have any place.

    :param groups: a :class:`~.shrinkage.Shrunken` each
    :return: a list of (best, worst), 1…number of groups, in the order of the groups

    >>> from odoo.addons.nps.tools.shrinkage import shrink
    >>> ranks(shrink([(9, 4, 2), (10, 4, 1), (0, 20, 180)]).groups)
    [(1, 2), (1, 2), (3, 3)]
    >>> ranks([])
    []
    """
    places = []
    for group in groups:
        clear = [other for other in groups if not group.is_tied_with(other)]
        better = sum(other.score > group.score for other in clear)
        places.append((1 + better, len(groups) - (len(clear) - better)))
    return places
