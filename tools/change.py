"""Why a net score moved: other scores within the groups, or other groups asked."""

from typing import NamedTuple

from .intervals import net_score


class Part(NamedTuple):
    """What one group adds to a change, in points of the net score.

    :param mix: because its share of the answers changed
    :param rate: because its own net score changed
    """

    mix: float
    rate: float

    @property
    def points(self):
        """Both together.

        >>> Part(2.0, -3.0).points
        -1.0
        """
        return self.mix + self.rate


class Change(NamedTuple):
    """A change, split.

    :param points: net score now minus net score before, −200…200
    :param mix: what the parts' mix effects sum to
    :param rate: what their rate effects sum to
    :param parts: a :class:`Part` for each group, in their order
    :param is_reversed: the total and every group that can be compared moved in opposite
        directions: Simpson's paradox
    :param is_by_mix: the rate effects together point the other way than the total
    """

    points: float
    mix: float
    rate: float
    parts: list
    is_reversed: bool
    is_by_mix: bool


def split(groups):
    """Split the change of a net score into parts that sum to it exactly.

    With w the group's share of the answers and s its net score, before (0) and now (1),
    and m the mean of both totals:

    * rate = ½ (w₀ + w₁) (s₁ − s₀)
    * mix = (½ (s₀ + s₁) − m) (w₁ − w₀)

    The symmetric split of E. M. Kitagawa, *Components of a Difference Between Two
    Rates*, J. Am. Stat. Assoc. 50 (1955); P. Das Gupta, *Standardization and
    Decomposition of Rates*, US Bureau of the Census 1993. No order of the two steps is
    preferred, and nothing is left over. Shares sum to 1, so taking m off adds nothing
    in total; with it a group that is better than the whole counts as a plus when it
    grows. A group that is new or gone has one score only: it is taken for unchanged, so
    all of its part is mix.

    :param groups: ((promoters, passives, detractors) before, the same now) of each
        group; every answer in exactly one group
    :return: a :class:`Change`; None when one of the two periods has no answer

    Two groups stay as they are, the better one grows: all is mix.

    >>> change = split([((8, 0, 2), (24, 0, 6)), ((2, 0, 8), (2, 0, 8))])
    >>> round(change.points, 9), round(change.mix, 9), change.rate
    (30.0, 30.0, 0.0)
    >>> [round(part.points, 9) for part in change.parts]
    [11.25, 18.75]

    Each group falls, and the total rises:

    >>> change = split([((9, 0, 1), (34, 0, 6)), ((8, 0, 32), (1, 0, 9))])
    >>> round(change.points), round(change.rate), change.is_reversed
    (72, -15, True)
    >>> split([((0, 0, 0), (1, 0, 0))]) is None
    True
    """
    before, now = (_total([group[side] for group in groups]) for side in (0, 1))
    if not sum(before) or not sum(now):
        return None
    middle = (net_score(*before) + net_score(*now)) / 2
    sizes = sum(before), sum(now)
    parts = [_part(group, sizes, middle) for group in groups]
    return _change(net_score(*now) - net_score(*before), groups, parts)


def _total(counts):
    return tuple(map(sum, zip((0, 0, 0), *counts, strict=True)))


def _part(group, sizes, middle):
    scores = [net_score(*side) for side in group]
    first, last = (sum(side) / size for side, size in zip(group, sizes, strict=True))
    known = [score for score in scores if score is not None]
    if not known:
        return Part(0.0, 0.0)
    mix = (sum(known) / len(known) - middle) * (last - first)
    rate = 0.0
    if len(known) == 2:
        rate = (first + last) / 2 * (known[1] - known[0])
    return Part(mix, rate)


def _change(points, groups, parts):
    mix, rate = sum(part.mix for part in parts), sum(part.rate for part in parts)
    moves = [
        net_score(*now) - net_score(*before)
        for before, now in groups
        if any(before) and any(now)
    ]
    # A hair, so that rounding makes no paradox.
    against = [-move if points > 0 else move for move in moves]
    is_reversed = (
        abs(points) > 1e-9
        and len(moves) > 1
        and min(against) >= -1e-9
        and max(against) > 1e-9
    )
    is_by_mix = abs(points) > 1e-9 and abs(rate) > 1e-9 and points * rate < 0
    return Change(points, mix, rate, parts, is_reversed, is_by_mix)
