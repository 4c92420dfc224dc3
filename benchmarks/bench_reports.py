"""How long the numbers take, beside the SQL that a specialist would write for them."""

import time

import psycopg2
from bench_reports_world import fill_answers
from bench_world import ROUNDS, bench, best_p95
from postgres import USER, socket_folder

MOST = 1.3
"""So many times the specialist's time ours may take."""

MEASURES = [
    "net_score:avg",
    "net_low:avg",
    "net_high:avg",
    "answered:sum",
    "invited:sum",
    "response_rate:avg",
]
COLUMNS = """
    COUNT(r.id),
    SUM((r.category = 'promoter')::int), SUM((r.category = 'detractor')::int),
    SUM((i.sent_at IS NOT NULL OR r.id IS NOT NULL)::int)
"""
TABLES = """
    nps_invitation i
    LEFT JOIN nps_response r ON r.invitation_id = i.id AND r.state = 'counted'
"""
WHERE = """
    i.company_id = (SELECT MIN(id) FROM res_company) AND i.is_reask IS NOT TRUE
    AND i.survey_id IN (SELECT id FROM nps_survey WHERE metric = 'nps')
"""
MONTH = "date_trunc('month', i.local_date)"
PATHS = "LEFT JOIN nps_department_path p ON p.id = i.department_path_id"
DOMAIN = [["metric", "=", "nps"], ["is_reask", "=", False]]


def best(action):
    """Return the shortest of some rounds, in ms, after one that nobody counts."""
    action()
    times = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        action()
        times.append((time.perf_counter() - begin) * 1000)
    return min(times)


def specialist(world, statement):
    """Return how long a statement takes on a connection of its own."""
    with psycopg2.connect(
        dbname=world.server.database, host=str(socket_folder()), user=USER
    ) as connection:
        cursor = connection.cursor()

        def run():
            cursor.execute(statement)
            cursor.fetchall()

        return best(run)


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
