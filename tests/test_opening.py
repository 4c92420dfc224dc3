from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_queue import QueueCommon


@tagged("post_install", "-at_install")
class TestOpening(QueueCommon):
    """What an agent says first."""

    def say_first(self, user=None):
        customer = self.customer.with_user(user or self.agent)
        return customer._nps_say_first(customer._nps_facts()[customer.id])

    def test_the_first_rule_that_holds_is_said(self):
        self.make_opening("We are sorry", category="detractor")
        self.make_opening("Hello")
        self.assertEqual(self.say_first(), "Hello")
        self.say(2)
        self.assertEqual(self.say_first(), "We are sorry")

    def test_the_score_card_says_it(self):
        self.make_opening("We are sorry", category="detractor")
        self.say(2)
        card = self.customer.with_user(self.agent).nps_score_card()
        self.assertEqual(card["say_first"], "We are sorry")

    def test_nothing_is_said_where_no_rule_holds(self):
        self.make_opening("We are sorry", category="detractor")
        self.assertEqual(self.say_first(), "")

    def test_an_archived_rule_is_not_said(self):
        self.make_opening("Old", active=False)
        self.assertEqual(self.say_first(), "")

    def test_rules_of_other_companies_are_not_said(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_opening("Of the other", company_id=other.id)
        self.make_opening("Ours", company_id=self.company.id)
        self.assertEqual(self.say_first(), "Ours")

    def test_it_is_said_in_the_language_of_the_agent(self):
        self.env["res.lang"]._activate_lang("de_DE")
        rule = self.make_opening("Hello")
        rule.with_context(lang="de_DE").text = "Guten Tag"
        customer = self.customer.with_context(lang="de_DE")
        self.assertEqual(customer._nps_say_first(self.facts()), "Guten Tag")

    def test_every_state_of_a_customer_has_a_text_from_the_start(self):
        shipped = self.env["nps.opening"].with_context(active_test=False)
        shipped.search([]).active = True
        for category in ("promoter", "passive", "detractor", "none"):
            for state in ("none", "open", "promised", "overdue", "closed"):
                facts = {**self.facts(), "category": category, "case_state": state}
                self.assertTrue(self.customer._nps_say_first(facts), (category, state))

    def test_agents_read_what_is_said_and_not_the_rules(self):
        self.make_opening("Hello")
        self.assertEqual(self.say_first(), "Hello")
        with self.assertRaises(AccessError):
            self.env["nps.opening"].with_user(self.agent).search([])

    def test_only_administrators_write_rules(self):
        rule = self.make_opening("Hello")
        analyst = self.make_agent("analyst", groups="nps.nps_group_analyst")
        with self.assertRaises(AccessError):
            rule.with_user(analyst).text = "Bye"
        admin = self.make_agent("chief", groups="nps.nps_group_manager")
        rule.with_user(admin).text = "Good morning"
        self.assertEqual(rule.text, "Good morning")
