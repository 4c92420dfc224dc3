from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common_risk import NOW, RiskCommon


@tagged("post_install", "-at_install")
class TestSilentAccounts(RiskCommon):
    """Which contact ends the silence of a company, and which does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask(190, 9)

    def accounts(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        accounts = self.env["nps.silent.account"]
        if user:
            accounts = accounts.with_user(user)
        return accounts.search([("partner_id", "=", self.customer_company.id)])

    def long_ago(self, days=190):
        return freeze_time(NOW - timedelta(days=days))

    def test_a_company_without_answer_and_contact_for_months_is_silent(self):
        self.assertRecordValues(
            self.accounts(),
            [
                {
                    "people": 1,
                    "interactions": 1,
                    "answers": 1,
                    "last_answer_at": NOW - timedelta(days=190),
                    "last_contact_at": NOW - timedelta(days=190),
                }
            ],
        )

    def test_the_months_are_a_setting(self):
        self.company.nps_silent_months = 7
        self.assertFalse(self.accounts())

    def test_it_is_silent_from_the_day_on_which_the_months_are_over(self):
        self.ask(182)  # 2025-12-15
        with freeze_time(NOW):
            self.assertFalse(self.accounts())
        with freeze_time(NOW + timedelta(seconds=1)):
            self.assertTrue(self.accounts())

    def test_an_outcome_that_was_picked_is_contact(self):
        self.ask(3, customer=self.colleague)
        self.assertFalse(self.accounts())

    def test_a_ticket_is_contact(self):
        ticket = self.make_ticket(partner_id=self.colleague.id)
        self.assertFalse(self.accounts())
        self.set_created(ticket)
        self.assertTrue(self.accounts())

    def test_a_message_on_an_old_ticket_is_contact(self):
        with self.long_ago():
            ticket = self.make_ticket()
        self.set_created(ticket)
        self.write_on(ticket, "mt_note")
        self.assertTrue(self.accounts())
        self.write_on(ticket, "mt_comment")
        self.assertFalse(self.accounts())

    def set_created(self, ticket):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s",
            [NOW - timedelta(days=190), ticket.id],
        )
        self.env.cr.execute(
            "UPDATE mail_message SET date = %s WHERE model = 'helpdesk.ticket'"
            " AND res_id = %s",
            [NOW - timedelta(days=190), ticket.id],
        )

    def test_a_message_to_a_contact_is_contact_and_a_note_is_none(self):
        self.write_on(self.colleague, "mt_note")
        self.assertTrue(self.accounts())
        self.write_on(self.colleague, "mt_comment")
        self.assertFalse(self.accounts())

    def write_on(self, record, subtype):
        record.message_post(
            body="Hello", message_type="comment", subtype_xmlid=f"mail.{subtype}"
        )

    def test_an_email_of_one_of_its_people_anywhere_is_contact(self):
        channel = self.env["res.partner"].create({"name": "Somebody else"})
        channel.message_post(
            body="Hello", author_id=self.colleague.id, message_type="email"
        )
        self.assertFalse(self.accounts())

    def test_an_activity_that_was_done_is_contact_and_a_planned_one_is_none(self):
        activity = self.customer.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.agent.id
        )
        self.assertTrue(self.accounts())
        activity.action_feedback(feedback="Called")
        self.assertFalse(self.accounts())

    def test_persons_of_no_company_and_archived_companies_are_no_accounts(self):
        single = self.make_customer("Solo", "solo@solo.example", parent_id=False)
        self.ask(190, customer=single)
        accounts = self.env["nps.silent.account"]
        self.assertFalse(accounts.search([("partner_id", "=", single.id)]))
        self.customer_company.active = False
        self.assertFalse(self.accounts())

    def test_managers_see_the_accounts_of_their_departments(self):
        manager = self.make_agent(
            "manager", self.support, groups="nps.nps_group_team_manager"
        )
        self.assertFalse(self.accounts(manager))
        self.support.manager_id = manager.employee_id
        account = self.accounts(manager)
        self.assertTrue(account)
        self.assertEqual(account.nps_category, "promoter")
        action = account.action_open_customer()
        self.assertEqual(action["res_id"], self.customer_company.id)

    def test_other_companies_see_none(self):
        other = self.env["res.company"].create({"name": "Other"})
        outsider = self.make_agent(
            "outsider",
            groups="nps.nps_group_analyst",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.accounts(outsider))

    def test_accounts_are_grouped_by_salesperson(self):
        self.customer_company.user_id = self.agent
        self.env.flush_all()
        groups = self.env["nps.silent.account"]._read_group(
            [("partner_id", "=", self.customer_company.id)],
            ["salesperson_id"],
            ["people:sum"],
        )
        self.assertEqual(groups, [(self.agent, 1)])

    def test_an_export_holds_no_formula(self):
        self.customer_company.name = "=1+1"
        cells = self.accounts().export_data(["partner_id/name"])["datas"][0]
        self.assertEqual(cells, ["'=1+1"])
