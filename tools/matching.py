"""What a treatment goes with, among customers who are alike: exact matching.

Nobody was drawn by lot, so this is an association and no proof. What can be done is
to compare like with like: each treated customer only with untreated ones of his cell.
"""

from math import sqrt
from statistics import fmean, variance
from typing import NamedTuple

from .intervals import t95

FEWEST = 10
"""Each side needs so many customers who can be compared, else there is no number."""

FEWEST_OF_ITS_OWN = 10
"""From so many values on the spread of a cell is its own, below it is the pooled one
of all cells of its side."""

FEWEST_FREEDOM = 4
"""With fewer degrees of freedom the spread itself is not known well enough."""


class Cell(NamedTuple):
    """Customers who are alike: a value of each, with and without the treatment."""

    treated: list
    controls: list


class Effect(NamedTuple):
    """How much higher the values of the treated are than those of their like.

    :param value: in the unit of the values
    :param low: lower end of the 95 % interval
    :param high: upper end of it
    :param freedom: degrees of freedom
    :param treated: how many treated were compared
    :param controls: with how many others
    """

    value: float
    low: float
    high: float
    freedom: float
    treated: int
    controls: int

    @property
    def verdict(self):
        """``more`` or ``less`` than chance explains, or ``noise``: 0 is within.

        >>> Effect(18, 4, 32, 60, 48, 90).verdict, Effect(18, 0, 36, 9, 9, 9).verdict
        ('more', 'noise')
        >>> Effect(-18, -32, -4, 60, 48, 90).verdict
        'less'
        """
        if self.low > 0:
            return "more"
        return "less" if self.high < 0 else "noise"


def effect(cells, step=1):
    """Return the :class:`Effect` on those who were treated, or None: too few.

    Post-stratification: in each cell the mean of the treated minus the mean of the
    controls, weighted by the treated (ATT). Its variance is
    Σ w² (s²ₜ/nₜ + s²꜀/n꜀), its degrees of freedom are those of Welch and
    Satterthwaite. D. B. Rubin, *Assignment to Treatment Group on the Basis of a
    Covariate*, J. Educ. Stat. 2 (1977); F. E. Satterthwaite, *An Approximate
    Distribution of Estimates of Variance Components*, Biometrics Bull. 2 (1946).

    A cell with fewer than ten values on a side, or where all are equal, borrows its
    spread from all cells of that side: a single value has none, and five equal ones
    would pretend to be certain. Cells without controls have to be left out and
    counted before: see :func:`comparable`.

    :param cells: list of :class:`Cell` with both sides
    :param step: the smallest step of a value; no spread is taken for smaller than
        if one customer had made one step

    >>> like = [Cell([0, 100] * 5, [0, 0, 0, 100] * 5), Cell([100], [0, 100])]
    >>> found = effect(like, step=100)
    >>> [round(number, 1) for number in found[:4]]
    [27.3, -11.5, 66.1, 18.8]
    >>> found.treated, found.controls, found.verdict
    (11, 22, 'noise')
    >>> effect([Cell([0, 1] * 4, [0, 1] * 40)]) is None, effect([]) is None
    (True, True)
    """
    treated = sum(len(cell.treated) for cell in cells)
    controls = sum(len(cell.controls) for cell in cells)
    if min(treated, controls) < FEWEST:
        return None
    terms = [*_terms(cells, "treated", step), *_terms(cells, "controls", step)]
    freedom = _freedom(terms)
    if freedom < FEWEST_FREEDOM:
        return None
    value = weighted_mean(cells, "treated") - weighted_mean(cells, "controls")
    half = t95(freedom) * sqrt(sum(term for term, _freedom in terms))
    return Effect(value, value - half, value + half, freedom, treated, controls)


def comparable(cells):
    """Return the cells with both sides, and how many treated have nobody alike.

    >>> comparable([Cell([1, 2], []), Cell([], [3]), Cell([4], [5])])
    ([Cell(treated=[4], controls=[5])], 2)
    """
    alone = sum(len(cell.treated) for cell in cells if not cell.controls)
    return [cell for cell in cells if cell.treated and cell.controls], alone


def weighted_mean(cells, side):
    """Return the mean of a side, weighted as the treated are.

    :param cells: at least one :class:`Cell`, each with both sides
    :param str side: ``treated`` or ``controls``

    >>> weighted_mean([Cell([1, 1, 1], [0]), Cell([1], [4, 4])], "controls")
    1.0
    """
    weights = _weights(cells)
    means = (fmean(getattr(cell, side)) for cell in cells)
    return sum(w * mean for w, mean in zip(weights, means, strict=True))


def effective_controls(cells):
    """Return how many evenly weighted controls would be as sure: 1 / Σ w²/n.

    L. Kish, *Survey Sampling*, 1965.

    :return: a float, at most the number of controls

    >>> effective_controls([Cell([1] * 5, [0] * 20), Cell([1] * 5, [0] * 20)])
    40.0
    >>> round(effective_controls([Cell([1] * 9, [0]), Cell([1], [0] * 39)]), 1)
    1.2
    """
    weights = _weights(cells)
    pairs = zip(weights, cells, strict=True)
    return 1 / sum(w * w / len(cell.controls) for w, cell in pairs)


def spread(values, step=1):
    """Return the variance of values as a sample, at least that of one step of one.

    :param values: two or more numbers

    >>> spread([0, 0, 100, 100], 100), spread([0] * 10, 100)
    (3333.3333333333335, 900.0)
    """
    return max(variance(values), _least(len(values), step))


def _weights(cells):
    total = sum(len(cell.treated) for cell in cells)
    return [len(cell.treated) / total for cell in cells]


def _least(count, step):
    """Return the variance of ``count`` values of which one is a step from the rest."""
    return step * step * (count - 1) / count**2


def _terms(cells, side, step):
    """Return (variance, degrees of freedom) of what the error of a side consists of."""
    groups = [getattr(cell, side) for cell in cells]
    terms, small, borrowed = [], [], 0.0
    for weight, values in zip(_weights(cells), groups, strict=True):
        share = weight**2 / len(values)
        its_own = variance(values) if len(values) >= FEWEST_OF_ITS_OWN else 0
        if its_own:
            terms.append((share * its_own, len(values) - 1))
        else:
            small.append(values)
            borrowed += share
    if borrowed:
        pooled, freedom = _pooled(small, step)
        if freedom < FEWEST_FREEDOM:
            pooled, freedom = _pooled(groups, step)
        terms.append((borrowed * pooled, freedom))
    return terms


def _pooled(groups, step):
    """Return the common variance within groups, and its degrees of freedom.

    >>> _pooled([[1, 3], [7, 9], [5]], 1)
    (2.0, 2)
    """
    count = sum(map(len, groups))
    freedom = count - len(groups)
    squares = sum(variance(g) * (len(g) - 1) for g in groups if len(g) > 1)
    return max(squares / max(freedom, 1), _least(count, step)), freedom


def _freedom(terms):
    """Return the degrees of freedom of a sum of variances (Welch–Satterthwaite).

    >>> _freedom([(1.0, 10), (1.0, 10)]), _freedom([(1.0, 10), (1.0, 0)])
    (20.0, 0)
    """
    if not all(freedom for _term, freedom in terms):
        return 0
    total = sum(term for term, _freedom in terms)
    return total**2 / sum(term**2 / freedom for term, freedom in terms)
