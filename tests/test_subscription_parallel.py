from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NpsCommon
from .test_parallel import new_transaction


@tagged("post_install", "-at_install")
class TestTellingWhileTheCustomerWrites(NpsCommon):
    """Two real transactions: subscribers are told, and words come at that moment."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget)
        with new_transaction(self.env) as env:
            partner = env["res.partner"].create(
                {"name": "Parallel", "email": "parallel@x.example"}
            )
            invitation = env["nps.invitation"]._create_for(
                partner, env.ref("nps.nps_outcome_solved"), env.ref("base.user_root")
            )
            invitation._on_handed_over()
            env["nps.response"]._submit(invitation, 2)
            response = invitation._counted_response()
            response.notice_at = fields.Datetime.now() - timedelta(minutes=1)
            subscription = env["nps.subscription"].create(
                {"user_id": env.ref("base.user_admin").id, "channel": "inbox"}
            )
            self.ids = partner.id, invitation.id, response.id, subscription.id
            env.cr.commit()

    def forget(self):
        partner_id, invitation_id, response_id, subscription_id = self.ids
        with new_transaction(self.env) as env:
            env["nps.response"].browse(response_id).unlink()
            env["nps.invitation"].browse(invitation_id).unlink()
            env["res.partner"].browse(partner_id).unlink()
            env["nps.subscription"].browse(subscription_id).unlink()
            env.cr.commit()

    @mute_logger("odoo.sql_db")
    def test_the_customer_waits_for_nobody_and_telling_begins_again(self):
        response_id = self.ids[2]
        with new_transaction(self.env) as telling, new_transaction(self.env) as writing:
            telling["nps.response"].browse(response_id)._tell_subscribers()
            writing.cr.execute("SET LOCAL lock_timeout = '1s'")
            writing["nps.response"].browse(response_id)._complete("Nobody called.")
            writing.flush_all()
            writing.cr.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                telling.flush_all()
        with new_transaction(self.env) as env:
            notices = env["nps.subscription.notice"]
            self.assertFalse(notices.search([("response_id", "=", response_id)]))
            self.assertTrue(env["nps.response"].browse(response_id).notice_at)


@tagged("post_install", "-at_install")
class TestTheMessageOfTheDayIsMadeOnce(NpsCommon):
    """Two real transactions: an answer is echoed while its agent chooses."""

    def setUp(self):
        super().setUp()
        self.user = self.env.ref("base.user_admin")
        self.addCleanup(self.choose, False)
        self.choose("daily")

    def choose(self, choice):
        """Store a choice, of which no subscription follows yet."""
        with new_transaction(self.env) as env:
            self.user.with_env(env).nps_tell_answers = choice
            self.own(env).unlink()
            env.cr.commit()

    def own(self, env):
        subscriptions = env["nps.subscription"].with_context(active_test=False)
        return subscriptions.search([("user_id", "=", self.user.id)])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_who_comes_second_begins_again_and_finds_it(self):
        with new_transaction(self.env) as echo, new_transaction(self.env) as choice:
            # The picture that this transaction has of the database begins here.
            self.assertFalse(self.own(choice))
            echo["nps.subscription"]._follow_preference(self.user.with_env(echo))
            echo.cr.commit()
            chooser = self.user.with_env(choice)
            retrying(lambda: chooser.write({"nps_tell_answers": "daily"}), choice)
            choice.cr.commit()
        with new_transaction(self.env) as env:
            self.assertEqual(len(self.own(env)), 1)
