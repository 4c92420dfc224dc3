"""The ask-rate audit: does whom an agent asks depend on how it went?

An agent may hold back many customers or few: that is no concern here. What is
looked for is that he holds back more of those with whom it went badly. A mark is a
reason to talk and no verdict: a customer who waited long is abusive more often too.
"""

from math import ceil
from typing import NamedTuple

from .exact_test import attainable, false_discovery, fisher_greater

FALSE_DISCOVERY_RATE = 0.05
"""At most this share of the marks is false, on average."""

FEWEST = 20
"""An agent is judged from so many interactions on."""

FEWEST_ON_A_SIDE = 5
"""A factor is judged from so many interactions on that went badly, and as many that
went well."""


class Course(NamedTuple):
    """How one interaction went, and whether its customer was held back.

    :param late: over its deadline; None: not known
    :param reopened: opened again before; None: not known
    :param hours: from its beginning to the outcome; None: not known
    :param low_guess: the agent expects a detractor; None: he guessed nothing
    """

    held_back: bool
    late: bool | None = None
    reopened: bool | None = None
    hours: float | None = None
    low_guess: bool | None = None


class Comparison(NamedTuple):
    """What was held back when it went badly and when it went well.

    :param p: one-sided p value that more was held back when it went badly
    """

    factor: str
    badly_held: int
    badly: int
    well_held: int
    well: int
    p: float

    def chance_of(self, p):
        """Return the chance that this comparison has a p value up to ``p``."""
        drawn = self.badly_held + self.well_held
        return attainable(p, self.badly, self.well, drawn)


class Result(NamedTuple):
    """What the audit says of one agent.

    :param strongest: the :class:`Comparison` with the lowest p value, or None: too
        few data for any
    :param p: p value of the agent over all factors, or None
    :param adjusted: the same, adjusted for the number of agents, or None
    :param marked: whether it is a reason to talk
    """

    strongest: Comparison | None
    p: float | None
    adjusted: float | None = None
    marked: bool = False


def compare(courses):
    """Return a :class:`Comparison` for each factor of which enough is known.

    >>> well, badly = Course(False, late=False), Course(True, late=True)
    >>> [(c.factor, c.badly_held, c.well_held, round(c.p, 8))
    ...  for c in compare([well] * 20 + [badly] * 5)]
    [('late', 5, 0, 1.882e-05), ('any', 5, 0, 1.882e-05)]
    >>> compare([well] * 20 + [badly] * 4)
    []
    """
    held = [course.held_back for course in courses]
    found = [_comparison(f, signs, held) for f, signs in _signs(courses).items()]
    return [c for c in found if min(c.badly, c.well) >= FEWEST_ON_A_SIDE]


def _signs(courses):
    """Return factor -> whether each interaction went badly in that way.

    Any: one of the first three.
    """
    late = [course.late for course in courses]
    reopened = [course.reopened for course in courses]
    low_guess = [course.low_guess for course in courses]
    return {
        "late": late,
        "reopened": reopened,
        "low_guess": low_guess,
        "long": took_long([course.hours for course in courses]),
        "any": list(map(_any_known, late, reopened, low_guess)),
    }


def _any_known(*signs):
    """Return whether one of some signs is there; None when nothing is known.

    >>> _any_known(None, True, False), _any_known(None, False), _any_known(None)
    (True, False, None)
    """
    known = [sign for sign in signs if sign is not None]
    return any(known) if known else None


def took_long(hours):
    """Tell of each interaction whether it is in the longest quarter.

    Never more than a quarter: those that took as long as the border are not in it.

    :param hours: floats, None where it is not known; so is the result

    >>> took_long([1, 2, 3, 9, None])
    [False, False, False, True, None]
    >>> took_long([4, 4, 4, 4]), took_long([None])
    ([False, False, False, False], [None])
    """
    known = sorted(value for value in hours if value is not None)
    border = known[ceil(0.75 * len(known)) - 1] if known else None
    return [None if value is None else value > border for value in hours]


def _comparison(factor, badly, held_back):
    counts = {True: [0, 0], False: [0, 0]}
    for is_badly, is_held in zip(badly, held_back, strict=True):
        if is_badly is not None:
            counts[bool(is_badly)][0] += bool(is_held)
            counts[bool(is_badly)][1] += 1
    sides = (*counts[True], *counts[False])
    return Comparison(factor, *sides, p=fisher_greater(*sides))


def judge(courses):
    """Return the :class:`Result` of one agent, not yet adjusted for other agents.

    The chance that chance alone brings any factor so low: the sum over the factors
    (Bonferroni, which holds however they hang together) of what each can attain.
    P. H. Westfall, R. D. Wolfinger, *Multiple Tests with Discrete Distributions*,
    The American Statistician 51 (1997).

    >>> judge([Course(False)] * 50)
    Result(strongest=None, p=None, adjusted=None, marked=False)
    >>> judge([Course(False, late=True)] * 19).p is None
    True
    >>> judge([Course(False, late=n % 2 == 0) for n in range(40)]).p
    1.0
    """
    comparisons = compare(courses) if len(courses) >= FEWEST else []
    if not comparisons:
        return Result(None, None)
    strongest = min(comparisons, key=lambda comparison: comparison.p)
    return Result(
        strongest, min(1.0, sum(c.chance_of(strongest.p) for c in comparisons))
    )


def audit(courses_by_agent):
    """Return agent -> :class:`Result`; marks at most 5 % of all marks wrongly.

    :param dict courses_by_agent: agent -> list of :class:`Course`

    >>> fair = [Course(n % 10 < 2, late=n % 2 == 0) for n in range(100)]
    >>> picky = [Course(n % 4 == 0, late=n % 2 == 0) for n in range(100)]
    >>> {agent: result.marked
    ...  for agent, result in audit({"a": fair[:10], "b": picky, "c": fair}).items()}
    {'a': False, 'b': True, 'c': False}
    """
    results = {agent: judge(courses) for agent, courses in courses_by_agent.items()}
    judged = [agent for agent, result in results.items() if result.p is not None]
    adjusted = false_discovery([results[agent].p for agent in judged])
    for agent, p in zip(judged, adjusted, strict=True):
        results[agent] = results[agent]._replace(
            adjusted=p, marked=p <= FALSE_DISCOVERY_RATE
        )
    return results
