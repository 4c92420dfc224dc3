"""Ask customers in several ways and print what each took; a script for `odoo shell`.

The environment variable INVITATIONS holds as JSON a list of (way, customers), in the
order in which they are measured. Prints a line "ROW" with JSON for each.
"""
# ruff: noqa: F821  # the shell gives ``env``

import gc
import json
import os
import threading
import time
from unittest.mock import patch

import psutil

from odoo import sql_db

PROCESS = psutil.Process()
BODY = """<table role="presentation" width="100%" style="background-color: #f2f3f5;">
<tr><td style="padding: 16px 16px 0 16px; font-size: 16px; line-height: 24px;">
<p style="margin: 0 0 16px 0;">Hello <t t-out="object.name">Anna Example</t>,</p>
<p style="margin: 0 0 16px 0;">We have looked after you.</p></td></tr>
<tr>{links}</tr></table>"""
LINK = """<td align="center" style="border: 1px solid #8a919a;">
<a href="https://acme.example/{score}" aria-label="{score} out of 10"
style="display: block; padding: 13px 0; font-size: 15px; font-weight: bold;">{score}
</a></td>"""
"""A mass mailing has as much to say as an invitation: eleven links, 5 kB."""


class Watch(threading.Thread):
    """Notes the highest memory of this process while a block runs."""

    def __enter__(self):
        self.before = self.peak = PROCESS.memory_info().rss
        self.over = threading.Event()
        self.start()
        return self

    def run(self):
        while not self.over.wait(0.02):
            self.peak = max(self.peak, PROCESS.memory_info().rss)

    def __exit__(self, *_error):
        self.over.set()
        self.join()


def measure(way, count):
    """Ask fresh customers one way; print what it took."""
    prepare, ask = WAYS[way]
    given = prepare(count)
    env.flush_all()
    env.cr.commit()
    env.invalidate_all()
    # What was measured before leaves some hundreds of Odoo's environments, and it looks
    # through them for each new one. A server begins without them.
    gc.collect()
    last = env["mail.mail"].search([], order="id desc", limit=1).id or 0
    with Watch(daemon=True) as watch:
        queries, begin = sql_db.sql_counter, time.perf_counter()
        ask(given)
        env.flush_all()
        env.cr.commit()
        seconds = time.perf_counter() - begin
    row = {
        "way": way,
        "count": count,
        "ms": seconds * 1000 / count,
        "queries": (sql_db.sql_counter - queries) / count,
        "megabytes": (watch.peak - watch.before) / 1e6,
    }
    made = env["mail.mail"].search_count([("id", ">", last)])
    assert way not in QUEUE_ONLY or made == count, f"{made} mails {way}"
    print("ROW", json.dumps(row), flush=True)


def fresh_customers(count):
    """Make contacts who were never asked."""
    mark = f"{time.time_ns():x}"
    return env["res.partner"].create(
        [
            {"name": f"Customer {n}", "email": f"c{n}@{mark}.example", "lang": "en_US"}
            for n in range(count)
        ]
    )


# === OURS === #


def done():
    """Return the stage of a ticket that is done."""
    return env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")


# The helpdesk writes to the customer of a ticket that is opened or closed. That takes
# far longer than all that is measured here, so what prepares does without.
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True}


def open_tickets(count):
    """Make open tickets, and let it ask when they are closed."""
    env.ref("nps.nps_outcome_solved").auto_stage_ids = done()
    tickets = env["helpdesk.ticket"].with_context(**QUIET)
    return tickets.create(
        [
            {"name": "Printer", "description": "x", "partner_id": person.id}
            for person in fresh_customers(count)
        ]
    ).with_env(env)


def closed_tickets(count):
    """Make closed tickets about which nobody was asked yet."""
    tickets = open_tickets(count)
    close(tickets.with_context(**QUIET))
    return tickets


def close(tickets):
    """Close tickets and ask nobody: what the helpdesk itself takes."""
    tickets.with_context(nps_no_auto_outcome=True).stage_id = done()


def close_and_ask(tickets):
    """Close tickets at once, as an agent does in the list, and queue the mails."""
    tickets.stage_id = done()
    queue()


def ask(tickets):
    """Do what closing them does beyond closing them, and queue the mails."""
    tickets._nps_pick_by_stage()
    queue()


def pick_each(people):
    """Pick an outcome on one contact after the other, as telephone systems do."""
    for person in people.with_user(env.ref("base.user_admin")):
        person.nps_pick_outcome("solved")
        env.cr.commit()
    queue()


def queue():
    """Run the send cron up to the mail server."""
    mails, invitations = (type(env[name]) for name in ("mail.mail", "nps.invitation"))
    with (
        patch.object(mails, "send", take),
        # Nothing is held back here: what waits in the queue would be put off.
        patch.object(invitations, "_postpone_unsent", lambda batch: None),
    ):
        send()


def take(mails, **_how):
    """Stand for the mail server; whoever was handed over is not due any more."""
    mails.env.cr.execute(
        "UPDATE nps_invitation SET scheduled_at = NULL WHERE mail_id = ANY(%s)",
        [mails.ids],
    )
    return True


def ask_and_send(tickets):
    tickets._nps_pick_by_stage()
    send()


def send():
    """Run the send cron until nothing is due.

    After ten seconds it makes way for other jobs, and Odoo's workers take it up again.
    """
    env.flush_all()
    env.cr.commit()
    while env["nps.invitation"]._count_due():
        env.ref("nps.ir_cron_nps_send").method_direct_trigger()
        env.cr.commit()


# === THEIRS === #


def mass_mail(people):
    links = "".join(LINK.format(score=score) for score in range(11))
    env["mailing.mailing"].create(
        {
            "name": "Bench",
            "subject": "How did we do?",
            "mailing_model_id": env["ir.model"]._get_id("res.partner"),
            "mailing_domain": [("id", "in", people.ids)],
            "body_html": BODY.format(links=links),
        }
    ).action_send_mail()


def mass_mail_and_send(people):
    mass_mail(people)
    env.ref("mail.ir_cron_mail_scheduler_action").method_direct_trigger()


def invite(people):
    survey = env["survey.survey"].create({"title": "Bench", "access_mode": "token"})
    template = env.ref("survey.mail_template_user_input_invite")
    env["survey.invite"].create(
        {
            "survey_id": survey.id,
            "partner_ids": [(6, 0, people.ids)],
            "template_id": template.id,
        }
    ).action_invite()


WAYS = {
    "ask": (closed_tickets, ask),
    "close": (open_tickets, close),
    "close_and_ask": (open_tickets, close_and_ask),
    "pick_each": (fresh_customers, pick_each),
    "mass_mail": (fresh_customers, mass_mail),
    "invite": (fresh_customers, invite),
    "ask_and_send": (closed_tickets, ask_and_send),
    "mass_mail_and_send": (fresh_customers, mass_mail_and_send),
}
QUEUE_ONLY = ("ask", "pick_each", "mass_mail", "invite")
# What waits by now is none of what is measured.
env["mail.mail"].search([("state", "=", "outgoing")]).cancel()
for chosen, customers in json.loads(os.environ["INVITATIONS"]):
    measure(chosen, customers)
