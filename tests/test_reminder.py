from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import file_open, mute_logger

from .common import NpsMailCommon

SEND = "odoo.addons.nps.models.nps_invitation_send"
MAIL = "odoo.addons.mail.models.mail_mail"


@tagged("post_install", "-at_install")
class TestReminder(NpsMailCommon):
    """One reminder at most, and none that somebody does not need."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.reminder_days = 5

    def send(self, **server):
        with self.mail_server(**server):
            self.run_send_cron()
        return self._mails

    def ask(self):
        invitation = self.pick()
        self.send()
        self.assertEqual(invitation.state, "sent")
        return invitation

    def in_days(self, days):
        return freeze_time(fields.Datetime.now() + timedelta(days=days))

    def assertNotReminded(self, invitation, reason=False):
        with self.in_days(6):
            self.assertFalse(self.send())
        self.assertFalse(invitation.reminded_at)
        self.assertEqual(invitation.reminder_stop_reason, reason)

    # === THE MAIL === #

    def test_who_does_not_answer_is_reminded_once(self):
        invitation = self.ask()
        with self.in_days(4.9):
            self.assertFalse(self.send())
        with self.in_days(5.1):
            self.assertEqual(len(self.send()), 1)
        self.assertTrue(invitation.reminded_at)
        for days in (6, 11, 20):
            with self.in_days(days):
                self.assertFalse(self.send())
        self.assertEqual(invitation.state, "sent")

    def test_the_reminder_says_that_it_is_the_only_one(self):
        self.ask()
        with self.in_days(6):
            [mail] = self.send()
        self.assertIn("one and only reminder", mail["body"])
        self.assertEqual(mail["email_to"], ['"Carla Customer" <carla@bluesky.example>'])
        self.assertFalse(mail["email_cc"])

    def test_the_reminder_has_the_way_out_and_says_that_no_person_wrote_it(self):
        self.ask()
        with self.in_days(6):
            [mail] = self.send()
        message = mail["EmailMessage"]
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        self.assertIn("/opt-out>", message["List-Unsubscribe"])
        self.assertEqual(message["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertIn("openerp", message["Message-Id"])

    def test_the_reminder_has_a_secret_of_its_own_and_the_first_still_works(self):
        self.pick()
        first = self.token_in(self.send()[0])
        with self.in_days(6):
            second = self.token_in(self.send()[0])
        links = self.env["nps.invitation.link"]
        self.assertNotEqual(first, second)
        self.assertEqual(links._find_invitation(first), links._find_invitation(second))

    def test_a_survey_without_reminder_reminds_nobody(self):
        self.survey.reminder_days = 0
        invitation = self.ask()
        self.assertFalse(invitation.reminder_at)
        self.assertNotReminded(invitation)

    def test_a_survey_can_have_a_template_of_its_own(self):
        self.survey.reminder_template_id = self.env["mail.template"].create(
            {
                "name": "Mine",
                "model_id": self.env["ir.model"]._get_id("nps.invitation"),
                "body_html": '<a t-att-href="object.nps_link()">Come on</a>',
            }
        )
        self.ask()
        with self.in_days(6):
            self.assertIn("Come on", self.send()[0]["body"])

    # === WHAT STOPS IT === #

    def test_an_answer_stops_it(self):
        invitation = self.ask()
        self.answer(invitation, 0)
        self.assertNotReminded(invitation)

    def test_a_bounce_stops_it(self):
        invitation = self.ask()
        invitation._message_receive_bounce("carla@bluesky.example", self.customer)
        self.assertNotReminded(invitation)

    def test_an_opt_out_stops_it(self):
        invitation = self.ask()
        invitation._opt_out()
        self.assertNotReminded(invitation, "opted_out")

    def test_the_blacklist_stops_it(self):
        invitation = self.ask()
        self.env["mail.blacklist"]._add(self.customer.email)
        self.assertNotReminded(invitation, "blacklisted")

    def test_cancelling_stops_it(self):
        invitation = self.ask()
        manager = self.make_agent("boss", groups="nps.nps_group_analyst")
        invitation.with_user(manager).action_cancel()
        self.assertNotReminded(invitation)

    def test_an_expired_link_is_not_reminded_of(self):
        invitation = self.ask()
        invitation.expires_at = fields.Datetime.now() + timedelta(days=5.5)
        self.assertNotReminded(invitation)

    def test_who_was_asked_again_since_is_not_reminded_of_the_older_one(self):
        first = self.ask()
        with self.in_days(2):
            self.ask()
        self.assertNotReminded(first, "asked_since")

    def test_an_opt_out_while_it_is_in_odoos_queue_stops_it(self):
        invitation = self.ask()
        with self.in_days(6), self.mail_server():
            pairs = invitation._render_or_fail(
                self.survey._reminder_template(), "_fail_rendering_reminder"
            )
            invitation.reminder_mail_id = pairs[0][1]
            invitation._opt_out()
            invitation.reminder_mail_id.send()
        self.assertFalse(self._mails)
        self.assertEqual(invitation.reminder_stop_reason, "opted_out")

    def test_a_neutralised_copy_reminds_nobody(self):
        invitation = self.ask()
        self.env.flush_all()
        with file_open("nps/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertNotReminded(invitation)

    # === WHEN IT FAILS === #

    @mute_logger(SEND, MAIL)
    def test_a_mail_server_that_is_down_delays_it_and_loses_nothing(self):
        invitation = self.ask()
        with self.in_days(6):
            self.send(down=True)
            self.assertEqual(invitation.state, "sent")
            self.assertGreater(invitation.reminder_at, fields.Datetime.now())
            with freeze_time(invitation.reminder_at):
                self.assertEqual(len(self.send()), 1)
        self.assertTrue(invitation.reminded_at)

    @mute_logger(SEND, MAIL)
    def test_an_address_that_is_refused_now_keeps_its_link(self):
        invitation = self.ask()
        with self.in_days(6):
            self.send(refuses="carla@bluesky.example")
        self.assertEqual(invitation.state, "sent")
        self.assertEqual(invitation.reminder_stop_reason, "failed")
        self.assertTrue(invitation._is_open())

    def test_a_broken_template_is_tried_again_until_it_is_mended(self):
        invitation = self.ask()
        template = self.env["mail.template"].create(
            {
                "name": "No link",
                "model_id": self.env["ir.model"]._get_id("nps.invitation"),
                "body_html": "<p>Hello</p>",
            }
        )
        self.survey.reminder_template_id = template
        with self.in_days(6):
            self.assertFalse(self.send())
            template.body_html = '<a t-att-href="object.nps_link()">Now</a>'
            with freeze_time(invitation.reminder_at):
                self.assertEqual(len(self.send()), 1)

    # === THE WINDOW === #

    @freeze_time("2026-03-02 12:00:00")
    def test_it_honours_the_send_window(self):
        self.company.resource_calendar_id.tz = "UTC"
        self.survey.reminder_days = 6
        self.outcome.window_id = self.env.ref("nps.nps_send_window_daytime")
        invitation = self.ask()
        monday = fields.Datetime.to_datetime("2026-03-09 09:00:00")
        self.assertEqual(invitation.reminder_at, monday)
        with freeze_time("2026-03-09 20:30:00"):
            self.assertFalse(self.send())
        with freeze_time("2026-03-10 09:00:00"):
            self.assertEqual(len(self.send()), 1)
