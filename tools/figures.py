"""What may be shown of counts: the numbers, each with its interval, or how many."""

from . import differences, showing

_NO_CHANGE = {"points": None, "low": None, "high": None, "before": None}


def figure(metric, counts):
    """Return the numbers that counts allow to show, None where there are too few.

    Below five answers only how many, below ten how many of each band; a response rate
    needs ten who were asked.

    :param str metric: ``nps``, ``ces`` or ``csat``
    :param counts: a :class:`~.counts.Counts`
    :return: a dict; scores in −100…100, shares and rates in percent

    >>> from odoo.addons.nps.tools.counts import Counts
    >>> shown = figure("nps", Counts(30, 20, 10, invited=100, responded=60))
    >>> shown["n"], round(shown["net"], 1), shown["grade"], shown["rate"]
    (60, 33.3, 'C', 60.0)
    >>> few = figure("nps", Counts(4, 1, 1, invited=9, responded=6))
    >>> few["net"], few["promoters"], few["level"], few["rate"]
    (None, 4, 'few', None)
    >>> figure("nps", Counts(4))["promoters"] is None
    True
    """
    answers = counts.answers
    level = showing.level(answers)
    has_number = showing.has_number(answers)
    bands = (None,) * 3 if level == showing.COUNT else counts.bands
    numbers = {
        "n": answers,
        "level": level,
        **dict(zip(("promoters", "passives", "detractors"), bands, strict=True)),
        **_part("net", has_number, counts.net, counts.interval, ("low", "high")),
        "grade": showing.grade(*counts.interval) if has_number else None,
        "invited": counts.invited,
        "responded": counts.responded,
        "withheld": counts.withheld,
        **_part(
            "rate",
            showing.has_number(counts.invited),
            counts.rate,
            counts.rate_interval,
        ),
    }
    if metric != "nps":
        numbers |= _part("share", has_number, counts.share, counts.share_interval)
    if metric == "ces":
        numbers |= _part("mean", has_number, counts.mean, counts.mean_interval)
    return numbers


def change(before, now):
    """Return how a net score moved as a dict, and the difference behind it.

    :param before: :class:`~.counts.Counts` of the period before
    :param now: of the period
    :return: (dict of points, the interval of the points, and the number before;
        a :class:`~.differences.Difference`, or None where one side has too few)

    >>> from odoo.addons.nps.tools.counts import Counts
    >>> shown, difference = change(Counts(20, 60, 20), Counts(80, 10, 10))
    >>> round(shown["points"]), shown["before"]["n"], difference.is_clear
    (70, 100, True)
    >>> change(Counts(4), Counts(20))[1] is None
    True
    """
    numbers = figure("nps", before)
    was = {name: numbers[name] for name in ("n", "net", "low", "high", "level")}
    if not showing.has_number(min(before.answers, now.answers)):
        return {**_NO_CHANGE, "before": was}, None
    moved = differences.net_difference(before.bands, now.bands)
    return {**moved._asdict(), "before": was}, moved


def _part(name, is_shown, value, interval, ends=None):
    """Return a number and the ends of its interval under their names."""
    low, high = ends or (f"{name}_low", f"{name}_high")
    if not is_shown:
        return {name: None, low: None, high: None}
    return {name: value, low: interval[0], high: interval[1]}
