"""Adding up what was counted for the smallest groups, for each level above them."""


def add(left, right):
    """Return the sum of two numbers of which either may be missing, as SQL's SUM does.

    >>> add(2, 3), add(None, 3), add(2, None), add(None, None) is None
    (5, 3, 2, True)
    """
    if left is None or right is None:
        return right if left is None else left
    return left + right


def roll_up(rows, keep):
    """Return the rows of a coarser grouping.

    :param rows: (tuple of the group's values, list of what was added up) each
    :param keep: the places of the values that the coarser groups keep, in their order
    :return: rows in the same form, in the order in which their groups came first

    >>> rows = [(("A", 1), [2, None]), (("A", 2), [3, 4]), (("B", 1), [5, None])]
    >>> roll_up(rows, [0])
    [(('A',), [5, 4]), (('B',), [5, None])]
    >>> roll_up(rows, [])
    [((), [10, 4])]
    >>> roll_up([], [0])
    []

    The hour 0 is not the same as no hour:

    >>> roll_up([((0,), [1]), ((False,), [2])], [0])
    [((0,), [1]), ((False,), [2])]
    """
    found = {}
    for values, numbers in rows:
        group = tuple(values[place] for place in keep)
        # Python takes 0 and False for the same key.
        key = tuple((type(value), value) for value in group)
        _group, known = found.get(key, (group, [None] * len(numbers)))
        found[key] = group, [add(*pair) for pair in zip(known, numbers, strict=True)]
    return list(found.values())


def mask(columns, kept):
    """Return what SQL's ``GROUPING(columns)`` is for a grouping by some of them.

    A bit is 1 where a column is not grouped by, the last column's is the lowest.

    >>> mask(["a", "b", "c"], ["a", "b", "c"]), mask(["a", "b", "c"], ["b"])
    (0, 5)
    """
    number = 0
    for column in columns:
        number = 2 * number + (column not in kept)
    return number
