from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NpsCaseCommon


@tagged("post_install", "-at_install")
class TestCaseRoles(NpsCaseCommon):
    """Who sees which cases, and who sets up their rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.nps_case_grace_minutes = 0
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.colleague = cls.make_agent("colleague", cls.phone)

    def setUp(self):
        super().setUp()
        self.case = self.case_of(3)

    def sees(self, user):
        return bool(self.env["nps.case"].with_user(user).search_count([]))

    def test_the_rated_agent_does_not_see_the_case(self):
        self.assertFalse(self.sees(self.agent))

    def test_an_agent_sees_and_works_on_the_cases_he_owns(self):
        self.case.user_id = self.colleague
        case = self.case.with_user(self.colleague)
        self.assertEqual(case.state, "new")
        case.note = "I will call him."
        self.assertIn("call him", self.case.note)

    def test_managers_see_the_cases_of_their_department_tree(self):
        self.assertTrue(self.sees(self.boss) and self.sees(self.head))

    def test_a_manager_of_another_department_sees_none(self):
        other = self.make_agent("other", groups="nps.nps_group_team_manager")
        self.sales.manager_id = other.employee_id
        self.assertFalse(self.sees(other))

    def test_an_analyst_sees_all_of_his_companies(self):
        self.assertTrue(self.sees(self.analyst))
        self.case.sudo().company_id = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self.sees(self.analyst))

    def test_a_follower_reads_the_case_and_does_not_change_it(self):
        self.case.message_subscribe(partner_ids=self.colleague.partner_id.ids)
        case = self.case.with_user(self.colleague)
        self.assertEqual(case.state, "new")
        with self.assertRaises(AccessError):
            case.note = "Mine"

    def test_employees_who_are_no_nps_users_see_none(self):
        plain = self.make_agent("plain", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["nps.case"].with_user(plain).search_count([])

    def test_only_administrators_set_up_rules_and_root_causes(self):
        for model, values in (
            ("nps.case.rule", {"name": "Mine"}),
            ("nps.root.cause", {"name": "Mine"}),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.analyst).create(values)

    def test_the_owner_reads_what_the_customer_said_without_reading_his_answer(self):
        self.case.user_id = self.colleague
        values = self.case.with_user(self.colleague).web_read(
            {"comment": {}, "category": {}, "reason_ids": {}, "display_name": {}}
        )
        self.assertEqual(values[0]["category"], "detractor")
        with self.assertRaises(AccessError):
            self.case.response_id.with_user(self.colleague).read(["score"])

    def test_the_dialog_to_close_a_case_tells_nothing_to_others(self):
        dialogs = self.env["nps.case.close"].with_user(self.colleague)
        dialog = dialogs.with_context(active_id=self.case.id).create(
            {"root_cause_id": self.cause.id, "result": "won_back"}
        )
        with self.assertRaises(AccessError):
            dialog.read(["reask_days"])
        with self.assertRaises(AccessError):
            dialog.action_close()

    def test_nobody_ties_a_ticket_to_a_case_that_he_does_not_work_on(self):
        ticket = self.make_ticket()
        with self.assertRaises(AccessError):
            ticket.with_user(self.agent).nps_case_id = self.case
        with self.assertRaises(AccessError):
            self.env["helpdesk.ticket"].with_user(self.agent).create(
                {"name": "X", "description": "X", "nps_case_id": self.case.id}
            )

    def test_the_name_of_a_case_tells_no_score(self):
        self.assertNotIn("3", self.case.display_name)

    def test_who_may_not_read_a_case_does_not_open_its_interaction(self):
        with self.assertRaises(AccessError):
            self.case.with_user(self.colleague).action_open_interaction()

    def test_who_only_has_a_to_do_on_a_case_ends_it_and_moves_nothing(self):
        plain = self.make_agent("plain", groups="base.group_user")
        to_do = self.case.activity_schedule(
            "mail.mail_activity_data_call", user_id=plain.id
        )
        to_do.with_user(plain).action_feedback()
        self.assertEqual(self.case.state, "new")

    def test_the_types_of_activities_that_cases_plan_cannot_be_deleted(self):
        with self.assertRaises(UserError):
            self.env.ref("nps.mail_activity_type_nps_contact").unlink()

    def test_a_form_of_a_case_looks_up_no_other_answer(self):
        other = self.case_of(1, self.make_customer("Other", "other@x.example"))
        other.response_id.sudo().comment = "Secret"
        self.case.user_id = self.colleague
        values = {"response_id": other.response_id.id}
        found = self.case.with_user(self.colleague).onchange(
            values, ["response_id"], {"comment": {}, "response_id": {}}
        )
        self.assertNotIn("Secret", str(found))
