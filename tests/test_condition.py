from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common_queue import QueueCommon


@tagged("post_install", "-at_install")
class TestFacts(QueueCommon):
    """What rules know of a customer."""

    def test_nothing_is_known_of_a_new_customer(self):
        facts = self.facts()
        self.assertEqual(facts["category"], "none")
        self.assertEqual(facts["case_state"], "none")
        self.assertEqual(facts["reason_ids"], set())
        self.assertFalse(facts["is_at_risk"])

    def test_his_last_answer_counts_with_its_reasons(self):
        slow = self.make_reason("Too slow")
        self.say(9)
        self.say(2, reasons=slow)
        facts = self.facts()
        self.assertEqual((facts["category"], facts["source"]), ("detractor", "own"))
        self.assertEqual(facts["reason_ids"], set(slow.ids))

    def test_an_archived_reason_stays_given(self):
        slow = self.make_reason("Too slow")
        self.say(2, reasons=slow)
        slow.active = False
        self.assertEqual(self.facts()["reason_ids"], set(slow.ids))

    def test_the_company_speaks_for_who_never_answered(self):
        slow = self.make_reason("Too slow")
        self.say(2, reasons=slow)
        colleague = self.make_customer("Cora", "cora@bluesky.example")
        facts = self.facts(colleague)
        self.assertEqual((facts["category"], facts["source"]), ("detractor", "company"))
        self.assertEqual(facts["reason_ids"], set(slow.ids))

    def test_a_case_is_open_then_promised_then_overdue_then_closed(self):
        case = self.open_case()
        self.assertEqual(self.facts()["case_state"], "open")
        tomorrow = fields.Date.today() + timedelta(days=1)
        case.write({"promise": "A new part", "promise_date": tomorrow})
        self.assertEqual(self.facts()["case_state"], "promised")
        with self.later(days=2):
            self.assertEqual(self.facts()["case_state"], "overdue")
        self.close(case)
        self.assertEqual(self.facts()["case_state"], "closed")
        with self.later(days=91):
            self.assertEqual(self.facts()["case_state"], "none")

    def test_a_missed_deadline_makes_a_case_overdue(self):
        self.open_case()
        with self.later(days=30):
            self.env.invalidate_all()
            self.assertEqual(self.facts()["case_state"], "overdue")

    def test_a_withdrawn_case_is_none(self):
        case = self.open_case()
        case.sudo().state = "withdrawn"
        self.assertEqual(self.facts()["case_state"], "none")

    def test_the_case_of_a_colleague_is_the_companys(self):
        self.open_case()
        colleague = self.make_customer("Cora", "cora@bluesky.example")
        self.assertEqual(self.facts(colleague)["case_state"], "open")
        self.assertEqual(self.facts(self.customer_company)["case_state"], "open")

    def test_an_open_case_of_the_company_comes_before_his_own_closed_one(self):
        self.close(self.open_case())
        colleague = self.make_customer("Cora", "cora@bluesky.example")
        self.open_case(colleague)
        self.assertEqual(self.facts()["case_state"], "open")

    def test_a_closed_case_of_a_colleague_says_nothing(self):
        self.close(self.open_case())
        colleague = self.make_customer("Cora", "cora@bluesky.example")
        self.assertEqual(self.facts(colleague)["case_state"], "none")
        self.assertEqual(self.facts(self.customer_company)["case_state"], "closed")

    def test_who_is_at_risk_is_told_without_his_colleagues_risks(self):
        colleague = self.make_customer("Cora", "cora@bluesky.example")
        self.env["nps.risk"].sudo().create(
            {
                "partner_id": self.customer.id,
                "commercial_partner_id": self.customer_company.id,
                "company_id": self.company.id,
                "rule": "silent",
                "scope": "person",
                "since": fields.Datetime.now(),
                "facts": {},
                "facts_key": "x",
            }
        )
        people = self.customer | colleague | self.customer_company
        risky = {
            customer: facts["is_at_risk"]
            for customer, facts in zip(
                people, people._nps_facts().values(), strict=True
            )
        }
        self.assertEqual(
            risky,
            {self.customer: True, colleague: False, self.customer_company: True},
        )

    def test_cases_and_reasons_of_other_companies_are_not_known(self):
        self.say(2, reasons=self.make_reason("Too slow"))
        self.open_case()
        other = self.env["res.company"].create({"name": "Other"})
        facts = self.facts(allowed_company_ids=other.ids)
        self.assertEqual(facts["case_state"], "none")
        self.assertEqual(facts["reason_ids"], set())

    def test_an_agent_who_may_read_no_case_gets_the_facts(self):
        self.say(2)
        self.open_case()
        customer = self.customer.with_user(self.agent)
        self.assertFalse(self.env["nps.case"].with_user(self.agent).search([]))
        facts = customer._nps_facts()[customer.id]
        self.assertEqual(
            (facts["category"], facts["case_state"]), ("detractor", "open")
        )

    def test_many_customers_cost_no_more_queries_than_one(self):
        self.say(2)
        self.open_case()
        people = self.customer
        for number in range(20):
            person = self.make_customer(f"P{number}", f"p{number}@x.example")
            people |= person
        self.say(3, person)

        def queries(customers):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            customers._nps_facts()
            return self.env.cr.sql_log_count - before

        queries(people)
        self.assertLessEqual(queries(people), queries(self.customer) + 2)


