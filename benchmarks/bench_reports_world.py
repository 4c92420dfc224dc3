"""The world of the report benches: 1,000,000 interactions and 300,000 answers."""

import random

from steps import step

INTERACTIONS = 1_000_000
ANSWERED = 0.3
AGENTS = 60
TREE = (4, 4, 3)
"""Departments: so many divisions, in each so many departments, in each some teams."""

# Each thing draws its own number, so that no two axes go together by how it is made.
INVITATIONS = f"""
-- Whoever invents them all need not have each looked up.
SET session_replication_role = replica;
CREATE TEMP TABLE agents AS
    SELECT e.id AS employee_id, u.id AS user_id, v.department_id, d.nps_path_id,
           row_number() OVER (ORDER BY e.id) - 1 AS number
      FROM hr_employee e
      JOIN hr_version v ON v.id = e.current_version_id
      JOIN hr_department d ON d.id = v.department_id
      JOIN resource_resource r ON r.id = e.resource_id
      JOIN res_users u ON u.id = r.user_id
     WHERE u.login LIKE 'bench%%';
CREATE TEMP TABLE customers AS
    SELECT id, commercial_partner_id, email, name,
           row_number() OVER (ORDER BY id) - 1 AS number
      FROM res_partner WHERE email LIKE 'p%%@c%%.example';
ANALYZE agents, customers;
INSERT INTO nps_invitation
       (state, delivery, outcome_id, survey_id, picked_at, local_date, local_hour,
        subject, res_model, res_id, partner_id, commercial_partner_id, customer_name,
        email, email_normalized, lang, tz, country_id, zip, zip_area, customer_kind,
        user_id, agent_name, employee_id, department_id, department_path_id, company_id,
        sent_at, asked_at, answered_at, expires_at, is_reask, was_reopened, was_late,
        plans_callback, hours_open, attempts, create_uid, create_date, write_uid,
        write_date)
SELECT CASE WHEN draw.answers < {ANSWERED} THEN 'answered' ELSE 'expired' END, 'mail',
       (SELECT MIN(id) FROM nps_outcome WHERE survey_id IS NOT NULL),
       (SELECT MIN(id) FROM nps_survey WHERE metric = 'nps'),
       moment.picked_at, moment.picked_at::date,
       EXTRACT(HOUR FROM moment.picked_at)::int,
       'Invoice ' || draw.n || ' is not right', 'res.partner', c.id, c.id,
       c.commercial_partner_id, c.name, c.email, c.email, 'en_US', 'Europe/Brussels',
       country.ids[1 + draw.n %% 12], '1000', 'BE 10',
       CASE WHEN draw.n %% 9 = 0 THEN 'new' ELSE 'old' END,
       a.user_id, 'Agent', a.employee_id, a.department_id, a.nps_path_id,
       (SELECT MIN(id) FROM res_company),
       moment.picked_at, moment.picked_at,
       CASE WHEN draw.answers < {ANSWERED}
            THEN moment.picked_at + INTERVAL '1 day' * draw.delay END,
       moment.picked_at + INTERVAL '30 days', false, draw.n %% 11 = 0, draw.n %% 7 = 0,
       false, 48 * draw.delay, 1, 1, moment.picked_at, 1, moment.picked_at
  FROM (SELECT n, random() AS answers, random() AS delay, random() AS day,
               random() AS agent, random() AS customer
          FROM generate_series(%(first)s, %(last)s) n OFFSET 0) draw
  JOIN agents a ON a.number = FLOOR(draw.agent * {AGENTS})
  JOIN customers c
    ON c.number = FLOOR(draw.customer * (SELECT COUNT(*) FROM customers)),
LATERAL (SELECT date_trunc('day', now()) - INTERVAL '1 day' * FLOOR(720 * draw.day)
              + INTERVAL '1 hour' * (8 + draw.n %% 10) AS picked_at) moment,
LATERAL (SELECT ARRAY(SELECT id FROM res_country ORDER BY id LIMIT 12) AS ids) country;
INSERT INTO nps_response
       (invitation_id, metric, score, category, state, submitted_at, lang, survey_id,
        partner_id, user_id, department_id, company_id, outcome_id, echo_state,
        create_uid, create_date, write_uid, write_date)
SELECT i.id, 'nps', score, CASE WHEN score >= 9 THEN 'promoter'
                                WHEN score >= 7 THEN 'passive' ELSE 'detractor' END,
       'counted', i.answered_at, 'en_US', i.survey_id, i.partner_id, i.user_id,
       i.department_id, i.company_id, i.outcome_id, 'done',
       1, i.answered_at, 1, i.answered_at
  FROM (SELECT *, LEAST(10, FLOOR(14 * sqrt(random())))::int AS score
          FROM nps_invitation
         WHERE state = 'answered'
           AND id > (SELECT COALESCE(MAX(invitation_id), 0) FROM nps_response)
        OFFSET 0) i;
"""


def make_tree(server):
    """Make the departments; return the ids of the lowest."""
    call = server.session().create
    lowest = [False]
    for depth, width in enumerate(TREE, 1):
        lowest = [
            call(
                "hr.department", {"name": f"{depth}.{n} of {above}", "parent_id": above}
            )
            for above in lowest
            for n in range(width)
        ]
    return lowest


def make_agents(server, departments):
    """Make agents with an employee, spread over the departments."""
    draw = random.Random(1)
    call = server.session().create
    for n in range(AGENTS):
        user = call("res.users", {"name": f"Agent {n}", "login": f"bench{n}"})
        department = draw.choice(departments)
        values = {"name": f"Agent {n}", "user_id": user, "department_id": department}
        call("hr.employee", values)


def fill_answers(world, number=INTERACTIONS):
    """Make interactions, once, until there are so many."""
    filled = getattr(world, "filled", 0)
    if filled >= number:
        return
    if not filled:
        make_agents(world.server, make_tree(world.server))
    with step(f"Make {number:,} interactions, and answers to {ANSWERED:.0%} of them"):
        # In parts, so that none needs much memory.
        for first in range(filled + 1, number + 1, INTERACTIONS):
            last = min(first + INTERACTIONS - 1, number)
            world.server.sql(INVITATIONS % {"first": first, "last": last})
        world.server.sql("VACUUM ANALYZE nps_invitation, nps_response")
    world.filled = number
