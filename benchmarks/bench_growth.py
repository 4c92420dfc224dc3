"""How time grows with interactions, and how Odoo's ratings do with as many rows."""

import growth_plot
from bench_growth_world import (
    AGENT,
    BY_MONTH,
    DAYS,
    INTERACTIONS,
    LEVELS_MONTH,
    RATINGS,
    SIZES,
    SQL,
    measured,
)
from bench_reports_sql import MOST
from bench_world import bench

TENTH, ALL = SIZES[-2:]


def beside(world, question, way, other):
    """Return our time among all interactions, and another's."""
    growth = measured(world)
    return "ms", growth[ALL, question.title, way], growth[ALL, question.title, other]


def ten_times(world, way):
    """Return how many times as long ten times the interactions take."""
    growth = measured(world)
    title = LEVELS_MONTH.title
    return growth[ALL, title, way] / growth[TENTH, title, way]


@bench(goal=1, relative=True)
def report_growth(world):
    """Time of department levels and month for ten times the interactions.

    Against it stands how many times as many they are: at most linear.
    """
    measured(world)
    growth_plot.draw()
    return "times", ten_times(world, INTERACTIONS), ALL / TENTH


@bench(goal=2)
def report_growth_days(world):
    """The same from counted days, which do not become more."""
    return "times", ten_times(world, DAYS), ALL / TENTH


@bench(goal=MOST, relative=True)
def report_days_agent(world):
    """Net score by agent from counted days."""
    return beside(world, AGENT, DAYS, SQL)


@bench(goal=MOST, relative=True)
def report_days_month(world):
    """Net score by month from counted days."""
    return beside(world, BY_MONTH, DAYS, SQL)


@bench(goal=MOST, relative=True)
def report_days_levels_month(world):
    """Net score by department levels and month from counted days."""
    return beside(world, LEVELS_MONTH, DAYS, SQL)


@bench(goal=1, relative=True)
def report_rating_agent(world):
    """Net score by agent beside Odoo's rating by operator, 1,000,000 each."""
    return beside(world, AGENT, DAYS, RATINGS)


@bench(goal=1, relative=True)
def report_rating_month(world):
    """Net score by month beside Odoo's rating by month in a time zone."""
    return beside(world, BY_MONTH, DAYS, RATINGS)
