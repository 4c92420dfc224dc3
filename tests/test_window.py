from datetime import datetime

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NpsMailCommon

SEND = "odoo.addons.nps.models.nps_invitation_send"
MAIL = "odoo.addons.mail.models.mail_mail"
FRIDAY_NIGHT = "2026-03-06 22:00:00"
SATURDAY_NINE = datetime(2026, 3, 7, 9, 0)


@tagged("post_install", "-at_install")
class TestWindow(NpsMailCommon):
    """Mails leave when the customer is awake."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.window = cls.env.ref("nps.nps_send_window_daytime")
        cls.outcome.window_id = cls.window

    def send(self, invitation, **server):
        with self.mail_server(**server):
            self.run_send_cron()
        return invitation

    @freeze_time("2026-03-06 12:00:00")
    def test_within_the_window_a_mail_leaves_at_once(self):
        self.assertEqual(self.send(self.pick()).state, "sent")

    @freeze_time(FRIDAY_NIGHT)
    def test_outside_it_waits_for_the_opening_and_says_so(self):
        invitation = self.send(self.pick())
        self.assertEqual(invitation.state, "queued")
        self.assertEqual(invitation.scheduled_at, SATURDAY_NINE)
        self.assertEqual(invitation.wait_reason, "window")
        self.assertIn("“Daytime” is closed", invitation.state_text)
        with freeze_time(SATURDAY_NINE):
            self.send(invitation)
        self.assertEqual(invitation.state, "sent")
        self.assertFalse(invitation.wait_reason)

    @freeze_time(FRIDAY_NIGHT)
    def test_an_outcome_without_window_sends_at_any_time(self):
        self.outcome.window_id = False
        self.assertEqual(self.send(self.pick()).state, "sent")

    @freeze_time("2026-03-06 12:00:00")
    def test_a_delay_that_ends_at_night_waits_for_the_morning(self):
        self.outcome.delay_hours = 10
        self.assertEqual(self.pick().scheduled_at, SATURDAY_NINE)

    @freeze_time("2026-03-06 12:00:00")
    def test_a_delay_within_the_window_is_told_as_such(self):
        self.outcome.delay_hours = 2
        invitation = self.pick()
        self.assertEqual(invitation.wait_reason, "delay")
        self.assertIn("as the outcome says", invitation.state_text)

    @freeze_time("2026-03-06 12:00:00")
    def test_the_window_is_looked_at_again_when_the_mail_leaves(self):
        invitation = self.pick()
        with freeze_time(FRIDAY_NIGHT):
            self.send(invitation)
        self.assertEqual(invitation.state, "queued")
        self.assertEqual(invitation.scheduled_at, SATURDAY_NINE)

    @mute_logger(SEND, MAIL)
    @freeze_time("2026-03-07 19:59:00")
    def test_waiting_over_sunday_does_not_use_up_the_days_of_trying(self):
        invitation = self.pick()
        self.send(invitation, down=True)
        tried_since = invitation.trying_since
        with freeze_time("2026-03-07 20:01:00"):
            self.send(invitation)
        self.assertEqual(invitation.scheduled_at, datetime(2026, 3, 9, 9, 0))
        waited = invitation.scheduled_at - datetime(2026, 3, 7, 20, 1)
        self.assertEqual(invitation.trying_since - tried_since, waited)

    @freeze_time(FRIDAY_NIGHT)
    def test_while_he_waits_only_what_is_certain_is_decided(self):
        self.company.nps_cooldown_asked_days = 1
        self.outcome.window_id = False
        self.send(self.pick())
        self.outcome.window_id = self.window
        self.assertEqual(self.pick().state, "queued")

    # === WHOSE CLOCK === #

    @freeze_time("2026-03-06 22:00:00")
    def test_the_clock_is_the_customers(self):
        self.customer.write({"country_id": self.env.ref("base.jp").id, "tz": False})
        invitation = self.pick()
        self.assertEqual(invitation.tz, "Asia/Tokyo")
        self.assertEqual(invitation.scheduled_at, datetime(2026, 3, 7, 0, 0))

    def test_his_own_time_zone_counts_within_his_country(self):
        usa = self.env.ref("base.us").id
        self.customer.write({"country_id": usa, "tz": "America/Chicago"})
        self.assertEqual(self.pick().tz, "America/Chicago")

    def test_the_time_zone_of_the_colleague_who_typed_him_in_does_not(self):
        japan = self.env.ref("base.jp").id
        self.customer.write({"country_id": japan, "tz": "Europe/Brussels"})
        self.assertEqual(self.pick().tz, "Asia/Tokyo")

    def test_without_both_it_is_the_companys(self):
        self.company.resource_calendar_id.tz = "Europe/Vienna"
        self.customer.write({"country_id": False, "tz": False})
        self.assertEqual(self.pick().tz, "Europe/Vienna")

    # === SETTING IT UP === #

    def test_a_window_without_days_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "at least one weekday"):
            self.window.write(
                dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), False)
            )

    def test_hours_that_are_no_day_are_refused(self):
        for hours in ((20, 9), (9, 9), (-1, 9), (9, 25)):
            with self.subTest(hours=hours):
                with self.assertRaisesRegex(ValidationError, "the first before"):
                    self.window.write({"hour_from": hours[0], "hour_to": hours[1]})

    def test_no_shipped_outcome_has_a_window(self):
        self.assertFalse(self.env.ref("nps.nps_outcome_solved").window_id)
