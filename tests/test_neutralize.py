from odoo.tests import tagged
from odoo.tools import file_open

from .common import NpsMailCommon


@tagged("post_install", "-at_install")
class TestNeutralize(NpsMailCommon):
    def test_a_neutralised_copy_sends_nothing(self):
        invitation = self.pick()
        self.env.flush_all()
        with file_open("nps/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        with self.mail_server():
            self.run_send_cron()
        self.assertFalse(self._mails)
        self.assertEqual(invitation.state, "cancelled")
