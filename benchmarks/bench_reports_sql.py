"""What reports are asked for, the same by plain SQL, and how both are timed."""

import time

import psycopg2
from bench_world import ROUNDS
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
