from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import AGENT_GROUPS, NpsCaseCommon

GOOD = [10] * 9 + [8]
FAIR = [9] * 5 + [8] * 3 + [2] * 2
BAD = [0] * 10
NOW = "2026-06-15 10:00:00"
LAST_MONTH = "2026-05-10"


class ExpertCommon(NpsCaseCommon):
    """Agents with results about a matter, and an unhappy customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.billing = cls.env["helpdesk.ticket.category"].create({"name": "Billing"})
        cls.moving = cls.env["helpdesk.ticket.category"].create({"name": "Moving"})
        cls.bert = cls.make_agent("bert", cls.phone)
        cls.cleo = cls.make_agent("cleo", cls.phone)
        cls.dora = cls.make_agent("dora", cls.sales)
        cls.edgar = cls.make_agent("edgar", cls.sales)
        cls.crowd = cls.env["res.partner"].create({"name": "Crowd", "is_company": True})
        cls.analyst = cls.make_agent(
            "analyst", groups=f"nps.nps_group_analyst,{AGENT_GROUPS}"
        )
        cls.team = cls.env["helpdesk.ticket.team"].create(
            {"name": "Desk", "user_ids": (cls.bert + cls.cleo + cls.dora).ids}
        )

    @classmethod
    def results(cls, user, scores, day=LAST_MONTH, category=None, customer=None):
        """Let customers answer an agent about a matter."""
        customer = customer or cls.make_customer("One", "one@crowd.example")
        if customer.parent_id == cls.customer_company and customer != cls.customer:
            customer.parent_id = cls.crowd
        found = cls.env["nps.invitation"].sudo()
        for score in scores:
            ticket = cls.make_ticket(
                partner_id=customer.id,
                category_id=(category or cls.billing).id,
                user_id=user.id,
            )
            invitation = cls.pick(ticket, user=user)
            cls.answer(invitation, score)
            found |= invitation
        found.local_date = day
        found.response_ids.submitted_at = day
        cls.env.flush_all()
        cls.env.invalidate_all()
        return found

    @classmethod
    def disappoint(cls, user, day="2026-06-14"):
        """Let the customer be unhappy with an agent, about another matter."""
        return cls.results(user, [2], day, cls.moving, cls.customer)

    def ticket(self, **values):
        values = {"category_id": self.billing.id, "user_id": False, **values}
        return self.make_ticket(**values)

    def suggest(self, ticket=None, user=None):
        ticket = ticket or self.ticket()
        return ticket.with_user(user or self.agent).nps_experts()

    def names(self, ticket=None, user=None):
        experts = self.suggest(ticket, user)["experts"]
        return [expert["name"].split()[0] for expert in experts]


@tagged("post_install", "-at_install")
class TestExpert(ExpertCommon):
    """Who is suggested, and why."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(NOW))
        super().setUpClass()
        cls.disappoint(cls.edgar)

    # === WHEN === #

    def test_agents_are_suggested_on_an_open_ticket_of_an_unhappy_customer(self):
        self.assertTrue(self.ticket().with_user(self.agent).nps_wants_expert)

    def test_nobody_is_suggested_for_a_happy_customer(self):
        self.results(self.edgar, [10], "2026-06-15", self.moving, self.customer)
        ticket = self.ticket().with_user(self.agent)
        self.assertFalse(ticket.nps_wants_expert)
        self.assertEqual(ticket.nps_experts()["experts"], [])

    def test_nobody_is_suggested_on_a_closed_ticket(self):
        stage = self.env["helpdesk.ticket.stage"].search(
            [("closed", "=", True)], limit=1
        )
        ticket = self.ticket(stage_id=stage.id).with_user(self.agent)
        self.assertFalse(ticket.nps_wants_expert)

    def test_of_a_customer_without_answers_those_of_his_company_count(self):
        silent = self.make_customer("Silent", "silent@bluesky.example")
        ticket = self.ticket(partner_id=silent.id).with_user(self.agent)
        self.assertTrue(ticket.nps_wants_expert)

    # === WHO === #

    def test_the_best_of_the_category_are_suggested_and_not_the_others(self):
        self.results(self.bert, GOOD)
        self.results(self.cleo, BAD)
        self.results(self.dora, GOOD)
        self.assertEqual(self.names(), ["bert", "dora"])

    def test_at_most_three_are_suggested(self):
        for user in (self.bert, self.cleo, self.dora, self.edgar):
            self.results(user, GOOD)
        self.results(self.agent, BAD)
        self.assertEqual(len(self.names(user=self.analyst)), 3)

    def test_nobody_with_fewer_than_five_answers_is_suggested(self):
        self.results(self.bert, [10] * 4)
        self.results(self.cleo, [10] * 5)
        self.results(self.dora, BAD)
        for user in (self.agent, self.analyst):
            with self.subTest(user=user.login):
                self.assertEqual(self.names(user=user), ["cleo"])

    def test_results_in_another_category_do_not_count(self):
        self.results(self.bert, GOOD, category=self.moving)
        self.results(self.cleo, GOOD)
        self.results(self.dora, BAD)
        self.assertEqual(self.names(), ["cleo"])

    def test_a_ticket_without_a_category_counts_them_all(self):
        self.results(self.bert, GOOD, category=self.moving)
        self.results(self.cleo, BAD)
        suggested = self.suggest(self.ticket(category_id=False))
        self.assertEqual([e["id"] for e in suggested["experts"]], [self.bert.id])
        self.assertIn("about tickets of any category", suggested["experts"][0]["why"])

    def test_answers_of_more_than_two_years_ago_do_not_count(self):
        self.results(self.bert, GOOD, day="2024-06-14")
        self.results(self.cleo, GOOD)
        self.results(self.dora, BAD)
        self.assertEqual(self.names(), ["cleo"])

    def test_answers_after_a_case_and_those_not_counted_do_not_count(self):
        self.results(self.bert, GOOD).is_reask = True
        excluded = self.results(self.edgar, GOOD).response_ids
        excluded.write({"state": "excluded"})
        self.results(self.cleo, GOOD)
        self.results(self.dora, BAD)
        self.env.flush_all()
        self.assertEqual(self.names(user=self.analyst), ["cleo"])

    def test_only_members_of_the_team_are_suggested(self):
        self.results(self.bert, GOOD)
        self.results(self.edgar, GOOD)
        self.results(self.agent, BAD)
        ticket = self.ticket(team_id=self.team.id)
        self.assertEqual(self.names(ticket, self.analyst), ["bert"])

    def test_whoever_has_the_ticket_or_left_is_not_suggested(self):
        for user in (self.bert, self.cleo, self.dora):
            self.results(user, GOOD)
        self.results(self.edgar, BAD)
        self.cleo.active = False
        self.team.user_ids |= self.edgar
        self.assertEqual(self.names(self.ticket(user_id=self.bert.id)), ["dora"])

    def test_whoever_may_not_work_on_tickets_is_not_suggested(self):
        self.results(self.bert, GOOD)
        self.results(self.cleo, GOOD)
        self.results(self.dora, BAD)
        self.cleo.group_ids = self.env.ref("nps.nps_group_user")
        self.assertEqual(self.names(), ["bert"])

    # === WHY === #

    def test_the_reason_says_score_number_and_matter(self):
        self.results(self.bert, GOOD)
        self.results(self.dora, BAD)
        [expert] = self.suggest()["experts"]
        self.assertEqual(expert["why"], "Net score +90 from 10 answers about Billing.")
        self.assertEqual(expert["answers"], 10)
        self.assertRegex(expert["score"], r"^\+[5-8]\d$")
        self.assertRegex(expert["interval"], r"^\+\d+ to \+\d+$")

    def test_few_answers_are_called_few_and_get_no_net_score(self):
        self.results(self.bert, [10] * 5)
        self.results(self.dora, BAD)
        [expert] = self.suggest()["experts"]
        self.assertEqual(
            expert["why"], "5 answers about Billing: few, so read it with care."
        )

    def test_whom_chance_may_have_put_first_stands_beside_the_others_by_name(self):
        self.results(self.dora, GOOD)
        self.results(self.cleo, GOOD + [8])
        self.results(self.edgar, BAD * 3)
        suggested = self.suggest()
        self.assertEqual(
            [e["id"] for e in suggested["experts"]], (self.cleo + self.dora).ids
        )
        self.assertIn("no more than chance", suggested["text"])

    def test_it_says_so_when_there_are_too_few_answers_to_compare(self):
        self.results(self.bert, [10] * 4)
        suggested = self.suggest(user=self.analyst)
        self.assertEqual(suggested["experts"], [])
        self.assertIn("Too few answers about Billing yet", suggested["text"])

    def test_one_agent_alone_stands_out_by_nothing(self):
        self.results(self.bert, GOOD)
        suggested = self.suggest()
        self.assertEqual(suggested["experts"], [])
        self.assertIn("Nobody who could take the ticket stands out", suggested["text"])

    def test_the_best_of_a_team_is_suggested_though_others_are_better(self):
        self.results(self.bert, FAIR)
        self.results(self.cleo, BAD)
        self.results(self.edgar, GOOD * 3)
        self.results(self.agent, GOOD * 3)
        ticket = self.ticket(team_id=self.team.id)
        self.assertEqual(self.names(ticket), ["bert"])

    def test_results_with_the_customer_himself_weigh_more(self):
        self.results(self.bert, GOOD)
        self.results(self.dora, FAIR)
        self.results(self.cleo, BAD)
        self.results(self.bert, [0] * 4, "2026-06-01", self.moving, self.customer)
        seen = [
            {e["id"]: int(e["score"].replace("−", "-")) for e in found["experts"]}
            for found in (self.suggest(), self.suggest(user=self.analyst))
        ]
        coarse, exact = (found[self.bert.id] for found in seen)
        self.assertLess(exact, coarse - 30)
        self.assertEqual(*(found[self.dora.id] for found in seen))

    def test_it_says_so_when_the_team_has_nobody_else(self):
        self.team.user_ids = self.bert
        ticket = self.ticket(team_id=self.team.id, user_id=self.bert.id)
        self.assertIn("nobody else", self.suggest(ticket)["text"])

    # === COSTS === #

    def test_a_suggestion_costs_few_queries_however_many_answers_there_are(self):
        self.results(self.bert, GOOD)
        self.results(self.dora, BAD)
        ticket = self.ticket().with_user(self.analyst)
        ticket.nps_experts()
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            ticket.nps_experts()


