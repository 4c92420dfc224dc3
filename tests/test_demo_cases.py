from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..demo.staff import AGENTS, MANAGERS


@tagged("post_install", "-at_install")
class TestDemoCases(TransactionCase):
    """The demo company's cases are such as the addon itself would have."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["nps.demo"]._load()
        agents = [agent.login for agent in AGENTS]
        cls.cases = cls.env["nps.case"].search([("agent_id.login", "in", agents)])

    def test_there_are_open_and_closed_ones_of_every_kind(self):
        states = self.cases.grouped("state")
        self.assertGreater(len(states["done"]), 80)
        for state in ("new", "contacted", "unreachable"):
            self.assertTrue(states.get(state), state)
        self.assertGreater(len(self.cases.root_cause_id), 5)
        self.assertEqual(
            set(self.cases.mapped("punctuality")), {False, "on_time", "late"}
        )

    def test_every_case_has_the_owner_and_rule_that_the_addon_would_find(self):
        managers = {manager.login for manager in MANAGERS}
        self.assertLessEqual(set(self.cases.user_id.mapped("login")), managers)
        for case in self.cases:
            self.assertNotEqual(case.user_id, case.agent_id)
            self.assertEqual(
                case.rule_id, self.env["nps.case.rule"]._for_response(case.response_id)
            )

    def test_closed_ones_have_cause_and_result_and_nothing_planned(self):
        closed = self.cases.filtered(lambda case: not case.is_open)
        self.assertTrue(all(case.root_cause_id and case.result for case in closed))
        self.assertFalse(closed.activity_ids)
        self.assertFalse(closed.filtered("chase_at"))

    def test_open_ones_have_one_activity_each(self):
        opened = self.cases.filtered("is_open")
        planned = opened.mapped(lambda case: len(case.activity_ids))
        self.assertEqual(set(planned), {1})

    def test_moments_of_a_case_follow_each_other(self):
        now = fields.Datetime.now()
        for case in self.cases:
            moments = [case.opened_at, case.contacted_at, case.closed_at, now]
            known = [moment for moment in moments if moment]
            self.assertEqual(known, sorted(known))

    def test_nobody_was_asked_while_his_case_was_open(self):
        for case in self.cases:
            asked = self.env["nps.invitation"].search_count(
                [
                    ("email_normalized", "=", case.email_normalized),
                    ("asked_at", ">", case.opened_at),
                    ("asked_at", "<", case.closed_at or fields.Datetime.now()),
                ]
            )
            self.assertFalse(asked)

    def test_who_was_shielded_had_an_open_case(self):
        shielded = self.env["nps.invitation"].search(
            [("suppression_reason", "=", "open_case")]
        )
        self.assertTrue(shielded)
        cases = self.cases.grouped("email_normalized")
        for invitation in shielded:
            decided_at = invitation._delayed_moment()
            spans = [
                (case.opened_at, case.closed_at or decided_at)
                for case in cases[invitation.email_normalized]
            ]
            self.assertTrue(any(start <= decided_at <= end for start, end in spans))

    def test_who_was_asked_again_answers_better_on_the_whole(self):
        answered = self.cases.filtered(lambda case: case.reask_id.answered_at)
        self.assertGreater(len(answered), 20)
        gains = [
            case.reask_id._counted_response().score - case.score for case in answered
        ]
        self.assertGreater(sum(gains) / len(gains), 1)

    def test_nothing_of_it_is_waiting_to_be_sent(self):
        reasks = self.cases.reask_id
        self.assertFalse(reasks.filtered(lambda i: i.state == "queued"))
        self.assertFalse(reasks.filtered("scheduled_at"))
        self.assertFalse(
            self.env["mail.mail"].search_count([("model", "=", "nps.case")])
        )

    def test_the_first_reminders_come_in_some_hours(self):
        soon = fields.Datetime.now() + timedelta(hours=7)
        opened = self.cases.filtered("is_open")
        self.assertGreater(min(opened.mapped("chase_at")), soon)

    def test_agents_contest_some_answers(self):
        disputes = self.env["nps.dispute"].search(
            [("response_id.user_id.login", "in", [agent.login for agent in AGENTS])]
        )
        states = disputes.mapped("state")
        self.assertGreaterEqual(states.count("open"), 2)
        self.assertTrue({"accepted", "rejected"} < set(states))
        self.assertEqual(disputes.raised_by_id, disputes.response_id.user_id)

    def test_three_people_hear_of_answers_in_odoo(self):
        subscribed = self.env["nps.subscription"].search(
            [("user_id.login", "in", ["judith", "helena", "anna"])]
        )
        self.assertEqual(len(subscribed), 3)
        self.assertEqual(set(subscribed.mapped("channel")), {"inbox"})

    def test_some_customers_are_quoted_on_a_page_of_the_website(self):
        quotes = self.env["nps.quote"].search(
            [("response_id.user_id.login", "in", [agent.login for agent in AGENTS])]
        )
        states = quotes.mapped("state")
        self.assertEqual((states.count("approved"), states.count("draft")), (6, 3))
        self.assertTrue(self.env.ref("nps.demo_customers_website_page").is_published)

    def test_some_customers_are_at_risk_and_some_accounts_silent(self):
        head = self.env["res.users"].search([("login", "=", "helena")])
        self.assertGreater(self.env["nps.risk"].with_user(head).search_count([]), 10)
        silent = self.env["nps.silent.account"].with_user(head).search([])
        self.assertGreaterEqual(len(silent), 3)
