"""How long the numbers take, beside the SQL that a specialist would write for them."""

from bench_reports_sql import (
    COLUMNS,
    DOMAIN,
    MEASURES,
    MONTH,
    MOST,
    PATHS,
    TABLES,
    WHERE,
    best,
    specialist,
)
from bench_reports_world import fill_answers
from bench_world import bench, best_p95


def side_by_side(world, groupby, keys, joins=""):
    """Return our time and the specialist's for a grouping."""
    fill_answers(world)
    group = ", ".join(keys)
    statement = (
        f"SELECT {group}{', ' if keys else ''}{COLUMNS} FROM {TABLES} {joins}"
        f" WHERE {WHERE} {'GROUP BY ' + group if keys else ''}"
    )
    theirs = specialist(world, statement)
    ours = best(
        lambda: world.server.call(
            "nps.report", "formatted_read_group", DOMAIN, groupby, MEASURES
        )
    )
    return "ms", ours, theirs


def report(function):
    """Note a bench whose goal is a ratio to the specialist's time."""
    return bench(goal=MOST, relative=True)(function)


@report
def report_total(world):
    """Net score of 1,000,000 interactions."""
    return side_by_side(world, [], [])


@report
def report_month(world):
    """Net score by month."""
    return side_by_side(world, ["local_date:month"], [MONTH])


@report
def report_agent(world):
    """Net score by agent."""
    return side_by_side(world, ["user_id"], ["i.user_id"])


@report
def report_country(world):
    """Net score by country."""
    return side_by_side(world, ["country_id"], ["i.country_id"])


@report
def report_levels(world):
    """Net score by three levels of the department tree."""
    levels = [f"department_{n}_id" for n in (1, 2, 3)]
    keys = [f"p.level_{n}_id" for n in (1, 2, 3)]
    return side_by_side(world, levels, keys, PATHS)


@report
def report_levels_month(world):
    """Net score by department levels and month."""
    levels = [f"department_{n}_id" for n in (1, 2, 3)]
    keys = [f"p.level_{n}_id" for n in (1, 2, 3)]
    return side_by_side(world, [*levels, "local_date:month"], [*keys, MONTH], PATHS)


@report
def report_pivot(world):
    """Pivot of three department levels and month, with all totals."""
    fill_answers(world)
    levels = [f"department_{n}_id" for n in (1, 2, 3)]
    sets = [
        [*levels[:depth], *months]
        for depth in range(4)
        for months in ([], ["local_date:month"])
    ]
    keys = [*(f"p.level_{n}_id" for n in (1, 2, 3)), MONTH]
    chosen = [
        ", ".join([*keys[:depth], *months])
        for depth in range(4)
        for months in ([], [MONTH])
    ]
    statement = (
        f"SELECT {', '.join(keys)}, {COLUMNS} FROM {TABLES} {PATHS} WHERE {WHERE}"
        f" GROUP BY GROUPING SETS ({', '.join(f'({part})' for part in chosen)})"
    )
    theirs = specialist(world, statement)
    ours = best(
        lambda: world.server.call(
            "nps.report", "formatted_read_grouping_sets", DOMAIN, sets, MEASURES
        )
    )
    return "ms", ours, theirs


@bench(goal=2000)
def report_pivot_alone(world):
    """The same pivot, at most two seconds."""
    return "ms", report_pivot(world)[1], None


@bench(goal=2000)
def report_scorecard(world):
    """Scorecard of the departments over all 1,000,000 interactions."""
    fill_answers(world)
    options = {"axis": "organogram", "period": "all", "compare": False}
    return (
        "ms",
        best(
            lambda: world.server.call("nps.insight", "get_scorecard", DOMAIN, options)
        ),
        None,
    )


@bench(goal=50)
def report_card(world):
    """The contact's score card among 300,000 answers, p95."""
    fill_answers(world)
    found = world.server.sql(
        "SELECT partner_id FROM nps_response ORDER BY random() LIMIT 100"
    )

    def read(customer):
        world.agent.call("res.partner", "nps_score_card", [int(customer)])

    return "ms", best_p95(read, found), None
