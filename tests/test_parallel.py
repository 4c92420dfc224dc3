import threading

from odoo import api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestParallel(NpsCommon):
    """Two presses at the same moment, in two real transactions."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget)
        with self.new_transaction() as env:
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

    def new_transaction(self):
        """Open a transaction of its own, outside the one of the test."""
        cursor = Registry(self.env.cr.dbname).cursor

        class Transaction:
            def __enter__(self):
                self.cr = cursor()
                return api.Environment(self.cr, api.SUPERUSER_ID, {})

            def __exit__(self, *_error):
                self.cr.close()

        return Transaction()

    def forget(self):
        with self.new_transaction() as env:
            env["nps.response"].search(
                [("invitation_id", "=", self.invitation_id)]
            ).unlink()
            env["nps.invitation"].browse(self.invitation_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()
            env.cr.commit()

    def press(self, score, results):
        with self.new_transaction() as env:
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
        with self.new_transaction() as env:
            invitation = env["nps.invitation"].browse(self.invitation_id)
            self.assertEqual(len(invitation.response_ids), 1)
