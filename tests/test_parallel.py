import threading

from psycopg2 import OperationalError

from odoo import api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NpsCommon


def new_transaction(env):
    """Open a transaction of its own, outside the one of the test."""
    cursor = Registry(env.cr.dbname).cursor

    class Transaction:
        def __enter__(self):
            self.cr = cursor()
            return api.Environment(self.cr, api.SUPERUSER_ID, {})

        def __exit__(self, *_error):
            self.cr.close()

    return Transaction()


@tagged("post_install", "-at_install")
class TestParallel(NpsCommon):
    """Two presses at the same moment, in two real transactions."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget)
        with new_transaction(self.env) as env:
            partner = env["res.partner"].create(
                {"name": "Parallel", "email": "parallel@x.example"}
            )
            outcome = env.ref("nps.nps_outcome_solved")
            invitation = env["nps.invitation"]._create_for(
                partner, outcome, env.ref("base.user_root")
            )
            invitation._on_handed_over()
            self.partner_id, self.invitation_id = partner.id, invitation.id
            env.cr.commit()

    def forget(self):
        with new_transaction(self.env) as env:
            env["nps.response"].search(
                [("invitation_id", "=", self.invitation_id)]
            ).unlink()
            env["nps.invitation"].browse(self.invitation_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()
            env.cr.commit()

    def press(self, score, results):
        with new_transaction(self.env) as env:
            invitation = env["nps.invitation"].browse(self.invitation_id)

            def submit():
                return env["nps.response"]._submit(invitation, score)

            results.append(retrying(submit, env))

    def test_of_two_scores_at_once_one_counts_and_the_other_asks(self):
        results = []
        threads = [
            threading.Thread(target=self.press, args=(score, results))
            for score in (9, 1, 9, 1)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(results), 4)
        self.assertEqual(results.count("stored"), 1)
        with new_transaction(self.env) as env:
            invitation = env["nps.invitation"].browse(self.invitation_id)
            self.assertEqual(len(invitation.response_ids), 1)


@tagged("post_install", "-at_install")
class TestOneMailPerPerson(NpsCommon):
    """Many tickets of one person at once, in real transactions.

    The company asks by the rules with which it was installed: those that the class
    sets are visible in its own transaction alone.
    """

    TICKETS = 20

    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget)
        with new_transaction(self.env) as env:
            # Whatever else waits in this database is none of ours.
            env["nps.invitation"].search([("state", "=", "queued")])._cancel("by_hand")
            partners = env["res.partner"].create(
                [
                    {"name": f"Twin {number}", "email": "Twin@Parallel.example"}
                    for number in range(2)
                ]
            )
            stages = env["helpdesk.ticket.stage"].search([])
            self.closed_id = stages.filtered("closed")[0].id
            outcome = env.ref("nps.nps_outcome_solved")
            outcome.auto_stage_ids = [(4, self.closed_id)]
            open_stage = (stages - stages.filtered("closed"))[0]
            tickets = env["helpdesk.ticket"].create(
                [
                    {
                        "name": f"Parallel {number}",
                        "description": "x",
                        "partner_id": partners[number % 2].id,
                        "stage_id": open_stage.id,
                    }
                    for number in range(self.TICKETS)
                ]
            )
            self.partner_ids, self.ticket_ids = partners.ids, tickets.ids
            env.cr.commit()

    def forget(self):
        with new_transaction(self.env) as env:
            outcome = env.ref("nps.nps_outcome_solved")
            outcome.auto_stage_ids = [(3, self.closed_id)]
            invitations = self.invitations(env)
            invitations.mail_id.unlink()
            invitations.unlink()
            env["helpdesk.ticket"].browse(self.ticket_ids).unlink()
            env["res.partner"].browse(self.partner_ids).unlink()
            env.cr.commit()

    def invitations(self, env):
        return env["nps.invitation"].search(
            [("email_normalized", "=", "twin@parallel.example")]
        )

    def in_parallel(self, work, arguments):
        errors = []

        def run(argument):
            try:
                work(argument)
            except Exception as error:  # noqa: BLE001
                errors.append(error)

        threads = [threading.Thread(target=run, args=(a,)) for a in arguments]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertFalse(errors)

    def close(self, ticket_id):
        with new_transaction(self.env) as env:
            ticket = env["helpdesk.ticket"].browse(ticket_id)
            retrying(lambda: ticket.write({"stage_id": self.closed_id}), env)
            env.cr.commit()

    def decide(self, ids):
        """Decide about some invitations as the send cron does, up to its commit."""
        with new_transaction(self.env) as env:
            due = env["nps.invitation"].browse(ids).try_lock_for_update()
            # Everybody has his picture of the database before anybody decides.
            self.barrier.wait(timeout=60)
            while True:
                try:
                    due._queue_mails()
                    env.flush_all()
                    env.cr.commit()
                    return
                except OperationalError:
                    # The cron begins again, with a new picture.
                    env.cr.rollback()

    def test_20_tickets_closed_at_once_and_decided_by_4_workers_give_one_mail(self):
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            self.in_parallel(self.close, self.ticket_ids)
            with new_transaction(self.env) as env:
                ids = self.invitations(env).ids
            self.barrier = threading.Barrier(4)
            self.in_parallel(self.decide, [ids[worker::4] for worker in range(4)])
        with new_transaction(self.env) as env:
            invitations = self.invitations(env)
            self.assertEqual(len(invitations), self.TICKETS)
            self.assertEqual(len(invitations.mail_id), 1)
            self.assertEqual(len(invitations.filtered("asked_at")), 1)
            reasons = invitations.mapped("suppression_reason")
            self.assertEqual(reasons.count("cooldown"), self.TICKETS - 1)
