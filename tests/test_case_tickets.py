from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import NpsCaseCommon


@tagged("post_install", "-at_install")
class TestCaseTickets(NpsCaseCommon):
    """Cases on tickets and contacts, and tickets and cases made from each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.nps_case_grace_minutes = 0

    def setUp(self):
        super().setUp()
        self.ticket = self.make_ticket()

    def test_the_cases_of_a_ticket_and_of_a_customer_are_one_click_away(self):
        case = self.case_of(2, self.ticket)
        for record in (self.ticket, self.customer, self.customer_company):
            record = record.with_user(self.boss)
            self.assertEqual(record.nps_case_count, 1)
            self.assertEqual(record.action_nps_open_cases()["res_id"], case.id)

    def test_a_closed_case_of_a_customer_is_not_counted_but_found(self):
        self.close(self.case_of(2, self.ticket))
        customer = self.customer.with_user(self.boss)
        self.assertEqual((customer.nps_case_count, customer.nps_has_case), (0, True))

    def test_a_ticket_made_from_a_case_is_filled_in_and_linked(self):
        case = self.case_of(2, self.ticket)
        action = case.with_user(self.boss).action_create_ticket()
        form = Form(
            self.env["helpdesk.ticket"]
            .with_user(self.boss)
            .with_context(**action["context"])
        )
        form.description = "Send a new one"
        ticket = form.save()
        self.assertEqual(ticket.partner_id, self.customer)
        self.assertEqual(case.followup_ids, ticket)
        self.assertEqual(ticket.with_user(self.boss).nps_case_count, 1)

    def test_a_case_made_from_an_answered_ticket_is_about_its_answer(self):
        invitation = self.ask_and_answer(9, self.ticket)
        self.ticket.with_user(self.boss).action_nps_create_case()
        case = invitation.case_ids
        self.assertEqual((case.score, case.ticket_id), (9, self.ticket))

    def test_a_case_made_from_a_ticket_without_an_answer_has_an_owner_and_a_deadline(
        self,
    ):
        self.ticket.with_user(self.agent).action_nps_create_case()
        case = self.env["nps.case"].search([("ticket_id", "=", self.ticket.id)])
        self.assertEqual((case.user_id, case.agent_id), (self.boss, self.agent))
        self.assertTrue(case.due_at and case.activity_ids)
        self.assertFalse(case.category or case.response_id)

    def test_an_agent_who_may_not_read_it_is_told_who_takes_care(self):
        action = self.ticket.with_user(self.agent).action_nps_create_case()
        self.assertIn(self.boss.name, action["params"]["message"])

    def test_a_second_open_case_is_refused(self):
        self.case_of(2, self.ticket)
        with self.assertRaisesRegex(UserError, "open case already"):
            self.ticket.with_user(self.boss).action_nps_create_case()

    def test_a_case_is_made_from_a_contact_too(self):
        self.customer.with_user(self.boss).action_nps_create_case()
        case = self.env["nps.case"].search([("partner_id", "=", self.customer.id)])
        self.assertTrue(case.user_id and case.due_at)
        self.assertFalse(case.agent_id)

    def test_a_case_is_made_for_a_customer_at_risk(self):
        for _index in range(2):
            self.ask_and_answer(1, self.make_ticket())
        self.env["nps.risk"]._refresh(self.customer)
        risk = self.env["nps.risk"].search([("partner_id", "=", self.customer.id)])
        risk[:1].with_user(self.boss).action_open_case()
        self.assertTrue(self.customer.with_user(self.boss).nps_case_count)

    def test_who_is_no_nps_user_opens_no_case(self):
        plain = self.make_agent("plain", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.customer.with_user(plain).action_nps_create_case()

    def test_a_deleted_ticket_leaves_the_case(self):
        case = self.case_of(2, self.ticket)
        self.ticket.unlink()
        self.assertTrue(case.exists())
        self.assertFalse(case.ticket_id)

    def test_merged_contacts_keep_their_cases(self):
        case = self.case_of(2)
        twin = self.make_customer("Twin", "twin@x.example")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | twin).ids, twin
        )
        case.invalidate_recordset()
        self.assertEqual(case.partner_id, twin)

    def test_a_case_without_an_interaction_opens_the_customer(self):
        self.customer.with_user(self.boss).action_nps_create_case()
        case = self.env["nps.case"].search([("partner_id", "=", self.customer.id)])
        action = case.with_user(self.boss).action_open_interaction()
        self.assertEqual(action["res_id"], self.customer.id)

    def test_a_case_of_another_company_is_none_here(self):
        case = self.case_of(2)
        case.sudo().company_id = self.env["res.company"].create({"name": "Other"})
        self.customer.with_user(self.boss).action_nps_create_case()
        here = self.env["nps.case"].search(
            [
                ("partner_id", "=", self.customer.id),
                ("company_id", "=", self.company.id),
            ]
        )
        self.assertEqual(len(here), 1)

    def test_a_case_made_from_a_contact_is_not_about_a_happy_answer(self):
        self.ask_and_answer(3)
        self.ask_and_answer(10)
        self.customer.with_user(self.boss).action_nps_create_case()
        case = self.env["nps.case"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(case.score, 3)

    def test_a_case_made_by_hand_says_by_whom(self):
        self.ticket.with_user(self.boss).action_nps_create_case()
        case = self.env["nps.case"].search([("ticket_id", "=", self.ticket.id)])
        self.assertIn(f"Opened by {self.boss.name}", self.log_of(case))

    def test_the_rated_agent_who_opens_a_case_does_not_follow_it(self):
        self.ticket.with_user(self.agent).action_nps_create_case()
        case = self.env["nps.case"].search([("ticket_id", "=", self.ticket.id)])
        self.assertNotIn(self.agent.partner_id, case.message_partner_ids)
