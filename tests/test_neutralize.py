from odoo import fields
from odoo.tests import tagged
from odoo.tools import file_open

from .common import NpsMailCommon


@tagged("post_install", "-at_install")
class TestNeutralize(NpsMailCommon):
    def test_a_neutralised_copy_sends_nothing(self):
        invitation = self.pick()
        self.neutralize()
        with self.mail_server():
            self.run_send_cron()
        self.assertFalse(self._mails)
        self.assertEqual(invitation.state, "cancelled")

    def test_a_neutralised_copy_tells_no_subscriber(self):
        response = self.answer(self.pick(), 2, comment="Slow")
        response.notice_at = fields.Datetime.now()
        reader = self.make_agent("reader", groups="nps.nps_group_analyst")
        subscriptions = self.env["nps.subscription"].with_user(reader)
        subscription = subscriptions.create({"frequency": "daily"}).sudo()
        self.assertTrue(subscription.next_at)
        self.neutralize()
        self.assertFalse(response.notice_at)
        self.assertFalse(subscription.next_at)

    def neutralize(self):
        self.env.flush_all()
        with file_open("nps/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
