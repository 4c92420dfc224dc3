"""Into which bands times and numbers are sorted, to compare the scores in them."""

HOURS = (1, 4, 8, 24, 72, 168)
"""Whole hours and days: an hour, half a morning, a working day, a day, three, seven."""

MESSAGES = (1, 2, 3, 5, 9)


def ends(edges):
    """Return the bands between edges as (key, low, high), the lowest first.

    A band holds its lower end and not its upper one; the outermost are open (None). The
    key is the number of the band as text, as PostgreSQL's ``width_bucket`` gives it.

    :param edges: rising numbers, one or more

    >>> ends((1, 4))
    [('0', None, 1), ('1', 1, 4), ('2', 4, None)]
    """
    around = [None, *edges, None]
    return [
        (str(place), low, high)
        for place, (low, high) in enumerate(zip(around[:-1], around[1:], strict=True))
    ]