@tagged("post_install", "-at_install", "security")
class TestExpertPrivacy(ExpertCommon):
    """What an agent may learn: nothing of any one answer of a colleague."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(NOW))
        super().setUpClass()
        for user in (cls.bert, cls.cleo):
            cls.results(user, GOOD)
        cls.results(cls.dora, BAD)

    def test_the_list_does_not_tell_with_whom_the_customer_was_unhappy(self):
        self.disappoint(self.edgar)
        before = self.suggest()
        self.disappoint(self.bert, "2026-06-15")
        self.assertEqual(self.suggest(), before)
        self.assertIn(self.bert.id, [e["id"] for e in before["experts"]])

    def test_two_customers_unhappy_with_two_agents_get_the_same_list(self):
        other = self.make_customer("Otto", "otto@crowd.example", parent_id=False)
        self.disappoint(self.bert)
        self.results(self.cleo, [1], "2026-06-14", self.moving, other)
        lists = [
            self.suggest(self.ticket(partner_id=customer.id))
            for customer in (self.customer, other)
        ]
        self.assertEqual(*lists)

    def test_an_answer_of_this_month_moves_no_number_of_a_colleague(self):
        self.disappoint(self.edgar)
        before = self.suggest()
        self.results(self.bert, [0] * 5, "2026-06-14", self.billing, self.customer)
        self.assertEqual(self.suggest(), before)

    def test_a_single_answer_of_last_month_moves_no_number_of_a_colleague(self):
        self.disappoint(self.edgar)
        before = self.suggest()
        self.results(self.bert, [0], "2026-05-11", self.billing, self.customer)
        self.assertEqual(self.suggest(), before)
        self.results(self.bert, [0] * 4, "2026-05-11", self.billing, self.customer)
        self.assertNotEqual(self.suggest(), before)

    def test_results_with_the_customer_are_told_of_readable_answers_alone(self):
        self.results(self.bert, [10], LAST_MONTH, self.moving, self.customer)
        self.disappoint(self.edgar)
        self.assertNotIn("Blue Sky", str(self.suggest(user=self.agent)))
        self.assertIn(
            "Net score +90 from 10 answers about Billing. "
            "Promoters among the answers of Blue Sky: 1 of 1.",
            str(self.suggest(user=self.boss)),
        )

    def test_a_colleague_is_told_of_as_before_this_month_in_steps(self):
        self.disappoint(self.edgar)
        text = self.suggest()["text"]
        self.assertIn("before 06/01/2026, in steps of 5 answers", text)
        self.assertNotIn("in steps", self.suggest(user=self.analyst)["text"])

    def test_who_may_read_the_answer_gets_no_suggestion_of_its_agent(self):
        self.disappoint(self.bert)
        for user in (self.boss, self.analyst):
            with self.subTest(user=user.login):
                names = self.names(user=user)
                self.assertNotIn("bert", names)
                self.assertIn("cleo", names)
        self.assertIn("bert", self.names(user=self.agent))

    def test_a_manager_of_another_department_learns_no_more_than_an_agent(self):
        manager = "nps.nps_group_team_manager,helpdesk_mgmt.group_helpdesk_user"
        seller = self.make_agent("seller", self.sales, groups=manager)
        self.disappoint(self.bert)
        self.assertEqual(self.suggest(user=seller), self.suggest(user=self.agent))

    def test_an_agent_is_not_sent_to_himself_when_the_customer_disliked_him(self):
        self.disappoint(self.bert)
        self.assertNotIn("bert", self.names(user=self.bert))

    def test_answers_of_another_company_count_for_nobody(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.results(self.edgar, GOOD).company_id = other
        self.env.flush_all()
        self.disappoint(self.dora)
        self.assertNotIn("edgar", self.names(user=self.analyst))

    def test_who_may_not_read_the_ticket_gets_no_suggestion(self):
        self.disappoint(self.edgar)
        own = "nps.nps_group_user,helpdesk_mgmt.group_helpdesk_user_own"
        outsider = self.make_agent("outsider", self.sales, groups=own)
        with self.assertRaises(AccessError):
            self.suggest(self.ticket(user_id=self.bert.id), outsider)

    def test_who_has_no_role_gets_no_suggestion(self):
        self.disappoint(self.edgar)
        for groups in ("helpdesk_mgmt.group_helpdesk_user", "base.group_portal"):
            user = self.make_agent(groups.split("_")[-1], groups=groups)
            with self.subTest(groups=groups), self.assertRaises(AccessError):
                self.suggest(user=user)

    def test_the_suggestion_changes_nothing_by_itself(self):
        self.disappoint(self.edgar)
        ticket = self.ticket()
        self.suggest(ticket)
        self.assertFalse(ticket.user_id)

    def test_results_are_frozen_when_the_outcome_is_picked(self):
        self.disappoint(self.edgar)
        before = self.names(user=self.analyst)
        self.env["helpdesk.ticket"].search(
            [("user_id", "=", self.bert.id)]
        ).user_id = self.dora
        self.assertEqual(self.names(user=self.analyst), before)
