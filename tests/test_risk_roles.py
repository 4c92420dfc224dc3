from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_risk import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskRoles(RiskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.make_agent("seller", cls.sales)
        cls.manager, cls.sales_manager = (
            cls.make_agent(f"m{n}", department, groups="nps.nps_group_team_manager")
            for n, department in enumerate((cls.support, cls.sales))
        )
        cls.support.manager_id = cls.manager.employee_id
        cls.sales.manager_id = cls.sales_manager.employee_id
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.stranger = cls.make_customer(
            "Stella", "stella@sea.example", parent_id=False
        )
        cls.say(2, 2)
        for days in (9, 8):
            cls.ask(days, 2, cls.stranger, user=cls.seller)
        cls.look()

    def assertSees(self, user, *customers):
        partners = self.customer | self.stranger
        rows = self.env["nps.risk"].with_user(user)
        found = rows.search([("partner_id", "in", partners.ids)])
        self.assertEqual({row.partner_id for row in found}, set(customers))
        self.assertTrue(all(row.reasons for row in found))
        return found

    def test_a_manager_sees_the_customers_with_whom_his_departments_dealt(self):
        for user, customer in (
            (self.manager, self.customer),
            (self.sales_manager, self.stranger),
        ):
            found = self.assertSees(user, customer)
            self.assertTrue(found.is_in_my_departments)

    def test_a_customer_belongs_to_all_departments_that_dealt_with_him(self):
        self.ask(1, customer=self.stranger)
        self.assertSees(self.manager, self.customer, self.stranger)

    def test_an_analyst_sees_all(self):
        self.assertSees(self.analyst, self.customer, self.stranger)

    def test_an_agent_has_no_list_but_sees_the_flag_of_any_customer(self):
        self.assertFalse(self.env["nps.risk"].with_user(self.agent).has_access("read"))
        self.assertTrue(self.stranger.with_user(self.agent).nps_risk_text)
        menus = self.env["ir.ui.menu"].with_user(self.agent)._visible_menu_ids()
        self.assertNotIn(self.env.ref("nps.nps_customers_menu").id, menus)

    def test_other_companies_see_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        outsider = self.make_agent(
            "outsider",
            groups="nps.nps_group_analyst",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertSees(outsider)
        customer = self.customer.with_user(outsider)
        self.assertFalse(customer.nps_is_at_risk)
        self.assertFalse(customer.nps_risk_text)
        partners = self.env["res.partner"].with_user(outsider)
        at_risk = partners.search([("nps_is_at_risk", "=", True)])
        self.assertNotIn(self.customer, at_risk)

    def test_nobody_writes_risks_or_reads_the_notes_of_the_cron(self):
        admin = self.env.ref("base.user_admin")
        for user in (admin, self.manager, self.analyst):
            for operation in ("create", "write", "unlink"):
                for model in ("nps.risk", "nps.silent.account"):
                    records = self.env[model].with_user(user)
                    self.assertFalse(records.has_access(operation))
            self.assertFalse(
                self.env["nps.risk.news"].with_user(user).has_access("read")
            )

    def test_an_employee_without_a_role_does_not_see_the_flag(self):
        employee = self.make_agent("employee", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.customer.with_user(employee).read(["nps_risk_text"])

    def test_an_export_holds_no_formula(self):
        self.customer.name = "=1+1"
        self.env.ref("base.group_allow_export").user_ids = [(4, self.analyst.id)]
        rows = self.env["nps.risk"].with_user(self.analyst)
        found = rows.search([("partner_id", "=", self.customer.id)])
        cells = found.export_data(["partner_id/name", "reasons"])["datas"][0]
        self.assertEqual(cells[0], "'=1+1")

    def test_an_activity_is_planned_on_the_contacts(self):
        rows = self.env["nps.risk"].with_user(self.analyst).search([])
        action = rows.action_plan_activity()
        wizard = (
            self.env["mail.activity.schedule"]
            .with_user(self.analyst)
            .with_context(**action["context"])
            .create({"summary": "Call"})
        )
        self.assertEqual(wizard.res_model, "res.partner")

    def test_a_row_opens_the_contact(self):
        row = self.env["nps.risk"].search([("partner_id", "=", self.customer.id)])
        action = row.with_user(self.analyst).action_open_customer()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", self.customer.id)
        )

    def test_rows_are_grouped_by_reason_company_and_salesperson(self):
        rows = self.env["nps.risk"].with_user(self.analyst)
        for name in ("rule", "commercial_partner_id", "salesperson_id", "since:month"):
            with self.subTest(name=name):
                self.assertTrue(rows.formatted_read_group([], [name], ["__count"]))
