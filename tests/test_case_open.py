from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NpsCaseCommon


@tagged("post_install", "-at_install")
class TestCaseOpen(NpsCaseCommon):
    """When an answer gets a case, follows it, and closes it by itself."""

    # === OPENED === #

    def test_a_detractor_gets_a_case_after_the_grace(self):
        invitation = self.ask_and_answer(3)
        self.run_case_cron()
        self.assertFalse(invitation.case_ids)
        with self.later(minutes=11):
            self.run_case_cron()
        case = invitation.case_ids
        self.assertEqual(
            (case.state, case.score, case.category), ("new", 3, "detractor")
        )
        self.assertEqual(case.response_id, invitation._counted_response())

    def test_a_promoter_gets_no_case(self):
        self.assertFalse(self.case_of(10))

    def test_a_promoter_who_wants_to_be_contacted_gets_a_case(self):
        case = self.case_of(10, contact=True)
        self.assertEqual(case.rule_id, self.env.ref("nps.nps_case_rule_contact"))

    def test_a_passive_gets_a_case_when_he_says_why(self):
        self.assertFalse(self.case_of(7))
        case = self.case_of(8, comment="It took two days.")
        self.assertEqual(case.rule_id, self.env.ref("nps.nps_case_rule_passive"))

    def test_words_that_follow_the_score_are_enough(self):
        invitation = self.ask_and_answer(7)
        with self.later(minutes=11):
            self.run_case_cron()
            self.answer(invitation, 7, comment="It took two days.")
        with self.later(minutes=22):
            self.run_case_cron()
        self.assertTrue(invitation.case_ids)

    def test_the_grace_is_a_setting(self):
        self.company.nps_case_grace_minutes = 0
        invitation = self.ask_and_answer(2)
        self.run_case_cron()
        self.assertTrue(invitation.case_ids)

    def test_the_cron_is_woken_at_the_end_of_the_grace(self):
        with self.capture_triggers("nps.ir_cron_nps_case_check") as captured:
            invitation = self.ask_and_answer(2)
            self.assertFalse(captured.records, "The customer does not wait for it")
            self._run_cron("nps.ir_cron_nps_echo")
        self.assertEqual(captured.records.call_at, invitation.case_check_at)
        self.assertGreater(invitation.case_check_at, fields.Datetime.now())

    def test_a_case_keeps_whom_it_is_about(self):
        case = self.case_of(1, comment="Never again.")
        invitation = case.invitation_id
        self.assertEqual(case.partner_id, self.customer)
        self.assertEqual(case.commercial_partner_id, self.customer_company)
        self.assertEqual(case.agent_id, self.agent)
        self.assertEqual(case.department_id, self.phone)
        self.assertEqual(case.subject, invitation.subject)
        self.assertEqual(case.comment, "Never again.")

    def test_another_look_opens_no_second_case(self):
        case = self.case_of(3)
        invitation = case.invitation_id
        invitation._schedule_case_check()
        with self.later(minutes=30):
            self.run_case_cron()
        self.assertEqual(invitation.case_ids, case)

    def test_a_zero_is_the_worst_answer_and_gets_a_case(self):
        self.assertEqual(self.case_of(0).score, 0)

    # === THE CUSTOMER CORRECTS HIMSELF === #

    def test_a_correction_within_the_grace_makes_no_noise(self):
        invitation = self.ask_and_answer(2)
        self.answer(invitation, 9, change=True)
        with self.later(minutes=11):
            self.run_case_cron()
        self.assertFalse(invitation.case_ids)

    def test_a_correction_upwards_closes_the_case_with_a_note(self):
        case = self.case_of(2)
        self.answer(case.invitation_id, 9, change=True)
        self.run_case_cron()
        self.assertEqual(case.state, "withdrawn")
        self.assertTrue(case.closed_at)
        self.assertFalse(case.activity_ids)
        self.assertIn("from 2 to 9", self.log_of(case))

    def test_a_correction_that_is_still_bad_is_noted_and_the_case_stays(self):
        case = self.case_of(2)
        self.answer(case.invitation_id, 5, change=True)
        self.run_case_cron()
        self.assertEqual((case.state, case.score), ("new", 5))
        self.assertIn("from 2 to 5", self.log_of(case))
        self.assertEqual(len(case.activity_ids), 1)

    def test_a_correction_back_to_bad_opens_a_withdrawn_case_again(self):
        case = self.case_of(2)
        self.answer(case.invitation_id, 9, change=True)
        self.run_case_cron()
        self.answer(case.invitation_id, 1, change=True)
        self.run_case_cron()
        self.assertEqual((case.state, case.score), ("new", 1))
        self.assertFalse(case.closed_at)
        self.assertEqual(len(case.activity_ids), 1)

    def test_a_case_that_was_brought_to_an_end_stays_closed(self):
        case = self.case_of(2)
        self.close(case)
        self.answer(case.invitation_id, 9, change=True)
        self.run_case_cron()
        self.assertEqual(case.state, "done")

    # === NOTHING LOST === #

    def test_fifty_unhappy_answers_in_one_minute_give_fifty_cases(self):
        invitations = self.env["nps.invitation"].sudo()
        for number in range(50):
            customer = self.make_customer(f"Customer {number}", f"c{number}@x.example")
            invitations |= self.pick(customer)
        for invitation in invitations:
            self.answer(invitation, invitation.id % 7)
        with self.later(minutes=11):
            self.run_case_cron()
            self.run_case_cron()
        self.assertEqual(len(invitations.case_ids), 50)
        self.assertEqual(invitations.case_ids.invitation_id, invitations)
        planned = invitations.case_ids.mapped(lambda case: len(case.activity_ids))
        self.assertEqual(set(planned), {1})

    @mute_logger("odoo.addons.nps.models.nps_queue_mixin")
    def test_a_case_that_cannot_be_opened_is_tried_again_and_says_why(self):
        invitation = self.ask_and_answer(3)
        fine = self.ask_and_answer(3, self.make_customer("Other", "other@x.example"))
        with self.failing(invitation), self.later(minutes=11):
            self.run_case_cron()
        self.assertFalse(invitation.case_ids)
        self.assertIn("no luck", invitation.case_failure)
        self.assertGreater(invitation.case_check_at, fields.Datetime.now())
        self.assertFalse(fine.case_check_at)
        with self.later(minutes=20):
            self.run_case_cron()
        self.assertTrue(invitation.case_ids)
        self.assertFalse(invitation.case_failure)

    # === RULES === #

    def test_the_first_rule_that_fits_holds(self):
        rule = self.make_rule("Key", sequence=1, score_to=2)
        self.assertEqual(self.case_of(2).rule_id, rule)
        self.assertNotEqual(self.case_of(3).rule_id, rule)

    def test_a_rule_for_the_score_zero_takes_zero_alone(self):
        rule = self.make_rule("Zero", sequence=1, score_from=0, score_to=0)
        self.assertEqual(self.case_of(0).rule_id, rule)
        self.assertNotEqual(self.case_of(1).rule_id, rule)

    def test_a_rule_for_a_tag_looks_at_the_contact_and_its_company(self):
        tag = self.env["res.partner.category"].create({"name": "Key Customer"})
        rule = self.make_rule(
            "Key", sequence=1, partner_tag_ids=tag.ids, is_priority=True
        )
        self.assertNotEqual(self.case_of(2).rule_id, rule)
        self.customer_company.category_id = tag
        case = self.case_of(2)
        self.assertEqual((case.rule_id, case.priority), (rule, "1"))

    def test_a_rule_for_a_survey_metric_and_reason_needs_them_all(self):
        reason = self.env.ref("nps.nps_reason_not_solved")
        rule = self.make_rule(
            "Not solved",
            sequence=1,
            metric="nps",
            survey_ids=self.survey.ids,
            reason_ids=reason.ids,
        )
        self.assertNotEqual(self.case_of(2).rule_id, rule)
        self.assertEqual(self.case_of(2, reasons=reason.ids).rule_id, rule)

    def test_a_rule_of_another_company_does_not_hold(self):
        other = self.env["res.company"].create({"name": "Other"})
        rule = self.make_rule("Other", sequence=1, company_id=other.id)
        self.assertNotEqual(self.case_of(2).rule_id, rule)

    def test_without_rules_there_are_no_cases(self):
        self.env["nps.case.rule"].search([]).active = False
        self.assertFalse(self.case_of(0))

    def test_a_rule_from_a_high_to_a_low_score_is_refused(self):
        with self.assertRaisesRegex(Exception, "No score is from 5 to 3"):
            self.make_rule("Never", score_from=5, score_to=3)

    def test_the_grace_counts_from_the_first_answer(self):
        invitation = self.ask_and_answer(2)
        first = invitation.case_check_at
        with self.later(minutes=5):
            self.answer(invitation, 4, change=True)
        self.assertEqual(invitation.case_check_at, first)
        self.assertLessEqual(first, fields.Datetime.now() + timedelta(minutes=10))

    # === WHAT IS NO CORRECTION === #

    def test_words_that_are_added_close_no_case(self):
        case = self.case_of(2)
        case.rule_id.active = False
        self.answer(case.invitation_id, 2, comment="Nobody called me back.")
        self.run_case_cron()
        self.assertEqual(case.state, "new")
        self.assertNotIn("corrected", self.log_of(case))

    def test_a_case_opened_by_hand_stays_although_no_rule_fits(self):
        ticket = self.make_ticket()
        invitation = self.ask_and_answer(9, ticket)
        ticket.with_user(self.boss).action_nps_create_case()
        self.answer(invitation, 9, comment="I will leave all the same.")
        self.run_case_cron()
        self.assertEqual(invitation.case_ids.state, "new")

    def test_an_answer_that_counts_again_opens_its_case_again(self):
        case = self.case_of(2)
        case.response_id.action_exclude("test", "A test")
        self.run_case_cron()
        self.assertEqual(case.state, "withdrawn")
        case.response_id.action_readmit()
        self.run_case_cron()
        self.assertEqual(case.state, "new")
        self.assertIn("counts again", self.log_of(case))
        self.assertNotIn("corrected", self.log_of(case))

    def test_news_of_a_planned_look_change_the_row(self):
        """Whoever looks with an older picture has to begin again."""
        invitation = self.ask_and_answer(8)
        before = invitation.case_news
        self.answer(invitation, 8, comment="It took two days.")
        self.assertGreater(invitation.case_news, before)

    def test_a_new_rule_comes_last(self):
        rules = self.env["nps.case.rule"].search([])
        new = self.make_rule("New")
        self.assertGreater(new.sequence, max(rules.mapped("sequence")))

    def test_a_rule_off_the_scale_or_without_hours_is_refused(self):
        for values in (
            {"score_to": 200},
            {"score_from": 9, "metric": "ces"},
            {"contact_hours": 0},
            {"close_hours": 1, "contact_hours": 2},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.make_rule("Wrong", **values)
