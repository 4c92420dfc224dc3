"""The numbers of a tree: what stands on a box is the sum of everything below it."""

from . import intervals, showing


def roll_up(counts, chains):
    """Return box -> the sum of the counts of itself and of everything below it.

    Counts are summed and never scores: the net score of a whole is not the mean of
    those of its parts.

    :param dict counts: place -> tuple of numbers, all of one length
    :param dict chains: place -> the boxes that it is in, from the top down
    :return: a dict of tuples; boxes without any place below them are left out

    >>> counts = {"phone": (2, 1), "mail": (1, 0), "sales": (5, 5)}
    >>> chains = {"phone": ("us", "phone"), "mail": ("us", "mail"), "sales": ("sales",)}
    >>> roll_up(counts, chains)["us"], roll_up(counts, chains)["sales"]
    ((3, 1), (5, 5))
    >>> roll_up({}, {})
    {}
    """
    boxes = {}
    for place, numbers in counts.items():
        # A box counts once, also where a tree went through it twice.
        for box in dict.fromkeys(chains[place]):
            known = boxes.get(box, (0,) * len(numbers))
            boxes[box] = tuple(map(sum, zip(known, numbers, strict=True)))
    return boxes


def standing(promoters, passives, detractors):
    """Return which side a net score is on, as far as its answers tell.

    :return: ``promoter`` when its whole 95 % interval is above 0, ``detractor`` when it
        is below 0, ``passive`` when it may be either, ``none`` below ten answers

    >>> standing(54, 108, 162), standing(162, 108, 54), standing(11, 9, 10)
    ('detractor', 'promoter', 'passive')
    >>> standing(9, 0, 0), standing(0, 0, 0)
    ('none', 'none')
    """
    if not showing.has_number(promoters + passives + detractors):
        return "none"
    low, high = intervals.net_interval(promoters, passives, detractors)
    if low > 0:
        return "promoter"
    return "detractor" if high < 0 else "passive"
