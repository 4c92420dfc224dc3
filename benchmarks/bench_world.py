"""The worlds of the benches, and how to measure in them.

``contacts`` is an Odoo process with 200,000 contacts, and Odoo's ratings in the same
database. ``beside`` has two workers, as a
small company's server has, and Odoo's own ratings, surveys and mass mailings in the
same database; it starts without contacts.
"""

import contextlib
import time

from databases import build_addon, drop
from postgres import sql
from real_parts import server_on_a_copy
from steps import alone, step

BENCHES = []
OTHERS = ("mass_mailing", "rating", "survey")
ROUNDS = 3
COMPANIES = 20_000
PEOPLE = 9
"""People of each company, so that there are 200,000 contacts."""

# Company c and its person p (1 to 9). The first eight people have numbers of their own.
# Of every tenth company all people have the number of the switchboard; the ninth people
# of two neighbouring companies share one, as a couple does.
CONTACTS = f"""
CREATE TEMP TABLE made AS
    SELECT c, p, nextval('res_partner_id_seq') AS id,
           CASE WHEN p = 0 OR c % 10 = 0 THEN 3010000000 + c
                WHEN p = 9 THEN 4010000000 + c / 2
                ELSE 8910000000 + c * 10 + p END AS number
      FROM generate_series(1, {COMPANIES}) c, generate_series(0, {PEOPLE}) p
     ORDER BY c, p;
INSERT INTO res_partner
       (id, name, complete_name, is_company, parent_id, commercial_partner_id, type,
        active, partner_share, employee, color, message_bounce, lang, country_id,
        email, email_normalized, phone, phone_sanitized,
        create_uid, create_date, write_uid, write_date)
SELECT made.id, name, name, made.p = 0, NULLIF(firm.id, made.id), firm.id, 'contact',
       true, true, false, 0, 0, 'en_US',
       (SELECT id FROM res_country WHERE code = 'DE'),
       email, email, '+49 ' || made.number / 100000000 || ' '
                            || made.number % 100000000,
       '+49' || made.number, 1, now(), 1, now()
  FROM made
  JOIN made firm ON firm.c = made.c AND firm.p = 0,
LATERAL (SELECT CASE made.p WHEN 0 THEN 'Company '
                ELSE 'Person ' || made.p || ' of ' END || made.c AS name,
                'p' || made.p || '@c' || made.c || '.example' AS email) AS words;
"""


def bench(goal, relative=False, world="contacts"):
    """Note what a function measures.

    It gets the world and returns (unit, ours, other or None). Its docstring's first
    line is what it is called in the results.

    :param goal: what ours may not exceed
    :param relative: the goal is so many times the other's figure
    :param world: the name of the world in which it is measured
    """

    def note(function):
        BENCHES.append((function, goal, relative, world))
        return function

    return note


def fill(database):
    """Make the contacts, and tell the planner of them."""
    sql(CONTACTS, database)
    sql("ANALYZE", database)


class World:
    """A running Odoo with an agent and a telephone server.

    :ivar agent: the JSON-RPC session of an agent
    :ivar key: an API key of a telephone server
    """

    def __init__(self, server):
        self.server = server
        self.agent_id = self._make_user("agent", "nps.nps_group_user")
        self.agent = server.session("agent")
        self.key = self.server.make_key(
            self._make_user("telephone", "nps.nps_group_telephone")
        )
        germany = server.call("res.country", "search", [["code", "=", "DE"]])[0]
        company = server.ref("base.main_company")
        server.call("res.company", "write", [company], {"country_id": germany})

    def _make_user(self, login, group):
        groups = [self.server.ref(g) for g in ("base.group_user", group)]
        values = {"name": login, "login": login, "password": login}
        values["group_ids"] = [[6, 0, groups]]
        return self.server.session().create("res.users", values)


@contextlib.contextmanager
def contacts(dependencies):
    """Run one process with 200,000 contacts."""
    with _new_world(dependencies, "bench", 0, ("rating",)) as world:
        with step("Make 200,000 contacts"):
            fill(world.server.database)
        yield world


@contextlib.contextmanager
def beside(dependencies):
    """Run two workers with what Odoo itself offers in the same database."""
    with _new_world(dependencies, "bench_beside", 2, OTHERS) as world:
        yield world


@contextlib.contextmanager
def _new_world(dependencies, name, workers, others=()):
    template = f"{name}_template"
    alone(lambda: build_addon(dependencies, template, gate=False, beside=others))
    # Nothing is sent: port 9 discards.
    options = {"smtp_port": 9, "cron_threads": 0, "workers": workers}
    with server_on_a_copy(template, name, **options) as server:
        yield World(server)
    drop(template)


WORLDS = {"contacts": contacts, "beside": beside}


# === MEASURING === #


def milliseconds(action, *arguments):
    """Return how long an action takes, in ms."""
    begin = time.perf_counter()
    action(*arguments)
    return (time.perf_counter() - begin) * 1000


def p95(values):
    """Return the value that 95 of 100 do not exceed.

    >>> p95(range(1, 101)), p95([7])
    (95, 7)
    """
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def best_p95(action, cases):
    """Return the p95 of an action over cases, in ms: of three rounds the best.

    Before them comes a short one that nobody counts: Odoo loads what it keeps.
    """
    for case in cases[:20]:
        action(case)
    return min(
        p95([milliseconds(action, c) for c in cases]) for _round in range(ROUNDS)
    )
