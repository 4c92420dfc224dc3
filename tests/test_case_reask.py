from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import NpsCaseCommon, NpsMailCommon


@tagged("post_install", "-at_install")
class TestCaseReask(NpsCaseCommon, NpsMailCommon):
    """After a case its customer is asked once more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.nps_case_grace_minutes = 0
        cls.company.nps_reask_days = 14

    def closed_case(self, **values):
        case = self.case_of(2, self.make_ticket())
        self.close(case, **values)
        return case

    def send_reask(self, case):
        with self.later(days=15), self.mail_server():
            self.run_send_cron()
        return case.reask_id

    def test_closing_a_case_plans_one_survey(self):
        case = self.closed_case()
        reask = case.reask_id
        self.assertTrue(reask.is_reask)
        self.assertEqual(reask.state, "queued")
        due = fields.Datetime.now() + timedelta(days=14)
        self.assertAlmostEqual(reask.scheduled_at, due, delta=timedelta(minutes=15))
        first = case.invitation_id
        for name in ("partner_id", "email", "survey_id", "outcome_id", "subject"):
            self.assertEqual(reask[name], first[name], name)

    def test_it_belongs_to_the_owner_of_the_case(self):
        reask = self.closed_case().reask_id
        self.assertEqual(reask.user_id, self.boss)
        self.assertEqual(reask.department_id, self.support)

    def test_it_leaves_in_spite_of_cool_down_sampling_and_daily_limit(self):
        self.company.nps_cooldown_answered_days = 90
        case = self.closed_case()
        self.survey.write({"sampling_share": 0, "daily_cap": 1})
        self.assertEqual(self.send_reask(case).state, "sent")

    def test_an_opt_out_stops_it(self):
        case = self.closed_case()
        case.invitation_id._opt_out()
        self.assertEqual(self.send_reask(case).suppression_reason, "opted_out")

    def test_another_open_case_stops_it(self):
        case = self.closed_case()
        self.case_of(1, self.make_ticket())
        self.assertEqual(self.send_reask(case).suppression_reason, "open_case")

    def test_an_ordinary_survey_keeps_its_cool_down(self):
        self.company.nps_cooldown_answered_days = 90
        self.closed_case()
        self.assertEqual(self.pick().suppression_reason, "cooldown")

    def test_nobody_is_reminded_of_it(self):
        self.survey.reminder_days = 3
        self.assertFalse(self.send_reask(self.closed_case()).reminder_at)

    def test_a_reopened_case_withdraws_it_and_closing_plans_another(self):
        case = self.closed_case()
        first = case.reask_id
        case.action_reopen()
        self.assertEqual(
            (first.state, first.cancel_reason), ("cancelled", "case_reopened")
        )
        self.close(case)
        self.assertNotEqual(case.reask_id, first)

    def test_a_case_closed_twice_asks_no_second_time(self):
        case = self.closed_case()
        reask = self.send_reask(case)
        case.action_reopen()
        self.close(case)
        self.assertEqual(case.reask_id, reask)

    def test_an_unhappy_answer_to_it_gets_a_case_but_no_further_survey(self):
        reask = self.closed_case().reask_id
        self.make_link(reask)
        self.answer(reask, 1)
        with self.later(minutes=11):
            self.run_case_cron()
        self.assertEqual(reask.case_ids.state, "new")
        self.close(reask.case_ids)
        self.assertFalse(reask.case_ids.reask_id)

    def test_a_withdrawn_case_asks_nobody(self):
        case = self.case_of(2)
        self.answer(case.invitation_id, 9, change=True)
        self.run_case_cron()
        self.assertFalse(case.reask_id)

    def test_it_can_be_switched_off(self):
        self.company.nps_reask_days = 0
        self.assertFalse(self.closed_case().reask_id)

    def test_its_answer_is_told_on_the_case(self):
        case = self.closed_case()
        self.make_link(case.reask_id)
        self.answer(case.reask_id, 9)
        with self.enter_registry_test_mode():
            self.env.ref("nps.ir_cron_nps_echo").method_direct_trigger()
        self.assertIn("asked again: 9 of 10", self.log_of(case))

    def test_the_audit_of_agents_leaves_it_out(self):
        self.closed_case()
        audit = self.env["nps.ask.audit"].create({})
        counted = self.env["nps.report"].search(audit._domain())
        self.assertFalse(counted.filtered("is_reask"))

    def test_an_answer_that_does_not_count_any_more_stops_it(self):
        case = self.closed_case()
        case.response_id.action_exclude("wrong_person", "It was somebody else")
        self.run_case_cron()
        self.assertEqual(case.reask_id.cancel_reason, "answer_gone")

    def test_a_correction_upwards_stops_it(self):
        case = self.closed_case()
        self.answer(case.invitation_id, 10, change=True)
        self.run_case_cron()
        self.assertEqual(case.reask_id.cancel_reason, "answer_gone")
        self.assertIn("from 2 to 10", self.log_of(case))
