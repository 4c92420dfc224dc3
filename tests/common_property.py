"""Property tests: how many examples, and what customers' answers are drawn from.

The examples are the same in each run. ``NPS_HYPOTHESIS=long`` draws other ones each
time, and many more of them.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ..tools import metrics
from ..tools.counts import Counts

IS_LONG = os.environ.get("NPS_HYPOTHESIS") == "long"
MORE = 50
"""A long run draws so many times the examples."""


def examples(count=100, **values):
    """Return how a property is tried.

    :param int count: with so many examples in a run as usual
    """
    return settings(
        max_examples=count * (MORE if IS_LONG else 1),
        derandomize=not IS_LONG,
        # Nothing is kept: a failing example is printed, and becomes a test.
        database=None,
        deadline=None,
        # The shared machines of continuous integration are slow at times.
        suppress_health_check=[HealthCheck.too_slow],
        **values,
    )


several = st.one_of(st.integers(0, 12), st.integers(0, 400))
bands = st.tuples(several, several, several)
"""(promoters, passives, detractors), also of nobody."""
some_bands = bands.filter(any)
tables = st.lists(some_bands, min_size=1, max_size=8)
metric_names = st.sampled_from(sorted(metrics.SCALES))


def scores_of(metric, **sizes):
    """Return lists of scores of one metric."""
    return st.lists(st.sampled_from(metrics.SCALES[metric].scores), **sizes)


def mirrored(counts):
    """Return counts with promoters and detractors swapped."""
    promoters, passives, detractors = counts
    return detractors, passives, promoters


def times(counts, factor):
    """Return counts with the same shares and more answers."""
    return tuple(count * factor for count in counts)


def counted(metric, scores):
    """Return the :class:`~.counts.Counts` of a list of scores, counted one by one."""
    kinds = [metrics.category(metric, score) for score in scores]
    return Counts(
        *(kinds.count(kind) for kind in metrics.CATEGORIES),
        invited=len(scores),
        responded=len(scores),
        score_sum=sum(scores),
        score_squares=sum(score * score for score in scores),
    )
