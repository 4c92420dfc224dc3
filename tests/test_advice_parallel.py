from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NpsCommon
from .test_parallel import new_transaction


@tagged("post_install", "-at_install")
class TestTwoFollowAnAdvice(NpsCommon):
    """Two real transactions: two agents press at the same moment."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget)
        with new_transaction(self.env) as env:
            self.advice = env["nps.advice"].create({"name": "Call", "sequence": -1})
            customer = env["res.partner"].create({"name": "Parallel"})
            self.ticket = env["helpdesk.ticket"].create(
                {"name": "x", "description": "x", "partner_id": customer.id}
            )
            self.customer = customer
            env.cr.commit()

    def forget(self):
        with new_transaction(self.env) as env:
            for record in (self.ticket, self.customer, self.advice):
                record.with_env(env).unlink()
            env.cr.commit()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_second_is_told_that_it_does_not_hold_any_more(self):
        with new_transaction(self.env) as first, new_transaction(self.env) as second:
            pressed = {"nps_advice_id": self.advice.id}
            ticket = self.ticket.with_env(second).with_context(**pressed)
            # The picture that this transaction has of the database begins here.
            self.assertEqual(ticket.nps_advice_id, self.advice)
            self.ticket.with_env(first).action_nps_dismiss_advice()
            first.cr.commit()
            with self.assertRaisesRegex(UserError, "does not hold any more"):
                retrying(ticket.action_nps_follow_advice, second)
