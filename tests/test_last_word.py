from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import NpsMailCommon


@tagged("post_install", "-at_install")
class TestLastWord(NpsMailCommon):
    """An opt-out wins until the mail itself leaves, not only its batch."""

    def pick_for(self, name):
        return self.pick(self.make_customer(name, f"{name.lower()}@x.example"))

    def send_while(self, happens):
        """Run the send cron; something happens while the first mail is leaving."""
        servers = self.env["ir.mail_server"].__class__
        waiting = [happens]
        with self.mail_server():
            send = servers.send_email

            def send_slowly(server, *args, **kwargs):
                result = send(server, *args, **kwargs)
                while waiting:
                    waiting.pop()()
                return result

            with patch.object(servers, "send_email", send_slowly):
                self.run_send_cron()

    def test_who_opts_out_while_the_mails_before_his_leave_gets_none(self):
        first, second, third = map(self.pick_for, ("One", "Two", "Three"))
        self.send_while(second._opt_out)
        self.assertEqual((first.state, third.state), ("sent", "sent"))
        self.assertEqual(second.state, "suppressed")
        self.assertEqual(second.suppression_reason, "opted_out")
        self.assertFalse(self.sent_to("two@x.example"))
        self.assertFalse(second.mail_id)

    def test_who_opts_out_while_the_reminders_before_his_leave_gets_none(self):
        self.survey.reminder_days = 5
        _first, second = map(self.pick_for, ("One", "Two"))
        with self.mail_server():
            self.run_send_cron()
        with freeze_time(fields.Datetime.now() + timedelta(days=6)):
            self.send_while(second._opt_out)
        self.assertFalse(self.sent_to("two@x.example"))
        self.assertTrue(self.sent_to("one@x.example"))
        self.assertEqual(second.reminder_stop_reason, "opted_out")

    def test_who_opts_out_of_another_metric_meanwhile_gets_his_mail(self):
        _first, second = map(self.pick_for, ("One", "Two"))
        other = {"email": second.email_normalized, "metric": "ces"}
        self.send_while(lambda: self.env["nps.opt.out"].create(other))
        self.assertEqual(second.state, "sent")
        self.assertTrue(self.sent_to("two@x.example"))
