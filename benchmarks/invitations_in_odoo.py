"""Ask customers in three ways, and say what each of them took. For `odoo shell`.

The environment INVITATIONS holds JSON: ``sizes``, ``rounds``, ``ways`` and ``port`` of a
mail server to send to, or none. Prints one JSON line for each measurement.
"""
# ruff: noqa: F821  # the shell gives ``env``

import json
import os
import threading
import time
from unittest.mock import patch

import psutil

from odoo import sql_db

ORDER = json.loads(os.environ["INVITATIONS"])
PROCESS = psutil.Process()
BODY = """<table role="presentation" width="100%" style="background-color: #f2f3f5;">
<tr><td><p>Hello <t t-out="object.name">Anna Example</t>,</p>
<p>{text}</p>{links}</td></tr></table>"""


def fresh_customers(count):
    """Make contacts who were never asked."""
    mark = f"{time.time_ns():x}"
    people = env["res.partner"].create(
        [
            {
                "name": f"Customer {number}",
                "email": f"c{number}@{mark}.example",
                "lang": "en_US",
            }
            for number in range(count)
        ]
    )
    env.cr.commit()
    return people


class Watch(threading.Thread):
    """Notes the highest memory of this process while a block runs."""

    def __enter__(self):
        self.base = self.peak = PROCESS.memory_info().rss
        self.over = False
        self.start()
        return self

    def run(self):
        while not self.over:
            self.peak = max(self.peak, PROCESS.memory_info().rss)
            time.sleep(0.02)

    def __exit__(self, *_error):
        self.over = True
        self.join()


def measure(way, count):
    """Ask fresh customers one way; print what it took."""
    prepare, ask = WAYS[way]
    given = prepare(count)
    env.cr.commit()
    env.invalidate_all()
    queries, begin = sql_db.sql_counter, time.perf_counter()
    computed = time.process_time()
    with Watch(daemon=True) as watch:
        ask(given)
        env.flush_all()
        env.cr.commit()
    row = {
        "way": way,
        "count": count,
        "seconds": time.perf_counter() - begin,
        "cpu": time.process_time() - computed,
        "queries": sql_db.sql_counter - queries,
        "megabytes": (watch.peak - watch.base) / 1e6,
        "rss": watch.peak / 1e6,
    }
    print("ROW", json.dumps(row), flush=True)


# === OURS === #


def make_tickets(count):
    """Make open tickets of customers, and let closing them ask."""
    outcome = env.ref("nps.nps_outcome_solved")
    outcome.auto_stage_ids = env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
    return env["helpdesk.ticket"].create(
        [
            {"name": "Printer", "description": "x", "partner_id": person.id}
            for person in fresh_customers(count)
        ]
    )


def close_and_queue(tickets):
    tickets.stage_id = env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
    queue()


def close_silently(tickets):
    tickets = tickets.with_context(nps_no_auto_outcome=True)
    tickets.stage_id = env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")


def make_closed_tickets(count):
    """Make tickets in the stage that asks, before it does."""
    tickets = make_tickets(count)
    close_silently(tickets)
    return tickets


def ask_and_queue(tickets):
    """Do what closing these tickets does beyond closing them."""
    tickets._nps_pick_by_stage()
    queue()


def pick_and_queue(people):
    agent = env.ref("base.user_admin")
    for person in people.with_user(agent):
        person.nps_pick_outcome("solved")
    queue()


def queue():
    """Run the send cron up to the mail server."""
    env.flush_all()
    env.cr.commit()
    with patch.object(type(env["mail.mail"]), "send", lambda mails, **_how: True):
        run_cron()


def run_cron():
    env["nps.invitation"].with_context(ir_cron_progress_id=None)
    env.ref("nps.ir_cron_nps_send").method_direct_trigger()


# === THEIRS === #


def mass_mail(people):
    model = env["ir.model"]._get_id("res.partner")
    links = "".join(f'<a href="https://acme.example/{n}">{n}</a> ' for n in range(11))
    env["mailing.mailing"].create(
        {
            "name": "Bench",
            "subject": "How did we do?",
            "mailing_model_id": model,
            "mailing_domain": [("id", "in", people.ids)],
            "body_html": BODY.format(text="How likely? " * 200, links=links),
        }
    ).action_send_mail()


def invite(people):
    survey = env["survey.survey"].search([("title", "=", "Bench")]) or env[
        "survey.survey"
    ].create({"title": "Bench", "access_mode": "token"})
    env["survey.invite"].with_context(default_survey_id=survey.id).create(
        {
            "survey_id": survey.id,
            "partner_ids": [(6, 0, people.ids)],
            "template_id": env.ref("survey.mail_template_user_input_invite").id,
        }
    ).action_invite()


WAYS = {
    "tickets": (make_tickets, close_and_queue),
    "asking": (make_closed_tickets, ask_and_queue),
    "closing": (make_tickets, close_silently),
    "contacts": (fresh_customers, pick_and_queue),
    "mailing": (fresh_customers, mass_mail),
    "survey": (fresh_customers, invite),
}
for size in ORDER["sizes"]:
    for _round in range(ORDER["rounds"]):
        for each in ORDER["ways"]:
            measure(each, size)
