from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import NpsMailCommon

SEND = "odoo.addons.nps.models.nps_invitation_send"
MAIL = "odoo.addons.mail.models.mail_mail"


@tagged("post_install", "-at_install")
class TestCooldown(NpsMailCommon):
    """One person is asked only so often."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.nps_cooldown_asked_days = 14
        cls.company.nps_cooldown_answered_days = 30

    def send(self, invitation=None, **server):
        with self.mail_server(**server):
            self.run_send_cron()
        return invitation

    def in_days(self, days):
        return freeze_time(fields.Datetime.now() + timedelta(days=days))

    def assertCoolsDown(self, invitation, words=""):
        self.assertEqual(invitation.suppression_reason, "cooldown")
        self.assertIn(words, invitation.state_text)

    # === ASKED === #

    @freeze_time("2026-03-03 10:00:00")
    def test_who_was_asked_is_not_asked_again_and_it_says_since_when(self):
        self.send(self.pick())
        self.assertCoolsDown(
            self.pick(), "asked on 03/03/2026, and is asked at most once in 14 days"
        )

    def test_after_the_cool_down_he_is_asked_again(self):
        self.send(self.pick())
        with self.in_days(13.9):
            self.assertCoolsDown(self.pick())
        with self.in_days(14.1):
            self.assertEqual(self.pick().state, "queued")

    def test_of_several_picks_before_the_cron_runs_one_is_mailed(self):
        picks = [self.pick() for _time in range(5)]
        self.assertEqual({pick.state for pick in picks}, {"queued"})
        self.send()
        self.assertEqual(len(self._mails), 1)
        self.assertEqual(picks[0].state, "sent")
        for pick in picks[1:]:
            self.assertCoolsDown(pick)

    def test_a_second_contact_with_the_address_is_the_same_person(self):
        self.send(self.pick())
        twin = self.make_customer("Twin", "CARLA@BlueSky.example", parent_id=False)
        self.assertCoolsDown(self.pick(twin))

    def test_a_ticket_without_contact_knows_the_person_by_his_address(self):
        self.send(self.pick())
        ticket = self.make_ticket(
            partner_id=False,
            partner_name="C",
            partner_email="C <carla@BLUESKY.example>",
        )
        self.assertCoolsDown(self.pick(ticket))

    def test_another_customer_is_another_person(self):
        self.send(self.pick())
        other = self.make_customer("Other", "other@bluesky.example")
        self.assertEqual(self.pick(other).state, "queued")

    def test_another_company_of_ours_asks_for_itself(self):
        self.send(self.pick())
        other = self.env["res.company"].create({"name": "Other"})
        invitation = self.pick()
        invitation.company_id = other
        self.assertFalse(invitation._suppression_reason_now())

    # === WHAT DOES NOT COUNT === #

    def test_who_was_not_asked_after_all_may_be_asked(self):
        cancelled, suppressed = self.pick(), self.pick()
        cancelled._note_asked()
        cancelled._cancel("by_hand")
        suppressed._note_asked()
        suppressed._suppress("blacklisted")
        self.assertEqual(self.pick().state, "queued")

    @mute_logger(SEND, MAIL)
    def test_a_mail_that_failed_for_good_does_not_count(self):
        failed = self.send(self.pick(), refuses="carla@bluesky.example")
        self.assertEqual(failed.state, "failed")
        self.assertEqual(self.pick().state, "queued")

    @mute_logger(SEND, MAIL)
    def test_a_mail_that_is_tried_again_counts(self):
        self.send(self.pick(), down=True)
        self.assertCoolsDown(self.pick())

    def test_a_queued_mail_that_nobody_decided_about_does_not_count_yet(self):
        self.outcome.delay_hours = 24
        self.pick()
        self.outcome.delay_hours = 0
        now = self.pick()
        self.send()
        self.assertEqual(now.state, "sent")

    def test_days_of_0_are_no_rule(self):
        self.company.nps_cooldown_asked_days = 0
        self.send(self.pick())
        self.assertEqual(self.pick().state, "queued")

    # === ANSWERED === #

    @freeze_time("2026-03-03 10:00:00")
    def test_who_answered_is_left_alone_for_longer(self):
        self.answer(self.send(self.pick()), 9)
        with self.in_days(29.9):
            self.assertCoolsDown(
                self.pick(), "answered on 03/03/2026, and is not asked again for 30"
            )
        with self.in_days(30.1):
            self.assertEqual(self.pick().state, "queued")

    # === PER METRIC === #

    def test_a_survey_has_a_longer_rule_of_its_own_for_its_metric(self):
        self.survey.cooldown_asked_days = 60
        self.send(self.pick())
        with self.in_days(20):
            self.assertCoolsDown(self.pick(), "once in 60 days")

    def test_the_rule_of_a_survey_counts_other_surveys_of_its_metric(self):
        self.send(self.pick())
        self.outcome.survey_id = self.make_survey("nps")
        self.outcome.survey_id.cooldown_asked_days = 60
        with self.in_days(20):
            self.assertCoolsDown(self.pick())

    def test_the_rule_of_a_survey_does_not_count_other_metrics(self):
        self.send(self.pick())
        self.outcome.survey_id = self.make_survey("csat")
        self.outcome.survey_id.cooldown_asked_days = 60
        with self.in_days(20):
            self.assertEqual(self.pick().state, "queued")

    def test_an_answer_counts_for_the_rule_of_a_survey(self):
        self.survey.cooldown_answered_days = 90
        self.answer(self.send(self.pick()), 9)
        with self.in_days(60):
            self.assertCoolsDown(self.pick(), "not asked again for 90 days")

    # === BY A LINK IN ANOTHER MAIL === #

    def test_a_link_in_another_mail_counts_as_asked(self):
        invitation = self.pick()
        invitation._that_may_leave()
        invitation._on_handed_over()
        self.assertCoolsDown(self.pick())

    def test_a_link_does_not_leave_during_the_cool_down(self):
        self.outcome.delivery = "link"
        linked = self.pick()
        self.outcome.delivery = "mail"
        self.send(self.pick())
        self.assertFalse(linked._that_may_leave())

    # === THE DIALOG === #

    @freeze_time("2026-03-03 10:00:00")
    def test_the_dialog_tells_beforehand_since_when(self):
        self.send(self.pick())
        draft = self.env["nps.invitation"]._draft_for(
            self.customer, self.outcome, self.agent
        )
        self.assertIn("asked on 03/03/2026", draft._promise())
