from odoo.tests import freeze_time, tagged

from .common import NpsMailCommon


@tagged("post_install", "-at_install")
class TestReopen(NpsMailCommon):
    """A closed ticket that is opened again says so, and nobody is asked about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stages = cls.env["helpdesk.ticket.stage"].search([])
        cls.closed = stages.filtered("closed")[0]
        cls.open = (stages - stages.filtered("closed"))[0]
        cls.ticket = cls.make_ticket(stage_id=cls.open.id)

    def send(self):
        with self.mail_server():
            self.run_send_cron()
        return self._mails

    def close(self, ticket=None):
        (ticket or self.ticket).stage_id = self.closed

    def reopen(self, ticket=None):
        self.close(ticket)
        (ticket or self.ticket).stage_id = self.open

    def asked_by_closing(self):
        return self.env["nps.invitation"].search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)],
            order="id",
        )

    def test_a_ticket_that_was_closed_once_was_never_reopened(self):
        self.ticket.stage_id = self.closed
        self.assertEqual(self.ticket.nps_reopen_count, 0)
        self.assertFalse(self.ticket.nps_reopened_at)

    def test_opening_a_closed_ticket_counts_and_is_dated(self):
        self.ticket.stage_id = self.closed
        self.ticket.stage_id = self.open
        self.assertEqual(self.ticket.nps_reopen_count, 1)
        self.assertTrue(self.ticket.nps_reopened_at)

    def test_closing_it_again_keeps_the_count_and_clears_the_date(self):
        for stage in (self.closed, self.open, self.closed):
            self.ticket.stage_id = stage
        self.assertEqual(self.ticket.nps_reopen_count, 1)
        self.assertFalse(self.ticket.nps_reopened_at)

    # === WHAT WAS TO BE ASKED === #

    def test_what_is_not_sent_yet_is_cancelled_and_says_why(self):
        self.close()
        invitation = self.pick(self.ticket)
        self.reopen()
        self.assertFalse(self.send())
        self.assertEqual(invitation.state, "cancelled")
        self.assertEqual(invitation.state_text, "Cancelled: The ticket was reopened")

    def test_a_mail_that_lies_in_odoos_queue_does_not_leave(self):
        self.close()
        invitation = self.pick(self.ticket)
        invitation._queue_mail()
        mail = invitation.mail_id
        self.reopen()
        self.assertEqual(mail.state, "cancel")
        self.assertFalse(self.send())

    def test_a_link_that_is_out_may_still_be_answered(self):
        self.close()
        invitation = self.pick(self.ticket)
        self.send()
        self.reopen()
        self.assertEqual(invitation.state, "sent")
        self.answer(invitation, 3)
        self.assertEqual(invitation.state, "answered")

    def test_it_stops_the_reminder(self):
        self.survey.reminder_days = 5
        self.close()
        invitation = self.pick(self.ticket)
        self.send()
        self.reopen()
        self.assertFalse(invitation.reminder_at)
        self.assertEqual(invitation.reminder_stop_reason, "reopened")

    def test_other_tickets_keep_their_invitations(self):
        other = self.make_customer("Other", "other@x.example")
        invitation = self.pick(self.make_ticket(partner_id=other.id))
        self.reopen()
        self.assertEqual(invitation.state, "queued")

    def test_a_merged_ticket_asks_nothing_any_more(self):
        """The merge of OCA's helpdesk_mgmt_merge archives what it merged."""
        invitation = self.pick(self.ticket)
        self.ticket.active = False
        self.assertEqual(invitation.state, "cancelled")
        self.assertIn("archived or merged", invitation.state_text)

    def test_a_deleted_ticket_asks_nothing_any_more(self):
        invitation = self.pick(self.ticket)
        self.ticket.unlink()
        self.assertEqual(invitation.state, "cancelled")
        self.assertIn("deleted", invitation.state_text)

    def test_closing_and_reopening_ten_times_gives_one_mail(self):
        self.outcome.auto_stage_ids = self.closed
        for _time in range(10):
            self.reopen()
        self.close()
        self.assertEqual(len(self.send()), 1)
        states = self.asked_by_closing().mapped("state")
        self.assertEqual(states, ["cancelled"] * 10 + ["sent"])

    def test_closing_and_reopening_with_the_cron_between_gives_one_mail(self):
        self.company.nps_cooldown_asked_days = 14
        self.outcome.auto_stage_ids = self.closed
        mails = 0
        for hour in range(10):
            with freeze_time(self.minutes_later(61 * hour)):
                self.close()
                mails += len(self.send())
                self.reopen()
        self.assertEqual(mails, 1)
        states = self.asked_by_closing().mapped("state")
        self.assertEqual(states, ["sent"] + ["suppressed"] * 9)

    # === THE SHIELD === #

    def assertShielded(self, invitation):
        self.assertEqual(invitation.suppression_reason, "reopened")
        self.assertIn("was opened again", invitation.state_text)

    def test_who_waits_for_a_reopened_ticket_is_not_asked_about_another(self):
        self.reopen()
        self.assertShielded(self.pick(self.make_ticket()))

    def test_the_shield_holds_for_a_second_contact_with_the_address(self):
        self.reopen()
        twin = self.make_customer("Twin", "CARLA@bluesky.example")
        self.assertShielded(self.pick(twin))

    def test_the_shield_knows_the_address_of_a_ticket_without_contact(self):
        self.ticket.write(
            {
                "partner_id": False,
                "partner_name": "Carla",
                "partner_email": "Carla <CARLA@bluesky.example>",
            }
        )
        self.reopen()
        self.assertShielded(self.pick())

    def test_an_address_that_contains_his_is_somebody_else(self):
        self.ticket.write(
            {"partner_id": False, "partner_email": "xcarla@bluesky.example"}
        )
        self.reopen()
        self.assertEqual(self.pick().state, "queued")

    def test_closing_it_again_lifts_the_shield(self):
        self.reopen()
        self.close()
        self.assertEqual(self.pick().state, "queued")

    def test_an_outcome_that_closes_the_reopened_ticket_asks(self):
        self.outcome.stage_id = self.closed
        self.reopen()
        invitation = self.pick(self.ticket)
        self.assertEqual(len(self.send()), 1)
        self.assertEqual(invitation.state, "sent")

    def test_a_ticket_that_is_reopened_while_another_mail_waits_stops_it(self):
        self.outcome.delay_hours = 1
        invitation = self.pick()
        self.reopen()
        with freeze_time(self.minutes_later(61)):
            self.assertFalse(self.send())
        self.assertShielded(invitation)

    def test_who_waits_for_a_reopened_ticket_is_not_reminded_of_another(self):
        self.survey.reminder_days = 5
        invitation = self.pick()
        self.send()
        self.reopen()
        with freeze_time(self.minutes_later(6 * 24 * 60)):
            self.assertFalse(self.send())
        self.assertEqual(invitation.reminder_stop_reason, "reopened")
