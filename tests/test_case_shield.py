from odoo.tests import tagged

from .common import NpsCaseCommon, NpsMailCommon


@tagged("post_install", "-at_install")
class TestCaseShield(NpsCaseCommon, NpsMailCommon):
    """Who waits for a complaint to be settled is not asked how happy he is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.nps_case_grace_minutes = 0
        cls.colleague = cls.make_customer("Cora Colleague", "cora@bluesky.example")

    def test_an_open_case_stops_the_next_survey(self):
        self.case_of(2)
        invitation = self.pick(self.make_ticket())
        self.assertEqual(invitation.suppression_reason, "open_case")

    def test_it_stops_what_was_queued_before(self):
        later = self.make_outcome("later", delay_hours=1)
        invitation = self.pick(code=later.code)
        self.case_of(2)
        with self.later(hours=2), self.mail_server():
            self.run_send_cron()
        self.assertEqual(invitation.suppression_reason, "open_case")

    def test_it_stops_reminders(self):
        self.survey.reminder_days = 3
        invitation = self.pick(self.make_ticket())
        with self.mail_server():
            self.run_send_cron()
        self.assertTrue(invitation.reminder_at)
        self.case_of(2)
        self.assertFalse(invitation.reminder_at)
        self.assertEqual(invitation.reminder_stop_reason, "open_case")

    def test_the_same_address_on_another_contact_is_shielded_too(self):
        self.case_of(2)
        twin = self.make_customer("C. Customer", self.customer.email)
        self.assertEqual(self.pick(twin).suppression_reason, "open_case")

    def test_a_closed_case_shields_nobody(self):
        self.close(self.case_of(2))
        self.assertEqual(self.pick(self.make_ticket()).state, "queued")

    def test_a_colleague_of_the_customer_is_asked(self):
        self.case_of(2)
        self.assertEqual(self.pick(self.colleague).state, "queued")

    def test_by_setting_the_whole_company_is_shielded(self):
        self.company.nps_case_shields_company = True
        self.case_of(2)
        self.assertEqual(self.pick(self.colleague).suppression_reason, "open_case")

    def test_a_case_in_another_company_shields_nobody(self):
        case = self.case_of(2)
        case.sudo().company_id = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self.pick(self.make_ticket()).state, "queued")