@tagged("post_install", "-at_install")
class TestCondition(QueueCommon):
    """When a rule holds."""

    def assertHolds(self, facts, **conditions):
        self.assertTrue(self.make_opening(**conditions)._holds(facts))

    def assertHoldsNot(self, facts, **conditions):
        self.assertFalse(self.make_opening(**conditions)._holds(facts))

    def known(self, **facts):
        return {**self.facts(), **facts}

    def test_no_condition_holds_for_everybody(self):
        self.assertHolds(self.facts())

    def test_the_answer_and_the_trend_have_to_be_the_same(self):
        facts = self.known(category="detractor", trend="down")
        self.assertHolds(facts, category="detractor", trend="down")
        self.assertHoldsNot(facts, category="passive")
        self.assertHoldsNot(facts, category="none")
        self.assertHoldsNot(facts, trend="up")

    def test_one_of_the_reasons_is_enough(self):
        slow, rude = self.make_reason("Slow"), self.make_reason("Rude")
        both = [Command.set((slow | rude).ids)]
        self.assertHolds(self.known(reason_ids={rude.id}), reason_ids=both)
        self.assertHoldsNot(self.known(reason_ids=set()), reason_ids=both)

    def test_open_means_every_open_case(self):
        for state in ("open", "promised", "overdue"):
            self.assertHolds(self.known(case_state=state), case_state="open")
        for state in ("none", "closed"):
            self.assertHoldsNot(self.known(case_state=state), case_state="open")

    def test_promised_and_overdue_mean_just_that(self):
        facts = self.known(case_state="promised")
        self.assertHolds(facts, case_state="promised")
        self.assertHoldsNot(facts, case_state="overdue")
        self.assertHoldsNot(facts, case_state="none")

    def test_an_old_answer_says_nothing_unless_the_rule_wants_it(self):
        facts = self.known(category="detractor", is_old=True)
        self.assertHoldsNot(facts, category="detractor")
        self.assertHolds(facts, category="detractor", counts_old=True)

    def test_a_rule_about_cases_alone_does_not_ask_how_old_the_answer_is(self):
        facts = self.known(is_old=True, case_state="open")
        self.assertHolds(facts, case_state="open")

    def test_a_rule_may_want_customers_at_risk(self):
        self.assertHolds(self.known(is_at_risk=True), needs_risk=True)
        self.assertHoldsNot(self.known(is_at_risk=False), needs_risk=True)

    def test_a_rule_says_in_words_for_whom_it_is(self):
        self.assertEqual(self.make_opening().condition_text, "Every customer")
        slow = self.make_reason("Too slow")
        rule = self.make_opening(
            category="detractor",
            trend="down",
            reason_ids=[Command.set(slow.ids)],
            case_state="overdue",
            needs_risk=True,
        )
        self.assertEqual(
            rule.condition_text,
            "Detractor · Getting worse · Because of: Too slow · Overdue case · At risk",
        )

    def test_a_new_rule_comes_last(self):
        first, second = self.make_opening(), self.make_opening()
        self.assertGreater(second.sequence, first.sequence)

    def test_a_rule_is_archived_with_its_last_reason(self):
        slow = self.make_reason("Too slow")
        rule = self.make_opening(reason_ids=[Command.set(slow.ids)])
        slow.unlink()
        self.assertFalse(rule.active)
        self.assertEqual(rule.stop_reason, "scope_gone")
        rule.active = True
        self.assertFalse(rule.stop_reason)

    def test_a_rule_goes_with_its_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        rule = self.make_opening(company_id=other.id)
        other.unlink()
        self.assertFalse(rule.exists())
