from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common_risk import NOW, RiskCommon


@tagged("post_install", "-at_install")
class TestRiskOfACustomer(RiskCommon):
    """What is shown of it, and what becomes of it when the customer changes."""

    def test_the_contact_says_why_the_gravest_reason_first(self):
        self.say(9, 7, 4, 2)
        rows = self.risks_of(self.customer)
        self.assertEqual(rows.filtered("is_main").rule, "unhappy_twice")
        customer = self.customer.with_user(self.agent)
        first, second = customer.nps_risk_text.splitlines()
        self.assertIn("two unhappy answers", first)
        self.assertIn("answers fall", second)
        for row in rows:
            self.assertEqual(row.reasons, customer.nps_risk_text)

    def test_no_reason_names_the_agent(self):
        self.say(9, 7, 4, 2)
        for row in self.risks_of(self.customer):
            self.assertNotIn(self.agent.name, row.reason)
            self.assertNotIn(self.agent.id, [*row.facts.values()])

    def test_customers_at_risk_can_be_searched(self):
        self.say(2, 2)
        self.look()
        partners = self.env["res.partner"].with_user(self.agent)
        own = [("id", "in", (self.customer | self.colleague).ids)]
        for value, found in ((True, self.customer), (False, self.colleague)):
            domain = [("nps_is_at_risk", "=", value), *own]
            self.assertEqual(partners.search(domain), found)
        self.assertIn(
            self.customer_company, partners.search([("nps_is_at_risk", "=", True)])
        )

    def test_the_reason_is_said_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.say(2, 2)
        risk = self.risks_of(self.customer).with_context(lang="de_DE")
        self.assertIn("14.06.2026", risk.reason)

    def test_merged_customers_are_one_customer_at_risk(self):
        self.say(2, 2)
        self.say(3, 3, customer=self.colleague)
        self.look()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(
            (self.customer | self.colleague).ids, self.customer, extra_checks=False
        )
        self.env.invalidate_all()
        rows = self.env["nps.risk"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(len(rows), 1)
        self.assertTrue(rows.is_main)

    def test_merging_brings_what_neither_had_alone(self):
        self.say(2, until=4)
        self.say(3, customer=self.colleague)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(
            (self.customer | self.colleague).ids, self.customer, extra_checks=False
        )
        self.env.invalidate_all()
        rows = self.env["nps.risk"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(rows.rule, "unhappy_twice")

    def test_an_archived_customer_is_at_no_risk_until_he_is_back(self):
        self.say(2, 2)
        self.assertRules(self.customer, "unhappy_twice")
        self.customer.active = False
        self.assertRules(self.customer)
        self.customer.active = True
        self.assertRules(self.customer, "unhappy_twice")

    def test_the_risks_of_a_deleted_customer_vanish(self):
        self.say(2, 2)
        risk = self.risks_of(self.customer)
        self.customer.unlink()
        self.assertFalse(risk.exists())
        self.look()

    def test_a_contact_who_changes_company_takes_his_risk_along(self):
        self.say(2, 2)
        risk = self.risks_of(self.customer)
        other = self.env["res.partner"].create({"name": "Sea", "is_company": True})
        self.customer.parent_id = other
        self.assertEqual(risk.commercial_partner_id, other)


@tagged("post_install", "-at_install")
class TestKnownRisk(RiskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_agent(
            "manager", cls.support, groups="nps.nps_group_team_manager"
        )
        cls.support.manager_id = cls.manager.employee_id
        cls.say(9, 7, 4, 2)
        cls.rows = cls.risks_of(cls.customer).with_user(cls.manager)

    def test_a_manager_notes_that_it_is_known_and_it_is_shown_no_more(self):
        self.rows[0].action_mute()
        self.assertRecordValues(
            self.rows, [{"muted_by_id": self.manager.id, "muted_at": NOW}] * 2
        )
        self.assertFalse(self.customer.with_user(self.agent).nps_is_at_risk)

    def test_it_stays_known_while_the_facts_stay(self):
        self.rows.action_mute()
        self.customer._nps_refresh_risk()
        self.look()
        self.assertTrue(all(self.rows.mapped("muted_at")))

    def test_new_facts_bring_it_back(self):
        self.rows.action_mute()
        self.say(3, until=0)
        self.look()
        self.assertFalse(any(self.rows.exists().mapped("muted_at")))
        self.assertTrue(self.customer.with_user(self.agent).nps_is_at_risk)

    def test_a_new_reason_is_shown_beside_those_that_are_known(self):
        self.rows.action_mute()
        self.make_case(NOW - timedelta(days=1))
        rows = self.risks_of(self.customer)
        shown = rows.filtered(lambda row: row.is_main and not row.muted_at)
        self.assertEqual(shown.rule, "case_overdue")
        self.assertEqual(shown.reasons, shown.reason)

    def test_it_can_be_taken_back(self):
        self.rows.action_mute()
        self.rows.action_unmute()
        self.assertFalse(any(self.rows.mapped("muted_at")))

    def test_an_agent_may_not_say_so(self):
        with self.assertRaises(AccessError):
            self.rows.with_user(self.agent).action_mute()

    def test_a_company_that_falls_is_known_for_ninety_days(self):
        for score in [9] * 20:
            self.ask(200, score, self.colleague)
        for score in [5] * 10:
            self.ask(1, score, self.colleague)
        risk = self.risks_of(self.customer_company)
        risk.with_user(self.manager).action_mute()
        for days, known in ((85, True), (91, False)):
            with freeze_time(NOW + timedelta(days=days)):
                for score in [4] * 10:
                    self.ask(-days, score, self.colleague)
                self.assertRules(self.customer_company, "falling")
                self.assertEqual(bool(risk.muted_at), known)
